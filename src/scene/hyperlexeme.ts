import { type Figure, NONE } from './figure.ts';
import { ARCHETYPES, ATMOSPHERES, TENSIONS } from './inventory.ts';
import { LANGUAGES, type Language } from './scene.ts';

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

/** As a person may type it: in any case, е for ё. */
const typed = (label: string): string => label.toLowerCase().replaceAll('ё', 'е').replaceAll(/\s/gu, '');

type Inventory = Readonly<Record<string, Readonly<Record<Language, string>>>>;

interface Beginning {
  readonly key: string;
  /** What of the word is left behind it. */
  readonly rest: string;
}

/** Entries of an inventory whose label in a language the word begins with; and none of them. */
const beginnings = (word: string, inventory: Inventory, labels: Language): readonly Beginning[] => [
  { key: NONE, rest: word },
  ...Object.entries(inventory)
    .map(([key, entry]) => ({ key, label: typed(entry[labels]) }))
    .filter(({ label }) => word.startsWith(label))
    .map(({ key, label }) => ({ key, rest: word.slice(label.length) })),
];

/**
 * The figures of two or three morphemes whose hyperlexeme a word is, in Russian or English: several where labels run into one another.
 * The reverse of {@link hyperlexeme}; a single morpheme is the label of a facet, and says no more.
 */
export const figuresCalled = (word: string): readonly Figure[] =>
  LANGUAGES.flatMap((labels) =>
    beginnings(typed(word), ARCHETYPES, labels).flatMap(({ key: archetype, rest }) =>
      beginnings(rest, ATMOSPHERES, labels).flatMap(({ key: atmosphere, rest: last }) =>
        beginnings(last, TENSIONS, labels)
          .filter(({ rest: over }) => over === '')
          .map(({ key: tension }) => ({ archetype, atmosphere, tension }) as Figure),
      ),
    ),
  ).filter((figure) => morphemes(figure, 'ru').length > 1);
