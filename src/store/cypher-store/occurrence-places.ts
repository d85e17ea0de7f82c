import type { OccurrenceRef } from '../../scene/hypertoken.ts';
import type { SceneId } from '../../scene/scene.ts';
import { occurrencesByRef, type PlaceRow, placesOfOccurrences, placesOfScenes } from '../cypher/occurrence-queries.ts';
import type { CypherReader } from '../cypher-engine.ts';
import { checkWellFormed } from '../indexed-key.ts';
import { readBatches, type StoreContext } from './context.ts';

type Places = ReadonlyMap<string, PlaceRow>;

/** A statement for the whole, one for the scenes, and one for each level between them. */
export const placesWithin = (
  { engine, identity }: StoreContext,
  ref: OccurrenceRef,
  ids: readonly SceneId[],
): Promise<readonly (number | null)[]> => {
  checkWellFormed('id of a scene', ids);
  const whole = identity.occurrence(ref);
  const scenes = [...new Set(ids)].map((id) => identity.scene(id));
  return engine.snapshot(async (view) => {
    const [row] = await view.read(occurrencesByRef, { refs: [whole] });
    if (row === undefined) return ids.map(() => null);
    const { level } = row;
    if (level === 0) return ids.map((id) => (id === row.scene ? 0 : null));
    const within = { whole, level };
    const rows = await readBatches(view, placesOfScenes, scenes, (batch) => ({ scenes: batch, ...within }));
    const climbs = await climb(view, byPart(rows), within);
    return ids.map((id) => placeOf(id, whole, climbs));
  });
};

const byPart = (rows: readonly PlaceRow[]): Places => new Map(rows.map((row) => [row.part, row]));

/** What was found, and up from it to the whole, a level or more at a time. */
const climb = async (
  view: CypherReader,
  found: Places,
  within: { readonly whole: string; readonly level: number },
): Promise<readonly Places[]> => {
  const climbs = [found];
  for (let holders = holdersOf(found, within.whole); holders.length > 0; ) {
    const places = byPart(await readBatches(view, placesOfOccurrences, holders, (refs) => ({ refs, ...within })));
    climbs.push(places);
    holders = holdersOf(places, within.whole);
  }
  return climbs;
};

const holdersOf = (places: Places, whole: string): readonly string[] => {
  const holders = new Set([...places.values()].map(({ holder }) => holder));
  holders.delete(whole);
  return [...holders];
};

/** The places of all that is met on the way up, added up; null for a way that does not lead to the whole. */
const placeOf = (scene: SceneId, whole: string, climbs: readonly Places[]): number | null => {
  let [part, place]: [string, number] = [scene, 0];
  for (const places of climbs) {
    const step = places.get(part);
    if (step === undefined) return null;
    place += step.at;
    part = step.holder;
    if (part === whole) return place;
  }
  return null;
};
