/** What each step costs, on real prose and from what the other benches wrote. See `bench/README.md`. */

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openO200k } from '../src/model/o200k/open-o200k.ts';
import { openReader } from '../src/reading/read-document.ts';
import { workspaceName } from '../src/scene/name.ts';
import { LANGUAGES, type Language } from '../src/scene/scene.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import { openComputePool } from '../src/worker/compute-pool.ts';
import { checkOut, inFolder, tell, wholeNumber, writeReport } from './report.ts';
import { bytesOf, type Neo4jDisk, weighNeo4j } from './steps/disk.ts';
import { fitLengths, textSizes } from './steps/lengths.ts';
import { measureProse, type ProseFigures, readWorks, type Work } from './steps/prose.ts';
import { measureQueue, type QueueFigures } from './steps/queue.ts';
import { readRecorded } from './steps/recorded.ts';
import { type StepsResult, summarise } from './steps/summary.ts';
import { load1, machine } from './store/figures.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    /** A folder with `ru/` and `en/`, a work a file. */
    prose: { type: 'string', default: join(ROOT, '../shared/corpora/prose') },
    /** A folder with `ru/` and `en/` of whole works, whose sizes are looked at. */
    lengths: { type: 'string', default: join(ROOT, '../shared/corpora/train') },
    /** So many of its largest works of each language are measured as well: what grows with the corpus is seen only there. */
    large: { type: 'string', default: '3' },
    recorded: { type: 'string', default: join(ROOT, 'bench/results') },
    /** Neo4j is started and its folder weighed. */
    neo4j: { type: 'boolean', default: false },
    out: { type: 'string', default: join(ROOT, 'bench/results/steps.json') },
  },
});

type Works = ReadonlyMap<Language, readonly Work[]>;

interface Embedded {
  readonly prose: readonly ProseFigures[];
  readonly diskBytesAScene: number;
}

const measureEmbedded = (works: Works): Promise<Embedded> =>
  inFolder('steps', async (folder) => {
    const path = join(folder, 'graph');
    const database = await openEmbeddedStore({ path });
    const [reader, tokenizer] = [await openReader(), await openO200k()];
    const prose: ProseFigures[] = [];
    for (const [lang, some] of works) {
      tell(`embedded: ${lang}`);
      const graph = database.workspace(workspaceName(lang));
      prose.push(await measureProse({ reader, graph, tokenizer }, lang, some));
    }
    await Promise.all([reader.close(), database.close()]);
    const scenes = prose.reduce((sum, figures) => sum + figures.scenes, 0);
    return { prose, diskBytesAScene: (await bytesOf(folder)) / scenes };
  });

const measureNeo4j = async (works: Works): Promise<Neo4jDisk> => {
  const [reader, compute] = [await openReader(), openComputePool({ threadsMax: 1 })];
  try {
    return await weighNeo4j({ reader, compute }, works, tell);
  } finally {
    await Promise.all([reader.close(), compute.close()]);
  }
};

/** The largest works of each language, in a store of their own. */
const measureLarge = async (count: number): Promise<readonly ProseFigures[]> => {
  const works = new Map<Language, readonly Work[]>();
  for (const lang of LANGUAGES) {
    const all = await readWorks(values.lengths, lang);
    works.set(lang, all.toSorted((x, y) => y.text.length - x.text.length).slice(0, count));
  }
  return (await measureEmbedded(works)).prose;
};

const lengthsIn = async (prose: readonly ProseFigures[]): Promise<StepsResult['lengths']> => {
  const scenes: number[] = [];
  for (const { lang, bytesAScene } of prose)
    scenes.push(...(await textSizes(join(values.lengths, lang))).map((bytes) => Math.max(1, bytes / bytesAScene)));
  return fitLengths(scenes);
};

const { out } = values;
checkOut(out);
const largeWorks = wholeNumber('large', values.large);
const load1Before = load1();
const works: Works = new Map(
  await Promise.all(LANGUAGES.map(async (lang) => [lang, await readWorks(values.prose, lang)] as const)),
);
const embedded = await measureEmbedded(works);
const large = await measureLarge(largeWorks);
const url = process.env['REDIS_URL'] ?? '';
const queue: QueueFigures | null = url === '' ? null : await measureQueue(url);
const neo4j = values.neo4j ? await measureNeo4j(works) : null;
const result: StepsResult = {
  ...{ date: new Date().toISOString(), machine: machine(), load1Before },
  ...{ ...embedded, large, lengths: await lengthsIn(embedded.prose), neo4j, queue },
  recorded: await readRecorded(values.recorded),
};
await writeReport(out, result, summarise);
