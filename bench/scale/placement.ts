import { seededRandom, shuffled } from '../../src/collapse/leiden/random.ts';

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
  readonly #loads: number[];
  readonly #corporaOf: Set<number>[];
  #moves = 0;
  #moved = 0;

  constructor(sizes: Float64Array, options: PlacementOptions) {
    this.#sizes = sizes;
    this.#options = options;
    this.#has = new Float64Array(sizes.length);
    this.#shardOf = new Int32Array(sizes.length).fill(-1);
    this.#loads = Array.from({ length: options.shards }, () => 0);
    this.#corporaOf = Array.from({ length: options.shards }, () => new Set());
  }

  run(): Placement {
    const { seed, steps } = this.#options;
    const random = seededRandom(seed);
    const begins = Float64Array.from(this.#sizes, () => Math.floor(random() * steps));
    const order = shuffled(this.#sizes.length, random);
    for (let step = 0; step < steps; step += 1) {
      for (const corpus of order) if ((begins[corpus] as number) <= step) this.#grow(corpus, step, begins);
      for (let shard = 0; shard < this.#loads.length; shard += 1) this.#relieve(shard);
    }
    return this.#result();
  }

  #grow(corpus: number, step: number, begins: Float64Array): void {
    const begin = begins[corpus] as number;
    const size = this.#sizes[corpus] as number;
    const now = (size * (step + 1 - begin)) / (this.#options.steps - begin);
    if (this.#shardOf[corpus] === -1) this.#put(corpus, this.#choose(corpus));
    const shard = this.#shardOf[corpus] as number;
    this.#loads[shard] = (this.#loads[shard] as number) + now - (this.#has[corpus] as number);
    this.#has[corpus] = now;
  }

  #choose(corpus: number): number {
    return this.#options.rule === 'hash' ? jumpHash(corpus, this.#options.shards) : this.#emptiest();
  }

  #emptiest(): number {
    let best = 0;
    for (let shard = 1; shard < this.#loads.length; shard += 1)
      if ((this.#loads[shard] as number) < (this.#loads[best] as number)) best = shard;
    return best;
  }

  #put(corpus: number, shard: number): void {
    this.#shardOf[corpus] = shard;
    this.#corporaOf[shard]?.add(corpus);
  }

  /** The largest corpora leave first, so that few are moved; the last that is left stays, full or not. */
  #relieve(shard: number): void {
    const limit = this.#options.capacity * this.#options.fill;
    if ((this.#loads[shard] as number) <= limit) return;
    const own = [...(this.#corporaOf[shard] ?? [])].sort((x, y) => (this.#has[y] as number) - (this.#has[x] as number));
    for (const corpus of own) {
      if ((this.#loads[shard] as number) <= limit || this.#corporaOf[shard]?.size === 1) return;
      this.#move(corpus, shard, limit);
    }
  }

  #move(corpus: number, from: number, limit: number): void {
    const size = this.#has[corpus] as number;
    let to = this.#emptiest();
    if (to === from || (this.#loads[to] as number) + size > limit) {
      to = this.#loads.push(0) - 1;
      this.#corporaOf.push(new Set());
    }
    this.#corporaOf[from]?.delete(corpus);
    this.#loads[from] = (this.#loads[from] as number) - size;
    this.#put(corpus, to);
    this.#loads[to] = (this.#loads[to] as number) + size;
    this.#moves += 1;
    this.#moved += size;
  }

  #result(): Placement {
    const loads = Float64Array.from(this.#loads);
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
