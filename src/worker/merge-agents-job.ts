import { checkCancelled } from '../errors.ts';
import type { CorpusName } from '../scene/name.ts';
import type { AgentMergeInput, AgentMergeReport } from '../store/graph-store.ts';
import { type CoupleOptions, coupleCorpus } from './couple-job.ts';
import type { JobContext } from './job.ts';

export interface MergeAgentsReport extends AgentMergeReport {
  /** Couplings that were made or changed, by all that waited for it in the corpus. */
  readonly couplings: number;
}

/**
 * Merges an agent into another and couples the scenes that changed by it. Interrupted between the two, the merge stands
 * and a later run couples. What was collapsed stays as far as no such scene is part of it, and is out of date.
 * @throws HypersceneError what the store's `mergeAgents` throws, CANCELLED
 */
export const mergeAgents = (
  context: JobContext,
  corpus: CorpusName,
  merge: AgentMergeInput,
  options: CoupleOptions = {},
): Promise<MergeAgentsReport> => thenCouple(context, corpus, options, () => context.store.mergeAgents(corpus, merge));

/**
 * Takes a merge back, in the same way.
 * @throws HypersceneError what the store's `undoMerge` throws, CANCELLED
 */
export const undoMerge = (
  context: JobContext,
  corpus: CorpusName,
  alias: string,
  options: CoupleOptions = {},
): Promise<MergeAgentsReport> => thenCouple(context, corpus, options, () => context.store.undoMerge(corpus, alias));

const thenCouple = async (
  context: JobContext,
  corpus: CorpusName,
  options: CoupleOptions,
  change: () => Promise<AgentMergeReport>,
): Promise<MergeAgentsReport> => {
  checkCancelled(context);
  const report = await change();
  const { added } = await coupleCorpus(context, corpus, options);
  return { ...report, couplings: added };
};
