import type { Command } from 'commander';
import { HypersceneError } from '../errors.ts';
import { type Code, parseCode } from '../scene/hypertoken.ts';
import type { CorpusName, DocumentName } from '../scene/name.ts';
import { documentId, type Language } from '../scene/scene.ts';
import type { GraphStore, SceneFilter } from '../store/graph-store.ts';
import { pagesOf } from '../store/pages.ts';
import { addFacetOptions, type FacetOptions, facetRefs } from './facet-options.ts';
import { corpusOption, examples, labelsOption, langOption, parseCount, parseDocument } from './options.ts';
import { writeScenes } from './scene-output.ts';
import type { Session } from './session.ts';

interface ScenesOptions extends FacetOptions {
  readonly corpus: CorpusName;
  readonly document?: DocumentName;
  readonly code?: Code;
  readonly lang?: Language;
  readonly text?: string;
  readonly labels: Language;
  readonly limit?: number;
}

export const addScenesCommand = (program: Command, session: Session): void => {
  const command = program
    .command('scenes')
    .description('list the scenes of a corpus; filters narrow it together')
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .option('--document <name>', 'scenes of this document', parseDocument)
    .addOption(langOption('scenes in this language'))
    .option('--code <code>', 'scenes of this code: Δ14, D14 or 14', parseFigureCode)
    .option('--text <words>', 'scenes in whose text each of these words stands, in any form')
    .option('--limit <n>', 'this many at most', parseCount)
    .addOption(labelsOption());
  addFacetOptions(command)
    .addHelpText(
      'after',
      examples(
        'scenes --corpus tales --tension страх',
        'scenes --corpus tales --agent царь --archetype threshold --json',
        'scenes --corpus tales --code Δ14 --labels en',
        'scenes --corpus tales --text "царь дверь"',
      ),
    )
    .action((options: ScenesOptions) => listScenes(session, options));
};

const parseFigureCode = (text: string): Code => {
  const { code, ordinal } = parseCode(text);
  if (ordinal === null) return code;
  throw new HypersceneError('USAGE', 'bad --code', {
    expected: 'a code without an ordinal: Δ14; `hyperscene expand` takes Δ14:7',
    came: JSON.stringify(text),
  });
};

const listScenes = (session: Session, options: ScenesOptions): Promise<void> =>
  session.withApplication(async ({ store }) => {
    const filter = await sceneFilter(store, options);
    const pages = pagesOf((request) => store.scenes(filter, request), session.signal, options.limit);
    await writeScenes(session, pages, { labels: options.labels, documents: options.document === undefined });
  });

const sceneFilter = async (store: GraphStore, options: ScenesOptions): Promise<SceneFilter> => {
  const { corpus, document, code, lang, text } = options;
  return {
    corpus,
    code,
    lang,
    text,
    facets: await facetRefs(store, corpus, options),
    ...(document === undefined ? {} : { document: await findDocument(store, corpus, document) }),
  };
};

const findDocument = async (store: GraphStore, corpus: CorpusName, name: DocumentName) => {
  const id = documentId(corpus, name);
  const [record] = await store.documentsById([id]);
  if (record) return id;
  throw new HypersceneError('DOCUMENT_NOT_FOUND', 'no such document', {
    came: JSON.stringify(name),
    at: `corpus ${corpus}`,
  });
};
