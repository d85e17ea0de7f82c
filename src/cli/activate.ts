import type { Command } from 'commander';
import { activate, LIT_MAX_DEFAULT } from '../worker/activate-job.ts';
import { type ActivationOptions, activateRequest, addActivationOptions } from './activation-options.ts';
import { noteActivation, writeActivation } from './activation-output.ts';
import { examples } from './options.ts';
import type { Session } from './session.ts';

export const addActivateCommand = (program: Command, session: Session): void => {
  addActivationOptions(program.command('activate'), LIT_MAX_DEFAULT)
    .description('light up the scenes that hang together with a text, a code or a scene, and say by what')
    .addHelpText(
      'after',
      examples(
        'activate "тихая тоска перед дождём" --corpus stories',
        'activate "quiet longing before the rain" --corpus stories --labels en --limit 10',
        'activate --code Δ14 --corpus stories',
        'activate --code Δ14:7 --json',
      ),
    )
    .action((query: string | undefined, options: ActivationOptions) => lightUp(session, query, options));
};

const lightUp = async (session: Session, query: string | undefined, options: ActivationOptions): Promise<void> => {
  const request = activateRequest(query, options);
  await session.withApplication(async ({ store, reader }) => {
    const activation = await activate({ store, reader, signal: session.signal }, request);
    noteActivation(session, activation, options.labels);
    await writeActivation(session, store, activation, options.labels);
  });
};
