import { z } from 'zod';
import { HypersceneError } from '../../errors.ts';
import { coupleCorpus } from '../couple-job.ts';
import { jobKind } from '../job-kind.ts';
import { undoMerge } from '../merge-agents-job.ts';
import { mergedShape } from './merge-agents.ts';
import { corpusShape } from './shapes.ts';

/** Takes a merge of agents back. Begun again after the merge is gone, it couples what was left. */
export const undoMergeKind = jobKind({
  takesText: false,
  asked: z.object({ corpus: corpusShape, alias: z.string() }),
  result: mergedShape,
  run: async (context, { corpus, alias }) => {
    try {
      return await undoMerge(context, corpus, alias, context);
    } catch (error) {
      const gone = error instanceof HypersceneError && error.code === 'MERGE_NOT_FOUND';
      if (!gone || !context.resumed) throw error;
      const { added } = await coupleCorpus(context, corpus, context);
      return { unchanged: true, scenes: 0, occurrences: 0, couplings: added };
    }
  },
});
