import { type ErrorCode, HypersceneError } from '../../errors.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import type { StoreContext } from './context.ts';

/**
 * A write that takes something away. Where the answer to its commit is lost it is repeated, and may find its own doing:
 * what it looks for is `gone`. The report of the attempt before is the answer then, even should another have been there
 * in between, since what was asked for holds.
 * @param work is given the report of the attempt before, null in the first
 */
export const writeRepeatable = <Report>(
  { engine }: StoreContext,
  gone: ErrorCode,
  work: (transaction: CypherTransaction, before: Report | null) => Promise<Report>,
): Promise<Report> => {
  let before: Report | null = null;
  return engine.write(async (transaction) => {
    try {
      const report = await work(transaction, before);
      before = report;
      return report;
    } catch (error) {
      if (before !== null && error instanceof HypersceneError && error.code === gone) return before;
      throw error;
    }
  });
};
