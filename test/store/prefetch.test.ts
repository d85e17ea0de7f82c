import type { DocumentPart } from '../../src/store/graph-store.ts';
import { prefetch } from '../../src/store/prefetch.ts';

const source = (pieces: number) => {
  const state = { given: 0, closed: false };
  async function* content(): AsyncGenerator<DocumentPart> {
    try {
      for (; state.given < pieces; state.given++) yield { type: 'text', text: `кусок ${state.given} ` };
    } finally {
      state.closed = true;
    }
  }
  return { state, content: content() };
};

const allText = async (parts: AsyncIterable<DocumentPart>): Promise<string> => {
  let text = '';
  for await (const part of parts) text += part.type === 'text' ? part.text : '';
  return text;
};

it('reads what fits before anyone asks, and the rest as it is asked for', async () => {
  const { state, content } = source(100);
  const prefetched = await prefetch(content, 80);
  expect(state.given).toBeGreaterThan(8);
  expect(state.given).toBeLessThan(12);
  expect(await allText(prefetched)).toBe(await allText(source(100).content));
});

it('reads all of what is small', async () => {
  const { state, content } = source(5);
  await prefetch(content);
  expect(state).toEqual({ given: 5, closed: true });
});

it('closes a source that is not wanted to its end', async () => {
  const { state, content } = source(100);
  const prefetched = await prefetch(content, 50);
  await prefetched.close();
  expect(state.closed).toBe(true);
});

it('throws what the source throws, at once or later', async () => {
  async function* broken(after: number): AsyncGenerator<DocumentPart> {
    for (let i = 0; i < after; i++) yield { type: 'text', text: 'x'.repeat(10) };
    throw new RangeError('broken');
  }
  await expect(prefetch(broken(1))).rejects.toThrow(RangeError);
  const late = await prefetch(broken(10), 50);
  await expect(allText(late)).rejects.toThrow(RangeError);
});
