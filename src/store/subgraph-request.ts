import { HypersceneError } from '../errors.ts';
import type { SubgraphRequest } from './graph-store.ts';
import { checkLimit } from './paging.ts';

export const HOPS_MAX = 4;

/** @throws HypersceneError BAD_ARGUMENT */
export const checkReach = ({ hops, weightMin }: Pick<SubgraphRequest, 'hops' | 'weightMin'>): void => {
  if (!Number.isInteger(hops) || hops < 1 || hops > HOPS_MAX)
    throw new HypersceneError('BAD_ARGUMENT', 'bad hops', { expected: `1 to ${HOPS_MAX}`, came: String(hops) });
  if (weightMin !== undefined && !(weightMin >= 0 && weightMin <= 1))
    throw new HypersceneError('BAD_ARGUMENT', 'bad weightMin', { expected: '0 to 1', came: String(weightMin) });
};

/** @throws HypersceneError BAD_ARGUMENT, PAGE_TOO_LARGE */
export const checkSubgraph = ({ hops, limit, weightMin }: SubgraphRequest): void => {
  checkReach({ hops, weightMin });
  checkLimit('limit', limit);
};
