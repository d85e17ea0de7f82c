import { LOOKALIKES } from './closed-words.ts';

const VOWEL = '[aeiou]';
/** A stem of one syllable that would have doubled its consonant, had it not lost an `e`: star|ed is stare + d. */
const LOST_E = new RegExp(`^[^aeiou]*${VOWEL}[^aeiouwxy]$|^[^aeiou]*qu${VOWEL}[^aeiouwxy]$`, 'u');
const DOUBLED = /([bdgmnprt])\1$/u;
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['dying', 'die'],
  ['lying', 'lie'],
  ['tying', 'tie'],
]);

/**
 * The base of a regular form in -ing, -ed, -es or -s.
 * @param form lower case
 * @param knows whether a word is in the vocabulary
 * @returns null where the form is none of these, or no base is a known word
 */
export const verbBase = (form: string, knows: (word: string) => boolean): string | null => {
  if (LOOKALIKES.has(form)) return form;
  const irregular = IRREGULAR.get(form);
  if (irregular !== undefined) return irregular;
  const stem = /^(.{2,})(?:ing|ed)$/u.exec(form)?.[1];
  if (stem !== undefined) return candidates(stem).find(knows) ?? null;
  const plain = /^(.{2,}?)(?:s)$/u.exec(form)?.[1];
  if (plain === undefined || plain.endsWith('s')) return null;
  return [plain.replace(/ie$/u, 'y'), plain, plain.replace(/(?<=s|x|z|ch|sh|o)e$/u, '')].find(knows) ?? null;
};

const candidates = (stem: string): readonly string[] => {
  if (LOST_E.test(stem)) return [`${stem}e`, stem];
  if (stem.endsWith('i')) return [`${stem.slice(0, -1)}y`];
  if (DOUBLED.test(stem)) return [stem.slice(0, -1), stem];
  if (stem.endsWith('ll')) return [stem, stem.slice(0, -1)];
  return /(?:e|th)$/u.test(stem) ? [`${stem}e`, stem] : [stem, `${stem}e`];
};
