import type { Command } from 'commander';
import { RESOLUTION, SEED } from '../collapse/collapse-communities.ts';
import type { CorpusName } from '../scene/name.ts';
import type { Language } from '../scene/scene.ts';
import { pagesOf } from '../store/pages.ts';
import { type CollapseSummary, collapseCorpus } from '../worker/collapse-job.ts';
import { writeOccurrences } from './occurrence-output.ts';
import { corpusOption, examples, labelsOption, parseNumber, parsePositive } from './options.ts';
import type { Session } from './session.ts';

interface CollapseCommandOptions {
  readonly corpus: CorpusName;
  readonly labels: Language;
  readonly resolution?: number;
  readonly seed?: number;
}

export const addCollapseCommand = (program: Command, session: Session): void => {
  program
    .command('collapse')
    .description(
      'collapse a corpus, level by level until one hypertoken holds it, and print the occurrences of every level',
    )
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .option(
      '--resolution <number>',
      `of level 2: the higher, the smaller its communities (default: ${RESOLUTION})`,
      parsePositive,
    )
    .option('--seed <number>', `of the random numbers that finding communities takes (default: ${SEED})`, parseNumber)
    .addOption(labelsOption())
    .addHelpText(
      'after',
      examples(
        'collapse --corpus tales',
        'collapse --corpus tales --labels en --json',
        'collapse --corpus tales --resolution 64',
      ),
    )
    .action((options: CollapseCommandOptions) => collapse(session, options));
};

const collapse = (session: Session, { corpus, labels, ...options }: CollapseCommandOptions): Promise<void> =>
  session.withApplication(async ({ store }, job) => {
    const summary = await collapseCorpus(job, corpus, options);
    session.note(describeCollapse(summary));
    for (const { level } of [{ level: 0 }, ...summary.levels]) {
      const pages = pagesOf((request) => store.occurrences({ corpus, level }, request), session.signal);
      // A scene that rises alone makes up the levels above as well; people have seen it at its own level.
      await writeOccurrences(session, session.json ? pages : ownLevel(pages, level), { store, labels, level });
    }
  });

/** A line for each level, `level 1: 12 motifs`, and one for what changed. */
const describeCollapse = (summary: CollapseSummary): string => {
  const { levels, added, kept, deleted, newCodes, risen } = summary;
  const lines = levels.map(
    ({ level, occurrences, resolution, modularity }) =>
      `level ${level}: ${occurrences} ${resolution === null ? 'motifs' : 'communities'}${
        modularity === null || resolution === 0
          ? ''
          : `, modularity ${modularity.toFixed(3)} at resolution ${resolution}`
      }`,
  );
  return [
    ...lines,
    `${added} new, ${kept} kept, ${deleted} gone, ${newCodes} codes for the first time; ${risen} scenes stand in no motif`,
  ].join('\n');
};

async function* ownLevel<T extends { readonly level: number }>(
  pages: AsyncIterable<readonly T[]>,
  level: number,
): AsyncGenerator<readonly T[]> {
  for await (const page of pages) {
    const own = page.filter((occurrence) => occurrence.level === level);
    if (own.length > 0) yield own;
  }
}
