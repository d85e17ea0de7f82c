import { checkCancelled } from '../../errors.ts';
import type { LanguageModel, ModelCall, Prompt } from '../../model/language-model.ts';
import type { PositionCounter } from '../assemble-job.ts';

/** Prompts that the model is given to count at once, some megabytes of the longest: between them others have their turn. */
const COUNTED_AT_ONCE = 500;

/** Positions of each prompt. @throws HypersceneError what {@link LanguageModel.count} throws */
export const countPrompts = async (
  model: LanguageModel,
  prompts: readonly Prompt[],
  call: ModelCall,
): Promise<readonly number[]> => {
  const counts: number[] = [];
  for (let from = 0; from < prompts.length; from += COUNTED_AT_ONCE) {
    checkCancelled(call);
    counts.push(...(await model.count(prompts.slice(from, from + COUNTED_AT_ONCE), call)));
  }
  return counts;
};

/** Counts in the model's own vocabulary. @param end is written behind each text, and counted with it */
export const positionsIn = (model: LanguageModel, name: string, call: ModelCall, end = ''): PositionCounter => ({
  name,
  count: (texts) =>
    countPrompts(
      model,
      texts.map((text): Prompt => ({ segments: [{ kind: 'text', text: `${text}${end}` }], form: 'raw' })),
      call,
    ),
});
