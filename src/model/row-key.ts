import type { Brand } from '../scene/brand.ts';
import type { Digest } from '../scene/digest.ts';
import { NONE } from '../scene/figure.ts';
import { ARCHETYPES, ATMOSPHERES, TENSIONS } from '../scene/inventory.ts';
import type { SceneId } from '../scene/scene.ts';

/**
 * What a row of a pack stands for, the same in every store: `code:DIGEST`, a hypertoken of any level; `facet:archetype.threshold`, a
 * morpheme of a figure; `facet:none`, a figure in which nothing stands; `scene:ID`, one scene, the occurrence of its figure.
 */
export type RowKey = Brand<string, 'RowKey'>;

export const codeRow = (digest: Digest): RowKey => `code:${digest}` as RowKey;
export const sceneRow = (scene: SceneId): RowKey => `scene:${scene}` as RowKey;

const INVENTORIES = { archetype: ARCHETYPES, atmosphere: ATMOSPHERES, tension: TENSIONS } as const;
type MorphemeKind = keyof typeof INVENTORIES;

export const facetRow = (kind: MorphemeKind, key: string): RowKey => `facet:${kind}.${key}` as RowKey;
export const NONE_ROW = `facet:${NONE}` as RowKey;

const DIGEST_FORM = /^(?:code|scene):[0-9a-f]{32}$/u;

/** Whether it stands for anything that there may be. */
export const isRowKey = (text: string): text is RowKey => {
  if (text === NONE_ROW || DIGEST_FORM.test(text)) return true;
  const [kind = '', key = '', ...rest] = text.startsWith('facet:') ? text.slice('facet:'.length).split('.') : [];
  if (rest.length > 0 || !Object.hasOwn(INVENTORIES, kind)) return false;
  return Object.hasOwn(INVENTORIES[kind as MorphemeKind], key);
};
