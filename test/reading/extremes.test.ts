import { inlineReader } from '../../src/reading/inline-reader.ts';
import type { Markup } from '../../src/reading/reader.ts';
import type { Language } from '../../src/scene/scene.ts';
import { expectCovered, readWhole } from './read-whole.ts';
import { openSentenceReader } from './whole-sentences.ts';

/** UTF-16 units. What is quadratic in the text's length takes hours at this size; what is linear, a second or two. */
const LENGTH = 8_000_000;

const reader = inlineReader(openSentenceReader);

test.each<[string, string, Language, Markup?]>([
  ['words without a full stop', 'слово ', 'ru'],
  ['a word without an end', 'слово', 'ru'],
  ['dashes', '—', 'ru'],
  ['dashes and spaces', '— ', 'ru'],
  ['hyphens', '-', 'en'],
  ['opening quotation marks', '«', 'ru'],
  ['quotations never closed', '«он "ушёл “и ', 'ru'],
  ['full stops', '. ', 'en'],
  ['stops and long gaps', `. ${' '.repeat(9000)}`, 'en'],
  ['abbreviations', 'т. д. и т. п. г. ', 'ru'],
  ['accents', '\u0301', 'en'],
  ['families', '👨‍👩‍👧‍👦', 'en'],
  ['carriage returns', '\r', 'en'],
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
