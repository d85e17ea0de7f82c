import { reckonBytes } from '../../../src/model/llama/memory.ts';

const SMALL = { weightBytes: 96_576_768, kvBytesPerPosition: 23_040, vocabulary: 49_152, embeddingLength: 576 };

const PLAIN = { adapter: false, embedding: false } as const;

describe('the bytes that a model is reckoned to take', () => {
  test('grow with positions, sequences and adapters, and hold the weights', () => {
    const bytes = reckonBytes(SMALL, { context: 1024, slots: 4 }, PLAIN);
    expect(bytes).toBeGreaterThan(SMALL.weightBytes);
    const more = [
      reckonBytes(SMALL, { context: 2048, slots: 4 }, PLAIN),
      reckonBytes(SMALL, { context: 1024, slots: 8 }, PLAIN),
      reckonBytes(SMALL, { context: 1024, slots: 4 }, { ...PLAIN, adapter: true }),
    ];
    expect(more[0]).toBe(bytes + 5 * 1024 * SMALL.kvBytesPerPosition);
    expect(more[1]).toBe(bytes + 4 * 1024 * SMALL.kvBytesPerPosition);
    expect(more[2]).toBeGreaterThan(bytes + 4 * 1024 * SMALL.kvBytesPerPosition);
  });

  test('grow with embeddings by a context whose positions are all read at once', () => {
    const bytes = reckonBytes(SMALL, { context: 1024, slots: 4 }, PLAIN);
    const more = reckonBytes(SMALL, { context: 1024, slots: 4 }, { ...PLAIN, embedding: true });
    expect(more - bytes).toBeGreaterThanOrEqual(1024 * (SMALL.kvBytesPerPosition + SMALL.vocabulary * 4));
  });

  test('leave keys and values out where the header does not tell them', () => {
    const without = reckonBytes({ ...SMALL, kvBytesPerPosition: null }, { context: 1024, slots: 4 }, PLAIN);
    expect(reckonBytes(SMALL, { context: 1024, slots: 4 }, PLAIN) - without).toBe(5 * 1024 * 23_040);
  });
});
