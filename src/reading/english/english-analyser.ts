import { lookupForm, plainSpelling, type RawToken, splitTokens } from '../split-tokens.ts';
import type { Analyser, Features, PartOfSpeech, Token } from '../token.ts';
import { BE, HAVE, MODALS, NOMINATIVES, POSSESSIVES, PRONOUNS, REFLEXIVES } from './closed-words.ts';
import { mendTags } from './mend-tags.ts';
import { withVerbForms } from './verb-forms.ts';
import { openWink, type Tag, type Wink } from './wink.ts';

/** English by wink-nlp, its tags mended where a small set of contexts shows them wrong, with Universal features. */
export const openEnglishAnalyser = (): Analyser => {
  const wink = openWink();
  return {
    lang: 'en',
    analyse: (sentence) => {
      const raw = splitTokens(sentence).flatMap(splitClitics);
      const tags = wink.tag(raw.map((_, i) => wordForWink(raw, i)));
      const tokens = raw.map((token, i) => toToken(raw, i, tags[i] ?? unknown(token), wink));
      return withVerbForms(mendTags(tokens.map(withName), wink.knows));
    },
  };
};

/** `Sherlock Holmes sat`: a noun with a capital, before a name, is part of the name, though the sentence begins there. */
const withName = (token: Token, i: number, tokens: readonly Token[]): Token =>
  token.pos === 'NOUN' && /^\p{Lu}\p{Ll}/u.test(token.text) && tokens[i + 1]?.pos === 'PROPN'
    ? { ...token, pos: 'PROPN' }
    : token;

const unknown = (token: RawToken): Tag => ({ lemma: lookupForm(token.text), pos: 'X' });

/** n't, 's, 're, 've, 'll, 'd, 'm, and the `not` of `cannot`, are words of their own. */
const CLITIC = /^(?<host>.+?)(?<clitic>n['’]t|['’](?:s|re|ve|ll|d|m))$|^(?<can>can)(?<not>not)$/iu;

const splitClitics = (token: RawToken): readonly RawToken[] => {
  const groups = token.kind === 'word' ? CLITIC.exec(token.text)?.groups : undefined;
  const host = groups?.['host'] ?? groups?.['can'];
  if (host === undefined) return [token];
  const middle = token.start + host.length;
  return [
    { ...token, text: host, end: middle },
    { ...token, text: token.text.slice(host.length), start: middle },
  ];
};

/** Signs that wink-nlp's tagger has seen in context; any other sign is shown to it as a comma. */
const KNOWN_SIGN = /^[,;:!?.()"—–-]$/u;
const SENTENCE_START = /^[.!?:«“"‘'„(—–-]$|^\.{2,}$/u;

/**
 * What wink-nlp is shown, so that it neither cuts a word again nor takes a capital for a name only because the
 * sentence begins there: plain letters, the last part of a hyphenated word, a small first letter after a stop.
 */
const wordForWink = (raw: readonly RawToken[], i: number): string => {
  const token = raw[i];
  if (token === undefined) return ',';
  if (token.kind === 'number') return '5';
  if (token.kind === 'sign') return KNOWN_SIGN.test(token.text) ? token.text : /["“”„«»]/u.test(token.text) ? '"' : ',';
  const spelling = plainSpelling(token.text);
  if (isClitic(spelling)) return spelling.toLowerCase();
  const letters = (spelling.split('-').at(-1) ?? spelling).normalize('NFD').replaceAll(/[^a-z0-9]/giu, '');
  if (letters === '') return 'thing';
  return startsSentence(raw, i) && letters !== 'I' ? letters.toLowerCase() : letters;
};

const isClitic = (spelling: string): boolean => /^(?:n't|'(?:s|re|ve|ll|d|m))$/iu.test(spelling);

/** Longest word before a full stop that may be an abbreviation: Mr., Prof. */
const ABBREVIATION_LENGTH_MAX = 4;

const startsSentence = (raw: readonly RawToken[], i: number): boolean => {
  const before = raw[i - 1]?.text ?? '';
  if (before === '.' && (raw[i - 2]?.text.length ?? 0) <= ABBREVIATION_LENGTH_MAX) return false;
  return i === 0 || SENTENCE_START.test(before);
};

const toToken = (raw: readonly RawToken[], i: number, tag: Tag, wink: Wink): Token => {
  const token = raw[i] as RawToken;
  const form = lookupForm(token.text);
  const first = startsSentence(raw, i);
  const pos = partOfSpeech(token, form, tag, first, wink);
  return {
    text: token.text,
    form,
    lemma: lemmaOf(form, pos, tag, wordForWink(raw, i)),
    pos,
    features: featuresOf(form, pos, tag),
    start: token.start,
    end: token.end,
  };
};

const partOfSpeech = (token: RawToken, form: string, tag: Tag, first: boolean, wink: Wink): PartOfSpeech => {
  if (token.kind === 'sign') return /^[\p{P}]/u.test(token.text) ? 'PUNCT' : 'SYM';
  if (token.kind === 'number') return 'NUM';
  if (PRONOUNS.has(form) || REFLEXIVES.has(form)) return 'PRON';
  if (form === 'not' || form === "n't") return 'PART';
  if (MODALS.has(form) && tag.pos !== 'NOUN' && !isName(token.text, first)) return 'AUX';
  if (!/\p{Script=Latin}/u.test(form)) return 'X';
  const capital = /^\p{Lu}/u.test(token.text);
  // A word shown in small letters and unknown so is a name if it was written with a capital.
  if (first && capital && !isClitic(form) && !wink.knows(form.replaceAll(/[^a-z]/gu, ''))) return 'PROPN';
  // liberal-hearted, well-known
  if (tag.pos === 'VERB' && form.includes('-')) return 'ADJ';
  if (tag.pos === 'SPACE' || tag.pos === 'X') return capital ? 'PROPN' : 'NOUN';
  return tag.pos === 'PROPN' && !capital ? 'NOUN' : tag.pos;
};

const isName = (text: string, first: boolean): boolean => !first && /^\p{Lu}\p{Ll}/u.test(text);

const OPEN_CLASSES: ReadonlySet<PartOfSpeech> = new Set(['NOUN', 'VERB', 'ADJ', 'AUX']);

const lemmaOf = (form: string, pos: PartOfSpeech, tag: Tag, shown: string): string => {
  if (REFLEXIVES.has(form)) return 'oneself';
  const modal = pos === 'AUX' ? MODALS.get(form) : undefined;
  if (modal !== undefined) return modal;
  if (pos === 'AUX' || pos === 'VERB') {
    if (BE.has(form)) return 'be';
    if (HAVE.has(form)) return 'have';
  }
  if (form === "n't") return 'not';
  if (!OPEN_CLASSES.has(pos)) return form;
  const hyphen = form.lastIndexOf('-');
  const lemma = tag.lemma.toLowerCase();
  if (hyphen > 0) return form.slice(0, hyphen + 1) + lemma;
  return shown.toLowerCase() === form.replaceAll(/[^a-z0-9']/gu, '') && lemma !== shown.toLowerCase() ? lemma : form;
};

const featuresOf = (form: string, pos: PartOfSpeech, tag: Tag): Features => {
  const pronoun = pos === 'PRON' ? PRONOUNS.get(form) : undefined;
  if (pronoun !== undefined) return pronoun;
  if (pos === 'PRON' && POSSESSIVES.has(form)) {
    const whose = NOMINATIVES.get(form);
    return whose === undefined ? { Case: 'Gen' } : { Person: '3', Number: 'Sing', Gender: 'Fem' };
  }
  if (pos === 'PROPN') return { Number: 'Sing' };
  return pos === 'NOUN' ? { Number: isPlural(form, tag) ? 'Plur' : 'Sing' } : {};
};

const isPlural = (form: string, { lemma }: Tag): boolean =>
  form === 'people' || (/(?:s|men|ren|eet)$/u.test(form) && lemma !== form);
