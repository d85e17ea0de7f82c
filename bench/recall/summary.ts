import type { Machine } from '../store/figures.ts';
import { MEASURES, type Measure } from './evidence.ts';
import { BUDGETS, METHODS } from './run.ts';
import { ATTRIBUTE_BUDGET, type Figures } from './tables.ts';
import type { UncoupledFigures } from './uncoupled.ts';

export interface RecallResult {
  readonly date: string;
  readonly machine: Machine;
  readonly load1Before: number;
  readonly seconds: number;
  readonly peers: Readonly<Record<string, string>>;
  readonly tokenizer: string;
  readonly half: 'dev' | 'test';
  /** Whose questions were asked. */
  readonly tales: readonly string[];
  readonly settings: readonly Setting[];
}

export interface Setting {
  readonly setting: string;
  readonly scenes: number;
  readonly couplings: number;
  readonly figures: Figures;
  readonly uncoupled: UncoupledFigures;
}

const percent = (share: number): string => (Number.isNaN(share) ? '–' : (share * 100).toFixed(1));

const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);

const TITLE: Readonly<Record<Measure, string>> = {
  answer: 'Answers that stand in the context word for word',
  terms: 'Terms of the answer that stand in it',
  section: 'Words of the experts’ sections that stand in it',
};

const methodTable = (figures: Figures, measure: Measure, part: 'recall' | 'explicit' | 'implicit'): readonly string[] =>
  table(
    ['', ...BUDGETS.map((budget) => `${budget} tokens`)],
    METHODS.map((method) => [
      method,
      ...BUDGETS.map((budget) => {
        const found = figures.methods.find((each) => each.method === method && each.budget === budget);
        return percent(found?.[part][measure] ?? Number.NaN);
      }),
    ]),
  );

const differences = ({ differences: all }: Figures): readonly string[] =>
  table(
    ['activation less BM25, points (95 %)', ...BUDGETS.map((budget) => `${budget} tokens`)],
    MEASURES.map((measure) => [
      TITLE[measure],
      ...BUDGETS.map((budget) => {
        const one = all.find((each) => each.measure === measure && each.budget === budget);
        return one === undefined ? '' : `${percent(one.mean)} (${percent(one.low)} to ${percent(one.high)})`;
      }),
    ]),
  );

const describeUncoupled = ({ kept, all, ...shares }: UncoupledFigures): readonly string[] => [
  `${percent(shares.scenesUncoupled)} % of the scenes and ${percent(shares.tokensUncoupled)} % of the tokens carry no coupling but that of sequence; ${percent(shares.scenesAlone)} % of the scenes none at all.`,
  '',
  ...table(
    ['of the evidence', 'in all scenes', 'in those with a coupling'],
    MEASURES.map((measure) => [TITLE[measure], percent(all[measure]), percent(kept[measure])]),
  ),
];

const describe = ({ setting, scenes, couplings, figures, uncoupled }: Setting): readonly string[] => [
  `## ${setting}: ${scenes.toLocaleString('en')} scenes, ${couplings.toLocaleString('en')} couplings`,
  '',
  ...MEASURES.flatMap((measure) => [
    `### ${TITLE[measure]}: % of ${figures.questions[measure]} questions`,
    '',
    ...methodTable(figures, measure, 'recall'),
    '',
  ]),
  ...differences(figures),
  '',
  `### By kind of question, ${TITLE.terms.toLowerCase()}`,
  '',
  ...(['explicit', 'implicit'] as const).flatMap((kind) => [
    `${kind}:`,
    '',
    ...methodTable(figures, 'terms', kind),
    '',
  ]),
  ...table(
    [
      `asked for, ${ATTRIBUTE_BUDGET} tokens`,
      'questions',
      'activation: answer / terms / section',
      'BM25: answer / terms / section',
    ],
    figures.attributes.map(({ attribute, questions, activation, bm25 }) => [
      attribute,
      String(questions),
      ...[activation, bm25].map((of) => MEASURES.map((measure) => percent(of[measure])).join(' / ')),
    ]),
  ),
  '',
  `### What carries no coupling`,
  '',
  ...describeUncoupled(uncoupled),
  '',
];

export const summarise = (result: RecallResult): string => {
  const { cpu, cores, memoryGb, system, node } = result.machine;
  const peers = Object.entries(result.peers).map(([name, version]) => `${name} ${version}`);
  return [
    '# Recall of evidence at equal numbers of tokens',
    '',
    `${result.date}. FairytaleQA, the questions of ${result.tales.length} tales, the ${result.half} half of 45.`,
    `${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; Node ${node}; ${peers.join(', ')}; tokens of ${result.tokenizer}.`,
    `Load of the machine before: ${result.load1Before}; ${Math.round(result.seconds)} s. How it is measured: \`bench/README.md\`.`,
    '',
    ...result.settings.flatMap(describe),
  ].join('\n');
};
