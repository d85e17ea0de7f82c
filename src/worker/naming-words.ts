import type { Clue } from '../activation/clue.ts';
import { facetText } from '../store/facet-search.ts';
import { termsOf } from '../store/search-terms.ts';
import { isFacetKind } from './search-clues.ts';

/** Of each facet among clues the words among them that stand in its name, in whichever language. */
export const namingWords = (clues: readonly Clue[]): ReadonlyMap<Clue, readonly Clue[]> => {
  const words = clues
    .filter(({ kind, count }) => kind === 'word' && count > 0)
    .map((clue) => ({ clue, terms: termsOf(clue.key) }));
  return new Map(
    clues.flatMap((facet) => {
      if (!isFacetKind(facet.kind)) return [];
      const name = new Set(termsOf(facetText(facet.kind, facet.key)));
      const naming = words.filter(({ terms }) => terms.every((term) => name.has(term)));
      return [[facet, naming.map(({ clue }) => clue)] as const];
    }),
  );
};
