import { HypersceneError } from '../errors.ts';
import type { PageRequest } from '../store/graph-store.ts';
import { checkLimit } from '../store/paging.ts';
import { type ExportId, isExportId } from './export-id.ts';

const PREFIX = 'export:';

export const encodeExportCursor = (id: ExportId): string => Buffer.from(PREFIX + id).toString('base64url');

/**
 * The export after which the page begins; null for the newest.
 * @throws HypersceneError BAD_ARGUMENT, PAGE_TOO_LARGE, BAD_CURSOR
 */
export const openExportPage = ({ first, after }: PageRequest): ExportId | null => {
  checkLimit('first', first);
  if (after === undefined) return null;
  const text = Buffer.from(after, 'base64url').toString('utf8');
  const id = text.slice(PREFIX.length);
  if (text.startsWith(PREFIX) && isExportId(id) && encodeExportCursor(id) === after) return id;
  throw new HypersceneError('BAD_CURSOR', 'bad cursor', {
    expected: 'a cursor that `exports` gave',
    came: JSON.stringify(after.slice(0, 80)),
  });
};
