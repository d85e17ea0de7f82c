import type { Command } from 'commander';
import { findModel } from '../../main/model.ts';
import { examples } from '../options.ts';
import type { Session } from '../session.ts';

export const addFetchCommand = (model: Command, session: Session): void => {
  model
    .command('fetch')
    .description('fetch a model where it is not there yet, and print where it lies')
    .argument(
      '[address]',
      'default, hf:OWNER/REPO/FILE.gguf[@REVISION][#sha256=…], or a file; HYPERSCENE_MODEL unless given',
    )
    .addHelpText('after', examples('model fetch', 'model fetch hf:OWNER/REPO/FILE.gguf', 'model fetch default --json'))
    .action((address: string | undefined) => fetchModel(session, address));
};

const fetchModel = async (session: Session, address: string | undefined): Promise<void> => {
  const { model } = session.config();
  const { signal, onModelProgress: onProgress } = session;
  const wanted = address === undefined ? model : { ...model, address };
  const { path, files, sha256 } = await findModel(wanted, { signal, onProgress });
  session.endProgress();
  if (session.json) return session.output.json({ path, files, sha256 });
  for (const file of files) await session.output.line(file);
};
