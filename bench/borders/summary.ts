import type { Machine } from '../store/figures.ts';
import type { WeighingCost } from './cost.ts';
import type { Kind } from './documents.ts';
import type { Interval, MethodScores } from './judge.ts';
import type { Mode } from './methods.ts';

export interface KindResult {
  readonly kind: Kind;
  /** Documents that settings were chosen on; null where each was tested with settings from all the others. */
  readonly dev: readonly string[] | null;
  readonly test: readonly string[];
  /** Of the tested documents: scenes, places where a border may stand, true borders. */
  readonly scenes: number;
  readonly gaps: number;
  readonly borders: number;
  readonly methods: readonly MethodScores[];
  readonly costs: readonly WeighingCost[];
}

export interface BordersResult {
  readonly date: string;
  readonly machine: Machine;
  readonly load1Before: number;
  readonly nltk: string;
  readonly readSeconds: number;
  readonly kinds: readonly KindResult[];
}

const HEADINGS: Readonly<Record<Mode, string>> = {
  told: 'The number of borders is told',
  untold: 'The number of borders is not told',
};

const between = ({ mean, low, high }: Interval): string =>
  `${mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;

const table = (methods: readonly MethodScores[], mode: Mode): readonly string[] => [
  `### ${HEADINGS[mode]}`,
  '',
  '| method | WindowDiff | less fixed windows’ | less TextTiling’s | Pk | F1 | F1 ±1 | F1 ±2 | found / true | setting |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  ...methods
    .filter((one) => one.mode === mode)
    .map(({ method, setting, scores, ...one }) => {
      const others = [scores.pk, scores.f1, scores.f1Within1, scores.f1Within2].map((value) => value.toFixed(3));
      const cells = [between(one.windowDiff), between(one.toWindows), between(one.toTextTiling), ...others];
      return `| ${[method, ...cells, scores.found.toFixed(2), setting].join(' | ')} |`;
    }),
  '',
];

const describe = ({ kind, dev, test, scenes, gaps, borders, methods, costs }: KindResult): readonly string[] => [
  `## ${kind}`,
  '',
  `${test.length} documents tested, ${dev === null ? 'each with settings chosen on all the others' : `${dev.length} others to choose settings on`}. Tested: ${scenes} scenes, ${gaps} places for a border, ${borders} borders.`,
  '',
  ...table(methods, 'told'),
  ...table(methods, 'untold'),
  '### What weighing for order costs, Leiden at γ = 1',
  '',
  '| couplings | modularity of them as they are | weight within communities | communities | scenes that go on in theirs |',
  '| --- | --- | --- | --- | --- |',
  ...costs.map(
    ({ weighing, modularity, within, communities, staying }) =>
      `| ${weighing} | ${modularity.toFixed(3)} | ${within.toFixed(3)} | ${communities.toFixed(1)} | ${staying.toFixed(3)} |`,
  ),
  '',
];

export const summarise = ({ date, machine, load1Before, nltk, readSeconds, kinds }: BordersResult): string => {
  const { cpu, cores, memoryGb, system, node } = machine;
  return [
    '# Borders of scenes, sections and chapters',
    '',
    `${date}. ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; Node ${node}, NLTK ${nltk}.`,
    `Load of the machine before: ${load1Before}. Reading, coupling and collapsing took ${readSeconds.toFixed(0)} s.`,
    'How it is measured: `bench/README.md`. In brackets 95 % of bootstrap samples of the documents; of WindowDiff and Pk 0 is best, of F1 1.',
    '',
    ...kinds.flatMap(describe),
  ].join('\n');
};
