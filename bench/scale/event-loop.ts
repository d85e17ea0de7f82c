/** What happens at a moment, s from the start. */
type Event = () => void;

interface Entry {
  readonly at: number;
  /** Events of one moment happen in the order in which they were put: else a run could not be repeated exactly. */
  readonly order: number;
  readonly act: Event;
}

const before = (x: Entry, y: Entry): boolean => x.at < y.at || (x.at === y.at && x.order < y.order);

/** A clock that jumps from event to event, kept in a binary heap (Williams 1964). */
export class EventLoop {
  readonly #heap: Entry[] = [];
  #now = 0;
  #put = 0;

  /** s */
  get now(): number {
    return this.#now;
  }

  /** @param delay s from now, 0 or more */
  after(delay: number, act: Event): void {
    if (!(delay >= 0)) throw new Error(`event: expected a delay of 0 or more, came ${delay}`);
    const entry = { at: this.#now + delay, order: this.#put++, act };
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Entry;
      if (!before(entry, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  /** Until nothing is left to happen, or `isDone` says so. */
  run(isDone: () => boolean = () => false): void {
    while (!isDone()) {
      const next = this.#take();
      if (next === undefined) return;
      this.#now = next.at;
      next.act();
    }
  }

  #take(): Entry | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Entry, heap[child] as Entry)) child += 1;
      if (!before(heap[child] as Entry, last)) break;
      heap[at] = heap[child] as Entry;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}
