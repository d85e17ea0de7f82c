import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { isErrorCode } from '../../src/errors.ts';
import { inlineReader } from '../../src/reading/inline-reader.ts';
import { openReader } from '../../src/reading/read-document.ts';
import type { DocumentSource, Reader, ReadingLimits, ReadingPart, ReadingProgress, ReadOptions, Survey } from '../../src/reading/reader.ts';
import { readParts } from '../../src/reading/read-parts.ts';
import { plainLayout } from '../../src/reading/plain.ts';
import { surveyBytes } from '../../src/reading/survey.ts';
import { corpusName, documentName } from '../../src/scene/name.ts';
import { documentId, type Language, type Scene } from '../../src/scene/scene.ts';
import type { DocumentPart } from '../../src/store/graph-store.ts';
import { cutAt, STORIES, streamOf, wrapped } from './stories.ts';
import { openSentenceReader } from './whole-sentences.ts';

const DOCUMENT = documentId(corpusName('corpus'), documentName('document'));
const SENTENCES = new URL('./whole-sentences.ts', import.meta.url);

/** What the store takes. */
interface Read extends Survey {
  readonly text: string;
  readonly scenes: readonly Scene[];
  readonly notices: readonly string[];
  readonly parts: readonly DocumentPart[];
}

const gather = async (parts: AsyncIterable<DocumentPart>): Promise<Omit<Read, keyof Survey>> => {
  const all: ReadingPart[] = [];
  for await (const part of parts) all.push(part);
  return {
    parts: all,
    text: all.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join(''),
    scenes: all.flatMap((part) => (part.type === 'scenes' ? part.scenes : [])),
    notices: all.flatMap((part) => (part.type === 'notices' ? part.notices : [])),
  };
};

const readWhole = async (
  reader: Reader,
  source: DocumentSource,
  options: Partial<ReadOptions> = {},
): Promise<Read> => {
  await using reading = await reader.read(source, { document: DOCUMENT, ...options });
  const { sha256, bytes, length, lang } = reading;
  return { sha256, bytes, length, lang, ...(await gather(reading.parts())) };
};

const expectCovered = ({ text, scenes, length, lang }: Read): void => {
  let covered = 0;
  scenes.forEach((scene, position) => {
    expect(scene.position).toBe(position);
    expect(scene.lang).toBe(lang);
    expect(text.slice(covered, scene.start).trim()).toBe('');
    expect(scene.text).toBe(text.slice(scene.start, scene.end));
    expect(scene.text.trim()).toBe(scene.text);
    expect(scene.text).not.toBe('');
    covered = scene.end;
  });
  expect(text.slice(covered).trim()).toBe('');
  expect(text).toHaveLength(length);
  expect(new Set(scenes.map(({ id }) => id)).size).toBe(scenes.length);
};

const ADAPTERS: readonly (readonly [string, (limits?: Partial<ReadingLimits>) => Promise<Reader>])[] = [
  ['in this thread', async (limits = {}) => inlineReader(openSentenceReader, { bytesMax: 2 ** 26, sceneLengthMax: 4096, ...limits })],
  ['in a thread of its own', (limits = {}) => openReader({ ...limits, sentenceReaders: SENTENCES })],
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reader-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const fileOf = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

describe.each(ADAPTERS)('a reader %s', (_, openAdapter) => {
  let reader: Reader;
  beforeAll(async () => {
    reader = await openAdapter();
  });
  afterAll(async () => {
    await reader.close();
  });

  test.each(STORIES)('reads a story the same from file, stream and string ($lang)', async ({ path, text, lang }) => {
    const read = await readWhole(reader, { path });
    expect(read.lang).toBe(lang);
    expect(read.text).toBe(text);
    expect(read.scenes.length).toBeGreaterThan(90);
    expect(read.notices).toEqual([]);
    expectCovered(read);
    const { createReadStream } = await import('node:fs');
    expect(await readWhole(reader, { stream: createReadStream(path, { highWaterMark: 777 }) })).toEqual(read);
    expect(await readWhole(reader, { text })).toEqual(read);
  });

  test('gives back any bytes exactly as text and scenes, or says what is wrong with them', async () => {
    const anyDocument = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
      fc
        .array(
          fc.oneof(
            fc.constantFrom('Он вошёл в дом. ', 'Она ушла… ', 'He came in. ', '— Кто там? ', '«', '»', '"', '# ', '- ', '```', '> ', '* * *', '[a](b)'),
            fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\f', '\u2028', '\u2029', '\u0085', '\v', '\t', '\uFEFF', '\u200F', '\u200B', '\u00A0'),
            fc.string({ unit: 'binary', maxLength: 6 }),
            fc.constantFrom('\0', '\uFFFD', '👩‍👩‍👧', 'e\u0301', 'слово'.repeat(100)),
          ),
          { maxLength: 40 },
        )
        .map((parts) => Buffer.from(parts.join(''))),
    );
    let readable = 0;
    await fc.assert(
      fc.asyncProperty(
        anyDocument,
        fc.constantFrom('plain' as const, 'markdown' as const),
        fc.constantFrom<Language | undefined>('ru', undefined),
        async (bytes, markup, lang) => {
          const read = await readWhole(reader, { stream: streamOf([bytes]) }, { markup, lang }).catch((error) => error);
          if (read instanceof Error) expect((read as { code?: unknown }).code).toSatisfyCode();
          else {
            readable++;
            expect(Buffer.from(read.text)).toEqual(bytes);
            expect(read.bytes).toBe(bytes.length);
            expectCovered(read);
          }
        },
      ),
      { numRuns: 400 },
    );
    expect(readable).toBeGreaterThan(100);
  });
});
