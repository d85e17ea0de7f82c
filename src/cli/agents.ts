import type { Command } from 'commander';
import type { CorpusName } from '../scene/name.ts';
import type { AgentMerge } from '../store/graph-store.ts';
import { pagesOf } from '../store/pages.ts';
import { type MergeAgentsReport, mergeAgents, undoMerge } from '../worker/merge-agents-job.ts';
import { agentKey, findMerge, fold } from './agent-names.ts';
import { corpusOption, examples } from './options.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';
import { writeTable } from './write-table.ts';

interface AgentsOptions {
  readonly corpus: CorpusName;
}

const COLUMNS: readonly Column<AgentMerge>[] = [
  { title: 'alias', cell: ({ alias }) => alias },
  { title: 'merged into', cell: ({ into }) => into },
  { title: 'person', cell: ({ person }) => person },
  { title: 'by', cell: ({ by }) => by },
];

export const addAgentsCommand = (program: Command, session: Session): void => {
  const agents = program
    .command('agents')
    .description('say which agents are one person, take it back, list it')
    .addHelpText('after', examples('agents merge Родион Раскольников --corpus books', 'agents list --corpus books'))
    .action(() => agents.help());
  agents
    .command('merge')
    .description('make the scenes of one agent those of another; couples them anew')
    .argument('<alias>', 'the agent that is another name of a person')
    .argument('<into>', 'the person')
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .addHelpText('after', examples('agents merge Родион Раскольников --corpus books'))
    .action((alias: string, into: string, { corpus }: AgentsOptions) => merge(session, corpus, alias, into));
  agents
    .command('undo')
    .description('take a merge back: the alias has its scenes again')
    .argument('<alias>', 'the agent that was merged')
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .addHelpText('after', examples('agents undo Родион --corpus books'))
    .action((alias: string, { corpus }: AgentsOptions) => undo(session, corpus, alias));
  agents
    .command('list')
    .description('list the merges')
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .addHelpText('after', examples('agents list --corpus books', 'agents list --corpus books --json'))
    .action(({ corpus }: AgentsOptions) => list(session, corpus));
};

const merge = (session: Session, corpus: CorpusName, alias: string, into: string): Promise<void> =>
  session.withApplication(async ({ config, store }, job) => {
    const keys = { alias: await agentKey(store, corpus, alias), into: await agentKey(store, corpus, into) };
    const report = await mergeAgents(job, corpus, keys, { couplingsMax: config.limits.couplingsPerScene });
    await tell(session, report, `${report.alias} is ${report.person}`);
  });

const undo = (session: Session, corpus: CorpusName, alias: string): Promise<void> =>
  session.withApplication(async ({ config, store }, job) => {
    const standing = await findMerge(store, corpus, (one) => fold(one.alias) === fold(alias));
    const options = { couplingsMax: config.limits.couplingsPerScene };
    const report = await undoMerge(job, corpus, standing?.alias ?? alias, options);
    await tell(session, report, `${report.alias} is no longer ${report.into}`);
  });

const tell = async (session: Session, report: MergeAgentsReport, what: string): Promise<void> => {
  if (session.json) return session.output.json(report);
  const { scenes, couplings, occurrences, unchanged } = report;
  if (unchanged) return session.output.line(`${what} already; nothing was changed`);
  await session.output.line(`${what}: ${scenes} scenes changed, ${couplings} couplings made or changed`);
  if (occurrences > 0)
    session.note(`${occurrences} occurrences held them and are gone: \`hyperscene collapse\` finds them anew`);
};

const list = (session: Session, corpus: CorpusName): Promise<void> =>
  session.withApplication(async ({ store }) => {
    const pages = pagesOf((request) => store.agentMerges(corpus, request), session.signal);
    if (!session.json) return writeTable(session.output, COLUMNS, pages);
    for await (const merges of pages) for (const one of merges) await session.output.json(one);
  });
