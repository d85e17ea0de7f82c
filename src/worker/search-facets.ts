import { type Clue, heaviestFirst } from '../activation/clue.ts';
import { namedRelevance } from '../activation/relevance.ts';
import type { FacetKind } from '../scene/facet.ts';
import { facetLabel } from '../scene/facet-label.ts';
import { LANGUAGES } from '../scene/scene.ts';
import { isOpenKind } from '../store/facet-search.ts';
import type { FacetRecord } from '../store/graph-store.ts';
import { termsOf } from '../store/search-terms.ts';
import { namingWords } from './naming-words.ts';
import { isFacetKind } from './search-clues.ts';

export interface FoundFacet {
  readonly facet: FacetRecord;
  /** 0 to 1, see {@link namedRelevance}. */
  readonly score: number;
  /** By falling weight. */
  readonly because: readonly Clue[];
}

/**
 * The facets among clues that stand in the corpus, by falling score: each answers to its own clue, and to the words that it is called by.
 * Asks the store for nothing.
 */
export const searchFacets = (clues: readonly Clue[], text: string): readonly FoundFacet[] => {
  const asked = new Set(termsOf(text));
  const naming = namingWords(clues);
  return clues
    .flatMap((own): readonly FoundFacet[] => {
      const { kind, key, count } = own;
      if (!isFacetKind(kind) || count === 0) return [];
      const because = [own, ...(naming.get(own) ?? [])].toSorted(heaviestFirst);
      const score = namedRelevance(because, clues, namedShare(kind, key, asked));
      return score > 0 ? [{ facet: { kind, key, scenes: count }, score, because }] : [];
    })
    .toSorted((x, y) => y.score - x.score || (keyOf(x) < keyOf(y) ? -1 : 1));
};

const keyOf = ({ facet: { kind, key } }: FoundFacet): string => `${kind} ${key}`;

/** Of the name, in whichever language, of which most was asked for. */
const namedShare = (kind: FacetKind, key: string, asked: ReadonlySet<string>): number => {
  const names = isOpenKind(kind) ? [key] : [key, ...LANGUAGES.map((labels) => facetLabel(kind, key, labels))];
  return Math.max(...names.map((name) => heldShare(termsOf(name), asked)));
};

const heldShare = (terms: readonly string[], asked: ReadonlySet<string>): number =>
  terms.length === 0 ? 0 : terms.filter((term) => asked.has(term)).length / terms.length;
