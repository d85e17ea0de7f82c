import type { Command } from 'commander';
import type { CorpusName } from '../scene/name.ts';
import type { Language } from '../scene/scene.ts';
import { pagesOf } from '../store/pages.ts';
import { collapseCorpus } from '../worker/collapse-job.ts';
import { writeOccurrences } from './occurrence-output.ts';
import { corpusOption, examples, labelsOption } from './options.ts';
import type { Session } from './session.ts';

interface CollapseCommandOptions {
  readonly corpus: CorpusName;
  readonly labels: Language;
}

/** Figures and motifs. */
const LEVELS = [0, 1] as const;

export const addCollapseCommand = (program: Command, session: Session): void => {
  program
    .command('collapse')
    .description('collapse a corpus and print the occurrences of every level')
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .addOption(labelsOption())
    .addHelpText('after', examples('collapse --corpus tales', 'collapse --corpus tales --labels en --json'))
    .action((options: CollapseCommandOptions) => collapse(session, options));
};

const collapse = (session: Session, { corpus, labels }: CollapseCommandOptions): Promise<void> =>
  session.withApplication(async ({ store }, job) => {
    const { occurrences, added, kept, deleted, newCodes, risen } = await collapseCorpus(job, corpus);
    session.note(
      `${occurrences} motifs stand (${added} new, ${kept} kept, ${deleted} gone), ${newCodes} codes for the first time; ${risen} scenes rise alone`,
    );
    for (const level of LEVELS) {
      const pages = pagesOf((request) => store.occurrences({ corpus, level }, request), session.signal);
      // A scene that rises alone makes up level 1 as well; people have seen it at its own level.
      await writeOccurrences(session, session.json ? pages : ownLevel(pages, level), { store, labels, level });
    }
  });

async function* ownLevel<T extends { readonly level: number }>(
  pages: AsyncIterable<readonly T[]>,
  level: number,
): AsyncGenerator<readonly T[]> {
  for await (const page of pages) {
    const own = page.filter((occurrence) => occurrence.level === level);
    if (own.length > 0) yield own;
  }
}
