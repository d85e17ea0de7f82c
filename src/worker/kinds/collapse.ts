import { z } from 'zod';
import { collapseCorpus } from '../collapse-job.ts';
import { jobKind } from '../job-kind.ts';
import { corpusShape, countShape } from './shapes.ts';

/** Collapses a corpus, in one transaction: begun again after it, it finds that nothing changed. */
export const collapseKind = jobKind({
  takesText: false,
  asked: z.object({
    corpus: corpusShape,
    resolution: z.number().optional(),
    seed: z.int().optional(),
    afresh: z.boolean().optional(),
  }),
  result: z.object({
    revision: countShape,
    occurrences: countShape,
    afresh: z.boolean(),
    risen: countShape,
    /** In bits. */
    description: z.object({ before: z.number(), after: z.number(), dictionary: z.number() }),
    bare: z.object({ scenes: countShape, positions: countShape, ofPositions: countShape, tokenizer: z.string() }),
    levels: z
      .array(
        z.object({
          level: countShape,
          occurrences: countShape,
          resolution: z.number().nullable(),
          modularity: z.number().nullable(),
        }),
      )
      .readonly(),
    added: countShape,
    kept: countShape,
    deleted: countShape,
    newCodes: countShape,
  }),
  run: async (context, { corpus, ...options }) => {
    const { name: tokenizer, count } = await context.tokenizer();
    const { bare, ...summary } = await collapseCorpus(context, corpus, { ...options, count });
    const { bare: positions = 0, all: ofPositions = 0 } = bare.positions ?? {};
    return { ...summary, bare: { scenes: bare.scenes, positions, ofPositions, tokenizer } };
  },
});
