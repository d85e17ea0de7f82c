import type { Code, OccurrencePart, OccurrenceRef } from '../../scene/hypertoken.ts';
import type { SceneId } from '../../scene/scene.ts';
import { occurrencesByRef, partsOfOccurrences } from '../cypher/occurrence-queries.ts';
import type { CypherReader } from '../cypher-engine.ts';
import type { Page, PartsRequest } from '../graph-store.ts';
import { openParts, type PlacedPart, toPartsPage } from '../occurrence-parts.ts';
import type { StoreContext } from './context.ts';

interface Found extends PlacedPart {
  readonly uid: string;
}

/**
 * One statement a level, each of no more rows than the page: every part holds a scene, so that none is read in vain. Of
 * those that are opened down to their scenes only as many are opened as fill the page: else the first 200 of 100,000 scenes
 * would be sorted out of all parts of 81 communities.
 */
export const pageParts = (
  context: StoreContext,
  ref: OccurrenceRef,
  request: PartsRequest,
): Promise<Page<OccurrencePart>> => {
  const { from, depth } = openParts(ref, request);
  const limit = request.first + 1;
  return context.engine.snapshot(async (view) => {
    const uid = await findWhole(view, context, ref);
    if (uid === null) return toPartsPage(ref, request, null);
    if (uid === 'scene') return toPartsPage(ref, request, []);
    let parts = await below(view, [{ uid, at: 0 }], from, limit);
    for (let level = 1; level < depth; level++) {
      parts = filling(parts, { from, limit, depth: depth - level });
      if (parts.every(({ part }) => part.level === 0)) break;
      parts = await below(view, parts, from, limit);
    }
    return toPartsPage(ref, request, parts);
  });
};

const findWhole = async (
  view: CypherReader,
  { identity }: StoreContext,
  ref: OccurrenceRef,
): Promise<string | 'scene' | null> => {
  const [row] = await view.read(occurrencesByRef, { refs: [identity.occurrence(ref)] });
  if (row === undefined) return null;
  return row.level === 0 ? 'scene' : row.uid;
};

/**
 * The first parts that give `limit` when they are opened `depth` levels deep: one that comes down to scenes gives those of
 * them behind `from`, another at least one.
 */
const filling = (
  parts: readonly Found[],
  { from, limit, depth }: { readonly from: number; readonly limit: number; readonly depth: number },
): readonly Found[] => {
  let given = 0;
  return parts.filter(({ at, part }) => {
    const isWanted = given < limit;
    given += part.level <= depth ? at + part.size - Math.max(at, from) : 1;
    return isWanted;
  });
};

/** In the place of each occurrence its parts; a scene stays. */
const below = async (
  view: CypherReader,
  wholes: readonly (Pick<Found, 'uid' | 'at'> & Partial<Found>)[],
  from: number,
  limit: number,
): Promise<readonly Found[]> => {
  const rows = wholes.flatMap(({ uid, at, part }, place) =>
    part?.level === 0 ? [] : [{ occurrence: uid, from: Math.max(0, from - at), place }],
  );
  const found = Map.groupBy(await view.read(partsOfOccurrences, { rows, limit }), ({ place }) => place);
  return wholes
    .flatMap((whole, place): readonly Found[] =>
      isFound(whole) && whole.part.level === 0
        ? [whole]
        : (found.get(place) ?? []).map(({ uid, code, ordinal, level, size, first, at }) => ({
            uid,
            at: whole.at + at,
            part: { code: code as Code, ordinal, level, size, first: first as SceneId },
          })),
    )
    .slice(0, limit);
};

const isFound = (whole: Partial<Found>): whole is Found => whole.part !== undefined;
