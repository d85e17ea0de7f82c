import { type Digest, digestOf } from './digest.ts';
import type { Facet } from './facet.ts';
import { FIGURE_CONFIDENCE_MIN } from './facet.ts';
import {
  ARCHETYPES,
  type ArchetypeKey,
  ATMOSPHERES,
  type AtmosphereKey,
  TENSIONS,
  type TensionKey,
} from './inventory.ts';
import type { Scene } from './scene.ts';

export const NONE = 'none';
export type None = typeof NONE;

/** What kind of scene it is: the level-0 hypertoken. 43 · 15 · 41 = 26,445 figures are possible. */
export interface Figure {
  readonly archetype: ArchetypeKey | None;
  readonly atmosphere: AtmosphereKey | None;
  readonly tension: TensionKey | None;
}

/** Its keys joined by points, `threshold.silence.restraint`: the same in every store and language. */
export type FigureKey = `${ArchetypeKey | None}.${AtmosphereKey | None}.${TensionKey | None}`;

const standing = <Key extends string>(facet: Facet | null, inventory: Readonly<Record<Key, unknown>>): Key | None =>
  facet !== null && facet.confidence >= FIGURE_CONFIDENCE_MIN && Object.hasOwn(inventory, facet.key)
    ? (facet.key as Key)
    : NONE;

export const figureOf = (scene: Pick<Scene, 'archetype' | 'atmosphere' | 'tension'>): Figure => ({
  archetype: standing(scene.archetype, ARCHETYPES),
  atmosphere: standing(scene.atmosphere, ATMOSPHERES),
  tension: standing(scene.tension, TENSIONS),
});

export const figureKey = ({ archetype, atmosphere, tension }: Figure): FigureKey =>
  `${archetype}.${atmosphere}.${tension}`;

/** The figure of a scene in which nothing stands; its code is Δ0. */
export const EMPTY_FIGURE: Figure = { archetype: NONE, atmosphere: NONE, tension: NONE };

export const figureKeyDigest = (key: FigureKey): Digest => digestOf('figure', key);
export const figureDigest = (figure: Figure): Digest => figureKeyDigest(figureKey(figure));

/** The reverse of {@link figureKey}; null for anything that is not a figure's key. */
export const parseFigureKey = (key: string): Figure | null => {
  const [archetype, atmosphere, tension, ...rest] = key.split('.');
  if (archetype === undefined || atmosphere === undefined || tension === undefined || rest.length > 0) return null;
  if (archetype !== NONE && !Object.hasOwn(ARCHETYPES, archetype)) return null;
  if (atmosphere !== NONE && !Object.hasOwn(ATMOSPHERES, atmosphere)) return null;
  if (tension !== NONE && !Object.hasOwn(TENSIONS, tension)) return null;
  return { archetype, atmosphere, tension } as Figure;
};
