import { RUNGS, type Rung } from '../../activation/rung.ts';
import type { ModelDescription, ProcessStatus, Prompt } from '../../model/language-model.ts';
import type { ModelContext } from './model-context.ts';
import { countPrompts } from './positions-in.ts';
import { promptOf, type WrittenItem, type WrittenPrompt } from './prompt-of.ts';
import type { PartsRequest } from './score-parts.ts';
import { isRowRung, rowsOf, type Thing, wordsOf } from './thing.ts';

/** What parts take in a model's context and memory. */
export interface ModelBudget {
  /** Of the whole prompt, with what parts its items, and of a chat with what the model counts of its template. */
  readonly positions: number;
  /** One for each part, in their order. */
  readonly parts: readonly PartBudget[];
  /** As they are written, in the order of {@link RUNGS}; given texts are in none. */
  readonly rungs: readonly RungBudget[];
  /** Bytes; null where the model does not tell what a position takes. */
  readonly memory: MemoryBudget | null;
  /** Those that are loaded for the model and the pack: predicted and measured. */
  readonly processes: readonly ProcessStatus[];
  readonly written: WrittenPrompt;
}

export interface PartBudget {
  /** As it is written. */
  readonly positions: number;
  /** All that it writes on each rung, whether the pack has the rows or not; null of a given text, and of a motif on the rung `text`. */
  readonly onRungs: Readonly<Record<Rung, number | null>>;
}

export interface RungBudget {
  readonly rung: Rung;
  /** Scenes, motifs, communities and codes. */
  readonly items: number;
  readonly positions: number;
}

export interface MemoryBudget {
  readonly bytesPerPosition: number;
  /** Of the prompt's positions. */
  readonly kvBytes: number;
  /** Of all that the context and its slots may hold, which is taken when the model is loaded. */
  readonly contextKvBytes: number;
  readonly weightBytes: number;
  /** Weights and the whole context, without what computing takes. */
  readonly predictedBytes: number;
}

/**
 * Counts in the model's own vocabulary, each text once. Calls the store as {@link promptOf}.
 * @throws HypersceneError what {@link promptOf} and the model's `count` throw
 */
export const modelBudget = async (
  context: ModelContext,
  { parts, labels, form }: PartsRequest,
): Promise<ModelBudget> => {
  const { model, call } = context;
  const written = await promptOf(context, parts, { labels, form });
  const items = written.parts.flatMap((part) => part.items);
  const onRungs = new Map(
    items.map((item) => [item, RUNGS.map((rung) => formOn(item, rung, (thing, on) => wordsOf(thing, on, labels)))]),
  );
  const given = items.flatMap((item) => (item.thing === null ? [textOf(item, written.prompt)] : []));
  const texts = [...new Set([...given, ...[...onRungs.values()].flat().filter((each) => typeof each === 'string')])];
  const prompts = texts.map((text): Prompt => ({ segments: [{ kind: 'text', text }], form: 'raw' }));
  const [positions = 0, ...counts] = await countPrompts(model, [written.prompt, ...prompts], call);
  const count = new Map(texts.map((text, i) => [text, counts[i] ?? 0]));
  const positionsOf = (form: string | number | null): number | null =>
    typeof form === 'string' ? (count.get(form) ?? 0) : form;
  const asWritten = (item: WrittenItem): number =>
    positionsOf(
      item.thing === null ? textOf(item, written.prompt) : (onRungs.get(item)?.[RUNGS.indexOf(item.rung)] ?? 0),
    ) ?? 0;
  const scenic = items.filter(({ thing }) => thing !== null);
  return {
    positions,
    parts: written.parts.map((part) => ({
      positions: sum(part.items.map(asWritten)) ?? 0,
      onRungs: Object.fromEntries(
        RUNGS.map((rung, i) => [rung, sum(part.items.map((item) => positionsOf(onRungs.get(item)?.[i] ?? null)))]),
      ) as Readonly<Record<Rung, number | null>>,
    })),
    rungs: RUNGS.map((rung) => {
      const on = scenic.filter((item) => item.rung === rung);
      return { rung, items: on.length, positions: sum(on.map(asWritten)) ?? 0 };
    }),
    memory: memoryOf(await model.describe(), positions),
    processes: await processesOf(context),
    written,
  };
};

/** In words, or how many rows; null where it has no such form. */
const formOn = (
  { thing }: WrittenItem,
  rung: Rung,
  words: (thing: Thing, rung: 'text' | 'hyperlexeme') => string,
): string | number | null => {
  if (thing === null) return null;
  if (isRowRung(rung)) return rowsOf(thing, rung).length;
  return rung === 'text' && thing.kind !== 'scene' ? null : words(thing, rung as 'text' | 'hyperlexeme');
};

const textOf = ({ from, to }: WrittenItem, { segments }: Prompt): string =>
  segments
    .slice(from, to)
    .map((segment) => (segment.kind === 'text' ? segment.text : ''))
    .join('');

const sum = (values: readonly (number | null)[]): number | null =>
  values.includes(null) ? null : values.reduce<number>((all, value) => all + (value ?? 0), 0);

const memoryOf = ({ kv, weightBytes, context, slots }: ModelDescription, positions: number): MemoryBudget | null => {
  if (kv === null || weightBytes === null) return null;
  const { bytesPerPosition } = kv;
  const contextKvBytes = context * (slots ?? 1) * bytesPerPosition;
  return {
    bytesPerPosition,
    kvBytes: positions * bytesPerPosition,
    contextKvBytes,
    weightBytes,
    predictedBytes: weightBytes + contextKvBytes,
  };
};

const processesOf = async ({ model, call: { pack } }: ModelContext): Promise<readonly ProcessStatus[]> => {
  const { name } = await model.describe();
  return model.status().processes.filter((process) => process.model === name && process.pack === pack);
};
