import { mkdir, readdir, rename, rm, rmdir, stat, truncate } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { TextCounter } from '../activation/text-counter.ts';
import { checkCancelled, HypersceneError } from '../errors.ts';
import type { CorpusName } from '../scene/name.ts';
import type { CorpusRecord, GraphDatabase, GraphStore, GraphView } from '../store/graph-store.ts';
import { loadMigrations } from '../store/migration-files.ts';
import { syncFolder } from '../store/sync-folder.ts';
import { compareText } from '../store/text-order.ts';
import type { BaseTokenizer } from './base-tokenizer.ts';
import { placedScenes } from './corpus-pages.ts';
import { type CorpusStatistics, corpusLevels, SAMPLE, StatisticsCount } from './corpus-statistics.ts';
import type { ExportContext, ExportFormat, ExportOptions, FormatName, Pass } from './export-format.ts';
import { binFormat } from './formats/bin.ts';
import { csvFormat } from './formats/csv.ts';
import { cypherFormat } from './formats/cypher.ts';
import { gexfFormat } from './formats/gexf.ts';
import { graphFormat } from './formats/graph.ts';
import { graphmlFormat } from './formats/graphml.ts';
import { jsonlFormat } from './formats/jsonl.ts';
import { parquetFormat } from './formats/parquet.ts';
import { tokenizerFormat } from './formats/tokenizer.ts';
import { JOURNAL_PART, type Journal, readJournal, removeJournal, writeJournal, writeWhole } from './journal.ts';
import { formatManifest, MANIFEST, type Manifest } from './manifest.ts';
import { digestOfFile, PART, writing } from './output-file.ts';
import { Outputs } from './outputs.ts';

export interface ExportProgress {
  readonly stage: Pass['name'];
  readonly done: number;
  readonly total: number | null;
}

export interface ExportRequest {
  readonly corpus: CorpusName;
  readonly format: FormatName;
  /** A folder that is not there, is empty, or holds an export that is to be gone on with. */
  readonly out: string;
  readonly options: ExportOptions;
  /** `tokenizer` extends it; `bin` writes its ids. The caller closes it. */
  readonly tokenizer?: BaseTokenizer | null | undefined;
  /** Counts tokens for the statistics, while the files are written. The caller closes it. */
  readonly counter?: TextCounter | null | undefined;
  /** Goes on with what an export that was cut off left; where there is none, begins. */
  readonly resume: boolean;
  /** Items between two entries of the journal: what is done again at most after it was cut off. By default 50,000. */
  readonly round?: number | undefined;
  readonly product: { readonly version: string; readonly store: GraphDatabase['kind'] };
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExportProgress) => void) | undefined;
  /** Told after each page, and before the manifest, how many bytes there are; what it throws ends the export. */
  readonly checkBytes?: ((bytes: number) => Promise<void>) | undefined;
}

/** Some seconds of reading. */
const ROUND = 50_000;

const OF: Readonly<Record<FormatName, (context: ExportContext) => ExportFormat>> = {
  jsonl: jsonlFormat,
  parquet: parquetFormat,
  csv: csvFormat,
  graphml: graphmlFormat,
  gexf: gexfFormat,
  cypher: cypherFormat,
  graph: graphFormat,
  tokenizer: tokenizerFormat,
  bin: binFormat,
};

const STATISTICS = 'statistics.json';

/**
 * Writes a corpus, as it stands at one revision, into files of a folder. A file has its name when it is whole; the manifest
 * comes last. Whatever stops it, the parts and a journal are left, and resuming comes to the same bytes.
 * @throws HypersceneError CORPUS_NOT_FOUND; USAGE for a format, or statistics, that need a tokenizer and have none; BAD_TOKENIZER; EXPORT_EXISTS, EXPORT_CHANGED, EXPORT_DAMAGED; UNWRITABLE_FILE, DISK_FULL, CANCELLED; what `checkBytes` throws
 */
export const exportCorpus = async (store: GraphStore, request: ExportRequest): Promise<Manifest> => {
  const isNew = await openFolder(request);
  let attempts = 0;
  try {
    const manifest = await store.atOneRevision(request.corpus, async (view, standing, state) => {
      // The corpus changed while it was read: what was written shows neither the one state nor the other.
      if (attempts++ > 0) await clear(request.out);
      const journal = await journalFor(request, standing, state);
      return new Exporting(request, view, standing).run(journal);
    });
    // Not before it is known that nothing came between: whoever sees a manifest takes the export for whole.
    await writeWhole(join(request.out, MANIFEST), formatManifest(manifest));
    await removeJournal(request.out);
    return manifest;
  } catch (error) {
    // Of an export that never began nothing is left; a folder that holds something stays.
    if (isNew) await rmdir(request.out).catch(() => undefined);
    throw error;
  }
};

/** @returns whether it was made. @throws HypersceneError EXPORT_EXISTS, UNWRITABLE_FILE */
const openFolder = async ({ out, resume }: ExportRequest): Promise<boolean> => {
  const isNew = await writing(out, () => makeFolder(resolve(out)));
  const entries = (await writing(out, () => readdir(out))).filter((name) => name !== JOURNAL_PART);
  if (entries.length === 0) return isNew;
  const isUnderWay = !entries.includes(MANIFEST) && (await readJournal(out)) !== null;
  if (isUnderWay && resume) return false;
  throw new HypersceneError('EXPORT_EXISTS', isUnderWay ? 'an export was begun here' : 'the folder is not empty', {
    at: out,
    expected: isUnderWay ? 'to resume it, or another folder' : 'a folder that is empty or not there',
  });
};

/** Not by `recursive`, which never returns where no folder can be made (Node 24, below `/proc`). @returns whether it was made */
const makeFolder = async (path: string): Promise<boolean> => {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path);
    return true;
  }
};

const clear = async (out: string): Promise<void> => {
  for (const entry of await readdir(out)) await rm(join(out, entry), { recursive: true });
};

const describe = ({ corpus, format, options, tokenizer, counter, product }: ExportRequest): string =>
  JSON.stringify([
    corpus,
    format,
    options,
    product.version,
    ...(tokenizer ? [tokenizer.identity] : []),
    ...(counter ? [counter.name, counter.sha256] : []),
  ]);

/** null where none are wanted. @throws HypersceneError USAGE */
const countOf = (
  { options: { labels, statistics }, counter = null }: ExportRequest,
  { scenes }: CorpusRecord,
): StatisticsCount | null => {
  if (statistics === 'none') return null;
  if (statistics === 'codes') return new StatisticsCount(labels, null);
  if (statistics !== undefined && counter === null)
    throw new HypersceneError('USAGE', 'nothing to count tokens with', {
      expected: 'a tokenizer, or statistics of codes',
    });
  return new StatisticsCount(labels, counter, statistics === 'full' ? 1 : SAMPLE / scenes);
};

/** For formats that do not read where scenes stand in the levels, or no scenes at all. */
const statisticsPass = ({ view, corpus, standing }: ExportContext): Pass => ({
  name: 'scenes',
  total: standing.scenes,
  showsScenes: true,
  async *pages(after) {
    for await (const { items, cursor } of placedScenes(view, corpus, after))
      yield { cursor, count: items.length, scenes: items, write: () => Promise.resolve() };
  },
});

/** What is gone on with. @throws HypersceneError EXPORT_CHANGED */
const journalFor = async (request: ExportRequest, { revision }: CorpusRecord, standing: string): Promise<Journal> => {
  const of = describe(request);
  const found = await readJournal(request.out);
  if (found === null) return { of, revision, standing, pass: 0, cursor: null, done: 0, files: {}, state: null };
  const changed = (what: string, expected: string, came: string) =>
    new HypersceneError('EXPORT_CHANGED', `${what} than those the export was begun with`, {
      at: request.out,
      expected,
      came,
    });
  if (found.of !== of) throw changed('other options', found.of, of);
  if (found.revision !== revision)
    throw changed('the corpus has another revision', String(found.revision), String(revision));
  if (found.standing !== standing)
    throw changed('the corpus was collapsed, or has other views', found.standing, standing);
  return found;
};

/** One export at one revision. */
class Exporting {
  readonly #request: ExportRequest;
  readonly #standing: CorpusRecord;
  readonly #outputs: Outputs;
  readonly #format: ExportFormat;
  readonly #passes: readonly Pass[];
  readonly #view: GraphView;
  readonly #count: StatisticsCount | null;

  constructor(request: ExportRequest, view: GraphView, standing: CorpusRecord) {
    const { corpus, out, options, format, tokenizer = null } = request;
    this.#request = request;
    this.#standing = standing;
    this.#view = view;
    this.#outputs = new Outputs(out);
    this.#count = countOf(request, standing);
    const context: ExportContext = { view, corpus, standing, options, tokenizer, outputs: this.#outputs };
    this.#format = OF[format](context);
    const { passes } = this.#format;
    const isCounted = this.#count === null || passes.some(({ showsScenes }) => showsScenes);
    this.#passes = isCounted ? passes : [...passes, statisticsPass(context)];
  }

  async run(begun: Journal): Promise<Manifest> {
    let journal = begun;
    try {
      if (journal.statistics !== undefined) this.#count?.restore(journal.statistics);
      if (journal.pass < this.#passes.length) {
        await this.#outputs.restore(journal.files);
        this.#format.restore(journal.state);
        // From now on it can be gone on with, whenever it is cut off.
        journal = await this.#note(journal);
      }
      for (let pass = this.#passes[journal.pass]; pass !== undefined; pass = this.#passes[journal.pass])
        journal = await this.#walk(pass, journal);
    } finally {
      // What a thread still encodes may not be written to files that are closed.
      try {
        await this.#format.close?.();
      } finally {
        await this.#outputs.abandon();
      }
    }
    checkCancelled(this.#request);
    return this.#finish(journal);
  }

  /** One pass to its end. @returns the journal that it left */
  async #walk(pass: Pass, begun: Journal): Promise<Journal> {
    const { onProgress, checkBytes, round = ROUND } = this.#request;
    let { done, cursor } = begun;
    let last = done;
    for await (const page of pass.pages(cursor ?? undefined)) {
      checkCancelled(this.#request);
      // A service exports beside its requests, which get their turn between what was read of a page and what is made of it.
      await setImmediate();
      await page.write();
      await checkBytes?.(this.#outputs.bytes);
      if (page.scenes !== undefined) await this.#count?.add(page.scenes);
      done += page.count;
      cursor = page.cursor;
      onProgress?.({ stage: pass.name, done, total: pass.total });
      if (done - last < round || (await this.#format.settle?.()) === false) continue;
      last = done;
      await this.#note({ ...begun, done, cursor });
    }
    await pass.end?.();
    return this.#note({ ...begun, pass: begun.pass + 1, done: 0, cursor: null });
  }

  async #statistics(): Promise<CorpusStatistics | null> {
    if (this.#count === null) return null;
    return this.#count.end(await corpusLevels(this.#view, this.#standing, this.#request.signal));
  }

  async #note(journal: Journal): Promise<Journal> {
    const statistics = await this.#count?.state();
    const noted = { ...journal, files: await this.#outputs.sync(), state: this.#format.state(), statistics };
    await writeJournal(this.#request.out, noted);
    return noted;
  }

  async #finish({ files }: Journal): Promise<Manifest> {
    const { out, corpus, options, format, tokenizer, product, checkBytes, signal } = this.#request;
    for (const [name, { bytes }] of Object.entries(files)) await giveName(join(out, name), bytes);
    const rows = new Map(Object.entries(files).map(([name, file]) => [name, file.rows]));
    const statistics = await this.#statistics();
    const small = {
      ...this.#format.closing(rows, statistics),
      ...(statistics === null ? {} : { [STATISTICS]: `${JSON.stringify(statistics, null, 2)}\n` }),
    };
    for (const [name, text] of Object.entries(small)) await writeWhole(join(out, name), text);
    const listed: Manifest['files'] = [];
    for (const path of [...rows.keys(), ...Object.keys(small)].sort(compareText))
      listed.push({ path, rows: rows.get(path) ?? null, ...(await digestOfFile(join(out, path), signal)) });
    await checkBytes?.(listed.reduce((sum, { bytes }) => sum + bytes, 0));
    const { revision, documents, scenes, couplings } = this.#standing;
    return {
      format: 'hyperscene-export',
      version: 1,
      product: product.version,
      store: product.store,
      migrations: await migrationsOf(product.store),
      corpus,
      revision,
      documents,
      scenes,
      couplings,
      exported: format,
      options: { ...options, shares: { ...options.shares } },
      tokenizer: tokenizer ? { sha256: tokenizer.sha256, vocabulary: tokenizer.vocabulary } : null,
      files: listed,
    };
  }
}

/** A store that is open has all of them. */
const migrationsOf = async (store: GraphDatabase['kind']): Promise<number | null> =>
  store === 'memory' ? null : (await loadMigrations(store)).length;

/** Negative where nothing is. */
const bytesOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => -1,
  );

/**
 * A part that is whole gets its name, unless an export that was cut off just here has given it. What stands behind `bytes` came after
 * the last entry of the journal.
 */
const giveName = async (path: string, bytes: number): Promise<void> => {
  const part = path + PART;
  const partBytes = await bytesOf(part);
  if (partBytes > bytes) await writing(path, () => truncate(part, bytes));
  if (partBytes >= 0) await writing(path, () => rename(part, path));
  await syncFolder(dirname(path));
  const size = await bytesOf(path);
  if (size === bytes) return;
  throw new HypersceneError('EXPORT_DAMAGED', 'a file of the export is not what was written', {
    at: path,
    expected: `${bytes} bytes`,
    came: size < 0 ? 'none' : `${size}`,
  });
};
