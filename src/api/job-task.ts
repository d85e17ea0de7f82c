import { HypersceneError } from '../errors.ts';
import { corpusName, documentName } from '../scene/name.ts';
import type { JobRequest } from '../worker/job-queue.ts';
import type { JobTask } from './generated/resolver-types.ts';

/** @throws HypersceneError BAD_NAME */
export const jobRequest = (task: JobTask): Pick<JobRequest, 'spec' | 'text'> => {
  const { read, couple, recouple, collapse, mergeAgents, undoMerge } = task;
  if (read) {
    const { corpus, name, text, lang } = read;
    return { spec: { kind: 'read', ...of({ corpus }), name: documentName(name), lang: lang ?? undefined }, text };
  }
  if (couple) return { spec: { kind: 'couple', ...of(couple) } };
  if (recouple) return { spec: { kind: 'recouple', ...of(recouple) } };
  if (collapse) {
    const { resolution, seed, afresh } = collapse;
    const options = { resolution: resolution ?? undefined, seed: seed ?? undefined, afresh };
    return { spec: { kind: 'collapse', ...of(collapse), ...options } };
  }
  if (mergeAgents) {
    const { alias, into, by } = mergeAgents;
    return { spec: { kind: 'mergeAgents', ...of(mergeAgents), alias, into, by } };
  }
  if (undoMerge) return { spec: { kind: 'undoMerge', ...of(undoMerge), alias: undoMerge.alias } };
  // `@oneOf` has let none of this through.
  throw new HypersceneError('BAD_ARGUMENT', 'no task of a job');
};

const of = ({ corpus }: { readonly corpus: string }) => ({ corpus: corpusName(corpus) });
