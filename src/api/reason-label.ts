import type { Reason } from '../scene/coupling.ts';
import { facetLabel } from '../scene/facet-label.ts';
import type { Labels } from '../scene/inventory.ts';
import type { Language } from '../scene/scene.ts';

const SEQUENCE: Labels = { ru: 'следом', en: 'next to each other' };

/** A coupling's reason in words: страх → покой for a release, else the label of the shared facet. */
export const reasonLabel = ({ kind, key }: Reason, labels: Language): string => {
  if (kind === 'sequence') return SEQUENCE[labels];
  if (kind === 'release')
    return key
      .split('>')
      .map((tension) => facetLabel('tension', tension, labels))
      .join(' → ');
  return facetLabel(kind, key, labels);
};
