import { basename } from 'node:path';
import type { Command } from 'commander';
import { type BudgetRow, BudgetTally } from '../activation/budget.ts';
import { RUNGS } from '../activation/rung.ts';
import { HypersceneError } from '../errors.ts';
import { openReader, openTokenizer } from '../main.ts';
import { type CorpusName, corpusName, documentName } from '../scene/name.ts';
import { documentId, type Language, type Scene } from '../scene/scene.ts';
import { pagesOf } from '../store/pages.ts';
import { corpusOption, examples, labelsOption, langOption } from './options.ts';
import type { Session } from './session.ts';
import { type Column, writeTable } from './table.ts';
import { STDIN, sourceOf } from './text-source.ts';

interface BudgetOptions {
  readonly corpus?: CorpusName;
  readonly lang?: Language;
  readonly labels: Language;
}

export const addBudgetCommand = (program: Command, session: Session): void => {
  program
    .command('budget')
    .description("positions that a scene takes in a model's context on each rung, from whole text to one code")
    .argument('[file]', 'a text, which is read but not kept; - for standard input')
    .addOption(corpusOption('scenes of this corpus'))
    .addOption(langOption('language of the text; found out where it is not given'))
    .addOption(labelsOption())
    .addHelpText('after', examples('budget emelyan.txt', 'budget --corpus tales --json'))
    .action((file: string | undefined, options: BudgetOptions) => printBudget(session, file, options));
};

const printBudget = async (session: Session, file: string | undefined, options: BudgetOptions): Promise<void> => {
  const { corpus, labels } = options;
  if ((file === undefined) === (corpus === undefined))
    throw new HypersceneError('USAGE', 'bad budget', { expected: 'either a file or --corpus' });
  const { name, count } = await openTokenizer();
  const tally = new BudgetTally(count, labels);
  if (corpus !== undefined) await tallyCorpus(session, corpus, tally);
  else if (file !== undefined) await tallyFile(session, file, { ...options, tally });
  for (const row of tally.rows()) if (session.json) await session.output.json({ tokenizer: name, ...row });
  if (!session.json) await printTable(session, tally.rows(), name);
};

const addAll = (tally: BudgetTally, scenes: readonly Scene[]): void => {
  for (const scene of scenes) tally.add(scene);
};

const tallyCorpus = (session: Session, corpus: CorpusName, tally: BudgetTally): Promise<void> =>
  session.withApplication(async ({ store }) => {
    for await (const scenes of pagesOf((request) => store.scenes({ corpus }, request), session.signal))
      addAll(tally, scenes);
  });

/** Needs no graph: works beside a server that has it open. */
const tallyFile = async (
  session: Session,
  file: string,
  { lang, tally }: BudgetOptions & { readonly tally: BudgetTally },
): Promise<void> => {
  const reader = await openReader(session.config());
  try {
    const document = documentId(corpusName('budget'), documentName(file === STDIN ? 'stdin' : basename(file)));
    const { signal } = session;
    await using reading = await reader.read(sourceOf(file, session.stdin), { document, lang, signal });
    for await (const part of reading.parts()) if (part.type === 'scenes') addAll(tally, part.scenes);
  } finally {
    await reader.close();
  }
};

const printTable = async (session: Session, rows: readonly BudgetRow[], tokenizer: string): Promise<void> => {
  const columns: readonly Column<BudgetRow>[] = [
    { title: 'language', cell: ({ lang }) => lang },
    { title: 'kind', cell: ({ kind }) => kind },
    { title: 'scenes', cell: ({ scenes }) => String(scenes), align: 'right' },
    ...RUNGS.map(
      (rung): Column<BudgetRow> => ({
        title: rung,
        cell: ({ positions }) => `${positions[rung].median} / ${positions[rung].p90}`,
        align: 'right',
      }),
    ),
  ];
  session.note(`positions a scene, median / 90th percentile, in ${tokenizer}`);
  await writeTable(session.output, columns, [rows]);
};
