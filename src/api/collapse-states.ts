import type { CollapseState } from '../store/collapse-state.ts';
import type { CollapseState as CollapseStateName } from './generated/resolver-types.ts';

/** As the schema writes them. Not among `enumValues`, whose types a resolver of its own cannot answer with. */
export const COLLAPSE_STATES: Readonly<Record<CollapseState, CollapseStateName>> = {
  none: 'NONE',
  fresh: 'FRESH',
  stale: 'STALE',
};
