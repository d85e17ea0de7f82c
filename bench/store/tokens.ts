import type { WorkspaceName } from '../../src/scene/name.ts';
import { identityOf } from '../../src/store/cypher-store/identity.ts';
import { termsOf } from '../../src/store/search-terms.ts';
import { CORPUS } from './documents.ts';

/** What a full-text index is given of a text: the store's own words and tokens, each token made once. */
export const tokenizer = (workspace: string): ((text: string) => readonly string[]) => {
  const identity = identityOf(workspace as WorkspaceName);
  const tokens = new Map<string, string>();
  return (text) =>
    termsOf(text).map((term) => {
      const known = tokens.get(term) ?? identity.token(CORPUS, term);
      tokens.set(term, known);
      return known;
    });
};
