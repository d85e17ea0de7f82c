import type { ApiContext } from './context.ts';

/** Turns of the model go round among callers, each of one workspace. */
export const modelClient = ({ principal }: Pick<ApiContext, 'principal'>): string =>
  `${principal.workspace} ${principal.id}`;
