import { type StandingCollapse, StandingCollapseBuilder } from '../collapse/standing-collapse.ts';
import type { Digest } from '../scene/digest.ts';
import { type Code, formatOccurrence, type OccurrencePart, type OccurrenceRef } from '../scene/hypertoken.ts';
import type { CorpusName } from '../scene/name.ts';
import type { SceneId } from '../scene/scene.ts';
import type { GraphStore } from '../store/graph-store.ts';
import { PAGE_MAX } from '../store/graph-store.ts';
import { pagesOf } from '../store/pages.ts';

export interface StandingRequest {
  readonly corpus: CorpusName;
  /** The number of a scene in the graph; undefined for one that is not in it. */
  readonly numberOf: (scene: SceneId) => number | undefined;
  readonly scenes: number;
  readonly resolutions: readonly number[];
  readonly signal?: AbortSignal | undefined;
}

/** An occurrence whose holder is looked for. */
interface Placed {
  readonly ref: OccurrenceRef;
  readonly number: number;
}

/** What stands above level 0: its motifs page by page, then all that holds them, two calls of the store a thousand parts. */
export const loadStanding = async (store: GraphStore, request: StandingRequest): Promise<StandingCollapse> => {
  const { corpus, numberOf, scenes, resolutions, signal } = request;
  const loader = new StandingLoader(store, scenes);
  const placed: Placed[] = [];
  for await (const page of pagesOf((at) => store.occurrences({ corpus, level: 1 }, at), signal)) {
    const motifs = page.filter(({ level }) => level === 1);
    const numbers = await loader.number(motifs);
    for (const [i, motif] of motifs.entries())
      for (const scene of motif.scenes) loader.hold(numberOf(scene), numbers[i] as number);
    const lone = page.flatMap((one) => {
      const number = one.level === 0 ? numberOf(one.first) : undefined;
      return number === undefined ? [] : [{ ref: one, number }];
    });
    placed.push(...motifs.map((ref, i) => ({ ref, number: numbers[i] as number })), ...lone);
  }
  for (let parts: readonly Placed[] = placed; parts.length > 0; ) parts = await loader.climb(parts, signal);
  return loader.build(resolutions);
};

class StandingLoader {
  readonly #store: GraphStore;
  readonly #builder: StandingCollapseBuilder;
  readonly #numbers = new Map<string, number>();
  readonly #digests = new Map<Code, Digest>();

  constructor(store: GraphStore, scenes: number) {
    this.#store = store;
    this.#builder = new StandingCollapseBuilder(scenes);
  }

  hold(part: number | undefined, holder: number): void {
    if (part !== undefined) this.#builder.hold(part, holder);
  }

  build(resolutions: readonly number[]): StandingCollapse {
    return this.#builder.build(resolutions);
  }

  /** Those met for the first time get the next numbers. */
  async number(occurrences: readonly (OccurrenceRef & { readonly level: number })[]): Promise<readonly number[]> {
    const codes = [...new Set(occurrences.map(({ code }) => code))].filter((code) => !this.#digests.has(code));
    for (const hypertoken of await this.#store.hypertokensByCode(codes))
      if (hypertoken !== null) this.#digests.set(hypertoken.code, hypertoken.digest);
    return occurrences.map((occurrence) => {
      const key = formatOccurrence(occurrence);
      const number =
        this.#numbers.get(key) ?? this.#builder.add(occurrence.level, this.#digests.get(occurrence.code) as Digest);
      this.#numbers.set(key, number);
      return number;
    });
  }

  /** @returns what holds them, each once */
  async climb(placed: readonly Placed[], signal: AbortSignal | undefined): Promise<readonly Placed[]> {
    const above = new Map<number, Placed>();
    for (let from = 0; from < placed.length; from += PAGE_MAX) {
      signal?.throwIfAborted();
      const some = placed.slice(from, from + PAGE_MAX);
      const holders = await this.#store.holdersOf(some.map(({ ref }) => ref));
      const held = some.flatMap(({ number }, i) =>
        holders[i] ? [{ number, holder: holders[i] as OccurrencePart }] : [],
      );
      const numbers = await this.number(held.map(({ holder }) => holder));
      for (const [i, { number, holder }] of held.entries()) {
        this.#builder.hold(number, numbers[i] as number);
        above.set(numbers[i] as number, { ref: holder, number: numbers[i] as number });
      }
    }
    return [...above.values()];
  }
}
