import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type BaseTokenizer, openBaseTokenizer } from '../../src/export/base-tokenizer.ts';
import { insertionOf } from '../../src/export/base-tokenizer-worker.ts';
import { textPieces } from '../../src/export/text-pieces.ts';
import { MARK_CLOSE, MARK_OPEN } from '../../src/scene/token-mark.ts';
import { ENGLISH, RUSSIAN, UNICODE } from '../conformance/prose.ts';
import { runPython } from '../python/run-python.ts';
import { KINDS, trainTokenizer } from './small-tokenizer.ts';

/** As plain text: what users wrote is never a special token. */
const ENCODE = `
import json, sys
from tokenizers import Tokenizer
t = Tokenizer.from_file(sys.argv[1])
t.encode_special_tokens = True
json.dump([e.ids for e in t.encode_batch(json.load(open(sys.argv[2])), add_special_tokens=False)], sys.stdout)
`;

const ODD = [
  '',
  ' ',
  '   два   пробела    и четыре',
  'таб\tи\r\nконец\n\n\nстроки',
  'Δ14 Δ14:7 ∆14 D14',
  `${MARK_OPEN}Δ14${MARK_CLOSE} и ${MARK_OPEN}none${MARK_CLOSE}`,
  'ﬁ ﬀ ① Ⅷ ㎏ ё е\u0308 Й и\u0306 İ ß ǅ',
  "it's we'LL they'RE 12345 1 000 000,5",
  '\u0000\u0001\ufeff\u200d\u2028\u0085\u00a0.',
  '🌧️👩‍👩‍👧‍👦🇷🇺',
  '__proto__ constructor toString',
];

const FOREIGN = ['日本語 한국어 עברית العربية ไทย', '滇1', 'ёዙⶹ ꚧ ’’'];
/** Han beyond U+FFFF is no word to WordPiece here, and NFKC is that of another Unicode: by bytes alone all is exact. */
const ASTRAL = ['Z𞀲а..盧1’1', '𐊰𛰻ᗣ𣾎ዒ', '𠜎𠜱'];
const isAstral = (text: string): boolean => /[\u{10000}-\u{10ffff}]/u.test(text);
const CHARACTERS = [...'абвёйЪЫАЯ aZqé09.,!?;:—«»“”’\'"()-\n\t…№%🌧'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-tokenizer-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const unpack = async (base: BaseTokenizer, texts: readonly string[]): Promise<readonly (readonly number[])[]> => {
  const { ids, ends } = await base.encode(texts);
  return texts.map((_, i) => [...ids.subarray(i === 0 ? 0 : ends[i - 1], ends[i])]);
};

describe.each(KINDS)('a tokenizer of %s', (kind) => {
  let base: BaseTokenizer;
  let vocabulary: number;
  let path: string;
  beforeAll(async () => {
    path = join(folder, kind);
    await mkdir(path);
    vocabulary = await trainTokenizer(path, kind);
    base = await openBaseTokenizer(path);
  }, 900_000);
  afterAll(() => base?.close());

  const byPython = async (texts: readonly string[]): Promise<unknown> => {
    await writeFile(join(path, 'texts.json'), JSON.stringify(texts));
    return runPython(ENCODE, join(path, 'tokenizer.json'), join(path, 'texts.json'));
  };

  test('gives prose and odd texts the ids that the one of Python gives them', async () => {
    expect(base.vocabulary).toBe(vocabulary);
    const texts = [
      ...RUSSIAN,
      ...ENGLISH,
      ...ODD,
      ...FOREIGN,
      ...(kind === 'bytes' ? [...UNICODE, ...ASTRAL] : []),
      RUSSIAN.join('\n'),
      ENGLISH.join(' '),
    ];
    expect(await unpack(base, texts)).toEqual(await byPython(texts));
  });

  test('gives any text the ids that the one of Python gives it', async () => {
    const character = fc.constantFrom(...CHARACTERS);
    const grapheme = fc.string({ unit: 'grapheme', maxLength: 1 }).filter((one) => kind === 'bytes' || !isAstral(one));
    const unit = fc.oneof(character, grapheme);
    const text = fc.string({ unit });
    const texts = fc.sample(text, { numRuns: 1000, seed: 5 });
    const [ours, theirs] = [await unpack(base, texts), (await byPython(texts)) as readonly (readonly number[])[]];
    const other = texts.filter((_, i) => JSON.stringify(ours[i]) !== JSON.stringify(theirs[i]));
    expect(other.map((one) => JSON.stringify(one))).toEqual([]);
  });

  test('never finds a special token in a text', async () => {
    const specials = ['<|endoftext|>', '<|im_start|>', '</s>', '<pad>', '[SEP]', '[CLS]', '[PAD]'];
    const file = JSON.parse(await readFile(join(path, 'tokenizer.json'), 'utf8')) as {
      readonly added_tokens: readonly { readonly id: number; readonly content: string; readonly special: boolean }[];
    };
    const ids = new Set(
      file.added_tokens.filter((one) => one.special && !/unk/iu.test(one.content)).map(({ id }) => id),
    );
    const texts = specials.flatMap((one) => [one, `a${one}b`, `${one} ${one}`, one + one, `Он сказал: ${one}.`]);
    for (const found of await unpack(base, texts)) expect(found.filter((id) => ids.has(id))).toEqual([]);
  });

  test('names what ends a document', () => {
    const { bytes, endOfDocument } = base;
    const { added_tokens: added } = JSON.parse(Buffer.from(bytes).toString()) as {
      readonly added_tokens: readonly { readonly id: number; readonly content: string }[];
    };
    const ends = { bytes: '<|endoftext|>', pieces: '</s>', words: '[SEP]' };
    expect(added.find(({ id }) => id === endOfDocument)?.content).toBe(ends[kind]);
  });
});

const BARE = {
  added_tokens: [],
  normalizer: null,
  post_processor: null,
  decoder: null,
  truncation: null,
  padding: null,
};
const WORDS = { ...BARE, version: '1.0', pre_tokenizer: { type: 'Whitespace' } };

test.each([
  ['words', { ...WORDS, model: { type: 'WordLevel', unk_token: 'а', vocab: { б: 0, а: 1 } } }],
  ['letters', { ...WORDS, model: { type: 'BPE', vocab: { б: 0, а: 1, аб: 2 }, merges: ['а б'] } }],
  ['letters', { ...WORDS, model: { type: 'BPE', unk_token: 'а', vocab: { б: 0, а: 1 }, merges: [] } }],
])('what a vocabulary of %s does not have is what Python takes it for', async (_, file) => {
  const path = join(folder, 'unknown.json');
  await writeFile(path, JSON.stringify(file));
  const base = await openBaseTokenizer(path);
  try {
    const texts = ['б в аб', 'вв', '', 'абв', 'вба'];
    await writeFile(join(folder, 'texts.json'), JSON.stringify(texts));
    expect(await unpack(base, texts)).toEqual(await runPython(ENCODE, path, join(folder, 'texts.json')));
  } finally {
    await base.close();
  }
});

test('text that a tokenizer has no token for is an error where it has none for the unknown either', async () => {
  const path = join(folder, 'unknown.json');
  await writeFile(path, JSON.stringify({ ...WORDS, model: { type: 'WordLevel', unk_token: 'в', vocab: { б: 0 } } }));
  const base = await openBaseTokenizer(path);
  await expect(base.encode(['а'])).rejects.toMatchObject({ code: 'BAD_TOKENIZER' });
  await base.close();
});

describe('what cannot be used', () => {
  const opened = async (text: string | Uint8Array): Promise<unknown> => {
    const path = join(folder, 'bad.json');
    await writeFile(path, text);
    return openBaseTokenizer(path).then(
      (base) => base.close(),
      ({ code, message }: { readonly code: string; readonly message: string }) => ({ code, message }),
    );
  };
  const withTokens = (vocab: Readonly<Record<string, number>>, content = '</s>', id = 2): string =>
    JSON.stringify({ added_tokens: [{ id, content, special: true }], model: { type: 'WordLevel', vocab } });

  test('is refused with what is wrong with it', async () => {
    const bad = (message: string) => ({ code: 'BAD_TOKENIZER', message: expect.stringContaining(message) });
    expect(await opened('{')).toEqual(bad('JSON'));
    expect(await opened(Buffer.from([0x7b, 0xff, 0x7d]))).toEqual(bad('valid'));
    expect(await opened('[]')).toEqual(bad('expected object'));
    expect(await opened('{"model": {"type": "BPE"}}')).toEqual(bad('model.vocab'));
    expect(await opened('{"model": {"vocab": {"a": -1}}}')).toEqual(bad('vocab'));
    expect(await opened('{"model": {"vocab": {}}}')).toEqual(bad('no token'));
    expect(await opened(withTokens({ a: 0, b: 1 }, '</s>', 3))).toEqual(bad('1 ids below 4'));
    expect(await opened(withTokens({ a: 0, b: 1 }, `${MARK_OPEN}Δ1${MARK_CLOSE}`))).toEqual(bad('already'));
    expect(await opened(withTokens({ a: 0, b: 1 }))).toBeUndefined();
    for (const path of [join(folder, 'none.json'), folder])
      await expect(openBaseTokenizer(path)).rejects.toMatchObject({ code: 'UNKNOWN_TOKENIZER' });
  });
});

test('more tokens are put where they belong in any JSON', () => {
  const property = fc.property(
    fc.dictionary(fc.string(), fc.jsonValue()),
    fc.option(fc.array(fc.jsonValue()), { nil: undefined }),
    fc.constantFrom(undefined, 2, '\t'),
    (others, tokens, space) => {
      const { added_tokens: _, ...rest } = others;
      const file = { ...rest, before: { added_tokens: [1] }, ...(tokens && { added_tokens: tokens }), model: ']' };
      const bytes = Buffer.from(JSON.stringify(file, null, space));
      const { at, kind } = insertionOf(bytes);
      const entry = { behind: ',"new"', first: '"new"', missing: '"added_tokens":["new"],' }[kind];
      const text = Buffer.concat([bytes.subarray(0, at), Buffer.from(entry), bytes.subarray(at)]).toString();
      expect(JSON.parse(text)).toEqual({
        ...JSON.parse(bytes.toString()),
        added_tokens: [...(tokens ?? []), 'new'].map((one) => JSON.parse(JSON.stringify(one))),
      });
    },
  );
  fc.assert(property);
});

test('pieces of a text are the text, and no word stands across two', async () => {
  // Half a piece, in which an end is looked for, holds the longest word: ten units and three of white space.
  const word = fc.stringMatching(/^[а-яa-z🌧]{1,5}[ \n]{1,3}$/u);
  const property = fc.asyncProperty(fc.array(fc.array(word)), fc.integer({ min: 30, max: 60 }), async (chunks, max) => {
    const texts = chunks.map((words) => words.join(''));
    const pieces = await Array.fromAsync(textPieces(ReadableStream.from(texts), max));
    expect(pieces.join('')).toBe(texts.join(''));
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(max);
    for (const [i, piece] of pieces.entries())
      if (i > 0) expect(`${pieces[i - 1]?.at(-1)}${piece[0]}`).toMatch(/^(?:\n\S|\S\s)$/u);
  });
  await fc.assert(property);
});
