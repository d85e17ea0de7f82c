import type { Language } from '../scene/scene.ts';
import type { BudgetRow } from './budget.ts';
import type { CountedDistribution } from './distribution.ts';

/** What is said of scenes, whatever their language. */
export interface SceneFigures {
  readonly scenes: number;
  /** Scenes of Δ0: nothing of their figure stands. */
  readonly withoutFigure: number;
  /** 0 to 1; null of no scenes. */
  readonly withoutFigureShare: number | null;
  /** Figures that differ: codes of level 0. */
  readonly codes: number;
  /** `codes` for each scene; null of no scenes. */
  readonly typeTokenRatio: number | null;
  /** Scenes whose texts were counted: fewer than `scenes` for a sample, 0 without a tokenizer. */
  readonly counted: number;
  /**
   * Of the scenes' texts, each by itself: white space between scenes is not counted. Of a sample an estimate, scene for scene the
   * mean of its language, of all where none of its scenes was counted. null where none of them was, and for a language of which
   * none was.
   */
  readonly textTokens: number | null;
}

/** The corpus written with the codes of one level. */
export interface LevelPositions {
  readonly level: number;
  /** One for each occurrence that makes up the level: its own, and those of lower ones that rise unchanged. */
  readonly positions: number;
  /** Tokens of text for each position; null where there is no position, or `textTokens` is. */
  readonly compression: number | null;
}

export interface LanguageStatistics extends SceneFigures {
  readonly lang: Language;
  /** Tokens a sentence: a whole scene, or half-scenes put together. null where texts were not counted, or there is none. */
  readonly sentences: CountedDistribution | null;
  /** Tokens a half-scene. */
  readonly halves: CountedDistribution | null;
  /** An occurrence of scenes in both languages counts for that of its first scene. */
  readonly levels: readonly LevelPositions[];
}

/** With what a reader of the codes has to know beforehand. */
export interface LevelStatistics extends LevelPositions {
  /** Occurrences of the level itself. */
  readonly occurrences: number;
  /** Codes of the level itself that occur in the corpus. */
  readonly codes: number;
  /** `codes` for each of `occurrences`; null where there are none. */
  readonly typeTokenRatio: number | null;
  /** Codes of this level and those below: rows of a vocabulary. */
  readonly registryCodes: number;
  /**
   * Of what tells each of these codes once, its morphemes at level 0, above it its parts. How these are coupled, and which agents they
   * share, is left out: the forms of codes hold it.
   */
  readonly registryPositions: number;
  /** Tokens of text for each position, those of the registry counted in: an upper bound, as these leave out how parts are coupled. */
  readonly compressionWithRegistry: number | null;
}

/** Of hypertoken sequences: what they take, and what they repeat. */
export interface SequenceStatistics extends SceneFigures {
  /** Russian before English. */
  readonly languages: readonly LanguageStatistics[];
  /** From 0 to the highest. */
  readonly levels: readonly LevelStatistics[];
  /** null where texts were not counted. */
  readonly rungs: readonly BudgetRow[] | null;
}

/** Codes of one level above 0 that occur in a corpus. */
export interface RegistryLevel {
  readonly codes: number;
  /** Of all of them, told once each. */
  readonly parts: number;
}
