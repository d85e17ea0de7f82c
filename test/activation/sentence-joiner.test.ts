import { readFileSync } from 'node:fs';
import { type JoinedSentence, SentenceJoiner } from '../../src/activation/sentence-joiner.ts';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { corpusName, documentName } from '../../src/scene/name.ts';
import { documentId, type Language, type Scene } from '../../src/scene/scene.ts';

let reader: Reader;
beforeAll(async () => {
  reader = await openReader();
});
afterAll(() => reader.close());

const joined = (scenes: readonly Scene[]): readonly JoinedSentence[] => {
  const joiner = new SentenceJoiner();
  return [...scenes.map((scene) => joiner.add(scene)), joiner.end()].filter((sentence) => sentence !== null);
};

const read = async (text: string, lang: Language): Promise<readonly Scene[]> => {
  const document = documentId(corpusName('c'), documentName('d'));
  await using reading = await reader.read({ text }, { document, lang });
  const scenes: Scene[] = [];
  for await (const part of reading.parts()) if (part.type === 'scenes') scenes.push(...part.scenes);
  return scenes;
};

const STORIES = {
  ru: ['ru/tolstoy-rabotnik-emelyan.txt', 'Емельян пошёл к реке, а царь остался дома.'],
  en: ['en/poe-masque-of-the-red-death.txt', 'The prince stood at the door, and the dancers fell silent.'],
} as const;

test.each(['ru', 'en'] as const)(
  'half-scenes of a story become the sentences they were taken from: %s',
  async (lang) => {
    const [path, sentence] = STORIES[lang];
    const story = readFileSync(new URL(`../../data/stories/${path}`, import.meta.url), 'utf8');
    const scenes = await read(story, lang);
    const sentences = joined(scenes);
    const halves = scenes.filter(({ kind }) => kind === 'half');
    expect(sentences.length).toBeGreaterThan(10);
    expect(sentences.length).toBeLessThanOrEqual(halves.length / 2);
    expect(sentences.map(({ text }) => text).join(' ')).toBe(halves.map(({ text }) => text).join(' '));
    // Read by itself a sentence is one again: the same half-scenes, none of which is left alone.
    for (const { text } of sentences.slice(0, 12)) {
      const again = await read(text, lang);
      expect(again.map(({ kind }) => kind)).toEqual(again.map(() => 'half'));
      expect(joined(again)).toEqual([{ first: again[0]?.id, lang, text }]);
    }
    // Two sentences of half-scenes side by side stay two.
    const twice = await read(`${sentence} ${sentence}`, lang);
    expect(twice.map(({ kind }) => kind)).toEqual(['half', 'half', 'half', 'half']);
    expect(joined(twice).map(({ text }) => text)).toEqual([sentence, sentence]);
  },
);

test('no sentence stands across two documents, nor grows without end', async () => {
  const [half] = await read(STORIES.ru[1], 'ru');
  if (half === undefined) throw new Error('no scene');
  expect(joined([half, { ...half, position: 1 }, half])).toHaveLength(2);
  const long = Array.from({ length: 5 }, (_, position) => ({ ...half, position, text: `${'а'.repeat(30_000)},` }));
  expect(joined(long).map(({ text }) => text.length)).toEqual([60_003, 60_003, 30_001]);
});
