/** Loads of shards and the least of them, in a tree of halves: a change and the answer take log₂ of their number. */
export class LoadTree {
  #loads: Float64Array;
  #leaves: number;
  /** At 1 the root, at i its children 2i and 2i + 1, the leaves from #leaves on: each the number of the emptiest below. */
  #emptiest: Int32Array;
  #shards: number;

  constructor(shards: number) {
    this.#shards = shards;
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(2, shards)));
    this.#loads = new Float64Array(this.#leaves).fill(Number.POSITIVE_INFINITY).fill(0, 0, shards);
    this.#emptiest = new Int32Array(2 * this.#leaves);
    this.#build();
  }

  get shards(): number {
    return this.#shards;
  }

  /** Of those equally empty the first. */
  get emptiest(): number {
    return this.#emptiest[1] as number;
  }

  load(shard: number): number {
    return this.#loads[shard] as number;
  }

  add(shard: number, scenes: number): void {
    this.#loads[shard] = this.load(shard) + scenes;
    for (let at = (this.#leaves + shard) >> 1; at > 0; at >>= 1) this.#emptiest[at] = this.#emptier(at);
  }

  /** To all shards at once. */
  addAll(scenes: Float64Array): void {
    for (let shard = 0; shard < this.#shards; shard += 1) this.#loads[shard] = this.load(shard) + (scenes[shard] ?? 0);
    this.#build();
  }

  /** @returns the number of a new, empty shard */
  open(): number {
    const shard = this.#shards++;
    if (shard >= this.#leaves) {
      const loads = new Float64Array(2 * this.#leaves).fill(Number.POSITIVE_INFINITY);
      loads.set(this.#loads);
      this.#leaves *= 2;
      this.#emptiest = new Int32Array(2 * this.#leaves);
      this.#loads = loads;
    }
    this.#loads[shard] = 0;
    this.#build();
    return shard;
  }

  all(): Float64Array {
    return this.#loads.slice(0, this.#shards);
  }

  #build(): void {
    for (let i = 0; i < this.#leaves; i += 1) this.#emptiest[this.#leaves + i] = i;
    for (let at = this.#leaves - 1; at > 0; at -= 1) this.#emptiest[at] = this.#emptier(at);
  }

  #emptier(at: number): number {
    const [left, right] = [this.#emptiest[2 * at] as number, this.#emptiest[2 * at + 1] as number];
    return this.load(right) < this.load(left) ? right : left;
  }
}
