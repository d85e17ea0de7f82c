import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { hyperlexemeText } from '../../../src/activation/rung.ts';
import { type BaseTokenizer, openBaseTokenizer } from '../../../src/export/base-tokenizer.ts';
import { exportCorpus } from '../../../src/export/export-corpus.ts';
import { type ExportOptions, TOKEN_RUNGS, type TokenRung } from '../../../src/export/export-format.ts';
import { Outputs } from '../../../src/export/outputs.ts';
import { facetMorphemes } from '../../../src/export/scene-row.ts';
import { SPLITS, type Split, splitOf } from '../../../src/export/split.ts';
import { binOf, indexOf, packIds, TokenFiles, tokenType } from '../../../src/export/token-files.ts';
import { codeMark, type TokenRow } from '../../../src/export/token-marks.ts';
import { verifyExport } from '../../../src/export/verify-export.ts';
import { figureOf } from '../../../src/scene/figure.ts';
import { workspaceName } from '../../../src/scene/name.ts';
import { MARK_CLOSE, MARK_OPEN } from '../../../src/scene/token-mark.ts';
import type { GraphDatabase, GraphStore, GraphView, StoredScene } from '../../../src/store/graph-store.ts';
import { openMemoryStore } from '../../../src/store/memory/open-memory-store.ts';
import { allItems } from '../../conformance/all-pages.ts';
import { CORPUS, ENGLISH, RUSSIAN, UNICODE, write } from '../../conformance/prose.ts';
import { runPython } from '../../python/run-python.ts';
import { trainTokenizer } from '../small-tokenizer.ts';

const OPTIONS: ExportOptions = {
  labels: 'ru',
  seed: 7,
  shares: { train: 0.5, validation: 0.25, test: 0.25 },
  licence: null,
  rowGroup: 1000,
};

/** What users may write: marks of codes and special tokens of the base. */
const HOSTILE = [
  'Он сказал Δ14:7 и Δ0.',
  `${codeMark(0)} и ${codeMark(1)}`,
  'Конец <|endoftext|> не конец.',
  MARK_OPEN + MARK_CLOSE,
];

let folder: string;
let database: GraphDatabase;
let store: GraphStore;
let base: BaseTokenizer;
let scenes: readonly StoredScene[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-bin-'));
  database = openMemoryStore();
  store = database.workspace(workspaceName('числа'));
  await write(store, { corpus: 'другой', name: 'раньше', sentences: RUSSIAN.slice(60, 90), reading: 3 });
  for (let i = 0; i < 12; i++) {
    const [sentences, lang] = i % 2 === 0 ? [RUSSIAN, 'ru' as const] : [ENGLISH, 'en' as const];
    await write(store, { name: `рассказ ${i}`, sentences: sentences.slice(i, i + 10 * i + 1), lang });
  }
  await write(store, { name: 'чужое', sentences: [...HOSTILE, ...UNICODE] });
  await mkdir(join(folder, 'base'));
  await trainTokenizer(join(folder, 'base'), 'bytes');
  base = await openBaseTokenizer(join(folder, 'base'));
  scenes = await allItems((page) => store.scenes({ corpus: CORPUS }, page), 1000);
}, 900_000);
afterAll(async () => {
  await base?.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

/** `IndexedDataset` of Megatron-LM as its format is published, and the same files as nanoGPT reads them. */
const READ = `
import json, sys, struct, os
import numpy as np
folder = sys.argv[1]
meta = json.load(open(folder + '/meta.json'))
out = {}
for split, files in meta['splits'].items():
    raw = open(f"{folder}/{files['idx']}", 'rb').read()
    assert raw[:9] == b'MMIDIDX\\x00\\x00'
    version, code, sequences, documents = struct.unpack('<QBQQ', raw[9:34])
    dtype = {4: np.int32, 8: np.uint16}[code]
    assert version == 1 and np.dtype(dtype).name == meta['dtype']
    sizes = np.frombuffer(raw, np.int32, sequences, 34)
    pointers = np.frombuffer(raw, np.int64, sequences, 34 + sizes.nbytes)
    indices = np.frombuffer(raw, np.int64, documents, 34 + sizes.nbytes + pointers.nbytes)
    assert 34 + sizes.nbytes + pointers.nbytes + indices.nbytes == len(raw)
    path = f"{folder}/{files['bin']}"
    data = np.memmap(path, dtype=dtype, mode='r') if os.path.getsize(path) else np.zeros(0, dtype)
    assert len(data) == files['tokens'] == sizes.sum() and sequences == files['documents']
    buffer = data.tobytes()
    out[split] = [[np.frombuffer(buffer, dtype, sizes[i], pointers[i]).tolist() for i in range(a, b)] for a, b in zip(indices, indices[1:])]
json.dump(out, sys.stdout)
`;

type Documents = Readonly<Record<Split, readonly (readonly (readonly number[])[])[]>>;

interface Meta {
  readonly dtype: string;
  readonly vocab_size: number;
  readonly end_of_document: number | null;
}

const exported = async (name: string, rung: TokenRung | undefined, tokenizer: BaseTokenizer | null) => {
  const out = join(folder, name);
  const manifest = await exportCorpus(store, {
    corpus: CORPUS,
    format: 'bin',
    out,
    options: { ...OPTIONS, rung },
    tokenizer,
    resume: false,
    product: { version: '0.0.0', store: 'memory' },
  });
  expect((await verifyExport(out)).manifest).toEqual(manifest);
  const rows = await readFile(join(out, 'tokens.jsonl'), 'utf8').catch(() => '');
  return {
    meta: JSON.parse(await readFile(join(out, 'meta.json'), 'utf8')) as Meta,
    rows: rows
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as TokenRow),
    documents: (await runPython(READ, out)) as Documents,
  };
};

/** Of each split, its documents, each one sequence. */
const expectedBy = (idsOf: (own: readonly StoredScene[]) => readonly number[]): Documents => {
  const documents = [...Map.groupBy(scenes, ({ documentName }) => documentName)];
  const inSplit = (split: Split) =>
    documents.filter(([name]) => splitOf(name, 7, OPTIONS.shares) === split).map(([, own]) => [idsOf(own)]);
  return { train: inSplit('train'), validation: inSplit('validation'), test: inSplit('test') };
};

const idsOfCodes = (rows: readonly TokenRow[]): ReadonlyMap<number, number> =>
  new Map(rows.flatMap((row) => (row.kind === 'hypertoken' ? [[row.code, row.id] as const] : [])));
const idsOfFacets = (rows: readonly TokenRow[]): ReadonlyMap<string, number> =>
  new Map(rows.flatMap((row) => (row.kind === 'facet' ? [[row.facet, row.id] as const] : [])));

test('codes of documents are read back by numpy and as Megatron reads them, by themselves', async () => {
  const { meta, rows, documents } = await exported('codes', undefined, null);
  const codes = await allItems((page) => store.hypertokens({ corpus: CORPUS, level: 0 }, page), 1000);
  expect([...idsOfCodes(rows)]).toEqual(codes.map(({ code }, i) => [code, i]));
  expect(meta).toMatchObject({ dtype: 'uint16', vocab_size: codes.length, end_of_document: null });
  const ids = idsOfCodes(rows);
  expect(documents).toEqual(expectedBy((own) => own.map(({ code }) => ids.get(code) ?? -1)));
  for (const split of SPLITS) expect(documents[split].length).toBeGreaterThan(0);
});

test('with a tokenizer they are the ids of the extended one, with an end behind each document', async () => {
  const { meta, rows, documents } = await exported('codes behind', 'hypertoken', base);
  const out = join(folder, 'extended');
  await exportCorpus(store, {
    corpus: CORPUS,
    format: 'tokenizer',
    out,
    options: OPTIONS,
    tokenizer: base,
    resume: false,
    product: { version: '0.0.0', store: 'memory' },
  });
  const own = await readFile(join(folder, 'codes behind', 'tokens.jsonl'), 'utf8');
  expect(own).toBe(await readFile(join(out, 'tokens.jsonl'), 'utf8'));
  const ids = idsOfCodes(rows);
  expect(meta.vocab_size).toBe(base.vocabulary + rows.length);
  expect(meta.end_of_document).toBe(base.endOfDocument);
  expect(documents).toEqual(
    expectedBy((some) => [...some.map(({ code }) => ids.get(code) ?? -1), base.endOfDocument ?? -1]),
  );
});

test.each([false, true])('facets are a token a morpheme, with a tokenizer: %s', async (isBehind) => {
  const { rows, documents } = await exported(`facets ${isBehind}`, 'facets', isBehind ? base : null);
  const ids = idsOfFacets(rows);
  const end = isBehind ? [base.endOfDocument ?? -1] : [];
  const expected = expectedBy((own) => [
    ...own.flatMap((scene) => {
      const facets = facetMorphemes(figureOf(scene));
      return (facets.length === 0 ? ['none'] : facets).map((facet) => ids.get(facet) ?? -1);
    }),
    ...end,
  ]);
  expect(documents).toEqual(expected);
});

/** As the base in Python tokenises it, without any special token. */
const ENCODE = `
import json, sys
from tokenizers import Tokenizer
t = Tokenizer.from_file(sys.argv[1])
t.encode_special_tokens = True
json.dump([e.ids for e in t.encode_batch(json.loads(sys.argv[2]), add_special_tokens=False)], sys.stdout)
`;

test.each(['text', 'hyperlexeme'] as const)(
  'the %s is what the base makes of it, whatever stands in it',
  async (rung) => {
    const { meta, documents } = await exported(rung, rung, base);
    expect(meta).toMatchObject({ vocab_size: base.vocabulary, dtype: 'uint16' });
    const records = await allItems((page) => store.documents(CORPUS, page));
    const texts = new Map<string, string>();
    for (const { id, name } of records)
      texts.set(
        name,
        rung === 'text'
          ? (await Array.fromAsync(store.documentText(id))).join('')
          : scenes
              .filter(({ document }) => document === id)
              .map((scene) => `${hyperlexemeText(scene, 'ru')}\n`)
              .join(''),
      );
    const encoded = (await runPython(
      ENCODE,
      join(folder, 'base', 'tokenizer.json'),
      JSON.stringify([...texts.values()]),
    )) as readonly (readonly number[])[];
    const byName = new Map([...texts.keys()].map((name, i) => [name, encoded[i] ?? []] as const));
    const end = base.endOfDocument ?? -1;
    expect(documents).toEqual(expectedBy((own) => [...(byName.get(own[0]?.documentName ?? '') ?? []), end]));
    for (const [ids = []] of SPLITS.flatMap((split) => documents[split])) {
      expect(ids.indexOf(end)).toBe(ids.length - 1);
      expect(Math.max(...ids)).toBeLessThan(base.vocabulary);
    }
  },
);

test('text and hyperlexeme need a tokenizer', async () => {
  for (const rung of TOKEN_RUNGS.filter((one) => one === 'text' || one === 'hyperlexeme'))
    await expect(exported(`none ${rung}`, rung, null)).rejects.toMatchObject({ code: 'USAGE' });
});

test('an id comes out of a file as it went in, or is refused', () => {
  expect([1, 65_535, 65_536, 65_537].map(tokenType)).toEqual(['uint16', 'uint16', 'uint16', 'int32']);
  const vocabulary = fc.oneof(
    fc.integer({ min: 1, max: 70_000 }),
    fc.integer({ min: 65_530, max: 65_540 }),
    fc.constant(2 ** 31),
  );
  const property = fc.property(vocabulary, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (size, shares) => {
    const ids = shares.map((share) => Math.min(size - 1, Math.floor(share * size)));
    const packed = packIds(ids, size);
    const read =
      size <= 65_536 ? new Uint16Array(new Uint8Array(packed).buffer) : new Int32Array(new Uint8Array(packed).buffer);
    expect([...read]).toEqual(ids);
    for (const bad of [-1, size, size + 65_536, 0.5, Number.NaN])
      expect(() => packIds([...ids, bad], size)).toThrow(expect.objectContaining({ code: 'BAD_TOKENIZER' }));
  });
  fc.assert(property);
});

test('an index of many documents is made a block at a time, and wide ids take four bytes', async () => {
  const out = join(folder, 'many');
  await mkdir(out);
  const outputs = new Outputs(out);
  const files = new TokenFiles(outputs, { splitOf: () => 'train', endOfDocument: 69_999 });
  const count = 20_000;
  const name = (i: number): string => `документ ${i}`;
  const view = {
    documents: async () => ({
      items: Array.from({ length: count }, (_, i) => ({ cursor: `${i}`, item: { name: name(i) } })),
      hasNextPage: false,
    }),
  } as unknown as GraphView;
  await files.begin(view, CORPUS, 70_000);
  for (let i = 0; i < count; i++) await files.add(name(i), new Array(i % 5).fill(i), 70_000);
  await files.end(70_000);
  await outputs.sync();
  await outputs.abandon();
  const index = await readFile(join(out, `${indexOf('train')}.part`));
  expect(index.length).toBe(34 + 12 * count + 8 * (count + 1));
  const pointers = Array.from({ length: count }, (_, i) => Number(index.readBigInt64LE(34 + 4 * count + 8 * i)));
  const ids = await readFile(join(out, `${binOf('train')}.part`));
  for (const [i, pointer] of pointers.entries()) expect(ids.readInt32LE(pointer + 4 * (i % 5))).toBe(69_999);
  expect(Number(index.readBigInt64LE(index.length - 8))).toBe(count);
});
