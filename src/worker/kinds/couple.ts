import { z } from 'zod';
import { coupleCorpus } from '../couple-job.ts';
import { jobKind } from '../job-kind.ts';
import { corpusShape, countShape } from './shapes.ts';

export const coupledShape = z.object({ scenes: countShape, added: countShape, removed: countShape });

/** Couples the scenes of a corpus that wait for it. */
export const coupleKind = jobKind({
  takesText: false,
  asked: z.object({ corpus: corpusShape }),
  result: coupledShape,
  run: (context, { corpus }) => coupleCorpus(context, corpus, context),
});
