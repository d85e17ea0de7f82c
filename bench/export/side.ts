/** One measured thing in a process of its own, so that its memory is its own. Prints a line of JSON. See `../export.ts`. */

import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { pagesOfHypertokens } from '../../src/export/code-registry.ts';
import { SCENE_COLUMNS } from '../../src/export/columns.ts';
import { pagesOfCouplings, placedScenes } from '../../src/export/corpus-pages.ts';
import { exportCorpus } from '../../src/export/export-corpus.ts';
import { type FormatName, ROW_GROUP, type StatisticsKind } from '../../src/export/export-format.ts';
import { Outputs } from '../../src/export/outputs.ts';
import { ParquetFile } from '../../src/export/parquet/parquet-file.ts';
import { openParquetThread } from '../../src/export/parquet/parquet-thread.ts';
import type { SceneRow } from '../../src/export/scene-row.ts';
import { DEFAULT_SHARES } from '../../src/export/split.ts';
import { packIds } from '../../src/export/token-files.ts';
import { openO200kCounter } from '../../src/model/o200k/open-o200k-counter.ts';
import { DEFAULT_WORKSPACE } from '../../src/scene/name.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import { type GraphStore, PAGE_MAX } from '../../src/store/graph-store.ts';
import { CORPUS } from '../store/documents.ts';

export interface Side {
  readonly seconds: number;
  /** Scenes, rows, or ids. */
  readonly items: number;
  /** The most memory of the process since the clock started, MiB. */
  readonly rssMax: number;
  /** Before the clock started, MiB: with the graph or the rows read. */
  readonly rssBefore: number;
}

const MIB = 2 ** 20;

/** The kernel's own high-water mark, from now on. What `getrusage` tells begins with the memory of the process that started this one. */
const forgetPeak = (): void => writeFileSync('/proc/self/clear_refs', '5');

const peak = (): number => {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kib) / 1024;
};

const timed = async (act: () => Promise<number>): Promise<Side> => {
  forgetPeak();
  const rssBefore = process.memoryUsage.rss() / MIB;
  const started = performance.now();
  const items = await act();
  return { seconds: (performance.now() - started) / 1000, items, rssBefore, rssMax: peak() };
};

/** The engine reads a graph into memory piece by piece, as it is asked for: that is over when the clock starts. */
const withStore = async (
  path: string,
  act: (store: GraphStore) => Promise<number>,
  withCouplings = false,
): Promise<Side> => {
  const database = await openEmbeddedStore({ path });
  const store = database.workspace(DEFAULT_WORKSPACE);
  try {
    await readThrough(store, withCouplings);
    return await timed(() => act(store));
  } finally {
    await database.close();
  }
};

/** The store's own paged scan: what no export from it can beat by much. */
const scan = async (store: GraphStore): Promise<number> => {
  let scenes = 0;
  for (let after: string | undefined, more = true; more; ) {
    const { items, hasNextPage } = await store.scenes({ corpus: CORPUS }, { first: PAGE_MAX, after });
    scenes += items.length;
    after = items.at(-1)?.cursor;
    more = hasNextPage;
  }
  return scenes;
};

/** All that is going to be read. */
const readThrough = (store: GraphStore, withCouplings: boolean): Promise<void> =>
  store.atOneRevision(CORPUS, async (view) => {
    const couplings = withCouplings ? [pagesOfCouplings(view, CORPUS, undefined)] : [];
    const scenes = [placedScenes(view, CORPUS, undefined), pagesOfHypertokens(view, CORPUS, undefined)];
    for (const pages of [...scenes, ...couplings])
      for await (const { items } of pages) if (items.length === 0) throw new Error('an empty page');
  });

const exportTo = async (
  store: GraphStore,
  format: FormatName,
  out: string,
  statistics: StatisticsKind = 'sample',
): Promise<number> => {
  const counter = openO200kCounter();
  await rm(out, { recursive: true, force: true });
  const { scenes } = await exportCorpus(store, {
    corpus: CORPUS,
    format,
    out,
    // All in one file, for the peers to read.
    options: {
      labels: 'en',
      seed: 0,
      shares: { ...DEFAULT_SHARES, train: 1, validation: 0, test: 0 },
      licence: null,
      rowGroup: ROW_GROUP,
      statistics,
    },
    counter,
    resume: false,
    product: { version: '0', store: 'embedded' },
  });
  await counter.close();
  return scenes;
};

const readRows = async (path: string): Promise<readonly SceneRow[]> => {
  const rows: SceneRow[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) rows.push(JSON.parse(line));
  return rows;
};

const writeParquet = async (rows: readonly SceneRow[], out: string): Promise<number> => {
  const thread = openParquetThread();
  const outputs = new Outputs(out);
  const file = new ParquetFile('rows.parquet', SCENE_COLUMNS, outputs, thread);
  for (let from = 0; from < rows.length; from += PAGE_MAX) {
    file.add(rows.slice(from, from + PAGE_MAX));
    if (file.waiting >= ROW_GROUP) await file.flush();
  }
  await file.end('hyperscene');
  await outputs.sync();
  await outputs.abandon();
  await thread.close();
  return rows.length;
};

const writeJsonl = async (rows: readonly SceneRow[], out: string): Promise<number> => {
  const outputs = new Outputs(out);
  for (let from = 0; from < rows.length; from += PAGE_MAX) {
    const page = rows.slice(from, from + PAGE_MAX);
    const lines = page.map((row) => `${JSON.stringify(row)}\n`).join('');
    await outputs.write('rows.jsonl', Buffer.from(lines), page.length);
  }
  await outputs.sync();
  await outputs.abandon();
  return rows.length;
};

/** As many as a text of 10 MB of tokens has: the codes of the rows, over and over. */
const IDS = 10_000_000;
/** Ids that come together, as those of a piece of text do. */
const PIECE = 65_536;
const VOCABULARY = 50_257;

const idsOf = (rows: readonly SceneRow[]): readonly number[] =>
  Array.from({ length: IDS }, (_, i) => (rows[i % rows.length]?.code ?? 0) % VOCABULARY);

const writeBin = async (ids: readonly number[], out: string): Promise<number> => {
  const outputs = new Outputs(out);
  for (let from = 0; from < ids.length; from += PIECE) {
    const piece = ids.slice(from, from + PIECE);
    await outputs.write('ids.bin', packIds(piece, VOCABULARY), piece.length);
  }
  await outputs.sync();
  await outputs.abandon();
  return ids.length;
};

const [what, from = '', to = ''] = process.argv.slice(2);
const measure = async (): Promise<Side> => {
  switch (what) {
    case 'scan':
      return withStore(from, scan);
    case 'jsonl':
    case 'parquet':
      return withStore(from, (store) => exportTo(store, what, to));
    case 'csv':
      return withStore(from, (store) => exportTo(store, what, to), true);
    case 'jsonl, full statistics':
      return withStore(from, (store) => exportTo(store, 'jsonl', to, 'full'));
    case 'jsonl, no statistics':
      return withStore(from, (store) => exportTo(store, 'jsonl', to, 'none'));
    case 'write parquet': {
      const rows = await readRows(from);
      return timed(() => writeParquet(rows, to));
    }
    case 'write bin': {
      const ids = idsOf(await readRows(from));
      return timed(() => writeBin(ids, to));
    }
    case 'write jsonl': {
      const rows = await readRows(from);
      return timed(() => writeJsonl(rows, to));
    }
    default:
      throw new Error(`unknown side ${what}`);
  }
};

process.stdout.write(`${JSON.stringify(await measure())}\n`);
