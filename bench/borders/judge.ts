import { seededRandom } from '../../src/collapse/leiden/random.ts';
import { type BorderDocument, METHODS, type Method, type Mode, type Setting } from './methods.ts';
import { borderF1, pk, windowDiff, windowOf } from './metrics.ts';

/** Means over segmentations or documents; 0 to 1, of the first two 0 is best, of the others 1. */
export interface Scores {
  readonly windowDiff: number;
  readonly pk: number;
  readonly f1: number;
  /** Borders that stand a scene, or two, from a true one count. */
  readonly f1Within1: number;
  readonly f1Within2: number;
  /** Borders found for each true one. */
  readonly found: number;
}

export interface Interval {
  readonly mean: number;
  /** 95 %, of 10,000 bootstrap samples of the documents. */
  readonly low: number;
  readonly high: number;
}

export interface MethodScores {
  readonly method: string;
  readonly mode: Mode;
  readonly setting: string;
  readonly scores: Scores;
  readonly windowDiff: Interval;
  /** WindowDiff less that of fixed windows in the same document: below 0, this is better. */
  readonly toWindows: Interval;
  /** WindowDiff less that of TextTiling. */
  readonly toTextTiling: Interval;
}

const NAMES = ['windowDiff', 'pk', 'f1', 'f1Within1', 'f1Within2', 'found'] as const satisfies (keyof Scores)[];

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const meanScores = (all: readonly Scores[]): Scores =>
  Object.fromEntries(NAMES.map((name) => [name, mean(all.map((scores) => scores[name]))])) as unknown as Scores;

const score = (document: BorderDocument, setting: Setting): Scores => {
  const { scenes: units, gold } = document;
  const k = windowOf({ units, gold });
  return meanScores(
    setting.find(document).map((found) => {
      const both = { units, gold, found };
      return {
        windowDiff: windowDiff(both, k),
        pk: pk(both, k),
        f1: borderF1(both, 0),
        f1Within1: borderF1(both, 1),
        f1Within2: borderF1(both, 2),
        found: found.length / gold.length,
      };
    }),
  );
};

const SAMPLES = 10_000;

const interval = (values: readonly number[]): Interval => {
  const random = seededRandom(7);
  const means = Float64Array.from({ length: SAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i += 1) sum += values[Math.floor(random() * values.length)] ?? 0;
    return sum / values.length;
  }).sort();
  return { mean: mean(values), low: means[SAMPLES * 0.025] ?? 0, high: means[SAMPLES * 0.975] ?? 0 };
};

/** The setting with the lowest mean WindowDiff; the first of equal ones. */
const chosen = (method: Method, documents: readonly BorderDocument[]): Setting => {
  const [only, ...others] = method.settings;
  if (only === undefined) throw new Error(`${method.name}: no setting`);
  if (others.length === 0) return only;
  const rated = method.settings.map((setting) => ({
    setting,
    rate: mean(documents.map((document) => score(document, setting).windowDiff)),
  }));
  return rated.reduce((best, one) => (one.rate < best.rate ? one : best)).setting;
};

/** Documents that settings are chosen on, and others that they are tested on. */
export interface Fold {
  readonly dev: readonly BorderDocument[];
  readonly test: readonly BorderDocument[];
}

/** All methods on documents of one kind, those tested in any fold together. */
export const judge = (folds: readonly Fold[], tell: (line: string) => void): readonly MethodScores[] => {
  const rated = METHODS.map((method) => {
    tell(`  ${method.mode}: ${method.name}`);
    const byFold = folds.map(({ dev, test }) => {
      const setting = chosen(method, dev);
      return { setting: setting.label, scores: test.map((document) => score(document, setting)) };
    });
    const setting = [...new Set(byFold.map(({ setting }) => setting))].join('; ');
    return { method, setting, byDocument: byFold.flatMap(({ scores }) => scores) };
  });
  const windowDiffs = (name: string, mode: Mode): readonly number[] =>
    rated
      .find(({ method }) => method.name === name && method.mode === mode)
      ?.byDocument.map((scores) => scores.windowDiff) ?? [];
  return rated.map(({ method: { name, mode }, setting, byDocument }) => {
    const own = byDocument.map((scores) => scores.windowDiff);
    const to = (other: string): Interval => {
      const theirs = windowDiffs(other, mode);
      return interval(own.map((value, i) => value - (theirs[i] ?? Number.NaN)));
    };
    return {
      method: name,
      mode,
      setting,
      scores: meanScores(byDocument),
      windowDiff: interval(own),
      toWindows: to('fixed windows'),
      toTextTiling: to('TextTiling'),
    };
  });
};
