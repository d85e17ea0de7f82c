import type { Command } from 'commander';
import { HypersceneError } from '../errors.ts';
import type { CorpusName } from '../scene/name.ts';
import { dumpCorpus } from '../store/canonical-dump.ts';
import { corpusOption, examples } from './options.ts';
import type { Session } from './session.ts';

interface DumpOptions {
  readonly corpus: CorpusName;
  readonly numbers: boolean;
}

export const addDumpCommand = (program: Command, session: Session): void => {
  program
    .command('dump')
    .description('print all of a corpus in canonical form: equal corpora print equal bytes')
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .option('--no-numbers', 'leave out codes and ordinals, which depend on the order of first use')
    .addHelpText('after', examples('dump --corpus tales > tales.jsonl', 'dump --corpus tales --no-numbers | sha256sum'))
    .action((options: DumpOptions) => dump(session, options));
};

const dump = (session: Session, { corpus, numbers }: DumpOptions): Promise<void> =>
  session.withApplication(async ({ store }) => {
    for await (const line of dumpCorpus(store, corpus, { numbers })) {
      if (session.signal.aborted) throw new HypersceneError('CANCELLED', 'cancelled');
      await session.output.line(line);
    }
  });
