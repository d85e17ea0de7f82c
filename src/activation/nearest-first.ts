/** Something that waits at a length; of equal lengths the lesser key comes first. */
export interface Waiting {
  readonly key: string;
  readonly length: number;
}

const comesBefore = (x: Waiting, y: Waiting): boolean =>
  x.length < y.length || (x.length === y.length && x.key < y.key);

/** A binary heap (Williams 1964): what is nearest comes out first. */
export class NearestFirst<T extends Waiting> {
  readonly #items: T[] = [];

  get first(): T | undefined {
    return this.#items[0];
  }

  add(item: T): void {
    let at = this.#items.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = this.#items[above] as T;
      if (!comesBefore(item, other)) break;
      this.#items[at] = other;
      at = above;
    }
    this.#items[at] = item;
  }

  removeFirst(): void {
    const last = this.#items.pop();
    if (last === undefined || this.#items.length === 0) return;
    let at = 0;
    while (true) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const [x, y] = [this.#items[left], this.#items[right]];
      const below = x !== undefined && y !== undefined && comesBefore(y, x) ? right : left;
      const other = this.#items[below];
      if (other === undefined || !comesBefore(other, last)) break;
      this.#items[at] = other;
      at = below;
    }
    this.#items[at] = last;
  }

  /** All of them, nearest first, without taking any: the first k in time that grows with k and not with how many wait. */
  *inOrder(): Generator<T> {
    const next = new NearestFirst<Waiting & { readonly at: number }>();
    const push = (at: number): void => {
      const item = this.#items[at];
      if (item !== undefined) next.add({ key: item.key, length: item.length, at });
    };
    push(0);
    for (let found = next.first; found !== undefined; found = next.first) {
      next.removeFirst();
      push(2 * found.at + 1);
      push(2 * found.at + 2);
      yield this.#items[found.at] as T;
    }
  }
}
