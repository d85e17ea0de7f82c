import { checkCancelled } from '../../errors.ts';
import type { DocumentId } from '../../scene/scene.ts';
import { unreadable } from '../backup/format.ts';
import { FACET_RELATIONSHIPS } from '../cypher/label.ts';
import type { DocumentPart, GraphStore } from '../graph-store.ts';
import { type Incoming, incoming, type Source } from './incoming.ts';
import type { IncomingScene } from './incoming-scenes.ts';
import type { IncomingDocument } from './survey.ts';

export interface DocumentsMerged {
  readonly documents: number;
  readonly scenes: number;
}

/**
 * Writes the documents that are wanted, each as one that was read: its scenes get codes, ordinals and facets here and wait to
 * be coupled.
 * @param wanted by id
 * @param onDocument after each
 * @throws HypersceneError STORE_CONFLICT for a document that came meanwhile with other bytes
 */
export const mergeDocuments = async (
  store: GraphStore,
  source: Source,
  wanted: ReadonlyMap<DocumentId, IncomingDocument>,
  onDocument: (done: DocumentsMerged) => void,
): Promise<DocumentsMerged> => {
  let done: DocumentsMerged = { documents: 0, scenes: 0 };
  if (wanted.size === 0) return done;
  const reader = new DocumentReader(incoming(source, Object.values(FACET_RELATIONSHIPS), ['document', 'chunk']));
  try {
    for await (const { id, content } of reader.documents()) {
      checkCancelled(source);
      const document = wanted.get(id);
      if (document !== undefined) {
        const report = await store.writeDocument(document, withNotices(content, document));
        done = { documents: done.documents + (report.unchanged ? 0 : 1), scenes: done.scenes + report.scenesAdded };
        onDocument(done);
      }
    }
  } finally {
    await reader.close();
  }
  return done;
};

async function* withNotices(
  content: AsyncIterable<DocumentPart>,
  { notices }: IncomingDocument,
): AsyncGenerator<DocumentPart> {
  yield* content;
  yield { type: 'notices', notices };
}

/** Parts what comes into documents: of some, all texts stand before all scenes. */
class DocumentReader {
  readonly #source: AsyncGenerator<Incoming>;
  /** Texts of documents whose turn it is not yet: they have some thousand scenes together. */
  readonly #texts = new Map<DocumentId, string[]>();
  #next: Incoming | null = null;
  #isDone = false;

  constructor(source: AsyncGenerator<Incoming>) {
    this.#source = source;
  }

  async close(): Promise<void> {
    await this.#source.return(undefined);
  }

  /** Content that is not read to its end is passed over. */
  async *documents(): AsyncGenerator<{ readonly id: DocumentId; readonly content: AsyncIterable<DocumentPart> }> {
    while (true) {
      const some: DocumentId[] = [];
      for (let next = await this.#peek(); next?.type === 'document'; next = await this.#peek()) {
        some.push(next.node.properties['id'] as DocumentId);
        this.#next = null;
      }
      if (some.length === 0) return this.#checkEnd();
      for (const id of some) {
        yield { id, content: this.#contentOf(id) };
        for await (const _ of this.#contentOf(id)) void _;
      }
      this.#texts.clear();
    }
  }

  async #peek(): Promise<Incoming | null> {
    if (this.#next !== null || this.#isDone) return this.#next;
    const { value, done } = await this.#source.next();
    this.#isDone = done === true;
    this.#next = done === true ? null : value;
    return this.#next;
  }

  /** From where it was left. */
  async *#contentOf(id: DocumentId): AsyncGenerator<DocumentPart> {
    const texts = this.#texts.get(id) ?? [];
    for (let text = texts.shift(); text !== undefined; text = texts.shift()) yield { type: 'text', text };
    for (let next = await this.#peek(); next?.type === 'text'; next = await this.#peek()) {
      this.#next = null;
      if (next.document === id) yield { type: 'text', text: next.text };
      else this.#texts.set(next.document, [...(this.#texts.get(next.document) ?? []), next.text]);
    }
    for (let own = await this.#takeScenes(id); own.length > 0; own = await this.#takeScenes(id))
      yield { type: 'scenes', scenes: own.map(({ scene }) => scene) };
  }

  /** Those of the document with which the next scenes begin. */
  async #takeScenes(id: DocumentId): Promise<readonly IncomingScene[]> {
    const next = await this.#peek();
    if (next?.type !== 'scenes') return [];
    const end = next.scenes.findIndex(({ document }) => document !== id);
    const own = end < 0 ? next.scenes : next.scenes.slice(0, end);
    this.#next = end < 0 ? null : { type: 'scenes', scenes: next.scenes.slice(end) };
    return own;
  }

  async #checkEnd(): Promise<void> {
    const next = await this.#peek();
    if (next !== null) throw unreadable('texts and scenes behind their document', next.type);
  }
}
