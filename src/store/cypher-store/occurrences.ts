import {
  type Binding,
  type Code,
  formatOccurrence,
  type HolderPlace,
  type Occurrence,
  type OccurrencePart,
  type OccurrenceRef,
} from '../../scene/hypertoken.ts';
import type { SceneId } from '../../scene/scene.ts';
import {
  agentsOf,
  bindingsOf,
  holderPlacesOf as holderPlacesQuery,
  holdersOf as holdersQuery,
  membersOf,
  motifsOfScenes as motifsOfScenesQuery,
  type OccurrenceRow,
  occurrencesByRef as occurrencesByRefQuery,
} from '../cypher/occurrence-queries.ts';
import type { CypherReader } from '../cypher-engine.ts';
import { readBatches, type StoreContext } from './context.ts';

/** The rows with their scenes and bindings: three statements at most a batch. */
export const complete = async (view: CypherReader, rows: readonly OccurrenceRow[]): Promise<readonly Occurrence[]> => {
  const scenes = rows.filter(({ level }) => level === 0).map(({ uid }) => uid);
  const groups = rows.filter(({ level }) => level === 1).map(({ uid }) => uid);
  const asParameter = (occurrences: readonly string[]) => ({ occurrences });
  const agents = await readBatches(view, agentsOf, scenes, asParameter);
  const members = Map.groupBy(await readBatches(view, membersOf, groups, asParameter), ({ occurrence }) => occurrence);
  const bound = Map.groupBy(await readBatches(view, bindingsOf, groups, asParameter), ({ occurrence }) => occurrence);
  const agentOf = new Map(agents.map(({ occurrence, agent }) => [occurrence, agent]));
  return rows.map(({ uid, code, ordinal, level, scene, size, first }) => {
    const agent = agentOf.get(uid);
    const own: readonly Binding[] = agent === undefined ? [] : [{ slot: 0, agent }];
    const ids: readonly string[] = scene === null ? (members.get(uid) ?? []).map((member) => member.scene) : [scene];
    return {
      code: code as Code,
      ordinal,
      level,
      size: size ?? ids.length,
      first: (first ?? ids[0]) as SceneId,
      scenes: ids as readonly SceneId[],
      bindings: level === 0 ? own : (bound.get(uid) ?? []).map((row) => ({ slot: row.slot, agent: row.agent })),
    };
  });
};

export const occurrencesByRef = (
  context: StoreContext,
  refs: readonly OccurrenceRef[],
): Promise<readonly (Occurrence | null)[]> =>
  context.engine.snapshot(async (view) => {
    const distinct = new Map(refs.map((ref) => [formatOccurrence(ref), ref]));
    const rows = await readBatches(view, occurrencesByRefQuery, [...distinct.values()], (batch) => ({
      refs: batch.map((ref) => context.identity.occurrence(ref)),
    }));
    const found = new Map((await complete(view, rows)).map((item) => [formatOccurrence(item), item]));
    return refs.map((ref) => found.get(formatOccurrence(ref)) ?? null);
  });

export const holdersOf = ({ engine, identity }: StoreContext, refs: readonly OccurrenceRef[]) =>
  engine.snapshot(async (view): Promise<readonly (OccurrencePart | null)[]> => {
    const keys = [...new Set(refs.map((ref) => identity.occurrence(ref)))];
    const rows = await readBatches(view, holdersQuery, keys, (batch) => ({ refs: batch }));
    const motifs = rows.filter(({ level }) => level === 1).map(({ uid }) => uid);
    const members = await readBatches(view, membersOf, [...new Set(motifs)], (batch) => ({ occurrences: batch }));
    const scenes = Map.groupBy(members, ({ occurrence }) => occurrence);
    const found = new Map(
      rows.map(({ part, uid, code, ordinal, level, size, first }) => {
        const own = scenes.get(uid) ?? [];
        const of = { size: size ?? own.length, first: (first ?? own[0]?.scene) as SceneId };
        return [part, { code: code as Code, ordinal, level, ...of }];
      }),
    );
    return refs.map((ref) => found.get(identity.occurrence(ref)) ?? null);
  });

export const holderPlacesOf = ({ engine, identity }: StoreContext, refs: readonly OccurrenceRef[]) =>
  engine.snapshot(async (view): Promise<readonly (HolderPlace | null)[]> => {
    const keys = refs.map((ref) => identity.occurrence(ref));
    const rows = await readBatches(view, holderPlacesQuery, [...new Set(keys)], (batch) => ({ refs: batch }));
    const found = new Map(
      rows.map(({ part, level, code, ordinal, order }) => [
        part,
        { level, code: code as Code, ordinal, isFirst: order === 0 },
      ]),
    );
    return keys.map((key) => found.get(key) ?? null);
  });

export const motifsOfScenes = async (
  { engine, identity }: StoreContext,
  ids: readonly SceneId[],
): Promise<readonly (OccurrenceRef | null)[]> => {
  const rows = await readBatches(engine, motifsOfScenesQuery, [...new Set(ids)], (batch) => ({
    scenes: batch.map((id) => identity.scene(id)),
  }));
  const found = new Map(rows.map(({ scene, code, ordinal }) => [scene, { code: code as Code, ordinal }]));
  return ids.map((id) => found.get(id) ?? null);
};
