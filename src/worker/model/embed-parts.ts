import type { Embeddings, Prompt } from '../../model/language-model.ts';
import type { Language } from '../../scene/scene.ts';
import type { ModelContext } from './model-context.ts';
import type { Part } from './part.ts';
import { promptsOf, type WrittenPrompt } from './prompt-of.ts';

export interface EmbedPartsRequest {
  /** Each becomes one vector; their parts count together. */
  readonly lists: readonly (readonly Part[])[];
  /** The language of hyperlexemes. */
  readonly labels: Language;
  readonly form: Prompt['form'];
}

export interface EmbeddedParts extends Embeddings {
  /** One for each list, in their order. */
  readonly written: readonly WrittenPrompt[];
}

/** One vector for each list of parts. @throws HypersceneError what {@link promptsOf} and the model's `embed` throw */
export const embedParts = async (
  context: ModelContext,
  { lists, labels, form }: EmbedPartsRequest,
): Promise<EmbeddedParts> => {
  const written = await promptsOf(context, lists, { labels, form });
  const prompts = written.map(({ prompt }) => prompt);
  return { ...(await context.model.embed(prompts, context.call)), written };
};
