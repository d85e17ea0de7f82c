import { reckonBytes } from '../../../src/model/llama/memory.ts';

const SMALL = { weightBytes: 96_576_768, kvBytesPerPosition: 23_040, vocabulary: 49_152, embeddingLength: 576 };

describe('the bytes that a model is reckoned to take', () => {
  test('grow with positions, sequences and adapters, and hold the weights', () => {
    const bytes = reckonBytes(SMALL, { context: 1024, slots: 4 }, false);
    expect(bytes).toBeGreaterThan(SMALL.weightBytes);
    const more = [
      reckonBytes(SMALL, { context: 2048, slots: 4 }, false),
      reckonBytes(SMALL, { context: 1024, slots: 8 }, false),
      reckonBytes(SMALL, { context: 1024, slots: 4 }, true),
    ];
    expect(more[0]).toBe(bytes + 5 * 1024 * SMALL.kvBytesPerPosition);
    expect(more[1]).toBe(bytes + 4 * 1024 * SMALL.kvBytesPerPosition);
    expect(more[2]).toBeGreaterThan(bytes + 4 * 1024 * SMALL.kvBytesPerPosition);
  });

  test('leave keys and values out where the header does not tell them', () => {
    const without = reckonBytes({ ...SMALL, kvBytesPerPosition: null }, { context: 1024, slots: 4 }, false);
    expect(reckonBytes(SMALL, { context: 1024, slots: 4 }, false) - without).toBe(5 * 1024 * 23_040);
  });
});
