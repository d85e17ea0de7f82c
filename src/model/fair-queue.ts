/**
 * What waits, taken in turns among those who asked, and of each in the order in which they did. So one who asks for a thousand things delays
 * another's first by one turn.
 */
export class FairQueue<Item> {
  /** Whose turn it is comes first. */
  readonly #lines = new Map<string, Item[]>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(client: string, item: Item): void {
    const line = this.#lines.get(client);
    if (line === undefined) this.#lines.set(client, [item]);
    else line.push(item);
    this.#length += 1;
  }

  /** Before all others of the client, whose turn it is then: for one that lost its place by no fault of its own. */
  putBack(client: string, item: Item): void {
    const line = this.#lines.get(client) ?? [];
    const others = [...this.#lines].filter(([other]) => other !== client);
    this.#lines.clear();
    this.#lines.set(client, [item, ...line]);
    for (const [other, items] of others) this.#lines.set(other, items);
    this.#length += 1;
  }

  /** The next, which stays where it is. */
  peek(): Item | undefined {
    for (const [first] of this.#lines.values()) return first;
    return undefined;
  }

  take(): Item | undefined {
    for (const [client, line] of this.#lines) {
      const item = line.shift();
      this.#lines.delete(client);
      if (line.length > 0) this.#lines.set(client, line);
      if (item === undefined) continue;
      this.#length -= 1;
      return item;
    }
    return undefined;
  }

  /** @returns whether it was there */
  remove(client: string, item: Item): boolean {
    const line = this.#lines.get(client);
    const at = line?.indexOf(item) ?? -1;
    if (line === undefined || at === -1) return false;
    line.splice(at, 1);
    if (line.length === 0) this.#lines.delete(client);
    this.#length -= 1;
    return true;
  }

  /** Empties it. */
  takeAll(): readonly Item[] {
    const all = [...this.#lines.values()].flat();
    this.#lines.clear();
    this.#length = 0;
    return all;
  }
}
