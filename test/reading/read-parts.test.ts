import fc from 'fast-check';
import type { Layout } from '../../src/reading/layout.ts';
import { markdownLayout } from '../../src/reading/markdown.ts';
import { plainLayout } from '../../src/reading/plain.ts';
import { readParts } from '../../src/reading/read-parts.ts';
import { surveyBytes } from '../../src/reading/survey.ts';
import { digestOf } from '../../src/scene/digest.ts';
import { DOCUMENT, expectCovered, gather, type WholeDocument } from './read-whole.ts';
import { cutAt, STORIES, streamOf, wrapped } from './stories.ts';
import { openSentenceReader } from './whole-sentences.ts';

const read = async (pieces: readonly Uint8Array[], layout: () => Layout): Promise<WholeDocument> => {
  const survey = await surveyBytes(streamOf(pieces), { layout: layout(), bytesMax: 2 ** 26 });
  const sentences = await openSentenceReader(survey.lang);
  return gather(
    survey,
    readParts(streamOf(pieces), survey, sentences, { document: DOCUMENT, layout: layout(), sceneLengthMax: 4096 }),
  );
};

/** Compares large documents ten times faster than `toEqual`. */
const digest = (document: WholeDocument): string => digestOf(JSON.stringify(document));

const shares = (maxLength: number) => fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength });

describe.each(STORIES)('the same bytes give the same scenes, wherever they are cut ($lang)', ({ text }) => {
  test.each([
    ['plain', plainLayout],
    ['markdown', markdownLayout],
  ] as const)('a story as %s text', async (_, layout) => {
    const bytes = Buffer.from(`${text}\n\n${wrapped(text, 72, '\r\n\r\n')}`);
    const expected = await read([bytes], layout);
    expectCovered(expected);
    await fc.assert(
      fc.asyncProperty(shares(60), async (cuts) => {
        expect(digest(await read(cutAt(bytes, cuts), layout))).toBe(digest(expected));
      }),
      { numRuns: 8 },
    );
  });

  test('a document of many chunks, on a single line', async () => {
    const bytes = Buffer.from(text.replaceAll(/\s+/gu, ' ').repeat(50));
    const expected = await read([bytes], plainLayout);
    expect(expected.parts.filter(({ type }) => type === 'text').length).toBeGreaterThan(0);
    expectCovered(expected);
    await fc.assert(
      fc.asyncProperty(shares(200), async (cuts) => {
        expect(digest(await read(cutAt(bytes, cuts), plainLayout))).toBe(digest(expected));
      }),
      { numRuns: 2 },
    );
  });

  test('cut at every byte', async () => {
    const bytes = Buffer.from(text.slice(0, 3000));
    const everyByte = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(digest(await read(everyByte, plainLayout))).toBe(digest(await read([bytes], plainLayout)));
  });
});
