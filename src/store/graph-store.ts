import type { Coupling, Neighbour } from '../scene/coupling.ts';
import type { Digest } from '../scene/digest.ts';
import type { FacetEvidence, FacetKind } from '../scene/facet.ts';
import type { FigureKey } from '../scene/figure.ts';
import type {
  Binding,
  Code,
  HolderPlace,
  Hypertoken,
  Occurrence,
  OccurrencePart,
  OccurrenceRef,
} from '../scene/hypertoken.ts';
import type { CorpusName, DocumentName, ViewName, WorkspaceName } from '../scene/name.ts';
import type { DocumentId, Language, Scene, SceneId, SceneKind } from '../scene/scene.ts';
import type { ViewSelection } from '../scene/view.ts';
import type { OpenKind } from './facet-search.ts';
import type { GraphArchive } from './graph-archive.ts';

/** The graph of one installation. A caller reaches it through a workspace only, so that no query can forget to scope. */
export interface GraphDatabase {
  readonly kind: 'embedded' | 'neo4j' | 'memory';
  /** Where the data lies, for people: a path or an address, never a secret. */
  readonly location: string;
  workspace(name: WorkspaceName): GraphStore;
  /** The graph as it is stored, for backups; null for the store in memory, which stores none. */
  readonly archive: GraphArchive | null;
  /** Resolves when everything acknowledged is safe and the store may be opened by another process. */
  close(): Promise<void>;
}

/**
 * The graph of one workspace.
 *
 * Every write is one transaction, unless it says otherwise: all of it or nothing, and once the promise resolves it survives
 * `kill -9`. Every
 * method makes a number of round trips that does not depend on the number of nodes it returns. Methods that name a
 * corpus or document that does not exist throw CORPUS_NOT_FOUND or DOCUMENT_NOT_FOUND; lookups by id or code give
 * null in the place of what is not there.
 */
export interface GraphStore {
  readonly workspace: WorkspaceName;

  // ── corpora and documents
  corpora(page: PageRequest): Promise<Page<CorpusRecord>>;
  corpus(name: CorpusName): Promise<CorpusRecord | null>;
  /** In the order in which the documents came. */
  documents(corpus: CorpusName, page: PageRequest): Promise<Page<DocumentRecord>>;
  documentsById(ids: readonly DocumentId[]): Promise<readonly (DocumentRecord | null)[]>;
  /** The document's text in order, as it was given, in chunks of at most 1 MiB of UTF-8. */
  documentText(id: DocumentId): AsyncIterable<string>;
  /**
   * Writes a document whole or not at all; creates its corpus. Scenes that the document had before keep their codes,
   * ordinals, couplings and corrections, new ones get code and ordinal of their figure, the rest are deleted with
   * every occurrence they are part of. The same digest, language and `filledBy` again change nothing and are answered without reading
   * `content`. Its first part is waited for before anything is locked, however long that takes.
   */
  writeDocument(document: DocumentInput, content: AsyncIterable<DocumentPart>): Promise<WriteReport>;
  /**
   * Of a document with more than `PORTION_SCENES` scenes the couplings go first, in transactions of their own: should it
   * fail between them, the document stands, and those of its scenes that lost couplings wait to be coupled.
   */
  deleteDocument(corpus: CorpusName, name: DocumentName): Promise<DeleteReport>;
  /**
   * Some documents at a time, each time one transaction, until none is left, those too that come meanwhile; the corpus goes with
   * the last. Should it fail between them, the corpus stands with the documents that are left, and the next call goes on. The
   * report counts what this call deleted.
   */
  deleteCorpus(name: CorpusName): Promise<DeleteReport>;

  // ── scenes
  /** In the order of the corpus: by document, then position. */
  scenes(filter: SceneFilter, page: PageRequest): Promise<Page<StoredScene>>;
  countScenes(filter: SceneFilter): Promise<number>;
  /** The ids of the first scenes that pass, `limit` at most, in the order of the corpus: `scenes` without reading them. */
  sceneIds(filter: SceneFilter, limit: number): Promise<readonly SceneId[]>;
  scenesById(ids: readonly SceneId[]): Promise<readonly (StoredScene | null)[]>;
  /** For each text in how many scenes of the corpus all its words stand: `countScenes` of `TEXTS_MAX` texts at most. */
  textCounts(corpus: CorpusName, texts: readonly string[]): Promise<readonly number[]>;
  /**
   * For each text the ids of the first scenes of the corpus in which all its words stand, `limit` at most: `sceneIds` of
   * `TEXTS_MAX` texts at most. The first word of a text is the one that is looked up: it should be the rarest.
   */
  scenesWithTexts(
    corpus: CorpusName,
    texts: readonly string[],
    limit: number,
  ): Promise<readonly (readonly SceneId[])[]>;
  /** Scenes of each range, in the order of the ranges, then position. */
  scenesInRanges(ranges: readonly SceneRange[]): Promise<readonly StoredScene[]>;
  /** Those that stand in a scene, by kind in the order of `FACET_KINDS`, then by key. */
  facets(filter: FacetFilter, page: PageRequest): Promise<Page<FacetRecord>>;
  /**
   * For each text the keys of the first facets of the kind that stand in the corpus and are called by all its words, `limit` at
   * most: `facets` of `TEXTS_MAX` texts at most.
   */
  facetsWithTexts(
    corpus: CorpusName,
    kind: OpenKind,
    texts: readonly string[],
    limit: number,
  ): Promise<readonly (readonly string[])[]>;

  // ── agents
  /**
   * Says that two agents are one person: the scenes of `alias`, and those of its own aliases, become scenes of the person
   * that `into` resolves to, and so do those that documents written later bring. They count as uncoupled, and the
   * occurrences above level 0 that hold them are deleted. A merge outlives the documents that name its agents. The same
   * merge again changes nothing and is answered as `unchanged`.
   * @throws HypersceneError CORPUS_NOT_FOUND; AGENT_NOT_FOUND for what stands in no scene and no merge; BAD_ARGUMENT for
   *   an agent and itself, an alias that is merged into another, one into its own alias
   */
  mergeAgents(corpus: CorpusName, merge: AgentMergeInput): Promise<AgentMergeReport>;
  /**
   * Takes a merge back: the scenes that the reader gave to `alias`, or to one of its own aliases, become scenes of `alias`
   * again, with the same consequences.
   * @throws HypersceneError CORPUS_NOT_FOUND, MERGE_NOT_FOUND
   */
  undoMerge(corpus: CorpusName, alias: string): Promise<AgentMergeReport>;
  /** By alias. */
  agentMerges(corpus: CorpusName, page: PageRequest): Promise<Page<AgentMerge>>;

  // ── couplings
  /** For each scene its couplings by falling weight, then the other scene's id; at most `limit` each. */
  couplingsOf(ids: readonly SceneId[], limit: number): Promise<readonly (readonly Coupling[])[]>;
  /** For each scene the scenes it is coupled with, in the order of `couplingsOf`, all of them: without the reasons. */
  neighboursOf(ids: readonly SceneId[]): Promise<readonly (readonly Neighbour[])[]>;
  /** The couplings whose two ends are both among the scenes. */
  couplingsAmong(ids: readonly SceneId[]): Promise<readonly Coupling[]>;
  /** The coupling of each pair, whichever end is named first; null for two that are not coupled. */
  couplingsBetween(pairs: readonly (readonly [SceneId, SceneId])[]): Promise<readonly (Coupling | null)[]>;
  /** All couplings of a corpus, by (a, b). */
  couplings(corpus: CorpusName, page: PageRequest): Promise<Page<Coupling>>;
  /** Scenes within `hops` couplings of the seed, nearest first, then by falling weight; the couplings among them. */
  subgraph(seed: SceneId, request: SubgraphRequest): Promise<Subgraph | null>;
  /** Scenes not coupled yet, in the order of the corpus. */
  uncoupledScenes(corpus: CorpusName, limit: number): Promise<readonly StoredScene[]>;
  /** Whether each scene of the corpus waits to be coupled; false for what is not there. */
  waitToBeCoupled(corpus: CorpusName, ids: readonly SceneId[]): Promise<readonly boolean[]>;
  /** In how many scenes of the corpus each facet stands. */
  facetCounts(corpus: CorpusName, facets: readonly FacetRef[]): Promise<readonly number[]>;
  /** For each facet the ids of at most `limit` of the scenes in which it stands, in the order of the corpus. */
  scenesSharing(
    corpus: CorpusName,
    facets: readonly FacetRef[],
    limit: number,
  ): Promise<readonly (readonly SceneId[])[]>;
  writeCouplings(corpus: CorpusName, change: CouplingChange): Promise<void>;
  /**
   * Forgets every coupling of the scenes that stand when it is called, so that all of them count as uncoupled:
   * `PORTION_SCENES` at a time, each time one transaction and one revision. Should it fail between them, the next call
   * finishes it. Occurrences stay; how they were found is forgotten too, unless the corpus has no scene.
   */
  clearCouplings(corpus: CorpusName): Promise<void>;

  // ── hypertokens
  hypertokens(filter: HypertokenFilter, page: PageRequest): Promise<Page<HypertokenRecord>>;
  hypertokensByCode(codes: readonly Code[]): Promise<readonly (HypertokenRecord | null)[]>;
  /** What models and other stores name hypertokens by. */
  hypertokensByDigest(digests: readonly Digest[]): Promise<readonly (HypertokenRecord | null)[]>;
  /**
   * A code for each form, known ones their own, new ones the next in the order given: how the registry of another store
   * comes into this one. Nothing occurs by it.
   * @throws HypersceneError BAD_ARGUMENT; STORE_FAILED for two forms of one digest
   */
  learnHypertokens(forms: readonly HypertokenForm[]): Promise<LearnReport>;
  /** By code, then ordinal. */
  occurrences(filter: OccurrenceFilter, page: PageRequest): Promise<Page<Occurrence>>;
  occurrencesByRef(refs: readonly OccurrenceRef[]): Promise<readonly (Occurrence | null)[]>;
  /** The level-1 occurrence of each scene; null for a scene that rises alone, or before a collapse. */
  motifsOfScenes(ids: readonly SceneId[]): Promise<readonly (OccurrenceRef | null)[]>;
  /** The occurrence that each is a part of; null for one of the highest level, and for what is not there. */
  holdersOf(refs: readonly OccurrenceRef[]): Promise<readonly (OccurrencePart | null)[]>;
  /** The same without what has to be looked up of a motif: its size and its first scene. */
  holderPlacesOf(refs: readonly OccurrenceRef[]): Promise<readonly (HolderPlace | null)[]>;
  /**
   * For each scene how many scenes stand before it in the occurrence, in the order of the form, which is that of `parts`; null
   * for a scene that it does not hold, and for all where it is not there. A scene stands at 0 in its own occurrence.
   */
  placesWithin(ref: OccurrenceRef, ids: readonly SceneId[]): Promise<readonly (number | null)[]>;
  /**
   * What an occurrence is made of, in the order of its form: `depth` levels of parts below it, a scene met on the way
   * standing for itself; by default all the way to the scenes. A scene has no parts.
   * @throws HypersceneError OCCURRENCE_NOT_FOUND
   */
  parts(ref: OccurrenceRef, request: PartsRequest): Promise<Page<OccurrencePart>>;
  /**
   * Puts the corpus's occurrences above level 0 in place of what was there: those with the same parts and form keep
   * code and ordinal, new forms get the next codes in the order given, level by level. `method` is kept with the corpus.
   */
  writeCollapse(corpus: CorpusName, collapse: CollapseInput): Promise<CollapseReport>;

  // ── views
  /**
   * Puts scenes together under a name: an occurrence outside the levels, which no collapse touches. It goes with any of its
   * scenes that is deleted or read as another figure; reports count it among the occurrences. The same scenes and form again
   * change nothing and are answered as `unchanged`.
   * @throws HypersceneError CORPUS_NOT_FOUND, BAD_ARGUMENT, VIEW_TOO_LARGE; VIEW_EXISTS for another view of this name that is
   *   not to be replaced; STORE_CONFLICT for another revision, or for a scene that is not in the corpus
   */
  writeView(corpus: CorpusName, view: ViewInput): Promise<ViewReport>;
  /** By name. */
  views(corpus: CorpusName, page: PageRequest): Promise<Page<ViewRecord>>;
  viewByName(corpus: CorpusName, name: ViewName): Promise<ViewRecord | null>;
  /**
   * For each name the scenes of its view, in the order of its form; none where there is no such view. All at once: how many
   * there are is known by the views' sizes.
   * @throws HypersceneError CORPUS_NOT_FOUND
   */
  scenesOfViews(corpus: CorpusName, names: readonly ViewName[]): Promise<readonly (readonly SceneId[])[]>;
  /** Answers what was deleted. @throws HypersceneError CORPUS_NOT_FOUND, VIEW_NOT_FOUND */
  deleteView(corpus: CorpusName, name: ViewName): Promise<ViewRecord>;

  // ── imports
  /**
   * Makes a corpus that is not whole before `endImport`, or finds the one that the same import made before. Until then `corpora`
   * and `corpus` do not know it, and what reads by its name, or reads a document into it, throws CORPUS_IMPORTING; only look-ups by
   * id, or of a code in the whole workspace, and filters of scenes and facets meet what has come already. `deleteCorpus` deletes it.
   * @param of tells this import from others
   * @throws HypersceneError CORPUS_EXISTS, for what another import began too
   */
  beginImport(corpus: CorpusName, of: string): Promise<ImportBegun>;
  /** Those that are under way or were interrupted, by name; there are few. */
  imports(): Promise<readonly CorpusImport[]>;
  /**
   * The corpus is whole, in the state that it was taken from.
   * @throws HypersceneError CORPUS_NOT_FOUND; STORE_CONFLICT for other counts, or for one that is not being imported
   */
  endImport(corpus: CorpusName, standing: ImportedState): Promise<void>;

  /**
   * Reads as of one revision of the corpus, whoever writes meanwhile and however long it takes. On the embedded store all that
   * `view` gives is of one instant. On Neo4j `work` is called again each time that the corpus changed meanwhile, three times, then
   * once more while whoever writes to the workspace waits: what an earlier call did must be worth nothing. `view` holds until
   * `work` is over. Every change of the corpus makes another `state` of it, those too that leave the revision alone: collapses, views.
   * @throws HypersceneError CORPUS_NOT_FOUND, there also for one that is deleted meanwhile; what `work` throws
   */
  atOneRevision<T>(
    corpus: CorpusName,
    work: (view: GraphView, standing: CorpusRecord, state: string) => Promise<T>,
  ): Promise<T>;

  /** Statements sent to the engine since opening: what tests count. */
  statistics(): StoreStatistics;
}

/** All that reads. */
export type GraphView = Omit<
  GraphStore,
  | 'writeDocument'
  | 'deleteDocument'
  | 'deleteCorpus'
  | 'mergeAgents'
  | 'undoMerge'
  | 'writeCouplings'
  | 'clearCouplings'
  | 'learnHypertokens'
  | 'writeCollapse'
  | 'writeView'
  | 'deleteView'
  | 'beginImport'
  | 'imports'
  | 'endImport'
  | 'atOneRevision'
  | 'statistics'
>;

/** Forward pages; `after` is a cursor that the same method gave. */
export interface PageRequest {
  /** 1 to {@link PAGE_MAX}. */
  readonly first: number;
  readonly after?: string | undefined;
}

export const PAGE_MAX = 1000;

export interface Page<T> {
  readonly items: readonly { readonly cursor: string; readonly item: T }[];
  readonly hasNextPage: boolean;
}

export interface CorpusRecord {
  readonly name: CorpusName;
  readonly documents: number;
  readonly scenes: number;
  readonly couplings: number;
  /** Scenes that wait to be coupled. */
  readonly uncoupled: number;
  /** Grows with every change of its documents, scenes, couplings and agents; collapses and views leave it alone. */
  readonly revision: number;
  /** The revision that was last collapsed; null before the first collapse. Stale when below `revision`. */
  readonly collapsedRevision: number | null;
  /** How it was collapsed; null before the first collapse, and when `clearCouplings` has forgotten what it rests on. */
  readonly collapsedBy: CollapseMethod | null;
}

export interface ImportBegun {
  /** It was begun before. */
  readonly resumed: boolean;
}

/** A corpus that is not whole yet, as it stands. */
export interface CorpusImport extends CorpusRecord {
  /** What is imported, as `beginImport` was told. */
  readonly of: string;
}

/** The state of the corpus that was exported. The counts are compared, the rest is taken on. */
export type ImportedState = Pick<
  CorpusRecord,
  'documents' | 'scenes' | 'couplings' | 'uncoupled' | 'revision' | 'collapsedRevision'
>;

export interface DocumentRecord {
  readonly id: DocumentId;
  readonly corpus: CorpusName;
  readonly name: DocumentName;
  readonly lang: Language;
  /** 1, and one more each time other bytes come under the same name, or the same are read otherwise. */
  readonly version: number;
  /** SHA-256 of the document's bytes, 64 hex digits. */
  readonly sha256: string;
  readonly bytes: number;
  /** UTF-16 code units. */
  readonly length: number;
  readonly scenes: number;
  /** What the reader had to do that a person would want to know, e.g. a scene cut at the length limit. */
  readonly notices: readonly string[];
  /** Which model filled the facets that the reader was unsure of, and how it was asked; null where none did. */
  readonly filledBy: string | null;
}

export interface DocumentInput {
  readonly corpus: CorpusName;
  readonly name: DocumentName;
  readonly lang: Language;
  readonly sha256: string;
  readonly bytes: number;
  /** As it stands in the record, 1 to 2,000 characters; by default null. */
  readonly filledBy?: string | null | undefined;
  /** False: other bytes of the same name, there already, are a STORE_CONFLICT. By default these become a new version. */
  readonly replace?: boolean | undefined;
  /** Of a corpus that is being imported, which takes no other documents: the version that it has from the beginning. */
  readonly imported?: { readonly version: number } | undefined;
}

/** A document arrives as text chunks and scenes, each kind in order; a last part carries the notices. */
export type DocumentPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'scenes'; readonly scenes: readonly Scene[] }
  | { readonly type: 'notices'; readonly notices: readonly string[] };

export interface WriteReport {
  readonly document: DocumentId;
  readonly version: number;
  readonly unchanged: boolean;
  readonly scenesAdded: number;
  readonly scenesKept: number;
  readonly scenesDeleted: number;
  /** Views that held any scene which was deleted or is read as another figure, and went with it; by name. */
  readonly viewsDeleted: readonly ViewName[];
}

export interface DeleteReport {
  readonly documents: number;
  readonly scenes: number;
  readonly couplings: number;
  readonly occurrences: number;
}

export interface StoredScene extends Scene {
  readonly corpus: CorpusName;
  readonly document: DocumentId;
  readonly documentName: DocumentName;
  readonly figure: FigureKey;
  readonly code: Code;
  readonly ordinal: number;
}

export interface SceneFilter {
  readonly corpus: CorpusName;
  readonly document?: DocumentId | undefined;
  readonly kind?: SceneKind | undefined;
  readonly lang?: Language | undefined;
  readonly code?: Code | undefined;
  /** Each of these facets stands in the scene. */
  readonly facets?: readonly FacetRef[] | undefined;
  /**
   * Each of these words stands in the scene's text, in any form that has the same stem, Russian or English by its script.
   * Nothing in it is an operator. A text without words is a BAD_ARGUMENT.
   */
  readonly text?: string | undefined;
}

export interface FacetFilter {
  readonly corpus: CorpusName;
  readonly kind?: FacetKind | undefined;
  /** Each of these words stands in the key or, for a key of an inventory, in one of its labels. */
  readonly text?: string | undefined;
}

/** A facet that stands in a corpus. */
export interface FacetRecord extends FacetRef {
  /** In how many scenes. */
  readonly scenes: number;
}

export interface FacetRef {
  readonly kind: FacetKind;
  /** For an agent: its entity. */
  readonly key: string;
}

export interface AgentMergeInput {
  /** The entity of an agent that is merged into none yet. */
  readonly alias: string;
  /** The entity of the person, or of another alias of it. */
  readonly into: string;
  /** What the merge rests on; by default a person's word. */
  readonly by?: FacetEvidence | undefined;
  /** Both may be agents that stand in no scene and no merge yet: a merge outlives the documents that name its agents. */
  readonly unseen?: boolean | undefined;
  /** Comes with an import; else a corpus that is being imported takes none. */
  readonly imported?: boolean | undefined;
}

export interface AgentMerge {
  readonly alias: string;
  /** Whom it is merged into: the person, or another alias of it. */
  readonly into: string;
  /** Whom its scenes lead to: the end of the merges. */
  readonly person: string;
  readonly by: FacetEvidence;
}

export interface AgentMergeReport {
  readonly alias: string;
  readonly into: string;
  /** Whom the scenes of `alias` lead to now: after undoing, `alias` itself. */
  readonly person: string;
  /** The merge stood already: nothing was changed. */
  readonly unchanged: boolean;
  /** Scenes that have another agent now. */
  readonly scenes: number;
  /** Occurrences above level 0 that held any of them and were deleted. */
  readonly occurrences: number;
}

/** Positions `[from, to)` of a document. */
export interface SceneRange {
  readonly document: DocumentId;
  readonly from: number;
  readonly to: number;
}

export interface SubgraphRequest {
  /** 1 to 4. */
  readonly hops: number;
  readonly weightMin?: number | undefined;
  /** Scenes at most, the seed counted in. */
  readonly limit: number;
}

export interface Subgraph {
  readonly scenes: readonly StoredScene[];
  readonly couplings: readonly Coupling[];
  /** More scenes were in reach than `limit` lets through. */
  readonly truncated: boolean;
}

export interface CouplingChange {
  /** The corpus revision the change was computed from; another one in the store is a STORE_CONFLICT. Any where left out. */
  readonly revision?: number | undefined;
  /** New or changed: replaces the coupling of the same pair. */
  readonly put: readonly Coupling[];
  readonly remove: readonly { readonly a: SceneId; readonly b: SceneId }[];
  /** These scenes count as coupled from now on. */
  readonly coupled: readonly SceneId[];
}

export interface HypertokenFilter {
  readonly level?: number | undefined;
  readonly digest?: Digest | undefined;
  /** Only those that occur in this corpus. */
  readonly corpus?: CorpusName | undefined;
}

export interface HypertokenRecord extends Hypertoken {
  /** In the whole workspace. */
  readonly occurrences: number;
}

/** What a code stands for, before it has one here. */
export type HypertokenForm = Pick<Hypertoken, 'level' | 'digest' | 'form' | 'figures'>;

export interface LearnReport {
  /** In the order of the forms. */
  readonly codes: readonly Code[];
  /** Codes allotted for the first time. */
  readonly newCodes: number;
}

export interface OccurrenceFilter {
  readonly corpus?: CorpusName | undefined;
  readonly code?: Code | undefined;
  /** Those that make up this level: its own, and those of the level below that rise unchanged. */
  readonly level?: number | undefined;
}

export interface PartsRequest extends PageRequest {
  /** 1 or more. */
  readonly depth?: number | undefined;
}

export interface CollapseInput {
  /** The corpus revision that was collapsed; another one in the store is a STORE_CONFLICT. */
  readonly revision: number;
  /** Level 1. */
  readonly groups: readonly CollapseGroup[];
  /** Level 2 and above, level by level. */
  readonly communities?: readonly (readonly CommunityGroup[])[] | undefined;
  /** For the next collapse, which may go on from this one. */
  readonly method?: CollapseMethod | undefined;
  /** What was collapsed was the corpus as it had been: the levels are stale from the beginning. */
  readonly stale?: boolean | undefined;
}

/** What the levels of a corpus were found by. */
export interface CollapseMethod {
  /** γ of level 2 as asked for. */
  readonly resolution: number;
  readonly seed: number;
  /** γ that each level from the second on was found at; 0 for the last where it joins what no coupling does. */
  readonly resolutions: readonly number[];
  /** How many scenes the corpus had when its levels were last found from nothing. */
  readonly scenes: number;
}

/** What hangs together of the levels below. */
export interface CommunityGroup {
  readonly form: string;
  readonly digest: Digest;
  readonly figures: readonly FigureKey[];
  /** Two or more, in the order of the form; each scene and group is part of one community at most. */
  readonly parts: readonly CommunityPart[];
}

/** A scene that no lower group took, or a group of a lower level by its place in its list. */
export type CommunityPart = SceneId | { readonly level: number; readonly group: number };

export interface CollapseGroup {
  readonly form: string;
  readonly digest: Digest;
  readonly figures: readonly FigureKey[];
  /** In the order of the canonical form. */
  readonly scenes: readonly SceneId[];
  readonly bindings: readonly Binding[];
}

/** Of all levels above 0. */
export interface CollapseReport {
  readonly added: number;
  readonly kept: number;
  readonly deleted: number;
  /** Codes allotted for the first time. */
  readonly newCodes: number;
}

/** Scenes of one view at most. */
export const VIEW_SCENES_MAX = 10_000;

export interface ViewInput {
  readonly name: ViewName;
  /** The corpus revision that the scenes and the form were read from; another one in the store is a STORE_CONFLICT. */
  readonly revision: number;
  readonly form: string;
  readonly digest: Digest;
  readonly figures: readonly FigureKey[];
  /** In the order of the form: 1 to {@link VIEW_SCENES_MAX}, each once. */
  readonly scenes: readonly SceneId[];
  readonly selection: ViewSelection;
  /** Puts it in the place of another view of this name; by default that is a VIEW_EXISTS. */
  readonly replace?: boolean | undefined;
}

export interface ViewRecord {
  readonly corpus: CorpusName;
  readonly name: ViewName;
  /** Level −1: outside the levels. */
  readonly occurrence: OccurrencePart;
  /** How its scenes were chosen when it was made. */
  readonly selection: ViewSelection;
}

export interface ViewReport {
  readonly view: ViewRecord;
  /** It stood already, with the same scenes and form: nothing was changed. */
  readonly unchanged: boolean;
  /** What stood under this name; null for nothing, or where nothing was changed. */
  readonly replaced: OccurrenceRef | null;
  /** Its form has a code for the first time. */
  readonly newCode: boolean;
}

export interface StoreStatistics {
  readonly reads: number;
  readonly writes: number;
}
