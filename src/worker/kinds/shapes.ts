import { z } from 'zod';
import { corpusName, documentName } from '../../scene/name.ts';
import { LANGUAGES } from '../../scene/scene.ts';

/** Shapes that several kinds keep. */
export const corpusShape = z.string().transform(corpusName);
export const documentShape = z.string().transform(documentName);
export const languageShape = z.enum(LANGUAGES);
export const countShape = z.int().min(0);
