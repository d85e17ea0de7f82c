import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchResult } from '../store/bench.ts';
import { median } from '../store/figures.ts';

/** Of one store at one size, from what `bench:store` wrote. Times are by the clock, since the engine writes in one thread, and Neo4j in a process of its own. */
export interface RecordedLoad {
  readonly from: string;
  readonly date: string;
  readonly engine: string;
  readonly scenes: number;
  readonly couplingsAScene: number;
  readonly writeMsAScene: number;
  readonly writeMsACoupling: number;
  /** Resident memory of the process that holds the engine, MB: loaded, coupled, and opened anew; null where another process holds it. */
  readonly memoryMb: { readonly loaded: number; readonly coupled: number; readonly opened: number } | null;
}

/** Of answers, ms. */
export interface RecordedAnswer {
  readonly path: string;
  readonly p50: number;
  readonly p95: number;
}

export interface Recorded {
  readonly loads: readonly RecordedLoad[];
  readonly answers: { readonly from: string; readonly date: string; readonly asked: readonly RecordedAnswer[] };
  /** Of 100,000 scenes each, through the port. */
  readonly embeddedReads: readonly RecordedAnswer[];
  readonly neo4jReads: readonly RecordedAnswer[];
  /** Of Leiden, by edges of the graph. */
  readonly leiden: {
    readonly from: string;
    readonly date: string;
    readonly growth: readonly { readonly edges: number; readonly microsecondsAnEdge: number; readonly rssMb: number }[];
  };
  /** All of a collapse, store included, by the clock. */
  readonly collapse: { readonly scenes: number; readonly msAScene: number };
}

interface ActivateResult {
  readonly date: string;
  readonly scenes: number;
  readonly collapseSeconds: number;
  readonly asked: readonly RecordedAnswer[];
}
interface CollapseResult {
  readonly date: string;
  readonly growth: Recorded['leiden']['growth'];
}

const loadsOf = (from: string, { date, stores }: BenchResult): readonly RecordedLoad[] =>
  stores.map(({ kind, engine, rounds, openRssMb }) => {
    const runs = rounds.map(({ store }) => store);
    const of = (figure: (run: (typeof runs)[number]) => number): number => median(runs.map(figure));
    return {
      ...{ from, date, engine, scenes: of(({ scenes }) => scenes) },
      couplingsAScene: of(({ couplings, scenes }) => couplings / scenes),
      writeMsAScene: of(({ loadSeconds, scenes }) => (loadSeconds * 1000) / scenes),
      writeMsACoupling: of(({ coupleSeconds, couplings }) => (coupleSeconds * 1000) / couplings),
      memoryMb:
        kind === 'embedded'
          ? { loaded: of((run) => run.rssLoadedMb), coupled: of((run) => run.rssCoupledMb), opened: openRssMb }
          : null,
    };
  });

const readsOf = ({ stores }: BenchResult): readonly RecordedAnswer[] =>
  stores.flatMap(({ reads }) =>
    (reads.thread ?? reads.caller ?? []).map(({ path, store }) => ({ path, p50: store.p50, p95: store.p95 })),
  );

/** What the other benches wrote into `bench/results/`. */
export const readRecorded = async (folder: string): Promise<Recorded> => {
  const read = async <Result>(name: string): Promise<Result> =>
    JSON.parse(await readFile(join(folder, name), 'utf8')) as Result;
  const loads: RecordedLoad[] = [];
  for (const name of ['store-embedded.json', 'store-1m.json', 'store-neo4j.json'])
    loads.push(...loadsOf(name, await read<BenchResult>(name)));
  const [activate, leiden] = [await read<ActivateResult>('activate.json'), await read<CollapseResult>('collapse.json')];
  return {
    loads,
    answers: {
      from: 'activate.json',
      date: activate.date,
      asked: activate.asked.map(({ path, p50, p95 }) => ({ path, p50, p95 })),
    },
    embeddedReads: readsOf(await read<BenchResult>('store-embedded.json')),
    neo4jReads: readsOf(await read<BenchResult>('store-neo4j.json')),
    leiden: { from: 'collapse.json', date: leiden.date, growth: leiden.growth },
    collapse: { scenes: activate.scenes, msAScene: (activate.collapseSeconds * 1000) / activate.scenes },
  };
};
