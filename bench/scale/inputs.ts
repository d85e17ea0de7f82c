import type { LengthLaw } from '../steps/lengths.ts';
import type { RecordedLoad } from '../steps/recorded.ts';
import type { StepsResult } from '../steps/summary.ts';
import { ASSUMED } from './assumptions.ts';

/** What a scene costs on one engine; ms of one core or one writer, bytes. */
export interface EngineCosts {
  readonly storeMs: number;
  /** Asked of the store while coupling; the embedded engine has one thread for that and for writing. */
  readonly coupleAskMs: number;
  readonly coupleWriteMs: number;
  readonly collapseStoreMs: number;
  readonly memoryBase: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  readonly read: { readonly p50: number; readonly p95: number };
}

export interface Inputs {
  readonly bytesAScene: number;
  readonly tokensAScene: number;
  readonly couplingsAScene: number;
  readonly occurrencesAScene: number;
  readonly readMs: number;
  readonly coupleMs: number;
  /** Of a corpus of up to that many scenes; a larger one takes (n ⁄ scenes)^growth times as long a scene, as Leiden does from one to ten million edges. */
  readonly collapse: { readonly ms: number; readonly scenes: number; readonly growth: number };
  /** Of Leiden, an edge, at the largest graph measured. */
  readonly leidenBytesAnEdge: number;
  readonly lengths: LengthLaw;
  /** Of one thread of Redis, and how many commands; null figures were not measured. */
  readonly redisMsAJob: number;
  readonly redisCommandsAJob: number;
  readonly redisBytesAJob: number;
  readonly embedded: EngineCosts;
  readonly neo4j: EngineCosts;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What grows with each scene, by two loads of different sizes: a process has memory of its own as well. */
const slope = (small: RecordedLoad, large: RecordedLoad, of: (load: RecordedLoad) => number): number =>
  ((of(large) - of(small)) * 1e6) / (large.scenes - small.scenes);

const loadOf = (steps: StepsResult, from: string): RecordedLoad => {
  const load = steps.recorded.loads.find((each) => each.from === from);
  if (load === undefined) throw new Error(`steps: expected a load from ${from}`);
  return load;
};

const answerOf = (
  answers: StepsResult['recorded']['neo4jReads'],
  path: string,
): { readonly p50: number; readonly p95: number } => {
  const found = answers.find((answer) => answer.path === path);
  if (found === undefined) throw new Error(`steps: expected answers of “${path}”`);
  return found;
};

/** What `bench:steps` measured, as costs of the simulation; times of the largest corpora, since coupling grows with them. Russian and English count alike. */
export const inputsFrom = (steps: StepsResult): Inputs => {
  const { prose, large: largest, recorded, lengths, queue, neo4j } = steps;
  if (queue === null) throw new Error('steps: expected the queue’s figures; run bench:steps with REDIS_URL');
  if (neo4j === null) throw new Error('steps: expected the disk of Neo4j; run bench:steps with --neo4j');
  const of = (figure: (figures: StepsResult['prose'][number]) => number): number => mean(prose.map(figure));
  const ofLarge = (figure: (figures: StepsResult['prose'][number]) => number): number => mean(largest.map(figure));
  const [small, large] = [loadOf(steps, 'store-embedded.json'), loadOf(steps, 'store-1m.json')];
  const server = loadOf(steps, 'store-neo4j.json');
  const couplingsAScene = of(({ couplings, scenes }) => couplings / scenes);
  const occurrencesAScene = of(({ occurrences, scenes }) => occurrences / scenes);
  const loaded = slope(small, large, (load) => load.memoryMb?.loaded ?? Number.NaN);
  const coupled = slope(small, large, (load) => load.memoryMb?.coupled ?? Number.NaN);
  const coupling = (coupled - loaded) / large.couplingsAScene;
  const coupleStoreMs = ofLarge((figures) => figures.coupleStoreMsAScene);
  const couplingsOfLarge = ofLarge(({ couplings, scenes }) => couplings / scenes);
  const askMs = Math.max(0, coupleStoreMs - couplingsOfLarge * small.writeMsACoupling);
  const collapseStoreMs = ofLarge((figures) => figures.collapseStoreMsAScene);
  const [before, last] = recorded.leiden.growth.slice(-2);
  if (before === undefined || last === undefined) throw new Error('steps: expected Leiden at two sizes');
  const activation = answerOf(recorded.answers.asked, 'activate from 2 words, ru');
  const slower = answerOf(recorded.neo4jReads, '100 ids').p50 / embeddedIds(recorded);
  return {
    ...{ bytesAScene: of((p) => p.bytesAScene), tokensAScene: of((p) => p.tokensAScene) },
    ...{ couplingsAScene, occurrencesAScene, lengths },
    ...{ readMs: of((p) => p.readMsAScene), coupleMs: ofLarge((p) => p.coupleMsAScene) },
    collapse: {
      ms: ofLarge((p) => p.collapseMsAScene),
      scenes: before.edges / couplingsAScene,
      growth: Math.log(last.microsecondsAnEdge / before.microsecondsAnEdge) / Math.log(last.edges / before.edges),
    },
    leidenBytesAnEdge: (last.rssMb * 1e6) / last.edges,
    ...{
      redisMsAJob: queue.redisMsAJob,
      redisCommandsAJob: queue.commandsAJob,
      redisBytesAJob: queue.bytesAWaitingJob,
    },
    embedded: {
      ...{ storeMs: large.writeMsAScene, coupleAskMs: askMs, collapseStoreMs },
      coupleWriteMs: couplingsAScene * large.writeMsACoupling,
      memoryBase: (small.memoryMb?.coupled ?? Number.NaN) * 1e6 - coupled * small.scenes,
      memoryBytes: loaded + couplingsAScene * coupling + occurrencesAScene * ASSUMED.occurrenceBytes,
      diskBytes: steps.diskBytesAScene,
      read: { p50: activation.p50, p95: activation.p95 },
    },
    neo4j: {
      ...{ storeMs: server.writeMsAScene, coupleAskMs: askMs * slower },
      coupleWriteMs: couplingsAScene * server.writeMsACoupling,
      collapseStoreMs: (collapseStoreMs * server.writeMsAScene) / small.writeMsAScene,
      memoryBase: ASSUMED.neo4j.heapBytes,
      memoryBytes: neo4j.bytesAScene * ASSUMED.neo4j.pageCacheOfStore,
      diskBytes: neo4j.bytesAScene,
      read: { p50: activation.p50 * slower, p95: activation.p95 * slower },
    },
  };
};

/** p50 of looking up 100 scenes in the embedded store of the same size, ms. */
const embeddedIds = ({ embeddedReads }: StepsResult['recorded']): number => answerOf(embeddedReads, '100 ids').p50;
