import { MEASURES, type Measure } from './evidence.ts';
import { BUDGETS, METHODS, type Method, type Outcome } from './run.ts';
import { bootstrap, type Difference, mean } from './statistics.ts';

/** Of the questions that have a measure: by budget. */
export interface MethodFigures {
  readonly method: Method;
  readonly budget: number;
  readonly positions: number;
  readonly recall: Readonly<Record<Measure, number>>;
  /** By how the answer is had. */
  readonly explicit: Readonly<Record<Measure, number>>;
  readonly implicit: Readonly<Record<Measure, number>>;
}

export interface DifferenceFigures extends Difference {
  readonly budget: number;
  readonly measure: Measure;
  readonly questions: number;
}

export interface Figures {
  readonly questions: Readonly<Record<Measure, number>>;
  readonly methods: readonly MethodFigures[];
  /** Whole scenes by activation, less BM25. */
  readonly differences: readonly DifferenceFigures[];
  /** Of {@link ATTRIBUTE_BUDGET} tokens: by what is asked for. */
  readonly attributes: readonly {
    readonly attribute: string;
    readonly questions: number;
    readonly activation: Readonly<Record<Measure, number>>;
    readonly bm25: Readonly<Record<Measure, number>>;
  }[];
}

export const OURS: Method = 'activation, whole scenes';
export const PEER: Method = 'BM25';
export const ATTRIBUTE_BUDGET = 256;

const meansOf = (outcomes: readonly Outcome[]): Readonly<Record<Measure, number>> =>
  Object.fromEntries(
    MEASURES.map((measure) => [measure, mean(outcomes.map((each) => each[measure]).filter((n) => n !== null))]),
  ) as Record<Measure, number>;

export const figuresOf = (outcomes: readonly Outcome[]): Figures => {
  const of = (method: Method, budget: number): readonly Outcome[] =>
    outcomes.filter((outcome) => outcome.method === method && outcome.budget === budget);
  const first = of(OURS, BUDGETS[0]);
  return {
    questions: Object.fromEntries(
      MEASURES.map((measure) => [measure, first.filter((outcome) => outcome[measure] !== null).length]),
    ) as Record<Measure, number>,
    methods: METHODS.flatMap((method) =>
      BUDGETS.map((budget): MethodFigures => {
        const own = of(method, budget);
        const by = (kind: string) => meansOf(own.filter(({ question }) => question.explicit === kind));
        const positions = mean(own.map((each) => each.positions));
        return { method, budget, positions, recall: meansOf(own), explicit: by('explicit'), implicit: by('implicit') };
      }),
    ),
    differences: BUDGETS.flatMap((budget) => {
      const [ours, peers] = [of(OURS, budget), of(PEER, budget)];
      return MEASURES.map((measure): DifferenceFigures => {
        const rows = ours.flatMap((own, i) => {
          const [x, y] = [own[measure], peers[i]?.[measure] ?? null];
          return x === null || y === null ? [] : [{ tale: own.question.tale, x, y }];
        });
        return { budget, measure, questions: rows.length, ...bootstrap(rows) };
      });
    }),
    attributes: [...new Set(first.map(({ question }) => question.attribute))].toSorted().map((attribute) => {
      const about = (method: Method): readonly Outcome[] =>
        of(method, ATTRIBUTE_BUDGET).filter(({ question }) => question.attribute === attribute);
      const ours = about(OURS);
      return { attribute, questions: ours.length, activation: meansOf(ours), bm25: meansOf(about(PEER)) };
    }),
  };
};
