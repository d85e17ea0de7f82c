import type { Command } from 'commander';
import type { CorpusName } from '../scene/name.ts';
import type { Language } from '../scene/scene.ts';
import { pagesOf } from '../store/pages.ts';
import { corpusOption, examples, labelsOption, parseCount } from './options.ts';
import { addSceneFilterOptions, type SceneFilterOptions, sceneFilter } from './scene-filter.ts';
import { writeScenes } from './scene-output.ts';
import type { Session } from './session.ts';

interface ScenesOptions extends SceneFilterOptions {
  readonly corpus: CorpusName;
  readonly labels: Language;
  readonly limit?: number;
}

export const addScenesCommand = (program: Command, session: Session): void => {
  const command = program
    .command('scenes')
    .description('list the scenes of a corpus; filters narrow it together')
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .option('--limit <n>', 'this many at most', parseCount)
    .addOption(labelsOption());
  addSceneFilterOptions(command)
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

const listScenes = (session: Session, options: ScenesOptions): Promise<void> =>
  session.withApplication(async ({ store }) => {
    const filter = await sceneFilter(store, options.corpus, options);
    const pages = pagesOf((request) => store.scenes(filter, request), session.signal, options.limit);
    await writeScenes(session, pages, { labels: options.labels, documents: options.document === undefined });
  });
