import type { Clue } from '../activation/clue.ts';
import { FACET_KINDS } from '../scene/facet.ts';
import { facetLabel } from '../scene/facet-label.ts';
import type { Language } from '../scene/scene.ts';

/** What a clue is called: a facet by its label, all others by their key. */
export const clueLabel = ({ kind, key }: Pick<Clue, 'kind' | 'key'>, labels: Language): string => {
  const facet = FACET_KINDS.find((each) => each === kind);
  return facet === undefined ? key : facetLabel(facet, key, labels);
};
