import { resolve } from 'node:path';
import type { Command } from 'commander';
import { verifyExport } from '../export/verify-export.ts';
import { examples } from './options.ts';
import type { Session } from './session.ts';

export const addVerifyCommand = (program: Command, session: Session): void => {
  program
    .command('verify')
    .description('compare every file of an export with what was written')
    .argument('<folder>', 'that an export was written to')
    .addHelpText('after', examples('verify tales-jsonl', 'verify tales-jsonl --json'))
    .action((folder: string) => verify(session, folder));
};

const verify = async (session: Session, folder: string): Promise<void> => {
  const { manifest, besides } = await verifyExport(resolve(folder), session.signal);
  if (session.json) return session.output.json({ folder: resolve(folder), whole: true, besides, ...manifest });
  const { corpus, revision, exported, files } = manifest;
  await session.output.line(
    `${folder}: whole, ${files.length} files of ${corpus} at revision ${revision} as ${exported}`,
  );
  for (const path of besides) session.note(`${path} is not of the export`);
};
