import { HypersceneError } from '../errors.ts';
import type { WorkspaceName } from '../scene/name.ts';

/** What a caller may do, each with all before it: read the graph, change it, and what touches all of a workspace. */
export const SCOPES = ['read', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who asks. */
export interface Principal {
  /** For logs and rate limits: never what the caller signs in with. */
  readonly id: string;
  /** The one workspace that is reached: nothing a caller sends can name another. */
  readonly workspace: WorkspaceName;
  readonly scopes: ReadonlySet<Scope>;
}

/** Where nobody signs in: whoever reaches the process may do all. */
export const localPrincipal = (workspace: WorkspaceName): Principal => ({
  id: 'local',
  workspace,
  scopes: new Set(SCOPES),
});

export const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);

/** With all that the scopes include. */
export const withIncluded = (scopes: readonly Scope[]): ReadonlySet<Scope> =>
  new Set(SCOPES.slice(0, Math.max(...scopes.map((scope) => SCOPES.indexOf(scope)), -1) + 1));

/** @throws HypersceneError FORBIDDEN */
export const requireScope = ({ id, scopes }: Principal, scope: Scope): void => {
  if (scopes.has(scope)) return;
  throw new HypersceneError('FORBIDDEN', `${id} may not do this`, {
    expected: `scope ${scope}`,
    came: [...scopes].at(-1) ?? 'none',
  });
};
