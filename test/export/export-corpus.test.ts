import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { TextCounter } from '../../src/activation/text-counter.ts';
import { HypersceneError } from '../../src/errors.ts';
import { baseCounter } from '../../src/export/base-counter.ts';
import { type BaseTokenizer, openBaseTokenizer } from '../../src/export/base-tokenizer.ts';
import type { CodeRow } from '../../src/export/code-registry.ts';
import { type CorpusStatistics, corpusStatistics } from '../../src/export/corpus-statistics.ts';
import { type ExportRequest, exportCorpus } from '../../src/export/export-corpus.ts';
import {
  type ExportOptions,
  FORMATS,
  type FormatName,
  TOKEN_RUNGS,
  type TokenRung,
} from '../../src/export/export-format.ts';
import { readManifest } from '../../src/export/manifest.ts';
import type { SceneRow } from '../../src/export/scene-row.ts';
import type { SequenceRow } from '../../src/export/sequence.ts';
import { SPLITS, splitOf } from '../../src/export/split.ts';
import { verifyExport } from '../../src/export/verify-export.ts';
import { openO200k } from '../../src/model/o200k/open-o200k.ts';
import { openO200kCounter } from '../../src/model/o200k/open-o200k-counter.ts';
import { workspaceName } from '../../src/scene/name.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { collapseCorpus } from '../../src/worker/collapse-job.ts';
import { openComputePool } from '../../src/worker/compute-pool.ts';
import { coupleCorpus } from '../../src/worker/couple-job.ts';
import { allItems } from '../conformance/all-pages.ts';
import { CORPUS, ENGLISH, RUSSIAN, write } from '../conformance/prose.ts';
import { trainTokenizer } from './small-tokenizer.ts';

let folder: string;
let folders = 0;
let tokenizer: BaseTokenizer;
let counter: TextCounter;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-export-'));
  const path = newFolder();
  await mkdir(path);
  await trainTokenizer(path, 'bytes');
  await writeFile(join(path, 'added_tokens.json'), '{}');
  tokenizer = await openBaseTokenizer(path);
  counter = openO200kCounter();
}, 900_000);
afterAll(async () => {
  await tokenizer?.close();
  await counter?.close();
  await rm(folder, { recursive: true, force: true });
});
const newFolder = (): string => join(folder, `export ${++folders}`);

const OPTIONS: ExportOptions = {
  labels: 'ru',
  seed: 7,
  shares: { train: 0.5, validation: 0.25, test: 0.25 },
  licence: 'CC0-1.0',
  rowGroup: 1000,
};

const requestOf = (out: string, more: Partial<ExportRequest> = {}): ExportRequest => ({
  corpus: CORPUS,
  format: 'jsonl',
  out,
  counter,
  options: OPTIONS,
  resume: false,
  product: { version: '0.0.0', store: 'memory' },
  ...more,
});

const DOCUMENTS = 12;
const SCENES = DOCUMENTS * 200;

/** 12 documents in two languages, 2,400 scenes, coupled and collapsed: two pages of scenes and a shorter one. */
const fill = async (store: GraphStore): Promise<void> => {
  for (let i = 0; i < DOCUMENTS; i++) {
    const [sentences, lang] = i % 2 === 0 ? [RUSSIAN, 'ru' as const] : [ENGLISH, 'en' as const];
    const from = (i * 7) % 40;
    const some = [...sentences, ...sentences, ...sentences].slice(from, from + 200);
    await write(store, { name: `рассказ ${i}`, sentences: some, lang });
  }
  const compute = openComputePool({ threadsMax: 1 });
  await coupleCorpus({ store, compute }, CORPUS, { couplingsMax: 2 });
  await collapseCorpus({ store, compute }, CORPUS);
  await compute.close();
};

/** Every file by its path, as bytes in hexadecimal digits would be: what was written, to the last one. */
const contents = async (out: string): Promise<Readonly<Record<string, string>>> => {
  const entries = await readdir(out, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const read = files.sort().map(async (path) => [path.slice(out.length), await readFile(path, 'latin1')] as const);
  return Object.fromEntries(await Promise.all(read));
};

const rowsOf = async <T>(out: string, path: string): Promise<readonly T[]> =>
  (await readFile(join(out, path), 'utf8'))
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as T);

/** Each format as it is by default, and with a tokenizer in each way that one takes it. */
const WAYS: readonly (readonly [FormatName, TokenRung | undefined])[] = [
  ...FORMATS.map((format) => [format, undefined] as const),
  ...TOKEN_RUNGS.map((rung) => ['bin', rung] as const),
];

type Way = (typeof WAYS)[number];

/** Formats whose scenes come by a pass of their own, and by one that only the statistics have. All else goes without, on the real store. */
const COUNTED: ReadonlySet<string> = new Set(['embedded jsonl', 'embedded tokenizer']);

/** How a format goes on does not depend on the store, whose views the conformance suite holds to be alike: all of them are tried on the real one. */
const STORES: readonly (readonly [string, (path: string) => Promise<GraphDatabase>, readonly Way[]])[] = [
  ['memory', async () => openMemoryStore(), WAYS.slice(0, 1)],
  ['embedded', (path) => openEmbeddedStore({ path }), WAYS],
];

describe.each(STORES)('an export from the %s store', (kind, open, ways) => {
  let database: GraphDatabase;
  let store: GraphStore;
  beforeAll(async () => {
    database = await open(newFolder());
    store = database.workspace(workspaceName('вывоз'));
    await fill(store);
  });
  afterAll(() => database.close());

  test('holds every scene once, on every rung, and each document in one split', async () => {
    const out = newFolder();
    const manifest = await exportCorpus(store, requestOf(out));
    expect(await readManifest(out)).toEqual(manifest);
    expect((await verifyExport(out)).besides).toEqual([]);
    const scenes = await allItems((page) => store.scenes({ corpus: CORPUS }, page), 1000);
    expect(scenes).toHaveLength(SCENES);
    const seen: SceneRow[] = [];
    for (const split of SPLITS) {
      const rows = await rowsOf<SceneRow>(out, `scenes/${split}.jsonl`);
      expect(rows.length).toBeGreaterThan(0);
      expect(new Set(rows.map(({ document }) => splitOf(document, 7, OPTIONS.shares)))).toEqual(new Set([split]));
      expect(manifest.files.find(({ path }) => path === `scenes/${split}.jsonl`)?.rows).toBe(rows.length);
      seen.push(...rows);
      const sequences = await rowsOf<SequenceRow>(out, `sequences/${split}.jsonl`);
      expect(sequences.map(({ document, codes }) => [document, codes])).toEqual([
        ...Map.groupBy(rows, ({ document }) => document)
          .entries()
          .map(([name, own]) => [name, own.map((row) => row.code)]),
      ]);
    }
    const byId = new Map(seen.map((row) => [row.id, row]));
    expect(byId.size).toBe(seen.length);
    for (const { id, text, start, end, code, ordinal, documentName } of scenes)
      expect(byId.get(id)).toMatchObject({
        document: documentName,
        text,
        start,
        end,
        code,
        hypertoken: `Δ${code}`,
        occurrence: `Δ${code}:${ordinal}`,
      });
    const codes = await rowsOf<{ readonly code: number; readonly level: number }>(out, 'codes.jsonl');
    const figures = codes.filter(({ level }) => level === 0);
    expect(new Set(figures.map(({ code }) => code))).toEqual(new Set(scenes.map(({ code }) => code)));
  });

  test('has statistics that are those of its rows', async () => {
    const out = newFolder();
    await exportCorpus(store, requestOf(out));
    const statistics: CorpusStatistics = JSON.parse(await readFile(join(out, 'statistics.json'), 'utf8'));
    expect(statistics).toEqual(await corpusStatistics(store, { corpus: CORPUS, labels: 'ru', counter }));
    const rows = (await Promise.all(SPLITS.map((split) => rowsOf<SceneRow>(out, `scenes/${split}.jsonl`)))).flat();
    const codes = await rowsOf<CodeRow>(out, 'codes.jsonl');
    const { count } = await openO200k();
    for (const { lang, scenes, textTokens, withoutFigure, sentences } of statistics.languages) {
      const own = rows.filter((row) => row.lang === lang);
      expect(scenes).toBe(own.length);
      expect(withoutFigure).toBe(own.filter(({ facets }) => facets.length === 0).length);
      const tokens = own.map(({ text }) => count(text)).toSorted((x, y) => x - y);
      expect(textTokens).toBe(tokens.reduce((sum, n) => sum + n, 0));
      expect(sentences?.median).toBe(tokens[Math.ceil(tokens.length / 2) - 1]);
    }
    expect(statistics.levels.length).toBeGreaterThan(2);
    for (const { level, positions, codes: own } of statistics.levels) {
      const standing = rows.map(
        ({ occurrence, levels }) => levels.findLast((place) => place.level <= level) ?? occurrence,
      );
      expect(positions).toBe(new Set(standing.map((place) => JSON.stringify(place))).size);
      expect(own).toBe(codes.filter((code) => code.level === level).length);
    }
    const stop = new AbortController();
    const stopped = corpusStatistics(store, {
      corpus: CORPUS,
      labels: 'ru',
      counter,
      signal: stop.signal,
      onProgress: ({ done, total }) => {
        // The scenes are done, the registry is still to be read.
        if (done === total) stop.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
    const registry = await allItems((page) => store.hypertokens({ corpus: CORPUS }, page), 1000);
    for (const { level, registryPositions } of statistics.levels.slice(1)) {
      const told = registry.filter((code) => code.level >= 1 && code.level <= level);
      const parts = told.map(({ figures, form, level: of }) =>
        of === 1 ? figures.length : form.split(' | ', 1)[0]?.split(' ').length,
      );
      const above = registryPositions - (statistics.levels[0]?.registryPositions ?? 0);
      expect(above).toBe(parts.reduce<number>((sum, n) => sum + (n ?? Number.NaN), 0));
    }
    const card = await readFile(join(out, 'README.md'), 'utf8');
    expect(card).toContain(`| 0 | ${rows.length} | `);
    expect(card).toContain(`language:\n${statistics.languages.map(({ lang }) => `  - ${lang}\n`).join('')}tags:`);
  });

  test.each(ways)('cut off at any moment and gone on with, it comes to the same bytes: %s %s', async (format, rung) => {
    const whole = newFolder();
    const isExtending = format === 'tokenizer' || rung !== undefined;
    const statistics = COUNTED.has(`${kind} ${format}`) ? 'full' : 'none';
    const way = {
      format,
      options: { ...OPTIONS, ...(rung === undefined ? {} : { rung }), statistics } as const,
      tokenizer: isExtending ? tokenizer : null,
      counter: format === 'tokenizer' ? baseCounter(tokenizer) : counter,
    };
    await exportCorpus(store, requestOf(whole, way));
    const expected = await contents(whole);
    const property = fc.asyncProperty(
      fc.array(fc.nat(7), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 2000 }),
      fc.string(),
      async (stops, round, rubbish) => {
        const out = newFolder();
        let resume = false;
        for (const stop of stops) {
          const stopping = new AbortController();
          let pages = 0;
          const request = requestOf(out, {
            ...way,
            round,
            resume,
            signal: stopping.signal,
            onProgress: () => pages++ === stop && stopping.abort(),
          });
          const ended = await exportCorpus(store, request).then(
            () => 'whole',
            (error: { readonly code: string }) => error.code,
          );
          if (ended === 'whole') break;
          expect(ended).toBe('CANCELLED');
          const entries = await readdir(out);
          expect(entries).not.toContain('manifest.json');
          expect(entries).toContain('.hyperscene-export.json');
          resume = true;
          // Written, and not noted before the power went.
          for (const path of Object.keys(await contents(out)))
            if (path.endsWith('.part')) await appendFile(out + path, rubbish);
        }
        if (!(await readdir(out).catch((): string[] => [])).includes('manifest.json'))
          await exportCorpus(store, requestOf(out, { ...way, resume }));
        expect(await contents(out)).toEqual(expected);
        await rm(out, { recursive: true });
      },
    );
    await fc.assert(property, { numRuns: 6 });
  });

  test('is cancelled while its files are looked through at the end, and gone on with', async () => {
    const [whole, out] = [newFolder(), newFolder()];
    const options = { ...OPTIONS, statistics: 'none' } as const;
    await exportCorpus(store, requestOf(whole, { options }));
    const stopping = new AbortController();
    const signal = {
      get aborted() {
        // Files have their names when all scenes are written.
        if (existsSync(join(out, 'scenes/test.jsonl'))) stopping.abort();
        return stopping.signal.aborted;
      },
    } as AbortSignal;
    await expect(exportCorpus(store, requestOf(out, { options, signal }))).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await readdir(out)).not.toContain('manifest.json');
    await exportCorpus(store, requestOf(out, { options, resume: true }));
    expect(await contents(out)).toEqual(await contents(whole));
  });

  test('shows one state while others write', async () => {
    const out = newFolder();
    const { revision } = (await store.corpus(CORPUS)) ?? {};
    let wrote: Promise<unknown> | null = null;
    const manifest = await exportCorpus(
      store,
      requestOf(out, {
        onProgress: ({ stage }) => {
          if (stage === 'scenes') wrote ??= write(store, { name: 'рассказ 3', sentences: RUSSIAN.slice(0, 30) });
        },
      }),
    );
    await wrote;
    expect((await store.corpus(CORPUS))?.revision).toBeGreaterThan(revision ?? 0);
    expect(manifest).toMatchObject({ revision, scenes: SCENES });
    const rows = await Promise.all(SPLITS.map((split) => rowsOf<SceneRow>(out, `scenes/${split}.jsonl`)));
    expect(rows.flat()).toHaveLength(SCENES);
  });
});

describe('an export that cannot be', () => {
  let database: GraphDatabase;
  let store: GraphStore;
  beforeEach(async () => {
    database = openMemoryStore();
    store = database.workspace(workspaceName('вывоз'));
    await write(store, { name: 'а', sentences: RUSSIAN.slice(0, 30) });
  });
  afterEach(() => database.close());

  const cutOff = async (out: string): Promise<void> => {
    const stopping = new AbortController();
    stopping.abort();
    const request = requestOf(out, { round: 1, signal: stopping.signal });
    await expect(
      exportCorpus(store, { ...request, signal: undefined, onProgress: ({ stage }) => stage === 'scenes' && fail() }),
    ).rejects.toThrow('cut off');
  };
  const fail = (): never => {
    throw new Error('cut off');
  };

  test('begins where one was killed before the first entry of its journal stood', async () => {
    const out = newFolder();
    await mkdir(out);
    await writeFile(join(out, '.hyperscene-export.json.part'), '{"of":"');
    await exportCorpus(store, requestOf(out, { resume: true }));
    const undisturbed = newFolder();
    await exportCorpus(store, requestOf(undisturbed));
    expect(await contents(out)).toEqual(await contents(undisturbed));
  });

  test('is refused where something is already, whatever it is', async () => {
    const out = newFolder();
    await exportCorpus(store, requestOf(out));
    const before = await contents(out);
    for (const resume of [false, true])
      await expect(exportCorpus(store, requestOf(out, { resume }))).rejects.toMatchObject({ code: 'EXPORT_EXISTS' });
    expect(await contents(out)).toEqual(before);
    const begun = newFolder();
    await cutOff(begun);
    await expect(exportCorpus(store, requestOf(begun))).rejects.toMatchObject({ code: 'EXPORT_EXISTS' });
    const file = join(folder, 'a file');
    await writeFile(file, '');
    await expect(exportCorpus(store, requestOf(file))).rejects.toMatchObject({ code: 'UNWRITABLE_FILE' });
    const nowhere = [join(file, 'below'), '/proc/hyperscene', '/proc/hyperscene/below'];
    for (const out of nowhere)
      await expect(exportCorpus(store, requestOf(out))).rejects.toMatchObject({ code: 'UNWRITABLE_FILE' });
  });

  test('counts no tokens where it is told not to, and none without a tokenizer', async () => {
    const statisticsOf = async (more: Partial<ExportRequest>): Promise<CorpusStatistics> => {
      const out = newFolder();
      await exportCorpus(store, requestOf(out, more));
      return JSON.parse(await readFile(join(out, 'statistics.json'), 'utf8')) as CorpusStatistics;
    };
    const codes = await statisticsOf({ options: { ...OPTIONS, statistics: 'codes' } });
    expect(codes).toMatchObject({ tokenizer: null, scenes: 30, textTokens: null, rungs: null });
    expect(await statisticsOf({ counter: null })).toEqual(codes);
    expect((await statisticsOf({})).tokenizer?.name).toBe('o200k_base');
    expect(await statisticsOf({ options: { ...OPTIONS, statistics: 'full' } })).toEqual(await statisticsOf({}));
    const none = { options: { ...OPTIONS, statistics: 'none' as const } };
    await expect(statisticsOf(none)).rejects.toMatchObject({ code: 'ENOENT' });
    const full = { options: { ...OPTIONS, statistics: 'full' as const }, counter: null };
    await expect(statisticsOf(full)).rejects.toMatchObject({ code: 'USAGE' });
  });

  test('is not gone on with after the corpus or the options have changed', async () => {
    const out = newFolder();
    await cutOff(out);
    const other = requestOf(out, { resume: true, options: { ...OPTIONS, seed: 8 } });
    await expect(exportCorpus(store, other)).rejects.toMatchObject({ code: 'EXPORT_CHANGED' });
    const { revision = 0 } = (await store.corpus(CORPUS)) ?? {};
    await store.writeCollapse(CORPUS, { revision, groups: [] });
    const afterCollapse = exportCorpus(store, requestOf(out, { resume: true }));
    await expect(afterCollapse).rejects.toMatchObject({ code: 'EXPORT_CHANGED' });
    await write(store, { name: 'б', sentences: ENGLISH.slice(0, 3) });
    await expect(exportCorpus(store, requestOf(out, { resume: true }))).rejects.toMatchObject({
      code: 'EXPORT_CHANGED',
    });
  });

  test('is not whole before it is known that the corpus stayed as it was', async () => {
    const [out, undisturbed] = [newFolder(), newFolder()];
    const unsure: GraphStore = Object.assign(Object.create(store), {
      atOneRevision: async (...of: Parameters<GraphStore['atOneRevision']>) => {
        await store.atOneRevision(...of);
        throw new HypersceneError('STORE_UNREACHABLE', 'gone at the end');
      },
    });
    await expect(exportCorpus(unsure, requestOf(out))).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
    await expect(verifyExport(out)).rejects.toMatchObject({ code: 'UNREADABLE_FILE' });
    await exportCorpus(store, requestOf(out, { resume: true }));
    await exportCorpus(store, requestOf(undisturbed));
    expect(await contents(out)).toEqual(await contents(undisturbed));
  });

  test('says which part is not what was written', async () => {
    const out = newFolder();
    await cutOff(out);
    await truncate(join(out, 'codes.jsonl.part'), 3);
    const damaged = { code: 'EXPORT_DAMAGED', message: expect.stringContaining('codes.jsonl') };
    await expect(exportCorpus(store, requestOf(out, { resume: true }))).rejects.toMatchObject(damaged);
    await writeFile(join(out, '.hyperscene-export.json'), '{');
    await expect(exportCorpus(store, requestOf(out, { resume: true }))).rejects.toMatchObject({
      code: 'EXPORT_DAMAGED',
    });
  });

  test('is found out by what it has become since', async () => {
    const out = newFolder();
    await exportCorpus(store, requestOf(out));
    const path = join(out, 'codes.jsonl');
    const bytes = await readFile(path);
    await writeFile(path, bytes.with(5, (bytes[5] ?? 0) ^ 1));
    await expect(verifyExport(out)).rejects.toMatchObject({ code: 'EXPORT_DAMAGED' });
    await writeFile(path, bytes.subarray(1));
    await expect(verifyExport(out)).rejects.toMatchObject({ code: 'EXPORT_DAMAGED' });
    await writeFile(path, bytes);
    await writeFile(join(out, 'заметки.txt'), 'моё');
    expect((await verifyExport(out)).besides).toEqual(['заметки.txt']);
    await unlink(path);
    await expect(verifyExport(out)).rejects.toMatchObject({ code: 'EXPORT_DAMAGED' });
    await unlink(join(out, 'manifest.json'));
    await expect(verifyExport(out)).rejects.toMatchObject({ code: 'UNREADABLE_FILE' });
  });

  test('of a corpus that is not there leaves no file', async () => {
    const out = newFolder();
    await store.deleteCorpus(CORPUS);
    await expect(exportCorpus(store, requestOf(out))).rejects.toMatchObject({ code: 'CORPUS_NOT_FOUND' });
    await expect(readdir(out)).rejects.toMatchObject({ code: 'ENOENT' });
    await mkdir(out);
    await expect(exportCorpus(store, requestOf(out))).rejects.toMatchObject({ code: 'CORPUS_NOT_FOUND' });
    expect(await readdir(out)).toEqual([]);
  });
});
