import { HypersceneError } from '../errors.ts';
import type { Coupling } from '../scene/coupling.ts';
import type { Occurrence, OccurrencePart, OccurrenceRef } from '../scene/hypertoken.ts';
import type { SceneId } from '../scene/scene.ts';
import { byPair } from './coupling-check.ts';
import type { GraphStore, HypertokenRecord, Page, PartsRequest, StoredScene } from './graph-store.ts';
import { PAGE_MAX } from './graph-store.ts';
import { occurrenceNotFound, openParts } from './occurrence-parts.ts';
import { encodeCursor } from './paging.ts';

/** What an occurrence stands for: exactly the scenes and couplings that were collapsed. */
export interface Expansion {
  readonly occurrence: Occurrence;
  readonly hypertoken: HypertokenRecord;
  /** As deep as asked, in the order of the form: the scenes themselves where no depth was given. */
  readonly parts: Page<OccurrencePart>;
  /** Those of the parts that are scenes. */
  readonly scenes: Page<StoredScene>;
  /**
   * Those within the occurrence whose later end, in the order of the form, is one of these scenes: the other end is too, or
   * stands before, on this page or an earlier one, in a part that is opened or in one that is not. So a walk through all pages,
   * down to the scenes, gives each once.
   */
  readonly couplings: readonly Coupling[];
}

/** Parts of one page of an expansion at most. */
export const EXPAND_MAX = 200;

/**
 * Of port calls six at most, five for the first page, and two more where a scene has over a thousand couplings.
 * @throws HypersceneError OCCURRENCE_NOT_FOUND, PAGE_TOO_LARGE, BAD_CURSOR; BAD_ARGUMENT for a depth below 1
 */
export const expandOccurrence = async (
  store: GraphStore,
  ref: OccurrenceRef,
  request: PartsRequest = { first: EXPAND_MAX },
): Promise<Expansion> => {
  const { first } = request;
  if (!Number.isInteger(first) || first < 1 || first > EXPAND_MAX)
    throw new HypersceneError('PAGE_TOO_LARGE', 'bad page', {
      expected: `1 to ${EXPAND_MAX} parts`,
      came: String(first),
    });
  openParts(ref, request);
  const [[occurrence], [hypertoken], below] = await Promise.all([
    store.occurrencesByRef([ref]),
    store.hypertokensByCode([ref.code]),
    store.parts(ref, request),
  ]);
  if (!occurrence || !hypertoken) throw occurrenceNotFound(ref);
  const isItself = occurrence.level === 0 && request.after === undefined;
  const parts = isItself ? itself(occurrence) : below;
  const held = parts.items.filter(({ item }) => item.level === 0);
  const [scenes, couplings] = await Promise.all([
    store.scenesById(held.map(({ item }) => item.first)),
    couplingsUpTo(store, ref, parts),
  ]);
  const items = held.flatMap(({ cursor }, i) => {
    const item = scenes[i] ?? null;
    return item === null ? [] : [{ cursor, item }];
  });
  return { occurrence, hypertoken, parts, scenes: { items, hasNextPage: parts.hasNextPage }, couplings };
};

/** A scene has no parts, and stands for itself. */
const itself = ({ code, ordinal, level, size, first }: Occurrence): Page<OccurrencePart> => {
  const cursor = encodeCursor('parts', [code, ordinal, 1]);
  return { items: [{ cursor, item: { code, ordinal, level, size, first } }], hasNextPage: false };
};

/**
 * By pair. Where nothing stands before the scenes of the page, as on the first one, theirs are among themselves: whatever else
 * they lead to need not be read. Elsewhere all of theirs are read with their reasons.
 * To ask for `neighboursOf`, and for the reasons of what is left, takes 32 to 38 ms for 200 scenes in 100,000 against 23 to 25.
 */
const couplingsUpTo = async (
  store: GraphStore,
  ref: OccurrenceRef,
  parts: Page<OccurrencePart>,
): Promise<readonly Coupling[]> => {
  const onPage = placesOnPage(ref, parts);
  const ids = [...onPage.keys()];
  if (ids.every((id, i) => onPage.get(id) === i)) return store.couplingsAmong(ids);
  const found = new Map((await allCouplingsOf(store, ids)).map((one) => [`${one.a} ${one.b}`, one]));
  const ends = new Set([...found.values()].flatMap(({ a, b }) => [a, b]));
  const others = [...ends.difference(onPage)];
  const elsewhere = await store.placesWithin(ref, others);
  const places = new Map([...onPage, ...others.map((id, i) => [id, elsewhere[i] ?? null] as const)]);
  const endsHere = ({ a, b }: Coupling): boolean => {
    const [x, y] = [places.get(a) ?? null, places.get(b) ?? null];
    return x !== null && y !== null && onPage.has(x > y ? a : b);
  };
  return [...found.values()].filter(endsHere).sort(byPair);
};

/** Coupling gives no scene a thousand; of one that has more, by whoever wrote them, the rest is read by its neighbours. */
const allCouplingsOf = async (store: GraphStore, ids: readonly SceneId[]): Promise<readonly Coupling[]> => {
  const found = await store.couplingsOf(ids, PAGE_MAX);
  const cut = ids.filter((_, i) => found[i]?.length === PAGE_MAX);
  if (cut.length === 0) return found.flat();
  const neighbours = await store.neighboursOf(cut);
  const pairs = cut.flatMap((id, i) => (neighbours[i] ?? []).map((other) => [id, other.id] as const));
  const rest = await store.couplingsBetween(pairs);
  return [...found.flat(), ...rest.filter((coupling) => coupling !== null)];
};

/** Parts follow upon each other, and the cursor of each counts the scenes up to its end. */
const placesOnPage = (ref: OccurrenceRef, { items }: Page<OccurrencePart>): ReadonlyMap<SceneId, number> => {
  const scenes = items.filter(({ item }) => item.level === 0);
  return new Map(
    scenes.map(({ cursor, item }) => [item.first, openParts(ref, { first: 1, after: cursor }).from - 1] as const),
  );
};
