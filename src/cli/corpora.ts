import type { Command } from 'commander';
import { type CollapseState, collapseStateOf } from '../store/collapse-state.ts';
import type { CorpusRecord, GraphStore } from '../store/graph-store.ts';
import { pagesOf } from '../store/pages.ts';
import { examples } from './options.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';
import { writeTable } from './write-table.ts';

const COLUMNS: readonly Column<CorpusRecord>[] = [
  { title: 'corpus', cell: ({ name }) => name },
  { title: 'documents', cell: ({ documents }) => String(documents), align: 'right' },
  { title: 'scenes', cell: ({ scenes }) => String(scenes), align: 'right' },
  { title: 'couplings', cell: ({ couplings }) => String(couplings), align: 'right' },
  { title: 'uncoupled', cell: ({ uncoupled }) => String(uncoupled), align: 'right' },
  { title: 'collapsed', cell: (corpus) => COLLAPSED[collapseStateOf(corpus)] },
];

const COLLAPSED: Readonly<Record<CollapseState, string>> = {
  none: 'not yet',
  fresh: 'up to date',
  stale: 'out of date',
};

export const addCorporaCommand = (program: Command, session: Session): void => {
  program
    .command('corpora')
    .description('list the corpora')
    .addHelpText('after', examples('corpora', 'corpora --json'))
    .action(() => session.withApplication(({ store }) => listCorpora(session, store)));
};

const listCorpora = async (session: Session, store: GraphStore): Promise<void> => {
  const corpora: CorpusRecord[] = [];
  for await (const page of pagesOf((request) => store.corpora(request), session.signal)) corpora.push(...page);
  for (const { name, scenes } of await store.imports())
    session.note(`an import of ${name} is under way or was interrupted, ${scenes} scenes so far`);
  if (corpora.length === 0) session.note('no corpus yet: `hyperscene read FILE --corpus NAME` makes one');
  else if (session.json) for (const corpus of corpora) await session.output.json(corpus);
  else await writeTable(session.output, COLUMNS, [corpora]);
};
