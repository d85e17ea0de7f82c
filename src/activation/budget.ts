import { z } from 'zod';
import { LANGUAGES, type Language, type Scene, type SceneKind } from '../scene/scene.ts';
import { type Distribution, Histogram, histogramShape } from './distribution.ts';
import { positionsOf, RUNGS, type Rung } from './rung.ts';

/** Scenes of one language and kind, written on every rung. */
export interface BudgetRow {
  readonly lang: Language;
  readonly kind: SceneKind;
  /** Those that were counted. */
  readonly scenes: number;
  /** A scene, in positions. */
  readonly positions: Readonly<Record<Rung, Distribution>>;
}

/** Positions of the rungs that are text. */
export interface TextPositions {
  readonly text: number;
  readonly hyperlexeme: number;
}

export const budgetShape = z.array(
  z.object({
    lang: z.enum(LANGUAGES),
    kind: z.enum(['scene', 'half']),
    rungs: z.record(z.enum(RUNGS), histogramShape),
  }),
);
export type BudgetState = z.infer<typeof budgetShape>;

interface Group {
  readonly lang: Language;
  readonly kind: SceneKind;
  readonly rungs: Readonly<Record<Rung, Histogram>>;
}

/** Counts positions scene by scene. Memory grows with the number of distinct counts, not of scenes. */
export class BudgetTally {
  readonly #labels: Language;
  readonly #groups = new Map<string, Group>();

  /** @param labels language of hyperlexemes */
  constructor(labels: Language, state: BudgetState = []) {
    this.#labels = labels;
    for (const { lang, kind, rungs } of state)
      this.#groups.set(`${lang} ${kind}`, { lang, kind, rungs: histograms((rung) => new Histogram(rungs[rung])) });
  }

  add(scene: Scene, counted: TextPositions): void {
    const { lang, kind } = scene;
    const key = `${lang} ${kind}`;
    const group = this.#groups.get(key) ?? { lang, kind, rungs: histograms(() => new Histogram()) };
    this.#groups.set(key, group);
    for (const rung of RUNGS) {
      const isText = rung === 'text' || rung === 'hyperlexeme';
      group.rungs[rung].add(isText ? counted[rung] : positionsOf(scene, rung, this.#labels, () => 0));
    }
  }

  /** Russian before English, whole scenes before halves. */
  rows(): readonly BudgetRow[] {
    return [...this.#groups.values()]
      .toSorted((x, y) => (x.lang === y.lang ? (x.kind < y.kind ? 1 : -1) : x.lang < y.lang ? 1 : -1))
      .map(({ lang, kind, rungs }) => {
        const scenes = rungs.text.summary()?.count ?? 0;
        const positions = Object.fromEntries(RUNGS.map((rung) => [rung, distributionOf(rungs[rung])]));
        return { lang, kind, scenes, positions: positions as Record<Rung, Distribution> };
      });
  }

  get state(): BudgetState {
    return [...this.#groups.values()].map(({ lang, kind, rungs }) => ({
      lang,
      kind,
      rungs: Object.fromEntries(RUNGS.map((rung) => [rung, rungs[rung].state])) as BudgetState[number]['rungs'],
    }));
  }
}

const histograms = (of: (rung: Rung) => Histogram): Readonly<Record<Rung, Histogram>> =>
  Object.fromEntries(RUNGS.map((rung) => [rung, of(rung)])) as Record<Rung, Histogram>;

const distributionOf = (histogram: Histogram): Distribution => {
  const { count: _, ...distribution } = histogram.summary() ?? {
    count: 0,
    total: 0,
    mean: 0,
    median: 0,
    p90: 0,
    max: 0,
  };
  return distribution;
};
