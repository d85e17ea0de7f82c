import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { HypersceneError } from '../../src/errors.ts';
import { inlineReader } from '../../src/reading/inline-reader.ts';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader, ReadingLimits, ReadingProgress } from '../../src/reading/reader.ts';
import type { Language } from '../../src/scene/scene.ts';
import { DOCUMENT, expectCovered, listOf, readWhole } from './read-whole.ts';
import { STORIES, streamOf } from './stories.ts';
import { openSentenceReader } from './whole-sentences.ts';

const SENTENCES = new URL('./whole-sentences.ts', import.meta.url);

const ADAPTERS: readonly (readonly [string, (limits?: Partial<ReadingLimits>) => Promise<Reader>])[] = [
  [
    'in this thread',
    async (limits = {}) => inlineReader(openSentenceReader, { bytesMax: 2 ** 26, sceneLengthMax: 4096, ...limits }),
  ],
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
    expect(await readWhole(reader, { stream: createReadStream(path, { highWaterMark: 777 }) })).toEqual(read);
    expect(await readWhole(reader, { text })).toEqual(read);
  });

  test('gives back any bytes exactly as text and scenes, or says what is wrong with them', async () => {
    const anyDocument = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
      fc
        .array(
          fc.oneof(
            fc.constantFrom(
              'Он вошёл в дом. ',
              'Она ушла… ',
              'He came in. ',
              '— Кто там? ',
              '«',
              '»',
              '"',
              '# ',
              '- ',
              '```',
              '> ',
              '* * *',
              '[a](b)',
            ),
            fc.constantFrom(
              '\n',
              '\r\n',
              '\r',
              '\n\n',
              '\f',
              '\u2028',
              '\u2029',
              '\u0085',
              '\v',
              '\t',
              '\uFEFF',
              '\u200F',
              '\u200B',
              '\u00A0',
            ),
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
          if (read instanceof Error) {
            expect(read).toBeInstanceOf(HypersceneError);
            expect((read as HypersceneError).code).not.toBe('INTERNAL');
          } else {
            readable++;
            expect(Buffer.from(read.text)).toEqual(bytes);
            expect(read.bytes).toBe(bytes.length);
            expectCovered(read);
          }
        },
      ),
      { numRuns: 500 },
    );
    // A third of them, give or take ten.
    expect(readable).toBeGreaterThan(100);
  });

  test('cuts the text of a large document between characters, and gives scenes after the text they lie in', async () => {
    const text = 'Он вошёл в дом 👩‍👩‍👧 и сел у окна. '.repeat(60_000);
    const { parts, scenes, bytes } = await readWhole(reader, { text });
    expect(bytes).toBeGreaterThan(3 * 2 ** 20);
    expect(scenes).toHaveLength(60_000);
    let given = 0;
    for (const part of parts) {
      if (part.type === 'text') {
        expect(Buffer.byteLength(part.text)).toBeLessThanOrEqual(2 ** 20);
        expect(part.text.isWellFormed()).toBe(true);
        given += part.text.length;
      }
      if (part.type === 'scenes') expect(part.scenes.at(-1)?.end).toBeLessThanOrEqual(given);
    }
    expect(parts.at(-1)?.type).toBe('notices');
  });

  test('takes Markdown by the name of its file, or when told', async () => {
    const markdown = '# Дом\n\n```\ncode\n```\n\nОн *вошёл* в дом.\n';
    const whole = (read: { scenes: readonly { text: string }[] }) => read.scenes.map((scene) => scene.text);
    const scenes = ['# Дом', '```\ncode\n```', 'Он *вошёл* в дом.'];
    expect(whole(await readWhole(reader, { path: await fileOf('a.MD', markdown) }))).toEqual(scenes);
    expect(whole(await readWhole(reader, { text: markdown }, { markup: 'markdown' }))).toEqual(scenes);
    expect(whole(await readWhole(reader, { path: await fileOf('a.txt', markdown) }))).not.toEqual(scenes);
  });

  test('tells what a person would want to know', async () => {
    const { notices } = await readWhole(reader, { text: `Он вошёл.\n\n${'слово '.repeat(2000)}\n` });
    expect(notices).toEqual([expect.stringMatching(/^2 cuts .* 4096 characters, at 4103, 8195$/u)]);
  });

  test('tells how far it is', async () => {
    const seen: ReadingProgress[] = [];
    const path = await fileOf('long.txt', 'Он вошёл в дом и сел у окна. '.repeat(60_000));
    const { bytes } = await readWhole(reader, { path }, { onProgress: (progress) => seen.push(progress) });
    for (const stage of ['checking', 'reading'] as const) {
      const done = seen.filter((progress) => progress.stage === stage);
      expect(done.every(({ bytesTotal }) => bytesTotal === bytes)).toBe(true);
      expect(done.map((progress) => progress.bytes)).toEqual(
        done.map((progress) => progress.bytes).sort((a, b) => a - b),
      );
      expect(done.at(-1)?.bytes).toBe(bytes);
    }
    expect(seen.filter(({ stage }) => stage === 'reading').length).toBeGreaterThan(50);
  });

  test('reads several documents at once', async () => {
    const alone = await Promise.all(STORIES.map(({ text }) => readWhole(inlineReader(openSentenceReader), { text })));
    const together = await Promise.all([...STORIES, ...STORIES].map(({ path }) => readWhole(reader, { path })));
    expect(together).toEqual([...alone, ...alone]);
  });

  describe('refuses', () => {
    const code = (expected: string) => expect.objectContaining({ code: expected });

    test.each([
      ['what is not UTF-8', Buffer.of(0x61, 0xff), 'NOT_UTF8'],
      ['what is no text', Buffer.of(0x61, 0), 'BINARY'],
      ['nothing', Buffer.of(), 'EMPTY_DOCUMENT'],
      ['other languages', Buffer.from('人人生而自由'), 'UNKNOWN_LANGUAGE'],
    ])('%s', async (name, bytes, expected) => {
      await expect(reader.read({ stream: streamOf([bytes]) }, { document: DOCUMENT })).rejects.toThrow(code(expected));
      const path = await fileOf(`${name}.txt`, bytes);
      await expect(reader.read({ path }, { document: DOCUMENT })).rejects.toThrow(code(expected));
    });

    test('a file that is not there, broken text, and what cannot be read from a stream', async () => {
      await expect(reader.read({ path: join(folder, 'none') }, { document: DOCUMENT })).rejects.toThrow(
        code('UNREADABLE_FILE'),
      );
      await expect(reader.read({ text: 'a\uD800b' }, { document: DOCUMENT })).rejects.toThrow(
        /broken text; at UTF-16 unit 1/u,
      );
      const broken = (async function* () {
        yield Buffer.from('a');
        throw new Error('lost');
      })();
      await expect(reader.read({ stream: broken }, { document: DOCUMENT })).rejects.toThrow(code('UNREADABLE_FILE'));
    });

    test('what is larger than its limit, and limits that make no sense', async () => {
      const small = await openAdapter({ bytesMax: 20 });
      const text = 'Он вошёл в дом.';
      const path = await fileOf('large.txt', text);
      const stream = streamOf([Buffer.from(text)]);
      for (const source of [{ text }, { path }, { stream }, { text: 'a'.repeat(21) }])
        await expect(small.read(source, { document: DOCUMENT })).rejects.toThrow(code('DOCUMENT_TOO_LARGE'));
      await small.close();
      const odd = await openAdapter({ sceneLengthMax: 0 });
      await expect(odd.read({ text }, { document: DOCUMENT })).rejects.toThrow(code('BAD_ARGUMENT'));
      await odd.close();
    });

    test.each([
      ['shorter', 'Он вошёл.'],
      ['longer', `${'Он вошёл в дом. '.repeat(5)} И ушёл.`],
      ['other', 'Он вышел в сад. '.repeat(5)],
      ['no text any more', Buffer.alloc(Buffer.byteLength('Он вошёл в дом. '.repeat(5)), 0xff)],
    ])('to go on when the file became %s since it was checked', async (_change, content) => {
      const path = await fileOf('changing.txt', 'Он вошёл в дом. '.repeat(5));
      await using reading = await reader.read({ path }, { document: DOCUMENT });
      await writeFile(path, content);
      await expect(listOf(reading.parts())).rejects.toThrow(/the document was changed while it was read/u);
    });

    test('to give parts twice', async () => {
      await using reading = await reader.read({ text: 'Он вошёл.' }, { document: DOCUMENT });
      expect((await listOf(reading.parts())).length).toBe(3);
      expect(() => reading.parts()).toThrow(/once only/u);
    });
  });

  describe('is cancelled', () => {
    const cancelled = expect.objectContaining({ code: 'CANCELLED' });
    const text = 'Он вошёл в дом и сел у окна. '.repeat(30_000);

    test('before it begins', async () => {
      const signal = AbortSignal.abort();
      await expect(reader.read({ text }, { document: DOCUMENT, signal })).rejects.toThrow(cancelled);
    });

    test('while it checks', async () => {
      const abort = new AbortController();
      const path = await fileOf('checked.txt', text.repeat(3));
      const reading = reader.read(
        { path },
        { document: DOCUMENT, signal: abort.signal, onProgress: () => abort.abort() },
      );
      await expect(reading).rejects.toThrow(cancelled);
    });

    test('while it gives parts, and reads the next document none the worse', async () => {
      const abort = new AbortController();
      await using reading = await reader.read({ text }, { document: DOCUMENT, signal: abort.signal });
      const taken: string[] = [];
      const taking = (async () => {
        for await (const part of reading.parts()) if (taken.push(part.type) === 3) abort.abort();
      })();
      await expect(taking).rejects.toThrow(cancelled);
      expect(taken).toHaveLength(3);
      expect((await readWhole(reader, { text: 'Он вошёл.' })).scenes).toHaveLength(1);
    });

    test('by letting it go half read', async () => {
      const reading = await reader.read({ text }, { document: DOCUMENT });
      for await (const part of reading.parts()) if (part.type === 'scenes') break;
      await reading.dispose();
      await reading.dispose();
      expect((await readWhole(reader, { text: 'Он вошёл.' })).scenes).toHaveLength(1);
    });
  });
});
