import type { Code } from '../../scene/hypertoken.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import { CollapseCheck, checkGroup } from '../collapse-check.ts';
import { setCollapsedRevision } from '../cypher/document-queries.ts';
import {
  agentsOfScenes,
  bindingsOf,
  createBindings,
  createMembers,
  createOccurrences,
  deleteBindings,
  deleteOccurrences,
  layerOccurrences,
  membersOf,
} from '../cypher/occurrence-queries.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import type { CollapseGroup, CollapseInput, CollapseReport } from '../graph-store.ts';
import { checkLevel } from '../level.ts';
import { checkRevision } from '../revision-check.ts';
import { inTurns } from '../turns.ts';
import { CodeBook } from './code-book.ts';
import { batches, readBatches, requireCorpus, SCENE_BATCH, type StoreContext } from './context.ts';
import { writeRepeatable } from './write-repeatable.ts';

/** An occurrence that stands in the store. */
interface Standing {
  readonly uid: string;
  readonly code: Code;
}

interface Work {
  readonly context: StoreContext;
  readonly transaction: CypherTransaction;
  readonly book: CodeBook;
  readonly corpus: CorpusName;
  readonly level: number;
}

/**
 * @throws HypersceneError CORPUS_NOT_FOUND, BAD_ARGUMENT; STORE_CONFLICT when the corpus changed since it was read;
 *   STORE_FAILED for two forms of one digest
 */
export const writeCollapse = async (
  context: StoreContext,
  corpus: CorpusName,
  { level, revision, groups }: CollapseInput,
): Promise<CollapseReport> => {
  checkLevel(level, 1);
  const check = new CollapseCheck();
  await inTurns(groups, (group) => check.check(group));
  return writeRepeatable<CollapseReport>(context, { nothingLeft: isAllKept }, async (transaction) => {
    const book = await CodeBook.open(context, transaction);
    checkRevision((await requireCorpus(transaction, context, corpus)).revision, revision);
    const work = { context, transaction, book, corpus, level };
    await checkScenes(work, groups);
    const { kept, added, gone } = await compare(work, groups);
    await remove(work, gone);
    await rebind(work, kept);
    for (const batch of batches(groups)) await book.learn(batch.map((group) => ({ ...group, level })));
    await add(work, added);
    await book.close(context.identity.corpus(corpus));
    await transaction.write(setCollapsedRevision, { corpus: context.identity.corpus(corpus) });
    return { added: added.length, kept: kept.size, deleted: gone.length, newCodes: book.newCodes };
  });
};

const isAllKept = ({ added, deleted }: CollapseReport): boolean => added === 0 && deleted === 0;

const checkScenes = async ({ context, transaction, corpus }: Work, groups: readonly CollapseGroup[]): Promise<void> => {
  for (const some of batches(groups)) {
    const ids = some.flatMap(({ scenes }) => scenes);
    const rows = await readBatches(transaction, agentsOfScenes, ids, (batch) => ({
      scenes: batch.map((id) => context.identity.scene(id)),
    }));
    const own = rows.filter((row) => row.corpus === corpus);
    const agents = new Map(own.map(({ scene, agent }) => [scene as SceneId, agent]));
    await inTurns(some, (group) => checkGroup(group, agents));
  }
};

/** Two occurrences are the same if they have the same form and the same scenes in the same order. */
const keyOf = (digest: string, scenes: readonly string[]): string => `${digest} ${scenes.join(' ')}`;

interface Comparison {
  /** By the occurrence's uid. */
  readonly kept: ReadonlyMap<string, CollapseGroup>;
  readonly added: readonly CollapseGroup[];
  readonly gone: readonly Standing[];
}

const compare = async (work: Work, groups: readonly CollapseGroup[]): Promise<Comparison> => {
  const standing = await readStanding(work);
  const kept = new Map<string, CollapseGroup>();
  const added: CollapseGroup[] = [];
  await inTurns(groups, (group) => {
    const key = keyOf(group.digest, group.scenes);
    const occurrence = standing.get(key);
    if (occurrence === undefined) added.push(group);
    else kept.set(occurrence.uid, group);
    standing.delete(key);
  });
  return { kept, added, gone: [...standing.values()] };
};

const readStanding = async ({ context, transaction, corpus, level }: Work): Promise<Map<string, Standing>> => {
  const rows = await transaction.read(layerOccurrences, { layer: context.identity.layer(corpus, level) });
  const standing = new Map<string, Standing>();
  for (const some of batches(rows)) {
    const members = await transaction.read(membersOf, { occurrences: some.map(({ uid }) => uid) });
    const byOccurrence = Map.groupBy(members, ({ occurrence }) => occurrence);
    await inTurns(some, ({ uid, code, digest }) => {
      const scenes = (byOccurrence.get(uid) ?? []).map(({ scene }) => scene);
      standing.set(keyOf(digest, scenes), { uid, code: code as Code });
    });
  }
  return standing;
};

const remove = async ({ transaction, book }: Work, gone: readonly Standing[]): Promise<void> => {
  for (const { code } of gone) book.release(code);
  for (const batch of batches(gone))
    await transaction.write(deleteOccurrences, { occurrences: batch.map(({ uid }) => uid) });
};

/** The agents of an occurrence may be known by another name now. */
const rebind = async (work: Work, kept: Comparison['kept']): Promise<void> => {
  const { transaction } = work;
  for (const some of batches([...kept])) {
    const rows = await transaction.read(bindingsOf, { occurrences: some.map(([uid]) => uid) });
    const bound = Map.groupBy(rows, ({ occurrence }) => occurrence);
    const changed = some.filter(([uid, { bindings }]) => bindingText(bound.get(uid) ?? []) !== bindingText(bindings));
    if (changed.length === 0) continue;
    await transaction.write(deleteBindings, { occurrences: changed.map(([uid]) => uid) });
    await bind(work, changed);
  }
};

const bindingText = (bindings: CollapseGroup['bindings']): string =>
  JSON.stringify(bindings.toSorted((x, y) => x.slot - y.slot).map(({ slot, agent }) => [slot, agent]));

const bind = async (
  { context, transaction, corpus }: Work,
  groups: readonly (readonly [uid: string, group: CollapseGroup])[],
): Promise<void> => {
  const rows = groups.flatMap(([occurrence, { bindings }]) =>
    bindings.map(({ slot, agent }) => ({ occurrence, slot, agent: context.identity.facet(corpus, 'agent', agent) })),
  );
  for (const batch of batches(rows)) await transaction.write(createBindings, { rows: batch });
};

const add = async (work: Work, groups: readonly CollapseGroup[]): Promise<void> => {
  const { context, transaction, book, corpus, level } = work;
  const { identity, workspace } = context;
  for (const batch of batches(groups, SCENE_BATCH)) {
    const occurrences = batch.map((group) => {
      const ref = book.allot(group.digest);
      const uid = identity.occurrence(ref);
      return { group, row: { uid, ref: uid, ...ref, hypertoken: identity.hypertoken(ref.code) } };
    });
    await transaction.write(createOccurrences, {
      rows: occurrences.map(({ row }) => row),
      workspace,
      corpusName: corpus,
      level,
      layer: identity.layer(corpus, level),
    });
    const members = occurrences.flatMap(({ group, row }) =>
      group.scenes.map((id, order) => ({ occurrence: row.uid, scene: identity.scene(id), order })),
    );
    for (const rows of batches(members)) await transaction.write(createMembers, { rows });
    await bind(
      work,
      occurrences.map(({ group, row }) => [row.uid, group]),
    );
  }
};
