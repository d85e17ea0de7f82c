import { HypersceneError } from '../errors.ts';
import type { Neighbour } from '../scene/coupling.ts';
import type { SceneId } from '../scene/scene.ts';

/** The neighbours of each scene, in the order of the ids; none for a scene without, or that is gone. */
export type NeighboursOf = (ids: readonly SceneId[]) => Promise<readonly (readonly Neighbour[])[]>;

export interface SpreadOptions {
  /** α: the share of what reaches a scene that stays there; the rest goes on over its couplings. 0.15 by default. */
  readonly alpha?: number | undefined;
  /** ε: a scene whose residual is at most ε × its weighted degree passes nothing on. {@link EPSILON_DEFAULT}. */
  readonly epsilon?: number | undefined;
  /** What a degree counts as at least, where it is compared with a residual; 0 by default. */
  readonly degreeMin?: number | undefined;
  /** Scenes whose neighbours are asked for, at most. {@link TOUCHED_MAX_DEFAULT}. */
  readonly touchedMax?: number | undefined;
  /** Times that neighbours are asked for, at most. {@link ROUNDS_MAX_DEFAULT}. */
  readonly roundsMax?: number | undefined;
}

export interface Spread {
  /**
   * By falling score, then id; never above the exact one. Unless it was truncated, each is at most ε × its degree below it,
   * or as many times that as `degreeMin` is above the least degree there is.
   */
  readonly scores: ReadonlyMap<SceneId, number>;
  /** What was not passed on. Scores and residuals add up to 1. */
  readonly residuals: ReadonlyMap<SceneId, number>;
  /** The sum of the residuals. */
  readonly residual: number;
  /** Weighted degree of each scene whose neighbours were asked for. */
  readonly degrees: ReadonlyMap<SceneId, number>;
  /** And those neighbours, by id. */
  readonly neighbours: ReadonlyMap<SceneId, readonly Neighbour[]>;
  readonly rounds: number;
  /** The sum of the weighted degrees of all scenes that passed something on, each time they did: at most 1 ÷ (α ε). */
  readonly work: number;
  /** Which limit kept it from going on; null when none did. */
  readonly truncated: 'touched' | 'rounds' | null;
}

/** Restart as in Page et al. 1999. */
export const ALPHA_DEFAULT = 0.15;
export const EPSILON_DEFAULT = 1e-3;
export const TOUCHED_MAX_DEFAULT = 400;
export const ROUNDS_MAX_DEFAULT = 16;

/**
 * Personalised PageRank by forward push (Andersen, Chung, Lang 2006, "Local graph partitioning using PageRank vectors"),
 * with the plain walk in place of the lazy one: a scene keeps α of its residual as score and parts the rest among its
 * neighbours by weight. A scene without couplings keeps all.
 *
 * What is known is pushed until nothing exceeds; then the neighbours of all unknown scenes that may exceed are asked for at
 * once. A round so reaches one coupling further out, and a store is asked as often as the activation is wide. What a scene
 * not asked for yet is coupled with already bounds its degree from below: it is asked for only when its residual exceeds that.
 * Most of those turn out to have a greater degree and were asked for in vain; `degreeMin` spares them.
 * @param seeds where it starts, and with which share; shares above 0 of any sum
 * @throws HypersceneError BAD_ARGUMENT
 */
export const spread = async (
  seeds: ReadonlyMap<SceneId, number>,
  neighboursOf: NeighboursOf,
  options: SpreadOptions = {},
): Promise<Spread> => {
  const limits = checkedOptions(options);
  const push = new ForwardPush(checkedSeeds(seeds), limits);
  let rounds = 0;
  let truncated: Spread['truncated'] = null;
  while (true) {
    push.run();
    const wanted = push.wanted();
    const asked = wanted.slice(0, limits.touchedMax - push.degrees.size);
    if (asked.length < wanted.length) truncated = 'touched';
    if (asked.length === 0) break;
    if (rounds === limits.roundsMax) {
      truncated = 'rounds';
      break;
    }
    rounds += 1;
    const found = await neighboursOf(asked);
    for (const [i, id] of asked.entries()) push.learn(id, found[i] ?? []);
  }
  const residual = sum(push.residuals.values());
  const { residuals, degrees, neighbours, work } = push;
  return { scores: byScore(push.scores), residuals, residual, degrees, neighbours, rounds, work, truncated };
};

class ForwardPush {
  readonly scores = new Map<SceneId, number>();
  readonly residuals: Map<SceneId, number>;
  readonly degrees = new Map<SceneId, number>();
  /** By id, so that sums do not depend on the order in which a store gives them. */
  readonly neighbours = new Map<SceneId, readonly Neighbour[]>();
  work = 0;
  readonly #alpha: number;
  readonly #epsilon: number;
  readonly #degreeMin: number;
  /** Of scenes not asked for: the weight of the couplings by which they are known. */
  readonly #knownWeights = new Map<SceneId, number>();
  /** Scenes that may exceed, first in first out; a scene stands in it once at most. */
  #queue: SceneId[] = [];
  readonly #queued = new Set<SceneId>();

  constructor(seeds: Map<SceneId, number>, { alpha, epsilon, degreeMin }: CheckedOptions) {
    this.residuals = seeds;
    this.#alpha = alpha;
    this.#epsilon = epsilon;
    this.#degreeMin = degreeMin;
  }

  /** Pushes what is known until nothing of it exceeds. */
  run(): void {
    while (this.#queue.length > 0) {
      const queue = this.#queue;
      this.#queue = [];
      for (const id of queue) {
        this.#queued.delete(id);
        this.#push(id);
      }
    }
  }

  /** Scenes to ask for, the greatest residual first. */
  wanted(): readonly SceneId[] {
    return [...this.residuals]
      .filter(([id, residual]) => !this.neighbours.has(id) && this.#exceeds(residual, this.#knownWeights.get(id) ?? 0))
      .sort(descending)
      .map(([id]) => id);
  }

  learn(id: SceneId, given: readonly Neighbour[]): void {
    const neighbours = given.toSorted((x, y) => (x.id < y.id ? -1 : 1));
    const degree = sum(neighbours.map(({ weight }) => weight));
    this.degrees.set(id, degree);
    this.neighbours.set(id, neighbours);
    this.#knownWeights.delete(id);
    for (const { id: other, weight } of neighbours)
      if (!this.neighbours.has(other)) this.#knownWeights.set(other, (this.#knownWeights.get(other) ?? 0) + weight);
    this.#enqueue(id);
  }

  #exceeds(residual: number, degree: number): boolean {
    return residual > this.#epsilon * Math.max(degree, this.#degreeMin);
  }

  #enqueue(id: SceneId): void {
    if (this.#queued.has(id)) return;
    this.#queued.add(id);
    this.#queue.push(id);
  }

  #push(id: SceneId): void {
    const [neighbours, degree] = [this.neighbours.get(id), this.degrees.get(id) ?? 0];
    const residual = this.residuals.get(id) ?? 0;
    if (neighbours === undefined || !this.#exceeds(residual, degree)) return;
    const kept = degree === 0 ? residual : this.#alpha * residual;
    this.scores.set(id, (this.scores.get(id) ?? 0) + kept);
    this.residuals.delete(id);
    this.work += degree;
    for (const { id: other, weight } of neighbours) {
      this.residuals.set(other, (this.residuals.get(other) ?? 0) + ((residual - kept) * weight) / degree);
      if (this.neighbours.has(other)) this.#enqueue(other);
    }
  }
}

const sum = (numbers: Iterable<number>): number => {
  let total = 0;
  for (const n of numbers) total += n;
  return total;
};

const descending = ([x, a]: readonly [SceneId, number], [y, b]: readonly [SceneId, number]): number =>
  b - a || (x < y ? -1 : 1);

const byScore = (scores: ReadonlyMap<SceneId, number>): ReadonlyMap<SceneId, number> =>
  new Map([...scores].sort(descending));

/** Shares that add up to 1, by id. */
const checkedSeeds = (seeds: ReadonlyMap<SceneId, number>): Map<SceneId, number> => {
  const ordered = [...seeds].sort(([x], [y]) => (x < y ? -1 : 1));
  const total = sum(ordered.map(([, share]) => share));
  if (ordered.length === 0 || !ordered.every(([, share]) => share > 0) || !Number.isFinite(total))
    throw new HypersceneError('BAD_ARGUMENT', 'bad seeds', {
      expected: 'one or more, each with a share above 0',
      came: ordered.length === 0 ? 'none' : ordered.map(([, share]) => share).join(', '),
    });
  return new Map(ordered.map(([id, share]) => [id, share / total]));
};

type CheckedOptions = Readonly<Record<keyof SpreadOptions, number>>;

const checkedOptions = ({ alpha, epsilon, degreeMin, touchedMax, roundsMax }: SpreadOptions): CheckedOptions => {
  const options = {
    alpha: alpha ?? ALPHA_DEFAULT,
    epsilon: epsilon ?? EPSILON_DEFAULT,
    degreeMin: degreeMin ?? 0,
    touchedMax: touchedMax ?? TOUCHED_MAX_DEFAULT,
    roundsMax: roundsMax ?? ROUNDS_MAX_DEFAULT,
  };
  const refuse = (name: keyof SpreadOptions, expected: string): never => {
    throw new HypersceneError('BAD_ARGUMENT', `bad ${name}`, { expected, came: String(options[name]) });
  };
  if (!(options.alpha > 0 && options.alpha < 1)) refuse('alpha', 'above 0 and below 1');
  if (!(options.epsilon > 0 && options.epsilon < 1)) refuse('epsilon', 'above 0 and below 1');
  if (!(options.degreeMin >= 0 && Number.isFinite(options.degreeMin))) refuse('degreeMin', '0 or above');
  for (const name of ['touchedMax', 'roundsMax'] as const)
    if (!(Number.isSafeInteger(options[name]) && options[name] >= 1)) refuse(name, 'a whole number from 1 on');
  return options;
};
