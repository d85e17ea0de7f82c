import type { FacetKind } from '../scene/facet.ts';
import type { DocumentId, Scene, SceneId } from '../scene/scene.ts';

/** What coupling needs to know of a scene: its facets and its place; not its text, which would only be copied about. */
export interface PlacedScene extends FacetedScene {
  readonly id: SceneId;
  readonly document: DocumentId;
  readonly position: number;
}

type FacetedScene = Pick<Scene, 'agent' | 'tension' | 'context' | 'atmosphere' | 'archetype'>;

/** One facet as coupling sees it: two scenes share it when kind and key agree. */
export interface SharedKey {
  readonly kind: FacetKind;
  /** For an agent: its entity. */
  readonly key: string;
  readonly confidence: number;
}

/** Below this a facet is too weak to say that two scenes hang together. */
const SHARED_CONFIDENCE_MIN = 0.3;

/** The facets by which a scene may couple, each (kind, key) once. */
export const sharedKeys = (scene: FacetedScene): readonly SharedKey[] => {
  const keys: SharedKey[] = [];
  const add = (kind: FacetKind, key: string, confidence: number): void => {
    if (confidence >= SHARED_CONFIDENCE_MIN) keys.push({ kind, key, confidence });
  };
  if (scene.agent !== null) add('agent', scene.agent.entity, scene.agent.confidence);
  for (const { key, confidence } of scene.context) add('context', key, confidence);
  for (const kind of ['tension', 'atmosphere', 'archetype'] as const) {
    const facet = scene[kind];
    if (facet !== null) add(kind, facet.key, facet.confidence);
  }
  return keys;
};

/** One string for (kind, key); kinds hold no colon, so it is unambiguous. */
export const facetId = ({ kind, key }: { readonly kind: FacetKind; readonly key: string }): string => `${kind}:${key}`;
