import { HypersceneError } from '../errors.ts';
import { isDigest } from '../scene/digest.ts';
import { FACET_KINDS, type Facet } from '../scene/facet.ts';
import type { Scene } from '../scene/scene.ts';
import { POSITIONS_MAX } from './corpus-order.ts';
import type { DocumentInput } from './graph-store.ts';
import { checkKey } from './indexed-key.ts';
import { SceneOrder } from './scene-order.ts';

const refuse = (what: string, expected: string, came: unknown): never => {
  throw new HypersceneError('BAD_ARGUMENT', `bad ${what}`, { expected, came: JSON.stringify(came) });
};

/** Names of a model, a pack and an adapter of 255 characters with their sums, and numbers. */
const FILLED_BY_MAX = 2000;

/** @throws HypersceneError BAD_ARGUMENT */
export const checkDocument = ({ sha256, bytes, lang, filledBy = null }: DocumentInput): void => {
  if (!/^[0-9a-f]{64}$/u.test(sha256)) refuse('sha256', '64 hex digits', sha256);
  if (!Number.isSafeInteger(bytes) || bytes < 0) refuse('bytes', 'a whole number', bytes);
  if (lang !== 'ru' && lang !== 'en') refuse('lang', 'ru or en', lang);
  if (filledBy !== null && !(filledBy.length > 0 && filledBy.length <= FILLED_BY_MAX && filledBy.isWellFormed()))
    refuse('filledBy', `1 to ${FILLED_BY_MAX} characters`, filledBy);
};

/** Of a document that is there with other bytes. @throws HypersceneError STORE_CONFLICT */
export const checkReplaces = ({ corpus, name, replace = true }: DocumentInput): void => {
  if (replace) return;
  throw new HypersceneError('STORE_CONFLICT', 'a document of this name is there, with other bytes', {
    at: corpus,
    came: JSON.stringify(name),
  });
};

/** @throws HypersceneError BAD_ARGUMENT */
export const checkNotices = (notices: readonly string[]): void => {
  for (const notice of notices) if (!notice.isWellFormed()) refuse('notice', 'well-formed Unicode', notice);
};

const checkFacet = (kind: string, facet: Facet, scene: Scene): void => {
  checkKey(`${kind} of scene ${scene.id}`, facet.key);
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
  /** Of the scenes that were checked. */
  readonly order = new SceneOrder();

  /** @throws HypersceneError BAD_ARGUMENT */
  check(scene: Scene): void {
    const position = this.order.size;
    if (scene.position !== position || position >= POSITIONS_MAX)
      refuse('position of a scene', `${position}`, scene.position);
    if (!isDigest(scene.id)) refuse('id of a scene', '32 hex digits', scene.id);
    if (this.order.has(scene.id)) refuse('id of a scene', 'one no other scene has', scene.id);
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
    if (scene.agent !== null) checkKey(`entity of scene ${scene.id}`, scene.agent.entity);
    if (!scene.text.isWellFormed()) refuse(`text of scene ${scene.id}`, 'well-formed Unicode', 'a lone surrogate');
    if (scene.agent?.own !== undefined) checkKey(`own entity of scene ${scene.id}`, scene.agent.own);
    this.order.add(scene.id);
  }
}
