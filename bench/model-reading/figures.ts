import { FACET_KINDS, type FacetKind } from '../../src/scene/facet.ts';
import { LANGUAGES, type Language } from '../../src/scene/scene.ts';
import { SETS, type SetName } from './items.ts';
import type { Judged } from './judge.ts';

/** A share and its standard error; both null of nothing. */
export interface Share {
  readonly n: number;
  readonly share: number | null;
  readonly error: number | null;
}

export interface FacetFigures {
  readonly set: SetName;
  readonly lang: Language;
  readonly kind: FacetKind;
  readonly weakOnly: boolean;
  /** Labelled facets that the model was asked for. */
  readonly n: number;
  /** Of those for which it gave an answer that holds: how often it is right. What a confidence is. */
  readonly modelOfAnswers: Share;
  readonly readerOfGuesses: Share;
  /** Of all, no answer being no right one. */
  readonly model: Share;
  readonly reader: Share;
  /** The key that is right most often, chosen with these labels in sight. */
  readonly commonest: Share & { readonly key: string };
  /** Model less reader, and less the commonest key, of all, paired; `error` is that of the difference. */
  readonly overReader: Share;
  readonly overCommonest: Share;
}

/** Mean of numbers and its standard error. */
export const meanOf = (values: readonly number[]): Share => {
  const n = values.length;
  if (n === 0) return { n, share: null, error: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1);
  return { n, share: mean, error: Math.sqrt(variance / n) };
};

const one = (right: boolean | undefined): number => (right === true ? 1 : 0);

export const figuresOf = (judged: readonly Judged[]): readonly FacetFigures[] =>
  SETS.flatMap((set) =>
    LANGUAGES.flatMap((lang) =>
      FACET_KINDS.flatMap((kind) => {
        const of = judged.filter((each) => each.set === set && each.lang === lang && each.kind === kind);
        return of.length === 0 ? [] : [facetFigures(of, { set, lang, kind })];
      }),
    ),
  );

const facetFigures = (of: readonly Judged[], names: Pick<FacetFigures, 'set' | 'lang' | 'kind'>): FacetFigures => {
  const counts = new Map<string, number>();
  for (const { accepted } of of) for (const key of accepted) counts.set(key, (counts.get(key) ?? 0) + 1);
  const [key = ''] = [...counts].toSorted(([, x], [, y]) => y - x)[0] ?? [];
  const model = of.map((each) => one(each.model?.right));
  const reader = of.map((each) => one(each.reader?.right));
  const commonest = of.map(({ accepted }) => one(accepted.includes(key)));
  return {
    ...names,
    weakOnly: of.every(({ weak }) => weak),
    n: of.length,
    modelOfAnswers: meanOf(of.flatMap((each) => (each.model === null ? [] : [one(each.model.right)]))),
    readerOfGuesses: meanOf(of.flatMap((each) => (each.reader === null ? [] : [one(each.reader.right)]))),
    model: meanOf(model),
    reader: meanOf(reader),
    commonest: { ...meanOf(commonest), key },
    overReader: meanOf(model.map((right, i) => right - (reader[i] ?? 0))),
    overCommonest: meanOf(model.map((right, i) => right - (commonest[i] ?? 0))),
  };
};

export interface ReliabilityBin {
  readonly form: 'inventory' | 'words';
  readonly lang: Language;
  readonly from: number;
  readonly to: number;
  /** Mean of what the model gives itself. */
  readonly own: number | null;
  readonly right: Share;
}

const EDGES = [0, 0.05, 0.2, 0.5, 1] as const;

/** Answers by the probability that the model gives them: keys of an inventory, and words of the scene. */
export const reliabilityOf = (judged: readonly Judged[]): readonly ReliabilityBin[] =>
  LANGUAGES.flatMap((lang) =>
    (['inventory', 'words'] as const).flatMap((form) =>
      EDGES.slice(1).map((to, i) => {
        const from = EDGES[i] ?? 0;
        const within = judged.flatMap((each) => {
          const isWords = each.kind === 'agent' || each.kind === 'context';
          if (each.model === null || each.lang !== lang || isWords !== (form === 'words')) return [];
          const { probability } = each.model;
          return (probability > from || from === 0) && probability <= to ? [each.model] : [];
        });
        const own = meanOf(within.map(({ probability }) => probability)).share;
        return { form, lang, from, to, own, right: meanOf(within.map(({ right }) => one(right))) };
      }),
    ),
  );
