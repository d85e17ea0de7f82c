import { HypersceneError } from '../../errors.ts';
import { formatOccurrence } from '../../scene/hypertoken.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { CorpusRecord, HypertokenRecord, SceneFilter, StoredScene } from '../graph-store.ts';
import { checkWellFormed } from '../indexed-key.ts';
import { hasTerms, queryTerms, termsOfEach } from '../search-terms.ts';
import { hasAll } from './memory-couplings.ts';
import {
  allOccurrences,
  type MemoryCorpus,
  type MemoryDocument,
  occurrenceCounts,
  requireCorpus,
  requireWhole,
  scenesOf,
  type WorkspaceState,
} from './workspace-state.ts';

export const documentNotFound = (came: string): HypersceneError =>
  new HypersceneError('DOCUMENT_NOT_FOUND', 'no such document', { came: JSON.stringify(came) });

export const corpusRecord = (corpus: MemoryCorpus): CorpusRecord => ({
  name: corpus.name,
  documents: corpus.documents.size,
  scenes: [...corpus.documents.values()].reduce((sum, { scenes }: MemoryDocument) => sum + scenes.length, 0),
  couplings: corpus.couplings.size,
  uncoupled: corpus.uncoupled.size,
  revision: corpus.revision,
  collapsedRevision: corpus.collapsedRevision,
  collapsedBy: corpus.collapsedBy,
});

/** Another one after every change. */
export const stateOfCorpus = ({ revision, collapsedRevision, collapsedBy, views }: MemoryCorpus): string =>
  JSON.stringify([revision, collapsedRevision, collapsedBy, [...views.values()].map(formatOccurrence).sort()]);

/** By code, which is the order in which they came. */
export const hypertokenRecords = (state: WorkspaceState): readonly HypertokenRecord[] => {
  const counts = occurrenceCounts(allOccurrences(state, [...state.corpora.values()]));
  return [...state.registry.values()].map(({ code, level, digest, form, figures }) => ({
    code,
    level,
    digest,
    form,
    figures,
    occurrences: counts.get(code) ?? 0,
  }));
};

/** In the order of the corpus. @throws HypersceneError BAD_ARGUMENT, CORPUS_NOT_FOUND, DOCUMENT_NOT_FOUND */
export const findScenes = (state: WorkspaceState, filter: SceneFilter): readonly StoredScene[] => {
  const { document, kind, lang, code, facets = [], text } = filter;
  const terms = text === undefined ? [] : queryTerms(text);
  const corpus = requireCorpus(state, filter.corpus);
  checkWellFormed('filter of scenes', [...(document === undefined ? [] : [document]), ...facets.map(({ key }) => key)]);
  if (document !== undefined && state.documents.get(document)?.record.corpus !== filter.corpus)
    throw documentNotFound(document);
  return scenesOf(state, corpus).filter(
    (scene) =>
      (document === undefined || scene.document === document) &&
      (kind === undefined || scene.kind === kind) &&
      (lang === undefined || scene.lang === lang) &&
      (code === undefined || scene.code === code) &&
      hasAll(scene, facets) &&
      hasTerms(scene.text, terms),
  );
};

/** For each text the scenes in which all its words stand. @throws HypersceneError BAD_ARGUMENT, PAGE_TOO_LARGE, CORPUS_NOT_FOUND */
export const scenesOfTexts = (
  state: WorkspaceState,
  name: CorpusName,
  texts: readonly string[],
): readonly (readonly StoredScene[])[] => {
  const wanted = termsOfEach(texts);
  const scenes = scenesOf(state, requireWhole(state, name));
  return wanted.map((terms) => scenes.filter(({ text }) => hasTerms(text, terms)));
};
