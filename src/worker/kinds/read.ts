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
    modelFacets: z
      .object({
        confidenceMin: z.number().optional(),
        takenMin: z.number().optional(),
        trust: z.number().optional(),
      })
      .optional(),
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
    /** Null of jobs that were kept before there was one. */
    modelFacets: z
      .object({
        model: z.string(),
        scenes: countShape,
        asked: countShape,
        filled: countShape,
        none: countShape,
        dropped: z.object({
          NOT_WHOLE: countShape,
          NOT_IN_INVENTORY: countShape,
          NOT_IN_TEXT: countShape,
          LESS_SURE: countShape,
          TOO_LONG: countShape,
        }),
      })
      .nullable()
      .default(null),
  }),
  run: (context, { corpus, name, lang, modelFacets }) => {
    const { source, couplingsMax } = context;
    if (source === null) throw new HypersceneError('INTERNAL', 'a job that reads has no text');
    return readIntoCorpus(context, { corpus, name, source, lang, modelFacets, couplingsMax });
  },
});
