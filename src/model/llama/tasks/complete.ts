import type { LlamaGrammar, Token } from 'node-llama-cpp';
import { checkCancelled, HypersceneError } from '../../../errors.ts';
import type { MadeToken } from '../../language-model.ts';
import type { TaskOf, TaskResults } from '../messages.ts';
import { promptTokens } from '../prompt-tokens.ts';
import { TokenText } from '../token-text.ts';
import { checkFits, elapsed, type TaskAnswer, type TaskContext } from './task-context.ts';

/** Gives pieces as they come. @throws HypersceneError CONTEXT_FULL, BAD_ARGUMENT for a schema that no grammar can be made of, CANCELLED */
export const complete = async (
  task: TaskOf<'complete'>,
  context: TaskContext,
): Promise<TaskAnswer<TaskResults['complete']>> => {
  const started = performance.now();
  const { ids } = await promptTokens(context.model, task.prompt);
  // One is to be made at least.
  checkFits(ids.length + 1, context);
  const grammar = await grammarOf(task, context);
  const tokensMax = Math.min(task.tokensMax, context.context - ids.length);
  const { signal, alone, workspace } = context;
  return context.sequences.read(
    { workspace, tokens: ids },
    { signal, fromEmpty: alone },
    async ({ sequence, last, cached }) => {
      const text = new TokenText(context.model, context.firstRow, task.stop);
      let generated = 0;
      let promptTime = 0;
      const { LlamaGrammarEvaluationState, TokenBias } = await import('node-llama-cpp');
      const { temperature, topK, topP, minP, seed } = task;
      context.spent.add();
      const made: MadeToken[] | null = task.probabilities === true ? [] : null;
      // Asked for a confidence, the library lets the schema's grammar leave of the vocabulary what it allows before a token is chosen.
      const tokens = sequence.evaluateWithMetadata([last], made === null ? {} : { confidence: true }, {
        temperature,
        topK,
        topP,
        minP,
        seed,
        ...(grammar === null
          ? {}
          : { grammarEvaluationState: new LlamaGrammarEvaluationState({ model: context.model, grammar }) }),
        ...(task.never.length === 0
          ? {}
          : { tokenBias: TokenBias.for(context.model).set([...task.never] as Token[], 'never') }),
      });
      let reason: TaskResults['complete']['reason'] = 'end';
      for await (const { token, confidence } of tokens as AsyncIterable<Evaluated>) {
        if (generated === 0) promptTime = elapsed(started);
        checkCancelled({ signal });
        generated += 1;
        for (const piece of text.add(token)) context.give(piece);
        made?.push({ end: text.all.length, probability: confidence ?? Number.NaN });
        if (text.stopped) {
          reason = 'stop';
          break;
        }
        if (grammar !== null && isWholeJson(text.all)) break;
        if (generated >= tokensMax) {
          reason = 'length';
          break;
        }
      }
      for (const piece of text.end()) context.give(piece);
      // A stop text may be known only now that nothing more can lengthen another one.
      if (text.stopped) reason = 'stop';
      const time = elapsed(started);
      const usage = { prompt: ids.length, cached, generated, promptTime: generated === 0 ? time : promptTime, time };
      return { result: { reason, tokens: made }, usage };
    },
  );
};

/**
 * Behind its last bracket a schema's grammar allows white space without end, which small models go on with to the last token that they
 * are given.
 */
const isWholeJson = (text: string): boolean => {
  if (!text.endsWith('}') && !text.endsWith(']')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** What the library's types say of one that is asked for no confidence, or for one. */
interface Evaluated {
  readonly token: Token;
  readonly confidence?: number;
}

const grammarOf = async ({ schema }: TaskOf<'complete'>, { llama }: TaskContext): Promise<LlamaGrammar | null> => {
  if (schema === undefined) return null;
  try {
    // The library's type spells out what a schema may hold; what it cannot take it refuses.
    return await llama.createGrammarForJsonSchema(schema as Parameters<typeof llama.createGrammarForJsonSchema>[0]);
  } catch (error) {
    throw new HypersceneError('BAD_ARGUMENT', 'no grammar can be made of the schema', {
      came: error instanceof Error ? error.message : String(error),
    });
  }
};
