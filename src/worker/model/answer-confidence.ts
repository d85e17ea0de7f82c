import type { FacetKind } from '../../scene/facet.ts';
import type { Language } from '../../scene/scene.ts';
import type { FacetAnswer } from './facet-answer.ts';

/** Not measured yet. */
const RIGHT: Readonly<Record<Language, Readonly<Record<FacetKind, number>>>> = {
  ru: { agent: 0.1, tension: 0.1, context: 0.1, atmosphere: 0.1, archetype: 0.1 },
  en: { agent: 0.1, tension: 0.1, context: 0.1, atmosphere: 0.1, archetype: 0.1 },
};

/** 0 to 1. */
export const measuredConfidence = (lang: Language, { kind }: Pick<FacetAnswer, 'kind' | 'probability'>): number =>
  RIGHT[lang][kind];
