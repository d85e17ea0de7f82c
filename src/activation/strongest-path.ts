import { HypersceneError } from '../errors.ts';
import type { Neighbour } from '../scene/coupling.ts';
import type { SceneId } from '../scene/scene.ts';
import { NearestFirst } from './nearest-first.ts';
import type { NeighboursOf } from './spread.ts';

export interface PathOptions {
  /** Scenes whose neighbours are asked for: 1 to {@link PATH_TOUCHED_MAX}, by default {@link PATH_TOUCHED_MAX_DEFAULT}. */
  readonly touchedMax?: number | undefined;
}

/** 20 rounds of {@link BATCH}. */
export const PATH_TOUCHED_MAX_DEFAULT = 10_000;
export const PATH_TOUCHED_MAX = 100_000;

export interface StrongestPath {
  /** From the one end to the other, both counted in; null where nothing joins them, or none was found up to the limit. */
  readonly scenes: readonly SceneId[] | null;
  /** The product of its weights, 0 to 1; 0 without a path. */
  readonly weight: number;
  /** Scenes whose neighbours were asked for. */
  readonly touched: number;
  /** The limit kept it from going on: there may be a path, or a stronger one. */
  readonly truncated: boolean;
}

/** Scenes asked about at once, at most. */
const BATCH = 500;
/** And in the beginning: near ends are found with few. */
const BATCH_MIN = 16;

/**
 * The strongest path between two scenes: that whose weights have the greatest product. A weight is a probability that two
 * scenes hang together (reasons are joined by noisy or), so that it is the most reliable path; with −ln(weight) as the length
 * of a coupling it is the shortest one (Dijkstra 1959). It is sought from both ends at once, always from that whose next scene
 * is nearer, until the two radii together exceed the best path there is (Pohl 1971, Nicholson 1966).
 *
 * The store is asked for the neighbours of many scenes at once: for those of the nearest that wait, as many as were asked for
 * before, so that no more than twice what is needed is read. Of equally strong paths the same one is found in every store.
 * @throws HypersceneError BAD_ARGUMENT
 */
export const strongestPath = async (
  from: SceneId,
  to: SceneId,
  neighboursOf: NeighboursOf,
  { touchedMax = PATH_TOUCHED_MAX_DEFAULT }: PathOptions = {},
): Promise<StrongestPath> => {
  if (!Number.isInteger(touchedMax) || touchedMax < 1 || touchedMax > PATH_TOUCHED_MAX)
    throw new HypersceneError('BAD_ARGUMENT', 'bad budget of a path', {
      expected: `1 to ${PATH_TOUCHED_MAX} scenes`,
      came: String(touchedMax),
    });
  const search = new BidirectionalSearch(from, to);
  let truncated = false;
  while (search.advance()) {
    const asked = search.wanted(Math.min(BATCH, Math.max(BATCH_MIN, search.touched), touchedMax - search.touched));
    truncated = asked.length === 0;
    if (truncated) break;
    const found = await neighboursOf(asked);
    for (const [i, id] of asked.entries()) search.learn(id, found[i] ?? []);
  }
  return { ...search.best(), touched: search.touched, truncated };
};

interface Reached {
  readonly key: SceneId;
  readonly length: number;
}

/** The search from one end. */
class Side {
  readonly lengths = new Map<SceneId, number>();
  readonly via = new Map<SceneId, SceneId>();
  readonly waiting = new NearestFirst<Reached>();
  readonly #settled = new Set<SceneId>();

  constructor(start: SceneId) {
    this.reach(start, 0, null);
  }

  reach(key: SceneId, length: number, via: SceneId | null): void {
    const known = this.lengths.get(key) ?? Number.POSITIVE_INFINITY;
    if (length > known || this.#settled.has(key)) return;
    // Of equally short ways that by the lesser id, in whatever order neighbours come.
    if (via !== null && (length < known || via < (this.via.get(key) ?? ''))) this.via.set(key, via);
    if (length === known) return;
    this.lengths.set(key, length);
    this.waiting.add({ key, length });
  }

  /** How far the nearest scene is whose neighbours were not looked at yet; infinite for none. */
  get radius(): number {
    return this.next?.length ?? Number.POSITIVE_INFINITY;
  }

  get next() {
    for (let first = this.waiting.first; first !== undefined; first = this.waiting.first) {
      if (!this.#settled.has(first.key)) return first;
      this.waiting.removeFirst();
    }
    return undefined;
  }

  settle(id: SceneId): void {
    this.#settled.add(id);
    this.waiting.removeFirst();
  }

  wayTo(id: SceneId): readonly SceneId[] {
    const way = [id];
    for (let at = this.via.get(id); at !== undefined; at = this.via.get(at)) way.push(at);
    return way;
  }
}

class BidirectionalSearch {
  readonly #forward: Side;
  readonly #backward: Side;
  readonly #neighbours = new Map<SceneId, readonly Neighbour[]>();
  #meeting: SceneId | null = null;
  #length = Number.POSITIVE_INFINITY;

  constructor(from: SceneId, to: SceneId) {
    this.#forward = new Side(from);
    this.#backward = new Side(to);
    if (from === to) this.#meet(from, 0);
  }

  get touched(): number {
    return this.#neighbours.size;
  }

  learn(id: SceneId, neighbours: readonly Neighbour[]): void {
    this.#neighbours.set(id, neighbours);
  }

  /** Goes on as far as neighbours are known. @returns whether more of them are needed */
  advance(): boolean {
    while (this.#forward.radius + this.#backward.radius < this.#length) {
      const [side, other] =
        this.#forward.radius <= this.#backward.radius
          ? [this.#forward, this.#backward]
          : [this.#backward, this.#forward];
      const next = side.next;
      const neighbours = next && this.#neighbours.get(next.key);
      if (next === undefined || neighbours === undefined) return true;
      side.settle(next.key);
      for (const { id, weight } of neighbours) {
        // One of no weight joins nothing.
        if (weight <= 0) continue;
        const length = next.length - Math.log(weight);
        side.reach(id, length, next.key);
        this.#meet(id, length + (other.lengths.get(id) ?? Number.POSITIVE_INFINITY));
      }
    }
    return false;
  }

  #meet(id: SceneId, length: number): void {
    if (length > this.#length || length === Number.POSITIVE_INFINITY) return;
    if (length === this.#length && this.#meeting !== null && this.#meeting <= id) return;
    this.#length = length;
    this.#meeting = id;
  }

  /** The nearest scenes of either side whose neighbours are not known, that which is needed first among them. */
  wanted(count: number): readonly SceneId[] {
    const unknown = new Set<SceneId>();
    const sides = [this.#forward, this.#backward].map(({ waiting }) => waiting.inOrder());
    const heads = sides.map((side) => side.next().value);
    while (unknown.size < count) {
      const [x, y] = heads;
      const nearer = y === undefined || (x !== undefined && x.length <= y.length) ? 0 : 1;
      const head = heads[nearer];
      if (head === undefined) break;
      if (!this.#neighbours.has(head.key)) unknown.add(head.key);
      heads[nearer] = sides[nearer]?.next().value;
    }
    return [...unknown];
  }

  best(): Pick<StrongestPath, 'scenes' | 'weight'> {
    if (this.#meeting === null) return { scenes: null, weight: 0 };
    const [there, back] = [this.#forward.wayTo(this.#meeting), this.#backward.wayTo(this.#meeting)];
    return { scenes: [...there.toReversed(), ...back.slice(1)], weight: Math.exp(-this.#length) };
  }
}
