import type { OpenSpan, Tracing } from './tracing.ts';

interface Group {
  readonly span: OpenSpan;
  /** How often it was done. */
  count: number;
  /** By `performance.now()`, of the last that was waited for; null while none was. */
  settled: number | null;
}

/**
 * Spans for what is done many times within one operation, such as a field of every node of a page: one for all of them, from
 * the first to the end of the last, with their count. What nobody had to wait for gets none.
 */
export class SpanGroups {
  readonly #tracing: Tracing;
  readonly #groups = new Map<string, Group>();

  constructor(tracing: Tracing) {
    this.#tracing = tracing;
  }

  /** @param key of the group; its name and parent are those of the first time */
  run<T>(key: string, name: string, parent: OpenSpan, work: () => T): T {
    const group = this.#open(key, name, parent);
    group.count++;
    const result = group.span.run(work);
    if (result instanceof Promise) void result.then(...settle(group));
    return result;
  }

  /** That of a group which was waited for, and so will be sent. */
  awaitedSpanOf(key: string): OpenSpan | undefined {
    const group = this.#groups.get(key);
    return group?.settled === null ? undefined : group?.span;
  }

  /** Ends them all. */
  end(): void {
    for (const { span, count, settled } of this.#groups.values()) {
      // A span that is never ended is never sent.
      if (settled === null) continue;
      span.set({ 'hyperscene.count': count });
      span.end(settled);
    }
    this.#groups.clear();
  }

  #open(key: string, name: string, parent: OpenSpan): Group {
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const group = { span: parent.run(() => this.#tracing.start(name, 'internal')), count: 0, settled: null };
    this.#groups.set(key, group);
    return group;
  }
}

const settle = (group: Group): [() => void, () => void] => {
  const mark = (): void => {
    group.settled = performance.now();
  };
  return [mark, mark];
};
