import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type BaseTokenizer, openBaseTokenizer } from '../../../src/export/base-tokenizer.ts';
import { type ExportRequest, exportCorpus } from '../../../src/export/export-corpus.ts';
import type { ExportContext } from '../../../src/export/export-format.ts';
import { tokenizerFormat } from '../../../src/export/formats/tokenizer.ts';
import { Outputs } from '../../../src/export/outputs.ts';
import { DEFAULT_SHARES } from '../../../src/export/split.ts';
import { FACETS, type TokenRow } from '../../../src/export/token-marks.ts';
import { verifyExport } from '../../../src/export/verify-export.ts';
import { workspaceName } from '../../../src/scene/name.ts';
import { MARK_CLOSE, MARK_OPEN } from '../../../src/scene/token-mark.ts';
import type { GraphDatabase, GraphStore, GraphView } from '../../../src/store/graph-store.ts';
import { openMemoryStore } from '../../../src/store/memory/open-memory-store.ts';
import { allItems } from '../../conformance/all-pages.ts';
import { CORPUS, ENGLISH, RUSSIAN, UNICODE, write } from '../../conformance/prose.ts';
import { runPython } from '../../python/run-python.ts';
import { KINDS, trainTokenizer } from '../small-tokenizer.ts';

let folder: string;
let database: GraphDatabase;
let store: GraphStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-tokenizer-'));
  database = openMemoryStore();
  store = database.workspace(workspaceName('словарь'));
  await write(store, { corpus: 'другой', name: 'раньше', sentences: RUSSIAN.slice(60, 90), reading: 3 });
  await write(store, { name: 'сказка', sentences: RUSSIAN });
  await write(store, { name: 'tale', sentences: ENGLISH, lang: 'en' });
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const requestOf = (out: string, tokenizer: BaseTokenizer | null, more: Partial<ExportRequest> = {}): ExportRequest => ({
  corpus: CORPUS,
  format: 'tokenizer',
  out,
  options: { labels: 'ru', seed: 0, shares: DEFAULT_SHARES, licence: null, rowGroup: 1000 },
  tokenizer,
  resume: false,
  product: { version: '0.0.0', store: 'memory' },
  ...more,
});

const readRows = async (out: string): Promise<readonly TokenRow[]> =>
  (await readFile(join(out, 'tokens.jsonl'), 'utf8'))
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as TokenRow);

/** What the real loader makes of both: ids by themselves and within text, what they decode to, and texts with and without. */
const COMPARE = `
import json, sys
from tokenizers import Tokenizer
base, more = Tokenizer.from_file(sys.argv[1]), Tokenizer.from_file(sys.argv[2])
asked = json.load(open(sys.argv[3]))
ids = lambda t, texts: [e.ids for e in t.encode_batch(texts, add_special_tokens=False)]
out = dict(size=[base.get_vocab_size(), more.get_vocab_size()], by_name=[more.token_to_id(m) for m in asked['marks']],
    alone=ids(more, asked['marks']), joined=ids(more, [''.join(asked['marks'])])[0],
    decoded=[more.decode([i], skip_special_tokens=False) for i in range(base.get_vocab_size(), more.get_vocab_size())],
    within=ids(more, ['слово' + m + 'word' for m in asked['marks'][:20]]),
    dense=sorted(more.get_vocab(with_added_tokens=True).values()) == list(range(more.get_vocab_size())),
    same=ids(base, asked['plain']) == ids(more, asked['plain']))
base.encode_special_tokens = more.encode_special_tokens = True
out['safe'] = ids(base, asked['any']) == ids(more, asked['any'])
out['highest'] = max(i for one in ids(more, asked['any']) for i in one)
json.dump(out, sys.stdout)
`;

interface Compared {
  readonly size: readonly [number, number];
  readonly by_name: readonly number[];
  readonly alone: readonly (readonly number[])[];
  readonly joined: readonly number[];
  readonly decoded: readonly string[];
  readonly within: readonly (readonly number[])[];
  readonly dense: boolean;
  readonly same: boolean;
  readonly safe: boolean;
  readonly highest: number;
}

const LOOKALIKES = ['Δ14', 'Δ14:7', 'Δ1400x', '<Δ14>', '[Δ0]', 'archetype:threshold', 'none', 'Δ', '∆3 D14', 'порог'];

describe.each(KINDS)('a tokenizer of %s with codes', (kind) => {
  let path: string;
  let base: BaseTokenizer;
  let vocabulary: number;
  beforeAll(async () => {
    path = join(folder, kind);
    await mkdir(path);
    vocabulary = await trainTokenizer(path, kind);
    await writeFile(join(path, 'tokenizer_config.json'), '{"eos_token": {"content": "<|im_start|>"}}\n');
    await writeFile(join(path, 'added_tokens.json'), '{"<|endoftext|>": 0}');
    base = await openBaseTokenizer(join(path, 'tokenizer.json'));
  }, 900_000);
  afterAll(() => base?.close());

  test('is loaded by tokenizers: a mark is one id and back, text is what it was, and what looks like a code stays text', async () => {
    const out = join(path, 'out');
    const manifest = await exportCorpus(store, requestOf(out, base));
    expect(manifest.tokenizer).toEqual({ sha256: base.sha256, vocabulary });
    expect((await verifyExport(out)).besides).toEqual([]);
    const rows = await readRows(out);
    const records = await allItems((page) => store.hypertokens({ corpus: CORPUS }, page), 1000);
    expect(rows.map(({ id }) => id)).toEqual(rows.map((_, i) => vocabulary + i));
    expect(rows.slice(0, FACETS.length).map((row) => row.kind === 'facet' && row.facet)).toEqual(FACETS);
    expect(rows.slice(FACETS.length)).toEqual(
      records.map(({ code, level, digest, figures }, i) => ({
        id: vocabulary + FACETS.length + i,
        token: `${MARK_OPEN}Δ${code}${MARK_CLOSE}`,
        kind: 'hypertoken',
        code,
        level,
        digest,
        figures,
      })),
    );
    const marks = rows.map(({ token }) => token);
    const pieces = fc.constantFrom(MARK_OPEN, MARK_CLOSE, ...marks.slice(0, 200), 'Δ', '1', ' ', 'сказал', '</s>');
    const anyText = fc.array(fc.oneof(pieces, fc.string({ unit: 'grapheme' }))).map((some) => some.join(''));
    const plainText = fc.string({ unit: 'grapheme' });
    const asked = {
      marks,
      plain: [...RUSSIAN, ...ENGLISH, ...UNICODE, ...LOOKALIKES, ...fc.sample(plainText, { numRuns: 500, seed: 1 })],
      any: [...marks.slice(0, 300), ...LOOKALIKES, ...fc.sample(anyText, { numRuns: 1000, seed: 2 })],
    };
    await writeFile(join(path, 'asked.json'), JSON.stringify(asked));
    const args = [join(path, 'tokenizer.json'), join(out, 'tokenizer.json'), join(path, 'asked.json')];
    const found = (await runPython(COMPARE, ...args)) as Compared;
    const ids = rows.map(({ id }) => id);
    expect(found.size).toEqual([vocabulary, vocabulary + rows.length]);
    expect(found.by_name).toEqual(ids);
    expect(found.alone).toEqual(ids.map((id) => [id]));
    expect(found.joined).toEqual(ids);
    expect(found.decoded).toEqual(marks);
    for (const [i, within] of found.within.entries()) expect(within.filter((id) => id >= vocabulary)).toEqual([ids[i]]);
    expect(found).toMatchObject({ dense: true, same: true, safe: true });
    expect(found.highest).toBeLessThan(vocabulary);
  });

  test('is the base to the byte but for what was added, with the files beside it', async () => {
    const out = join(path, 'out');
    const [before, after] = await Promise.all([path, out].map((one) => readFile(join(one, 'tokenizer.json'), 'utf8')));
    const [from, to] = [after?.indexOf(MARK_OPEN) ?? 0, after?.lastIndexOf(MARK_CLOSE) ?? 0];
    const head = after?.slice(0, after.lastIndexOf('}', from) + 1) ?? '';
    expect(before?.startsWith(head)).toBe(true);
    expect(head + after?.slice(after.indexOf('}', to) + 1)).toBe(before);
    expect(await readFile(join(out, 'tokenizer_config.json'), 'utf8')).toBe(
      await readFile(join(path, 'tokenizer_config.json'), 'utf8'),
    );
    const added = JSON.parse(await readFile(join(out, 'added_tokens.json'), 'utf8'));
    const rows = await readRows(out);
    expect(added).toEqual({ '<|endoftext|>': 0, ...Object.fromEntries(rows.map(({ token, id }) => [token, id])) });
  });
});

test('another tokenizer cannot go on with what one has begun, and none cannot begin', async () => {
  const vocab = (word: string): string => JSON.stringify({ model: { type: 'WordLevel', vocab: { [word]: 0 } } });
  const opened = async (word: string): Promise<BaseTokenizer> => {
    await writeFile(join(folder, `${word}.json`), vocab(word));
    return openBaseTokenizer(join(folder, `${word}.json`));
  };
  const [one, other] = [await opened('а'), await opened('б')];
  try {
    const out = join(folder, 'begun');
    const stop = (): never => {
      throw new Error('cut off');
    };
    await expect(exportCorpus(store, requestOf(out, one, { onProgress: stop }))).rejects.toThrow('cut off');
    await expect(exportCorpus(store, requestOf(out, other, { resume: true }))).rejects.toMatchObject({
      code: 'EXPORT_CHANGED',
    });
    await exportCorpus(store, requestOf(out, one, { resume: true }));
    await expect(exportCorpus(store, requestOf(join(folder, 'none'), null))).rejects.toMatchObject({ code: 'USAGE' });
  } finally {
    await one.close();
    await other.close();
  }
});

const CODES = Array.from({ length: 17 }, (_, i) => ({ code: 3 * i, level: i % 3, digest: `${i}`, figures: [] }));

/** 17 codes in pages of three. */
const VIEW = {
  hypertokens: async (_: unknown, { after }: { readonly after?: string }) => {
    const from = Number(after ?? 0);
    const items = CODES.slice(from, from + 3).map((item, i) => ({ cursor: `${from + i + 1}`, item }));
    return { items, hasNextPage: from + 3 < CODES.length };
  },
} as unknown as GraphView;

test.each([
  '{"model": {"type": "WordLevel", "vocab": {"а": 0}}, "added_tokens": []}',
  '{"model": {"vocab": {"а": 0}}}',
])('gone on with behind any page it comes to the same bytes: %s', async (text) => {
  await writeFile(join(folder, 'small.json'), text);
  const tokenizer = await openBaseTokenizer(join(folder, 'small.json'));
  const write = async (out: string, stops: readonly number[]): Promise<string> => {
    let files: Awaited<ReturnType<Outputs['sync']>> = {};
    let after: string | undefined;
    for (const stop of [...stops, Number.POSITIVE_INFINITY]) {
      const outputs = new Outputs(out);
      await outputs.restore(files);
      const context = { view: VIEW, corpus: CORPUS, tokenizer, outputs } as unknown as ExportContext;
      const [pass] = tokenizerFormat(context).passes;
      let pages = 0;
      for await (const page of pass?.pages(after) ?? []) {
        if (pages++ === stop) break;
        await page.write();
        after = page.cursor;
        files = await outputs.sync();
      }
      if (stop === Number.POSITIVE_INFINITY) await pass?.end?.();
      await outputs.sync();
      await outputs.abandon();
    }
    return readFile(join(out, 'tokenizer.json.part'), 'utf8');
  };
  try {
    const whole = await write(join(folder, 'undisturbed'), []);
    const ids = (JSON.parse(whole) as { readonly added_tokens: readonly { readonly id: number }[] }).added_tokens;
    expect(ids.map(({ id }) => id)).toEqual(ids.map((_, i) => i + 1));
    expect(ids).toHaveLength(FACETS.length + CODES.length);
    const property = fc.asyncProperty(fc.array(fc.nat(4), { maxLength: 4 }), async (stops) => {
      expect(await write(join(folder, 'cut off'), stops)).toBe(whole);
    });
    await fc.assert(property, { numRuns: 15 });
  } finally {
    await tokenizer.close();
  }
});
