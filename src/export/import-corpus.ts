import { checkCancelled, HypersceneError } from '../errors.ts';
import type { Coupling } from '../scene/coupling.ts';
import { type CorpusName, corpusName } from '../scene/name.ts';
import { documentId, type SceneId } from '../scene/scene.ts';
import type { ViewSelection } from '../scene/view.ts';
import type { CorpusImport, GraphStore } from '../store/graph-store.ts';
import { couplingText, endsOf } from '../store/merge/examine.ts';
import type { GraphRow } from './graph-rows.ts';
import { GraphSource } from './graph-source.ts';
import { comingDocuments } from './import-documents.ts';
import { readLevels } from './import-levels.ts';
import { otherNames, renamedSelection, type SceneNames, sameNames } from './scene-names.ts';

export interface ImportProgress {
  readonly stage: 'scenes' | 'couplings' | 'views';
  readonly done: number;
  readonly total: number;
}

export interface ImportRequest {
  /** That an export of format `graph` was written to. */
  readonly folder: string;
  /** By default the name that it had. */
  readonly corpus?: CorpusName | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

export interface ImportReport {
  readonly corpus: CorpusName;
  readonly documents: number;
  readonly scenes: number;
  readonly couplings: number;
  /** Above level 0. */
  readonly occurrences: number;
  readonly views: number;
  readonly agentMerges: number;
  readonly revision: number;
  /** What an earlier import had brought in was gone on with. */
  readonly resumed: boolean;
}

/**
 * Brings the corpus of an export into a store that has none of its name. The folder is compared with its manifest first. Made of
 * the store's own writes; until the last of them the corpus is no corpus to anybody else (see {@link GraphStore.beginImport}).
 * Where it stops, importing the same again goes on.
 * @throws HypersceneError UNREADABLE_FILE, EXPORT_DAMAGED, EXPORT_TOO_NEW; BAD_ARGUMENT for another format; CORPUS_EXISTS; CANCELLED;
 *   STORE_CONFLICT when others write to the same corpus
 */
export const importCorpus = async (store: GraphStore, request: ImportRequest): Promise<ImportReport> => {
  const { folder, signal, onProgress } = request;
  const source = await GraphSource.open(folder, signal);
  const from = corpusName(source.manifest.corpus);
  const corpus = request.corpus ?? from;
  const names = corpus === from ? sameNames(corpus) : otherNames(corpus);
  const { resumed } = await store.beginImport(corpus, source.identity);
  return new Importing({ store, source, corpus, from, names, signal, onProgress }).run(resumed);
};

interface Parts extends Pick<ImportRequest, 'signal' | 'onProgress'> {
  readonly store: GraphStore;
  readonly source: GraphSource;
  readonly corpus: CorpusName;
  /** What it was called where it was exported. */
  readonly from: CorpusName;
  readonly names: SceneNames;
}

/** One import from its beginning, or from where it was left. */
class Importing {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async run(resumed: boolean): Promise<ImportReport> {
    const { store, source, corpus } = this.#parts;
    await this.#bringDocuments();
    const agentMerges = await this.#bringMerges();
    await this.#bringCouplings();
    await this.#settleScenes();
    await this.#bringLevels();
    const views = await this.#bringViews();
    await store.endImport(corpus, source.corpus);
    const { documents, scenes, couplings, revision } = source.corpus;
    const occurrences = this.#rowsOf('occurrences.jsonl');
    return { corpus, documents, scenes, couplings, occurrences, views, agentMerges, revision, resumed };
  }

  #rowsOf(path: string): number {
    return this.#parts.source.manifest.files.find((file) => file.path === path)?.rows ?? 0;
  }

  /** @throws HypersceneError CANCELLED */
  #tell(stage: ImportProgress['stage'], done: number, total: number): void {
    const { signal, onProgress } = this.#parts;
    onProgress?.({ stage, done, total: Math.max(done, total) });
    checkCancelled({ signal });
  }

  /** As it stands so far. @throws HypersceneError STORE_CONFLICT where another process has ended or deleted it */
  async #standing(): Promise<CorpusImport> {
    const { store, source, corpus } = this.#parts;
    const found = (await store.imports()).find(({ name, of }) => name === corpus && of === source.identity);
    if (found !== undefined) return found;
    throw new HypersceneError('STORE_CONFLICT', 'the import is not under way any more', { at: corpus });
  }

  /** One that is there is passed over by the store, without a look at its content. */
  async #bringDocuments(): Promise<void> {
    const { store, source, corpus, from, names } = this.#parts;
    let done = 0;
    for await (const { row, content } of comingDocuments(source, names)) {
      const { name, lang, sha256, bytes, version, filledBy } = row;
      if (row.id !== documentId(from, name))
        throw new HypersceneError('EXPORT_DAMAGED', 'a document has not the id of its name', {
          at: JSON.stringify(name),
          expected: documentId(from, name),
          came: row.id,
        });
      const document = { corpus, name, lang, sha256, bytes, filledBy, replace: false, imported: { version } };
      await store.writeDocument(document, content);
      done += row.scenes;
      this.#tell('scenes', done, source.corpus.scenes);
    }
  }

  /** Behind the documents, so that they find the agents; those that nobody names any more come too. */
  async #bringMerges(): Promise<number> {
    const { store, source, corpus } = this.#parts;
    let done = 0;
    for await (const rows of source.rows('merges'))
      for (const { alias, into, by } of rows) {
        await store.mergeAgents(corpus, { alias, into, by, unseen: true, imported: true });
        done += 1;
      }
    return done;
  }

  async #bringCouplings(): Promise<void> {
    const { store, source, corpus } = this.#parts;
    let done = 0;
    for await (const rows of source.rows('couplings')) {
      const couplings = rows.map((row) => this.#toCoupling(row));
      const standing = new Set((await store.couplingsAmong(endsOf(couplings))).map(couplingText));
      const put = couplings.filter((coupling) => !standing.has(couplingText(coupling)));
      if (put.length > 0) await store.writeCouplings(corpus, { put, remove: [], coupled: [] });
      done += rows.length;
      this.#tell('couplings', done, source.corpus.couplings);
    }
  }

  #toCoupling(row: GraphRow<'couplings'>): Coupling {
    const { names } = this.#parts;
    const [x, y] = [names.get(row.a), names.get(row.b)];
    return x < y ? { ...row, a: x, b: y } : { ...row, a: y, b: x };
  }

  /** After all couplings, so that a scene that does not wait has all of its own. */
  async #settleScenes(): Promise<void> {
    const { store, source, corpus, names } = this.#parts;
    if (source.corpus.uncoupled === source.corpus.scenes) return;
    for await (const rows of source.rows('scenes')) {
      const coupled: SceneId[] = rows.flatMap(({ id, waits }) => (waits ? [] : [names.get(id)]));
      if (coupled.length > 0) await store.writeCouplings(corpus, { put: [], remove: [], coupled });
      this.#tell('couplings', source.corpus.couplings, source.corpus.couplings);
    }
  }

  /** In one transaction: where the corpus is known to be collapsed, all of them are there. */
  async #bringLevels(): Promise<void> {
    const { store, source, corpus, names } = this.#parts;
    const { collapsedRevision, collapsedBy } = source.corpus;
    const standing = await this.#standing();
    if (collapsedRevision === null || standing.collapsedRevision !== null) return;
    const levels = await readLevels(source, names);
    const method = collapsedBy ?? undefined;
    await store.writeCollapse(corpus, { revision: standing.revision, ...levels, method });
  }

  async #bringViews(): Promise<number> {
    const { store, source, corpus, names } = this.#parts;
    const { revision } = await this.#standing();
    const total = this.#rowsOf('views.jsonl');
    let done = 0;
    for await (const rows of source.rows('views'))
      for (const { name, digest, form, figures, scenes, selection } of rows) {
        await store.writeView(corpus, {
          name,
          revision,
          digest,
          form,
          figures,
          scenes: scenes.map((id) => names.get(id)),
          selection: renamedSelection(selection as ViewSelection, names),
        });
        this.#tell('views', ++done, total);
      }
    return done;
  }
}
