import { openSentenceReader } from '../../src/reading/open-sentence-reader.ts';
import type { SceneDraft, SentenceReader } from '../../src/reading/sentence-reader.ts';
import type { AgentFacet, Facet } from '../../src/scene/facet.ts';
import { figureKey, figureOf } from '../../src/scene/figure.ts';
import type { Language } from '../../src/scene/scene.ts';

/** The real readers, opened once a test file. */
export const readers: Readonly<Record<Language, SentenceReader>> = {
  ru: await openSentenceReader('ru'),
  en: await openSentenceReader('en'),
};

export const languageOf = (sentence: string): Language => (/[а-яё]/iu.test(sentence) ? 'ru' : 'en');

export const read = (sentence: string): readonly SceneDraft[] => readers[languageOf(sentence)].read(sentence);

/** The draft of a sentence that must stay whole. */
export const readWhole = (sentence: string): SceneDraft => {
  const [draft, ...others] = read(sentence);
  if (draft === undefined || others.length > 0) throw new Error(`not one scene but ${others.length + 1}: ${sentence}`);
  return draft;
};

export const partsOf = (sentence: string): readonly string[] =>
  read(sentence).map(({ start, end }) => sentence.slice(start, end));

export const figuresOf = (sentence: string): readonly string[] =>
  read(sentence).map((draft) => figureKey(figureOf(draft)));

/** What a facet rests on, as written. */
export const evidence = (sentence: string, facet: Facet | AgentFacet | null): string | null =>
  facet === null ? null : sentence.slice(facet.start, facet.end);
