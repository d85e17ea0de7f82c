import type { Command } from 'commander';
import { RESOLUTION, SEED } from '../collapse/collapse-communities.ts';
import { openTokenizer } from '../main.ts';
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
  readonly afresh?: boolean;
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
    .option(
      '--afresh',
      'find all levels from nothing; else only what changed, and what that reaches, is collapsed anew',
    )
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
    const tokenizer = await openTokenizer();
    const summary = await collapseCorpus(job, corpus, { ...options, count: tokenizer.count });
    session.note(describeCollapse(summary));
    session.note(describeLength(summary));
    session.note(describeBare(summary, tokenizer.name));
    for (const { level } of [{ level: 0 }, ...summary.levels]) {
      const pages = pagesOf((request) => store.occurrences({ corpus, level }, request), session.signal);
      // A scene that rises alone makes up the levels above as well; people have seen it at its own level.
      await writeOccurrences(session, session.json ? pages : ownLevel(pages, level), { store, labels, level });
    }
  });

/** A line for each level, `level 1: 12 motifs`, and one for what changed. */
const describeCollapse = (summary: CollapseSummary): string => {
  const { levels, added, kept, deleted, newCodes, risen, afresh } = summary;
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
    `${afresh ? 'found afresh' : 'gone on from what stood'}: ${added} new, ${kept} kept, ${deleted} gone, ${newCodes} codes for the first time; ${risen} scenes stand in no motif`,
  ].join('\n');
};

/** `told in 728,419 bits with motifs, 745,516 without; 6,916 for the motifs themselves`. */
const describeLength = ({ description: { before, after, dictionary } }: CollapseSummary): string => {
  const bits = (n: number): string => Math.round(n).toLocaleString('en');
  return `told in ${bits(after)} bits with motifs, ${bits(before)} without; ${bits(dictionary)} for the motifs themselves`;
};

/** `no coupling but of sequence: 812 scenes, 9.1 % of all positions (o200k_base)`. */
const describeBare = ({ bare: { scenes, positions } }: CollapseSummary, tokenizer: string): string => {
  const share = positions === null || positions.all === 0 ? 0 : (positions.bare / positions.all) * 100;
  return `no coupling but of sequence: ${scenes} scenes, ${share.toFixed(1)} % of all positions (${tokenizer})`;
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
