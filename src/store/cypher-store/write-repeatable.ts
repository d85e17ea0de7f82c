import { type ErrorCode, HypersceneError } from '../../errors.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import type { StoreContext } from './context.ts';

/** How an attempt looks that met what the attempt before it had done. */
export interface OwnDoing<Report> {
  /** What was to be taken away is not there. */
  readonly gone?: ErrorCode;
  /** Nothing was left to do. */
  readonly nothingLeft?: (report: Report) => boolean;
}

/**
 * A write that reports what it did. Where the answer to its commit is lost it is repeated, and may find its own doing. The
 * report of the attempt before is the answer then, even should another have been there in between, since what was asked for
 * holds.
 * @param work is given the report of the attempt before, null in the first
 */
export const writeRepeatable = <Report>(
  { engine }: StoreContext,
  { gone, nothingLeft }: OwnDoing<Report>,
  work: (transaction: CypherTransaction, before: Report | null) => Promise<Report>,
): Promise<Report> => {
  let before: Report | null = null;
  return engine.write(async (transaction) => {
    try {
      const report = await work(transaction, before);
      if (before !== null && nothingLeft?.(report)) return before;
      before = report;
      return report;
    } catch (error) {
      if (before !== null && error instanceof HypersceneError && error.code === gone) return before;
      throw error;
    }
  });
};
