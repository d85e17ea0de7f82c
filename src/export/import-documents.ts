import { HypersceneError } from '../errors.ts';
import type { Scene } from '../scene/scene.ts';
import type { DocumentPart } from '../store/graph-store.ts';
import type { GraphRow } from './graph-rows.ts';
import type { GraphSource } from './graph-source.ts';
import type { SceneNames } from './scene-names.ts';

export interface ComingDocument {
  readonly row: GraphRow<'documents'>;
  /** From where it was left; what is not read is passed over. */
  readonly content: AsyncIterable<DocumentPart>;
}

/** Rows of a file, of which those of one document stand together. */
class DocumentRows<Row extends { readonly document: string }> {
  readonly #pages: AsyncGenerator<readonly Row[]>;
  #rows: readonly Row[] = [];

  constructor(pages: AsyncGenerator<readonly Row[]>) {
    this.#pages = pages;
  }

  /** The next ones of a document; none where those of another follow, or nothing. */
  async take(document: string): Promise<readonly Row[]> {
    if (this.#rows.length === 0) this.#rows = (await this.#pages.next()).value ?? [];
    const end = this.#rows.findIndex((row) => row.document !== document);
    const own = end < 0 ? this.#rows : this.#rows.slice(0, end);
    this.#rows = end < 0 ? [] : this.#rows.slice(end);
    return own;
  }

  /** What belongs to no document that came, if anything. */
  async rest(): Promise<Row | null> {
    if (this.#rows.length === 0) this.#rows = (await this.#pages.next()).value ?? [];
    return this.#rows[0] ?? null;
  }

  async close(): Promise<void> {
    await this.#pages.return(undefined);
  }
}

/**
 * Each document with its text and its scenes, out of three files that are read side by side.
 * @throws HypersceneError EXPORT_DAMAGED, CANCELLED
 */
export async function* comingDocuments(source: GraphSource, names: SceneNames): AsyncGenerator<ComingDocument> {
  const texts = new DocumentRows(source.rows('texts'));
  const scenes = new DocumentRows(source.rows('scenes'));
  try {
    for await (const rows of source.rows('documents'))
      for (const row of rows) {
        const content = contentOf(row, texts, scenes, names);
        yield { row, content };
        for await (const _ of content) void _;
      }
    const stray = (await texts.rest()) ?? (await scenes.rest());
    if (stray !== null)
      throw new HypersceneError('EXPORT_DAMAGED', 'a text or a scene of a document that is not there', {
        expected: 'texts and scenes in the order of documents.jsonl',
        came: JSON.stringify(stray.document),
      });
  } finally {
    await texts.close();
    await scenes.close();
  }
}

/** An iterable that goes on where an earlier iteration of it ended: whoever takes a document may need nothing of it. */
const contentOf = (
  row: GraphRow<'documents'>,
  texts: DocumentRows<GraphRow<'texts'>>,
  scenes: DocumentRows<GraphRow<'scenes'>>,
  names: SceneNames,
): AsyncIterable<DocumentPart> => {
  const nameOf = names.scenesOf(row.name);
  return {
    async *[Symbol.asyncIterator]() {
      for (let some = await texts.take(row.name); some.length > 0; some = await texts.take(row.name))
        for (const { text } of some) yield { type: 'text', text };
      for (let some = await scenes.take(row.name); some.length > 0; some = await scenes.take(row.name))
        yield { type: 'scenes', scenes: some.map((scene) => toScene(scene, nameOf(scene))) };
      yield { type: 'notices', notices: row.notices };
    },
  };
};

/** As the reader gave it: the merges lead its agent on when they come. */
const toScene = (row: GraphRow<'scenes'>, id: Scene['id']): Scene => {
  const { document: _, figure: __, digest: ___, waits: ____, agent, ...scene } = row;
  if (agent === null) return { ...scene, id, agent };
  const { own, entity, ...facet } = agent;
  return { ...scene, id, agent: { ...facet, entity: own ?? entity } };
};
