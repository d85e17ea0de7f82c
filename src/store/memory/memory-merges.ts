import type { CorpusName } from '../../scene/name.ts';
import {
  checkAgentKey,
  checkMerge,
  type KnownAgent,
  mergeNotFound,
  mergeStands,
  resolveAgent,
} from '../agent-merge.ts';
import type { AgentMerge, AgentMergeInput, AgentMergeReport } from '../graph-store.ts';
import { compareText } from '../text-order.ts';
import {
  dropHolding,
  type MemoryCorpus,
  requireCorpus,
  requireWhole,
  scenesOf,
  type WorkspaceState,
} from './workspace-state.ts';

/** The end of an agent's merges; itself where there are none. */
export const personOf =
  ({ merges }: MemoryCorpus) =>
  (entity: string): string => {
    let person = entity;
    for (let next = merges.get(person); next !== undefined; next = merges.get(person)) person = next.into;
    return person;
  };

/** By alias. */
export const agentMergesOf = (corpus: MemoryCorpus): readonly AgentMerge[] =>
  [...corpus.merges]
    .map(([alias, { into, by }]) => ({ alias, into, person: personOf(corpus)(alias), by }))
    .sort((x, y) => compareText(x.alias, y.alias));

const knownAgents = (
  state: WorkspaceState,
  corpus: MemoryCorpus,
  unseen: readonly string[],
): ReadonlyMap<string, KnownAgent> => {
  const standing = scenesOf(state, corpus).map(({ agent }) => agent?.entity);
  const named = [...corpus.merges].flatMap(([alias, { into }]) => [alias, into]);
  const keys = [...standing, ...named, ...unseen].filter((key) => key !== undefined);
  return new Map(
    keys.map((key) => [key, { into: corpus.merges.get(key)?.into ?? null, person: personOf(corpus)(key) }]),
  );
};

export const mergeMemoryAgents = (
  state: WorkspaceState,
  name: CorpusName,
  merge: AgentMergeInput,
): AgentMergeReport => {
  checkMerge(merge);
  const { alias, into, by = 'person', unseen = false, imported = false } = merge;
  const corpus = (imported ? requireCorpus : requireWhole)(state, name);
  const unchanged = mergeStands(merge, knownAgents(state, corpus, unseen ? [alias, into] : []));
  if (!unchanged) corpus.merges.set(alias, { into, by });
  const changed = unchanged ? { scenes: 0, occurrences: 0 } : resolveAnew(state, corpus);
  return { alias, into, person: personOf(corpus)(into), unchanged, ...changed };
};

export const undoMemoryMerge = (state: WorkspaceState, name: CorpusName, alias: string): AgentMergeReport => {
  checkAgentKey(alias);
  const corpus = requireWhole(state, name);
  const merge = corpus.merges.get(alias);
  if (merge === undefined) throw mergeNotFound(alias);
  corpus.merges.delete(alias);
  return { alias, into: merge.into, person: alias, unchanged: false, ...resolveAnew(state, corpus) };
};

const resolveAnew = (
  state: WorkspaceState,
  corpus: MemoryCorpus,
): { readonly scenes: number; readonly occurrences: number } => {
  const changed = scenesOf(state, corpus)
    .map((was) => ({ was, is: resolveAgent(was, personOf(corpus)) }))
    .filter(({ was, is }) => was.agent?.entity !== is.agent?.entity);
  const ids = new Set(changed.map(({ is }) => is.id));
  for (const { is } of changed) state.scenes.set(is.id, is);
  for (const id of ids) corpus.uncoupled.add(id);
  const occurrences = dropHolding(corpus, ids);
  corpus.revision += 1;
  return { scenes: ids.size, occurrences };
};
