import { z } from 'zod';
import { HypersceneError } from '../../errors.ts';
import type { DocumentId } from '../../scene/scene.ts';
import { jobKind } from '../job-kind.ts';
import { readIntoCorpus } from '../read-job.ts';
import { corpusShape, countShape, documentShape, languageShape } from './shapes.ts';

/** Reads a text into a document and couples what waits. Begun again after the document was stored it couples what was left. */
export const readKind = jobKind({
  takesText: true,
  asked: z.object({
    corpus: corpusShape,
    name: documentShape,
    /** Told by the text where it is left out. */
    lang: languageShape.optional(),
  }),
  result: z.object({
    document: z
      .string()
      .regex(/^[0-9a-f]{32}$/u)
      .transform((id) => id as DocumentId),
    unchanged: z.boolean(),
    /** Of the document. */
    scenes: countShape,
    scenesAdded: countShape,
    scenesKept: countShape,
    scenesDeleted: countShape,
    viewsDeleted: z.array(z.string()).readonly(),
    couplings: countShape,
    notices: z.array(z.string()).readonly(),
  }),
  run: (context, { corpus, name, lang }) => {
    const { source, couplingsMax } = context;
    if (source === null) throw new HypersceneError('INTERNAL', 'a job that reads has no text');
    return readIntoCorpus(context, { corpus, name, source, lang, couplingsMax });
  },
});
