import { HypersceneError } from '../../errors.ts';
import type { CorpusName, DocumentName } from '../../scene/name.ts';
import type { DocumentId, Language } from '../../scene/scene.ts';
import {
  type CorpusRow,
  chunkText,
  corporaByUid,
  corpusByUid,
  corpusNames,
  type DocumentRow,
  documentPage,
  documentsByUid,
} from '../cypher/document-queries.ts';
import type { CollapseMethod, CorpusRecord, DocumentRecord, Page, PageRequest } from '../graph-store.ts';
import { openPage, toPage } from '../paging.ts';
import { compareText } from '../text-order.ts';
import { documentNotFound, findDocument, readBatches, requireWhole, type StoreContext } from './context.ts';
import { chunkUids } from './document-writer.ts';

export const toCorpus = (row: CorpusRow): CorpusRecord => ({
  name: row.name as CorpusName,
  documents: row.documents,
  scenes: row.scenes,
  couplings: row.couplings,
  uncoupled: row.uncoupled,
  revision: row.revision,
  collapsedRevision: row.collapsedRevision,
  collapsedBy: row.collapsedBy ? (JSON.parse(row.collapsedBy) as CollapseMethod) : null,
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
  filledBy: row.filledBy,
});

export const pageCorpora = async (
  { engine, workspace }: StoreContext,
  page: PageRequest,
): Promise<Page<CorpusRecord>> => {
  const [after = ''] = openPage('corpora', page) ?? [];
  return engine.snapshot(async (view) => {
    const names = (await view.read(corpusNames, { workspace }))
      .filter(({ name, importing }) => importing === null && compareText(name, String(after)) > 0)
      .sort((x, y) => compareText(x.name, y.name));
    const corpora = names.slice(0, page.first).map(({ uid }) => uid);
    const found = corpora.length === 0 ? [] : await view.read(corporaByUid, { corpora });
    const rows = found.map(toCorpus).sort((x, y) => compareText(x.name, y.name));
    return { ...toPage('corpora', page, rows, ({ name }) => [name]), hasNextPage: names.length > page.first };
  });
};

export const findCorpus = async (
  { engine, identity, lookups }: StoreContext,
  name: CorpusName,
): Promise<CorpusRecord | null> => {
  const { corpora } = lookups();
  const [row] = corpora.has(name)
    ? [corpora.get(name)]
    : await engine.read(corpusByUid, { corpus: identity.corpus(name) });
  if (row === undefined) return null;
  corpora.set(name, row);
  return row.importing === null ? toCorpus(row) : null;
};

export const pageDocuments = async (
  context: StoreContext,
  corpus: CorpusName,
  page: PageRequest,
): Promise<Page<DocumentRecord>> => {
  const [after = -1] = openPage('documents', page) ?? [];
  return context.engine.snapshot(async (view) => {
    await requireWhole(view, context, corpus);
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
  const uid = context.identity.document(id);
  const document = await findDocument(context.engine, uid);
  if (document === null) throw documentNotFound(id);
  for (const chunk of chunkUids(context, document)) {
    const parameters = { chunk, documents: [uid] };
    const [[row], [now]] = await context.engine.readTogether([chunkText, documentsByUid] as const, parameters);
    // A document that was deleted and is read anew begins at version 1 again: its bytes tell the two apart.
    if (row === undefined || now?.sha256 !== document.sha256)
      throw new HypersceneError('STORE_CONFLICT', 'the document changed while it was read', {
        expected: `version ${document.version} of ${JSON.stringify(document.name)}`,
      });
    yield row.text;
  }
}
