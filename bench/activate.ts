/** How long a person waits for `expand`, `bundle` and `activate` in a large corpus. See `bench/README.md`. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { contentWords } from '../src/activation/content-words.ts';
import { seededRandom } from '../src/collapse/leiden/random.ts';
import { openReader } from '../src/reading/read-document.ts';
import type { Reader } from '../src/reading/reader.ts';
import type { Occurrence } from '../src/scene/hypertoken.ts';
import { DEFAULT_WORKSPACE } from '../src/scene/name.ts';
import { LANGUAGES, type Language, type SceneId } from '../src/scene/scene.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import { expandOccurrence } from '../src/store/expand.ts';
import type { GraphStore } from '../src/store/graph-store.ts';
import { pagesOf } from '../src/store/pages.ts';
import { activate } from '../src/worker/activate-job.ts';
import { bundleOccurrence } from '../src/worker/bundle-job.ts';
import { type CollapseSummary, collapseCorpus } from '../src/worker/collapse-job.ts';
import { openComputePool } from '../src/worker/compute-pool.ts';
import { CORPUS } from './store/documents.ts';
import { load1, machine, type Percentiles, percentiles } from './store/figures.ts';
import { load } from './store/loading.ts';
import { between } from './store/random.ts';
import { readSentences } from './store/sentences.ts';
import { storeLoader } from './store/store-loader.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: '100000' },
    /** Questions of each kind. */
    asks: { type: 'string', default: '300' },
    corpora: { type: 'string', default: join(ROOT, 'data/stories') },
    out: { type: 'string', default: join(ROOT, 'bench/results/activate.json') },
  },
});

/** Asked before the clock runs. */
const WARM_UP = 100;
const BUNDLED = 200;
/** Occurrences of each level that are asked about. */
const OF_LEVEL = 200;
/** Content words of a query. */
const WORDS = 2;

interface Asked extends Percentiles {
  readonly path: string;
  /** What an answer held on average. */
  readonly items: number;
}

const tell = (line: string): boolean => process.stderr.write(`${line}\n`);

interface Sample {
  readonly ids: readonly SceneId[];
  readonly queries: Readonly<Record<Language, readonly string[]>>;
  readonly occurrences: readonly Occurrence[];
}

const sampleOf = async (store: GraphStore, ids: readonly SceneId[], levels: readonly number[]): Promise<Sample> => {
  const scenes = (await store.scenesById(ids)).filter((scene) => scene !== null);
  const queriesIn = (lang: Language): readonly string[] => {
    const found = scenes
      .filter((scene) => scene.lang === lang)
      .map(({ text }) => contentWords(text).slice(0, WORDS).join(' '))
      .filter((query) => query.includes(' '));
    if (found.length === 0) throw new Error(`--scenes: so few of --corpora hold no text in ${lang}`);
    return found;
  };
  const occurrences: Occurrence[] = [];
  for (const level of levels) occurrences.push(...(await ownOccurrences(store, level)));
  return { ids, queries: { ru: queriesIn('ru'), en: queriesIn('en') }, occurrences };
};

/** The first of a level, without what rose to it from below. */
const ownOccurrences = async (store: GraphStore, level: number): Promise<readonly Occurrence[]> => {
  const own: Occurrence[] = [];
  for await (const page of pagesOf((request) => store.occurrences({ corpus: CORPUS, level }, request), undefined)) {
    own.push(...page.filter((occurrence) => occurrence.level === level));
    if (own.length >= OF_LEVEL) break;
  }
  return own.slice(0, OF_LEVEL);
};

type Ask = () => Promise<number>;

const asksOf = (store: GraphStore, reader: Reader, sample: Sample): Readonly<Record<string, Ask>> => {
  const random = seededRandom(5);
  const pick = <T>(items: readonly T[]): T => items[between(random, 0, items.length)] as T;
  const small = sample.occurrences.filter(({ size }) => size <= BUNDLED);
  const light = async (source: Parameters<typeof activate>[1]['source']): Promise<number> =>
    (await activate({ store, reader }, { source, corpus: CORPUS })).scenes.length;
  return {
    'expand, first page': async () => (await expandOccurrence(store, pick(sample.occurrences))).scenes.items.length,
    [`bundle of ${BUNDLED} scenes at most`]: async () => {
      const ref = pick(small);
      return (await bundleOccurrence({ store, signal: undefined }, { ref })).bundle.scenes;
    },
    'activate from a scene': () => light({ scene: pick(sample.ids) }),
    ...Object.fromEntries(
      LANGUAGES.flatMap((lang): readonly (readonly [string, Ask])[] => [
        [
          `search of ${WORDS} words, first 20, ${lang}`,
          async () =>
            (await store.scenes({ corpus: CORPUS, text: pick(sample.queries[lang]) }, { first: 20 })).items.length,
        ],
        [`activate from ${WORDS} words, ${lang}`, () => light({ query: pick(sample.queries[lang]) })],
      ]),
    ),
  };
};

const measure = async (path: string, ask: Ask, asks: number): Promise<Asked> => {
  tell(path);
  const times: number[] = [];
  let items = 0;
  for (let i = -WARM_UP; i < asks; i++) {
    const started = performance.now();
    const found = await ask();
    if (i < 0) continue;
    times.push(performance.now() - started);
    items += found;
  }
  return { path, items: items / asks, ...percentiles(times) };
};

const summarise = (result: Awaited<ReturnType<typeof run>>): string => {
  const { cpu, cores, memoryGb, system, node, packages } = result.machine;
  const rows = result.asked.map(
    ({ path, items, p50, p95 }) => `| ${path} | ${items.toFixed(1)} | ${p50.toFixed(2)} | ${p95.toFixed(2)} |`,
  );
  const levels = result.collapse.levels.map(({ level, occurrences }) => `${occurrences} of level ${level}`);
  return [
    `# Asking a corpus of ${result.scenes.toLocaleString('en')} scenes and ${result.couplings.toLocaleString('en')} couplings`,
    '',
    `${result.date}. ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; Node ${node}, @grafeo-db/js ${packages['@grafeo-db/js']}.`,
    `Load of the machine before: ${result.load1Before}. Collapsed in ${result.collapseSeconds.toFixed(1)} s into ${levels.join(', ')}.`,
    'How it is measured: `bench/README.md`.',
    '',
    '| asked | items an answer | p50 ms | p95 ms |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
};

const run = async (folder: string, scenes: number, asks: number) => {
  const load1Before = load1();
  const database = await openEmbeddedStore({ path: join(folder, 'graph') });
  const store = database.workspace(DEFAULT_WORKSPACE);
  const [reader, compute] = [await openReader(), openComputePool({ threadsMax: 1 })];
  const sentences = await readSentences(values.corpora, scenes);
  const loaded = await load(storeLoader(store), { sentences, scenes }, tell);
  tell('collapsing');
  const started = performance.now();
  const collapse: CollapseSummary = await collapseCorpus({ store, compute }, CORPUS);
  const collapseSeconds = (performance.now() - started) / 1000;
  const sample = await sampleOf(
    store,
    loaded.sample.ids,
    collapse.levels.map(({ level }) => level),
  );
  const asked: Asked[] = [];
  for (const [path, ask] of Object.entries(asksOf(store, reader, sample))) asked.push(await measure(path, ask, asks));
  await Promise.all([reader.close(), compute.close()]);
  await database.close();
  const { couplings } = loaded.figures;
  const date = new Date().toISOString();
  return { date, machine: machine(), load1Before, scenes, couplings, collapseSeconds, collapse, asked };
};

const whole = (name: 'scenes' | 'asks'): number => {
  const n = Number(values[name]);
  if (!Number.isInteger(n) || n < 1) throw new Error(`--${name}: expected a whole number, came ${values[name]}`);
  return n;
};
const [scenes, asks] = [whole('scenes'), whole('asks')];
const { out } = values;
if (!out.endsWith('.json')) throw new Error(`--out: expected a file named ….json, came ${out}`);
const folder = await mkdtemp(join(tmpdir(), 'hyperscene-bench-activate-'));
try {
  const result = await run(folder, scenes, asks);
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, `${JSON.stringify(result, null, 2)}\n`);
  await writeFile(out.replace(/\.json$/u, '.md'), summarise(result));
  tell(`wrote ${out}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
