import type { Machine } from '../store/figures.ts';
import { ZSTD_LEVEL } from './columns.ts';
import type { GraphSide } from './graph-sides.ts';
import { RANK_MAX } from './grepair.ts';
import type { PositionSide } from './position-sides.ts';
import type { SequenceFigures } from './sequence-sides.ts';
import { CODEBOOK_MAX, SUBTOKENS_MAX } from './zip2zip.ts';

export interface CorpusFigures {
  readonly corpus: 'ru' | 'en' | 'both';
  readonly documents: number;
  readonly scenes: number;
  /** Those that carry. */
  readonly couplings: number;
  readonly figures: number;
  readonly agents: number;
  readonly labels: number;
  /** Of motifs, and how many of them differ. */
  readonly occurrences: number;
  readonly motifs: number;
  /** Scenes that stand in a motif. */
  readonly joined: number;
  readonly positions: readonly PositionSide[];
  readonly graph: readonly GraphSide[];
  readonly sequences: readonly SequenceFigures[];
}

export interface CompressionResult {
  readonly date: string;
  readonly machine: Machine;
  readonly load1Before: number;
  readonly corpora: readonly CorpusFigures[];
}

type Cell = string | number;

const table = (rows: readonly (readonly Cell[])[]): string => {
  const [head = [], ...body] = rows;
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};

const whole = (bits: number | null): Cell => (bits === null ? '' : Math.round(bits).toLocaleString('en'));

/** All else is compared with it. */
const PEER = 'zstd of columns';

const graphTable = ({ graph, scenes, couplings }: CorpusFigures): string => {
  const peer = graph.find(({ side }) => side === PEER)?.bits ?? Number.NaN;
  return table([
    ['the graph', 'bits', 'a scene', 'a coupling', `of ${PEER}`, 'rules or motifs', 'their bits'],
    ...graph.map(({ side, bits, dictionaryBits, rules, ordered }) => [
      ordered ? side : `${side}, without the order of scenes`,
      whole(bits),
      (bits / scenes).toFixed(2),
      (bits / couplings).toFixed(2),
      `${(bits / peer).toFixed(3)}×`,
      whole(rules),
      whole(dictionaryBits),
    ]),
  ]);
};

/** Of text what comes first. */
const positionTable = ({ positions: sides, scenes }: CorpusFigures): string => {
  const text = sides[0]?.positions ?? Number.NaN;
  return table([
    ['what a model reads', 'positions', 'a scene', 'compression', 'known beforehand', 'with that'],
    ...sides.map(({ side, positions, beforehand }) => [
      side,
      whole(positions),
      (positions / scenes).toFixed(2),
      `${(text / positions).toFixed(2)}×`,
      whole(beforehand),
      `${(text / (positions + beforehand)).toFixed(2)}×`,
    ]),
  ]);
};

const sequenceTable = ({ level, codes, length, order1Bits, sides }: SequenceFigures): string =>
  [
    `Level ${level}: ${whole(length)} codes of ${whole(codes)} kinds; entropy ${(entropyOf(sides) / length).toFixed(2)} bits a code by itself, ${(order1Bits / length).toFixed(2)} after the one before.`,
    '',
    table([
      [
        'the sequence',
        'tokens',
        'of before',
        'rules',
        'bits, fixed width',
        'by entropy',
        'coded, rules included',
        'a scene',
      ],
      ...sides.map(({ side, tokens, rules, fixedBits, entropyBits, bits }) => [
        side,
        whole(tokens),
        tokens === null ? '' : `${(tokens / length).toFixed(3)}×`,
        whole(rules),
        whole(fixedBits),
        whole(entropyBits),
        whole(bits),
        (bits / length).toFixed(2),
      ]),
    ]),
  ].join('\n');

const entropyOf = (sides: SequenceFigures['sides']): number => sides[0]?.entropyBits ?? Number.NaN;

const TITLES = { ru: 'Russian', en: 'English', both: 'Both in one corpus' } as const;

const section = (figures: CorpusFigures): string => {
  const { corpus, documents, scenes, couplings, agents, labels, occurrences, motifs, joined, sequences } = figures;
  return [
    `## ${TITLES[corpus]}`,
    '',
    `${documents} works, ${whole(scenes)} scenes of ${whole(figures.figures)} figures and ${whole(agents)} agents, ${whole(couplings)} couplings that carry, of ${labels} labels; ${whole(occurrences)} occurrences of ${whole(motifs)} motifs hold ${whole(joined)} scenes.`,
    '',
    positionTable(figures),
    '',
    graphTable(figures),
    '',
    ...sequences.flatMap((sequence) => [sequenceTable(sequence), '']),
  ].join('\n');
};

const zip2zipLine = (corpora: readonly CorpusFigures[]): string => {
  const told = corpora.flatMap(({ sequences }) => sequences.flatMap(({ zip2zip }) => zip2zip ?? []));
  if (told.length === 0) return '';
  const [notDecoded, documents] = (['notDecoded', 'documents'] as const).map((key) =>
    told.reduce((sum, one) => sum + one[key], 0),
  );
  return `zip2zip-compression ${told[0]?.version}: a codebook of ${CODEBOOK_MAX} entries of up to ${SUBTOKENS_MAX} codes for each document; its own decoder gives back all but ${notDecoded} of ${documents} documents.`;
};

export const summarise = ({ date, machine, load1Before, corpora }: CompressionResult): string =>
  [
    '# What recurrence saves',
    '',
    `${date}. ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; Node ${machine.node}.`,
    `Load of the machine before: ${load1Before}. zstd ${process.versions['zstd']} at level ${ZSTD_LEVEL}; rank up to ${RANK_MAX} of gRePair's nonterminals. ${zip2zipLine(corpora)}`.trimEnd(),
    'Every side but ours and the entropies was decoded and compared. How it is measured: `bench/README.md`.',
    '',
    ...corpora.map(section),
  ].join('\n');
