import type { Prompt, Scores } from '../../model/language-model.ts';
import type { Language } from '../../scene/scene.ts';
import type { ModelContext } from './model-context.ts';
import type { Part } from './part.ts';
import { promptOf, type WrittenPrompt } from './prompt-of.ts';

export interface PartsRequest {
  readonly parts: readonly Part[];
  /** The language of hyperlexemes. */
  readonly labels: Language;
  readonly form: Prompt['form'];
}

export interface ScoredParts extends Scores {
  /** One for each part, in their order. */
  readonly ofParts: readonly PartScore[];
  readonly written: WrittenPrompt;
}

export interface PartScore {
  /** Tokens that have a probability: one for each position, but where nothing stands before it. */
  readonly tokens: number;
  /** Natural logarithm of the probability of the part after what stands before it. What parts it from another one is in neither. */
  readonly sum: number;
}

/** How likely each part is after those before it. @throws HypersceneError what {@link promptOf} and the model's `score` throw */
export const scoreParts = async (
  context: ModelContext,
  { parts, labels, form }: PartsRequest,
): Promise<ScoredParts> => {
  const written = await promptOf(context, parts, { labels, form });
  const scores = await context.model.score(written.prompt, context.call);
  const partOf = new Map<number, number>();
  for (const [part, { items }] of written.parts.entries())
    for (const { from, to } of items) for (let segment = from; segment < to; segment += 1) partOf.set(segment, part);
  const [sums, counts] = [parts.map(() => 0), parts.map(() => 0)];
  for (const { segment, logProbability } of scores.tokens) {
    const part = partOf.get(segment);
    if (part === undefined || logProbability === null) continue;
    sums[part] = (sums[part] ?? 0) + logProbability;
    counts[part] = (counts[part] ?? 0) + 1;
  }
  const ofParts = sums.map((sum, part): PartScore => ({ tokens: counts[part] ?? 0, sum }));
  return { ...scores, ofParts, written };
};
