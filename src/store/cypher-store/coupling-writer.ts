import { HypersceneError } from '../../errors.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { DocumentId, SceneId } from '../../scene/scene.ts';
import { checkCouplings } from '../coupling-check.ts';
import {
  countDown,
  couplingPairs,
  createCouplings,
  deleteCouplings,
  markCoupled,
  updateCouplings,
  waitingAmong,
} from '../cypher/coupling-queries.ts';
import { changeCorpus } from '../cypher/document-queries.ts';
import { corporaOfScenes } from '../cypher/scene-queries.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import type { CouplingChange } from '../graph-store.ts';
import { checkRevision } from '../revision-check.ts';
import { batches, lockForWriting, readBatches, requireCorpus, type StoreContext } from './context.ts';

/**
 * @throws HypersceneError CORPUS_NOT_FOUND, BAD_ARGUMENT; STORE_CONFLICT for scenes that are not, or no longer, there, and
 *   when the corpus changed since the revision it was computed from
 */
export const writeCouplings = async (
  context: StoreContext,
  corpus: CorpusName,
  change: CouplingChange,
): Promise<void> => {
  checkCouplings(change);
  await context.engine.write(async (transaction) => {
    await lockForWriting(context, transaction);
    checkRevision((await requireCorpus(transaction, context, corpus)).revision, change.revision);
    if (change.put.length + change.remove.length + change.coupled.length === 0) return;
    await checkEnds(context, transaction, corpus, change);
    const added = await put(context, transaction, corpus, change);
    const removed = await remove(context, transaction, corpus, change);
    const coupled = await settle(context, transaction, corpus, change.coupled);
    await transaction.write(changeCorpus, {
      corpus: context.identity.corpus(corpus),
      documents: 0,
      ordered: 0,
      scenes: 0,
      couplings: added - removed,
      uncoupled: -coupled,
    });
  });
};

/** A document may be rewritten between reading its scenes and writing their couplings: to be tried again. */
const checkEnds = async (
  { identity }: StoreContext,
  transaction: CypherTransaction,
  corpus: CorpusName,
  { put: couplings }: CouplingChange,
): Promise<void> => {
  const ends = [...new Set(couplings.flatMap(({ a, b }) => [a, b]))];
  const rows = await readBatches(transaction, corporaOfScenes, ends, (batch) => ({
    scenes: batch.map((id) => identity.scene(id)),
  }));
  const corpora = new Map(rows.map((row) => [row.id, row.corpus]));
  const stray = ends.find((id) => corpora.get(id) !== corpus);
  if (stray !== undefined)
    throw new HypersceneError('STORE_CONFLICT', 'a coupled scene is not in the corpus', {
      expected: `a scene of ${JSON.stringify(corpus)}`,
      came: stray,
    });
};

const pairRow = ({ identity }: StoreContext, { a, b }: { readonly a: SceneId; readonly b: SceneId }) => ({
  a: identity.scene(a),
  b: identity.scene(b),
});

const put = async (
  context: StoreContext,
  transaction: CypherTransaction,
  corpusName: CorpusName,
  change: CouplingChange,
): Promise<number> => {
  let added = 0;
  for (const batch of batches(change.put, 2000)) {
    const rows = batch.map((coupling) => ({
      ...pairRow(context, coupling),
      weight: coupling.weight,
      because: JSON.stringify(coupling.because.map(({ kind, key, weight }) => ({ kind, key, weight }))),
    }));
    const existing = new Set(
      (await transaction.read(couplingPairs, { rows, corpusName })).map(({ a, b }) => `${a} ${b}`),
    );
    const isThere = ({ a, b }: { readonly a: string; readonly b: string }): boolean => existing.has(`${a} ${b}`);
    const created = rows.filter((row) => !isThere(row));
    if (created.length > 0) await transaction.write(createCouplings, { rows: created });
    if (existing.size > 0) await transaction.write(updateCouplings, { rows: rows.filter(isThere) });
    added += created.length;
  }
  return added;
};

const remove = async (
  context: StoreContext,
  transaction: CypherTransaction,
  corpusName: CorpusName,
  change: CouplingChange,
): Promise<number> => {
  let removed = 0;
  for (const batch of batches(change.remove, 2000)) {
    const rows = batch.map((pair) => pairRow(context, pair));
    const existing = await transaction.read(couplingPairs, { rows, corpusName });
    if (existing.length > 0) await transaction.write(deleteCouplings, { rows: existing.map(({ a, b }) => ({ a, b })) });
    removed += existing.length;
  }
  return removed;
};

/** Scenes of another corpus, or that are gone, are left out. */
const settle = async (
  context: StoreContext,
  transaction: CypherTransaction,
  corpus: CorpusName,
  ids: readonly SceneId[],
): Promise<number> => {
  const { identity } = context;
  const rows = await readBatches(transaction, waitingAmong, [...new Set(ids)], (batch) => ({
    scenes: batch.map((id) => identity.scene(id)),
    corpusName: corpus,
  }));
  for (const batch of batches(rows))
    await transaction.write(markCoupled, { scenes: batch.map(({ id }) => identity.scene(id as SceneId)) });
  const byDocument = [...Map.groupBy(rows, ({ document }) => document)];
  const counts = byDocument.map(([id, { length }]) => ({
    document: identity.document(id as DocumentId),
    coupled: length,
  }));
  for (const batch of batches(counts))
    await transaction.write(countDown, { rows: batch, corpus: identity.corpus(corpus) });
  return rows.length;
};
