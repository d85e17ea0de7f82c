import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type ImportProgress, importCorpus } from '../export/import-corpus.ts';
import type { CorpusName } from '../scene/name.ts';
import { corpusOption, examples } from './options.ts';
import type { Session } from './session.ts';

interface ImportOptions {
  readonly corpus?: CorpusName;
}

export const addImportCommand = (program: Command, session: Session): void => {
  program
    .command('import')
    .description('bring back a corpus that was exported with --format graph; where it was cut off, once more goes on')
    .argument('<folder>', 'that the export was written to')
    .addOption(corpusOption('another name for it; ids of documents and scenes hang on the name, and change with it'))
    .addHelpText(
      'after',
      examples(
        'export --corpus tales --format graph --out tales-graph',
        'import tales-graph --data ./elsewhere',
        "import tales-graph --corpus 'tales again'",
      ),
    )
    .action((folder: string, options: ImportOptions) => runImport(session, folder, options));
};

const UNITS = { scenes: 'scenes', couplings: 'couplings', views: 'records' } as const satisfies Record<
  ImportProgress['stage'],
  string
>;

const runImport = (session: Session, folder: string, { corpus }: ImportOptions): Promise<void> =>
  session.withApplication(async ({ store }) => {
    const report = await importCorpus(store, {
      folder: resolve(folder),
      corpus,
      signal: session.signal,
      onProgress: ({ stage, done, total }) =>
        session.progress({ stage: 'importing', subject: folder, done, total, unit: UNITS[stage] }),
    });
    session.endProgress();
    if (session.json) return session.output.json({ folder: resolve(folder), ...report });
    const counted = (n: number): string => n.toLocaleString('en');
    const { documents, scenes, couplings, occurrences, views, revision } = report;
    await session.output.line(
      `${report.corpus}: ${counted(documents)} documents, ${counted(scenes)} scenes, ${counted(couplings)} couplings, ${counted(occurrences)} occurrences above them and ${counted(views)} views at revision ${revision}`,
    );
  });
