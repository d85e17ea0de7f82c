import { EMPTY_FIGURE } from '../../scene/figure.ts';
import { createWorkspace } from '../cypher/document-queries.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import { CodeBook } from './code-book.ts';
import type { StoreContext } from './context.ts';
import { figureForm } from './scene-row.ts';

/**
 * The registry of a workspace, which is made if need be: it begins with its first document, or its first code, and with its
 * counter of codes and Δ0, the figure of all `none`.
 */
export const openBook = async (context: StoreContext, transaction: CypherTransaction): Promise<CodeBook> => {
  const found = await CodeBook.open(context, transaction);
  if (found.isThere) return found;
  await transaction.write(createWorkspace, { workspace: context.workspace });
  const book = await CodeBook.open(context, transaction);
  await book.learn([figureForm(EMPTY_FIGURE)]);
  return book;
};
