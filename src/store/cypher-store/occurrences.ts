import {
  type Binding,
  CODE_MAX,
  type Code,
  formatOccurrence,
  type Occurrence,
  type OccurrencePart,
  type OccurrenceRef,
  VIEW_LEVEL,
} from '../../scene/hypertoken.ts';
import type { SceneId } from '../../scene/scene.ts';
import {
  agentsOf,
  bindingsOf,
  type CodeCountRow,
  codeCounts,
  codeCountsOfCorpus,
  holdersOf as holdersQuery,
  membersOf,
  motifsOfScenes as motifsOfScenesQuery,
  type OccurrenceRow,
  occurrencesByRef as occurrencesByRefQuery,
  occurrencesOfCodes,
} from '../cypher/occurrence-queries.ts';
import type { CypherReader } from '../cypher-engine.ts';
import type { OccurrenceFilter, Page, PageRequest } from '../graph-store.ts';
import { checkLevel } from '../level.ts';
import { openPage, toPage } from '../paging.ts';
import { batches, readBatches, requireCorpus, type StoreContext } from './context.ts';

/** The rows with their scenes and bindings: three statements at most a batch. */
const complete = async (view: CypherReader, rows: readonly OccurrenceRow[]): Promise<readonly Occurrence[]> => {
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

/** The levels whose own occurrences may be part of what is asked for. */
const levelsOf = ({ level }: OccurrenceFilter) =>
  level === undefined ? { levelMin: VIEW_LEVEL, levelMax: CODE_MAX } : { levelMin: 0, levelMax: level };

export const pageOccurrences = (
  context: StoreContext,
  filter: OccurrenceFilter,
  page: PageRequest,
): Promise<Page<Occurrence>> => {
  const [code = 0, ordinal = 0] = (openPage('occurrences', page) ?? []) as readonly number[];
  checkLevel(filter.level);
  return context.engine.snapshot(async (view) => {
    if (filter.corpus !== undefined) await requireCorpus(view, context, filter.corpus);
    const limit = page.first + 1;
    const rows: OccurrenceRow[] = [];
    for await (const hypertokens of codeGroups(view, context, filter, { code, limit })) {
      const found = await view.read(occurrencesOfCodes, {
        hypertokens,
        code,
        ordinal,
        corpusName: filter.corpus ?? null,
        level: filter.level ?? null,
        limit: limit - rows.length,
      });
      rows.push(...found);
      if (rows.length >= limit) break;
    }
    return toPage('occurrences', page, await complete(view, rows), (item) => [item.code, item.ordinal]);
  });
};

interface Start {
  readonly code: number;
  readonly limit: number;
}

/**
 * Codes in order, as many at once as have the occurrences of a page between them. All of one code's may lie before the
 * cursor, or may have been collapsed: then the next group, twice as large, is asked for.
 */
async function* codeGroups(
  view: CypherReader,
  { workspace, identity }: StoreContext,
  filter: OccurrenceFilter,
  { code, limit }: Start,
): AsyncGenerator<readonly string[]> {
  const to = filter.code ?? CODE_MAX;
  let from = Math.max(code, filter.code ?? 0);
  for (let wanted = limit; from <= to; wanted *= 2) {
    const window = { from, to, ...levelsOf(filter), limit: wanted };
    const rows =
      filter.corpus === undefined
        ? await view.read(codeCounts, { ...window, workspace })
        : await view.read(codeCountsOfCorpus, { ...window, corpus: identity.corpus(filter.corpus) });
    const group = leading(rows, wanted);
    for (const uids of batches(group.map(({ uid }) => uid))) yield uids;
    const last = group.at(-1);
    if (last === undefined) return;
    from = last.code + 1;
  }
}

/** The first codes that have `wanted` occurrences together. */
const leading = (rows: readonly CodeCountRow[], wanted: number): readonly CodeCountRow[] => {
  const group: CodeCountRow[] = [];
  let held = 0;
  for (const row of rows) {
    if (held >= wanted) break;
    group.push(row);
    held += row.count;
  }
  return group;
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
