import type { FoldedRung } from '../../activation/fold.ts';
import type { Rung } from '../../activation/rung.ts';
import { checkCancelled } from '../../errors.ts';
import type { Prompt, Segment } from '../../model/language-model.ts';
import type { RowKey } from '../../model/row-key.ts';
import { formatOccurrence, type OccurrenceRef } from '../../scene/hypertoken.ts';
import type { Language } from '../../scene/scene.ts';
import { type AssembledContext, type ContextMaterial, prepareContext, type WrittenPiece } from '../assemble-job.ts';
import { type LoadedPart, loadParts } from './load-parts.ts';
import type { ModelContext } from './model-context.ts';
import { type ContextPart, checkParts, checkPromptLength, type Part, placedParts } from './part.ts';
import { positionsIn } from './positions-in.ts';
import {
  type Choice,
  type ChoiceSubstitution,
  choose,
  isRowRung,
  nameOfThing,
  rowsOf,
  type Thing,
  wordsOf,
} from './thing.ts';

export interface PromptOptions {
  /** The language of hyperlexemes. */
  readonly labels: Language;
  readonly form: Prompt['form'];
}

/** A prompt, and what was written how. */
export interface WrittenPrompt {
  readonly prompt: Prompt;
  /** One for each part, in their order. */
  readonly parts: readonly WrittenPart[];
  /** What is not written on the rung it was wanted on, in the order of the prompt. */
  readonly substitutions: readonly Substitution[];
}

export interface WrittenPart {
  readonly kind: Part['kind'];
  /** In their order: one, or the pieces of a context, and none of one in which nothing lights up. */
  readonly items: readonly WrittenItem[];
  /** What was activated, and what of it was left out; null of the other kinds. */
  readonly context: AssembledContext | null;
}

export interface WrittenItem {
  /** Null of a text that was given. */
  readonly thing: Thing | null;
  readonly rung: Rung;
  /** Segments `[from, to)` of the prompt. Between two items may stand one that parts them. */
  readonly from: number;
  readonly to: number;
}

export interface Substitution extends ChoiceSubstitution {
  /** Index of the part. */
  readonly part: number;
  /** `Δ14:7` or `Δ14`: what of the part. */
  readonly name: string;
}

/** {@link promptsOf} a single list. */
export const promptOf = async (
  context: ModelContext,
  parts: readonly Part[],
  options: PromptOptions,
): Promise<WrittenPrompt> => {
  const [written] = await promptsOf(context, [parts], options);
  return written as WrittenPrompt;
};

/**
 * Writes parts for the model, by the pack that the call names; what has no row there, and all where none is named, as hyperlexeme.
 * Two things in words that touch are parted by a line's end; beside rows and given texts nothing is put. Calls the store three times,
 * for each part that activates as often as {@link readContext}, and the model once for the rows of all parts.
 * @throws HypersceneError BAD_ARGUMENT; PROMPT_TOO_LARGE for more than `PARTS_MAX` parts of all lists together, `CONTEXT_PARTS_MAX` of
 *   them that activate, or more text than `PART_LENGTH_MAX` and `PROMPT_LENGTH_MAX`; LONE_SURROGATE; SCENE_NOT_FOUND, CODE_NOT_FOUND,
 *   OCCURRENCE_NOT_FOUND, and of a part that activates what `activate` throws, each at its part, counted from 0; what the model's `rows`
 *   and `count` throw; CANCELLED
 */
export const promptsOf = async (
  context: ModelContext,
  lists: readonly (readonly Part[])[],
  { labels, form }: PromptOptions,
): Promise<readonly WrittenPrompt[]> => {
  const placed = placedParts(lists);
  checkParts(placed);
  checkCancelled(context.call);
  const loaded = await loadParts(context, placed);
  const hasRow = await knownRows(context, loaded.flat().flatMap(wantedRows));
  const chosen = (thing: Thing, rung: Rung): Choice => choose(thing, rung, hasRow);
  const written: WrittenPrompt[] = [];
  let length = 0;
  for (const parts of loaded) {
    const writer = new PromptWriter(labels, chosen);
    for (const part of parts)
      if (part.kind === 'context') writer.addContext(part, await assembled(context, part, { labels, chosen }));
      else writer.add(part);
    length += writer.length;
    checkPromptLength(length);
    written.push(writer.written(form));
  }
  return written;
};

type Chosen = (thing: Thing, rung: Rung) => Choice;

const wantedRows = (part: LoadedPart): readonly RowKey[] => {
  if (part.kind === 'text') return [];
  if (part.kind !== 'context') return isRowRung(part.rung) ? rowsOf(part.thing, part.rung) : [];
  const { rung } = part.part;
  return isRowRung(rung) ? thingsIn(part.material).flatMap((thing) => rowsOf(thing, rung)) : [];
};

/** @returns null where no pack is named */
const knownRows = async (
  { model, call: { pack } }: ModelContext,
  wanted: readonly RowKey[],
): Promise<((row: RowKey) => boolean) | null> => {
  if (pack === null) return null;
  const keys = [...new Set(wanted)];
  const rows = keys.length === 0 ? new Map<RowKey, unknown>() : await model.rows(pack, keys);
  return (row) => rows.has(row);
};

const thingsIn = ({ candidates, motifs, communities }: ContextMaterial): readonly Thing[] => [
  ...candidates.map(({ scene }): Thing => ({ kind: 'scene', scene })),
  ...[...motifs.values(), ...communities.values()].map((found): Thing => ({ kind: 'hypertoken', ...found })),
];

const thingsByRef = (material: ContextMaterial): ReadonlyMap<string, Thing> =>
  new Map(thingsIn(material).map((thing) => [nameOfThing(thing), thing]));

/** What has no row is counted as the words that stand for it; a line's end with each, which is how they are parted. */
const assembled = async (
  { model, call }: ModelContext,
  { part, material }: LoadedContext,
  { labels, chosen }: { readonly labels: Language; readonly chosen: Chosen },
): Promise<AssembledContext> => {
  const things = thingsByRef(material);
  const rungOf = (ref: OccurrenceRef): FoldedRung => {
    const thing = things.get(formatOccurrence(ref));
    return thing === undefined ? 'hyperlexeme' : (chosen(thing, part.rung).rung as FoldedRung);
  };
  const { name } = await model.describe();
  const counter = positionsIn(model, name, call, PARTING);
  const prepared = await prepareContext({ counter, signal: call.signal }, material, { rungOf, labels });
  return prepared.within(part.tokens);
};

type LoadedContext = Extract<LoadedPart, { readonly kind: 'context' }>;

const PARTING = '\n';

class PromptWriter {
  /** UTF-16 code units of what is in words. */
  length = 0;
  readonly #labels: Language;
  readonly #chosen: Chosen;
  readonly #segments: Segment[] = [];
  readonly #parts: WrittenPart[] = [];
  readonly #substitutions: Substitution[] = [];
  /** What was written last stands in words of its own, not in a given text or a row. */
  #touches = false;

  constructor(labels: Language, chosen: Chosen) {
    this.#labels = labels;
    this.#chosen = chosen;
  }

  add(part: Exclude<LoadedPart, LoadedContext>): void {
    const item = part.kind === 'text' ? this.#given(part.text) : this.#write(part.thing, part.rung);
    this.#parts.push({ kind: part.kind, items: [item], context: null });
  }

  addContext({ part, material }: LoadedContext, context: AssembledContext): void {
    const things = thingsByRef(material);
    const items = context.pieces.flatMap((piece) => {
      const thing = things.get(formatOccurrence(piece.occurrence));
      return thing === undefined ? [] : [this.#write(thing, wantedOf(piece, part))];
    });
    this.#parts.push({ kind: 'context', items, context });
  }

  written(form: Prompt['form']): WrittenPrompt {
    return { prompt: { segments: this.#segments, form }, parts: this.#parts, substitutions: this.#substitutions };
  }

  #given(text: string): WrittenItem {
    this.#touches = false;
    const from = this.#segments.length;
    // An empty one parts what stands beside it from nothing, and is no segment.
    if (text !== '') this.#push({ kind: 'text', text });
    return { thing: null, rung: 'text', from, to: this.#segments.length };
  }

  #write(thing: Thing, wanted: Rung): WrittenItem {
    const { rung, rows, substitution } = this.#chosen(thing, wanted);
    if (substitution !== null)
      this.#substitutions.push({ part: this.#parts.length, name: nameOfThing(thing), ...substitution });
    const inWords = !isRowRung(rung);
    if (inWords && this.#touches) this.#push({ kind: 'text', text: PARTING });
    this.#touches = inWords;
    const from = this.#segments.length;
    if (inWords) this.#push({ kind: 'text', text: wordsOf(thing, rung, this.#labels) });
    else for (const row of rows) this.#push({ kind: 'row', row });
    return { thing, rung, from, to: this.#segments.length };
  }

  #push(segment: Segment): void {
    if (segment.kind === 'text') this.length += segment.text.length;
    this.#segments.push(segment);
  }
}

const wantedOf = ({ form }: WrittenPiece, { rung }: ContextPart): Rung => (form === 'whole' ? 'text' : rung);
