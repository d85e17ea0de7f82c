import type { ActivationSource } from '../worker/source-clues.ts';
import type { ActivationSource as ActivationSourceInput } from './generated/resolver-types.ts';
import { decodeSceneId } from './global-id.ts';

/**
 * The one thing that is given: `@oneOf` of the schema lets no other number through.
 * @throws HypersceneError BAD_ARGUMENT for what is no scene's id
 */
export const activationSource = (given: ActivationSourceInput): ActivationSource => {
  if (given.query !== undefined) return { query: given.query };
  if (given.code !== undefined) return { code: given.code };
  if (given.occurrence !== undefined) return { occurrence: given.occurrence };
  return { scene: decodeSceneId(given.scene) };
};
