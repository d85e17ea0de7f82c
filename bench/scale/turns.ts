/** First come, first served. */
export class Fifo<Item> {
  #items: Item[] = [];
  #from = 0;

  get length(): number {
    return this.#items.length - this.#from;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  /** To the front: what is tried again. */
  unshift(item: Item): void {
    if (this.#from > 0) this.#items[--this.#from] = item;
    else this.#items.unshift(item);
  }

  shift(): Item | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#from++];
    if (this.#from > 1024 && this.#from * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#from);
      this.#from = 0;
    }
    return item;
  }
}
