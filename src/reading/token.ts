import type { Language } from '../scene/scene.ts';

/** Universal part of speech (Nivre et al. 2016); `X` where the analyser does not know. */
export type PartOfSpeech =
  | 'ADJ'
  | 'ADP'
  | 'ADV'
  | 'AUX'
  | 'CCONJ'
  | 'DET'
  | 'INTJ'
  | 'NOUN'
  | 'NUM'
  | 'PART'
  | 'PRON'
  | 'PROPN'
  | 'PUNCT'
  | 'SCONJ'
  | 'SYM'
  | 'VERB'
  | 'X';

/** Universal features, as far as an analyser of either language can tell them. */
export interface Features {
  readonly Case?: string;
  readonly Gender?: string;
  readonly Number?: string;
  readonly Person?: string;
  readonly VerbForm?: string;
  readonly Tense?: string;
  readonly Aspect?: string;
  readonly Voice?: string;
  readonly Mood?: string;
  readonly Animacy?: string;
  readonly Variant?: string;
  readonly Polarity?: string;
}

export interface Token {
  /** As written. */
  readonly text: string;
  /** Lower case, ё as е: what lexicons are looked up by. */
  readonly form: string;
  /** Lower case, ё as е. */
  readonly lemma: string;
  readonly pos: PartOfSpeech;
  readonly features: Features;
  /** Span in UTF-16 code units of the text that was analysed. */
  readonly start: number;
  readonly end: number;
}

/** A language's tokeniser, tagger and lemmatiser: deterministic, synchronous, offline. */
export interface Analyser {
  readonly lang: Language;
  /** @param sentence one sentence; tokens come in order, without overlap, and cover all that is not white space */
  analyse(sentence: string): readonly Token[];
}
