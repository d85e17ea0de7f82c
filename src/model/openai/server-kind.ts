import { z } from 'zod';
import { HypersceneError } from '../../errors.ts';
import type { CompleteOptions, JsonSchema } from '../language-model.ts';

/** Programs that go beyond OpenAI's own API, each in its way. */
export const SERVER_KINDS = ['llama-server', 'vllm', 'llama-cpp-python', 'other'] as const;
export type ServerKind = (typeof SERVER_KINDS)[number];

const MODEL = z.object({
  id: z.string(),
  owned_by: z.string().nullish(),
  max_model_len: z.number().nullish(),
  meta: z
    .object({
      n_params: z.number().nullish(),
      n_vocab: z.number().nullish(),
      n_embd: z.number().nullish(),
      n_ctx: z.number().nullish(),
      n_ctx_train: z.number().nullish(),
      size: z.number().nullish(),
      ftype: z.string().nullish(),
    })
    .nullish(),
});
export type ServedModel = z.output<typeof MODEL>;

const LIST = z.object({ data: z.array(MODEL) });

/** The models of an answer of `/models`. @throws HypersceneError MODEL_UNAVAILABLE for what is no such answer */
export const parseModels = (answer: unknown): readonly ServedModel[] => {
  const list = LIST.safeParse(answer);
  if (list.success) return list.data.data;
  throw new HypersceneError('MODEL_UNAVAILABLE', "what answers is no model's server", {
    expected: 'a list of models at /models',
    cause: list.error,
  });
};

/** By the owner that each of these programs puts beside its models; Ollama, SGLang and OpenAI itself are among the others. */
export const kindOf = (models: readonly ServedModel[]): ServerKind => {
  switch (models[0]?.owned_by) {
    case 'llamacpp':
      return 'llama-server';
    case 'vllm':
      return 'vllm';
    case 'me':
      return 'llama-cpp-python';
    default:
      return 'other';
  }
};

/** These two answer with what they have, whatever name is asked for. */
const answersAnyName = (kind: ServerKind): boolean => kind === 'llama-server' || kind === 'llama-cpp-python';

const NAMED_MAX = 5;

/** The one of that name. Ollama's names have a tag, which may be left out. @throws HypersceneError MODEL_NOT_FOUND */
export const servedModel = (models: readonly ServedModel[], name: string, kind: ServerKind): ServedModel => {
  const [only] = models;
  const found = models.find(({ id }) => id === name || id === `${name}:latest`);
  if (found !== undefined) return found;
  if (only !== undefined && models.length === 1 && answersAnyName(kind)) return only;
  const others = models.length > NAMED_MAX ? ` and ${models.length - NAMED_MAX} others` : '';
  const names = models.slice(0, NAMED_MAX).map(({ id }) => JSON.stringify(id));
  throw new HypersceneError('MODEL_NOT_FOUND', `the model's server has no model ${JSON.stringify(name)}`, {
    expected: names.length === 0 ? 'a server that has models' : names.join(', ') + others,
  });
};

/** What a kind takes beside OpenAI's own fields. Penalties, which a server may be set to, are switched off: they are no one's wish. */
export const samplingExtras = (kind: ServerKind, { topK, minP }: CompleteOptions): Readonly<Record<string, number>> => {
  switch (kind) {
    case 'llama-server':
    case 'llama-cpp-python':
      // The latter's penalty is 1.1 unless set.
      return { top_k: topK, min_p: minP, repeat_penalty: 1 };
    case 'vllm':
      return { top_k: topK === 0 ? -1 : topK, min_p: minP, repetition_penalty: 1 };
    case 'other':
      return { ...(topK === 0 ? {} : { top_k: topK }), ...(minP === 0 ? {} : { min_p: minP }) };
  }
};

/** How a kind is told a schema. @throws HypersceneError MODEL_UNAVAILABLE where it would be passed over in silence */
export const schemaFields = (kind: ServerKind, form: 'raw' | 'chat', schema: JsonSchema): Record<string, unknown> => {
  const standard = { response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } } };
  switch (kind) {
    case 'llama-server':
      return form === 'chat' ? standard : { json_schema: schema };
    case 'vllm':
      // After a bare text older ones pass over a response's format; each version takes one of these names and passes over the other.
      return form === 'chat' ? standard : { structured_outputs: { json: schema }, guided_json: schema };
    case 'llama-cpp-python':
      if (form === 'chat') return { response_format: { type: 'json_object', schema } };
      break;
    case 'other':
      if (form === 'chat') return standard;
      break;
  }
  throw new HypersceneError('MODEL_UNAVAILABLE', "the model's server knows no schema of an answer to a bare text", {
    expected: 'the form of a chat, or llama-server or vLLM',
    came: kind,
  });
};
