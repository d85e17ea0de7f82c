import { type ErrorCode, HypersceneError } from '../errors.ts';
import type {
  CompleteOptions,
  CompletionPiece,
  LanguageModel,
  ModelCall,
  Prompt,
  Provenance,
  Usage,
} from '../model/language-model.ts';
import { type CallUsage, type ModelOperation, providerOf } from './language-model-metrics.ts';
import type { Telemetry } from './telemetry.ts';
import type { OpenSpan, SpanAttributes } from './tracing.ts';

/** The same model, each call of which is measured and traced. @returns the model itself where nothing is */
export const observeLanguageModel = (model: LanguageModel, telemetry: Telemetry): LanguageModel => {
  if (telemetry.metrics === null && telemetry.tracing === null) return model;
  telemetry.metrics?.watchLanguageModel(() => model.status());
  const watch = (operation: ModelOperation, asked: SpanAttributes = {}): CallWatch =>
    watchCall({ telemetry, kind: model.kind }, operation, asked);
  return {
    kind: model.kind,
    describe: () => model.describe(),
    packs: () => model.packs(),
    rows: (pack, keys) => model.rows(pack, keys),
    count: (prompts, call) => watch('count', { [PROMPTS]: prompts.length }).answer(() => model.count(prompts, call)),
    complete: (prompt, options, call) => observeCompletion(model, watch, { prompt, options, call }),
    predictNext: (prompt, options, call) =>
      watch('predict_next').answer(() => model.predictNext(prompt, options, call), told),
    score: (prompt, call) => watch('score').answer(() => model.score(prompt, call), told),
    embed: (prompts, call) =>
      watch('embeddings', { [PROMPTS]: prompts.length }).answer(() => model.embed(prompts, call), told),
    status: () => model.status(),
    close: () => model.close(),
  };
};

const PROMPTS = 'hyperscene.model.prompts';

interface Told {
  readonly usage: Usage;
  readonly provenance: Provenance;
  readonly reason?: string;
}
const told = (answer: Told): Told => answer;

interface CallWatch {
  run<T>(work: () => T): T;
  /** The first piece came. */
  first(): void;
  end(answer: Told | null, error?: unknown): void;
  /** All of a call that gives one answer. */
  answer<T>(work: () => Promise<T>, toldBy?: (answer: T) => Told): Promise<T>;
}

/** s. */
const since = (start: number): number => (performance.now() - start) / 1000;

const watchCall = (
  { telemetry: { metrics, tracing }, kind }: { readonly telemetry: Telemetry; readonly kind: LanguageModel['kind'] },
  operation: ModelOperation,
  asked: SpanAttributes,
): CallWatch => {
  const start = performance.now();
  const provider = providerOf(kind);
  const span: OpenSpan | undefined = tracing?.start(`model ${operation}`, kind === 'llama' ? 'internal' : 'client', {
    'gen_ai.operation.name': operation,
    'gen_ai.provider.name': provider,
    ...asked,
  });
  let firstChunk: number | null = null;
  const self: CallWatch = {
    run: (work) => (span === undefined ? work() : span.run(work)),
    first: () => {
      firstChunk ??= since(start);
    },
    end: (answer, failure) => {
      const error = failure === undefined ? null : codeOf(failure);
      const usage = answer && usageOf(answer.usage);
      metrics?.languageModelCall({ operation, provider, error, seconds: since(start), firstChunk, usage });
      if (answer !== null) span?.set(attributesOf(answer));
      if (firstChunk !== null) span?.set({ 'gen_ai.response.time_to_first_chunk': firstChunk });
      if (error !== null) span?.fail(error);
      span?.end();
    },
    answer: async (work, toldBy) => {
      try {
        const result = await self.run(work);
        self.end(toldBy?.(result) ?? null);
        return result;
      } catch (error) {
        self.end(null, error);
        throw error;
      }
    },
  };
  return self;
};

interface AskedCompletion {
  readonly prompt: Prompt;
  readonly options: CompleteOptions;
  readonly call: ModelCall;
}

/** From the first piece that is wanted to the end; who stops taking cancels it. */
async function* observeCompletion(
  model: LanguageModel,
  watch: (operation: ModelOperation, asked: SpanAttributes) => CallWatch,
  { prompt, options, call }: AskedCompletion,
): AsyncGenerator<CompletionPiece, void, undefined> {
  const watched = watch(prompt.form === 'chat' ? 'chat' : 'text_completion', samplingOf(options));
  const pieces = watched.run(() => model.complete(prompt, options, call))[Symbol.asyncIterator]();
  let answer: Told | null = null;
  let failure: unknown = new HypersceneError('CANCELLED', 'nobody takes the rest');
  try {
    while (true) {
      const { done, value } = await watched.run(() => pieces.next());
      if (done) break;
      if (value.kind === 'end') answer = value;
      else watched.first();
      yield value;
    }
    failure = undefined;
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    await pieces.return?.();
    watched.end(answer, answer === null ? failure : undefined);
  }
}

/** Numbers alone: stop texts and schemas are what a client wrote. */
const samplingOf = ({ tokensMax, temperature, topK, topP, seed }: CompleteOptions): SpanAttributes => ({
  'gen_ai.request.max_tokens': tokensMax,
  'gen_ai.request.temperature': temperature,
  'gen_ai.request.top_k': topK,
  'gen_ai.request.top_p': topP,
  ...(seed === undefined ? {} : { 'gen_ai.request.seed': seed }),
});

const usageOf = ({ prompt, cached, generated, waited }: Usage): CallUsage => ({
  prompt,
  cached,
  generated,
  waited: waited / 1000,
});

/** Names of packs are those of folders that are there, not of what was asked for. */
const attributesOf = ({ usage, provenance: { model, pack, adapter, batch }, reason }: Told): SpanAttributes => ({
  'gen_ai.response.model': model.name,
  'gen_ai.usage.input_tokens': usage.prompt,
  'gen_ai.usage.cache_read.input_tokens': usage.cached,
  'gen_ai.usage.output_tokens': usage.generated,
  'hyperscene.model.waited': usage.waited / 1000,
  'hyperscene.model.batch': batch,
  ...(model.sha256 === null ? {} : { 'hyperscene.model.sha256': model.sha256 }),
  ...(pack === null ? {} : { 'hyperscene.pack.name': pack.name, 'hyperscene.pack.sha256': pack.sha256 }),
  ...(adapter === null ? {} : { 'hyperscene.adapter.name': adapter.name }),
  ...(reason === undefined ? {} : { 'gen_ai.response.finish_reasons': [reason] }),
});

const codeOf = (error: unknown): ErrorCode => (error instanceof HypersceneError ? error.code : 'INTERNAL');
