import { HypersceneError } from '../../errors.ts';
import type { CorpusName, DocumentName } from '../../scene/name.ts';
import { type DocumentId, documentId, type SceneId } from '../../scene/scene.ts';
import {
  changeCorpus,
  type DocumentRow,
  deleteChunks,
  deleteCorpus as deleteCorpusNode,
  deleteDocument as deleteDocumentNode,
  documentPage,
  documentsByUid,
  markImporting,
} from '../cypher/document-queries.ts';
import { scenesOfDocument } from '../cypher/scene-queries.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import type { DeleteReport } from '../graph-store.ts';
import { PORTION_SCENES } from '../portion.ts';
import { deleteMerges } from './agent-merges.ts';
import { CodeBook } from './code-book.ts';
import { documentNotFound, findDocument, requireCorpus, requireWhole, type StoreContext } from './context.ts';
import { clearScenes } from './coupling-clearer.ts';
import { chunkUids } from './document-writer.ts';
import { SceneRemover } from './scene-remover.ts';
import { writeRepeatable } from './write-repeatable.ts';

const NOTHING: DeleteReport = { documents: 0, scenes: 0, couplings: 0, occurrences: 0 };

const plus = (x: DeleteReport, y: DeleteReport): DeleteReport => ({
  documents: x.documents + y.documents,
  scenes: x.scenes + y.scenes,
  couplings: x.couplings + y.couplings,
  occurrences: x.occurrences + y.occurrences,
});

export const deleteDocument = async (
  context: StoreContext,
  corpus: CorpusName,
  name: DocumentName,
): Promise<DeleteReport> => {
  const uid = context.identity.document(documentId(corpus, name));
  await requireWhole(context.engine, context, corpus);
  const found = await findDocument(context.engine, uid);
  const couplings = found === null ? 0 : await clearLarge(context, corpus, [found]);
  const report = await writeRepeatable<DeleteReport>(context, { gone: 'DOCUMENT_NOT_FOUND' }, async (transaction) => {
    const book = await CodeBook.open(context, transaction);
    await requireWhole(transaction, context, corpus);
    const document = await findDocument(transaction, uid);
    if (document === null) throw documentNotFound(name);
    const removed = await removeDocuments(context, transaction, book, corpus, [document]);
    await book.close(context.identity.corpus(corpus));
    return removed;
  });
  return plus(report, { ...NOTHING, couplings });
};

/**
 * Portion by portion, each a transaction, until no document is left: those too that come meanwhile. The corpus goes with the
 * last. The registry of codes stays, so that none is given twice.
 */
export const deleteCorpus = async (context: StoreContext, name: CorpusName): Promise<DeleteReport> => {
  const { importing } = await requireCorpus(context.engine, context, name);
  if (importing !== null) await endResuming(context, name);
  let report = NOTHING;
  while (true) {
    const deleted = await deletePortion(context, name).catch((error: unknown) => {
      // Another call has done the rest.
      const gone = error instanceof HypersceneError && error.code === 'CORPUS_NOT_FOUND';
      if (gone && report.documents > 0) return { report: NOTHING, last: true };
      throw error;
    });
    report = plus(report, deleted.report);
    if (deleted.last) return report;
  }
};

/** No import may take what is left of a half-deleted corpus for what it brought itself. */
const endResuming = ({ engine, identity }: StoreContext, name: CorpusName): Promise<void> =>
  engine.write((transaction) =>
    transaction.write(markImporting, { corpus: identity.corpus(name), importing: DELETING }),
  );

/** In place of the hash of what is imported. */
const DELETING = 'deleting';

interface Deleted {
  readonly report: DeleteReport;
  /** None is left, and the corpus went too. */
  readonly last: boolean;
}

const deletePortion = async (context: StoreContext, name: CorpusName): Promise<Deleted> => {
  const portion = await nextPortion(context, name);
  const couplings = await clearLarge(context, name, portion);
  const deleted = await writeRepeatable<Deleted>(context, { gone: 'CORPUS_NOT_FOUND' }, (transaction, before) =>
    deleteWithin(context, transaction, name, portion, before),
  );
  return { ...deleted, report: plus(deleted.report, { ...NOTHING, couplings }) };
};

/** More are never worked on together: short ones, of which a chat's corpus has thousands. */
const PORTION_DOCUMENTS = 100;

/** As many documents, in the order of the corpus, as have {@link PORTION_SCENES} scenes together; one may have more. */
const nextPortion = async ({ engine, identity }: StoreContext, name: CorpusName): Promise<readonly DocumentRow[]> => {
  const corpus = identity.corpus(name);
  const rows = await engine.read(documentPage, { corpus, after: -1, limit: PORTION_DOCUMENTS });
  let scenes = 0;
  const tooMany = rows.findIndex((row, i) => {
    scenes += row.scenes;
    return i > 0 && scenes > PORTION_SCENES;
  });
  return tooMany < 0 ? rows : rows.slice(0, tooMany);
};

/** The couplings of a document so large that they go in transactions of their own. @returns how many went */
const clearLarge = async (
  context: StoreContext,
  corpus: CorpusName,
  documents: readonly DocumentRow[],
): Promise<number> => {
  let couplings = 0;
  for (const { id } of documents.filter(({ scenes }) => scenes > PORTION_SCENES)) {
    const document = context.identity.document(id as DocumentId);
    const rows = await context.engine.read(scenesOfDocument, { document });
    couplings += await clearScenes(
      context,
      corpus,
      rows.map((row) => row.id as SceneId),
    );
  }
  return couplings;
};

const deleteWithin = async (
  context: StoreContext,
  transaction: CypherTransaction,
  name: CorpusName,
  portion: readonly DocumentRow[],
  before: Deleted | null,
): Promise<Deleted> => {
  const book = await CodeBook.open(context, transaction);
  await requireCorpus(transaction, context, name);
  const corpus = context.identity.corpus(name);
  const uids = portion.map(({ id }) => context.identity.document(id as DocumentId));
  const standing = await transaction.read(documentsByUid, { documents: uids });
  if (before !== null && standing.length === 0 && portion.length > 0) return before;
  const report = await removeDocuments(context, transaction, book, name, standing);
  const last = (await transaction.read(documentPage, { corpus, after: -1, limit: 1 })).length === 0;
  if (last) await deleteMerges(transaction, context, name);
  await book.close(corpus);
  if (last) await transaction.write(deleteCorpusNode, { corpus });
  return { report, last };
};

const removeDocuments = async (
  context: StoreContext,
  transaction: CypherTransaction,
  book: CodeBook,
  corpus: CorpusName,
  documents: readonly DocumentRow[],
): Promise<DeleteReport> => {
  const remover = new SceneRemover(context, transaction, book);
  let [scenes, uncoupled] = [0, 0];
  for (const row of documents) {
    const document = context.identity.document(row.id as DocumentId);
    const rows = await transaction.read(scenesOfDocument, { document });
    await remover.remove(rows.map(({ id }) => id as SceneId));
    if (row.chunks > 0) await transaction.write(deleteChunks, { chunks: chunkUids(context, row) });
    await transaction.write(deleteDocumentNode, { document });
    scenes += rows.length;
    uncoupled += row.uncoupled;
  }
  await remover.sweepFacets();
  const { couplings, occurrences } = remover;
  await transaction.write(changeCorpus, {
    corpus: context.identity.corpus(corpus),
    documents: -documents.length,
    ordered: 0,
    scenes: -scenes,
    couplings: -couplings,
    uncoupled: -uncoupled,
  });
  return { documents: documents.length, scenes, couplings, occurrences };
};
