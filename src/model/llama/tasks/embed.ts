import type { LlamaEmbeddingContext } from 'node-llama-cpp';
import { checkCancelled } from '../../../errors.ts';
import type { TaskOf, TaskResults } from '../messages.ts';
import { promptTokens } from '../prompt-tokens.ts';
import { checkFits, elapsed, type TaskAnswer, type TaskContext } from './task-context.ts';

/** @throws HypersceneError CONTEXT_FULL for any of them before one is embedded, CANCELLED between two */
export const embed = async (
  { prompts }: TaskOf<'embed'>,
  context: TaskContext,
  embedding: LlamaEmbeddingContext,
): Promise<TaskAnswer<TaskResults['embed']>> => {
  const started = performance.now();
  const read = await Promise.all(prompts.map((prompt) => promptTokens(context.model, prompt)));
  // The library keeps one position free.
  for (const { ids } of read) checkFits(ids.length + 1, context);
  const vectors: Float32Array[] = [];
  for (const { ids } of read) {
    checkCancelled(context);
    const { vector } = await embedding.getEmbeddingFor([...ids]);
    vectors.push(unit(vector));
  }
  const time = elapsed(started);
  const prompt = read.reduce((sum, { ids }) => sum + ids.length, 0);
  return { result: { vectors }, usage: { prompt, cached: 0, generated: 0, promptTime: time, time } };
};

/** The same direction with length 1; a zero vector stays zero. */
const unit = (vector: readonly number[]): Float32Array => {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => (length === 0 ? 0 : value / length));
};
