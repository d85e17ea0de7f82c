import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import type { TextCounter } from '../activation/text-counter.ts';
import { HypersceneError } from '../errors.ts';
import { baseCounter } from '../export/base-counter.ts';
import { openBaseTokenizer } from '../export/base-tokenizer.ts';
import { type CorpusStatistics, corpusStatistics, StatisticsCount } from '../export/corpus-statistics.ts';
import { openReader, openTextCounter } from '../main.ts';
import { type CorpusName, corpusName, documentName } from '../scene/name.ts';
import { documentId, type Language } from '../scene/scene.ts';
import { corpusOption, examples, labelsOption, langOption } from './options.ts';
import type { Session } from './session.ts';
import { writeStatistics } from './statistics-output.ts';
import { STDIN, sourceOf } from './text-source.ts';

interface BudgetOptions {
  readonly corpus?: CorpusName;
  readonly lang?: Language;
  readonly labels: Language;
  readonly tokenizer?: string;
}

export const addBudgetCommand = (program: Command, session: Session): void => {
  program
    .command('budget')
    .description("positions that scenes take in a model's context on each rung and level, and how their codes repeat")
    .argument('[file]', 'a text, which is read but not kept; - for standard input')
    .addOption(corpusOption('scenes of this corpus'))
    .addOption(langOption('language of the text; found out where it is not given'))
    .option('--tokenizer <file>', 'tokenizer.json of a model, or its folder (o200k_base by default)')
    .addOption(labelsOption())
    .addHelpText(
      'after',
      examples('budget emelyan.txt', 'budget --corpus tales --json', 'budget --corpus tales --tokenizer model/'),
    )
    .action((file: string | undefined, options: BudgetOptions) => printBudget(session, file, options));
};

const printBudget = async (session: Session, file: string | undefined, options: BudgetOptions): Promise<void> => {
  const { corpus, tokenizer } = options;
  if ((file === undefined) === (corpus === undefined))
    throw new HypersceneError('USAGE', 'bad budget', { expected: 'either a file or --corpus' });
  const counter = await openCounter(tokenizer);
  try {
    const statistics =
      corpus === undefined
        ? await ofFile(session, file ?? STDIN, options, counter)
        : await ofCorpus(session, corpus, options, counter);
    session.endProgress();
    if (session.json) await session.output.json(statistics);
    else await writeStatistics(session, statistics);
  } finally {
    await counter.close();
  }
};

/** @throws HypersceneError UNKNOWN_TOKENIZER, BAD_TOKENIZER */
const openCounter = async (path: string | undefined): Promise<TextCounter> =>
  path === undefined ? openTextCounter() : baseCounter(await openBaseTokenizer(resolve(path)));

const ofCorpus = (
  session: Session,
  corpus: CorpusName,
  { labels }: BudgetOptions,
  counter: TextCounter,
): Promise<CorpusStatistics> =>
  session.withApplication(({ store }) =>
    corpusStatistics(store, {
      corpus,
      labels,
      counter,
      signal: session.signal,
      onProgress: ({ done, total }) =>
        session.progress({ stage: 'reading', subject: corpus, done, total, unit: 'scenes' }),
    }),
  );

/** Needs no graph: works beside a server that has it open. A text that is not collapsed has level 0 alone. */
const ofFile = async (
  session: Session,
  file: string,
  { lang, labels }: BudgetOptions,
  counter: TextCounter,
): Promise<CorpusStatistics> => {
  const reader = await openReader(session.config());
  const count = new StatisticsCount(labels, counter);
  try {
    const document = documentId(corpusName('budget'), documentName(file === STDIN ? 'stdin' : basename(file)));
    const { signal } = session;
    await using reading = await reader.read(sourceOf(file, session.stdin), {
      document,
      lang,
      signal,
      onProgress: ({ stage, bytes, bytesTotal }) => {
        if (stage === 'reading' && bytesTotal !== null)
          session.progress({ stage, subject: file, done: bytes, total: bytesTotal, unit: 'bytes' });
      },
    });
    for await (const part of reading.parts())
      if (part.type === 'scenes') await count.add(part.scenes.map((scene) => ({ scene, levels: [], firsts: [] })));
    return await count.end(null);
  } finally {
    await reader.close();
  }
};
