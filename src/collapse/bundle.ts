import { type Figure, type FigureKey, NONE, parseFigureKey } from '../scene/figure.ts';
import type { DocumentName } from '../scene/name.ts';
import type { DocumentId, Scene, SceneId } from '../scene/scene.ts';

/** A scene of the subgraph, and where it stands. */
export interface BundledScene extends Pick<Scene, 'id' | 'position' | 'start' | 'end' | 'agent' | 'context'> {
  readonly document: DocumentId;
  readonly documentName: DocumentName;
  readonly figure: FigureKey;
}

/** A coupling as it is seen from one of the subgraph's scenes. */
export interface BundledCoupling {
  readonly from: SceneId;
  readonly to: SceneId;
  /** 0 to 1. */
  readonly weight: number;
}

/** In how many scenes of the subgraph a facet stands. */
export interface Standing<Key extends string = string> {
  readonly key: Key;
  readonly scenes: number;
}

/** One of the equal stretches of the subgraph, in the order of the text. */
export interface TensionStretch {
  readonly scenes: number;
  /** Of them, the share in which any tension stands: 0 to 1. */
  readonly tense: number;
  /** The commonest; null where none stands. */
  readonly tension: Standing | null;
}

export interface BundleSpan {
  readonly document: DocumentId;
  readonly documentName: DocumentName;
  readonly scenes: number;
  /** Positions of its first and last scene there. */
  readonly from: number;
  readonly to: number;
  /** From the first scene's beginning to the last one's end, UTF-16 code units of the document: `[start, end)`. */
  readonly start: number;
  readonly end: number;
}

export interface BundleSummary {
  /** In the order of the text, {@link SUMMARY_SCENES} at most. */
  readonly scenes: readonly SceneId[];
  /** The share of the weight of its couplings that these scenes carry, 0 to 1; null where there is no coupling. */
  readonly carried: number | null;
}

/** What a hypertoken holds together: who, in what tension, where, what kind of scenes, how closely. */
export interface Bundle {
  /** Scenes it was told by. */
  readonly scenes: number;
  /** By falling number of scenes, {@link STANDINGS_SHOWN} at most; of agents the entity. */
  readonly agents: readonly Standing[];
  readonly contexts: readonly Standing[];
  readonly tension: Standing | null;
  readonly atmosphere: Standing | null;
  readonly archetype: Standing | null;
  /** Of the three above, what its hyperlexeme is made of. */
  readonly figure: Figure;
  /** {@link STRETCHES} or as many as it has scenes, each at most one scene longer than another. */
  readonly curve: readonly TensionStretch[];
  /** By falling number of scenes, {@link SPANS_SHOWN} at most. */
  readonly spans: readonly BundleSpan[];
  /** Of how many documents. */
  readonly documents: number;
  /**
   * The share of its scenes' couplings that stay inside, by weight: one less its conductance, where that is taken of this
   * side alone (Kannan, Vempala & Vetta 2004). 0 to 1; null where none of its scenes is coupled.
   */
  readonly coherence: number | null;
  /** Scenes that a coupling joins to another scene of it. */
  readonly coupled: number;
  readonly summary: BundleSummary;
}

export const STANDINGS_SHOWN = 5;
export const SPANS_SHOWN = 10;
export const STRETCHES = 10;
export const SUMMARY_SCENES = 3;

interface Neighbour {
  readonly scene: number;
  readonly weight: number;
}

/**
 * Tells a subgraph by its scenes, in any order, and then by their couplings, some at a time so that nobody waits: those that
 * lead out too, and one between two of the scenes once from each end.
 */
export class BundleBuilder {
  readonly #scenes: readonly BundledScene[];
  readonly #places: ReadonlyMap<SceneId, number>;
  /** Inside, for each scene by its place in the order of the text. */
  readonly #neighbours: readonly Neighbour[][];
  /** Of couplings inside, from each of their ends. */
  #inner = 0;
  #outer = 0;

  constructor(scenes: readonly BundledScene[]) {
    this.#scenes = inTextOrder(scenes);
    this.#places = new Map(this.#scenes.map(({ id }, place) => [id, place]));
    this.#neighbours = this.#scenes.map(() => []);
  }

  addCouplings(couplings: readonly BundledCoupling[]): void {
    for (const { from, to, weight } of couplings) {
      const [place, other] = [this.#places.get(from), this.#places.get(to)];
      if (place === undefined || other === undefined) this.#outer += weight;
      else {
        this.#neighbours[place]?.push({ scene: other, weight });
        this.#inner += weight;
      }
    }
  }

  build(): Bundle {
    const scenes = this.#scenes;
    const figures = scenes.map(({ figure }) => parseFigureKey(figure));
    const commonestOf = (part: keyof Figure): Standing | null =>
      standings(figures.flatMap((figure) => (figure === null || figure[part] === NONE ? [] : [figure[part]])))[0] ??
      null;
    const [archetype, atmosphere, tension] = [
      commonestOf('archetype'),
      commonestOf('atmosphere'),
      commonestOf('tension'),
    ];
    const spans = spansOf(scenes);
    const agents = standings(scenes.flatMap(({ agent }) => (agent === null ? [] : [agent.entity])));
    const contexts = standings(scenes.flatMap(({ context }) => context.map(({ key }) => key)));
    const all = this.#inner / 2 + this.#outer;
    return {
      scenes: scenes.length,
      agents: agents.slice(0, STANDINGS_SHOWN),
      contexts: contexts.slice(0, STANDINGS_SHOWN),
      tension,
      atmosphere,
      archetype,
      figure: {
        archetype: archetype?.key ?? NONE,
        atmosphere: atmosphere?.key ?? NONE,
        tension: tension?.key ?? NONE,
      } as Figure,
      curve: curveOf(figures.map((figure) => figure?.tension ?? NONE)),
      spans: spans.slice(0, SPANS_SHOWN),
      documents: spans.length,
      coherence: all > 0 ? this.#inner / 2 / all : null,
      coupled: this.#neighbours.filter((some) => some.length > 0).length,
      summary: summaryOf(scenes, this.#neighbours, this.#inner / 2),
    };
  }
}

/** Documents as they are first met, each by position. */
const inTextOrder = (scenes: readonly BundledScene[]): readonly BundledScene[] => {
  const byDocument = Map.groupBy(scenes, ({ document }) => document);
  return [...byDocument.values()].flatMap((some) => some.toSorted((x, y) => x.position - y.position));
};

/** Each key with how often it stands, the commonest first, of equals the first by code units. */
const standings = (keys: readonly string[]): readonly Standing[] =>
  [...Map.groupBy(keys, (key) => key)]
    .map(([key, same]) => ({ key, scenes: same.length }))
    .sort((x, y) => y.scenes - x.scenes || (x.key < y.key ? -1 : 1));

const curveOf = (tensions: readonly string[]): readonly TensionStretch[] => {
  const count = Math.min(STRETCHES, tensions.length);
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * tensions.length) / count);
    const stretch = tensions.slice(from, Math.floor(((i + 1) * tensions.length) / count));
    const standing = stretch.filter((key) => key !== NONE);
    return {
      scenes: stretch.length,
      tense: standing.length / stretch.length,
      tension: standings(standing)[0] ?? null,
    };
  });
};

const spansOf = (scenes: readonly BundledScene[]): readonly BundleSpan[] =>
  [...Map.groupBy(scenes, ({ document }) => document).values()]
    .map((some): BundleSpan => {
      const [first, last] = [some[0] as BundledScene, some.at(-1) as BundledScene];
      const { document, documentName } = first;
      return {
        document,
        documentName,
        scenes: some.length,
        from: first.position,
        to: last.position,
        start: first.start,
        end: last.end,
      };
    })
    .sort((x, y) => y.scenes - x.scenes);

/**
 * The scenes that together carry most of the couplings: each time the one that carries most of what none of those before does
 * (Nemhauser, Wolsey & Fisher 1978: at least 1 − 1/e of the best choice). Three scenes that lean on the same ones would say
 * the same thing three times. Without couplings the first scene stands for all.
 */
const summaryOf = (
  scenes: readonly BundledScene[],
  neighbours: readonly (readonly Neighbour[])[],
  weight: number,
): BundleSummary => {
  const [first] = scenes;
  if (weight === 0) return { scenes: first === undefined ? [] : [first.id], carried: null };
  const gains = neighbours.map((some) => some.reduce((sum, one) => sum + one.weight, 0));
  const chosen = new Set<number>();
  let carried = 0;
  while (chosen.size < Math.min(SUMMARY_SCENES, scenes.length)) {
    const best = gains.reduce((most, gain, place) => (gain > (gains[most] ?? 0) ? place : most), 0);
    const gain = gains[best] ?? 0;
    if (gain <= GAIN_MIN) break;
    chosen.add(best);
    carried += gain;
    gains[best] = 0;
    for (const { scene, weight: one } of neighbours[best] ?? [])
      if (!chosen.has(scene)) gains[scene] = (gains[scene] ?? 0) - one;
  }
  const places = [...chosen].sort((x, y) => x - y);
  return { scenes: places.flatMap((place) => scenes[place]?.id ?? []), carried: Math.min(1, carried / weight) };
};

/** What rounding leaves where all is carried. */
const GAIN_MIN = 1e-9;
