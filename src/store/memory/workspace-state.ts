import { HypersceneError } from '../../errors.ts';
import type { Coupling } from '../../scene/coupling.ts';
import type { Digest } from '../../scene/digest.ts';
import type { FacetEvidence } from '../../scene/facet.ts';
import { type Figure, figureDigest, figureKey } from '../../scene/figure.ts';
import {
  type Binding,
  type Code,
  code,
  type Hypertoken,
  type Occurrence,
  type OccurrenceRef,
} from '../../scene/hypertoken.ts';
import type { CorpusName, DocumentName, ViewName } from '../../scene/name.ts';
import type { DocumentId, SceneId } from '../../scene/scene.ts';
import type { ViewSelection } from '../../scene/view.ts';
import type { CollapseMethod, DocumentRecord, StoredScene } from '../graph-store.ts';
import { corpusImporting } from '../import-check.ts';
import { checkWellFormed } from '../indexed-key.ts';

/** A code's entry of the registry; it stays for ever. */
export interface Entry extends Hypertoken {
  last: number;
}

export interface MemoryDocument {
  readonly record: DocumentRecord;
  readonly order: number;
  readonly chunks: readonly string[];
  /** In the order of the text. */
  readonly scenes: readonly SceneId[];
}

export interface MemoryCorpus {
  readonly name: CorpusName;
  /** What it is an import of; null for one that is whole. */
  importing: string | null;
  revision: number;
  collapsedRevision: number | null;
  collapsedBy: CollapseMethod | null;
  nextDocument: number;
  /** In the order in which they came. */
  readonly documents: Map<DocumentName, MemoryDocument>;
  /** By {@link pairKey}. */
  readonly couplings: Map<string, Coupling>;
  /** Scenes that wait to be coupled. */
  readonly uncoupled: Set<SceneId>;
  /** By alias. */
  readonly merges: Map<string, MemoryMerge>;
  /** Above level 0, from below. */
  collapsed: readonly CollapsedOccurrence[];
  /** Outside the levels. */
  readonly views: Map<ViewName, MemoryView>;
}

export interface CollapsedOccurrence extends OccurrenceRef {
  readonly level: number;
  readonly digest: Digest;
  readonly parts: readonly (SceneId | OccurrenceRef)[];
  /** All scenes in it, in order. */
  readonly leaves: readonly SceneId[];
  readonly bindings: readonly Binding[];
}

export interface MemoryView extends CollapsedOccurrence {
  readonly name: ViewName;
  readonly selection: ViewSelection;
}

/** Whom an alias is merged into. */
export interface MemoryMerge {
  readonly into: string;
  readonly by: FacetEvidence;
}

export interface WorkspaceState {
  readonly corpora: Map<CorpusName, MemoryCorpus>;
  readonly documents: Map<DocumentId, MemoryDocument>;
  readonly scenes: Map<SceneId, StoredScene>;
  readonly registry: Map<Digest, Entry>;
}

/** A copy of plain data that no caller holds, as an engine keeps it: a negative zero is zero. */
export const asStored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export const pairKey = ({ a, b }: { readonly a: SceneId; readonly b: SceneId }): string => `${a} ${b}`;

export const emptyWorkspace = (): WorkspaceState => ({
  corpora: new Map(),
  documents: new Map(),
  scenes: new Map(),
  registry: new Map(),
});

export const learnFigure = (state: WorkspaceState, figure: Figure): Entry => {
  const form = figureKey(figure);
  return learn(state, { level: 0, digest: figureDigest(figure), form, figures: [form] });
};

/** The entry of a form: its own, or the next code. @throws HypersceneError STORE_FAILED */
export const learn = ({ registry }: WorkspaceState, hypertoken: Omit<Hypertoken, 'code'>): Entry => {
  const { level, digest, form, figures } = hypertoken;
  const known = registry.get(digest);
  if (known !== undefined && known.form !== form)
    throw new HypersceneError('STORE_FAILED', 'two forms have the same digest', { at: digest });
  const entry = known ?? { code: code(registry.size), level, digest, form, figures: [...figures], last: 0 };
  registry.set(digest, entry);
  return entry;
};

/** Before anything is changed. @throws HypersceneError STORE_FAILED */
export const checkForms = (
  { registry }: WorkspaceState,
  forms: readonly Pick<Hypertoken, 'digest' | 'form'>[],
): void => {
  for (const { digest, form } of forms) {
    const known = registry.get(digest);
    if (known !== undefined && known.form !== form)
      throw new HypersceneError('STORE_FAILED', 'two forms have the same digest', { at: digest });
  }
};

export const emptyCorpus = (name: CorpusName, importing: string | null = null): MemoryCorpus => ({
  name,
  importing,
  revision: 0,
  collapsedRevision: null,
  collapsedBy: null,
  nextDocument: 0,
  documents: new Map(),
  couplings: new Map(),
  uncoupled: new Set(),
  merges: new Map(),
  collapsed: [],
  views: new Map(),
});

/** @throws HypersceneError CORPUS_NOT_FOUND, CORPUS_IMPORTING */
export const requireWhole = (state: WorkspaceState, name: CorpusName): MemoryCorpus => {
  const corpus = requireCorpus(state, name);
  if (corpus.importing !== null) throw corpusImporting(name);
  return corpus;
};

/** One that is being imported too. */
export const requireCorpus = ({ corpora }: WorkspaceState, name: CorpusName): MemoryCorpus => {
  checkWellFormed('name of a corpus', [name]);
  const corpus = corpora.get(name);
  if (corpus === undefined)
    throw new HypersceneError('CORPUS_NOT_FOUND', 'no such corpus', { came: JSON.stringify(name) });
  return corpus;
};

/** In the order of the corpus. */
export const scenesOf = (state: WorkspaceState, corpus: MemoryCorpus): readonly StoredScene[] =>
  [...corpus.documents.values()].flatMap(({ scenes }) => scenes.map((id) => sceneOf(state, id)));

export const sceneOf = ({ scenes }: WorkspaceState, id: SceneId): StoredScene => {
  const scene = scenes.get(id);
  if (scene === undefined) throw new HypersceneError('INTERNAL', 'a scene is lost', { came: id });
  return scene;
};

/** A scene is its own occurrence at level 0 and binds its own agent. */
export const figureOccurrence = ({ id, code: own, ordinal, agent }: StoredScene): Occurrence => ({
  code: own,
  ordinal,
  level: 0,
  size: 1,
  first: id,
  scenes: [id],
  bindings: agent === null ? [] : [{ slot: 0, agent: agent.entity }],
});

/** Of one corpus, or of all, by code, then ordinal. */
export const allOccurrences = (state: WorkspaceState, corpora: readonly MemoryCorpus[]): readonly Occurrence[] =>
  corpora
    .flatMap((corpus) => [
      ...scenesOf(state, corpus).map(figureOccurrence),
      ...[...corpus.collapsed, ...corpus.views.values()].map(asOccurrence),
    ])
    .sort((x, y) => x.code - y.code || x.ordinal - y.ordinal);

export const asOccurrence = ({ code: own, ordinal, level, leaves, bindings }: CollapsedOccurrence): Occurrence => ({
  code: own,
  ordinal,
  level,
  size: leaves.length,
  first: leaves[0] as SceneId,
  scenes: level === 1 ? leaves : [],
  bindings,
});

/** Occurrences that hold any of the scenes go, and so what those are part of. @returns how many */
export const dropHolding = (corpus: MemoryCorpus, scenes: ReadonlySet<SceneId>): number => {
  const standing = corpus.collapsed.filter(({ leaves }) => !leaves.some((id) => scenes.has(id)));
  const dropped = corpus.collapsed.length - standing.length;
  corpus.collapsed = standing;
  return dropped;
};

/** Views that hold any of the scenes go. @returns their names */
export const dropViews = ({ views }: MemoryCorpus, scenes: ReadonlySet<SceneId>): readonly ViewName[] => {
  const gone = [...views.values()].filter(({ leaves }) => leaves.some((id) => scenes.has(id)));
  for (const { name } of gone) views.delete(name);
  return gone.map(({ name }) => name);
};

/** How many occurrences each code has. */
export const occurrenceCounts = (occurrences: readonly Occurrence[]): ReadonlyMap<Code, number> => {
  const counts = new Map<Code, number>();
  for (const occurrence of occurrences) counts.set(occurrence.code, (counts.get(occurrence.code) ?? 0) + 1);
  return counts;
};
