import type { ReasonKind } from '../scene/coupling.ts';
import type { FacetEvidence, FacetKind } from '../scene/facet.ts';
import type { Language, SceneKind } from '../scene/scene.ts';

type EnumValues<Value extends string> = { readonly [Name in Value as Uppercase<Name>]: Name };

const FACET_KIND: EnumValues<FacetKind> = {
  AGENT: 'agent',
  TENSION: 'tension',
  CONTEXT: 'context',
  ATMOSPHERE: 'atmosphere',
  ARCHETYPE: 'archetype',
};
const FACET_EVIDENCE: EnumValues<FacetEvidence> = {
  WORD: 'word',
  GRAMMAR: 'grammar',
  RULE: 'rule',
  MODEL: 'model',
  PERSON: 'person',
};
const LANGUAGE: EnumValues<Language> = { RU: 'ru', EN: 'en' };
const SCENE_KIND: EnumValues<SceneKind> = { SCENE: 'scene', HALF: 'half' };
const REASON_KIND: EnumValues<ReasonKind> = { SEQUENCE: 'sequence', RELEASE: 'release', ...FACET_KIND };

/** The schema writes enum values in capitals, the domain in lower case. Resolvers and generated types both use this. */
export const enumValues = {
  FacetEvidence: { ...FACET_EVIDENCE },
  FacetKind: { ...FACET_KIND },
  Language: { ...LANGUAGE },
  ReasonKind: { ...REASON_KIND },
  SceneKind: { ...SCENE_KIND },
};
