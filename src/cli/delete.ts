import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { HypersceneError } from '../errors.ts';
import type { CorpusName, DocumentName } from '../scene/name.ts';
import type { GraphStore } from '../store/graph-store.ts';
import { requireCorpus } from '../store/require-corpus.ts';
import { examples, parseCorpus, parseDocument } from './options.ts';
import type { Session } from './session.ts';

interface DeleteOptions {
  readonly document?: DocumentName;
  readonly yes?: boolean;
}

export const addDeleteCommand = (program: Command, session: Session): void => {
  program
    .command('delete')
    .description('delete a corpus, or one document of it, with its scenes, couplings and occurrences')
    .argument('<corpus>', 'the corpus', parseCorpus)
    .option('--document <name>', 'only this document', parseDocument)
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', examples('delete tales', 'delete tales --document emelyan.txt --yes'))
    .action((corpus: CorpusName, options: DeleteOptions) => remove(session, corpus, options));
};

const remove = (session: Session, corpus: CorpusName, { document, yes }: DeleteOptions): Promise<void> =>
  session.withApplication(async ({ store }) => {
    if (!yes) await confirm(session, await question(store, corpus, document));
    const report =
      document === undefined ? await store.deleteCorpus(corpus) : await store.deleteDocument(corpus, document);
    if (session.json) await session.output.json(report);
    else
      await session.output.line(
        `deleted: ${report.documents} documents, ${report.scenes} scenes, ${report.couplings} couplings, ${report.occurrences} occurrences`,
      );
  });

const question = async (store: GraphStore, corpus: CorpusName, document: DocumentName | undefined): Promise<string> => {
  const begun = (await store.imports()).find(({ name }) => name === corpus);
  const record = begun ?? (await requireCorpus(store, corpus));
  if (document !== undefined) return `Delete ${document} from ${corpus}?`;
  const what = begun === undefined ? corpus : `what was imported of ${corpus},`;
  return `Delete ${what} with ${record.documents} documents and ${record.scenes} scenes?`;
};

const confirm = async (session: Session, what: string): Promise<void> => {
  if (!session.isInteractive)
    throw new HypersceneError('USAGE', 'nobody is there to ask', { expected: '--yes', came: 'no terminal' });
  const terminal = createInterface({ input: session.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${what} [y/N] `, { signal: session.signal });
    if (!/^(y|yes|д|да)$/iu.test(answer.trim())) throw new HypersceneError('CANCELLED', 'nothing was deleted');
  } catch (error) {
    if (session.signal.aborted) throw new HypersceneError('CANCELLED', 'nothing was deleted', { cause: error });
    throw error;
  } finally {
    terminal.close();
  }
};
