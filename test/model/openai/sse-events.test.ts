import fc from 'fast-check';
import { readEvents } from '../../../src/model/openai/sse-events.ts';

async function* pieces(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  for (let index = 1; index < at.length; index++) yield bytes.subarray(at[index - 1], at[index]);
}

const read = (text: string, cuts: readonly number[] = []): Promise<string[]> =>
  Array.fromAsync(readEvents(pieces(new TextEncoder().encode(text), cuts)));

// Any text without ends of lines: more than a byte a character, and what looks like fields.
const line = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('[DONE]', ': x', 'data: 1', '{"choices":[]}', '😀 Δ14', '', ' '),
);
const data = line.map((text) => text.replaceAll(/[\r\n]/gu, ' '));
const noise = fc.constantFrom(
  ': ping - 2026',
  'retry: 3000',
  'id: 7',
  'event: message',
  'unknown: 1',
  'retry: soon',
  ':',
);

test('events come out whole wherever their bytes are cut, with comments and other fields between, whatever ends a line', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ data: fc.array(data, { minLength: 1, maxLength: 3 }), noise: fc.array(noise, { maxLength: 2 }) }),
      ),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.nat()),
      async (events, end, cuts) => {
        const text = events
          .map((event) => [...event.noise, ...event.data.map((each) => `data: ${each}`), '', ''].join(end))
          .join('');
        // Whether a CR ends a line by itself shows with the next one; the parser looks when that ends.
        expect(await read(`${text}:\n`, cuts)).toEqual(events.map((event) => event.data.join('\n')));
      },
    ),
  );
});

test('what has no blank line after it is no event', async () => {
  expect(await read('data: 1\n\ndata: 2\n')).toEqual(['1']);
});

test('an error that an older llama-server tells midway is an event', async () => {
  expect(await read('data: 1\n\nerror: {"message":"slot"}\n\n')).toEqual(['1', '{"error":{"message":"slot"}}']);
});

test('an event without end is given up before it fills the memory', async () => {
  let sent = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode('data: ');
    for (; ; sent++) yield new Uint8Array(2 ** 16).fill(0x61);
  }
  await expect(Array.fromAsync(readEvents(endless()))).rejects.toMatchObject({ code: 'MODEL_CRASHED' });
  expect(sent).toBeLessThan(20);
});
