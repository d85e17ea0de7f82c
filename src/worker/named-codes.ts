import type { Clue } from '../activation/clue.ts';
import { bareWord } from '../activation/content-words.ts';
import { HypersceneError } from '../errors.ts';
import { figureDigest } from '../scene/figure.ts';
import { figuresCalled } from '../scene/hyperlexeme.ts';
import { type Code, formatCode, formatOccurrence, type OccurrenceRef, parseCode } from '../scene/hypertoken.ts';
import type { CorpusName } from '../scene/name.ts';
import type { GraphStore } from '../store/graph-store.ts';
import { clueOfCode, clueOfOccurrence } from './source-clues.ts';

/** Codes, occurrences and hyperlexemes of a text that are looked up. */
export const NAMED_CODES_MAX = 4;

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
): Promise<readonly Clue[]> => {
  // Hyperlexemes of a motif stand apart by a dot: порогтишина·бегство.
  const pieces = text.split(/[\s·]+/u).map((piece) => piece.replace(/^[^\p{L}\p{N}∆]+|[^\p{L}\p{N}]+$/gu, ''));
  const marked = pieces.filter((piece) => MARKED.test(piece)).flatMap(parsed);
  const called = await hyperlexemesOf(store, corpus, pieces);
  const distinct = new Map([...marked, ...called].map((named) => [keyOf(named), named]));
  return Promise.all(
    [...distinct.values()].slice(0, NAMED_CODES_MAX).map((named) => clueOf(store, corpus, named, scenesMax)),
  );
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
  pieces: readonly string[],
): Promise<readonly Named[]> => {
  const figures = [...new Set(pieces)]
    .flatMap((piece) => figuresCalled(piece).map((figure) => ({ part: bareWord(piece), figure })))
    .slice(0, NAMED_CODES_MAX);
  const pages = await Promise.all(
    figures.map(({ figure }) => store.hypertokens({ digest: figureDigest(figure), corpus }, { first: 1 })),
  );
  return figures.flatMap(({ part }, i) => (pages[i]?.items ?? []).map(({ item }) => ({ part, code: item.code })));
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
