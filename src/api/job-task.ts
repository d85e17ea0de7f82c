import { HypersceneError } from '../errors.ts';
import { ROW_GROUP } from '../export/export-format.ts';
import { DEFAULT_SHARES } from '../export/split.ts';
import { corpusName, documentName } from '../scene/name.ts';
import type { JobSpec } from '../worker/job-kinds.ts';
import type { JobRequest } from '../worker/job-queue.ts';
import type { ExportJobInput, JobTask } from './generated/resolver-types.ts';
import { modelFacetsRequest } from './model-facets-request.ts';

/** @throws HypersceneError BAD_NAME */
export const jobRequest = (task: JobTask): Pick<JobRequest, 'spec' | 'text'> => {
  const { read, couple, recouple, collapse, mergeAgents, undoMerge, export: exported } = task;
  if (read) {
    const { corpus, name, text, lang, modelFacets: facets } = read;
    const modelFacets = modelFacetsRequest(facets);
    const spec = {
      kind: 'read',
      ...of({ corpus }),
      name: documentName(name),
      lang: lang ?? undefined,
      modelFacets,
    } as const;
    return { spec, text };
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
  if (exported) return { spec: exportSpec(exported) };
  // `@oneOf` has let none of this through.
  throw new HypersceneError('BAD_ARGUMENT', 'no task of a job');
};

const of = ({ corpus }: { readonly corpus: string }) => ({ corpus: corpusName(corpus) });

/** What is left out has the schema's own defaults already; the generated types do not know. */
const exportSpec = ({
  labels = 'ru',
  seed = 0,
  shares = DEFAULT_SHARES,
  rowGroup = ROW_GROUP,
  statistics = 'sample',
  ...input
}: ExportJobInput): JobSpec => ({
  kind: 'export',
  ...of(input),
  format: input.format,
  labels,
  seed,
  shares: { ...shares },
  rowGroup,
  statistics,
  licence: input.licence ?? null,
  rung: input.rung ?? undefined,
  tokenizer: input.tokenizer ?? undefined,
});
