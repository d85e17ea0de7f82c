import type { Rung } from '../../activation/rung.ts';
import { HypersceneError } from '../../errors.ts';
import { type Figure, parseFigureKey } from '../../scene/figure.ts';
import {
  type Code,
  formatCode,
  formatOccurrence,
  type Occurrence,
  type OccurrenceRef,
} from '../../scene/hypertoken.ts';
import type { SceneId } from '../../scene/scene.ts';
import type { HypertokenRecord, StoredScene } from '../../store/graph-store.ts';
import { type ContextMaterial, readContext } from '../assemble-job.ts';
import type { ModelContext } from './model-context.ts';
import type { ContextPart, Part, PlacedPart, PlaceOfPart } from './part.ts';
import type { Thing } from './thing.ts';

/** A part with all that is read of the store for it. */
export type LoadedPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'scene' | 'code' | 'occurrence'; readonly thing: Thing; readonly rung: Rung }
  | { readonly kind: 'context'; readonly part: ContextPart; readonly material: ContextMaterial };

/**
 * Reads what the parts name: three calls of the store, and those of {@link readContext} for each that activates.
 * @throws HypersceneError SCENE_NOT_FOUND, CODE_NOT_FOUND, OCCURRENCE_NOT_FOUND, BAD_ARGUMENT and what {@link readContext} throws, each
 *   with the part's place
 */
export const loadParts = async (
  context: ModelContext,
  lists: readonly (readonly PlacedPart[])[],
): Promise<readonly (readonly LoadedPart[])[]> => {
  const found = await findNamed(context, lists.flat());
  const loaded: LoadedPart[][] = [];
  for (const parts of lists) {
    const list: LoadedPart[] = [];
    for (const { part, at } of parts)
      list.push(part.kind === 'context' ? await loadContext(context, part, at) : loadPart(part, at, found));
    loaded.push(list);
  }
  return loaded;
};

interface Found {
  readonly occurrences: ReadonlyMap<string, Occurrence>;
  readonly scenes: ReadonlyMap<SceneId, StoredScene>;
  readonly hypertokens: ReadonlyMap<Code, HypertokenRecord>;
}

/** Occurrences first: those of level 0 are scenes, of the others the codes are looked up. */
const findNamed = async ({ store }: ModelContext, parts: readonly PlacedPart[]): Promise<Found> => {
  const named = parts.map(({ part }) => part);
  const refs = named.flatMap((part) => (part.kind === 'occurrence' ? [part] : []));
  const distinct = new Map(refs.map(({ code, ordinal }) => [formatOccurrence({ code, ordinal }), { code, ordinal }]));
  const occurrences = await lookUp([...distinct.values()], (some) => store.occurrencesByRef(some));
  const placed = occurrences.map(([, occurrence]) => occurrence);
  const ids = named.flatMap((part) => (part.kind === 'scene' ? [part.scene] : []));
  const codes = named.flatMap((part) => (part.kind === 'code' ? [part.code] : []));
  const [scenes, hypertokens] = await Promise.all([
    lookUp([...ids, ...placed.filter(isScene).map(({ first }) => first)], (some) => store.scenesById(some)),
    lookUp([...codes, ...placed.filter((one) => !isScene(one)).map(({ code }) => code)], (some) =>
      store.hypertokensByCode(some),
    ),
  ]);
  return {
    occurrences: new Map(occurrences.map(([ref, occurrence]) => [formatOccurrence(ref), occurrence])),
    scenes: new Map(scenes),
    hypertokens: new Map(hypertokens),
  };
};

const isScene = ({ level }: Occurrence): boolean => level === 0;

/** Each key once, without those that are not there; nothing is asked for nothing. */
const lookUp = async <Key, Value>(
  keys: readonly Key[],
  ask: (keys: readonly Key[]) => Promise<readonly (Value | null)[]>,
): Promise<readonly (readonly [Key, Value])[]> => {
  const distinct = [...new Set(keys)];
  if (distinct.length === 0) return [];
  const values = await ask(distinct);
  return distinct.flatMap((key, i): readonly (readonly [Key, Value])[] => {
    const value = values[i] ?? null;
    return value === null ? [] : [[key, value]];
  });
};

const loadPart = (part: Exclude<Part, ContextPart>, at: PlaceOfPart, found: Found): LoadedPart => {
  switch (part.kind) {
    case 'text':
      return part;
    case 'scene':
      return { kind: 'scene', thing: sceneThing(found, part.scene, at), rung: part.rung };
    case 'code':
      return { kind: 'code', thing: hypertokenThing(found, { code: part.code, ordinal: null }, [], at), rung: 'code' };
    case 'occurrence':
      return { kind: 'occurrence', thing: occurrenceThing(found, part, part.rung, at), rung: part.rung };
    default:
      return part satisfies never;
  }
};

const sceneThing = ({ scenes }: Found, id: SceneId, at: PlaceOfPart): Thing => {
  const scene = scenes.get(id);
  if (scene === undefined) throw new HypersceneError('SCENE_NOT_FOUND', 'no such scene', { at, came: id });
  return { kind: 'scene', scene };
};

const occurrenceThing = (found: Found, { code, ordinal }: OccurrenceRef, rung: Rung, at: PlaceOfPart): Thing => {
  const name = formatOccurrence({ code, ordinal });
  const occurrence = found.occurrences.get(name);
  if (occurrence === undefined)
    throw new HypersceneError('OCCURRENCE_NOT_FOUND', 'no such occurrence', { at, came: name });
  if (isScene(occurrence)) return sceneThing(found, occurrence.first, at);
  if (rung === 'text')
    throw new HypersceneError('BAD_ARGUMENT', 'no text of its own', {
      at,
      expected: 'a scene, or a rung below text',
      came: `${name} of level ${occurrence.level}`,
    });
  const agents = occurrence.bindings.map(({ agent }) => agent);
  return hypertokenThing(found, { code, ordinal }, agents, at);
};

const hypertokenThing = (
  { hypertokens }: Found,
  { code, ordinal }: { readonly code: Code; readonly ordinal: number | null },
  agents: readonly string[],
  at: PlaceOfPart,
): Thing => {
  const hypertoken = hypertokens.get(code);
  if (hypertoken === undefined)
    throw new HypersceneError('CODE_NOT_FOUND', 'no such code', { at, came: formatCode(code) });
  const figures = hypertoken.figures.map(parseFigureKey).filter((figure): figure is Figure => figure !== null);
  return { kind: 'hypertoken', code, ordinal, digest: hypertoken.digest, figures, agents };
};

const loadContext = async (
  { store, reader, call: { signal } }: ModelContext,
  part: ContextPart,
  at: PlaceOfPart,
): Promise<LoadedPart> => {
  try {
    const { kind, rung: _, ...request } = part;
    return { kind, part, material: await readContext({ store, reader, signal }, request) };
  } catch (error) {
    throw error instanceof HypersceneError ? error.placedAt(at) : error;
  }
};
