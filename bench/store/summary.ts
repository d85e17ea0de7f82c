import type { BenchResult, StoreResult } from './bench.ts';
import { median } from './figures.ts';
import type { HandIn } from './job.ts';
import type { LoadFigures } from './loading.ts';
import type { ReadFigures } from './reading.ts';

const seconds = (n: number): string => `${n.toFixed(1)} s`;
const ms = (n: number): string => n.toFixed(2);
const times = (n: number): string => `${n.toFixed(2)}×`;
const mb = (n: number): string => `${Math.round(n)} MB`;
const table = (rows: readonly (readonly string[])[]): string => {
  const [head = [], ...body] = rows;
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};

/** The result for people. */
export const summarise = (result: BenchResult): string => {
  const { date, machine, load1Before, load1After, scenes, stores } = result;
  const { cpu, cores, memoryGb, system, node, packages } = machine;
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  return [
    `# Speed of the graph store, ${scenes.toLocaleString('en')} scenes`,
    '',
    `${date}. ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; Node ${node}, ${versions.join(', ')}.`,
    `Load of the machine before and after, the bench itself counted in: ${load1Before}, ${load1After}.`,
    'How it is measured: `bench/README.md`.',
    '',
    ...stores.flatMap((store) => describeStore(store, result)),
  ].join('\n');
};

const describeStore = (store: StoreResult, { reads }: BenchResult): readonly string[] => {
  const of = (side: 'store' | 'byHand', field: keyof Omit<LoadFigures, 'tenths' | 'graph'>): number =>
    median(store.rounds.map((round) => round[side][field]));
  const loadRow = (what: string, field: 'loadSeconds' | 'coupleSeconds' | 'cpuSeconds'): readonly string[] => {
    const [ours, theirs] = [of('store', field), of('byHand', field)];
    return [what, seconds(ours), seconds(theirs), times(ours / theirs)];
  };
  const memoryRow = (
    what: string,
    field: 'rssLoadedMb' | 'rssCoupledMb' | 'rssPeakMb' | 'heapMb',
  ): readonly string[] => [what, mb(of('store', field)), mb(of('byHand', field)), ''];
  return [
    `## ${store.kind}: ${store.engine}`,
    '',
    `Medians of ${store.rounds.length} loads of each side by turns (load of the machine before each round: ${store.rounds.map(({ load1 }) => load1).join(', ')}).`,
    '',
    table([
      ['', 'store', 'by hand', 'ratio'],
      loadRow(
        `${of('store', 'documents')} documents, ${of('store', 'scenes')} scenes, four facets each`,
        'loadSeconds',
      ),
      loadRow(`${of('store', 'couplings')} couplings`, 'coupleSeconds'),
      loadRow('CPU time of the loading process, making the documents included', 'cpuSeconds'),
      memoryRow('resident memory once loaded', 'rssLoadedMb'),
      memoryRow('resident memory once coupled', 'rssCoupledMb'),
      memoryRow('resident memory at most', 'rssPeakMb'),
      memoryRow('of it JavaScript heap of the main thread once loaded', 'heapMb'),
    ]),
    '',
    `Single loads, seconds: store ${store.rounds.map((round) => round.store.loadSeconds.toFixed(1)).join(', ')}; by hand ${store.rounds.map(({ byHand }) => byHand.loadSeconds.toFixed(1)).join(', ')}. Tenths of the last load: ${store.rounds
      .at(-1)
      ?.store.tenths.map((n) => n.toFixed(1))
      .join(', ')}.`,
    store.kind === 'embedded'
      ? `Opening the loaded store takes ${seconds(store.openSeconds)} and ${mb(store.openRssMb)} of resident memory.\n`
      : '',
    ...PLACES.flatMap(([handIn, place]) => {
      const figures = store.reads[handIn];
      if (figures === undefined) return [];
      const where = store.kind === 'embedded' ? `, which runs in ${place}` : '';
      return [`Reads, ms, ${reads} of each path, against Cypher by hand${where}:`, '', readTable(figures), ''];
    }),
  ];
};

const PLACES: readonly (readonly [HandIn, string])[] = [
  ['thread', "a thread of its own as the store's engine does"],
  ['caller', "the caller's thread"],
];

const readTable = (reads: readonly ReadFigures[]): string =>
  table([
    ['', 'scenes', 'store p50', 'p95', 'by hand p50', 'p95', 'ratio p50', 'p95'],
    ...reads.map(({ path, scenes, store: s, byHand, ratioP50, ratioP95 }) => [
      ...[path, scenes.toFixed(0), ms(s.p50), ms(s.p95), ms(byHand.p50), ms(byHand.p95)],
      ...[times(ratioP50), times(ratioP95)],
    ]),
  ]);
