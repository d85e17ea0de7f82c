import type { CorpusRecord } from './graph-store.ts';

/** `none`: never collapsed; `stale`: changed since. */
export type CollapseState = 'none' | 'fresh' | 'stale';

export const collapseStateOf = ({
  revision,
  collapsedRevision,
}: Pick<CorpusRecord, 'revision' | 'collapsedRevision'>): CollapseState => {
  if (collapsedRevision === null) return 'none';
  return collapsedRevision < revision ? 'stale' : 'fresh';
};
