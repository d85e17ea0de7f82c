import { basename } from 'node:path';
import type { Command } from 'commander';
import { HypersceneError } from '../errors.ts';
import type { Application } from '../main.ts';
import { type CorpusName, type DocumentName, documentName } from '../scene/name.ts';
import { documentId, type Language } from '../scene/scene.ts';
import { pagesOf } from '../store/pages.ts';
import type { JobContext } from '../worker/job.ts';
import type { ModelFacetsRequest } from '../worker/model/model-facets.ts';
import { readIntoCorpus } from '../worker/read-job.ts';
import { asHypersceneError } from './failure.ts';
import { corpusOption, examples, labelsOption, langOption, parseDocument, parseWeight } from './options.ts';
import { describeFilled, describeRead } from './read-report.ts';
import { writeScenes } from './scene-output.ts';
import type { Session } from './session.ts';
import { STDIN, sourceOf } from './text-source.ts';

interface ReadOptions {
  readonly corpus: CorpusName;
  readonly lang?: Language;
  readonly name?: DocumentName;
  readonly labels: Language;
  readonly modelFacets?: boolean;
  readonly facetsBelow?: number;
  readonly facetsFrom?: number;
  readonly trust?: number;
}

export const addReadCommand = (program: Command, session: Session): void => {
  program
    .command('read')
    .description('read texts into a corpus and couple their scenes; with --json print the scenes')
    .argument('<files...>', 'UTF-8 text or Markdown; - for standard input')
    .addOption(corpusOption('the corpus to read into; made where there is none').makeOptionMandatory())
    .addOption(langOption('language of the texts; found out where it is not given'))
    .option('--name <document>', "name of the document; by default the file's", parseDocument)
    .addOption(labelsOption())
    .option(
      '--model-facets',
      'have the language model fill facets that the reader is unsure of: seconds a scene, and the default model is wrong nine times of ten: set a better one, and --trust',
    )
    .option(
      '--facets-below <confidence>',
      'facets of the reader below it are asked for: above 0 to 1, by default 0.5',
      parseWeight,
    )
    .option(
      '--facets-from <confidence>',
      'answers from it on are written, 0 to 1, by default 0.5: how often such answers were right when that was measured',
      parseWeight,
    )
    .option(
      '--trust <share>',
      'how often the set model is right, 0 to 1, if you measured it: npm run bench:model-reading',
      parseWeight,
    )
    .addHelpText(
      'after',
      examples(
        'read emelyan.txt usher.txt --corpus tales',
        'read emelyan.txt --corpus tales --json | head -3',
        'read emelyan.txt --corpus tales --model-facets --trust 0.7',
        'read - --corpus chat --name 2024-05-01 --lang ru < chat.txt',
      ),
    )
    .action((files: readonly string[], options: ReadOptions) => readFiles(session, files, options));
};

/** @throws HypersceneError USAGE for its values without --model-facets */
const modelFacetsOf = ({ modelFacets, ...options }: ReadOptions): ModelFacetsRequest | undefined => {
  const { facetsBelow: confidenceMin, facetsFrom: takenMin, trust } = options;
  if (modelFacets === true) return { confidenceMin, takenMin, trust };
  if ([confidenceMin, takenMin, trust].every((value) => value === undefined)) return undefined;
  throw new HypersceneError('USAGE', '--facets-below, --facets-from and --trust go with --model-facets');
};

/** One text of the command: where it lies, and what it is to be called. */
interface Reading {
  readonly file: string;
  readonly name: DocumentName;
}

/** A file that cannot be read is told and does not stop the others; being stopped does. */
const readFiles = async (session: Session, files: readonly string[], options: ReadOptions): Promise<void> => {
  const modelFacets = modelFacetsOf(options);
  const readings = nameReadings(session, files, options.name);
  if (readings.length === 0) return;
  await session.withApplication(async (application, job) => {
    for (const reading of readings) {
      try {
        await readOne(session, application, job, { ...options, ...reading }, modelFacets);
      } catch (error) {
        session.fail(error, reading.file);
        if (asHypersceneError(error).code === 'CANCELLED') return;
      }
    }
  });
};

/** @throws HypersceneError USAGE when two texts would become versions of one document */
const nameReadings = (
  session: Session,
  files: readonly string[],
  name: DocumentName | undefined,
): readonly Reading[] => {
  if (name !== undefined && files.length > 1)
    throw new HypersceneError('USAGE', '--name goes with one file', { came: `${files.length} files` });
  const readings = files.flatMap((file) => {
    try {
      return [{ file, name: name ?? documentName(file === STDIN ? 'stdin' : basename(file)) }];
    } catch (error) {
      session.fail(error, file);
      return [];
    }
  });
  for (const [i, { file, name: taken }] of readings.entries()) {
    const other = readings.slice(0, i).find((reading) => reading.name === taken);
    if (other !== undefined)
      throw new HypersceneError('USAGE', `${other.file} and ${file} would both be the document ${taken}`, {
        expected: 'one file a name; --name gives another one',
      });
  }
  return readings;
};

const readOne = async (
  session: Session,
  { config, reader, store, fill }: Application,
  job: JobContext,
  { corpus, name, file, lang, labels }: ReadOptions & Reading,
  modelFacets: ModelFacetsRequest | undefined,
): Promise<void> => {
  const source = sourceOf(file, session.stdin);
  const report = await readIntoCorpus(
    { ...job, reader, fill: { ...fill, client: config.workspace, workspace: config.workspace } },
    { corpus, name, source, lang, modelFacets, couplingsMax: config.limits.couplingsPerScene },
  );
  if (session.json) {
    const filter = { corpus, document: documentId(corpus, name) };
    const pages = pagesOf((request) => store.scenes(filter, request), session.signal);
    await writeScenes(session, pages, { labels, documents: false });
  }
  const summary = describeRead(name, report);
  if (session.json) session.note(summary);
  else await session.output.line(summary);
  if (report.modelFacets !== null) session.note(`${name}: ${describeFilled(report.modelFacets)}`);
  for (const view of report.viewsDeleted)
    session.note(`the view ${view} held a scene that is no longer as it was, and is gone: make it again`);
  for (const notice of report.notices) session.note(`${name}: ${notice}`);
};
