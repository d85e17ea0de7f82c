import { join } from 'node:path';
import type { Command } from 'commander';
import type { Application } from '../main.ts';
import { type CorpusName, corpusName, documentName } from '../scene/name.ts';
import type { Language } from '../scene/scene.ts';
import { collapseCorpus } from '../worker/collapse-job.ts';
import type { JobContext } from '../worker/job.ts';
import { readIntoCorpus } from '../worker/read-job.ts';
import { examples } from './options.ts';
import { describeRead } from './read-report.ts';
import { addServeOptions, type ServeOptions, serveUntilStopped } from './serve.ts';
import type { Session } from './session.ts';

const STORIES_FOLDER = join(import.meta.dirname, '../../data/stories');
const STORIES: readonly { readonly lang: Language; readonly name: string }[] = [
  { lang: 'ru', name: 'tolstoy-rabotnik-emelyan.txt' },
  { lang: 'en', name: 'poe-masque-of-the-red-death.txt' },
];

export const addStartCommand = (program: Command, session: Session): void => {
  addServeOptions(program.command('start'))
    .description('read two bundled stories, one Russian and one English, collapse them and serve')
    .addHelpText('after', examples('start', 'start --port 8080'))
    .action((options: ServeOptions) =>
      session.withApplication(async (application, job) => {
        await readStories(session, application, job);
        await serveUntilStopped(session, application);
      }, options),
    );
};

/** What was read before is known by its digest and not read again. */
const readStories = async (
  session: Session,
  { config, reader, store }: Application,
  job: JobContext,
): Promise<void> => {
  const corpus = corpusName('stories');
  for (const { lang, name } of STORIES) {
    const source = { path: join(STORIES_FOLDER, lang, name) };
    const { couplingsPerScene: couplingsMax } = config.limits;
    const request = { corpus, name: documentName(name), source, lang, couplingsMax };
    const report = await readIntoCorpus({ ...job, reader }, request);
    session.note(describeRead(name, report));
  }
  if (await isStale(store, corpus)) {
    const { levels } = await collapseCorpus(job, corpus);
    session.note(`collapsed into ${levels.map(({ occurrences }) => occurrences).join(' → ')} hypertokens`);
  }
};

const isStale = async (store: Application['store'], corpus: CorpusName): Promise<boolean> => {
  const record = await store.corpus(corpus);
  return record !== null && record.collapsedRevision !== record.revision;
};
