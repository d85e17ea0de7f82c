import { type DocumentId, documentId, type Language, type Scene, type SceneId } from '../../scene/scene.ts';
import {
  changeCorpus,
  corpusByUid,
  createChunk,
  createCorpus,
  createDocument,
  type DocumentRow,
  deleteChunks,
  setDocument,
} from '../cypher/document-queries.ts';
import { countUncoupled, scenesOfDocument } from '../cypher/scene-queries.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import type { DocumentInput, DocumentPart, WriteReport } from '../graph-store.ts';
import { checkImports } from '../import-check.ts';
import { compareOrder } from '../neighbours.ts';
import { type PrefetchedContent, prefetch } from '../prefetch.ts';
import { isSameReading, type ReadingIdentity } from '../same-reading.ts';
import { checkDocument, checkNotices, checkReplaces, SceneCheck } from '../scene-check.ts';
import { SceneOrder } from '../scene-order.ts';
import { TextChunks } from '../text-chunks.ts';
import { inTurns } from '../turns.ts';
import type { CodeBook } from './code-book.ts';
import { findDocument, SCENE_BATCH, type StoreContext } from './context.ts';
import { openBook } from './open-book.ts';
import { SceneRemover } from './scene-remover.ts';
import { SceneWriter } from './scene-writer.ts';
import { writeRepeatable } from './write-repeatable.ts';

export const writeDocument = async (
  context: StoreContext,
  input: DocumentInput,
  content: AsyncIterable<DocumentPart>,
): Promise<WriteReport> => {
  checkDocument(input);
  const uid = context.identity.document(documentId(input.corpus, input.name));
  const stored = await findDocument(context.engine, uid);
  if (stored !== null && isSameReading(identityOf(stored), input)) return unchangedReport(stored);
  if (stored !== null) checkReplaces(input);
  const prefetched = await prefetch(content);
  try {
    const stands = { nothingLeft: ({ unchanged }: WriteReport) => unchanged };
    return await writeRepeatable<WriteReport>(context, stands, (transaction) =>
      writeWithin(context, transaction, input, prefetched),
    );
  } finally {
    await prefetched.close();
  }
};

const identityOf = ({ sha256, lang, filledBy }: DocumentRow): ReadingIdentity => ({
  sha256,
  lang: lang as Language,
  filledBy,
});

const unchangedReport = ({ id, version, scenes }: DocumentRow): WriteReport => ({
  document: id as DocumentId,
  version,
  unchanged: true,
  scenesAdded: 0,
  scenesKept: scenes,
  scenesDeleted: 0,
  viewsDeleted: [],
});

/** The document may have changed since it was looked at outside the transaction. */
const writeWithin = async (
  context: StoreContext,
  transaction: CypherTransaction,
  input: DocumentInput,
  content: PrefetchedContent,
): Promise<WriteReport> => {
  const book = await openBook(context, transaction);
  const stored = await findDocument(transaction, context.identity.document(documentId(input.corpus, input.name)));
  if (stored !== null && isSameReading(identityOf(stored), input)) return unchangedReport(stored);
  if (stored !== null) checkReplaces(input);
  const revision = await DocumentRevision.begin({ context, transaction, book, input, stored });
  for await (const part of content) await revision.add(part);
  return revision.finish();
};

interface RevisionParts {
  readonly context: StoreContext;
  readonly transaction: CypherTransaction;
  readonly book: CodeBook;
  readonly input: DocumentInput;
  /** The version before; null for a document that was not there. */
  readonly stored: DocumentRow | null;
}

/** One new version of a document, while it is written. */
class DocumentRevision {
  readonly #parts: RevisionParts;
  readonly #id: DocumentId;
  readonly #version: number;
  readonly #before: SceneOrder;
  readonly #writer: SceneWriter;
  readonly #remover: SceneRemover;
  readonly #check = new SceneCheck();
  readonly #text = new TextChunks();
  #chunks = 0;
  #waiting: Scene[] = [];
  #notices: readonly string[] = [];

  private constructor(parts: RevisionParts, id: DocumentId, order: number, before: SceneOrder) {
    const { context, transaction, book, input, stored } = parts;
    this.#parts = parts;
    this.#id = id;
    this.#version = stored === null ? (input.imported?.version ?? 1) : stored.version + 1;
    this.#before = before;
    this.#remover = new SceneRemover(context, transaction, book);
    this.#writer = new SceneWriter({
      context,
      transaction,
      book,
      remover: this.#remover,
      place: { corpus: input.corpus, id, order },
      before,
    });
  }

  static async begin(parts: RevisionParts): Promise<DocumentRevision> {
    const { context, transaction, input, stored } = parts;
    const { identity, workspace } = context;
    const id = documentId(input.corpus, input.name);
    const document = identity.document(id);
    const corpus = identity.corpus(input.corpus);
    const [row] = await transaction.read(corpusByUid, { corpus });
    checkImports(input, row?.importing ?? null);
    if (stored !== null) {
      const before = new SceneOrder();
      await inTurns(await transaction.read(scenesOfDocument, { document }), (row) => before.add(row.id as SceneId));
      return new DocumentRevision(parts, id, stored.order, before);
    }
    if (row === undefined) await transaction.write(createCorpus, { corpus, workspace, name: input.corpus });
    const order = row?.nextDocument ?? 0;
    const { corpus: corpusName, name } = input;
    await transaction.write(createDocument, { corpus, document, workspace, id, corpusName, name, order });
    return new DocumentRevision(parts, id, order, new SceneOrder());
  }

  async add(part: DocumentPart): Promise<void> {
    switch (part.type) {
      case 'text':
        return this.#writeChunks(this.#text.add(part.text));
      case 'scenes':
        return this.#addScenes(part.scenes);
      case 'notices':
        checkNotices(part.notices);
        this.#notices = [...this.#notices, ...part.notices];
    }
  }

  async #writeChunks(texts: readonly string[]): Promise<void> {
    const { transaction, context } = this.#parts;
    const { identity, workspace } = context;
    for (const text of texts) {
      const order = this.#chunks++;
      const chunk = identity.chunk(this.#id, this.#version, order);
      await transaction.write(createChunk, { document: identity.document(this.#id), chunk, workspace, order, text });
    }
  }

  async #addScenes(scenes: readonly Scene[]): Promise<void> {
    for (const scene of scenes) {
      this.#check.check(scene);
      this.#waiting.push(scene);
      if (this.#waiting.length === SCENE_BATCH) await this.#flush();
    }
  }

  async #flush(): Promise<void> {
    const scenes = this.#waiting;
    this.#waiting = [];
    if (scenes.length > 0) await this.#writer.write(scenes);
  }

  async finish(): Promise<WriteReport> {
    await this.#flush();
    await this.#writeChunks(this.#text.finish());
    const { context, book, input } = this.#parts;
    const order = await compareOrder(this.#before, this.#check.order);
    await this.#remover.remove(order.deleted);
    await this.#writer.reorder(order);
    await this.#remover.sweepFacets();
    await this.#deleteOldChunks();
    const uncoupled = await this.#countUncoupled();
    await this.#writeRecord(uncoupled);
    await this.#writeCorpus(uncoupled);
    await book.close(context.identity.corpus(input.corpus));
    return {
      document: this.#id,
      version: this.#version,
      unchanged: false,
      scenesAdded: this.#writer.added,
      scenesKept: this.#writer.kept,
      scenesDeleted: order.deleted.length,
      viewsDeleted: this.#remover.views,
    };
  }

  async #deleteOldChunks(): Promise<void> {
    const { transaction, context, stored } = this.#parts;
    if (stored === null || stored.chunks === 0) return;
    await transaction.write(deleteChunks, { chunks: chunkUids(context, stored) });
  }

  async #countUncoupled(): Promise<number> {
    const { transaction, context } = this.#parts;
    if (this.#before.size === 0) return this.#writer.added;
    const [row] = await transaction.read(countUncoupled, { document: context.identity.document(this.#id) });
    return row?.count ?? 0;
  }

  async #writeRecord(uncoupled: number): Promise<void> {
    const { transaction, context, input } = this.#parts;
    const { identity } = context;
    await transaction.write(setDocument, {
      document: identity.document(this.#id),
      lang: input.lang,
      version: this.#version,
      sha256: input.sha256,
      bytes: input.bytes,
      length: this.#text.length,
      scenes: this.#writer.added + this.#writer.kept,
      notices: this.#notices,
      filledBy: input.filledBy ?? null,
      chunks: this.#chunks,
      uncoupled,
      pending: uncoupled > 0 ? identity.corpus(input.corpus) : null,
    });
  }

  async #writeCorpus(uncoupled: number): Promise<void> {
    const { transaction, context, input, stored } = this.#parts;
    await transaction.write(changeCorpus, {
      corpus: context.identity.corpus(input.corpus),
      documents: stored === null ? 1 : 0,
      ordered: stored === null ? 1 : 0,
      scenes: this.#writer.added + this.#writer.kept - this.#before.size,
      couplings: -this.#remover.couplings,
      uncoupled: uncoupled - (stored?.uncoupled ?? 0),
    });
  }
}

/** The chunks a stored version has: their keys follow from their number. */
export const chunkUids = ({ identity }: StoreContext, { id, version, chunks }: DocumentRow): readonly string[] =>
  Array.from({ length: chunks }, (_, order) => identity.chunk(id as DocumentId, version, order));
