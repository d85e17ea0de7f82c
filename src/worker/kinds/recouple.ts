import { z } from 'zod';
import { recoupleCorpus } from '../couple-job.ts';
import { jobKind } from '../job-kind.ts';
import { coupledShape } from './couple.ts';
import { corpusShape } from './shapes.ts';

/** Forgets the couplings of a corpus and couples it afresh; begun again it begins with forgetting. */
export const recoupleKind = jobKind({
  takesText: false,
  asked: z.object({ corpus: corpusShape }),
  result: coupledShape,
  run: (context, { corpus }) => recoupleCorpus(context, corpus, context),
});
