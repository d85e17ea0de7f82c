import { type CorpusName, corpusName } from '../scene/name.ts';

/** GraphQL tells what is left out from what is null; here both name no corpus. @throws HypersceneError BAD_NAME */
export const optionalCorpus = (name: string | null | undefined): CorpusName | undefined =>
  name === null || name === undefined ? undefined : corpusName(name);
