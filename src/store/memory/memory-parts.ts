import {
  formatOccurrence,
  type HolderPlace,
  type LevelPlace,
  type Occurrence,
  type OccurrencePart,
  type OccurrenceRef,
} from '../../scene/hypertoken.ts';
import type { SceneId } from '../../scene/scene.ts';
import type { Page, PartsRequest } from '../graph-store.ts';
import { openParts, type PlacedPart, toPartsPage } from '../occurrence-parts.ts';
import {
  allOccurrences,
  asOccurrence,
  type CollapsedOccurrence,
  figureOccurrence,
  type MemoryCorpus,
  sceneOf,
  type WorkspaceState,
} from './workspace-state.ts';

/** A scene is known by its id, whatever its figure. */
export const partKey = ({ level, code, ordinal, first }: Occurrence): string =>
  level === 0 ? first : formatOccurrence({ code, ordinal });

/** By what they hold. */
export const holdersIn = (corpora: readonly MemoryCorpus[]): ReadonlyMap<string, CollapsedOccurrence> =>
  new Map(
    corpora
      .flatMap(({ collapsed }) => collapsed)
      .flatMap((holder) =>
        holder.parts.map((part) => [typeof part === 'string' ? part : formatOccurrence(part), holder] as const),
      ),
  );

const toPart = ({ code, ordinal, level, size, first }: Occurrence): OccurrencePart => ({
  code,
  ordinal,
  level,
  size,
  first,
});

const byRef = (state: WorkspaceState): ReadonlyMap<string, Occurrence> =>
  new Map(allOccurrences(state, [...state.corpora.values()]).map((item) => [formatOccurrence(item), item]));

export const holdersOfRefs = (
  state: WorkspaceState,
  refs: readonly OccurrenceRef[],
): readonly (OccurrencePart | null)[] => {
  const all = byRef(state);
  const holders = holdersIn([...state.corpora.values()]);
  return refs.map((ref) => {
    const occurrence = all.get(formatOccurrence(ref));
    const holder = occurrence === undefined ? undefined : holders.get(partKey(occurrence));
    return holder === undefined ? null : toPart(asOccurrence(holder));
  });
};

const placeOf = ({ level, code, ordinal }: OccurrencePart): LevelPlace => ({ level, code, ordinal });

export const holderPlacesOfRefs = (
  state: WorkspaceState,
  refs: readonly OccurrenceRef[],
): readonly (HolderPlace | null)[] => {
  const all = byRef(state);
  return holdersOfRefs(state, refs).map((holder, i) => {
    const own = all.get(formatOccurrence(refs[i] as OccurrenceRef));
    return holder && { ...placeOf(holder), isFirst: holder.first === own?.first };
  });
};

export const partsOfOccurrence = (
  state: WorkspaceState,
  ref: OccurrenceRef,
  request: PartsRequest,
): Page<OccurrencePart> => {
  const { from, depth } = openParts(ref, request);
  const whole = byRef(state).get(formatOccurrence(ref)) ?? null;
  const parts = whole === null ? null : placed(partsBelow(state, whole, depth));
  return toPartsPage(ref, request, parts?.filter(({ at, part }) => at + part.size > from) ?? null);
};

export const placesInOccurrence = (
  state: WorkspaceState,
  ref: OccurrenceRef,
  ids: readonly SceneId[],
): readonly (number | null)[] => {
  const whole = byRef(state).get(formatOccurrence(ref));
  const held = collapsedIn(state).get(formatOccurrence(ref))?.leaves ?? whole?.scenes ?? [];
  const places = new Map(held.map((id, place) => [id, place]));
  return ids.map((id) => places.get(id) ?? null);
};

/** Above level 0, and views. */
const collapsedIn = ({ corpora }: WorkspaceState): ReadonlyMap<string, CollapsedOccurrence> => {
  const all = [...corpora.values()].flatMap(({ collapsed, views }) => [...collapsed, ...views.values()]);
  return new Map(all.map((one) => [formatOccurrence(one), one]));
};

const partsBelow = (state: WorkspaceState, whole: Occurrence, depth: number): readonly OccurrencePart[] => {
  if (whole.level === 0) return [];
  const below = collapsedIn(state);
  const occurrenceOf = (part: SceneId | OccurrenceRef): Occurrence =>
    typeof part === 'string'
      ? figureOccurrence(sceneOf(state, part))
      : asOccurrence(below.get(formatOccurrence(part)) as CollapsedOccurrence);
  const own = (below.get(formatOccurrence(whole))?.parts ?? []).map(occurrenceOf);
  return own.flatMap((part) => (depth > 1 && part.level > 0 ? partsBelow(state, part, depth - 1) : [toPart(part)]));
};

const placed = (parts: readonly OccurrencePart[]): readonly PlacedPart[] => {
  let at = 0;
  return parts.map((part) => {
    const from = at;
    at += part.size;
    return { at: from, part };
  });
};
