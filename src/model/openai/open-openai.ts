import { HypersceneError } from '../../errors.ts';
import type {
  CompleteOptions,
  CompletionPiece,
  Embeddings,
  LanguageModel,
  ModelCall,
  ModelDescription,
  ModelStatus,
  PackSummary,
  Prediction,
  PredictOptions,
  Prompt,
  Provenance,
  RowTraining,
  Scores,
  Usage,
} from '../language-model.ts';
import { drawSeed, llamaSeed } from '../llama-seed.ts';
import type { RowKey } from '../row-key.ts';
import { readCompletion, type ServerUsage } from './completion-events.ts';
import {
  type AskedServer,
  countPositions,
  marksBeginning,
  type PlainPrompt,
  plainIds,
  userTurn,
} from './count-positions.ts';
import { missingScores, readEcho } from './echoed-scores.ts';
import { embeddingBatches, readEmbeddings } from './embedding-batches.ts';
import { ServerConnection } from './server-connection.ts';
import {
  kindOf,
  parseModels,
  type ServedModel,
  type ServerKind,
  samplingExtras,
  schemaFields,
  servedModel,
} from './server-kind.ts';
import { readEvents } from './sse-events.ts';
import { type Turn, Turns } from './turns.ts';

export interface OpenAiOptions {
  /** As OpenAI's clients take it, e.g. `http://127.0.0.1:8000/v1`; without a path `/v1` is meant. */
  readonly url: string;
  /** Null where the server asks for none. It stands in no error. */
  readonly key: string | null;
  /** Of the model, as the server calls it. */
  readonly name: string;
  /** Positions that prompt and answer have together. */
  readonly context: number;
  /** ms that the server may be silent, before its answer or within. */
  readonly timeout: number;
  /** Requests at once; 8 unless set. */
  readonly atOnce?: number | undefined;
  /** Those that may wait for one of these; 64 unless set. */
  readonly queueMax?: number | undefined;
  /** What the server is, where it does not tell by the owner of its models; found out unless set. */
  readonly kind?: ServerKind | undefined;
  /** Tries after the first; 4 unless set. */
  readonly retries?: number | undefined;
  /** ms before the second try at most, then twice as many each time; 500 unless set. */
  readonly retryBase?: number | undefined;
}

const AT_ONCE = 8;
const QUEUE_MAX = 64;
const RETRIES = 4;
const RETRY_BASE = 500;
/** Positions of a template at most that are reckoned with before tokens are counted. */
const TEMPLATE_MAX = 256;

/**
 * A model on a server that speaks OpenAI's API (vLLM, llama-server, llama-cpp-python, Ollama and others), for those whom one machine no
 * longer serves. It has the bare model: no packs, no rows; a prompt that holds a row is an error of the caller's.
 *
 * What hangs on the server: a seed is passed on, but whether the same comes of it is the server's to say, so that the batch of an answer
 * is `unknown`, whatever `reproducible` asked for. Text is plain whatever it spells on llama-server in the raw form; all others read what
 * spells a mark (`<|im_end|>`) as that mark. Fields beyond OpenAI's own (`top_k`, `min_p`) are left out once a server has refused them.
 * Where stop texts are given and the server does not tell whether one of them ended it, `stop` is told. Numbers of tokens that a server
 * does not tell are counted where it counts, else those made are the pieces that came, and those read 0.
 *
 * Retried is only what was not begun: a refused connection, 429, 502 and 503, as Retry-After says.
 * @throws HypersceneError BAD_CONFIG for an address that is none
 */
export const openOpenAi = (options: OpenAiOptions): LanguageModel => new OpenAiModel(options);

const serverUrl = (text: string): URL => {
  const url = URL.parse(text);
  const expected = 'an address like http://127.0.0.1:8000/v1, without a password';
  if (url === null || !/^https?:$/u.test(url.protocol) || url.username + url.password + url.search + url.hash !== '')
    throw new HypersceneError('BAD_CONFIG', "the address of the model's server cannot be used", { expected });
  if (url.pathname === '/') url.pathname = '/v1';
  return url;
};

/** Fields that a server may refuse for good without anything being wrong with them. */
const REFUSABLE = ['top_k', 'min_p', 'stream_options', 'max_tokens'];

type Body = Readonly<Record<string, unknown>>;

class OpenAiModel implements LanguageModel {
  readonly kind = 'openai';
  readonly #options: OpenAiOptions;
  readonly #connection: ServerConnection;
  readonly #turns: Turns;
  readonly #closing = new AbortController();
  readonly #refused = new Set<string>();
  #served: { readonly kind: ServerKind; readonly models: readonly ServedModel[] } | null = null;

  constructor(options: OpenAiOptions) {
    const { key, timeout, atOnce = AT_ONCE, queueMax = QUEUE_MAX, retries = RETRIES, retryBase = RETRY_BASE } = options;
    this.#options = options;
    this.#connection = new ServerConnection({ url: serverUrl(options.url), key, timeout, retries, retryBase });
    this.#turns = new Turns(atOnce, queueMax);
  }

  async describe(): Promise<ModelDescription> {
    const { name, context } = this.#options;
    const { kind, models } = await this.#serve(this.#closing.signal);
    const { max_model_len, meta } =
      models.length === 0 ? { max_model_len: null, meta: null } : servedModel(models, name, kind);
    const [parameters, bytes] = [meta?.n_params ?? null, meta?.size ?? null];
    const bits = parameters === null || bytes === null ? null : (bytes * 8) / parameters;
    return {
      name,
      sha256: null,
      architecture: null,
      parameters,
      activeParameters: null,
      weightBytes: bytes,
      quantization:
        typeof meta?.ftype === 'string' && bits !== null ? { type: meta.ftype, bitsPerParameter: bits } : null,
      layers: null,
      embeddingLength: meta?.n_embd ?? null,
      vocabulary: meta?.n_vocab ?? null,
      trainedContext: meta?.n_ctx_train ?? null,
      attention: null,
      experts: null,
      kv: null,
      context: Math.min(context, max_model_len ?? meta?.n_ctx ?? context),
      slots: null,
      gpu: null,
    };
  }

  async packs(): Promise<readonly PackSummary[]> {
    return [];
  }

  async rows(): Promise<ReadonlyMap<RowKey, RowTraining>> {
    return new Map<RowKey, RowTraining>();
  }

  async count(prompts: readonly Prompt[], call: ModelCall): Promise<readonly number[]> {
    const plain = prompts.map(plainPrompt);
    return this.#inTurn(call, async (server) => {
      const counts: number[] = [];
      for (const prompt of plain) counts.push(await countPositions(prompt, server));
      return counts;
    });
  }

  async *complete(
    prompt: Prompt,
    options: CompleteOptions,
    call: ModelCall,
  ): AsyncGenerator<CompletionPiece, void, undefined> {
    const plain = plainPrompt(prompt);
    const signal = this.#admit(call);
    const turn = await this.#turns.take(call.client, signal);
    try {
      const since = performance.now();
      const server = await this.#server(signal);
      const seed = options.temperature === 0 ? null : (options.seed ?? drawSeed());
      const path = plain.form === 'raw' ? '/completions' : '/chat/completions';
      const body = await this.#completionBody(plain, { ...options, seed: seed ?? undefined }, call, server);
      const { response, bytes } = await this.#ask(server, body, (asked) =>
        server.connection.stream({ path, body: asked, signal }),
      );
      const reading = readCompletion(readEvents(bytes), {
        stops: options.stop.length > 0,
        hide: server.connection.hide,
      });
      try {
        const type = response.headers['content-type'] ?? 'no type';
        if (!type.startsWith('text/event-stream'))
          throw new HypersceneError('MODEL_UNAVAILABLE', "the model's server does not stream", {
            expected: 'text/event-stream',
            came: type,
          });
        let first: number | null = null;
        for (;;) {
          const next = await reading.next();
          if (next.done !== true) {
            first ??= performance.now();
            yield { kind: 'text', text: next.value };
            continue;
          }
          const { reason, usage, promptTime, pieces } = next.value;
          const now = performance.now();
          const told = usage ?? (await this.#countedUsage(plain, pieces, server));
          const times = { waited: turn.waited, promptTime: promptTime ?? (first ?? now) - since, time: now - since };
          yield {
            kind: 'end',
            reason,
            tokens: null,
            usage: usageOf([told], times),
            provenance: this.#provenance(seed),
          };
          return;
        }
      } finally {
        response.destroy();
        await reading.return(NOT_ENDED);
      }
    } finally {
      turn.end();
    }
  }

  async predictNext(_prompt: Prompt, _options: PredictOptions, call: ModelCall): Promise<Prediction> {
    this.#admit(call);
    throw new HypersceneError('PACK_REQUIRED', 'no rows can be predicted by a server that has the bare model', {
      expected: 'a pack, and a model that runs in processes of this service',
    });
  }

  async score(prompt: Prompt, call: ModelCall): Promise<Scores> {
    const { text, form } = plainPrompt(prompt);
    if (form === 'chat')
      throw new HypersceneError('MODEL_UNAVAILABLE', "the model's server tells no probabilities of a chat's prompt", {
        expected: 'the raw form',
      });
    return this.#inTurn(call, async (server, turn) => {
      const since = performance.now();
      const times = () => ({
        waited: turn.waited,
        promptTime: performance.now() - since,
        time: performance.now() - since,
      });
      if (text === '') return { tokens: [], sum: 0, usage: usageOf([], times()), provenance: this.#provenance(null) };
      // It reads each value a position too late then (0.3.36).
      if (server.kind === 'llama-cpp-python' && !(await marksBeginning(server)))
        throw missingScores(
          "llama-cpp-python with a model that has no mark of the beginning, where they are the next position's",
        );
      const body = {
        model: this.#options.name,
        prompt: text,
        // 0 is no limit for llama-cpp-python.
        max_tokens: 1,
        temperature: 0,
        echo: true,
        logprobs: 1,
      };
      const answer = await this.#ask(server, body, (asked) =>
        server.connection.json({ path: '/completions', body: asked, signal: server.signal }),
      );
      const { tokens, usage } = readEcho(answer, textsOf(prompt));
      const sum = tokens.reduce((total, { logProbability }) => total + (logProbability ?? 0), 0);
      return { tokens, sum, usage: usageOf([usage], times()), provenance: this.#provenance(null) };
    });
  }

  async embed(prompts: readonly Prompt[], call: ModelCall): Promise<Embeddings> {
    const texts = prompts.map((prompt) => plainPrompt(prompt).text);
    return this.#inTurn(call, async ({ connection, signal }, turn) => {
      const since = performance.now();
      const vectors: Float32Array[] = [];
      const usages: ServerUsage[] = [];
      for (const batch of embeddingBatches(texts)) {
        const body = { model: this.#options.name, input: batch, encoding_format: 'float' };
        const answer = readEmbeddings(await connection.json({ path: '/embeddings', body, signal }), batch.length);
        vectors.push(...answer.vectors);
        if (answer.usage !== null) usages.push({ ...answer.usage, completion_tokens: 0 });
      }
      const time = performance.now() - since;
      const usage = usageOf(usages, { waited: turn.waited, promptTime: time, time });
      return { vectors, usage, provenance: this.#provenance(null) };
    });
  }

  status(): ModelStatus {
    const process = {
      model: this.#options.name,
      pack: null,
      state: this.#closing.signal.aborted ? 'stopping' : 'ready',
      pid: null,
      running: this.#turns.running,
      predictedBytes: 0,
      residentBytes: null,
      restarts: 0,
    } as const;
    return { processes: [process], waiting: this.#turns.waiting, restarts: 0 };
  }

  async close(): Promise<void> {
    this.#closing.abort();
  }

  /** What ends a call: the caller, or that this is closed. @throws HypersceneError PACK_NOT_FOUND */
  #admit({ pack, adapter, signal }: ModelCall): AbortSignal {
    const named = pack ?? (adapter === 'none' ? null : adapter);
    if (named !== null && named !== undefined)
      throw new HypersceneError('PACK_NOT_FOUND', `there is no pack ${JSON.stringify(named)}`, {
        expected: 'no pack: a server has the bare model; packs are read by one that runs in processes of this service',
      });
    return signal === undefined ? this.#closing.signal : AbortSignal.any([this.#closing.signal, signal]);
  }

  async #inTurn<T>(call: ModelCall, work: (server: AskedServer, turn: Turn) => Promise<T>): Promise<T> {
    const signal = this.#admit(call);
    const turn = await this.#turns.take(call.client, signal);
    try {
      return await work(await this.#server(signal), turn);
    } finally {
      turn.end();
    }
  }

  async #server(signal: AbortSignal): Promise<AskedServer> {
    const { kind } = await this.#serve(signal);
    return { connection: this.#connection, kind, name: this.#options.name, signal };
  }

  /** What the server is and has; asked once. One without a list of models may still answer. */
  async #serve(signal: AbortSignal) {
    if (this.#served !== null) return this.#served;
    const { kind } = this.#options;
    const answer = await this.#connection.json({ path: '/models', signal }).catch((error: unknown) => {
      if (error instanceof HypersceneError && MISSING.test(error.details.came ?? '')) return { data: [] };
      throw error;
    });
    const models = parseModels(answer);
    this.#served = { kind: kind ?? kindOf(models), models };
    return this.#served;
  }

  async #completionBody(
    { text, form }: PlainPrompt,
    options: CompleteOptions,
    { reproducible }: ModelCall,
    server: AskedServer,
  ): Promise<Body> {
    const { kind } = server;
    const { temperature, topP, seed, stop, schema } = options;
    const ids = kind === 'llama-server' && form === 'raw' ? await plainIds(text, server) : [];
    return {
      model: this.#options.name,
      ...(form === 'chat' ? { messages: userTurn(text) } : { prompt: ids.length > 0 ? ids : text }),
      max_tokens: await this.#tokensMax({ text, form }, options.tokensMax, server),
      temperature,
      top_p: topP,
      ...samplingExtras(kind, options),
      ...(seed === undefined ? {} : { seed: llamaSeed(seed) }),
      ...(stop.length === 0 ? {} : { stop }),
      ...(schema === undefined ? {} : schemaFields(kind, form, schema)),
      ...(reproducible && kind === 'llama-server' ? { cache_prompt: false } : {}),
      stream: true,
      stream_options: { include_usage: true },
    };
  }

  /**
   * What may be made, where it takes more than the server's own judgement: vLLM refuses what might go beyond the context, where others
   * make what fits, and llama-cpp-python breaks off its answer to a prompt that is too long. In doubt it is counted.
   */
  async #tokensMax({ text, form }: PlainPrompt, tokensMax: number, server: AskedServer): Promise<number> {
    const { context } = this.#options;
    const most = Math.min(tokensMax, context);
    const judges = server.kind === 'llama-server' || server.kind === 'other';
    // A token is a byte at least.
    if (judges || Buffer.byteLength(text) + TEMPLATE_MAX + most <= context) return most;
    // Of a chat llama-cpp-python counts the text alone.
    const counted = { text, form: server.kind === 'vllm' ? form : 'raw' } as const;
    const positions = (await countPositions(counted, server)) + 1;
    if (positions < context) return Math.min(most, context - positions);
    throw new HypersceneError('CONTEXT_FULL', 'the prompt does not fit the context', {
      expected: `fewer than ${context} positions`,
      came: String(positions),
    });
  }

  /** Asks again without a field that this server does not know, and never with it again. */
  async #ask<T>({ kind }: AskedServer, body: Body, send: (body: Body) => Promise<T>): Promise<T> {
    for (;;) {
      const asked = this.#withoutRefused(body);
      try {
        return await send(asked);
      } catch (error) {
        const field = kind === 'other' ? refusedField(error, asked) : undefined;
        if (field === undefined) throw error;
        this.#refused.add(field);
      }
    }
  }

  #withoutRefused(body: Body): Body {
    const left = Object.entries(body).filter(([field]) => !this.#refused.has(field));
    // The newer name, which OpenAI's later models want and older servers do not know.
    const renamed = this.#refused.has('max_tokens') ? { max_completion_tokens: body['max_tokens'] } : {};
    return { ...Object.fromEntries(left), ...renamed };
  }

  async #countedUsage(prompt: PlainPrompt, pieces: number, server: AskedServer): Promise<ServerUsage> {
    const counted = await countPositions(prompt, server).catch((error: unknown) => {
      if (error instanceof HypersceneError && error.code === 'MODEL_UNAVAILABLE') return 0;
      throw error;
    });
    return { prompt_tokens: counted, completion_tokens: pieces };
  }

  #provenance(seed: number | null): Provenance {
    const model = { name: this.#options.name, sha256: null };
    return { model, pack: null, adapter: null, seed, slots: null, batch: 'unknown', threads: null, kv: null };
  }
}

const MISSING = /^status (?:404|405|501)\b/u;
/** A reading that is left gives it back to nobody. */
const NOT_ENDED = { reason: 'end', usage: null, promptTime: null, pieces: 0 } as const;

const refusedField = (error: unknown, body: Body): string | undefined => {
  if (!(error instanceof HypersceneError) || error.code !== 'BAD_ARGUMENT') return undefined;
  const said = error.details.came ?? '';
  return REFUSABLE.find((field) => {
    if (!Object.hasOwn(body, field)) return false;
    return said.includes(field === 'max_tokens' ? 'max_completion_tokens' : field);
  });
};

/** @throws HypersceneError INTERNAL for a row: whoever asks writes a hyperlexeme where `rows` has none */
const textsOf = ({ segments }: Prompt): readonly string[] =>
  segments.map((segment) => {
    if (segment.kind === 'text') return segment.text;
    throw new HypersceneError('INTERNAL', 'a server with the bare model was given a row', { came: segment.row });
  });

const plainPrompt = (prompt: Prompt): PlainPrompt => ({ text: textsOf(prompt).join(''), form: prompt.form });

const usageOf = (told: readonly ServerUsage[], times: Pick<Usage, 'waited' | 'promptTime' | 'time'>): Usage => {
  const sum = (of: (usage: ServerUsage) => number | null | undefined): number =>
    told.reduce((total, usage) => total + (of(usage) ?? 0), 0);
  return {
    prompt: sum((usage) => usage.prompt_tokens),
    cached: sum((usage) => usage.prompt_tokens_details?.cached_tokens),
    generated: sum((usage) => usage.completion_tokens),
    ...times,
  };
};
