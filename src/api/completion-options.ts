import { HypersceneError } from '../errors.ts';
import type { CompleteOptions, JsonSchema } from '../model/language-model.ts';
import type { Sampling } from './generated/resolver-types.ts';

const COMPLETION_TOKENS_MAX = 4096;
const TEMPERATURE_MAX = 10;
const SEED_MAX = 2 ** 32 - 1;
const STOPS_MAX = 16;
/** UTF-16 code units. */
const STOP_LENGTH_MAX = 256;
const SCHEMA_LENGTH_MAX = 2 ** 16;

export interface CompletionArguments {
  readonly tokensMax: number;
  readonly sampling: Sampling;
  readonly stop: readonly string[];
  readonly schema?: string | null | undefined;
}

/** Checked before anything is read. @throws HypersceneError BAD_ARGUMENT */
export const completionOptions = ({ tokensMax, sampling, stop, schema }: CompletionArguments): CompleteOptions => {
  // What is left out has the schema's own defaults already; the generated types do not know.
  const { temperature = 0, topK = 0, topP = 1, minP = 0 } = sampling;
  const seed = sampling.seed ?? undefined;
  check('tokensMax', tokensMax, `1 to ${COMPLETION_TOKENS_MAX}`, tokensMax >= 1 && tokensMax <= COMPLETION_TOKENS_MAX);
  check('temperature', temperature, `0 to ${TEMPERATURE_MAX}`, temperature >= 0 && temperature <= TEMPERATURE_MAX);
  check('topK', topK, '0 or above', topK >= 0);
  check('topP', topP, 'above 0 to 1', topP > 0 && topP <= 1);
  check('minP', minP, '0 to 1', minP >= 0 && minP <= 1);
  const isSeed = seed === undefined || (Number.isInteger(seed) && seed >= 0 && seed <= SEED_MAX);
  check('seed', seed, `a whole number, 0 to ${SEED_MAX}`, isSeed);
  check('stop', `${stop.length} texts`, `at most ${STOPS_MAX} texts`, stop.length <= STOPS_MAX);
  for (const { length } of stop) {
    const isFit = length >= 1 && length <= STOP_LENGTH_MAX;
    check('stop', `${length} UTF-16 code units`, `1 to ${STOP_LENGTH_MAX} UTF-16 code units`, isFit);
  }
  return { tokensMax, temperature, topK, topP, minP, seed, stop, schema: schema ? jsonSchema(schema) : undefined };
};

const check = (argument: string, came: unknown, expected: string, isFit: boolean): void => {
  if (!isFit) throw new HypersceneError('BAD_ARGUMENT', `bad ${argument}`, { expected, came: String(came) });
};

const jsonSchema = (text: string): JsonSchema => {
  const parsed = text.length > SCHEMA_LENGTH_MAX ? null : parse(text);
  const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  check('schema', text.slice(0, 80), `an object of JSON, at most ${SCHEMA_LENGTH_MAX} UTF-16 code units`, isObject);
  return parsed as JsonSchema;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
