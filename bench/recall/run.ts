import { type AssembleScene, assemble } from '../../src/activation/assemble.ts';
import { counterOf } from '../../src/model/tokenizer.ts';
import { CONTEXT_ALPHA, type PreparedContext, prepareContext, readContext } from '../../src/worker/assemble-job.ts';
import { byPooled, type Chosen, fill, inRandomOrder, withNeighbours } from './choose.ts';
import type { Tools, Unit, UnitCorpus } from './corpora.ts';
import { type Covered, coveredBy, type Evidence, type Recall, recallOf, type TaleText } from './evidence.ts';
import type { Question } from './tales.ts';

export const BUDGETS = [64, 128, 256, 512] as const;
const SEEDS = [1, 2, 3, 4, 5];

export const METHODS = [
  'activation, whole scenes',
  'activation, no couplings',
  'activation, folding to hyperlexemes',
  'activation, uncoupled ones as all others',
  'BM25',
  'BM25 and the scenes beside',
  'BM25, pooled along the text',
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
  /** Indices into the units and scores, the best first. */
  readonly bm25: readonly (readonly [number, number])[];
}

/** α so near to 1 that nothing goes on over couplings: what answers, and what stands beside it. */
const NO_COUPLINGS = 0.999;

/** One question by every method at every budget. */
export const ask = async (tools: Tools, asked: AskedQuestion): Promise<readonly Outcome[]> => {
  const { question, evidence, text, corpus } = asked;
  const { units } = corpus;
  const activated = await contextOf(tools, asked, CONTEXT_ALPHA);
  const answering = await contextOf(tools, asked, NO_COUPLINGS);
  const scored = asked.bm25.map(([i, score]) => [units[i] as Unit, score] as const);
  const ranked = scored.map(([unit]) => unit);
  const [beside, pooled] = [withNeighbours(ranked, units), byPooled(scored, units)];
  const reversed = units.toReversed();
  const random = SEEDS.map((seed) => inRandomOrder(units, seed));
  const outcomes: Outcome[] = [];
  for (const budget of BUDGETS) {
    const sides: readonly (readonly [Method, readonly Chosen[]])[] = [
      ['activation, whole scenes', [wholeOf(activated, units, budget)]],
      ['activation, no couplings', [wholeOf(answering, units, budget)]],
      ['activation, folding to hyperlexemes', [foldedOf(activated, units, budget)]],
      [
        'activation, uncoupled ones as all others',
        [wholeOf({ ...activated, scenes: activated.scenes.map(asCoupled) }, units, budget)],
      ],
      ['BM25', [fill(ranked, budget)]],
      ['BM25 and the scenes beside', [fill(beside, budget)]],
      ['BM25, pooled along the text', [fill(pooled, budget)]],
      ['BM25, nothing uncoupled', [fill(ranked.filter(isCoupled), budget)]],
      ['first scenes', [fill(units, budget)]],
      ['last scenes', [fill(reversed, budget)]],
      ['random', random.map((order) => fill(order, budget))],
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

const asCoupled = (scene: AssembleScene): AssembleScene => ({ ...scene, coupled: true });

export const isCoupled = ({ coupled }: Unit): boolean => coupled;

export const coveredIn = ({ units }: Pick<Chosen, 'units'>, tale: string, text: TaleText): Covered =>
  coveredBy(
    text,
    units.filter((unit) => unit.tale === tale),
  );

/** By the program's own jobs. */
const contextOf = async (
  tools: Tools,
  { question, corpus }: AskedQuestion,
  alpha: number,
): Promise<PreparedContext> => {
  const request = { source: { query: question.text }, corpus: corpus.name, tokens: Math.max(...BUDGETS), alpha };
  const material = await readContext(tools, request);
  return prepareContext({ counter: counterOf(tools.tokenizer) }, material, {
    rungOf: () => 'hyperlexeme',
    labels: 'en',
  });
};

/** By {@link assemble} itself: what folds to nothing less than its text is never folded. */
const wholeOf = ({ scenes }: PreparedContext, units: readonly Unit[], tokens: number): Chosen => {
  const { pieces, positions } = assemble({
    tokens,
    motifs: new Map(),
    communities: new Map(),
    scenes: scenes.map((scene) => ({ ...scene, folded: scene.whole, motif: null })),
  });
  const ids = new Set(pieces.flatMap((piece) => (piece.form === 'whole' ? [piece.scene] : [])));
  return { units: units.filter(({ id }) => ids.has(id)), positions };
};

/** As `assemble` of the program gives it; of what is folded nothing counts as held. */
const foldedOf = (context: PreparedContext, units: readonly Unit[], tokens: number): Chosen => {
  const { pieces, positions } = context.within(tokens);
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
