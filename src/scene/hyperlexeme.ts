import { type Figure, NONE } from './figure.ts';
import { ARCHETYPES, ATMOSPHERES, type Labels, TENSIONS } from './inventory.ts';
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

interface Entry {
  readonly key: string;
  readonly label: string;
}

/** None of an inventory, and each of its entries as it is typed. */
const entriesOf = (inventory: Readonly<Record<string, Labels>>, labels: Language): readonly Entry[] => [
  { key: NONE, label: '' },
  ...Object.entries(inventory).map(([key, entry]) => ({ key, label: typed(entry[labels]) })),
];

const ENTRIES = LANGUAGES.map((labels) => ({
  archetypes: entriesOf(ARCHETYPES, labels),
  atmospheres: entriesOf(ATMOSPHERES, labels),
  tensions: entriesOf(TENSIONS, labels),
}));

/** Entries that a word begins with, and what of it is left behind each. */
const beginnings = (
  word: string,
  entries: readonly Entry[],
): readonly { readonly key: string; readonly rest: string }[] =>
  entries
    .filter(({ label }) => word.startsWith(label))
    .map(({ key, label }) => ({ key, rest: word.slice(label.length) }));

/**
 * The figures of two or three morphemes whose hyperlexeme a word is, in Russian or English: several where labels run into one another.
 * The reverse of {@link hyperlexeme}; a single morpheme is the label of a facet, and says no more.
 */
export const figuresCalled = (word: string): readonly Figure[] =>
  ENTRIES.flatMap(({ archetypes, atmospheres, tensions }) =>
    beginnings(typed(word), archetypes).flatMap(({ key: archetype, rest }) =>
      beginnings(rest, atmospheres).flatMap(({ key: atmosphere, rest: last }) =>
        tensions
          .filter(({ label }) => label === last)
          .map(({ key: tension }) => ({ archetype, atmosphere, tension }) as Figure),
      ),
    ),
  ).filter((figure) => morphemes(figure, 'ru').length > 1);
