import { FOLDED_RUNGS } from '../../activation/fold.ts';
import { RUNGS, type Rung } from '../../activation/rung.ts';
import { HypersceneError } from '../../errors.ts';
import type { Code, OccurrenceRef } from '../../scene/hypertoken.ts';
import type { SceneId } from '../../scene/scene.ts';
import type { AssembleJobRequest } from '../assemble-job.ts';

/** What a prompt is made of. */
export type Part =
  /** Exactly as it is given: marks such as `Δ14` in it are plain text. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'scene'; readonly scene: SceneId; readonly rung: Rung }
  /** A kind of scene, a motif, a community or a view, as its code. */
  | { readonly kind: 'code'; readonly code: Code }
  /** A scene by its place; a motif, community or view at one of its places, on any rung below text. */
  | ({ readonly kind: 'occurrence'; readonly rung: Rung } & OccurrenceRef)
  | ContextPart;

/** What of the scenes that a source activates fits into a number of the model's positions; no others enter the prompt. */
export type ContextPart = { readonly kind: 'context' } & Omit<AssembleJobRequest, 'labels'>;

export const PARTS_MAX = 10_000;
/** Each activates by a number of store calls of its own. */
export const CONTEXT_PARTS_MAX = 4;
/** UTF-16 code units of one part that is text: some 250,000 tokens, above what a context holds as a rule. */
export const PART_LENGTH_MAX = 2 ** 20;
/** UTF-16 code units of all that is written in words. */
export const PROMPT_LENGTH_MAX = 2 ** 22;

/** Where a part stands among lists of them, as errors tell it: `parts[3]`, of several lists `lists[1][3]`. The command line numbers parts from 1. */
export type PlaceOfPart = string;

export interface PlacedPart {
  readonly part: Part;
  readonly at: PlaceOfPart;
}

export const placedParts = (lists: readonly (readonly Part[])[]): readonly (readonly PlacedPart[])[] =>
  lists.map((parts, list) =>
    parts.map((part, i) => ({ part, at: lists.length === 1 ? `parts[${i}]` : `lists[${list}][${i}]` })),
  );

/** @throws HypersceneError BAD_ARGUMENT, PROMPT_TOO_LARGE, LONE_SURROGATE */
export const checkParts = (lists: readonly (readonly PlacedPart[])[]): void => {
  const empty = lists.findIndex((parts) => parts.length === 0);
  if (lists.length === 0 || empty >= 0)
    throw new HypersceneError('BAD_ARGUMENT', 'no parts', { expected: `1 to ${PARTS_MAX} parts` });
  const parts = lists.flat();
  if (parts.length > PARTS_MAX) throw tooLarge('too many parts', PARTS_MAX, parts.length);
  const contexts = parts.filter(({ part }) => part.kind === 'context');
  if (contexts.length > CONTEXT_PARTS_MAX)
    throw tooLarge('too many parts that activate', CONTEXT_PARTS_MAX, contexts.length);
  for (const each of parts) checkPart(each);
};

const checkPart = ({ part, at }: PlacedPart): void => {
  if ('rung' in part) checkRung(part.rung, part.kind === 'context' ? FOLDED_RUNGS : RUNGS, at);
  if (part.kind !== 'text') return;
  if (part.text.length > PART_LENGTH_MAX)
    throw tooLarge('text too long', PART_LENGTH_MAX, part.text.length, at, 'UTF-16 code units');
  if (!part.text.isWellFormed())
    throw new HypersceneError('LONE_SURROGATE', 'half of a surrogate pair', { at, expected: 'well-formed Unicode' });
};

const checkRung = (rung: Rung, rungs: readonly Rung[], at: PlaceOfPart): void => {
  if (rungs.includes(rung)) return;
  throw new HypersceneError('BAD_ARGUMENT', 'bad rung', { at, expected: rungs.join(', '), came: String(rung) });
};

const tooLarge = (what: string, max: number, came: number, at?: PlaceOfPart, unit?: string): HypersceneError =>
  new HypersceneError('PROMPT_TOO_LARGE', what, {
    ...(at === undefined ? {} : { at }),
    expected: unit === undefined ? `at most ${max}` : `at most ${max} ${unit}`,
    came: String(came),
  });

/** @throws HypersceneError PROMPT_TOO_LARGE */
export const checkPromptLength = (length: number): void => {
  if (length > PROMPT_LENGTH_MAX)
    throw tooLarge('prompt too long', PROMPT_LENGTH_MAX, length, undefined, 'UTF-16 code units');
};
