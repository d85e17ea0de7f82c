import type { MadeToken } from '../../model/language-model.ts';
import type { FacetKind } from '../../scene/facet.ts';
import { NONE } from '../../scene/figure.ts';
import type { Scene } from '../../scene/scene.ts';
import { type ClosedKind, type facetQuestion, INVENTORIES, isClosed } from './facet-question.ts';

/** What a model said of one facet, as far as it holds. */
export interface FacetAnswer {
  readonly kind: FacetKind;
  /** A key of the inventory; of an agent or context the words as they stand in the scene. */
  readonly key: string;
  /** Span of the evidence in UTF-16 code units of the document, within the scene's. */
  readonly start: number;
  readonly end: number;
  /** Of the answer among all that the schema allows there, 0 to 1; null where it was not asked for, or is not told. */
  readonly probability: number | null;
}

export interface DroppedAnswer {
  readonly kind: FacetKind;
  /**
   * `NOT_WHOLE`: it broke off, or is no JSON that was asked for; `NOT_IN_INVENTORY`; `NOT_IN_TEXT`: an agent or context that does not
   * stand in the scene; `LESS_SURE`: less than what is there already, or than what is taken at all; `TOO_LONG`: the question does not fit
   * the model's context, so that it was not asked.
   */
  readonly why: 'NOT_WHOLE' | 'NOT_IN_INVENTORY' | 'NOT_IN_TEXT' | 'LESS_SURE' | 'TOO_LONG';
}

/** What holds; `none`: nothing fits, says the model; or why what it says does not hold. */
export type JudgedAnswer = FacetAnswer | typeof NONE | Exclude<DroppedAnswer['why'], 'LESS_SURE' | 'TOO_LONG'>;

/** What a model said, and how likely it found each token of it; null where it does not tell. */
export interface Said {
  readonly text: string;
  readonly tokens: readonly MadeToken[] | null;
}

/** Holds an answer to {@link facetQuestion} against the scene and the inventories. Never throws: a model may say anything. */
export const judgeAnswer = (scene: Scene, kind: FacetKind, { text, tokens }: Said): JudgedAnswer => {
  const said = own(parsed(text), kind);
  const judged = isClosed(kind) ? judgeClosed(scene, kind, said) : judgeOpen(scene, kind, said);
  if (typeof judged === 'string') return judged;
  const span = stringSpans(text).get(isClosed(kind) ? `${kind}.key` : kind);
  return { ...judged, probability: span && tokens ? probabilityIn(tokens, span) : null };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const own = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;

type Judged = Omit<FacetAnswer, 'probability'> | Exclude<JudgedAnswer, FacetAnswer>;

const judgeClosed = ({ text, start, end }: Scene, kind: ClosedKind, said: unknown): Judged => {
  const [key, words] = [own(said, 'key'), own(said, 'words')];
  if (typeof key !== 'string') return 'NOT_WHOLE';
  if (key === NONE) return NONE;
  if (!Object.hasOwn(INVENTORIES[kind], key)) return 'NOT_IN_INVENTORY';
  const found = typeof words === 'string' ? spanOfWords(text, words) : null;
  return found === null ? { kind, key, start, end } : { kind, key, start: start + found.start, end: start + found.end };
};

const judgeOpen = ({ text, start }: Scene, kind: FacetKind, said: unknown): Judged => {
  if (typeof said !== 'string') return 'NOT_WHOLE';
  if (said.trim() === '') return NONE;
  const found = spanOfWords(text, said);
  if (found === null) return 'NOT_IN_TEXT';
  return { kind, key: text.slice(found.start, found.end), start: start + found.start, end: start + found.end };
};

/** What stands around words that are quoted. */
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu;
const SPECIAL = /[\\^$.*+?()[\]{}|/]/gu;

/** Where whole words stand in a text first, whatever their case and the white space between them; null for nowhere. */
export const spanOfWords = (text: string, words: string): { readonly start: number; readonly end: number } | null => {
  const bare = words.replace(EDGES, '');
  if (bare === '') return null;
  const pattern = bare.replace(SPECIAL, '\\$&').replaceAll(/\s+/gu, '\\s+');
  const match = new RegExp(`(?<![\\p{L}\\p{N}\\p{M}])${pattern}(?![\\p{L}\\p{N}\\p{M}])`, 'iu').exec(text);
  return match === null ? null : { start: match.index, end: match.index + match[0].length };
};

interface Span {
  readonly start: number;
  readonly end: number;
}

const JSON_MARK = /"(?:[^"\\]|\\.)*"|[{}:,]/gu;

/** Where strings stand in an object of strings and of objects of them, by `tension.key`; their quotation marks counted in. */
const stringSpans = (text: string): ReadonlyMap<string, Span> => {
  const spans = new Map<string, Span>();
  const path: string[] = [];
  let isValue = false;
  for (const { 0: mark, index } of text.matchAll(JSON_MARK)) {
    if (mark === '{') path.push('');
    else if (mark === '}') path.pop();
    else if (mark.startsWith('"') && !isValue) path[path.length - 1] = mark.slice(1, -1);
    else if (mark.startsWith('"')) spans.set(path.join('.'), { start: index, end: index + mark.length });
    isValue = mark === ':';
  }
  return spans;
};

/**
 * Of all tokens behind the opening quotation mark up to the closing one, which tells a word from a longer one. Where the same words may be
 * spelled by other tokens these are not counted in.
 */
const probabilityIn = (tokens: readonly MadeToken[], { start, end }: Span): number => {
  let product = 1;
  let from = 0;
  for (const token of tokens) {
    if (token.end > start + 1 && from < end) product *= token.probability;
    from = token.end;
  }
  return product;
};
