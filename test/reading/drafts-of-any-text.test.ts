import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { SceneDraft } from '../../src/reading/sentence-reader.ts';
import { ARCHETYPES, ATMOSPHERES, TENSIONS } from '../../src/scene/inventory.ts';
import { LANGUAGES, type Language } from '../../src/scene/scene.ts';
import { readers } from './sentence-readers.ts';

const prose: Readonly<Record<Language, string>> = {
  ru: readFileSync(new URL('fixtures/prose-ru.txt', import.meta.url), 'utf8').replaceAll(/^#.*$/gmu, ''),
  en: readFileSync(new URL('fixtures/prose-en.txt', import.meta.url), 'utf8').replaceAll(/^#.*$/gmu, ''),
};

const SIGNS = [
  ',',
  '.',
  '—',
  '–',
  '«',
  '»',
  '“',
  '”',
  '"',
  '‘',
  '’',
  ':',
  ';',
  '!',
  '?',
  '…',
  '(',
  ')',
  '-',
  '...',
  '--',
];
const ODD = [
  '👩‍👩‍👧',
  'е\u0301',
  'и\u0306',
  '\u200F',
  '\u200B',
  '\uFEFFx',
  '\uD800',
  '\u00AD',
  'ﬁ',
  '漢字',
  '١٢',
  '',
  '\u2028a',
  'Ⅻ',
  '²',
  '_',
  '\0',
];

const words = (lang: Language): readonly string[] => prose[lang].split(/\s+/u).filter(Boolean);

/** Real words in any order, with signs and oddities strewn in. */
const salad = (lang: Language): fc.Arbitrary<string> => {
  const word = fc.constantFrom(...words(lang));
  const piece = fc.oneof({ weight: 8, arbitrary: word }, fc.constantFrom(...SIGNS), fc.constantFrom(...ODD));
  const gap = fc.constantFrom(' ', ' ', ' ', '', '\u00A0', '\n', '\t');
  return fc
    .array(fc.tuple(piece, gap), { minLength: 1, maxLength: 40 })
    .map((pairs) => pairs.map(([text, space]) => text + space).join(''))
    .map((text) => text.trim());
};

const anyText = fc.string({ unit: 'binary', maxLength: 60 }).map((text) => text.trim());

const facetsOf = ({ agent, tension, context, atmosphere, archetype }: SceneDraft) =>
  [agent, tension, ...context, atmosphere, archetype].filter((facet) => facet !== null);

const checkDrafts = (text: string, drafts: readonly SceneDraft[]): void => {
  let last = 0;
  for (const draft of drafts) {
    expect(text.slice(last, draft.start).trim()).toBe('');
    expect(draft.end).toBeGreaterThan(draft.start);
    const slice = text.slice(draft.start, draft.end);
    expect(slice.trim()).toBe(slice);
    expect(draft.kind).toBe(drafts.length > 1 ? 'half' : 'scene');
    for (const { key, start, end, confidence } of facetsOf(draft)) {
      expect(key).not.toBe('');
      expect([start >= draft.start, end <= draft.end, start < end]).toEqual([true, true, true]);
      expect(confidence > 0 && confidence <= 1).toBe(true);
    }
    expect(draft.tension === null || draft.tension.key in TENSIONS).toBe(true);
    expect(draft.atmosphere === null || draft.atmosphere.key in ATMOSPHERES).toBe(true);
    expect(draft.archetype === null || draft.archetype.key in ARCHETYPES).toBe(true);
    expect(new Set(draft.context.map(({ key }) => key)).size).toBe(draft.context.length);
    last = draft.end;
  }
  expect(text.slice(last).trim()).toBe('');
};

describe.each([...LANGUAGES])('drafts of the %s reader', (lang) => {
  const reader = readers[lang];

  test('cover any text, hold their facets, and are the same each time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const drafts = reader.read(text);
        checkDrafts(text, drafts);
        expect(reader.read(text)).toEqual(drafts);
      }),
      { numRuns: 300 },
    );
  });

  test('cover words in any order, hold their facets, and are the same each time', () => {
    fc.assert(
      fc.property(salad(lang), (text) => {
        const drafts = reader.read(text);
        checkDrafts(text, drafts);
        expect(reader.read(text)).toEqual(drafts);
      }),
      { numRuns: 300 },
    );
  });

  test('hold their facets where a number ends one clause and its noun begins the next', () => {
    const text = lang === 'ru' ? 'оскалил, шестеро. Шпиц Ему Ему Хотел' : 'grinned, six. Dogs him him wanted';
    checkDrafts(text, reader.read(text));
  });

  test('of the other language are drafts all the same', () => {
    const other = lang === 'ru' ? 'en' : 'ru';
    fc.assert(
      fc.property(salad(other), (text) => checkDrafts(text, reader.read(text))),
      { numRuns: 100 },
    );
  });

  test('do not depend on what was read before', () => {
    const sentences = words(lang)
      .slice(0, 400)
      .join(' ')
      .split(/(?<=[.!?])\s/u);
    const forwards = sentences.map((sentence) => reader.read(sentence));
    const backwards = sentences.toReversed().map((sentence) => reader.read(sentence));
    expect(backwards.toReversed()).toEqual(forwards);
  });

  test.each([
    ['letters', 'а'],
    ['dots', '.'],
    ['commas', ','],
    ['quotation marks', '"'],
    ['hyphens between letters', 'a-'],
    ['points between digits', '1.'],
    ['denials', lang === 'ru' ? 'не стоял ' : 'did not stand '],
    ['relative clauses', lang === 'ru' ? 'дом, который стоял, ' : 'the house that stood '],
  ])('a sentence of 64,000 characters is read: %s', (_, unit) => {
    const text = unit
      .repeat(Math.ceil(64_000 / unit.length))
      .slice(0, 64_000)
      .trim();
    checkDrafts(text, reader.read(text));
  });

  test('an empty sentence has none', () => {
    expect(reader.read('')).toEqual([]);
  });
});
