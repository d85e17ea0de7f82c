import model from 'wink-eng-lite-web-model';
import winkNLP, { type ItsFunction, type WinkMethods, type PartOfSpeech as WinkPartOfSpeech } from 'wink-nlp';

/** What wink-nlp says of one word. */
export interface Tag {
  /** Lower case. */
  readonly lemma: string;
  readonly pos: WinkPartOfSpeech;
}

export interface Wink {
  /**
   * Tags a sentence that is already cut into words.
   * @param words each without white space, of letters, digits and `'` only, or one sign
   * @returns one tag a word
   */
  tag(words: readonly string[]): readonly Tag[];
  /** Whether the model's own vocabulary has the word as written; independent of what was tagged before. */
  knows(word: string): boolean;
}

/**
 * wink-nlp keeps every word it has not seen before, for good, and numbers them with 20 bits. After this many different
 * words a fresh instance (about 0.1 s) takes its place, so that memory stays bounded and no number overflows.
 */
const WORDS_KEPT_MAX = 100_000;

/** wink-nlp's tokeniser is quadratic in the length of a word (64,000 letters: 4 s); no English word is this long. */
const WORD_LENGTH_MAX = 40;

/** Words of one call; longer sentences are tagged in pieces. */
const WORDS_A_CALL_MAX = 2_000;

/**
 * The model (wink-eng-lite-web-model 1.8.1) quotes this part of itself once more each time it is asked for it, which doubles
 * the quotes: the twentieth instance would end with "Invalid string length". So it is asked once.
 */
let metaCER: unknown;

const fresh = (): WinkMethods => {
  metaCER ??= (model.metaCER as () => unknown)();
  return winkNLP({ ...model, metaCER: () => metaCER }, ['sbd', 'pos']);
};

export const openWink = (): Wink => {
  let wink = fresh();
  let kept = new Set<string>();
  /** Any document answers for the vocabulary. */
  let vocabulary = wink.readDoc('');

  const keep = (words: readonly string[]): void => {
    if (kept.size > WORDS_KEPT_MAX) {
      wink = fresh();
      vocabulary = wink.readDoc('');
      kept = new Set();
    }
    for (const word of words) if (vocabulary.isOOV(word)) kept.add(word);
  };

  const tagPiece = (words: readonly string[]): readonly Tag[] => {
    const fed = words.map((word) => word.slice(0, WORD_LENGTH_MAX));
    keep(fed);
    const tokens = wink.readDoc(fed.join(' ')).tokens();
    const { value, pos } = wink.its;
    // wink-nlp's own type of `lemma` does not fit its own type of what `out` takes.
    const lemma = wink.its.lemma as unknown as ItsFunction<string>;
    return fold(fed, tokens.out<string>(value), tokens.out<string>(lemma), tokens.out<string>(pos));
  };

  return {
    tag: (words) =>
      Array.from({ length: Math.ceil(words.length / WORDS_A_CALL_MAX) }, (_, i) =>
        tagPiece(words.slice(i * WORDS_A_CALL_MAX, (i + 1) * WORDS_A_CALL_MAX)),
      ).flat(),
    knows: (word) => !vocabulary.isOOV(word),
  };
};

/**
 * wink-nlp cuts a few words once more (gonna, 10am). Its pieces are gathered by their length, and the first one speaks
 * for the word; should the lengths not add up, the rest of the sentence is left unknown rather than shifted by one.
 */
const fold = (
  words: readonly string[],
  values: readonly string[],
  lemmas: readonly string[],
  parts: readonly string[],
): readonly Tag[] => {
  const tags: Tag[] = [];
  let next = 0;
  for (const word of words) {
    const first = next;
    let length = 0;
    while (next < values.length && length < word.length) length += values[next++]?.length ?? 0;
    const pos = length === word.length ? (parts[first] as WinkPartOfSpeech) : 'X';
    tags.push({ lemma: (next === first + 1 ? lemmas[first] : undefined) ?? word.toLowerCase(), pos });
  }
  return tags;
};
