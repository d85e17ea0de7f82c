import { HypersceneError } from '../errors.ts';
import type { Brand } from './brand.ts';
import type { Digest } from './digest.ts';
import type { FigureKey } from './figure.ts';
import type { SceneId } from './scene.ts';

/** The n of Δn: allotted once per workspace in the order of first use, never changed, never reused. */
export type Code = Brand<number, 'Code'>;

export const CODE_MARK = 'Δ';
/** Codes are 32-bit so that every export format holds them. */
export const CODE_MAX = 2 ** 31 - 1;

/**
 * What a code stands for, a type: it says what kind of scene or subgraph, not which.
 * Level 0: a figure. Level 1: a motif, a coupled subgraph in canonical form. Level 2 and above: a community, what hangs
 * together of the level below; the highest holds the corpus. {@link VIEW_LEVEL}: a view, made by hand outside the levels.
 */
export interface Hypertoken {
  readonly code: Code;
  readonly level: number;
  /** Hash of `form`: the same in every store. */
  readonly digest: Digest;
  /**
   * Level 0: the figure's key. Level 1: the motif's canonical form. Above, and of a view: the digests of its parts in the order
   * of the text, and which of them are coupled. Compared exactly where digests agree.
   */
  readonly form: string;
  /** The figures it holds, in the order of the canonical form: one at level 0. Above level 1, and of a view, the commonest, {@link FIGURES_SHOWN} at most. */
  readonly figures: readonly FigureKey[];
}

/** One place where a code stands: Δ14:7. */
export interface OccurrenceRef {
  readonly code: Code;
  /** 1, 2, 3 … within the code; never reused. */
  readonly ordinal: number;
}

/** One argument of an occurrence: which agent stands where the motif has a variable. */
export interface Binding {
  readonly slot: number;
  /** The agent's entity. */
  readonly agent: string;
}

export interface Occurrence extends OccurrenceRef {
  readonly level: number;
  /** Scenes in it, on all levels below together. */
  readonly size: number;
  /** Its first scene in the order of its form. */
  readonly first: SceneId;
  /** In the order of the hypertoken's canonical form. Level 0: exactly one. Above level 1, and of a view, none: they are had by pages. */
  readonly scenes: readonly SceneId[];
  /** Above level 1, and of a view, none. */
  readonly bindings: readonly Binding[];
}

/** One of the occurrences that another one is made of; a scene is one of level 0. */
export interface OccurrencePart extends OccurrenceRef {
  readonly level: number;
  readonly size: number;
  readonly first: SceneId;
}

/** Where something stands on a level: the occurrence that holds it there. */
export interface LevelPlace extends OccurrenceRef {
  readonly level: number;
}

/** The occurrence that holds another one. */
export interface HolderPlace extends LevelPlace {
  /** That one is the first of its parts. */
  readonly isFirst: boolean;
}

/** The highest level: each at least halves what the one below has, or is the last. */
export const LEVEL_MAX = 32;

/** That of named views, which stand outside the levels: below all of them, so that what makes up a level never holds one. */
export const VIEW_LEVEL = -1;

export const FIGURES_SHOWN = 3;

export const code = (n: number): Code => {
  if (!Number.isInteger(n) || n < 0 || n > CODE_MAX)
    throw new HypersceneError('BAD_CODE', 'bad code', {
      expected: `an integer from 0 to ${CODE_MAX}`,
      came: String(n),
    });
  return n as Code;
};

export const formatCode = (c: Code): string => `${CODE_MARK}${c}`;
export const formatOccurrence = ({ code: c, ordinal }: OccurrenceRef): string => `${CODE_MARK}${c}:${ordinal}`;

const CODE_TEXT = /^(?:Δ|∆|[Dd])?(0|[1-9]\d{0,9})(?::([1-9]\d{0,14}))?$/u;

/**
 * Reads Δ14 and Δ14:7. For keyboards without Δ, `D14`, `d14` and `14` are read too, and U+2206 ∆ for U+0394 Δ.
 * @throws HypersceneError BAD_CODE
 */
export const parseCode = (text: string): { readonly code: Code; readonly ordinal: number | null } => {
  const match = CODE_TEXT.exec(text.trim());
  const digits = match?.[1];
  if (digits === undefined)
    throw new HypersceneError('BAD_CODE', 'bad code', {
      expected: 'Δ14 or Δ14:7',
      came: JSON.stringify(text.slice(0, 80)),
    });
  return { code: code(Number(digits)), ordinal: match?.[2] === undefined ? null : Number(match[2]) };
};
