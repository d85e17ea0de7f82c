import { HypersceneError } from '../../errors.ts';
import type { Coupling, Neighbour } from '../../scene/coupling.ts';
import type { Digest } from '../../scene/digest.ts';
import { FACET_KINDS } from '../../scene/facet.ts';
import {
  type Code,
  formatOccurrence,
  type HolderPlace,
  type Occurrence,
  type OccurrencePart,
  type OccurrenceRef,
  VIEW_LEVEL,
} from '../../scene/hypertoken.ts';
import type { CorpusName, DocumentName, ViewName, WorkspaceName } from '../../scene/name.ts';
import { type DocumentId, documentId, type SceneId } from '../../scene/scene.ts';
import { rankOf } from '../corpus-order.ts';
import { byPair } from '../coupling-check.ts';
import type { OpenKind } from '../facet-search.ts';
import type {
  AgentMerge,
  AgentMergeInput,
  AgentMergeReport,
  CollapseInput,
  CollapseReport,
  CorpusImport,
  CorpusRecord,
  CouplingChange,
  DeleteReport,
  DocumentInput,
  DocumentPart,
  DocumentRecord,
  FacetFilter,
  FacetRecord,
  FacetRef,
  GraphStore,
  GraphView,
  HypertokenFilter,
  HypertokenForm,
  HypertokenRecord,
  ImportBegun,
  ImportedState,
  LearnReport,
  OccurrenceFilter,
  Page,
  PageRequest,
  PartsRequest,
  SceneFilter,
  SceneRange,
  StoredScene,
  StoreStatistics,
  Subgraph,
  SubgraphRequest,
  ViewInput,
  ViewRecord,
  ViewReport,
  WriteReport,
} from '../graph-store.ts';
import { checkForms } from '../hypertoken-forms.ts';
import { checkWellFormed } from '../indexed-key.ts';
import { checkLevel } from '../level.ts';
import { checkLimit, openPage } from '../paging.ts';
import { checkRanges, clampRanges, positionsOf } from '../scene-range.ts';
import { compareText } from '../text-order.ts';
import {
  allCouplings,
  clearMemoryCouplings,
  couplingsOfScene,
  memorySubgraph,
  scenesWith,
  writeMemoryCouplings,
} from './memory-couplings.ts';
import { facetKeysOfTexts, facetRecords } from './memory-facets.ts';
import { beginMemoryImport, endMemoryImport, memoryImports } from './memory-imports.ts';
import { agentMergesOf, mergeMemoryAgents, undoMemoryMerge } from './memory-merges.ts';
import {
  holderPlacesOfRefs,
  holdersIn,
  holdersOfRefs,
  partKey,
  partsOfOccurrence,
  placesInOccurrence,
} from './memory-parts.ts';
import {
  corpusRecord,
  documentNotFound,
  findScenes,
  hypertokenRecords,
  scenesOfTexts,
  stateOfCorpus,
} from './memory-records.ts';
import { learnMemoryHypertokens } from './memory-registry.ts';
import { deleteMemoryView, findMemoryView, memoryScenesOfViews, memoryViews, writeMemoryView } from './memory-views.ts';
import { mapPage, pageOf } from './page-of.ts';
import { removeScenes } from './remove-memory-scenes.ts';
import {
  allOccurrences,
  occurrenceCounts,
  requireCorpus,
  requireWhole,
  sceneOf,
  scenesOf,
  type WorkspaceState,
} from './workspace-state.ts';
import { writeMemoryCollapse } from './write-memory-collapse.ts';
import { writeMemoryDocument } from './write-memory-document.ts';

const checkKeys = (facets: readonly FacetRef[]): void =>
  checkWellFormed(
    'key of a facet',
    facets.map(({ key }) => key),
  );

/** The graph of one workspace in maps: every method says what it means, none is fast. */
export class MemoryStore implements GraphStore {
  readonly workspace: WorkspaceName;
  readonly #state: WorkspaceState;
  readonly #checkOpen: () => void;
  #reads = 0;
  #writes = 0;

  /** @param checkOpen throws once the database is closed */
  constructor(workspace: WorkspaceName, state: WorkspaceState, checkOpen: () => void) {
    this.workspace = workspace;
    this.#state = state;
    this.#checkOpen = checkOpen;
  }

  #read(): WorkspaceState {
    this.#checkOpen();
    this.#reads += 1;
    return this.#state;
  }

  #write(): WorkspaceState {
    this.#checkOpen();
    this.#writes += 1;
    return this.#state;
  }

  async corpora(page: PageRequest): Promise<Page<CorpusRecord>> {
    const state = this.#read();
    const whole = [...state.corpora.values()].filter(({ importing }) => importing === null);
    const records = whole.map(corpusRecord).sort((x, y) => compareText(x.name, y.name));
    return pageOf('corpora', page, records, ({ name }) => [name]);
  }

  async corpus(name: CorpusName): Promise<CorpusRecord | null> {
    checkWellFormed('name of a corpus', [name]);
    const corpus = this.#read().corpora.get(name);
    return corpus === undefined || corpus.importing !== null ? null : corpusRecord(corpus);
  }

  async documents(corpus: CorpusName, page: PageRequest): Promise<Page<DocumentRecord>> {
    const state = this.#read();
    openPage('documents', page);
    const documents = [...requireWhole(state, corpus).documents.values()];
    return mapPage(
      pageOf('documents', page, documents, ({ order }) => [order]),
      ({ record }) => record,
    );
  }

  async documentsById(ids: readonly DocumentId[]): Promise<readonly (DocumentRecord | null)[]> {
    checkWellFormed('id of a document', ids);
    const { documents } = this.#read();
    return ids.map((id) => documents.get(id)?.record ?? null);
  }

  async *documentText(id: DocumentId): AsyncGenerator<string> {
    checkWellFormed('id of a document', [id]);
    const state = this.#read();
    const document = state.documents.get(id);
    if (document === undefined) throw documentNotFound(id);
    for (const chunk of document.chunks) {
      if (state.documents.get(id) !== document)
        throw new HypersceneError('STORE_CONFLICT', 'the document changed while it was read');
      yield chunk;
    }
  }

  async writeDocument(document: DocumentInput, content: AsyncIterable<DocumentPart>): Promise<WriteReport> {
    return writeMemoryDocument(this.#write(), document, content);
  }

  async deleteDocument(name: CorpusName, document: DocumentName): Promise<DeleteReport> {
    const state = this.#write();
    const corpus = requireWhole(state, name);
    const stored = state.documents.get(documentId(name, document));
    if (stored === undefined) throw documentNotFound(document);
    const { couplings, occurrences } = removeScenes(state, corpus, stored.scenes);
    corpus.documents.delete(document);
    state.documents.delete(stored.record.id);
    corpus.revision += 1;
    return { documents: 1, scenes: stored.scenes.length, couplings, occurrences };
  }

  async deleteCorpus(name: CorpusName): Promise<DeleteReport> {
    const state = this.#write();
    const corpus = requireCorpus(state, name);
    const scenes = scenesOf(state, corpus).map(({ id }) => id);
    const { couplings, occurrences } = removeScenes(state, corpus, scenes);
    for (const { record } of corpus.documents.values()) state.documents.delete(record.id);
    state.corpora.delete(name);
    return { documents: corpus.documents.size, scenes: scenes.length, couplings, occurrences };
  }

  async scenes(filter: SceneFilter, page: PageRequest): Promise<Page<StoredScene>> {
    openPage('scenes', page);
    const state = this.#read();
    const found = findScenes(state, filter);
    const order = (id: DocumentId): number => state.documents.get(id)?.order ?? 0;
    return pageOf('scenes', page, found, ({ document, position }) => [rankOf(order(document), position)]);
  }

  async countScenes(filter: SceneFilter): Promise<number> {
    return findScenes(this.#read(), filter).length;
  }

  async sceneIds(filter: SceneFilter, limit: number): Promise<readonly SceneId[]> {
    checkLimit('limit', limit);
    return findScenes(this.#read(), filter)
      .slice(0, limit)
      .map(({ id }) => id);
  }

  async scenesById(ids: readonly SceneId[]): Promise<readonly (StoredScene | null)[]> {
    checkWellFormed('id of a scene', ids);
    const { scenes } = this.#read();
    return ids.map((id) => scenes.get(id) ?? null);
  }

  async textCounts(corpus: CorpusName, texts: readonly string[]): Promise<readonly number[]> {
    return scenesOfTexts(this.#read(), corpus, texts).map(({ length }) => length);
  }

  async scenesWithTexts(
    corpus: CorpusName,
    texts: readonly string[],
    limit: number,
  ): Promise<readonly (readonly SceneId[])[]> {
    checkLimit('limit', limit);
    return scenesOfTexts(this.#read(), corpus, texts).map((scenes) => scenes.slice(0, limit).map(({ id }) => id));
  }

  async scenesInRanges(ranges: readonly SceneRange[]): Promise<readonly StoredScene[]> {
    const state = this.#read();
    checkRanges(ranges);
    checkWellFormed(
      'id of a document',
      ranges.map(({ document }) => document),
    );
    const scenes = (id: DocumentId): readonly SceneId[] => state.documents.get(id)?.scenes ?? [];
    return clampRanges(ranges, (id) => scenes(id).length).flatMap((range) =>
      positionsOf(range)
        .map((position) => scenes(range.document)[position])
        .filter((id) => id !== undefined)
        .map((id) => sceneOf(state, id)),
    );
  }

  async mergeAgents(corpus: CorpusName, merge: AgentMergeInput): Promise<AgentMergeReport> {
    return mergeMemoryAgents(this.#write(), corpus, merge);
  }

  async undoMerge(corpus: CorpusName, alias: string): Promise<AgentMergeReport> {
    return undoMemoryMerge(this.#write(), corpus, alias);
  }

  async agentMerges(corpus: CorpusName, page: PageRequest): Promise<Page<AgentMerge>> {
    openPage('agentMerges', page);
    const merges = agentMergesOf(requireWhole(this.#read(), corpus));
    return pageOf('agentMerges', page, merges, ({ alias }) => [alias]);
  }

  async facets(filter: FacetFilter, page: PageRequest): Promise<Page<FacetRecord>> {
    openPage('facets', page);
    const found = facetRecords(this.#read(), filter);
    return pageOf('facets', page, found, ({ kind, key }) => [FACET_KINDS.indexOf(kind), key]);
  }

  async facetsWithTexts(
    corpus: CorpusName,
    kind: OpenKind,
    texts: readonly string[],
    limit: number,
  ): Promise<readonly (readonly string[])[]> {
    checkLimit('limit', limit);
    return facetKeysOfTexts(this.#read(), corpus, kind, texts).map((keys) => keys.slice(0, limit));
  }

  async couplingsOf(ids: readonly SceneId[], limit: number): Promise<readonly (readonly Coupling[])[]> {
    checkLimit('limit', limit);
    checkWellFormed('id of a scene', ids);
    const couplings = allCouplings(this.#read());
    return ids.map((id) => couplingsOfScene(couplings, id).slice(0, limit));
  }

  async neighboursOf(ids: readonly SceneId[]): Promise<readonly (readonly Neighbour[])[]> {
    checkWellFormed('id of a scene', ids);
    const couplings = allCouplings(this.#read());
    return ids.map((id) =>
      couplingsOfScene(couplings, id).map(({ a, b, weight }) => ({ id: a === id ? b : a, weight })),
    );
  }

  async couplingsAmong(ids: readonly SceneId[]): Promise<readonly Coupling[]> {
    checkWellFormed('id of a scene', ids);
    const among = new Set(ids);
    return allCouplings(this.#read()).filter(({ a, b }) => among.has(a) && among.has(b));
  }

  async couplingsBetween(pairs: readonly (readonly [SceneId, SceneId])[]): Promise<readonly (Coupling | null)[]> {
    checkWellFormed('id of a scene', pairs.flat());
    const couplings = allCouplings(this.#read());
    return pairs.map(([x, y]) => couplings.find(({ a, b }) => (a === x && b === y) || (a === y && b === x)) ?? null);
  }

  async couplings(name: CorpusName, page: PageRequest): Promise<Page<Coupling>> {
    openPage('couplings', page);
    const { couplings } = requireWhole(this.#read(), name);
    return pageOf('couplings', page, [...couplings.values()].sort(byPair), ({ a, b }) => [a, b]);
  }

  async subgraph(seed: SceneId, request: SubgraphRequest): Promise<Subgraph | null> {
    return memorySubgraph(this.#read(), seed, request);
  }

  async uncoupledScenes(name: CorpusName, limit: number): Promise<readonly StoredScene[]> {
    checkLimit('limit', limit);
    const state = this.#read();
    const corpus = requireWhole(state, name);
    return scenesOf(state, corpus)
      .filter(({ id }) => corpus.uncoupled.has(id))
      .slice(0, limit);
  }

  async waitToBeCoupled(name: CorpusName, ids: readonly SceneId[]): Promise<readonly boolean[]> {
    checkWellFormed('id of a scene', ids);
    const { uncoupled } = requireWhole(this.#read(), name);
    return ids.map((id) => uncoupled.has(id));
  }

  async facetCounts(name: CorpusName, facets: readonly FacetRef[]): Promise<readonly number[]> {
    const state = this.#read();
    const corpus = requireCorpus(state, name);
    checkKeys(facets);
    return facets.map((facet) => scenesWith(state, corpus, facet).length);
  }

  async scenesSharing(
    name: CorpusName,
    facets: readonly FacetRef[],
    limit: number,
  ): Promise<readonly (readonly SceneId[])[]> {
    checkLimit('limit', limit);
    const state = this.#read();
    const corpus = requireCorpus(state, name);
    checkKeys(facets);
    return facets.map((facet) =>
      scenesWith(state, corpus, facet)
        .slice(0, limit)
        .map(({ id }) => id),
    );
  }

  async writeCouplings(corpus: CorpusName, change: CouplingChange): Promise<void> {
    writeMemoryCouplings(this.#write(), corpus, change);
  }

  async clearCouplings(corpus: CorpusName): Promise<void> {
    clearMemoryCouplings(this.#write(), corpus);
  }

  async hypertokens(filter: HypertokenFilter, page: PageRequest): Promise<Page<HypertokenRecord>> {
    openPage('hypertokens', page);
    const state = this.#read();
    const { level, digest, corpus } = filter;
    checkWellFormed('digest', digest === undefined ? [] : [digest]);
    const used = corpus === undefined ? null : occurrenceCounts(allOccurrences(state, [requireWhole(state, corpus)]));
    const records = hypertokenRecords(state).filter(
      (record) =>
        (level === undefined || record.level === level) &&
        (digest === undefined || record.digest === digest) &&
        (used === null || used.has(record.code)),
    );
    return pageOf('hypertokens', page, records, ({ code }) => [code]);
  }

  async hypertokensByCode(codes: readonly Code[]): Promise<readonly (HypertokenRecord | null)[]> {
    const records = hypertokenRecords(this.#read());
    return codes.map((code) => records[code] ?? null);
  }

  async hypertokensByDigest(digests: readonly Digest[]): Promise<readonly (HypertokenRecord | null)[]> {
    const state = this.#read();
    checkWellFormed('digest', digests);
    const records = new Map(hypertokenRecords(state).map((record) => [record.digest, record]));
    return digests.map((digest) => records.get(digest) ?? null);
  }

  async learnHypertokens(forms: readonly HypertokenForm[]): Promise<LearnReport> {
    checkForms(forms);
    return learnMemoryHypertokens(this.#write(), forms);
  }

  async occurrences(filter: OccurrenceFilter, page: PageRequest): Promise<Page<Occurrence>> {
    openPage('occurrences', page);
    checkLevel(filter.level);
    const state = this.#read();
    const corpora = filter.corpus === undefined ? [...state.corpora.values()] : [requireWhole(state, filter.corpus)];
    const holders = holdersIn(corpora);
    const isOfLevel = (occurrence: Occurrence): boolean => {
      if (filter.level === undefined || occurrence.level === filter.level) return true;
      const holder = holders.get(partKey(occurrence));
      if (occurrence.level === VIEW_LEVEL) return false;
      return occurrence.level < filter.level && (holder === undefined || holder.level > filter.level);
    };
    const found = allOccurrences(state, corpora).filter(
      (occurrence) => (filter.code === undefined || occurrence.code === filter.code) && isOfLevel(occurrence),
    );
    return pageOf('occurrences', page, found, ({ code, ordinal }) => [code, ordinal]);
  }

  async occurrencesByRef(refs: readonly OccurrenceRef[]): Promise<readonly (Occurrence | null)[]> {
    const state = this.#read();
    const all = new Map(
      allOccurrences(state, [...state.corpora.values()]).map((item) => [formatOccurrence(item), item]),
    );
    return refs.map((ref) => all.get(formatOccurrence(ref)) ?? null);
  }

  async motifsOfScenes(ids: readonly SceneId[]): Promise<readonly (OccurrenceRef | null)[]> {
    checkWellFormed('id of a scene', ids);
    const motifs = [...this.#read().corpora.values()].flatMap(({ collapsed }) =>
      collapsed.filter(({ level }) => level === 1),
    );
    return ids.map((id) => {
      const motif = motifs.find(({ leaves }) => leaves.includes(id));
      return motif === undefined ? null : { code: motif.code, ordinal: motif.ordinal };
    });
  }

  async holdersOf(refs: readonly OccurrenceRef[]): Promise<readonly (OccurrencePart | null)[]> {
    return holdersOfRefs(this.#read(), refs);
  }

  async holderPlacesOf(refs: readonly OccurrenceRef[]): Promise<readonly (HolderPlace | null)[]> {
    return holderPlacesOfRefs(this.#read(), refs);
  }

  async placesWithin(ref: OccurrenceRef, ids: readonly SceneId[]): Promise<readonly (number | null)[]> {
    checkWellFormed('id of a scene', ids);
    return placesInOccurrence(this.#read(), ref, ids);
  }

  async parts(ref: OccurrenceRef, request: PartsRequest): Promise<Page<OccurrencePart>> {
    return partsOfOccurrence(this.#read(), ref, request);
  }

  async writeCollapse(corpus: CorpusName, collapse: CollapseInput): Promise<CollapseReport> {
    return writeMemoryCollapse(this.#write(), corpus, collapse);
  }

  async writeView(corpus: CorpusName, view: ViewInput): Promise<ViewReport> {
    return writeMemoryView(this.#write(), corpus, view);
  }

  async views(corpus: CorpusName, page: PageRequest): Promise<Page<ViewRecord>> {
    openPage('views', page);
    return pageOf('views', page, memoryViews(this.#read(), corpus), ({ name }) => [name]);
  }

  async viewByName(corpus: CorpusName, name: ViewName): Promise<ViewRecord | null> {
    checkWellFormed('name of a view', [name]);
    return findMemoryView(this.#read(), corpus, name);
  }

  async scenesOfViews(corpus: CorpusName, names: readonly ViewName[]): Promise<readonly (readonly SceneId[])[]> {
    checkWellFormed('name of a view', names);
    return memoryScenesOfViews(this.#read(), corpus, names);
  }

  async deleteView(corpus: CorpusName, name: ViewName): Promise<ViewRecord> {
    checkWellFormed('name of a view', [name]);
    return deleteMemoryView(this.#write(), corpus, name);
  }

  async beginImport(corpus: CorpusName, of: string): Promise<ImportBegun> {
    return beginMemoryImport(this.#write(), corpus, of);
  }

  async imports(): Promise<readonly CorpusImport[]> {
    return memoryImports(this.#read());
  }

  async endImport(corpus: CorpusName, standing: ImportedState): Promise<void> {
    endMemoryImport(this.#write(), corpus, standing);
  }

  async atOneRevision<T>(
    name: CorpusName,
    work: (view: GraphView, standing: CorpusRecord, state: string) => Promise<T>,
  ): Promise<T> {
    checkWellFormed('name of a corpus', [name]);
    const state = structuredClone(this.#read());
    const corpus = requireWhole(state, name);
    const view = new MemoryStore(this.workspace, state, this.#checkOpen);
    return work(view, corpusRecord(corpus), stateOfCorpus(corpus));
  }

  statistics(): StoreStatistics {
    return { reads: this.#reads, writes: this.#writes };
  }
}
