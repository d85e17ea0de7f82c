import { HypersceneError } from '../errors.ts';
import type { Coupling } from '../scene/coupling.ts';
import { formatOccurrence, type Occurrence, type OccurrenceRef } from '../scene/hypertoken.ts';
import type { SceneId } from '../scene/scene.ts';
import type { GraphStore, HypertokenRecord, Page, PageRequest, StoredScene } from './graph-store.ts';

/** What an occurrence stands for: exactly the scenes and couplings that were collapsed. */
export interface Expansion {
  readonly occurrence: Occurrence;
  readonly hypertoken: HypertokenRecord;
  /** In the order of the canonical form; a cursor is a scene's id. */
  readonly scenes: Page<StoredScene>;
  /** Between a scene of this page and any scene of the occurrence. */
  readonly couplings: readonly Coupling[];
}

/** Scenes of one page of an expansion at most. */
export const EXPAND_MAX = 200;

/**
 * Four round trips, whatever the size.
 * @throws HypersceneError OCCURRENCE_NOT_FOUND, PAGE_TOO_LARGE, BAD_CURSOR
 */
export const expandOccurrence = async (
  store: GraphStore,
  ref: OccurrenceRef,
  { first, after }: PageRequest = { first: EXPAND_MAX },
): Promise<Expansion> => {
  if (!Number.isInteger(first) || first < 1 || first > EXPAND_MAX)
    throw new HypersceneError('PAGE_TOO_LARGE', 'bad page', {
      expected: `1 to ${EXPAND_MAX} scenes`,
      came: String(first),
    });
  const [occurrence] = await store.occurrencesByRef([ref]);
  const [hypertoken] = await store.hypertokensByCode([ref.code]);
  if (!occurrence || !hypertoken)
    throw new HypersceneError('OCCURRENCE_NOT_FOUND', 'no such occurrence', { came: formatOccurrence(ref) });
  const from = after === undefined ? 0 : occurrence.scenes.indexOf(after as SceneId) + 1;
  if (after !== undefined && from === 0)
    throw new HypersceneError('BAD_CURSOR', 'bad cursor', {
      expected: `a scene of ${formatOccurrence(ref)}`,
      came: after,
    });
  const ids = occurrence.scenes.slice(from, from + first);
  const scenes = await store.scenesById(ids);
  const inPage = new Set(ids);
  const couplings = await store.couplingsAmong(occurrence.scenes);
  return {
    occurrence,
    hypertoken,
    scenes: {
      items: scenes.filter((scene) => scene !== null).map((item) => ({ cursor: item.id, item })),
      hasNextPage: from + first < occurrence.scenes.length,
    },
    couplings: couplings.filter(({ a, b }) => inPage.has(a) || inPage.has(b)),
  };
};
