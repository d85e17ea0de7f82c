import type { DocumentInput, DocumentRecord } from './graph-store.ts';

/** What makes two readings come to the same scenes and facets. */
export type ReadingIdentity = Pick<DocumentRecord, 'sha256' | 'lang' | 'filledBy'>;

/** The same bytes, read as the same language, its weak facets filled by the same model or by none. */
export const isSameReading = (
  stored: ReadingIdentity,
  { sha256, lang, filledBy = null }: Pick<DocumentInput, 'sha256' | 'lang' | 'filledBy'>,
): boolean => stored.sha256 === sha256 && stored.lang === lang && stored.filledBy === filledBy;
