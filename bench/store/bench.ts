import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { load1, type Machine, machine, median } from './figures.ts';
import type { By, HandIn, Place, Result } from './job.ts';
import type { LoadFigures } from './loading.ts';
import { startNeo4j } from './neo4j.ts';
import { runJob } from './processes.ts';
import type { ReadFigures, Sample } from './reading.ts';

export type StoreKind = 'embedded' | 'neo4j';

export interface BenchOptions {
  readonly scenes: number;
  /** Loads of each side. */
  readonly rounds: number;
  readonly reads: number;
  readonly corpora: string;
  readonly stores: readonly StoreKind[];
}

export interface Round {
  readonly store: LoadFigures;
  readonly byHand: LoadFigures;
  /** Load of the machine in the minute before the round. */
  readonly load1: number;
}

export interface StoreResult {
  readonly kind: StoreKind;
  /** As it tells it. */
  readonly engine: string;
  readonly rounds: readonly Round[];
  /** Store to by hand, of the medians of all rounds. */
  readonly loadRatio: number;
  readonly coupleRatio: number;
  /** Each against the same Cypher in one of these places: embedded in both, a server is elsewhere anyhow. */
  readonly reads: Readonly<Partial<Record<HandIn, readonly ReadFigures[]>>>;
  /** Opening the loaded store, in a process of its own; and what that takes of memory. Embedded only. */
  readonly openSeconds: number;
  readonly openRssMb: number;
}

export interface BenchResult {
  readonly date: string;
  readonly machine: Machine;
  readonly load1Before: number;
  readonly load1After: number;
  readonly scenes: number;
  readonly reads: number;
  readonly stores: readonly StoreResult[];
}

type Tell = (line: string) => void;
type Loaded = Extract<Result, { type: 'load' }>;

/** @param save called with what there is after each store */
export const runBench = async (
  options: BenchOptions,
  tell: Tell,
  save: (result: BenchResult) => Promise<void>,
): Promise<void> => {
  const before = load1();
  const stores: StoreResult[] = [];
  for (const kind of options.stores) {
    stores.push(await (kind === 'embedded' ? embedded : neo4j)(options, tell));
    const { scenes, reads } = options;
    const when = { date: new Date().toISOString(), machine: machine(), load1Before: before, load1After: load1() };
    await save({ ...when, scenes, reads, stores });
  }
};

const embedded = async (options: BenchOptions, tell: Tell): Promise<StoreResult> => {
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-bench-'));
  try {
    const placeOf = (by: By, round: number): Place => ({ engine: 'embedded', path: join(folder, `${by}-${round}`) });
    // A fresh file each round; those before it are in nobody's way but the disk's.
    const forget = async (by: By, round: number): Promise<void> => {
      const { path } = placeOf(by, round) as { readonly path: string };
      for (const file of [path, `${path}.wal`]) await rm(file, { recursive: true, force: true });
    };
    const engine = `@grafeo-db/js ${machine().packages['@grafeo-db/js']}`;
    return await compare({ kind: 'embedded', engine, options, placeOf, forget, tell });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const neo4j = async (options: BenchOptions, tell: Tell): Promise<StoreResult> => {
  tell('neo4j: starting the server');
  const { server, version, stop } = await startNeo4j();
  try {
    const placeOf = (): Place => ({ engine: 'neo4j', server });
    const forget = async (): Promise<void> => undefined;
    // The server's own code is compiled as it runs: a tenth of a load that nobody times goes first.
    const corpus = { corpora: options.corpora, scenes: Math.ceil(options.scenes / 10) };
    for (const by of ['hand', 'store'] as const)
      await runJob({ type: 'load', by, place: placeOf(), workspace: `warm-up ${by}`, corpus }, () => undefined);
    return await compare({ kind: 'neo4j', engine: version, options, placeOf, forget, tell });
  } finally {
    await stop();
  }
};

interface Comparison {
  readonly kind: StoreKind;
  readonly engine: string;
  readonly options: BenchOptions;
  readonly placeOf: (by: By, round: number) => Place;
  readonly forget: (by: By, round: number) => Promise<void>;
  readonly tell: Tell;
}

const workspaceOf = (by: By, round: number): string => `${by} ${round}`;

const loadOnce = async ({ kind, options, placeOf, tell }: Comparison, by: By, round: number): Promise<Loaded> => {
  const { corpora, scenes } = options;
  const job = { place: placeOf(by, round), workspace: workspaceOf(by, round), corpus: { corpora, scenes } };
  const loaded = await runJob({ type: 'load', by, ...job }, progress(tell, `${kind} ${by} ${round}`));
  const { loadSeconds, coupleSeconds } = loaded.figures;
  tell(`${kind} ${by} ${round}: ${loadSeconds.toFixed(1)} s to load, ${coupleSeconds.toFixed(1)} s to couple`);
  return loaded;
};

/** A line every few seconds. */
const progress = (tell: Tell, prefix: string): ((text: string) => void) => {
  let last = performance.now();
  return (text) => {
    if (performance.now() - last < 5000) return;
    last = performance.now();
    tell(`${prefix}: ${text}`);
  };
};

/** Loads by turns, who goes first by turns too; then reads of the last round's graphs. */
const compare = async (comparison: Comparison): Promise<StoreResult> => {
  const { kind, engine, options, forget } = comparison;
  const rounds: Round[] = [];
  let last: Loaded | null = null;
  for (let round = 1; round <= options.rounds; round++) {
    const before = load1();
    const order: readonly By[] = round % 2 === 1 ? ['hand', 'store'] : ['store', 'hand'];
    const loaded = new Map<By, Loaded>();
    for (const by of order) {
      await forget(by, round - 1);
      loaded.set(by, await loadOnce(comparison, by, round));
    }
    const [store, hand] = [loaded.get('store'), loaded.get('hand')];
    if (store === undefined || hand === undefined) throw new Error('a round loads both');
    if (!isDeepStrictEqual(store.figures.graph, hand.figures.graph))
      throw new Error(`${kind}: the two graphs differ:\n${JSON.stringify([store.figures.graph, hand.figures.graph])}`);
    rounds.push({ store: store.figures, byHand: hand.figures, load1: before });
    last = store;
  }
  if (last === null) throw new Error('no round');
  const reads: Partial<Record<HandIn, readonly ReadFigures[]>> = {};
  let opened = { openSeconds: 0, rssMb: 0 };
  for (const handIn of kind === 'embedded' ? (['thread', 'caller'] as const) : (['caller'] as const)) {
    const read = await readOnce(comparison, handIn, last.sample);
    reads[handIn] = read.reads;
    opened = read;
  }
  return {
    ...{ kind, engine, rounds, reads, openSeconds: opened.openSeconds, openRssMb: opened.rssMb },
    ...{ loadRatio: ratio(rounds, 'loadSeconds'), coupleRatio: ratio(rounds, 'coupleSeconds') },
  };
};

const readOnce = (
  { kind, options, placeOf, tell }: Comparison,
  handIn: HandIn,
  sample: Sample,
): Promise<Extract<Result, { type: 'read' }>> =>
  runJob(
    {
      type: 'read',
      store: placeOf('store', options.rounds),
      storeWorkspace: workspaceOf('store', options.rounds),
      hand: placeOf('hand', options.rounds),
      handWorkspace: workspaceOf('hand', options.rounds),
      handIn,
      sample,
      repetitions: options.reads,
    },
    (path) => tell(`${kind}: reading ${path}`),
  );

const ratio = (rounds: readonly Round[], field: 'loadSeconds' | 'coupleSeconds'): number =>
  median(rounds.map(({ store }) => store[field])) / median(rounds.map(({ byHand }) => byHand[field]));
