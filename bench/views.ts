/** How long named views take in a large corpus, and the strongest paths they are made of. See `bench/README.md`. */

import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { PATH_TOUCHED_MAX, strongestPath } from '../src/activation/strongest-path.ts';
import { seededRandom } from '../src/collapse/leiden/random.ts';
import { DEFAULT_WORKSPACE, viewName } from '../src/scene/name.ts';
import type { SceneId } from '../src/scene/scene.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import { expandOccurrence } from '../src/store/expand.ts';
import { type GraphStore, VIEW_SCENES_MAX } from '../src/store/graph-store.ts';
import { collapseView } from '../src/worker/view-job.ts';
import { checkOut, inFolder, tell, wholeNumber, writeReport } from './report.ts';
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
    /** Of each size, and paths. */
    asks: { type: 'string', default: '30' },
    corpora: { type: 'string', default: join(ROOT, 'data/stories') },
    out: { type: 'string', default: join(ROOT, 'bench/results/views.json') },
  },
});

const SIZES = [10, 100, 1000, VIEW_SCENES_MAX] as const;
/** Not counted in. */
const WARM_UP = 3;

interface Asked extends Percentiles {
  readonly path: string;
  /** What an answer held on average: scenes, or scenes whose couplings were read. */
  readonly items: number;
  /** The longest that the event loop was held, ms. */
  readonly held: number;
}

const measure = async (path: string, asks: number, ask: () => Promise<number>): Promise<Asked> => {
  tell(path);
  const times: number[] = [];
  let items = 0;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  for (let i = -WARM_UP; i < asks; i++) {
    if (i === 0) delay.enable();
    const started = performance.now();
    const found = await ask();
    if (i < 0) continue;
    times.push(performance.now() - started);
    items += found;
  }
  delay.disable();
  return { path, items: items / asks, held: delay.max / 1e6, ...percentiles(times) };
};

const measureAll = async (store: GraphStore, ids: readonly SceneId[], asks: number): Promise<readonly Asked[]> => {
  const random = seededRandom(7);
  const pick = (): SceneId => ids[between(random, 0, ids.length)] as SceneId;
  const asked: Asked[] = [];
  for (const size of SIZES.filter((wanted) => wanted <= ids.length / 2)) {
    const name = viewName(`view ${size}`);
    const source = (): { readonly scenes: readonly SceneId[] } => {
      const scenes = new Set<SceneId>();
      while (scenes.size < size) scenes.add(pick());
      return { scenes: [...scenes] };
    };
    const make = async (): Promise<number> => {
      const { view } = await collapseView({ store }, { corpus: CORPUS, name, source: source(), replace: true });
      return view.occurrence.size;
    };
    asked.push(await measure(`make a view of ${size} scenes in place of another`, asks, make));
    const view = await store.viewByName(CORPUS, name);
    if (view === null) throw new Error('the view is not there');
    const expand = async () => (await expandOccurrence(store, view.occurrence)).scenes.items.length;
    asked.push(await measure(`expand it, first page`, asks, expand));
  }
  const path = async (): Promise<number> =>
    (await strongestPath(pick(), pick(), store.neighboursOf, { touchedMax: PATH_TOUCHED_MAX })).touched;
  asked.push(await measure('strongest path between two scenes', asks, path));
  return asked;
};

const summarise = (result: Awaited<ReturnType<typeof run>>): string => {
  const { cpu, cores, memoryGb, system, node, packages } = result.machine;
  return [
    `# Views of a corpus of ${result.scenes.toLocaleString('en')} scenes and ${result.couplings.toLocaleString('en')} couplings`,
    '',
    `${result.date}. ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; Node ${node}, @grafeo-db/js ${packages['@grafeo-db/js']}.`,
    `Load of the machine before: ${result.load1Before}. How it is measured: \`bench/README.md\`.`,
    '',
    '| asked | items an answer | p50 ms | p95 ms | event loop held ms |',
    '| --- | --- | --- | --- | --- |',
    ...result.asked.map(
      ({ path, items, p50, p95, held }) =>
        `| ${path} | ${items.toFixed(1)} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${held.toFixed(1)} |`,
    ),
    '',
  ].join('\n');
};

const run = async (folder: string, scenes: number, asks: number) => {
  const load1Before = load1();
  const database = await openEmbeddedStore({ path: join(folder, 'graph') });
  const store = database.workspace(DEFAULT_WORKSPACE);
  const sentences = await readSentences(values.corpora, scenes);
  const { figures } = await load(storeLoader(store), { sentences, scenes }, tell);
  const ids: SceneId[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const { items, hasNextPage } = await store.scenes({ corpus: CORPUS }, { first: 1000, after });
    for (const { item } of items) ids.push(item.id);
    after = items.at(-1)?.cursor;
    more = hasNextPage;
  }
  const asked = await measureAll(store, ids, asks);
  await database.close();
  const date = new Date().toISOString();
  return { date, machine: machine(), load1Before, scenes, couplings: figures.couplings, asked };
};

const [scenes, asks] = [wholeNumber('scenes', values.scenes), wholeNumber('asks', values.asks)];
const { out } = values;
checkOut(out);
await writeReport(out, await inFolder('views', (folder) => run(folder, scenes, asks)), summarise);
