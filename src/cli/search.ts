import { type Command, Option } from 'commander';
import type { CorpusName } from '../scene/name.ts';
import type { Language } from '../scene/scene.ts';
import { SEARCH_KINDS, type SearchKind, search } from '../worker/search-job.ts';
import { corpusOption, examples, labelsOption, parseCount } from './options.ts';
import { noteSearch, writeSearch } from './search-output.ts';
import type { Session } from './session.ts';

interface SearchOptions {
  readonly corpus: CorpusName;
  readonly kind?: readonly SearchKind[];
  readonly limit: number;
  readonly labels: Language;
}

export const addSearchCommand = (program: Command, session: Session): void => {
  program
    .command('search')
    .description('find scenes, facets and hypertokens by a text, the best first, and say by what')
    .argument(
      '<text>',
      'words in any form, labels of facets, hyperlexemes, codes (Δ14, D14:7); no character is an operator',
    )
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .addOption(new Option('--kind <kinds...>', 'only results of these kinds').choices(SEARCH_KINDS))
    .option('--limit <n>', 'this many at most', parseCount, 20)
    .addOption(labelsOption())
    .addHelpText(
      'after',
      examples(
        'search "царь у двери" --corpus tales',
        'search "порог тишина" --corpus tales --kind hypertoken facet',
        'search "the masked figure" --corpus tales --kind scene --labels en',
        'search Δ14 --corpus tales --json',
      ),
    )
    .action((text: string, options: SearchOptions) => find(session, text, options));
};

const find = (session: Session, text: string, { corpus, kind: kinds, limit, labels }: SearchOptions): Promise<void> =>
  session.withApplication(async ({ store, reader }) => {
    const answer = await search({ store, reader, signal: session.signal }, { corpus, text, kinds, first: limit });
    noteSearch(session, answer);
    await writeSearch(session, answer, labels);
  });
