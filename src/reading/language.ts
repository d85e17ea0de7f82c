import { francAll } from 'franc';
import { HypersceneError } from '../errors.ts';
import type { Language } from '../scene/scene.ts';

/** UTF-16 units of prose that detection asks for: a preface in another language does not outweigh so much. */
export const LANGUAGE_SAMPLE_LENGTH = 32_768;
