import type { CorpusName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import { CollapseCheck, checkGroup, strayScene } from '../collapse-check.ts';
import { setCollapsedRevision } from '../cypher/document-queries.ts';
import {
  agentsOfScenes,
  bindingsOf,
  createBindings,
  createCommunities,
  createMembers,
  createOccurrences,
  createParts,
  deleteBindings,
  deleteOccurrences,
} from '../cypher/occurrence-queries.ts';
import type { CollapseGroup, CollapseInput, CollapseReport, CommunityGroup } from '../graph-store.ts';
import { checkRevision } from '../revision-check.ts';
import { inTurns } from '../turns.ts';
import { CodeBook } from './code-book.ts';
import { type CollapsePlan, type CollapseWork, type Planned, planCollapse, type Standing } from './collapse-plan.ts';
import { batches, readBatches, requireCorpus, SCENE_BATCH, type StoreContext } from './context.ts';
import { writeRepeatable } from './write-repeatable.ts';

/**
 * @throws HypersceneError CORPUS_NOT_FOUND, BAD_ARGUMENT; STORE_CONFLICT when the corpus changed since it was read;
 *   STORE_FAILED for two forms of one digest
 */
export const writeCollapse = async (
  context: StoreContext,
  corpus: CorpusName,
  collapse: CollapseInput,
): Promise<CollapseReport> => {
  await checkCollapse(collapse);
  return writeRepeatable<CollapseReport>(context, { nothingLeft: isAllKept }, async (transaction) => {
    const book = await CodeBook.open(context, transaction);
    checkRevision((await requireCorpus(transaction, context, corpus)).revision, collapse.revision);
    const work = { context, transaction, book, corpus };
    await checkScenes(work, collapse);
    const plan = await planCollapse(work, collapse);
    await remove(work, plan.gone);
    await rebind(work, plan.groups.filter(stands));
    await addMotifs(work, plan.groups);
    for (const [i, communities] of plan.communities.entries()) await addCommunities(work, communities, i + 2);
    await book.close(context.identity.corpus(corpus));
    const method = collapse.method === undefined ? '' : JSON.stringify(collapse.method);
    const behind = collapse.stale ? 1 : 0;
    await transaction.write(setCollapsedRevision, { corpus: context.identity.corpus(corpus), behind, method });
    return reportOf(plan, book);
  });
};

const checkCollapse = async (collapse: CollapseInput): Promise<void> => {
  const check = new CollapseCheck(collapse);
  await inTurns(collapse.groups, (group) => check.check(group));
  for (const [i, level] of (collapse.communities ?? []).entries())
    await inTurns(level, (group) => check.checkCommunity(group, i + 2));
};

const stands = ({ ref }: Planned<unknown>): boolean => ref === null;
const isNew = ({ ref }: Planned<unknown>): boolean => ref !== null;

const reportOf = ({ groups, communities, gone }: CollapsePlan, book: CodeBook): CollapseReport => {
  const all = [groups, ...communities].flat();
  const added = all.filter(isNew).length;
  return { added, kept: all.length - added, deleted: gone.length, newCodes: book.newCodes };
};

const isAllKept = ({ added, deleted }: CollapseReport): boolean => added === 0 && deleted === 0;

const checkScenes = async (work: CollapseWork, { groups, communities = [] }: CollapseInput): Promise<void> => {
  for (const some of batches(groups)) {
    const agents = await agentsIn(
      work,
      some.flatMap(({ scenes }) => scenes),
    );
    await inTurns(some, (group) => checkGroup(group, agents));
  }
  for (const some of batches(communities.flat())) {
    const scenes = some.flatMap(({ parts }) => parts).filter((part) => typeof part === 'string');
    const there = await agentsIn(work, scenes);
    for (const id of scenes) if (!there.has(id)) throw strayScene(id);
  }
};

/** Of those scenes that are in the corpus. */
const agentsIn = async (
  { context, transaction, corpus }: CollapseWork,
  ids: readonly SceneId[],
): Promise<ReadonlyMap<SceneId, string | null>> => {
  const rows = await readBatches(transaction, agentsOfScenes, ids, (batch) => ({
    scenes: batch.map((id) => context.identity.scene(id)),
  }));
  const own = rows.filter((row) => row.corpus === corpus);
  return new Map(own.map(({ scene, agent }) => [scene as SceneId, agent]));
};

const remove = async ({ transaction, book }: CollapseWork, gone: readonly Standing[]): Promise<void> => {
  for (const { code } of gone) book.release(code);
  for (const batch of batches(gone))
    await transaction.write(deleteOccurrences, { occurrences: batch.map(({ uid }) => uid) });
};

/** The agents of an occurrence may be known by another name now. */
const rebind = async (work: CollapseWork, kept: readonly Planned<CollapseGroup>[]): Promise<void> => {
  const { transaction } = work;
  for (const some of batches(kept)) {
    const rows = await transaction.read(bindingsOf, { occurrences: some.map(({ uid }) => uid) });
    const bound = Map.groupBy(rows, ({ occurrence }) => occurrence);
    const changed = some.filter(({ uid, group }) => bindingText(bound.get(uid) ?? []) !== bindingText(group.bindings));
    if (changed.length === 0) continue;
    await transaction.write(deleteBindings, { occurrences: changed.map(({ uid }) => uid) });
    await bind(work, changed);
  }
};

const bindingText = (bindings: CollapseGroup['bindings']): string =>
  JSON.stringify(bindings.toSorted((x, y) => x.slot - y.slot).map(({ slot, agent }) => [slot, agent]));

const bind = async (
  { context, transaction, corpus }: CollapseWork,
  planned: readonly Planned<CollapseGroup>[],
): Promise<void> => {
  const rows = planned.flatMap(({ uid, group }) =>
    group.bindings.map(({ slot, agent }) => ({
      occurrence: uid,
      slot,
      agent: context.identity.facet(corpus, 'agent', agent),
    })),
  );
  for (const batch of batches(rows)) await transaction.write(createBindings, { rows: batch });
};

/** What all occurrences of a level have in common. */
const levelOf = ({ context, corpus }: CollapseWork, level: number) => ({
  workspace: context.workspace,
  corpusName: corpus,
  level,
  layer: context.identity.layer(corpus, level),
});

const occurrenceRow = ({ context }: CollapseWork, { uid, ref }: Planned<unknown>) =>
  ref === null ? [] : [{ uid, ref: uid, ...ref, hypertoken: context.identity.hypertoken(ref.code) }];

const addMotifs = async (work: CollapseWork, planned: readonly Planned<CollapseGroup>[]): Promise<void> => {
  const { transaction } = work;
  for (const batch of batches(planned.filter(isNew), SCENE_BATCH)) {
    const rows = batch.flatMap((one) => occurrenceRow(work, one));
    await transaction.write(createOccurrences, { rows, ...levelOf(work, 1) });
    const members = batch.flatMap(({ uid, parts }) =>
      parts.map((part, order) => ({ occurrence: uid, scene: part.uid, order })),
    );
    for (const some of batches(members)) await transaction.write(createMembers, { rows: some });
    await bind(work, batch);
  }
};

const addCommunities = async (
  work: CollapseWork,
  planned: readonly Planned<CommunityGroup>[],
  level: number,
): Promise<void> => {
  const { transaction } = work;
  for (const batch of batches(planned.filter(isNew), SCENE_BATCH)) {
    const rows = batch.flatMap((one) =>
      occurrenceRow(work, one).map((row) => ({ ...row, size: one.size, first: one.first })),
    );
    await transaction.write(createCommunities, { rows, ...levelOf(work, level) });
    const parts = batch.flatMap(({ uid, parts: held }) =>
      held.map((part, order) => ({
        occurrence: uid,
        part: part.uid,
        order,
        at: part.at,
        size: part.size,
        first: part.first,
      })),
    );
    for (const some of batches(parts)) await transaction.write(createParts, { rows: some });
  }
};
