import type { Command } from 'commander';
import { checkWorkable, work } from '../main/jobs.ts';
import { examples } from './options.ts';
import { stopped } from './serve.ts';
import type { Session } from './session.ts';

export const addWorkCommand = (program: Command, session: Session): void => {
  program
    .command('work')
    .description('run jobs of the queue in Redis, beside any number of others')
    .addHelpText('after', examples('work', 'work --quiet'))
    .action(async () => {
      checkWorkable(session.config());
      await session.withApplication(async (application) => {
        const worker = await work(application);
        const { concurrency } = application.config.jobs;
        session.note(
          `takes jobs from the queue, ${concurrency} at once; Ctrl-C stops it when those under way are done`,
        );
        if (session.json) await session.output.json({ working: process.pid });
        await stopped(session.signal);
        await worker.close();
      });
    });
};
