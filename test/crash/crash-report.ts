import type { Verdict } from './ledger.ts';

/** What came of killing one store at one kind of moment. */
export interface CrashReport {
  readonly store: 'embedded' | 'Neo4j';
  readonly killed: string;
  /** What the kill fell into. */
  readonly moment: string;
  readonly kills: number;
  /** Kills that met at least one operation under way: a write, the opening, the checkpoint, the closing. */
  readonly met: number;
  readonly acknowledged: number;
  /** Operations found done that were not acknowledged; they are done again. */
  readonly committed: number;
  /** Workspaces that were neither as acknowledged nor one whole operation further. */
  readonly lost: number;
  /** What did not hold in the graph, in words. */
  readonly halves: readonly string[];
  readonly reopened: number;
  readonly seconds: number;
}

export type Kill = Verdict & { readonly met: boolean };

export const reportOf = (
  what: Pick<CrashReport, 'store' | 'killed' | 'moment'>,
  kills: readonly Kill[],
  started: number,
): CrashReport => ({
  ...what,
  kills: kills.length,
  met: kills.filter(({ met }) => met).length,
  acknowledged: sum(kills.map(({ acknowledged }) => acknowledged)),
  committed: sum(kills.map(({ committed }) => committed)),
  lost: sum(kills.map(({ lost }) => lost)),
  halves: kills.flatMap(({ halves }) => halves),
  // A store that does not open throws, and there is no report.
  reopened: kills.length,
  seconds: Math.round((performance.now() - started) / 100) / 10,
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
