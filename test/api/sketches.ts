import type { Language } from '../../src/scene/scene.ts';
import { type Sketch, type SketchedDocument, sketchDocument } from '../arbitrary/corpus.ts';

/** The same little story in both languages. */
export const STORIES: Readonly<Record<Language, readonly Sketch[]>> = {
  ru: [
    { text: 'Анна ждала поезда в метель.', agent: 'анна', tension: 'waiting', context: ['метель'], atmosphere: 'cold' },
    { text: 'Вронский стоял у двери.', agent: 'вронский', tension: 'restraint', archetype: 'threshold' },
    { text: 'Анна боялась.', agent: 'анна', tension: 'fear' },
    { text: 'Анна успокоилась.', agent: 'анна', tension: 'calm' },
    { text: 'Было тихо.', atmosphere: 'silence' },
    { text: 'Вронский вышел в метель.', agent: 'вронский', context: ['метель'], atmosphere: 'cold' },
  ],
  en: [
    { text: 'Mary waited in the storm.', agent: 'mary', tension: 'waiting', context: ['storm'], atmosphere: 'cold' },
    { text: 'John stood at the door.', agent: 'john', tension: 'restraint', archetype: 'threshold' },
    { text: 'Mary was afraid.', agent: 'mary', tension: 'fear' },
    { text: 'Mary grew calm.', agent: 'mary', tension: 'calm' },
    { text: 'It was quiet.', atmosphere: 'silence' },
    { text: 'John went out into the storm.', agent: 'john', context: ['storm'], atmosphere: 'cold' },
  ],
};

/** What the two stories are called. */
export const CORPORA: Readonly<Record<Language, string>> = { ru: 'сказки', en: 'tales' };

export const story = (lang: Language, name = 'story'): SketchedDocument =>
  sketchDocument(CORPORA[lang], name, STORIES[lang], lang);

const TENSIONS = ['fear', 'calm', 'waiting', 'joy', 'anger'];
const ATMOSPHERES = ['silence', 'cold', 'dark'];

/** A document of many scenes whose facets come back at different distances, so that they couple and recur. */
export const longStory = (corpus: string, name: string, scenes: number, lang: Language): SketchedDocument =>
  sketchDocument(
    corpus,
    name,
    Array.from({ length: scenes }, (_, i) => ({
      text: lang === 'ru' ? `Сцена ${i} в ${name}.` : `Scene ${i} of ${name}.`,
      agent: `${lang === 'ru' ? 'герой' : 'hero'} ${i % 7}`,
      tension: TENSIONS[i % 5] ?? 'fear',
      atmosphere: ATMOSPHERES[i % 3] ?? 'cold',
      context: [`${lang === 'ru' ? 'место' : 'place'} ${i % 11}`],
    })),
    lang,
  );

/** Two scenes told so often, each time of somebody else in another place, that they are a motif wherever they stand. */
export const retellings = (corpus: string, times: number, lang: Language): SketchedDocument =>
  sketchDocument(
    corpus,
    'retellings',
    Array.from({ length: times }, (_, i) => {
      const [hero, place] = lang === 'ru' ? [`герой ${i}`, `место ${i}`] : [`hero ${i}`, `place ${i}`];
      return [
        { text: `${hero}, ${place}: 1.`, agent: hero, tension: 'waiting', context: [place] },
        { text: `${hero}, ${place}: 2.`, agent: hero, tension: 'fear', context: [place] },
      ];
    }).flat(),
    lang,
  );
