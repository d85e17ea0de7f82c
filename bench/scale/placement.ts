import { seededRandom } from '../../src/collapse/leiden/random.ts';
import { LoadTree } from './load-tree.ts';

/**
 * Where a new corpus goes: to the shard of its hash, by the consistent hash of Lamping & Veach 2014, or to the emptiest.
 * Couplings never cross corpora, so a corpus lies whole on one shard.
 */
export type PlacementRule = 'hash' | 'emptiest';

export interface PlacementOptions {
  readonly seed: number;
  readonly rule: PlacementRule;
  /** Scenes that one shard can hold, and the share of it above which corpora are moved away. */
  readonly capacity: number;
  readonly fill: number;
  /** Shards at the start; more are added when all are full. */
  readonly shards: number;
  /** In so many equal steps every corpus grows from nothing to its size, from a step of its own on. */
  readonly steps: number;
}

export interface Placement {
  readonly shards: number;
  readonly shardOf: Int32Array;
  /** Scenes of each shard. */
  readonly loads: Float64Array;
  readonly fullest: number;
  readonly mean: number;
  readonly moves: number;
  /** Scenes that were moved, all moves together. */
  readonly movedScenes: number;
  /** Corpora that no shard can hold, and the scenes in them: each stands alone. */
  readonly tooLarge: number;
  readonly tooLargeScenes: number;
}

/** @returns 0 to buckets − 1; of one more bucket only those move that move to it (Lamping & Veach 2014) */
export const jumpHash = (key: number, buckets: number): number => {
  let state = (BigInt(key) + 1n) * 0x9e3779b97f4a7c15n;
  let [bucket, next] = [-1, 0];
  while (next < buckets) {
    bucket = next;
    state = BigInt.asUintN(64, state * 2862933555777941757n + 1n);
    next = Math.floor((bucket + 1) * (2 ** 31 / (Number(state >> 33n) + 1)));
  }
  return bucket;
};

/** Corpora on shards, from the first scene to the last. */
export const place = (sizes: Float64Array, options: PlacementOptions): Placement => new Placing(sizes, options).run();

class Placing {
  readonly #sizes: Float64Array;
  readonly #options: PlacementOptions;
  readonly #has: Float64Array;
  readonly #shardOf: Int32Array;
  readonly #loads: LoadTree;
  #moves = 0;
  #moved = 0;

  constructor(sizes: Float64Array, options: PlacementOptions) {
    this.#sizes = sizes;
    this.#options = options;
    this.#has = new Float64Array(sizes.length);
    this.#shardOf = new Int32Array(sizes.length).fill(-1);
    this.#loads = new LoadTree(options.shards);
  }

  run(): Placement {
    const { seed, steps } = this.#options;
    const random = seededRandom(seed);
    const begins = Float64Array.from(this.#sizes, () => Math.floor(random() * steps));
    for (let step = 0; step < steps; step += 1) {
      this.#growStanding(step, begins);
      for (let corpus = 0; corpus < begins.length; corpus += 1) if (begins[corpus] === step) this.#begin(corpus, step);
      for (let shard = 0; shard < this.#loads.shards; shard += 1) this.#relieve(shard);
    }
    return this.#result();
  }

  /** All corpora that have been begun already, by as much as in each step since. */
  #growStanding(step: number, begins: Float64Array): void {
    const grown = new Float64Array(this.#loads.shards);
    for (let corpus = 0; corpus < begins.length; corpus += 1) {
      const begin = begins[corpus] as number;
      if (begin >= step) continue;
      const more = (this.#sizes[corpus] as number) / (this.#options.steps - begin);
      this.#has[corpus] = (this.#has[corpus] as number) + more;
      const shard = this.#shardOf[corpus] as number;
      grown[shard] = (grown[shard] as number) + more;
    }
    this.#loads.addAll(grown);
  }

  #begin(corpus: number, step: number): void {
    const shard = this.#choose(corpus);
    const first = (this.#sizes[corpus] as number) / (this.#options.steps - step);
    this.#shardOf[corpus] = shard;
    this.#has[corpus] = first;
    this.#loads.add(shard, first);
  }

  #choose(corpus: number): number {
    return this.#options.rule === 'hash' ? jumpHash(corpus, this.#options.shards) : this.#loads.emptiest;
  }

  /** The largest corpora leave first, so that few are moved; the last that is left stays, full or not. */
  #relieve(shard: number): void {
    const limit = this.#options.capacity * this.#options.fill;
    if (this.#loads.load(shard) <= limit) return;
    const own: number[] = [];
    for (let corpus = 0; corpus < this.#shardOf.length; corpus += 1)
      if (this.#shardOf[corpus] === shard) own.push(corpus);
    own.sort((x, y) => (this.#has[y] as number) - (this.#has[x] as number));
    for (const [i, corpus] of own.entries()) {
      if (this.#loads.load(shard) <= limit || i === own.length - 1) return;
      this.#move(corpus, shard, limit);
    }
  }

  #move(corpus: number, from: number, limit: number): void {
    const size = this.#has[corpus] as number;
    const { emptiest } = this.#loads;
    const fits = emptiest !== from && this.#loads.load(emptiest) + size <= limit;
    const to = fits ? emptiest : this.#loads.open();
    this.#loads.add(from, -size);
    this.#loads.add(to, size);
    this.#shardOf[corpus] = to;
    this.#moves += 1;
    this.#moved += size;
  }

  #result(): Placement {
    const loads = this.#loads.all();
    const large = this.#sizes.filter((size) => size > this.#options.capacity);
    const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);
    return {
      shards: loads.length,
      shardOf: this.#shardOf,
      loads,
      fullest: loads.reduce((most, load) => Math.max(most, load), 0),
      mean: sum(loads) / loads.length,
      ...{ moves: this.#moves, movedScenes: this.#moved, tooLarge: large.length, tooLargeScenes: sum(large) },
    };
  }
}
