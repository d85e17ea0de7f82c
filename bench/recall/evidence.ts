import { bareWord, contentWords } from '../../src/activation/content-words.ts';
import { termsOf } from '../../src/store/search-terms.ts';
import type { Question, Tale } from './tales.ts';

/** A tale as one document: its sections with an empty line between, and its words with their places. */
export interface TaleText {
  readonly text: string;
  readonly words: readonly Word[];
  /** By section, the words in it: `[from, to)`. */
  readonly sections: readonly Range[];
}

interface Word {
  readonly start: number;
  readonly end: number;
  readonly folded: string;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

const WORD = /[\p{L}\p{N}]+/gu;
const BETWEEN = '\n\n';

export const taleText = ({ sections }: Tale): TaleText => {
  const text = sections.join(BETWEEN);
  const words = wordsOf(text);
  let start = 0;
  const ranges = sections.map((section): Range => {
    const end = start + section.length;
    const from = words.findIndex((word) => word.start >= start);
    const after = words.findIndex((word) => word.start >= end);
    start = end + BETWEEN.length;
    return { from, to: after === -1 ? words.length : after };
  });
  return { text, words, sections: ranges };
};

const wordsOf = (text: string): readonly Word[] =>
  Array.from(text.matchAll(WORD), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    folded: word.toLowerCase(),
  }));

/** What a context must hold so that a question can be answered from it. */
export interface Evidence {
  /** The words of the sections that the experts answered from. */
  readonly sections: readonly Range[];
  /** Where in them an answer stands, word for word; empty where none does. */
  readonly answers: readonly Range[];
  /**
   * Of each answer its terms that stand in those sections and not in the question: stems of words with content, and for each
   * the words that it stands at.
   */
  readonly terms: readonly ReadonlyMap<string, readonly number[]>[];
}

export const evidenceOf = (question: Question, { words, sections }: TaleText): Evidence => {
  const gold = question.sections.map((section) => rangeAt(sections, section));
  const at = gold.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));
  const stems = new Map<string, number[]>();
  for (const i of at) {
    const [stem] = termsOf(words[i]?.folded ?? '');
    if (stem !== undefined) stems.set(stem, [...(stems.get(stem) ?? []), i]);
  }
  const asked = new Set(termsOf(question.text));
  return {
    sections: gold,
    answers: question.answers.flatMap((answer) => standing(wordsOf(answer), words, gold)),
    terms: question.answers
      .map((answer) => contentTerms(answer).filter((term) => !asked.has(term) && stems.has(term)))
      .filter(({ length }) => length > 0)
      .map((terms) => new Map(terms.map((term) => [term, stems.get(term) ?? []]))),
  };
};

const rangeAt = (sections: readonly Range[], section: number): Range => {
  const range = sections[section];
  if (range === undefined) throw new Error(`a question of section ${section}, where there are ${sections.length}`);
  return range;
};

const contentTerms = (answer: string): readonly string[] => termsOf(contentWords(answer).map(bareWord).join(' '));

const standing = (answer: readonly Word[], words: readonly Word[], within: readonly Range[]): readonly Range[] => {
  const { length } = answer;
  if (length === 0) return [];
  return within.flatMap(({ from, to }) =>
    Array.from({ length: Math.max(0, to - from - length + 1) }, (_, i) => from + i)
      .filter((start) => answer.every(({ folded }, i) => words[start + i]?.folded === folded))
      .map((start) => ({ from: start, to: start + length })),
  );
};

/** By the words of a tale: 1 where one stands in the context. */
export type Covered = Uint8Array;

/** The words of the spans, of one tale. */
export const coveredBy = (
  { words }: TaleText,
  spans: readonly { readonly start: number; readonly end: number }[],
): Covered => {
  const covered = new Uint8Array(words.length);
  for (const { start, end } of spans) {
    let [low, high] = [0, words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((words[middle]?.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < words.length && (words[i]?.end ?? 0) <= end; i += 1) covered[i] = 1;
  }
  return covered;
};

/** Each 0 to 1; null for a question that does not have it. */
export interface Recall {
  /** 1 where an answer stands in the context, word for word and whole, at a place of the experts' sections. */
  readonly answer: number | null;
  /** Of the terms of the answer of which most stand in the context, at a place of the experts' sections. */
  readonly terms: number | null;
  /** Of the words of the experts' sections. */
  readonly section: number;
}

export const MEASURES = ['answer', 'terms', 'section'] as const satisfies readonly (keyof Recall)[];
export type Measure = (typeof MEASURES)[number];

export const recallOf = ({ sections, answers, terms }: Evidence, covered: Covered): Recall => {
  const held = sections.reduce((sum, range) => sum + heldOf(range, covered), 0);
  const all = sections.reduce((sum, { from, to }) => sum + to - from, 0);
  const shares = terms.map((of) => {
    const found = [...of.values()].filter((places) => places.some((place) => covered[place] === 1));
    return found.length / of.size;
  });
  return {
    answer:
      answers.length === 0 ? null : Number(answers.some((range) => heldOf(range, covered) === range.to - range.from)),
    terms: shares.length === 0 ? null : Math.max(...shares),
    section: all === 0 ? 0 : held / all,
  };
};

const heldOf = ({ from, to }: Range, covered: Covered): number => {
  let held = 0;
  for (let i = from; i < to; i += 1) held += covered[i] ?? 0;
  return held;
};
