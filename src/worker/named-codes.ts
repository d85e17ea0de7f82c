import type { Clue } from '../activation/clue.ts';
import { bareWord } from '../activation/content-words.ts';
import { HypersceneError } from '../errors.ts';
import { type Figure, figureDigest } from '../scene/figure.ts';
import { figuresCalled } from '../scene/hyperlexeme.ts';
import { type Code, formatCode, formatOccurrence, type OccurrenceRef, parseCode } from '../scene/hypertoken.ts';
import type { CorpusName } from '../scene/name.ts';
import type { GraphStore } from '../store/graph-store.ts';
import { clueOfCode, clueOfOccurrence } from './source-clues.ts';

/** Codes, occurrences and hyperlexemes of a text that are looked up. */
const NAMED_CODES_MAX = 4;

export interface NamedCodes {
  readonly clues: readonly Clue[];
  /** What was named and not looked up, since there was too much: Δ14, Δ14:7, a hyperlexeme. */
  readonly left: readonly string[];
}

/** Figures by whose hyperlexeme codes are looked for, one call each. */
const FIGURES_MAX = 8;

/** A number alone is a number of the text; with its mark it names a code: Δ14, D14:7. */
const MARKED = /^(?:[Δ∆Dd])\d+(?::\d+)?$/u;

type Named =
  | { readonly part: string; readonly code: Code }
  | { readonly part: string; readonly occurrence: OccurrenceRef };

/**
 * What of a corpus is called by a code, an occurrence or a hyperlexeme that stands in a text: that is named itself and weighs in full.
 * A code that stands for nothing there is a clue that nothing answers to. Of store calls at most four for each, {@link NAMED_CODES_MAX}
 * of them, and eight more for one of a code above level 1.
 */
export const namedCodes = async (
  store: GraphStore,
  corpus: CorpusName,
  text: string,
  scenesMax: number,
): Promise<NamedCodes> => {
  // Hyperlexemes of a motif stand apart by a dot: порогтишина·бегство.
  const pieces = text.split(/[\s·]+/u).map((piece) => piece.replace(/^[^\p{L}\p{N}∆]+|[^\p{L}\p{N}]+$/gu, ''));
  const marked = pieces.filter((piece) => MARKED.test(piece)).flatMap(parsed);
  const figures = [...new Set(pieces)].flatMap((piece) => figuresCalled(piece).map((figure) => ({ piece, figure })));
  const called = await hyperlexemesOf(store, corpus, figures.slice(0, FIGURES_MAX));
  const distinct = [...new Map([...marked, ...called].map((named) => [keyOf(named), named])).values()];
  const [looked, left] = [distinct.slice(0, NAMED_CODES_MAX), distinct.slice(NAMED_CODES_MAX)];
  return {
    clues: await Promise.all(looked.map((named) => clueOf(store, corpus, named, scenesMax))),
    left: [...left.map(keyOf), ...figures.slice(FIGURES_MAX).map(({ piece }) => piece)],
  };
};

const keyOf = (named: Named): string => ('code' in named ? formatCode(named.code) : formatOccurrence(named.occurrence));

/** None for what looks like a code and is none, as Δ007 or one of twenty digits. */
const parsed = (piece: string): readonly Named[] => {
  try {
    const { code, ordinal } = parseCode(piece);
    const part = bareWord(piece);
    return [ordinal === null ? { part, code } : { part, occurrence: { code, ordinal } }];
  } catch (error) {
    if (error instanceof HypersceneError) return [];
    throw error;
  }
};

const hyperlexemesOf = async (
  store: GraphStore,
  corpus: CorpusName,
  figures: readonly { readonly piece: string; readonly figure: Figure }[],
): Promise<readonly Named[]> => {
  const pages = await Promise.all(
    figures.map(({ figure }) => store.hypertokens({ digest: figureDigest(figure), corpus }, { first: 1 })),
  );
  return figures.flatMap(({ piece }, i) =>
    (pages[i]?.items ?? []).map(({ item }) => ({ part: bareWord(piece), code: item.code })),
  );
};

const clueOf = async (store: GraphStore, corpus: CorpusName, named: Named, scenesMax: number): Promise<Clue> => {
  const { part } = named;
  const nothing = { key: keyOf(named), part, weight: 0, count: 0, scenes: [] };
  try {
    if ('code' in named) {
      const clue = await clueOfCode(store, corpus, named.code, scenesMax);
      return clue.count === 0 ? { kind: 'code', ...nothing } : { ...clue, part };
    }
    const { clue, first } = await clueOfOccurrence(store, named.occurrence);
    const [scene] = await store.scenesById([first]);
    return scene?.corpus === corpus ? { ...clue, part } : { kind: 'occurrence', ...nothing };
  } catch (error) {
    const isMissing =
      error instanceof HypersceneError && ['CODE_NOT_FOUND', 'OCCURRENCE_NOT_FOUND'].includes(error.code);
    if (!isMissing) throw error;
    return { kind: 'code' in named ? 'code' : 'occurrence', ...nothing };
  }
};
