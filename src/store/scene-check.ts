import { HypersceneError } from '../errors.ts';
import { FACET_KINDS, type Facet } from '../scene/facet.ts';
import type { Scene, SceneId } from '../scene/scene.ts';
import { POSITIONS_MAX } from './corpus-order.ts';
import type { DocumentInput } from './graph-store.ts';

const refuse = (what: string, expected: string, came: unknown): never => {
  throw new HypersceneError('BAD_ARGUMENT', `bad ${what}`, { expected, came: JSON.stringify(came) });
};

/** @throws HypersceneError BAD_ARGUMENT */
export const checkDocument = ({ sha256, bytes, lang }: DocumentInput): void => {
  if (!/^[0-9a-f]{64}$/u.test(sha256)) refuse('sha256', '64 hex digits', sha256);
  if (!Number.isSafeInteger(bytes) || bytes < 0) refuse('bytes', 'a whole number', bytes);
  if (lang !== 'ru' && lang !== 'en') refuse('lang', 'ru or en', lang);
};

const checkFacet = (kind: string, facet: Facet, scene: Scene): void => {
  if (facet.key.length === 0) refuse(`${kind} of scene ${scene.id}`, 'a key', facet.key);
  if (!(facet.confidence >= 0 && facet.confidence <= 1)) refuse(`confidence of ${kind}`, '0 to 1', facet.confidence);
  if (!(facet.start >= scene.start && facet.start <= facet.end && facet.end <= scene.end))
    refuse(`span of ${kind}`, `within the scene's [${scene.start}, ${scene.end})`, [facet.start, facet.end]);
};

export const facetsOf = (
  scene: Scene,
): readonly { readonly kind: (typeof FACET_KINDS)[number]; readonly facet: Facet }[] =>
  FACET_KINDS.flatMap((kind) => {
    const facets = scene[kind];
    if (facets === null) return [];
    return (Array.isArray(facets) ? (facets as readonly Facet[]) : [facets as Facet]).map((facet) => ({ kind, facet }));
  });

/**
 * What the store itself relies on: dense positions, ids that differ, spans that fit. Whether the scene's text is the
 * document's slice is the reader's affair.
 */
export class SceneCheck {
  readonly #ids = new Set<SceneId>();

  /** @throws HypersceneError BAD_ARGUMENT */
  check(scene: Scene): void {
    const position = this.#ids.size;
    if (scene.position !== position || position >= POSITIONS_MAX)
      refuse('position of a scene', `${position}`, scene.position);
    if (scene.id.length === 0 || this.#ids.has(scene.id)) refuse('id of a scene', 'one no other scene has', scene.id);
    if (
      !Number.isSafeInteger(scene.start) ||
      !Number.isSafeInteger(scene.end) ||
      scene.start < 0 ||
      scene.end <= scene.start
    )
      refuse(`span of scene ${scene.id}`, '0 ≤ start < end', [scene.start, scene.end]);
    for (const { kind, facet } of facetsOf(scene)) checkFacet(kind, facet, scene);
    const contexts = scene.context.map(({ key }) => key);
    if (new Set(contexts).size < contexts.length) refuse(`contexts of scene ${scene.id}`, 'each key once', contexts);
    if (scene.agent !== null && scene.agent.entity.length === 0) refuse(`agent of scene ${scene.id}`, 'an entity', '');
    if (scene.agent?.own === '') refuse(`agent of scene ${scene.id}`, 'an entity', '');
    this.#ids.add(scene.id);
  }

  /** In the order of the text. */
  get ids(): readonly SceneId[] {
    return [...this.#ids];
  }
}
