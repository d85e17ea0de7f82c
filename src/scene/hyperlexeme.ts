import { type Figure, NONE } from './figure.ts';
import { ARCHETYPES, ATMOSPHERES, TENSIONS } from './inventory.ts';
import type { Language } from './scene.ts';

/** What a scene is called when nothing of its figure stands. */
const NAMELESS: Readonly<Record<Language, string>> = { ru: 'сцена', en: 'scene' };

/** The labels of what stands in a figure, in the order archetype, atmosphere, tension. */
export const morphemes = ({ archetype, atmosphere, tension }: Figure, labels: Language): readonly string[] => [
  ...(archetype === NONE ? [] : [ARCHETYPES[archetype][labels]]),
  ...(atmosphere === NONE ? [] : [ATMOSPHERES[atmosphere][labels]]),
  ...(tension === NONE ? [] : [TENSIONS[tension][labels]]),
];

/** порог + тишина + сдерживание → порогтишинасдерживание: one word, so white space inside a label is dropped. */
export const hyperlexeme = (figure: Figure, labels: Language): string => {
  const parts = morphemes(figure, labels);
  return parts.length === 0 ? NAMELESS[labels] : parts.join('').replaceAll(/\s/gu, '');
};
