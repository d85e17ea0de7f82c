import { inlineReader } from '../../src/reading/inline-reader.ts';
import type { Markup } from '../../src/reading/reader.ts';
import type { Language } from '../../src/scene/scene.ts';
import { expectCovered, readWhole } from './read-whole.ts';
import { openSentenceReader } from './whole-sentences.ts';

/** UTF-16 units. What is quadratic in the text's length takes an hour at this size; what is linear, a second. */
const LENGTH = 2_000_000;

const reader = inlineReader(openSentenceReader);

test.each<readonly [string, string, Language, Markup]>([
  ['words without a full stop', 'слово ', 'ru', 'plain'],
  ['a word without an end', 'слово', 'ru', 'plain'],
  ['dashes', '—', 'ru', 'plain'],
  ['dashes and spaces', '— ', 'ru', 'plain'],
  ['hyphens', '-', 'en', 'plain'],
  ['opening quotation marks', '«', 'ru', 'plain'],
  ['quotations never closed', '«он "ушёл “и ', 'ru', 'plain'],
  ['full stops', '. ', 'en', 'plain'],
  ['stops and long gaps', `. ${' '.repeat(9000)}`, 'en', 'plain'],
  ['abbreviations', 'т. д. и т. п. г. ', 'ru', 'plain'],
  ['accents', '\u0301', 'en', 'plain'],
  ['families', '👨‍👩‍👧‍👦', 'en', 'plain'],
  ['carriage returns', '\r', 'en', 'plain'],
  ['stars', '*', 'en', 'markdown'],
  ['backticks', '`', 'en', 'markdown'],
  ['opening brackets', '[', 'en', 'markdown'],
  ['opening links', '[a](', 'en', 'markdown'],
  ['opening comments', '<!--', 'en', 'markdown'],
])('a document of nothing but %s is read', async (_, unit, lang, markup) => {
  const text = `a ${unit.repeat(LENGTH / unit.length)}`;
  const read = await readWhole(reader, { text }, { lang, markup });
  expectCovered(read);
  expect(read.scenes.every((scene) => scene.text.length <= 4096 && scene.text.isWellFormed())).toBe(true);
});

test('a single line of prose as long as a shelf of books is read sentence by sentence', async () => {
  const sentence = 'Он стоял у двери, не решаясь войти. ';
  const read = await readWhole(reader, { text: sentence.repeat(LENGTH / sentence.length) });
  expect(new Set(read.scenes.map((scene) => scene.text))).toEqual(new Set([sentence.trim()]));
  expect(read.notices).toEqual([]);
});
