import { assemble } from '../../src/activation/assemble.ts';
import { type Activation, activate } from '../../src/worker/activate-job.ts';
import { assembleActivation, CHOICE_DEFAULT } from '../../src/worker/assemble-job.ts';
import { type Chosen, fill, inRandomOrder, withNeighbours } from './choose.ts';
import type { Tools, Unit, UnitCorpus } from './corpora.ts';
import { type Covered, coveredBy, type Evidence, type Recall, recallOf, type TaleText } from './evidence.ts';
import type { Question } from './tales.ts';

export const BUDGETS = [64, 128, 256, 512] as const;
const SEEDS = [1, 2, 3, 4, 5];

export const METHODS = [
  'activation, whole scenes',
  'activation, folding to hyperlexemes',
  'activation, nothing uncoupled',
  'BM25',
  'BM25 and the scenes beside',
  'BM25, nothing uncoupled',
  'first scenes',
  'last scenes',
  'random',
] as const;
export type Method = (typeof METHODS)[number];

export interface Outcome extends Recall {
  readonly question: Question;
  readonly method: Method;
  readonly budget: number;
  readonly positions: number;
}

export interface AskedQuestion {
  readonly question: Question;
  readonly evidence: Evidence;
  readonly text: TaleText;
  readonly corpus: UnitCorpus;
  /** Indices into the units, the best first. */
  readonly bm25: readonly number[];
}

/** One question by every method at every budget. */
export const ask = async (tools: Tools, asked: AskedQuestion): Promise<readonly Outcome[]> => {
  const { question, evidence, text, corpus } = asked;
  const { units } = corpus;
  const activation = await activate(tools, {
    source: { query: question.text },
    corpus: corpus.name,
    limit: CHOICE_DEFAULT,
  });
  const ranked = asked.bm25.map((i) => units[i] as Unit);
  const outcomes: Outcome[] = [];
  for (const budget of BUDGETS) {
    const sides: readonly (readonly [Method, readonly Chosen[]])[] = [
      ['activation, whole scenes', [wholeOf(activation, units, budget)]],
      ['activation, folding to hyperlexemes', [await foldedOf(tools, activation, units, budget)]],
      ['activation, nothing uncoupled', [wholeOf(activation, units.filter(isCoupled), budget)]],
      ['BM25', [fill(ranked, budget)]],
      ['BM25 and the scenes beside', [fill(withNeighbours(ranked, units), budget)]],
      ['BM25, nothing uncoupled', [fill(ranked.filter(isCoupled), budget)]],
      ['first scenes', [fill(units, budget)]],
      ['last scenes', [fill(units.toReversed(), budget)]],
      ['random', SEEDS.map((seed) => fill(inRandomOrder(units, seed), budget))],
    ];
    for (const [method, chosen] of sides) {
      const positions = meanOf(chosen.map((each) => each.positions));
      if (chosen.some((each) => each.positions > budget)) throw new Error(`${method}: above ${budget}`);
      const recalls = chosen.map((each) => recallOf(evidence, coveredIn(each, question.tale, text)));
      outcomes.push({ question, method, budget, positions, ...meanRecall(recalls) });
    }
  }
  return outcomes;
};

export const isCoupled = ({ coupled }: Unit): boolean => coupled;

export const coveredIn = ({ units }: Pick<Chosen, 'units'>, tale: string, text: TaleText): Covered =>
  coveredBy(
    text,
    units.filter((unit) => unit.tale === tale),
  );

/** By {@link assemble} itself: what folds to nothing less than its text is never folded. */
const wholeOf = ({ scenes }: Activation, units: readonly Unit[], tokens: number): Chosen => {
  const lit = new Map(scenes.map((activated) => [activated.scene.id, activated]));
  const chosen = units.filter(({ id }) => lit.has(id));
  const { pieces, positions } = assemble({
    tokens,
    motifs: new Map(),
    scenes: chosen.map(({ id, positions: whole }) => {
      const { score, coupled } = lit.get(id) ?? { score: 0, coupled: false };
      return { id, score, coupled, whole, folded: whole, motif: null };
    }),
  });
  const ids = new Set(pieces.flatMap((piece) => (piece.form === 'whole' ? [piece.scene] : [])));
  return { units: chosen.filter(({ id }) => ids.has(id)), positions };
};

/** As `assemble` of the program gives it; of what is folded nothing counts as held. */
const foldedOf = async (
  tools: Tools,
  activation: Activation,
  units: readonly Unit[],
  tokens: number,
): Promise<Chosen> => {
  const { pieces, positions } = await assembleActivation(tools, activation, {
    tokens,
    rung: 'hyperlexeme',
    labels: 'en',
  });
  const ids = new Set(pieces.flatMap(({ form, scenes }) => (form === 'whole' ? scenes.map(({ id }) => id) : [])));
  return { units: units.filter(({ id }) => ids.has(id)), positions };
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const meanRecall = (recalls: readonly Recall[]): Recall => {
  const of = (values: readonly (number | null)[]): number | null =>
    values.every((value) => value !== null) ? meanOf(values) : null;
  return {
    answer: of(recalls.map(({ answer }) => answer)),
    terms: of(recalls.map(({ terms }) => terms)),
    section: meanOf(recalls.map(({ section }) => section)),
  };
};
