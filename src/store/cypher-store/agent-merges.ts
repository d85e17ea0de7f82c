import type { FacetEvidence } from '../../scene/facet.ts';
import type { CorpusName } from '../../scene/name.ts';
import { checkAgentKey, checkMerge, type KnownAgent, mergeNotFound, mergeStands } from '../agent-merge.ts';
import {
  agentsByUid,
  aliasesOfPerson,
  createMerge,
  deleteAgents,
  deleteMerge,
  mergedAgents,
  mergesOfCorpus,
  setMerged,
  setPersons,
} from '../cypher/agent-queries.ts';
import { changeCorpus } from '../cypher/document-queries.ts';
import { createFacets, deleteBareFacets } from '../cypher/scene-queries.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import type { AgentMerge, AgentMergeInput, AgentMergeReport, Page, PageRequest } from '../graph-store.ts';
import { openPage, toPage } from '../paging.ts';
import { compareText } from '../text-order.ts';
import { type AgentMove, AgentMover } from './agent-mover.ts';
import { CodeBook } from './code-book.ts';
import { BATCH, batches, requireCorpus, requireStandingWhole, requireWhole, type StoreContext } from './context.ts';
import { SceneRemover } from './scene-remover.ts';
import { nodeRow } from './scene-row.ts';
import { writeRepeatable } from './write-repeatable.ts';

interface Work {
  readonly context: StoreContext;
  readonly transaction: CypherTransaction;
  readonly book: CodeBook;
  readonly corpus: CorpusName;
}

const begin = async (
  context: StoreContext,
  transaction: CypherTransaction,
  corpus: CorpusName,
  imported = false,
): Promise<Work> => {
  const book = await CodeBook.open(context, transaction);
  await (imported ? requireCorpus : requireWhole)(transaction, context, corpus);
  return { context, transaction, book, corpus };
};

const agentUid = ({ context, corpus }: Work, key: string): string => context.identity.facet(corpus, 'agent', key);

export const mergeAgents = (
  context: StoreContext,
  corpus: CorpusName,
  merge: AgentMergeInput,
): Promise<AgentMergeReport> => {
  checkMerge(merge);
  const stands = { nothingLeft: ({ unchanged }: AgentMergeReport) => unchanged };
  return writeRepeatable<AgentMergeReport>(context, stands, async (transaction) => {
    const work = await begin(context, transaction, corpus, merge.imported);
    const { alias, into, by = 'person' } = merge;
    if (merge.unseen) await createAgents(work, [alias, into]);
    const known = await readAgents(work, [alias, into]);
    const unchanged = mergeStands(merge, known);
    const person = known.get(into)?.person ?? into;
    if (unchanged) return { alias, into, person, unchanged, scenes: 0, occurrences: 0 };
    const aliases = await transaction.read(aliasesOfPerson, { personUid: agentUid(work, alias) });
    const own = [alias, ...aliases.map((row) => row.alias)];
    const [from, to] = [agentUid(work, alias), agentUid(work, into)];
    await transaction.write(createMerge, { alias: from, into: to, by, corpus: context.identity.corpus(corpus) });
    await leadTo(work, own, person);
    const moved = await move(work, { from: alias, to: person, own });
    return { alias, into, person, unchanged, ...moved };
  });
};

export const undoMerge = (context: StoreContext, corpus: CorpusName, alias: string): Promise<AgentMergeReport> => {
  checkAgentKey(alias);
  return writeRepeatable<AgentMergeReport>(context, { gone: 'MERGE_NOT_FOUND' }, async (transaction) => {
    const work = await begin(context, transaction, corpus);
    const agent = (await readAgents(work, [alias])).get(alias);
    if (!agent?.into) throw mergeNotFound(alias);
    const { into, person } = agent;
    const aliases = await transaction.read(aliasesOfPerson, { personUid: agentUid(work, person) });
    const below = aliasesBelow(alias, aliases);
    await transaction.write(deleteMerge, { alias: agentUid(work, alias) });
    await transaction.write(setMerged, { agent: agentUid(work, alias), corpus: null });
    await leadTo(work, [alias], null);
    await leadTo(work, below, alias);
    const moved = await move(work, { from: person, to: alias, own: [alias, ...below] });
    await transaction.write(deleteBareFacets, { facets: [alias, into].map((key) => agentUid(work, key)) });
    return { alias, into, person: alias, unchanged: false, ...moved };
  });
};

const createAgents = ({ context, transaction, corpus }: Work, keys: readonly string[]): Promise<void> =>
  transaction.write(createFacets.agent, {
    rows: keys.map((key) => nodeRow(context.identity, corpus, 'agent', key)),
    workspace: context.workspace,
    corpusName: corpus,
  });

const readAgents = async (work: Work, keys: readonly string[]): Promise<ReadonlyMap<string, KnownAgent>> => {
  const rows = await work.transaction.read(agentsByUid, { agents: keys.map((key) => agentUid(work, key)) });
  return new Map(rows.map(({ key, into, person }) => [key, { into, person: person ?? key }]));
};

const leadTo = async (work: Work, agents: readonly string[], person: string | null): Promise<void> => {
  const personUid = person === null ? null : agentUid(work, person);
  for (const batch of batches(agents))
    await work.transaction.write(setPersons, { agents: batch.map((key) => agentUid(work, key)), person, personUid });
};

/** Of all aliases of a person those that lead to it by way of one of them. */
const aliasesBelow = (
  top: string,
  aliases: readonly { readonly alias: string; readonly into: string }[],
): readonly string[] => {
  const byInto = Map.groupBy(aliases, ({ into }) => into);
  const below: string[] = [];
  for (let next = [top]; next.length > 0; ) {
    next = next.flatMap((key) => (byInto.get(key) ?? []).map(({ alias }) => alias));
    below.push(...next);
  }
  return below;
};

const move = async (
  { context, transaction, book, corpus }: Work,
  agentMove: AgentMove,
): Promise<{ readonly scenes: number; readonly occurrences: number }> => {
  const remover = new SceneRemover(context, transaction, book);
  const mover = new AgentMover({ context, transaction, remover, corpus });
  await mover.move(agentMove);
  const uid = context.identity.corpus(corpus);
  const change = { documents: 0, ordered: 0, scenes: 0, couplings: 0, uncoupled: mover.waiting };
  await transaction.write(changeCorpus, { corpus: uid, ...change });
  await book.close(uid);
  return { scenes: mover.scenes, occurrences: remover.occurrences };
};

export const pageAgentMerges = (
  context: StoreContext,
  corpus: CorpusName,
  page: PageRequest,
): Promise<Page<AgentMerge>> => {
  const [after = ''] = openPage('agentMerges', page) ?? [];
  const lookups = context.lookups();
  return context.engine.snapshot(async (view) => {
    await requireStandingWhole(view, context, lookups, corpus);
    const rows = await view.read(mergesOfCorpus, { corpus: context.identity.corpus(corpus) });
    const merges = rows
      .filter(({ alias }) => compareText(alias, String(after)) > 0)
      .sort((x, y) => compareText(x.alias, y.alias))
      .slice(0, page.first + 1)
      .map(({ alias, into, person, by }) => ({ alias, into, person, by: by as FacetEvidence }));
    return toPage('agentMerges', page, merges, ({ alias }) => [alias]);
  });
};

/** Of a corpus whose scenes are gone. */
export const deleteMerges = async (
  transaction: CypherTransaction,
  { identity }: StoreContext,
  corpus: CorpusName,
): Promise<void> => {
  const left = new Set<string>();
  while (true) {
    const rows = await transaction.read(mergedAgents, { corpus: identity.corpus(corpus), limit: BATCH });
    if (rows.length === 0) break;
    for (const { into } of rows) if (into !== null) left.add(into);
    await transaction.write(deleteAgents, { agents: rows.map(({ alias }) => alias) });
  }
  for (const agents of batches([...left])) await transaction.write(deleteAgents, { agents });
};
