import type { Command } from 'commander';
import type { CorpusName } from '../scene/name.ts';
import { type CoupleReport, coupleCorpus, recoupleCorpus } from '../worker/couple-job.ts';
import { corpusOption, examples } from './options.ts';
import type { Session } from './session.ts';

interface CoupleCommandOptions {
  readonly corpus: CorpusName;
  readonly again?: boolean;
}

export const addCoupleCommand = (program: Command, session: Session): void => {
  program
    .command('couple')
    .description('couple the scenes that wait for it')
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .option('--again', "forget all couplings and make them afresh, by today's rarities")
    .addHelpText('after', examples('couple --corpus tales', 'couple --corpus tales --again'))
    .action((options: CoupleCommandOptions) => couple(session, options));
};

const couple = (session: Session, { corpus, again }: CoupleCommandOptions): Promise<void> =>
  session.withApplication(async ({ config }, job) => {
    const run = again ? recoupleCorpus : coupleCorpus;
    const report = await run(job, corpus, { couplingsMax: config.limits.couplingsPerScene });
    if (session.json) await session.output.json(report);
    else await session.output.line(describe(report));
  });

const describe = ({ scenes, added, removed }: CoupleReport): string =>
  scenes === 0
    ? 'every scene is coupled already'
    : `${scenes} scenes coupled: ${added} couplings more, ${removed} less`;
