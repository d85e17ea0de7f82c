import type { ModelFacetsRequest } from '../worker/model/model-facets.ts';
import type { ModelFacetsInput } from './generated/resolver-types.ts';

export const modelFacetsRequest = (input: ModelFacetsInput | null | undefined): ModelFacetsRequest | undefined =>
  input ? { ...input, trust: input.trust ?? undefined } : undefined;
