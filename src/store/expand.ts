import { HypersceneError } from '../errors.ts';
import type { Coupling } from '../scene/coupling.ts';
import { type Occurrence, type OccurrencePart, type OccurrenceRef, VIEW_LEVEL } from '../scene/hypertoken.ts';
import type { SceneId } from '../scene/scene.ts';
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
  /** Between a scene of this page and any scene of the occurrence. */
  readonly couplings: readonly Coupling[];
}

/** Parts of one page of an expansion at most. */
export const EXPAND_MAX = 200;

/**
 * Of port calls six at most.
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
  const [[occurrence], [hypertoken]] = await Promise.all([
    store.occurrencesByRef([ref]),
    store.hypertokensByCode([ref.code]),
  ]);
  if (!occurrence || !hypertoken) throw occurrenceNotFound(ref);
  const parts = await partsOf(store, occurrence, request);
  const held = parts.items.filter(({ item }) => item.level === 0);
  const ids = held.map(({ item }) => item.first);
  const [scenes, couplings] = await Promise.all([store.scenesById(ids), couplingsWithin(store, occurrence, ids)]);
  const items = held.flatMap(({ cursor }, i) => {
    const item = scenes[i] ?? null;
    return item === null ? [] : [{ cursor, item }];
  });
  return { occurrence, hypertoken, parts, scenes: { items, hasNextPage: parts.hasNextPage }, couplings };
};

/** A scene stands for itself. */
const partsOf = async (
  store: GraphStore,
  { code, ordinal, level, size, first }: Occurrence,
  request: PartsRequest,
): Promise<Page<OccurrencePart>> => {
  if (level !== 0 || request.after !== undefined) return store.parts({ code, ordinal }, request);
  const cursor = encodeCursor('parts', [code, ordinal, 1]);
  return { items: [{ cursor, item: { code, ordinal, level, size, first } }], hasNextPage: false };
};

/** By the scenes' pairs, as couplings are ordered everywhere. */
const couplingsWithin = async (
  store: GraphStore,
  occurrence: Occurrence,
  page: readonly SceneId[],
): Promise<readonly Coupling[]> => {
  const inPage = new Set(page);
  if (occurrence.level === 0 || occurrence.level === 1) {
    const among = await store.couplingsAmong(occurrence.scenes);
    return among.filter(({ a, b }) => inPage.has(a) || inPage.has(b));
  }
  const found = (await store.couplingsOf([...inPage], PAGE_MAX)).flat();
  const others = new Set(found.flatMap(({ a, b }) => [a, b]).filter((id) => !inPage.has(id)));
  const isView = occurrence.level === VIEW_LEVEL;
  const inside = new Set(await store[isView ? 'scenesInView' : 'scenesWithin'](occurrence, [...others]));
  const isWithin = (id: SceneId): boolean => inPage.has(id) || inside.has(id);
  const within = found.filter(({ a, b }) => isWithin(a) && isWithin(b));
  const distinct = new Map(within.map((coupling) => [`${coupling.a} ${coupling.b}`, coupling]));
  return [...distinct].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, coupling]) => coupling);
};
