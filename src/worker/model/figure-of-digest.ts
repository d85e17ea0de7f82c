import { setImmediate } from 'node:timers/promises';
import type { Digest } from '../../scene/digest.ts';
import { type Figure, figureDigest, NONE } from '../../scene/figure.ts';
import { ARCHETYPES, ATMOSPHERES, TENSIONS } from '../../scene/inventory.ts';

const keysOf = <Key extends string>(inventory: Readonly<Record<Key, unknown>>): readonly (Key | typeof NONE)[] => [
  NONE,
  ...(Object.keys(inventory) as Key[]),
];

/** The 26,445 that there are, an archetype at a time: hashing all of them in one go would hold up the event loop for 0.2 s. */
const hashAll = async (): Promise<ReadonlyMap<Digest, Figure>> => {
  const figures = new Map<Digest, Figure>();
  for (const archetype of keysOf(ARCHETYPES)) {
    for (const atmosphere of keysOf(ATMOSPHERES))
      for (const tension of keysOf(TENSIONS)) {
        const figure: Figure = { archetype, atmosphere, tension };
        figures.set(figureDigest(figure), figure);
      }
    await setImmediate();
  }
  return figures;
};

let hashed: Promise<ReadonlyMap<Digest, Figure>> | null = null;

/**
 * The figure that a digest stands for, in whichever store it was made; null for what is no figure's. Hashes all when first asked, and
 * keeps them: 8 MB.
 */
export const figureOfDigest = async (digest: Digest): Promise<Figure | null> => {
  hashed ??= hashAll();
  return (await hashed).get(digest) ?? null;
};
