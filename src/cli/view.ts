import type { Command } from 'commander';
import { formatCode, formatOccurrence } from '../scene/hypertoken.ts';
import type { CorpusName, ViewName } from '../scene/name.ts';
import type { ViewRecord, ViewReport } from '../store/graph-store.ts';
import { pagesOf } from '../store/pages.ts';
import { viewNotFound } from '../store/view-check.ts';
import { collapseView } from '../worker/view-job.ts';
import { corpusOption, examples, parseView } from './options.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';
import { addViewSourceOptions, checkViewSource, type ViewSourceOptions, viewSource } from './view-options.ts';
import { writeTable } from './write-table.ts';

interface ViewOptions {
  readonly corpus: CorpusName;
}

interface MakeOptions extends ViewOptions, ViewSourceOptions {
  readonly replace?: boolean;
  readonly scenesMax?: number;
}

export const addViewCommand = (program: Command, session: Session): void => {
  const view = program
    .command('view')
    .description('collapse scenes of your choice into a named view outside the levels; list, show, delete views')
    .addHelpText('after', examples('view make "у двери" --corpus tales --text дверь', 'view list --corpus tales'))
    .action(() => view.help());
  addMakeCommand(view, session);
  view
    .command('list')
    .description('list the views of a corpus')
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .addHelpText('after', examples('view list --corpus tales', 'view list --corpus tales --json'))
    .action(({ corpus }: ViewOptions) => list(session, corpus));
  view
    .command('show')
    .description('show a view: its occurrence, which `expand` and `bundle` take, and how it was made')
    .argument('<name>', 'the view', parseView)
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .addHelpText('after', examples('view show "у двери" --corpus tales'))
    .action((name: ViewName, { corpus }: ViewOptions) => show(session, corpus, name));
  view
    .command('delete')
    .description('delete a view; its scenes stay')
    .argument('<name>', 'the view', parseView)
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .addHelpText('after', examples('view delete "у двери" --corpus tales'))
    .action((name: ViewName, { corpus }: ViewOptions) => remove(session, corpus, name));
};

const addMakeCommand = (view: Command, session: Session): void => {
  const command = view
    .command('make')
    .description('make a view of the scenes that the options choose; the same again changes nothing')
    .argument('<name>', 'what to call it: unique in its corpus', parseView)
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .option('--replace', 'put it in the place of another view of this name');
  addViewSourceOptions(command)
    .addHelpText(
      'after',
      examples(
        'view make "у двери" --corpus tales --text дверь --tension страх',
        'view make masque --corpus tales --document poe-masque-of-the-red-death.txt',
        'view make clock --corpus tales --around 0123456789abcdef0123456789abcdef --hops 2 --weight-min 0.2',
        'view make way --corpus tales --from 0123456789abcdef0123456789abcdef --to fedcba9876543210fedcba9876543210',
      ),
    )
    .action((name: ViewName, options: MakeOptions) => make(session, name, options));
};

const make = async (session: Session, name: ViewName, options: MakeOptions): Promise<void> => {
  checkViewSource(options);
  const { corpus, replace, scenesMax } = options;
  await session.withApplication(async ({ store }) => {
    const source = await viewSource(store, corpus, options);
    const request = { corpus, name, source, replace, scenesMax };
    await tell(session, await collapseView({ store, signal: session.signal }, request));
  });
};

const tell = async (session: Session, { view, unchanged, replaced, newCode }: ViewReport): Promise<void> => {
  const gone = replaced === null ? null : formatOccurrence(replaced);
  if (session.json) return session.output.json({ ...viewLine(view), unchanged, replaced: gone, newCode });
  const { name, occurrence } = view;
  const what = `${name} is ${formatOccurrence(occurrence)}, ${occurrence.size} scenes`;
  if (unchanged) return session.output.line(`${what}, already; nothing was changed`);
  await session.output.line(gone === null ? what : `${what}, in place of ${gone}`);
};

const viewLine = ({ corpus, name, occurrence: { code, ordinal, size, first }, selection }: ViewRecord) => ({
  type: 'view',
  corpus,
  name,
  code: formatCode(code),
  ordinal,
  size,
  first,
  selection,
});

const COLUMNS: readonly Column<ViewRecord>[] = [
  { title: 'view', cell: ({ name }) => name },
  { title: 'occurrence', cell: ({ occurrence }) => formatOccurrence(occurrence) },
  { title: 'scenes', cell: ({ occurrence }) => String(occurrence.size), align: 'right' },
  { title: 'made of', cell: ({ selection }) => selectionText(selection), flexible: true },
];

/** `search: text дверь, tension fear` */
const selectionText = ({ by, ...rest }: ViewRecord['selection']): string => {
  const facets = 'facets' in rest ? (rest.facets ?? []).map(({ kind, key }) => `${kind} ${key}`) : [];
  const others = Object.entries(rest).flatMap(([what, value]) => (what === 'facets' ? [] : [`${what} ${value}`]));
  const details = [...others, ...facets].join(', ');
  return details === '' ? by : `${by}: ${details}`;
};

const list = (session: Session, corpus: CorpusName): Promise<void> =>
  session.withApplication(async ({ store }) => {
    const pages = pagesOf((request) => store.views(corpus, request), session.signal);
    if (!session.json) return writeTable(session.output, COLUMNS, pages);
    for await (const views of pages) for (const one of views) await session.output.json(viewLine(one));
  });

const show = (session: Session, corpus: CorpusName, name: ViewName): Promise<void> =>
  session.withApplication(async ({ store }) => {
    const view = await store.viewByName(corpus, name);
    if (view === null) throw viewNotFound(corpus, name);
    if (session.json) return session.output.json(viewLine(view));
    await writeTable(session.output, COLUMNS, [[view]]);
  });

const remove = (session: Session, corpus: CorpusName, name: ViewName): Promise<void> =>
  session.withApplication(async ({ store }) => {
    const view = await store.deleteView(corpus, name);
    if (session.json) return session.output.json({ ...viewLine(view), deleted: true });
    await session.output.line(`${name}, ${formatOccurrence(view.occurrence)}, is deleted; its scenes stay`);
  });
