import type { Machine } from '../store/figures.ts';
import type { Neo4jDisk } from './disk.ts';
import type { LengthLaw } from './lengths.ts';
import type { ProseFigures } from './prose.ts';
import type { QueueFigures } from './queue.ts';
import type { Recorded } from './recorded.ts';
import { table } from './table.ts';

export interface StepsResult {
  readonly date: string;
  readonly machine: Machine;
  readonly load1Before: number;
  readonly prose: readonly ProseFigures[];
  /** The largest works there were, a corpus a language. */
  readonly large: readonly ProseFigures[];
  /** Of the embedded store's files after it was closed, levels included. */
  readonly diskBytesAScene: number;
  readonly lengths: LengthLaw;
  readonly neo4j: Neo4jDisk | null;
  readonly queue: QueueFigures | null;
  readonly recorded: Recorded;
}

const figure = (value: number | null): string => (value === null ? '' : String(Number(value.toPrecision(3))));

const rowsOfProse = (prose: readonly ProseFigures[]): readonly (readonly string[])[] => {
  const row = (name: string, of: (figures: ProseFigures) => number): readonly string[] => [
    name,
    ...prose.map((figures) => figure(of(figures))),
  ];
  return [
    ['', ...prose.map(({ lang, works, scenes }) => `${lang}: ${works} works, ${scenes.toLocaleString('en')} scenes`)],
    row('bytes of text a scene', (p) => p.bytesAScene),
    row('positions a scene, o200k_base', (p) => p.tokensAScene),
    row('couplings a scene', (p) => p.couplings / p.scenes),
    row('occurrences above level 0 a scene', (p) => p.occurrences / p.scenes),
    row('scenes read in a second of a core', (p) => 1000 / p.readMsAScene),
    row('reading, ms a scene', (p) => p.readMsAScene),
    row('storing, ms a scene', (p) => p.storeMsAScene),
    row('coupling: finding, ms a scene', (p) => p.coupleMsAScene),
    row('coupling: store, ms a scene', (p) => p.coupleStoreMsAScene),
    row('collapsing: finding, ms a scene', (p) => p.collapseMsAScene),
    row('collapsing: store, ms a scene', (p) => p.collapseStoreMsAScene),
  ];
};

const describeRecorded = ({ loads, answers, neo4jReads, leiden, collapse }: Recorded): readonly string[] => [
  '## From the other benches',
  '',
  table([
    ['', 'scenes', 'ms a scene written', 'ms a coupling written', 'memory loaded, MB', 'coupled', 'opened anew'],
    ...loads.map((load) => [
      `${load.engine} (${load.from}, ${load.date.slice(0, 10)})`,
      load.scenes.toLocaleString('en'),
      figure(load.writeMsAScene),
      figure(load.writeMsACoupling),
      figure(load.memoryMb?.loaded ?? null),
      figure(load.memoryMb?.coupled ?? null),
      figure(load.memoryMb?.opened ?? null),
    ]),
  ]),
  '',
  `A collapse of ${collapse.scenes.toLocaleString('en')} scenes, store included: ${figure(collapse.msAScene)} ms a scene by the clock (${answers.from}).`,
  '',
  table([
    ['Leiden, edges', 'µs an edge', 'bytes an edge'],
    ...leiden.growth.map(({ edges, microsecondsAnEdge, rssMb }) => [
      edges.toLocaleString('en'),
      figure(microsecondsAnEdge),
      figure((rssMb * 1e6) / edges),
    ]),
  ]),
  '',
  table([
    ['asked', 'p50 ms', 'p95 ms'],
    ...answers.asked.map(({ path, p50, p95 }) => [path, figure(p50), figure(p95)]),
    ...neo4jReads.map(({ path, p50, p95 }) => [`Neo4j: ${path}`, figure(p50), figure(p95)]),
  ]),
  '',
];

export const summarise = ({ machine, lengths, neo4j, queue, ...result }: StepsResult): string => {
  const { cpu, cores, memoryGb, system, node, packages } = machine;
  return [
    '# What each step costs',
    '',
    `${result.date}. ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; Node ${node}, @grafeo-db/js ${packages['@grafeo-db/js']}.`,
    `Load of the machine before: ${result.load1Before}. Times are CPU time. How it is measured: \`bench/README.md\`.`,
    '',
    table(rowsOfProse([...result.prose, ...result.large])),
    '',
    `On disk a scene takes ${figure(result.diskBytesAScene)} bytes of the embedded store${neo4j === null ? '' : ` and ${figure(neo4j.bytesAScene)} of Neo4j (${neo4j.scenes.toLocaleString('en')} scenes, ${neo4j.couplings.toLocaleString('en')} couplings)`}, levels included.`,
    '',
    `Documents: ${lengths.documents} works of ${figure(lengths.mean)} scenes on average; ln(scenes) has mean ${figure(lengths.mu)} and standard deviation ${figure(lengths.sigma)}, by which the average would be ${figure(lengths.meanOfLaw)}.`,
    '',
    ...(queue === null
      ? []
      : [
          `A job that does nothing on BullMQ (Redis ${queue.redis}, ${queue.jobs} jobs): ${figure(queue.commandsAJob)} commands, ${figure(queue.redisMsAJob)} ms of Redis' thread, ${figure(queue.nodeMsAJob)} ms of Node's process; waiting it takes ${figure(queue.bytesAWaitingJob)} bytes.`,
          '',
        ]),
    ...describeRecorded(result.recorded),
  ].join('\n');
};
