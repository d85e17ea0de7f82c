import type { ModelDescription } from '../../src/model/language-model.ts';
import { table } from '../steps/table.ts';
import type { Machine } from '../store/figures.ts';
import type { FacetFigures, ReliabilityBin, Share } from './figures.ts';
import type { Judged } from './judge.ts';

export interface ModelReadingResult {
  readonly date: string;
  readonly machine: Machine;
  readonly load1Before: number;
  readonly model: Pick<ModelDescription, 'name' | 'sha256' | 'parameters' | 'quantization'>;
  readonly threads: number;
  readonly questions: number;
  /** By the clock, for each. */
  readonly seconds: number;
  readonly facets: readonly FacetFigures[];
  readonly reliability: readonly ReliabilityBin[];
  readonly judged: readonly Judged[];
}

const figure = (value: number): string => value.toFixed(3);

const shareOf = ({ n, share, error }: Share, { signed = false } = {}): string =>
  share === null || error === null
    ? '·'
    : `${signed && share > 0 ? '+' : ''}${figure(share)} ± ${figure(error)}${signed ? '' : ` (${n})`}`;

const facetRows = (facets: readonly FacetFigures[]): readonly (readonly string[])[] => [
  [
    'labels',
    'language',
    'facet',
    'n',
    'model, of its answers',
    'reader, of its guesses',
    'model, of all',
    'reader, of all',
    'commonest key',
    'model − reader',
    'model − commonest',
  ],
  ...facets.map((each) => [
    each.set,
    each.lang,
    each.kind,
    `${each.n}`,
    shareOf(each.modelOfAnswers),
    shareOf(each.readerOfGuesses),
    shareOf(each.model),
    shareOf(each.reader),
    `${shareOf(each.commonest)} ${each.commonest.key}`,
    shareOf(each.overReader, { signed: true }),
    shareOf(each.overCommonest, { signed: true }),
  ]),
];

const reliabilityRows = (bins: readonly ReliabilityBin[]): readonly (readonly string[])[] => [
  ['language', 'answers', "model's own probability", 'mean of it', 'right'],
  ...bins.map(({ lang, form, from, to, own, right }) => [
    lang,
    form === 'words' ? 'words of the scene' : 'keys of an inventory',
    `${from} to ${to}`,
    own === null ? '·' : figure(own),
    shareOf(right),
  ]),
];

export const summarise = ({
  model,
  machine,
  facets,
  reliability,
  ...run
}: ModelReadingResult): string => `# What a model fills in: measured

${model.name} (SHA-256 ${model.sha256 ?? 'unknown'}), ${run.threads} thread(s), ${run.questions} questions, ${run.seconds.toFixed(1)} s each; ${run.date}, ${machine.cpu}, load before ${run.load1Before}.
Shares that are right ± one standard error (number). What counts as right, and what is wrong with these labels: \`bench/README.md\`.

## Facets that the reader is unsure of

${table(facetRows(facets.filter(({ weakOnly }) => weakOnly)))}

## Sentences that the lexicons were written with, weak or not

The reader knows them by heart: its column is no measure of it. They are the only labels of archetypes that there are.

${table(facetRows(facets.filter(({ weakOnly }) => !weakOnly)))}

## By the model's own probability

Of the answer among all that the schema allows there; answers of all sets together.

${table(reliabilityRows(reliability))}
`;
