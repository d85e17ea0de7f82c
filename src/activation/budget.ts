import type { Language, Scene, SceneKind } from '../scene/scene.ts';
import { positionsOf, RUNGS, type Rung } from './rung.ts';

/** Positions a scene on one rung. */
export interface RungPositions {
  readonly total: number;
  readonly mean: number;
  readonly median: number;
  readonly p90: number;
  readonly max: number;
}

/** Scenes of one language and kind, written on every rung. */
export interface BudgetRow {
  readonly lang: Language;
  readonly kind: SceneKind;
  readonly scenes: number;
  readonly positions: Readonly<Record<Rung, RungPositions>>;
}

/** Counts positions scene by scene. Memory grows with the number of distinct counts, not of scenes. */
export class BudgetTally {
  readonly #count: (text: string) => number;
  readonly #labels: Language;
  readonly #groups = new Map<
    string,
    { readonly lang: Language; readonly kind: SceneKind; readonly rungs: RungTallies }
  >();

  constructor(count: (text: string) => number, labels: Language) {
    this.#count = count;
    this.#labels = labels;
  }

  add(scene: Scene): void {
    const { lang, kind } = scene;
    const key = `${lang} ${kind}`;
    const group = this.#groups.get(key) ?? { lang, kind, rungs: emptyTallies() };
    this.#groups.set(key, group);
    for (const rung of RUNGS) {
      const positions = positionsOf(scene, rung, this.#labels, this.#count);
      group.rungs[rung].set(positions, (group.rungs[rung].get(positions) ?? 0) + 1);
    }
  }

  /** Russian before English, whole scenes before halves. */
  rows(): readonly BudgetRow[] {
    return [...this.#groups.values()]
      .toSorted((x, y) => (x.lang === y.lang ? (x.kind < y.kind ? 1 : -1) : x.lang < y.lang ? 1 : -1))
      .map(({ lang, kind, rungs }) => {
        const positions = Object.fromEntries(RUNGS.map((rung) => [rung, summarise(rungs[rung])]));
        const scenes = [...rungs.text.values()].reduce((sum, n) => sum + n, 0);
        return { lang, kind, scenes, positions: positions as Record<Rung, RungPositions> };
      });
  }
}

/** By rung: how many scenes take each number of positions. */
type RungTallies = Readonly<Record<Rung, Map<number, number>>>;

const emptyTallies = (): RungTallies => ({
  text: new Map(),
  hyperlexeme: new Map(),
  facets: new Map(),
  occurrence: new Map(),
  code: new Map(),
});

const summarise = (tally: ReadonlyMap<number, number>): RungPositions => {
  const counts = [...tally].toSorted(([x], [y]) => x - y);
  const scenes = counts.reduce((sum, [, n]) => sum + n, 0);
  const total = counts.reduce((sum, [positions, n]) => sum + positions * n, 0);
  return {
    total,
    mean: total / scenes,
    median: quantile(counts, scenes, 0.5),
    p90: quantile(counts, scenes, 0.9),
    max: counts.at(-1)?.[0] ?? 0,
  };
};

/** The nearest-rank quantile: a value that occurs, of which at least the share `q` is not above. */
const quantile = (counts: readonly (readonly [number, number])[], scenes: number, q: number): number => {
  const rank = Math.max(1, Math.ceil(q * scenes));
  let seen = 0;
  for (const [positions, n] of counts) {
    seen += n;
    if (seen >= rank) return positions;
  }
  return 0;
};
