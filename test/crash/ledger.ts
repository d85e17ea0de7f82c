import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { allItems } from '../conformance/all-pages.ts';
import { dump } from '../conformance/isolation.ts';
import { inconsistencies } from '../store/consistency.ts';
import { LANES, laneWorkspace, perform } from './operations.ts';

/** What came of one kill. */
export interface Verdict {
  /** Operations whose acknowledgement was read before the kill. */
  readonly acknowledged: number;
  /** Operations that had begun to write and were not acknowledged. */
  readonly underWay: number;
  /** Of these, those that were found done. */
  readonly committed: number;
  /** Lanes in which the store is neither as acknowledged nor one operation further. */
  readonly lost: number;
  /** What does not hold in the graph, in words. */
  readonly halves: readonly string[];
}

/**
 * What a store must hold: a model in memory does each operation that was acknowledged. An operation that was begun and not
 * acknowledged may be done or not, as a whole; the next writer does it again, and so does the model.
 */
export class Ledger {
  readonly #model = openMemoryStore();
  /** The first operation of each lane that was not acknowledged. */
  readonly #next: number[] = Array.from({ length: LANES }, () => 0);

  get next(): readonly number[] {
    return [...this.#next];
  }

  /** Compares a store, opened again, with what its last writer told. */
  async judge(database: GraphDatabase, lines: readonly string[]): Promise<Verdict> {
    let [acknowledged, underWay, committed, lost] = [0, 0, 0, 0];
    const halves: string[] = [];
    for (let lane = 0; lane < LANES; lane++) {
      const count = countOf(lines, `ack ${lane} `);
      const begun = countOf(lines, `begin ${lane} `) > count;
      acknowledged += count;
      if (begun) underWay += 1;
      await this.#advance(lane, count);
      const store = database.workspace(laneWorkspace(lane));
      halves.push(...(await inconsistencies(store)));
      const outcome = await this.#compare(store, lane, begun);
      if (outcome === 'further') committed += 1;
      if (outcome === 'lost') lost += 1;
    }
    return { acknowledged, underWay, committed, lost, halves };
  }

  async #advance(lane: number, count: number): Promise<void> {
    const first = this.#next[lane] ?? 0;
    const model = this.#model.workspace(laneWorkspace(lane));
    for (let i = first; i < first + count; i++) await perform(model, lane, i);
    this.#next[lane] = first + count;
  }

  async #compare(store: GraphStore, lane: number, begun: boolean): Promise<'same' | 'further' | 'lost'> {
    const model = this.#model.workspace(laneWorkspace(lane));
    const found = await contentOf(store);
    if (found === (await contentOf(model))) return 'same';
    if (!begun) return 'lost';
    await perform(model, lane, this.#next[lane] ?? 0);
    return found === (await contentOf(model)) ? 'further' : 'lost';
  }
}

const countOf = (lines: readonly string[], beginning: string): number =>
  lines.filter((line) => line.startsWith(beginning)).length;

/** JSON whose keys stand in one order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([x], [y]) => (x < y ? -1 : 1)))
      : one,
  );

/** All that a workspace holds, in a form to compare; of revisions only whether the collapse is stale, since an operation done again counts one. */
const contentOf = async (store: GraphStore): Promise<string> => {
  const corpora = await allItems((page) => store.corpora(page));
  const dumps = [];
  for (const { name } of corpora) dumps.push(await dump(store, name));
  return canonical({
    corpora: corpora.map(({ revision, collapsedRevision, ...rest }) => ({
      ...rest,
      stale: collapsedRevision === null ? null : collapsedRevision < revision,
    })),
    dumps,
    hypertokens: await allItems((page) => store.hypertokens({}, page), 1000),
    occurrences: await allItems((page) => store.occurrences({}, page), 1000),
  });
};
