import { HypersceneError } from '../../errors.ts';
import type { CorpusName, DocumentName } from '../../scene/name.ts';
import { type DocumentId, documentId, type Language, type SceneId } from '../../scene/scene.ts';
import { DOCUMENTS_MAX } from '../corpus-order.ts';
import {
  type CorpusRow,
  changeCorpus,
  chunkText,
  corporaByUid,
  corpusByUid,
  corpusNames,
  type DocumentRow,
  deleteChunks,
  deleteCorpus as deleteCorpusNode,
  deleteDocument as deleteDocumentNode,
  documentPage,
  documentsByUid,
} from '../cypher/document-queries.ts';
import { scenesOfDocument } from '../cypher/scene-queries.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import type { CorpusRecord, DeleteReport, DocumentRecord, Page, PageRequest } from '../graph-store.ts';
import { openPage, toPage } from '../paging.ts';
import { compareText } from '../text-order.ts';
import { deleteMerges } from './agent-merges.ts';
import { CodeBook } from './code-book.ts';
import { documentNotFound, findDocument, readBatches, requireCorpus, type StoreContext } from './context.ts';
import { chunkUids } from './document-writer.ts';
import { SceneRemover } from './scene-remover.ts';
import { writeRepeatable } from './write-repeatable.ts';

const toCorpus = (row: CorpusRow): CorpusRecord => ({
  name: row.name as CorpusName,
  documents: row.documents,
  scenes: row.scenes,
  couplings: row.couplings,
  uncoupled: row.uncoupled,
  revision: row.revision,
  collapsedRevision: row.collapsedRevision,
});

const toDocument = (row: DocumentRow): DocumentRecord => ({
  id: row.id as DocumentId,
  corpus: row.corpus as CorpusName,
  name: row.name as DocumentName,
  lang: row.lang as Language,
  version: row.version,
  sha256: row.sha256,
  bytes: row.bytes,
  length: row.length,
  scenes: row.scenes,
  notices: row.notices,
});

export const pageCorpora = async (
  { engine, workspace }: StoreContext,
  page: PageRequest,
): Promise<Page<CorpusRecord>> => {
  const [after = ''] = openPage('corpora', page) ?? [];
  return engine.snapshot(async (view) => {
    const names = (await view.read(corpusNames, { workspace }))
      .filter(({ name }) => compareText(name, String(after)) > 0)
      .sort((x, y) => compareText(x.name, y.name));
    const corpora = names.slice(0, page.first).map(({ uid }) => uid);
    const found = corpora.length === 0 ? [] : await view.read(corporaByUid, { corpora });
    const rows = found.map(toCorpus).sort((x, y) => compareText(x.name, y.name));
    return { ...toPage('corpora', page, rows, ({ name }) => [name]), hasNextPage: names.length > page.first };
  });
};

export const findCorpus = async (
  { engine, identity }: StoreContext,
  name: CorpusName,
): Promise<CorpusRecord | null> => {
  const [row] = await engine.read(corpusByUid, { corpus: identity.corpus(name) });
  return row === undefined ? null : toCorpus(row);
};

export const pageDocuments = async (
  context: StoreContext,
  corpus: CorpusName,
  page: PageRequest,
): Promise<Page<DocumentRecord>> => {
  const [after = -1] = openPage('documents', page) ?? [];
  return context.engine.snapshot(async (view) => {
    await requireCorpus(view, context, corpus);
    const limit = page.first + 1;
    const rows = await view.read(documentPage, { corpus: context.identity.corpus(corpus), after, limit });
    const { items, hasNextPage } = toPage('documents', page, rows, ({ order }) => [order]);
    return { items: items.map(({ cursor, item }) => ({ cursor, item: toDocument(item) })), hasNextPage };
  });
};

export const documentsById = async (
  { engine, identity }: StoreContext,
  ids: readonly DocumentId[],
): Promise<readonly (DocumentRecord | null)[]> => {
  const rows = await readBatches(engine, documentsByUid, ids, (batch) => ({
    documents: batch.map((id) => identity.document(id)),
  }));
  const found = new Map(rows.map((row) => [row.id as DocumentId, toDocument(row)]));
  return ids.map((id) => found.get(id) ?? null);
};

/**
 * Chunk by chunk, not in one snapshot: a reader may take its time.
 * @throws HypersceneError DOCUMENT_NOT_FOUND; STORE_CONFLICT when the document changes under the reader
 */
export async function* documentText(context: StoreContext, id: DocumentId): AsyncGenerator<string> {
  const document = await findDocument(context.engine, context.identity.document(id));
  if (document === null) throw documentNotFound(id);
  for (const chunk of chunkUids(context, document)) {
    const [row] = await context.engine.read(chunkText, { chunk });
    if (row === undefined)
      throw new HypersceneError('STORE_CONFLICT', 'the document changed while it was read', {
        expected: `version ${document.version} of ${JSON.stringify(document.name)}`,
      });
    yield row.text;
  }
}

const NOTHING: DeleteReport = { documents: 0, scenes: 0, couplings: 0, occurrences: 0 };

export const deleteDocument = (context: StoreContext, corpus: CorpusName, name: DocumentName): Promise<DeleteReport> =>
  writeRepeatable(context, 'DOCUMENT_NOT_FOUND', async (transaction) => {
    const book = await CodeBook.open(context, transaction);
    await requireCorpus(transaction, context, corpus);
    const document = await findDocument(transaction, context.identity.document(documentId(corpus, name)));
    if (document === null) throw documentNotFound(name);
    const report = await removeDocuments(context, transaction, book, [document]);
    await transaction.write(changeCorpus, {
      corpus: context.identity.corpus(corpus),
      documents: -1,
      ordered: 0,
      scenes: -report.scenes,
      couplings: -report.couplings,
      uncoupled: -document.uncoupled,
    });
    await book.close(context.identity.corpus(corpus));
    return report;
  });

/** In one transaction however large: 100,000 scenes take 10 s. The registry of codes stays, so that none is given twice. */
export const deleteCorpus = (context: StoreContext, name: CorpusName): Promise<DeleteReport> =>
  writeRepeatable(context, 'CORPUS_NOT_FOUND', async (transaction) => {
    const book = await CodeBook.open(context, transaction);
    await requireCorpus(transaction, context, name);
    const corpus = context.identity.corpus(name);
    const documents = await transaction.read(documentPage, { corpus, after: -1, limit: DOCUMENTS_MAX });
    const report = await removeDocuments(context, transaction, book, documents);
    await deleteMerges(transaction, context, name);
    await book.close(corpus);
    await transaction.write(deleteCorpusNode, { corpus });
    return report;
  });

const removeDocuments = async (
  context: StoreContext,
  transaction: CypherTransaction,
  book: CodeBook,
  documents: readonly DocumentRow[],
): Promise<DeleteReport> => {
  const remover = new SceneRemover(transaction, book);
  let report = NOTHING;
  for (const row of documents) {
    const document = context.identity.document(row.id as DocumentId);
    const scenes = await transaction.read(scenesOfDocument, { document });
    await remover.remove(scenes.map(({ id }) => context.identity.scene(id as SceneId)));
    if (row.chunks > 0) await transaction.write(deleteChunks, { chunks: chunkUids(context, row) });
    await transaction.write(deleteDocumentNode, { document });
    report = { ...report, documents: report.documents + 1, scenes: report.scenes + scenes.length };
  }
  await remover.sweepFacets();
  return { ...report, couplings: remover.couplings, occurrences: remover.occurrences };
};
