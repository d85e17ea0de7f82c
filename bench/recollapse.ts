/** What collapsing only what a change reaches costs and keeps, against collapsing afresh. See `bench/README.md`. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openReader } from '../src/reading/read-document.ts';
import type { Reader } from '../src/reading/reader.ts';
import { corpusName, documentName, workspaceName } from '../src/scene/name.ts';
import { LANGUAGES } from '../src/scene/scene.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import type { GraphStore } from '../src/store/graph-store.ts';
import { type CollapseSummary, collapseCorpus } from '../src/worker/collapse-job.ts';
import { type ComputePool, openComputePool } from '../src/worker/compute-pool.ts';
import { readIntoCorpus } from '../src/worker/read-job.ts';
import { checkOut, inFolder, tell, writeReport } from './report.ts';
import { load1, machine, median } from './store/figures.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    /** A folder with `ru/` and `en/`, a work a file. */
    prose: { type: 'string', default: join(ROOT, '../shared/corpora/prose') },
    out: { type: 'string', default: join(ROOT, 'bench/results/recollapse.json') },
  },
});

const CORPUS = corpusName('works');

interface Work {
  readonly name: string;
  readonly text: string;
}

/** Russian and English by turns. */
const readWorks = async (folder: string): Promise<readonly Work[]> => {
  const works: (Work & { readonly turn: number })[] = [];
  for (const [i, lang] of LANGUAGES.entries())
    for (const [turn, file] of (await readdir(join(folder, lang))).toSorted().entries())
      works.push({ name: file, text: await readFile(join(folder, lang, file), 'utf8'), turn: turn * 2 + i });
  return works.toSorted((x, y) => x.turn - y.turn);
};

/** One corpus that goes on from what stood, and one that is collapsed afresh after every change. */
interface Sides {
  readonly goingOn: GraphStore;
  readonly afresh: GraphStore;
  readonly reader: Reader;
  readonly compute: ComputePool;
}

interface ComparedLevel {
  readonly resolution: number;
  readonly modularity: number;
  readonly afresh: number;
}

interface Step {
  readonly change: 'added' | 'changed' | 'deleted';
  readonly document: string;
  readonly scenes: number;
  /** The corpus had grown or shrunk so far that it was collapsed afresh all the same. */
  readonly begunAfresh: boolean;
  /** Of what stood after the change: the share that keeps code and ordinal. */
  readonly kept: number;
  readonly keptAfresh: number;
  readonly seconds: number;
  readonly secondsAfresh: number;
  /** Those that both have at one resolution. */
  readonly levels: readonly ComparedLevel[];
}

const collapse = async ({ compute }: Sides, store: GraphStore, afresh: boolean) => {
  const started = performance.now();
  const summary = await collapseCorpus({ store, compute }, CORPUS, { afresh });
  const { kept, deleted } = summary;
  return { summary, seconds: (performance.now() - started) / 1000, kept: kept / Math.max(1, kept + deleted) };
};

const compareLevels = (one: CollapseSummary, other: CollapseSummary): readonly ComparedLevel[] =>
  one.levels.flatMap(({ resolution, modularity }) => {
    const same = other.levels.find((level) => level.resolution === resolution);
    return resolution && modularity !== null && same?.modularity
      ? [{ resolution, modularity, afresh: same.modularity }]
      : [];
  });

type Change = (store: GraphStore) => Promise<unknown>;

const step = async (sides: Sides, what: Pick<Step, 'change' | 'document'>, change: Change): Promise<Step> => {
  await change(sides.goingOn);
  await change(sides.afresh);
  const goneOn = await collapse(sides, sides.goingOn, false);
  const afresh = await collapse(sides, sides.afresh, true);
  const done: Step = {
    ...what,
    scenes: (await sides.goingOn.corpus(CORPUS))?.scenes ?? 0,
    begunAfresh: goneOn.summary.afresh,
    kept: goneOn.kept,
    keptAfresh: afresh.kept,
    seconds: goneOn.seconds,
    secondsAfresh: afresh.seconds,
    levels: compareLevels(goneOn.summary, afresh.summary),
  };
  tell(`${done.change} ${done.document}: ${done.scenes} scenes, ${percent(done.kept)} kept, ${worst(done).toFixed(4)}`);
  return done;
};

const worst = ({ levels }: Step): number => Math.min(...levels.map(({ modularity, afresh }) => modularity / afresh));

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The text without its middle paragraph. */
const shortened = (text: string): string => {
  const paragraphs = text.split('\n\n');
  return paragraphs.toSpliced(Math.floor(paragraphs.length / 2), 1).join('\n\n');
};

const reading =
  ({ compute, reader }: Sides, { name, text }: Work): Change =>
  (store) =>
    readIntoCorpus({ store, compute, reader }, { corpus: CORPUS, name: documentName(name), source: { text } });

const run = async (sides: Sides, works: readonly Work[]): Promise<readonly Step[]> => {
  const steps: Step[] = [];
  const take = async (change: Step['change'], document: string, make: Change): Promise<void> => {
    steps.push(await step(sides, { change, document }, make));
  };
  for (const work of works) await take('added', work.name, reading(sides, work));
  for (const { name, text } of works) await take('changed', name, reading(sides, { name, text: shortened(text) }));
  for (const { name } of works.slice(0, -1))
    await take('deleted', name, (store) => store.deleteDocument(CORPUS, documentName(name)));
  return steps;
};

const summarise = (result: Result): string => {
  const { cpu, cores, memoryGb, system, node, packages } = result.machine;
  const goneOn = result.steps.filter(({ begunAfresh }) => !begunAfresh);
  const rows = (['added', 'changed', 'deleted'] as const).map((change) => {
    const steps = goneOn.filter((one) => one.change === change);
    const of = (figure: (one: Step) => number): number => median(steps.map(figure));
    const ratios = steps.flatMap(({ levels }) => levels.map(({ modularity, afresh }) => modularity / afresh));
    return [
      change,
      String(steps.length),
      percent(of(({ kept }) => kept)),
      percent(of(({ keptAfresh }) => keptAfresh)),
      median(ratios).toFixed(3),
      Math.min(...ratios).toFixed(3),
      of(({ seconds }) => seconds).toFixed(2),
      of(({ secondsAfresh }) => secondsAfresh).toFixed(2),
    ];
  });
  const perLevel = [
    ...Map.groupBy(
      goneOn.flatMap(({ levels }) => levels),
      ({ resolution }) => resolution,
    ),
  ].map(([resolution, levels]) => {
    const ratios = levels.map(({ modularity, afresh }) => modularity / afresh);
    return [String(resolution), String(levels.length), median(ratios).toFixed(3), Math.min(...ratios).toFixed(3)];
  });
  const table = (lines: readonly (readonly string[])[]): readonly string[] =>
    lines.map((cells) => `| ${cells.join(' | ')} |`);
  return [
    '# Collapsing what a change reaches, against collapsing afresh',
    '',
    `${result.date}. ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; Node ${node}, @grafeo-db/js ${packages['@grafeo-db/js']}.`,
    `Load of the machine before: ${result.load1Before}. ${result.works} works, ${result.scenes} scenes at most; ${result.steps.length} changes, ${result.steps.length - goneOn.length} of which doubled or halved the corpus, so that it was begun afresh.`,
    'How it is measured: `bench/README.md`.',
    '',
    '| a work is | changes | occurrences kept, median | kept afresh | modularity of afresh, median | least | s, median | s afresh |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...table(rows),
    '',
    '| level found at γ | compared | modularity of afresh, median | least |',
    '| --- | --- | --- | --- |',
    ...table(perLevel),
    '',
  ].join('\n');
};

interface Result {
  readonly date: string;
  readonly machine: ReturnType<typeof machine>;
  readonly load1Before: number;
  readonly works: number;
  readonly scenes: number;
  readonly steps: readonly Step[];
}

const measure = async (folder: string): Promise<Result> => {
  const load1Before = load1();
  const database = await openEmbeddedStore({ path: join(folder, 'graph') });
  const sides: Sides = {
    goingOn: database.workspace(workspaceName('going-on')),
    afresh: database.workspace(workspaceName('afresh')),
    reader: await openReader(),
    compute: openComputePool({ threadsMax: 1 }),
  };
  const works = await readWorks(values.prose);
  const steps = await run(sides, works);
  await Promise.all([sides.reader.close(), sides.compute.close()]);
  await database.close();
  const scenes = Math.max(...steps.map((one) => one.scenes));
  return { date: new Date().toISOString(), machine: machine(), load1Before, works: works.length, scenes, steps };
};

const { out } = values;
checkOut(out);
await writeReport(out, await inFolder('recollapse', (folder) => measure(folder)), summarise);
