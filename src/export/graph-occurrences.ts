import { HypersceneError } from '../errors.ts';
import type { OccurrencePart, OccurrenceRef } from '../scene/hypertoken.ts';
import type { GraphView, StoredScene } from '../store/graph-store.ts';
import { pagesOf } from '../store/pages.ts';
import type { GraphRow, PartRow } from './graph-rows.ts';

type Row = GraphRow<'occurrences'>;

/**
 * The occurrences above level 0 that begin with one of the scenes: by scene, from below. Over all scenes of a corpus each is met
 * once, in an order that no number of the store decides. An occurrence begins with a scene if what the scene is in below begins
 * with it: only what does is asked for its holder.
 */
export const occurrencesBeginningWith = async (
  view: GraphView,
  scenes: readonly StoredScene[],
): Promise<readonly Row[]> => {
  const found = scenes.map((): OccurrencePart[] => []);
  let risen: readonly (readonly [number, OccurrenceRef])[] = scenes.map((scene, i) => [i, scene] as const);
  while (risen.length > 0) {
    const refs = risen.map(([, { code, ordinal }]) => ({ code, ordinal }));
    const holders = await view.holdersOf(refs);
    risen = risen.flatMap(([i], at) => {
      const holder = holders[at] ?? null;
      if (holder === null || holder.first !== scenes[i]?.id) return [];
      found[i]?.push(holder);
      return [[i, holder] as const];
    });
  }
  return rowsOf(view, found.flat());
};

const rowsOf = async (view: GraphView, found: readonly OccurrencePart[]): Promise<readonly Row[]> => {
  if (found.length === 0) return [];
  const [hypertokens, occurrences] = await Promise.all([
    view.hypertokensByCode(found.map(({ code }) => code)),
    view.occurrencesByRef(found.map(({ code, ordinal }) => ({ code, ordinal }))),
  ]);
  const rows: Row[] = [];
  for (const [i, { level, first, code, ordinal }] of found.entries()) {
    const { digest, form, figures } = there(hypertokens[i]);
    const { scenes, bindings } = there(occurrences[i]);
    rows.push({
      level,
      first,
      digest,
      form,
      figures: [...figures],
      parts: level === 1 ? [...scenes] : await partsOf(view, { code, ordinal }),
      bindings: bindings.toSorted((x, y) => x.slot - y.slot).map(({ slot, agent }) => [slot, agent]),
    });
  }
  return rows;
};

/** On Neo4j a writer may come in between, after which all is read again. @throws HypersceneError STORE_CONFLICT */
export const there = <T>(found: T | null | undefined): T => {
  if (found !== null && found !== undefined) return found;
  throw new HypersceneError('STORE_CONFLICT', 'the corpus changed while it was read');
};

const partsOf = async (view: GraphView, ref: OccurrenceRef): Promise<PartRow[]> => {
  const rows: PartRow[] = [];
  for await (const parts of pagesOf((request) => view.parts(ref, { ...request, depth: 1 }), undefined))
    rows.push(...parts.map(({ level, first }): PartRow => (level === 0 ? first : [level, first])));
  return rows;
};
