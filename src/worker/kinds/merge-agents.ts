import { z } from 'zod';
import { FACET_EVIDENCE } from '../../scene/facet.ts';
import { jobKind } from '../job-kind.ts';
import { mergeAgents } from '../merge-agents-job.ts';
import { corpusShape, countShape } from './shapes.ts';

export const mergedShape = z.object({
  unchanged: z.boolean(),
  scenes: countShape,
  occurrences: countShape,
  couplings: countShape,
});

/** Merges an agent into another; a merge that stands changes nothing, and what waits is coupled. */
export const mergeAgentsKind = jobKind({
  takesText: false,
  asked: z.object({
    corpus: corpusShape,
    alias: z.string(),
    into: z.string(),
    by: z.enum(FACET_EVIDENCE).optional(),
  }),
  result: mergedShape,
  run: (context, { corpus, ...merge }) => mergeAgents(context, corpus, merge, context),
});
