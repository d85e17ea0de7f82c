import type { CorpusName } from '../../scene/name.ts';
import type { DocumentId, SceneId } from '../../scene/scene.ts';
import { DOCUMENTS_MAX } from '../corpus-order.ts';
import { countUp, markWaiting } from '../cypher/agent-queries.ts';
import { countCouplingsOf, coupledAmong, deleteCouplingsOf, deleteCouplingsTo } from '../cypher/coupling-queries.ts';
import { changeCorpus, documentSpans, forgetCollapseMethod } from '../cypher/document-queries.ts';
import { scenesOfDocument } from '../cypher/scene-queries.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import { PORTION_SCENES } from '../portion.ts';
import { batches, lockForWriting, requireCorpus, requireWhole, type StoreContext } from './context.ts';

/**
 * Portion by portion, each a transaction after which the scenes of the portion wait to be coupled: of the couplings that
 * went at least one end waits, so that coupling makes them again wherever this stopped.
 */
export const clearCouplings = async (context: StoreContext, name: CorpusName): Promise<void> => {
  for await (const scenes of portionsOf(context, name)) await clearPortion(context, name, scenes, true);
};

/** The scenes that stand when it is called, whatever document they are of. @throws HypersceneError CORPUS_NOT_FOUND */
async function* portionsOf(context: StoreContext, name: CorpusName): AsyncGenerator<readonly SceneId[]> {
  const { engine, identity } = context;
  const { nextDocument: to } = await requireWhole(engine, context, name);
  const corpus = identity.corpus(name);
  const spans = await engine.read(documentSpans, { corpus, from: 0, to, limit: DOCUMENTS_MAX });
  let waiting: SceneId[] = [];
  for (const { id } of spans) {
    const rows = await engine.read(scenesOfDocument, { document: identity.document(id as DocumentId) });
    for (const row of rows) {
      waiting.push(row.id as SceneId);
      if (waiting.length < PORTION_SCENES) continue;
      yield waiting;
      waiting = [];
    }
  }
  if (waiting.length > 0) yield waiting;
}

/** The couplings of these scenes, portion by portion. @returns how many went */
export const clearScenes = async (
  context: StoreContext,
  corpus: CorpusName,
  scenes: readonly SceneId[],
): Promise<number> => {
  let couplings = 0;
  for (const portion of batches(scenes, PORTION_SCENES)) {
    const uids = portion.map((id) => context.identity.scene(id));
    const [standing] = await context.engine.read(countCouplingsOf, { scenes: uids });
    // So that a call that goes on where another stopped does not begin with what that has done.
    if (standing !== undefined && standing.count > 0) couplings += await clearPortion(context, corpus, portion, false);
  }
  return couplings;
};

/** @param forgets how the corpus was collapsed */
const clearPortion = async (
  context: StoreContext,
  corpus: CorpusName,
  ids: readonly SceneId[],
  forgets: boolean,
): Promise<number> => {
  const scenes = ids.map((id) => context.identity.scene(id));
  let couplings = 0;
  await context.engine.write(async (transaction) => {
    await lockForWriting(context, transaction);
    await requireCorpus(transaction, context, corpus);
    const [counted] = await transaction.read(countCouplingsOf, { scenes });
    const count = counted?.count ?? 0;
    // Where the answer to the commit was lost there are none now.
    couplings = Math.max(couplings, count);
    if (forgets) await transaction.write(forgetCollapseMethod, { corpus: context.identity.corpus(corpus) });
    await transaction.write(deleteCouplingsOf, { scenes });
    await transaction.write(deleteCouplingsTo, { scenes });
    const uncoupled = await letWait(context, transaction, corpus, scenes);
    await transaction.write(changeCorpus, {
      corpus: context.identity.corpus(corpus),
      documents: 0,
      ordered: 0,
      scenes: 0,
      couplings: -count,
      uncoupled,
    });
  });
  return couplings;
};

/** @returns how many did not wait before */
const letWait = async (
  { identity }: StoreContext,
  transaction: CypherTransaction,
  corpusName: CorpusName,
  scenes: readonly string[],
): Promise<number> => {
  const coupled = await transaction.read(coupledAmong, { scenes, corpusName });
  if (coupled.length === 0) return 0;
  const rows = coupled.map(({ scene, document }) => ({ scene, document: identity.document(document as DocumentId) }));
  await transaction.write(markWaiting, { rows });
  const counts = [...Map.groupBy(rows, ({ document }) => document)].map(([document, { length: waiting }]) => ({
    document,
    waiting,
  }));
  await transaction.write(countUp, { rows: counts, corpus: identity.corpus(corpusName) });
  return rows.length;
};
