import { HypersceneError } from '../../errors.ts';
import type { Code } from '../../scene/hypertoken.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import { checkCollapse, checkGroups } from '../collapse-check.ts';
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
import { CodeBook } from './code-book.ts';
import { batches, readBatches, requireCorpus, type StoreContext } from './context.ts';

/** An occurrence that stands in the store. */
interface Standing {
  readonly uid: string;
  readonly code: Code;
}

/** Two occurrences are the same if they have the same form and the same scenes in the same order. */
const keyOf = (digest: string, scenes: readonly string[]): string => `${digest} ${scenes.join(' ')}`;

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
  collapse: CollapseInput,
): Promise<CollapseReport> => {
  checkCollapse(collapse);
  return context.engine.write(async (transaction) => {
    const book = await CodeBook.open(context, transaction);
    await checkRevision(context, transaction, corpus, collapse.revision);
    const work = { context, transaction, book, corpus, level: collapse.level };
    await checkScenes(work, collapse.groups);
    const standing = await readStanding(work);
    const kept = collapse.groups.filter(({ digest, scenes }) => standing.has(keyOf(digest, scenes)));
    const added = collapse.groups.filter(({ digest, scenes }) => !standing.has(keyOf(digest, scenes)));
    const wanted = new Set(kept.map(({ digest, scenes }) => keyOf(digest, scenes)));
    const gone = [...standing].filter(([key]) => !wanted.has(key)).map(([, occurrence]) => occurrence);
    await remove(work, gone);
    await rebind(work, kept, standing);
    await book.learn(collapse.groups.map((group) => ({ ...group, level: collapse.level })));
    await add(work, added);
    await book.close(context.identity.corpus(corpus));
    await transaction.write(setCollapsedRevision, { corpus: context.identity.corpus(corpus) });
    return { added: added.length, kept: kept.length, deleted: gone.length, newCodes: book.newCodes };
  });
};

const checkRevision = async (
  context: StoreContext,
  transaction: CypherTransaction,
  name: CorpusName,
  expected: number,
): Promise<void> => {
  const { revision } = await requireCorpus(transaction, context, name);
  if (revision !== expected)
    throw new HypersceneError('STORE_CONFLICT', 'the corpus changed since it was read', {
      expected: `revision ${expected}`,
      came: `revision ${revision}`,
    });
};

const checkScenes = async ({ context, transaction, corpus }: Work, groups: readonly CollapseGroup[]): Promise<void> => {
  const rows = await readBatches(
    transaction,
    agentsOfScenes,
    groups.flatMap(({ scenes }) => scenes),
    (batch) => ({
      scenes: batch.map((id) => context.identity.scene(id)),
    }),
  );
  const own = rows.filter((row) => row.corpus === corpus);
  checkGroups(groups, new Map(own.map(({ scene, agent }) => [scene as SceneId, agent])));
};

const readStanding = async ({ context, transaction, corpus, level }: Work): Promise<ReadonlyMap<string, Standing>> => {
  const rows = await transaction.read(layerOccurrences, { layer: context.identity.layer(corpus, level) });
  const uids = rows.map(({ uid }) => uid);
  const members = await readBatches(transaction, membersOf, uids, (occurrences) => ({ occurrences }));
  const byOccurrence = Map.groupBy(members, ({ occurrence }) => occurrence);
  const scenesOf = (uid: string): readonly string[] => (byOccurrence.get(uid) ?? []).map(({ scene }) => scene);
  return new Map(rows.map(({ uid, code, digest }) => [keyOf(digest, scenesOf(uid)), { uid, code: code as Code }]));
};

const remove = async ({ transaction, book }: Work, gone: readonly Standing[]): Promise<void> => {
  for (const { code } of gone) book.release(code);
  for (const batch of batches(gone))
    await transaction.write(deleteOccurrences, { occurrences: batch.map(({ uid }) => uid) });
};

/** The agents of an occurrence may be known by another name now. */
const rebind = async (
  work: Work,
  kept: readonly CollapseGroup[],
  standing: ReadonlyMap<string, Standing>,
): Promise<void> => {
  const { transaction } = work;
  const groups = new Map(kept.map((group) => [standing.get(keyOf(group.digest, group.scenes))?.uid ?? '', group]));
  const rows = await readBatches(transaction, bindingsOf, [...groups.keys()], (occurrences) => ({ occurrences }));
  const bound = Map.groupBy(rows, ({ occurrence }) => occurrence);
  const changed = [...groups].filter(
    ([uid, group]) => bindingText(bound.get(uid) ?? []) !== bindingText(group.bindings),
  );
  for (const batch of batches(changed)) {
    await transaction.write(deleteBindings, { occurrences: batch.map(([uid]) => uid) });
    await bind(work, batch);
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
  for (const batch of batches(groups, 1000)) {
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
