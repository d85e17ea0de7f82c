import type { Machine } from '../store/figures.ts';
import { MEASURE_NAMES } from './answers.ts';
import type { LatencyFigures } from './latency.ts';
import type { QualityFigures } from './quality.ts';

export interface SearchResult {
  readonly date: string;
  readonly machine: Machine;
  readonly load1Before: number;
  readonly seconds: number;
  readonly peers: Readonly<Record<string, string>>;
  readonly half: 'dev' | 'test';
  readonly tales: readonly string[];
  readonly quality: readonly QualityFigures[];
  readonly latency: LatencyFigures;
}

const percent = (share: number): string => (share * 100).toFixed(1);
const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);

const qualityLines = ({ setting, scenes, couplings, questions, sides, differences }: QualityFigures) => [
  `## ${setting}: ${scenes.toLocaleString('en')} scenes, ${couplings.toLocaleString('en')} couplings`,
  '',
  `Of ${questions} questions, %: the scene in which the answer stands.`,
  '',
  ...table(
    ['', ...MEASURE_NAMES],
    sides.map(({ side, means }) => [side, ...MEASURE_NAMES.map((measure) => percent(means[measure]))]),
  ),
  '',
  ...table(
    ['search less …, points (95 %)', ...MEASURE_NAMES],
    [...Map.groupBy(differences, ({ side }) => side)].map(([side, of]) => [
      side,
      ...of.map(({ mean, low, high }) => `${percent(mean)} (${percent(low)} to ${percent(high)})`),
    ]),
  ),
  '',
];

const latencyLines = ({ scenes, couplings, asked }: LatencyFigures) => [
  `## How long it takes: ${scenes.toLocaleString('en')} scenes, ${couplings.toLocaleString('en')} couplings`,
  '',
  ...table(
    ['asked', 'different ones', 'items an answer', 'p50 ms', 'p95 ms', 'event loop held, ms at most'],
    asked.map(({ path, distinct, items, p50, p95, loopMax }) => [
      path,
      String(distinct),
      items.toFixed(1),
      p50.toFixed(2),
      p95.toFixed(2),
      loopMax.toFixed(1),
    ]),
  ),
  '',
];

export const summarise = (result: SearchResult): string => {
  const { cpu, cores, memoryGb, system, node, packages } = result.machine;
  const peers = Object.entries({ ...result.peers, '@grafeo-db/js': packages['@grafeo-db/js'] });
  return [
    '# Search against plain full text',
    '',
    `${result.date}. FairytaleQA, the questions of ${result.tales.length} tales, the ${result.half} half of 45.`,
    `${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; Node ${node}; ${peers.map((peer) => peer.join(' ')).join(', ')}.`,
    `Load of the machine before: ${result.load1Before}; ${Math.round(result.seconds)} s. How it is measured: \`bench/README.md\`.`,
    '',
    ...result.quality.flatMap(qualityLines),
    ...latencyLines(result.latency),
  ].join('\n');
};
