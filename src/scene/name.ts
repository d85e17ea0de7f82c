import { HypersceneError } from '../errors.ts';
import type { Brand } from './brand.ts';

/** A tenant. Every node of the graph belongs to one; nothing crosses. */
export type WorkspaceName = Brand<string, 'WorkspaceName'>;
/** One named body of text; unique within its workspace. */
export type CorpusName = Brand<string, 'CorpusName'>;
/** One text of a corpus, by default its file's name; unique within its corpus. */
export type DocumentName = Brand<string, 'DocumentName'>;

/** A subgraph that a person put together by hand; unique within its corpus. */
export type ViewName = Brand<string, 'ViewName'>;

/** Longest name in UTF-16 code units: what common file systems allow, so that every file's name is a valid document name. */
export const NAME_LENGTH_MAX = 255;

const checkName = (what: string, name: string): string => {
  const expected = `1 to ${NAME_LENGTH_MAX} characters, no control characters, no white space at either end`;
  if (name.length === 0 || name.length > NAME_LENGTH_MAX)
    throw new HypersceneError('BAD_NAME', `bad ${what} name`, { expected, came: `${name.length} characters` });
  if (/\p{Cc}/u.test(name) || name.trim() !== name || !name.isWellFormed())
    throw new HypersceneError('BAD_NAME', `bad ${what} name`, { expected, came: JSON.stringify(name) });
  return name.normalize('NFC');
};

/** @throws HypersceneError BAD_NAME */
export const workspaceName = (name: string): WorkspaceName => checkName('workspace', name) as WorkspaceName;
/** @throws HypersceneError BAD_NAME */
export const corpusName = (name: string): CorpusName => checkName('corpus', name) as CorpusName;
/** @throws HypersceneError BAD_NAME */
export const documentName = (name: string): DocumentName => checkName('document', name) as DocumentName;
/** @throws HypersceneError BAD_NAME */
export const viewName = (name: string): ViewName => checkName('view', name) as ViewName;

/** The workspace of an installation that has not set up tenants. */
export const DEFAULT_WORKSPACE = workspaceName('default');
