import type { LlamaModel, Token } from 'node-llama-cpp';
import { HypersceneError } from '../../errors.ts';
import type { IdPrompt } from './messages.ts';

/** A prompt as the model reads it. */
export interface PromptTokens {
  readonly ids: readonly Token[];
  /** Of each token the index of its segment; −1 for a mark of the beginning or of a template. */
  readonly segments: readonly number[];
}

/** Stands for the user's turn while a template is filled in: of the last private plane, so that no template holds it. */
const TURN = '\u{10FFFD}\u{10FFFC}\u{10FFFD}';

/** Tokens of the segments alone. Text is never parsed for special tokens, whatever it spells. */
export const segmentTokens = (model: LlamaModel, { segments }: IdPrompt): PromptTokens => {
  const ids: Token[] = [];
  const of: number[] = [];
  for (const [i, segment] of segments.entries()) {
    // A model that puts a space before a text does so once: what stands behind something else goes on in it.
    const tokens =
      segment.kind === 'id'
        ? [segment.id as Token]
        : model.tokenize(segment.text, false, ids.length === 0 ? undefined : 'trimLeadingSpace');
    for (const token of tokens) {
      ids.push(token);
      of.push(i);
    }
  }
  return { ids, segments: of };
};

/**
 * With the mark of the beginning where the model wants one, or the prompt would be empty; in form `chat` within the model's template.
 * @throws HypersceneError BAD_ARGUMENT where nothing is left to read
 */
export const promptTokens = async (model: LlamaModel, prompt: IdPrompt): Promise<PromptTokens> => {
  const inner = segmentTokens(model, prompt);
  const bos = model.tokens.bos;
  if (prompt.form === 'chat') {
    const [before, after] = await templateOf(model);
    return {
      ids: [...before, ...inner.ids, ...after],
      segments: [...before.map(() => -1), ...inner.segments, ...after.map(() => -1)],
    };
  }
  const begins = bos !== null && (model.tokens.shouldPrependBosToken || inner.ids.length === 0);
  const all = begins ? { ids: [bos, ...inner.ids], segments: [-1, ...inner.segments] } : inner;
  if (all.ids.length === 0)
    throw new HypersceneError('BAD_ARGUMENT', 'empty prompt', {
      expected: 'text or rows, since the model has no mark of the beginning',
    });
  return all;
};

/** What the model's own chat template puts before and after a user's turn. */
const templateOf = async (model: LlamaModel): Promise<readonly [readonly Token[], readonly Token[]]> => {
  const { LlamaText, resolveChatWrapper } = await import('node-llama-cpp');
  const { contextText } = resolveChatWrapper(model).generateContextState({
    chatHistory: [
      { type: 'user', text: TURN },
      { type: 'model', response: [] },
    ],
  });
  const { values } = contextText;
  const at = values.findIndex((value) => typeof value === 'string' && value.includes(TURN));
  const turn = values[at];
  if (typeof turn !== 'string')
    throw new HypersceneError('MODEL_UNAVAILABLE', "the model's chat template leaves out what it is given");
  const [before = '', after = ''] = turn.split(TURN);
  return [
    LlamaText([...values.slice(0, at), before]).tokenize(model.tokenizer),
    LlamaText([after, ...values.slice(at + 1)]).tokenize(model.tokenizer, 'trimLeadingSpace'),
  ];
};
