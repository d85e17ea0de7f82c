/** How fast a corpus is exported, in how much memory, and how fast files are written beside other programs. See `bench/README.md`. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { DEFAULT_WORKSPACE } from '../src/scene/name.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import { collapseCorpus } from '../src/worker/collapse-job.ts';
import { openComputePool } from '../src/worker/compute-pool.ts';
import type { Side } from './export/side.ts';
import { pythonWith } from './python.ts';
import { checkOut, inFolder, tell, wholeNumber, writeReport } from './report.ts';
import { CORPUS } from './store/documents.ts';
import { load1, machine, median } from './store/figures.ts';
import { load } from './store/loading.ts';
import { readSentences } from './store/sentences.ts';
import { storeLoader } from './store/store-loader.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    corpora: { type: 'string', default: join(ROOT, 'data/stories') },
    graph: { type: 'string' },
    only: { type: 'string', multiple: true },
    out: { type: 'string', default: join(ROOT, 'bench/results/export.json') },
  },
});

const run = promisify(execFile);
/** Pinned, so that figures compare over time. */
const PYTHON_PACKAGES = ['pyarrow==26.0.1', 'numpy==2.4.6'];

/** One thing that was measured, each time. */
interface Measured {
  readonly what: string;
  readonly sides: readonly Side[];
  /** Items a second, the median of all times. */
  readonly rate: number;
  /** The most of all times since a clock started, MiB. */
  readonly rssMax: number;
  /** By which memory grew at most over what it was before the clock started, MiB. */
  readonly rssGrowth: number;
  /** Of the file that was written last; null for what writes none, or several. */
  readonly bytes: number | null;
}

const measured = (what: string, sides: readonly Side[], bytes: number | null): Measured => ({
  what,
  sides,
  rate: median(sides.map(({ items, seconds }) => items / seconds)),
  rssMax: Math.max(...sides.map(({ rssMax }) => rssMax)),
  rssGrowth: Math.max(...sides.map(({ rssMax, rssBefore }) => rssMax - rssBefore)),
  bytes,
});

const own = async (...args: readonly string[]): Promise<Side> => {
  const options = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'export/side.ts'), ...args];
  return JSON.parse((await run(process.execPath, options, { maxBuffer: 2 ** 20 })).stdout);
};

type Peer = Side & { readonly versions: Readonly<Record<string, string>> };
const peer = async (python: string, ...args: readonly string[]): Promise<Peer> =>
  JSON.parse((await run(python, [join(import.meta.dirname, 'export/peers.py'), ...args])).stdout);

/** Everything once a round, so that a busy minute meets all alike. */
const measureAll = async (folder: string, graph: string, rounds: number, python: string) => {
  const rows = join(folder, 'jsonl/scenes/train.jsonl');
  const at = (name: string): string => join(folder, name);
  const things: Readonly<Record<string, { readonly act: () => Promise<Side>; readonly file: string | null }>> = {
    'paged scan': { act: () => own('scan', graph), file: null },
    'export jsonl': { act: () => own('jsonl', graph, at('jsonl')), file: null },
    'export jsonl, full statistics': { act: () => own('jsonl, full statistics', graph, at('full')), file: null },
    'export jsonl, no statistics': { act: () => own('jsonl, no statistics', graph, at('none')), file: null },
    'export parquet': { act: () => own('parquet', graph, at('parquet')), file: null },
    'export csv': { act: () => own('csv', graph, at('csv')), file: null },
    'rows to Parquet, own': { act: () => own('write parquet', rows, at('own')), file: at('own/rows.parquet.part') },
    'rows to Parquet, pyarrow': {
      act: () => peer(python, 'pyarrow', rows, at('peer.parquet')),
      file: at('peer.parquet'),
    },
    'ids to .bin, own': { act: () => own('write bin', rows, at('own')), file: at('own/ids.bin.part') },
    'ids to .bin, numpy': { act: () => peer(python, 'numpy', rows, at('peer.bin')), file: at('peer.bin') },
    'rows to lines of JSON, own': { act: () => own('write jsonl', rows, at('own')), file: at('own/rows.jsonl.part') },
    'rows to lines of JSON, Python': {
      act: () => peer(python, 'json', rows, at('peer.jsonl')),
      file: at('peer.jsonl'),
    },
  };
  const unknown = values.only?.find((what) => !(what in things));
  if (unknown !== undefined) throw new Error(`--only: expected ${Object.keys(things).join(' | ')}, came ${unknown}`);
  const measuredThings = Object.entries(things).filter(([what]) => values.only?.includes(what) ?? true);
  const sides = new Map<string, Side[]>();
  for (let round = 1; round <= rounds; round++)
    for (const [what, { act }] of measuredThings) {
      tell(`${what}, ${round} of ${rounds}`);
      sides.set(what, [...(sides.get(what) ?? []), await act()]);
    }
  const found: Measured[] = [];
  for (const [what, { file }] of measuredThings)
    found.push(measured(what, sides.get(what) ?? [], file === null ? null : (await stat(file)).size));
  const peers = ['rows to Parquet, pyarrow', 'ids to .bin, numpy'].flatMap((what) => sides.get(what) ?? []);
  const versions = Object.assign({}, ...peers.map((side) => (side as Peer).versions)) as Peer['versions'];
  return { measured: found, versions };
};

/** @returns how many couplings there are */
const fill = async (path: string, scenes: number): Promise<number> => {
  const database = await openEmbeddedStore({ path });
  const store = database.workspace(DEFAULT_WORKSPACE);
  const sentences = await readSentences(values.corpora, scenes);
  const { figures } = await load(storeLoader(store), { sentences, scenes }, tell);
  tell('collapsing');
  const compute = openComputePool({ threadsMax: 1 });
  await collapseCorpus({ store, compute }, CORPUS);
  await compute.close();
  await database.close();
  return figures.couplings;
};

/** Of a graph that an earlier run kept. @returns how many couplings there are. @throws Error where it is another */
const open = async (path: string, scenes: number): Promise<number> => {
  const database = await openEmbeddedStore({ path });
  const found = await database.workspace(DEFAULT_WORKSPACE).corpus(CORPUS);
  await database.close();
  if (found?.scenes !== scenes) throw new Error(`--graph: expected ${scenes} scenes, came ${found?.scenes ?? 'none'}`);
  return found.couplings;
};

const runAll = async (folder: string, scenes: number, rounds: number) => {
  const python = await pythonWith(PYTHON_PACKAGES);
  const load1Before = load1();
  const graph = values.graph ?? join(folder, 'graph');
  const couplings = await (existsSync(graph) ? open(graph, scenes) : fill(graph, scenes));
  const { measured: found, versions } = await measureAll(folder, graph, rounds, python);
  const rate = (what: string): number => found.find((one) => one.what === what)?.rate ?? Number.NaN;
  const all = {
    'export jsonl / paged scan': rate('export jsonl') / rate('paged scan'),
    'export parquet / paged scan': rate('export parquet') / rate('paged scan'),
    'Parquet: own / pyarrow': rate('rows to Parquet, own') / rate('rows to Parquet, pyarrow'),
    '.bin: own / numpy': rate('ids to .bin, own') / rate('ids to .bin, numpy'),
    'lines of JSON: own / Python': rate('rows to lines of JSON, own') / rate('rows to lines of JSON, Python'),
  };
  const ratios = Object.fromEntries(Object.entries(all).filter(([, ratio]) => !Number.isNaN(ratio)));
  const date = new Date().toISOString();
  return { date, machine: machine(), versions, load1Before, scenes, couplings, rounds, ratios, measured: found };
};

const summarise = (result: Awaited<ReturnType<typeof runAll>>): string => {
  const { cpu, cores, memoryGb, system, node, packages } = result.machine;
  const peers = Object.entries(result.versions).map(([name, version]) => `; ${name} ${version}`);
  return [
    `# Export of ${result.scenes.toLocaleString('en')} scenes and ${result.couplings.toLocaleString('en')} couplings`,
    '',
    `${result.date}. ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; Node ${node}, @grafeo-db/js ${packages['@grafeo-db/js']}${peers.join('')}.`,
    `Load of the machine before: ${result.load1Before}. Medians of ${result.rounds} rounds. How it is measured: \`bench/README.md\`.`,
    '',
    '| measured | scenes, rows or ids a second | most memory MiB | more than before, MiB | bytes |',
    '| --- | --- | --- | --- | --- |',
    ...result.measured.map(
      ({ what, rate, rssMax, rssGrowth, bytes }) =>
        `| ${what} | ${Math.round(rate).toLocaleString('en')} | ${Math.round(rssMax)} | ${Math.round(rssGrowth)} | ${bytes?.toLocaleString('en') ?? ''} |`,
    ),
    '',
    '| ratio | |',
    '| --- | --- |',
    ...Object.entries(result.ratios).map(([what, ratio]) => `| ${what} | ${ratio.toFixed(2)} |`),
    '',
  ].join('\n');
};

const [scenes, rounds] = [wholeNumber('scenes', values.scenes), wholeNumber('rounds', values.rounds)];
const { out } = values;
checkOut(out);
await writeReport(out, await inFolder('export', (folder) => runAll(folder, scenes, rounds)), summarise);
