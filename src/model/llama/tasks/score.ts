import type { ControlledEvaluateInputItem, Token } from 'node-llama-cpp';
import { checkCancelled, HypersceneError } from '../../../errors.ts';
import type { TaskOf, TaskResults } from '../messages.ts';
import { promptTokens } from '../prompt-tokens.ts';
import { CHUNK } from '../sequences.ts';
import { checkFits, elapsed, type TaskAnswer, type TaskContext, UNTOUCHED } from './task-context.ts';

/** Logarithms of the probability of each token after those before it. @throws HypersceneError CONTEXT_FULL, CANCELLED */
export const score = async (
  { prompt }: TaskOf<'score'>,
  context: TaskContext,
): Promise<TaskAnswer<TaskResults['score']>> => {
  const started = performance.now();
  const { ids, segments } = await promptTokens(context.model, prompt);
  checkFits(ids.length, context);
  const { signal, alone, workspace } = context;
  // Of a cached position no logits are left: only the first token is read beforehand.
  return context.sequences.read(
    { workspace, tokens: ids.slice(0, 1) },
    { signal, fromEmpty: alone },
    async ({ sequence, last }) => {
      const logProbabilities: (number | null)[] = [null];
      const rest = [last, ...ids.slice(1)];
      for (let at = 0; at + 1 < rest.length; at += CHUNK) {
        checkCancelled({ signal });
        const input = rest
          .slice(at, Math.min(at + CHUNK, rest.length - 1))
          .map((token, i) => asking(token, rest[at + i + 1] as Token));
        context.spent.add();
        const answers = await sequence.controlledEvaluate(input);
        for (const [i, answer] of answers.entries())
          logProbabilities.push(logProbability(answer?.next, rest[at + i + 1] as Token));
      }
      const time = elapsed(started);
      return {
        result: {
          tokens: ids.map((id, i) => ({
            segment: segments[i] ?? -1,
            text: id >= context.firstRow ? '' : context.model.detokenize([id], false, ids.slice(Math.max(0, i - 4), i)),
            logProbability: logProbabilities[i] ?? null,
          })),
        },
        usage: { prompt: ids.length, cached: 0, generated: 0, promptTime: time, time },
      };
    },
  );
};

/** `includeMax` of node-llama-cpp 3.22.1 gives the highest only where it is asked for anyway; `includeTop` gives it always. */
const asking = (token: Token, next: Token): ControlledEvaluateInputItem => [
  token,
  {
    generateNext: {
      logits: { filter: { tokens: [next], includeTop: 1 } },
      totalLogitWeight: true,
      options: UNTOUCHED,
    },
  },
];

const logProbability = (
  next: { readonly logits?: Map<Token, number>; readonly totalLogitWeight?: number } | undefined,
  token: Token,
): number => {
  const logit = next?.logits?.get(token);
  if (next?.logits === undefined || next.totalLogitWeight === undefined || logit === undefined)
    throw new HypersceneError('INTERNAL', 'the model gave no logits');
  return logit - Math.max(...next.logits.values()) - Math.log(next.totalLogitWeight);
};
