import { readFileSync } from 'node:fs';
import type { SceneDraft } from '../../src/reading/sentence-reader.ts';
import { LANGUAGES, type Language } from '../../src/scene/scene.ts';
import { readers } from './sentence-readers.ts';

const sentencesOf = (lang: Language): readonly string[] =>
  readFileSync(new URL(`fixtures/prose-${lang}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((paragraph) => [...new Intl.Segmenter(lang, { granularity: 'sentence' }).segment(paragraph)])
    .map(({ segment }) => segment.trim())
    .filter((sentence) => sentence !== '');

const share = (drafts: readonly SceneDraft[], has: (draft: SceneDraft) => boolean): number =>
  drafts.filter(has).length / drafts.length;

describe.each([...LANGUAGES])('prose in %s', (lang) => {
  const sentences = sentencesOf(lang);
  const drafts = sentences.map((sentence) => readers[lang].read(sentence));

  test('most scenes have an agent and a context, some a tension and an archetype', () => {
    const all = drafts.flat();
    expect(all.length).toBeGreaterThan(60);
    expect(share(all, ({ agent }) => agent !== null)).toBeGreaterThan(0.75);
    expect(share(all, ({ context }) => context.length > 0)).toBeGreaterThan(0.6);
    expect(share(all, ({ tension }) => tension !== null)).toBeGreaterThan(0.4);
    expect(share(all, ({ archetype }) => archetype !== null)).toBeGreaterThan(0.25);
  });

  test('some sentences are split, most are not', () => {
    const split = drafts.filter((parts) => parts.length > 1).length / drafts.length;
    expect(split).toBeGreaterThan(0.05);
    expect(split).toBeLessThan(0.5);
  });

  test('two halves beside each other have different agents', () => {
    for (const parts of drafts)
      for (const [i, part] of parts.slice(1).entries()) {
        const before = parts[i]?.agent?.key;
        if (before !== undefined && part.agent !== null) expect(part.agent.key).not.toBe(before);
      }
  });
});

test('Chekhov, sentence by sentence', () => {
  const read = (sentence: string) => readers.ru.read(sentence).map(({ agent }) => agent?.key);
  expect(read('Сидя в павильоне у Берне, он видел, как по набережной прошла молодая дама.')).toEqual(['он']);
  expect(read('Она гуляла одна, с белым шпицем; никто не знал, кто она.')).toEqual(['она', 'никто']);
  expect(
    read('Дмитрий Дмитрич Гуров, проживший в Ялте уже две недели, тоже стал интересоваться новыми лицами.'),
  ).toEqual(['Дмитрий Дмитрич Гуров']);
});

test('Joyce, sentence by sentence', () => {
  const read = (sentence: string) => readers.en.read(sentence).map(({ agent }) => agent?.key);
  expect(read('The cold air stung us and we played till our bodies glowed.')).toEqual(['air', 'we']);
  expect(read('The former tenant of our house, a priest, had died in the back drawing-room.')).toEqual(['tenant']);
  expect(read('When she came out on the doorstep my heart leaped.')).toEqual(['she']);
});
