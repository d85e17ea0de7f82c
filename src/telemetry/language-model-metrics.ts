import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { ErrorCode } from '../errors.ts';
import type { LanguageModel, ModelStatus } from '../model/language-model.ts';

/** By OpenTelemetry's conventions where they have a word for it; `predict_next`, `score` and `count` they have none for. */
export type ModelOperation = 'chat' | 'text_completion' | 'embeddings' | 'predict_next' | 'score' | 'count';

/** One call of a language model that is over. Times in seconds. */
export interface LanguageModelCall {
  readonly operation: ModelOperation;
  readonly provider: ProviderName;
  /** Null where it ended well. */
  readonly error: ErrorCode | null;
  readonly seconds: number;
  /** To the first piece of a completion; null where none came. */
  readonly firstChunk: number | null;
  /** Null where it did not end well, or is not told. */
  readonly usage: CallUsage | null;
}

export interface CallUsage {
  /** Positions of the prompt. */
  readonly prompt: number;
  /** Those of them that were not read again. */
  readonly cached: number;
  readonly generated: number;
  /** s. */
  readonly waited: number;
}

export type ProviderName = 'llama.cpp' | 'openai';

/** As OpenTelemetry's conventions call whoever runs a model: a server is known by the API that it speaks alone. */
export const providerOf = (kind: LanguageModel['kind']): ProviderName => (kind === 'llama' ? 'llama.cpp' : 'openai');

export interface LanguageModelMetrics {
  languageModelCall(call: LanguageModelCall): void;
  /** Asked at each scrape. */
  watchLanguageModel(status: () => ModelStatus): void;
}

/** As the conventions advise them. */
const DURATION_SECONDS = Array.from({ length: 14 }, (_, i) => 2 ** i / 100);
const FIRST_CHUNK_SECONDS = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const TOKENS = Array.from({ length: 14 }, (_, i) => 4 ** i);

const OPERATION = ['gen_ai_operation_name', 'gen_ai_provider_name'] as const;

/**
 * The names are those of OpenTelemetry's conventions for generative models, as Prometheus writes them. Models have no label: an
 * installation has one, and which pack was used a trace tells.
 */
export const languageModelMetrics = (registry: Registry): LanguageModelMetrics => {
  const registers = [registry];
  const durations = new Histogram({
    name: 'gen_ai_client_operation_duration_seconds',
    help: 'Time of a call to the language model, the wait for its turn included. Of a failed one error_type is the code.',
    labelNames: [...OPERATION, 'error_type'],
    buckets: DURATION_SECONDS,
    registers,
  });
  const firstChunks = new Histogram({
    name: 'gen_ai_client_operation_time_to_first_chunk_seconds',
    help: 'Time from the call of a completion to its first piece, the wait for its turn included.',
    labelNames: OPERATION,
    buckets: FIRST_CHUNK_SECONDS,
    registers,
  });
  const tokens = new Histogram({
    name: 'gen_ai_client_token_usage',
    help: 'Positions of prompts (input), those that stood in a cache included, and tokens that were made (output), by call.',
    labelNames: [...OPERATION, 'gen_ai_token_type'],
    buckets: TOKENS,
    registers,
  });
  const waits = new Histogram({
    name: 'hyperscene_language_model_wait_duration_seconds',
    help: 'Time that a call to the language model waited for its turn.',
    labelNames: OPERATION,
    buckets: DURATION_SECONDS,
    registers,
  });
  const cached = new Counter({
    name: 'hyperscene_language_model_cached_positions_total',
    help: 'Positions of prompts that stood in a cache and were not read again.',
    labelNames: OPERATION,
    registers,
  });
  return {
    languageModelCall: ({ operation, provider, error, seconds, firstChunk, usage }) => {
      const labels = { gen_ai_operation_name: operation, gen_ai_provider_name: provider };
      durations.observe(error === null ? labels : { ...labels, error_type: error }, seconds);
      if (firstChunk !== null) firstChunks.observe(labels, firstChunk);
      if (usage === null) return;
      tokens.observe({ ...labels, gen_ai_token_type: 'input' }, usage.prompt);
      if (operation === 'chat' || operation === 'text_completion')
        tokens.observe({ ...labels, gen_ai_token_type: 'output' }, usage.generated);
      waits.observe(labels, usage.waited);
      cached.inc(labels, usage.cached);
    },
    watchLanguageModel: (status) => addStatusGauges(registers, status),
  };
};

const addStatusGauges = (registers: Registry[], status: () => ModelStatus): void => {
  const gauge = (name: string, help: string, of: (status: ModelStatus) => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(of(status()));
      },
    });
  };
  new Gauge({
    name: 'hyperscene_language_model_processes',
    help: 'Processes of language models, by state. One that is loaded is ready.',
    labelNames: ['state'],
    registers,
    collect() {
      const { processes } = status();
      for (const state of ['starting', 'ready', 'stopping'] as const)
        this.set({ state }, processes.filter((one) => one.state === state).length);
    },
  });
  gauge('hyperscene_language_model_requests_waiting', 'Requests that wait for their turn.', ({ waiting }) => waiting);
  gauge('hyperscene_language_model_requests_running', 'Requests that a language model works on.', ({ processes }) =>
    processes.reduce((sum, { running }) => sum + running, 0),
  );
  gauge(
    'hyperscene_language_model_resident_bytes',
    'Memory that the processes of language models take, as they told last.',
    ({ processes }) => processes.reduce((sum, { residentBytes }) => sum + (residentBytes ?? 0), 0),
  );
  gauge(
    'hyperscene_language_model_predicted_bytes',
    'Memory that the processes of language models are reckoned to take.',
    ({ processes }) => processes.reduce((sum, { predictedBytes }) => sum + predictedBytes, 0),
  );
  new Counter({
    name: 'hyperscene_language_model_restarts_total',
    help: 'Processes of language models that ended by themselves.',
    registers,
    collect() {
      // What is counted elsewhere cannot be set.
      this.reset();
      this.inc(status().restarts);
    },
  });
};
