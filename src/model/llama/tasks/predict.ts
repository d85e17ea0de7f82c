import type { Token } from 'node-llama-cpp';
import { HypersceneError } from '../../../errors.ts';
import type { TaskOf, TaskResults } from '../messages.ts';
import { promptTokens } from '../prompt-tokens.ts';
import { checkFits, elapsed, type TaskAnswer, type TaskContext, UNTOUCHED } from './task-context.ts';

/** The library looks through the whole list for each token of the vocabulary; beyond this all of them are had sooner. */
const FILTER_MAX = 64;

/** Probabilities of some tokens after the prompt, among the whole vocabulary. @throws HypersceneError CONTEXT_FULL, CANCELLED */
export const predict = async (
  { prompt, among, k }: TaskOf<'predict'>,
  context: TaskContext,
): Promise<TaskAnswer<TaskResults['predict']>> => {
  const started = performance.now();
  const { ids } = await promptTokens(context.model, prompt);
  checkFits(ids.length, context);
  const { signal, alone, workspace } = context;
  return context.sequences.read(
    { workspace, tokens: ids },
    { signal, fromEmpty: alone },
    async ({ sequence, last, cached }) => {
      const logitsWanted =
        among.length <= FILTER_MAX ? { filter: { tokens: [...among] as Token[], includeTop: 1 } } : true;
      const generateNext = { logits: logitsWanted, totalLogitWeight: true, options: UNTOUCHED };
      context.spent.add();
      const [answer] = await sequence.controlledEvaluate([[last, { generateNext }]]);
      const logits = answer?.next.logits;
      const weight = answer?.next.totalLogitWeight;
      if (logits === undefined || weight === undefined)
        throw new HypersceneError('INTERNAL', 'the model gave no logits');
      const highest = logits.values().reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
      const asked = new Set<number>(among);
      const probabilities = [...logits]
        .filter(([id]) => asked.has(id))
        .map(([id, logit]) => ({ id, probability: Math.exp(logit - highest) / weight }))
        .toSorted((a, b) => b.probability - a.probability || a.id - b.id);
      const best = probabilities.slice(0, k);
      const time = elapsed(started);
      return {
        result: {
          ids: Int32Array.from(best, ({ id }) => id),
          probabilities: Float64Array.from(best, ({ probability }) => probability),
          mass: probabilities.reduce((sum, { probability }) => sum + probability, 0),
        },
        usage: { prompt: ids.length, cached, generated: 0, promptTime: time, time },
      };
    },
  );
};
