import type { Command } from 'commander';
import { HypersceneError } from '../errors.ts';
import { type Code, parseCode } from '../scene/hypertoken.ts';
import type { CorpusName, DocumentName } from '../scene/name.ts';
import { type DocumentId, documentId, type Language } from '../scene/scene.ts';
import type { GraphStore, SceneFilter } from '../store/graph-store.ts';
import { addFacetOptions, type FacetOptions, facetRefs } from './facet-options.ts';
import { langOption, parseDocument } from './options.ts';

/** What the commands that filter scenes take alike. */
export interface SceneFilterOptions extends FacetOptions {
  readonly document?: DocumentName;
  readonly code?: Code;
  readonly lang?: Language;
  readonly text?: string;
}

export const addSceneFilterOptions = (command: Command): Command =>
  addFacetOptions(
    command
      .option('--document <name>', 'scenes of this document', parseDocument)
      .addOption(langOption('scenes in this language'))
      .option('--code <code>', 'scenes of this code: Δ14, D14 or 14', parseFigureCode)
      .option('--text <words>', 'scenes in whose text each of these words stands, in any form'),
  );

const parseFigureCode = (text: string): Code => {
  const { code, ordinal } = parseCode(text);
  if (ordinal === null) return code;
  throw new HypersceneError('USAGE', 'bad --code', {
    expected: 'a code without an ordinal: Δ14; `hyperscene expand` takes Δ14:7',
    came: JSON.stringify(text),
  });
};

/** @throws HypersceneError CORPUS_NOT_FOUND, DOCUMENT_NOT_FOUND, BAD_ARGUMENT */
export const sceneFilter = async (
  store: GraphStore,
  corpus: CorpusName,
  options: SceneFilterOptions,
): Promise<SceneFilter> => {
  const { document, code, lang, text } = options;
  return {
    corpus,
    code,
    lang,
    text,
    facets: await facetRefs(store, corpus, options),
    ...(document === undefined ? {} : { document: await findDocument(store, corpus, document) }),
  };
};

const findDocument = async (store: GraphStore, corpus: CorpusName, name: DocumentName): Promise<DocumentId> => {
  const id = documentId(corpus, name);
  const [record] = await store.documentsById([id]);
  if (record) return id;
  throw new HypersceneError('DOCUMENT_NOT_FOUND', 'no such document', {
    came: JSON.stringify(name),
    at: `corpus ${corpus}`,
  });
};
