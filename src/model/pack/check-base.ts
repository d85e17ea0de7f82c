import { HypersceneError } from '../../errors.ts';
import type { ModelDescription } from '../language-model.ts';
import type { PackBase } from './pack-manifest.ts';

/** A model as a pack has to fit it. */
export type BaseModel = Pick<ModelDescription, 'sha256' | 'vocabulary' | 'embeddingLength'>;

/**
 * Rows mean something in the one model that they were trained in: another quantization of it is another model.
 * @throws HypersceneError PACK_MISMATCH with both hashes; also for equal ones where a pack is wrong about its base's form
 */
export const checkBase = (pack: { readonly name: string; readonly base: PackBase }, model: BaseModel): void => {
  const { base } = pack;
  const mismatch = (expected: string, came: string) =>
    new HypersceneError('PACK_MISMATCH', 'the pack was trained for another model', { at: pack.name, expected, came });
  if (model.sha256 !== base.sha256)
    throw mismatch(
      `${base.name}, SHA-256 ${base.sha256}`,
      model.sha256 === null ? 'a model whose file is not known' : `SHA-256 ${model.sha256}`,
    );
  if (model.vocabulary === base.vocabulary && model.embeddingLength === base.embeddingLength) return;
  throw mismatch(
    `SHA-256 ${base.sha256}, ${base.vocabulary} tokens of ${base.embeddingLength} numbers`,
    `SHA-256 ${model.sha256}, ${model.vocabulary} tokens of ${model.embeddingLength} numbers`,
  );
};
