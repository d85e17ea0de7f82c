import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Llama, LlamaContextOptions, LlamaEmbeddingContext, LlamaModel } from 'node-llama-cpp';
import { HypersceneError, toErrorMessage } from '../../errors.ts';
import type { KvType } from '../language-model.ts';
import { SHARED_CONTEXTS_MAX } from './limits.ts';
import type { FromProcess, LoadOrder, Task, TaskResults, TaskUsage, ToProcess } from './messages.ts';
import { segmentTokens } from './prompt-tokens.ts';
import { openRuntime } from './runtime.ts';
import { Sequences } from './sequences.ts';
import { SpentSamplers } from './spent-samplers.ts';
import { complete } from './tasks/complete.ts';
import { embed } from './tasks/embed.ts';
import { predict } from './tasks/predict.ts';
import { score } from './tasks/score.ts';
import { elapsed, type TaskAnswer, type TaskContext } from './tasks/task-context.ts';

/** The program of a model's own process: what goes wrong in native code ends it, and not the service. See {@link ./spawn-model.ts}. */

const KV_GGML = { f16: 'F16', q8_0: 'Q8_0', q4_0: 'Q4_0' } as const satisfies Record<KvType, string>;

const ALONE = 'alone';
const SHARED = 'shared';
/** Of what kind, and the path of its adapter; none is empty. */
type ContextKey = `${typeof ALONE | typeof SHARED} ${string}`;

interface Context {
  readonly sequences: Sequences;
  /** Folder of its kept states, which are of its adapter alone; null where none are kept. */
  readonly states: string | null;
}

type RunOrder = Extract<ToProcess, { readonly type: 'run' }>;

class ModelProcess {
  readonly #llama: Llama;
  readonly #model: LlamaModel;
  readonly #order: LoadOrder;
  readonly #threads: number;
  readonly #contexts = new Map<ContextKey, Promise<Context>>();
  /** Requests that use a context or are about to. */
  readonly #users = new Map<ContextKey, number>();
  readonly #running = new Map<number, AbortController>();
  readonly #spent: SpentSamplers;
  #embedding: Promise<LlamaEmbeddingContext> | undefined;
  #contextCount = 0;

  private constructor(llama: Llama, model: LlamaModel, order: LoadOrder) {
    this.#llama = llama;
    this.#model = model;
    this.#order = order;
    this.#threads = order.threads;
    this.#spent = new SpentSamplers(order.firstRow, collector());
  }

  static async load(order: LoadOrder): Promise<ModelProcess> {
    const { path: modelPath, gpu } = order;
    const llama = await openRuntime({
      gpu,
      // What goes wrong in native code says why before the process ends.
      onMessage: (_, message) => void process.stderr.write(`${message}\n`),
    });
    const model = await llama.loadModel({ modelPath, ...(gpu === 'off' ? { gpuLayers: 0 } : {}) });
    const self = new ModelProcess(llama, model, order);
    // Most requests need it, and a model that is told to be ready should be.
    await self.#context(`${SHARED} `);
    return self;
  }

  get loaded(): Extract<FromProcess, { readonly type: 'loaded' }> {
    const gpu = this.#llama.gpu === false ? 'off' : this.#llama.gpu;
    return { type: 'loaded', loaded: { threads: this.#threads, gpu, bos: this.#model.tokens.bos !== null } };
  }

  cancel(id: number): void {
    this.#running.get(id)?.abort();
  }

  async run({ id, task, adapter, alone, workspace }: RunOrder): Promise<void> {
    const stopping = new AbortController();
    const key: ContextKey = `${alone ? ALONE : SHARED} ${adapter ?? ''}`;
    this.#running.set(id, stopping);
    this.#users.set(key, (this.#users.get(key) ?? 0) + 1);
    try {
      const { sequences } = await this.#context(key);
      const context: TaskContext = {
        llama: this.#llama,
        model: this.#model,
        sequences,
        spent: this.#spent,
        firstRow: this.#order.firstRow,
        context: this.#order.context,
        workspace,
        alone,
        signal: stopping.signal,
        give: (piece) => tell({ type: 'piece', id, piece }),
      };
      const { result, usage } = await this.#answer(task, context);
      tell({ type: 'done', id, result, usage });
    } catch (error) {
      tell({ type: 'failed', id, error: toErrorMessage(error) });
    } finally {
      this.#running.delete(id);
      this.#users.set(key, (this.#users.get(key) ?? 1) - 1);
      this.#spent.collect();
      tell({ type: 'memory', resident: process.memoryUsage.rss() });
    }
  }

  #answer(
    task: Task,
    context: TaskContext,
  ): Promise<TaskAnswer<TaskResults[Task['kind']]>> | TaskAnswer<TaskResults['count']> {
    switch (task.kind) {
      case 'complete':
        return complete(task, context);
      case 'predict':
        return predict(task, context);
      case 'score':
        return score(task, context);
      case 'embed':
        return this.#embed(task, context);
      case 'count':
        return this.#count(task.prompts);
      default:
        return task satisfies never;
    }
  }

  async #embed(
    task: Extract<Task, { kind: 'embed' }>,
    context: TaskContext,
  ): Promise<TaskAnswer<TaskResults['embed']>> {
    this.#embedding ??= this.#model.createEmbeddingContext({
      contextSize: this.#order.context,
      threads: this.#threads,
    });
    return embed(task, context, await this.#embedding);
  }

  #count(prompts: Extract<Task, { kind: 'count' }>['prompts']): TaskAnswer<TaskResults['count']> {
    const started = performance.now();
    const positions = Int32Array.from(prompts, (prompt) => segmentTokens(this.#model, prompt).ids.length);
    const usage: TaskUsage = { prompt: 0, cached: 0, generated: 0, promptTime: 0, time: elapsed(started) };
    return { result: { positions }, usage };
  }

  /** That of an adapter, or the one for what runs by itself. */
  #context(key: ContextKey): Promise<Context> {
    const made = this.#contexts.get(key) ?? this.#makeRoom(key).then(() => this.#create(key));
    // The longest unused come first.
    this.#contexts.delete(key);
    this.#contexts.set(key, made);
    made.catch(() => this.#contexts.delete(key));
    return made;
  }

  /** Ends the longest unused contexts of the same kind; who gives orders sees to it that there are such. */
  async #makeRoom(key: ContextKey): Promise<void> {
    const isAlone = key.startsWith(ALONE);
    const others = [...this.#contexts].filter(([other]) => other !== key && other.startsWith(ALONE) === isAlone);
    let surplus = others.length + 1 - (isAlone ? 1 : SHARED_CONTEXTS_MAX);
    for (const [other, standing] of others) {
      if (surplus <= 0) return;
      if ((this.#users.get(other) ?? 0) > 0) continue;
      surplus -= 1;
      this.#contexts.delete(other);
      const { sequences, states } = await standing;
      await sequences.context.dispose();
      if (states !== null) await rm(states, { recursive: true, force: true });
    }
  }

  async #create(key: ContextKey): Promise<Context> {
    const alone = key.startsWith(ALONE);
    const adapter = key.slice(key.indexOf(' ') + 1);
    const { context, slots, kv, prefixes } = this.#order;
    const quantized = kv.value !== 'f16';
    const options: LlamaContextOptions = {
      sequences: alone ? 1 : slots,
      contextSize: context,
      // All threads at any time, so that a request by itself always comes to the same.
      threads: { ideal: this.#threads, min: this.#threads },
      experimentalKvCacheKeyType: KV_GGML[kv.key],
      experimentalKvCacheValueType: KV_GGML[kv.value],
      // llama.cpp quantizes values only where attention is computed in one go.
      ...(quantized ? { flashAttention: true } : {}),
      ...(adapter === '' ? {} : { lora: { adapters: [{ filePath: adapter }] } }),
    };
    const created = await this.#model.createContext(options);
    if (alone) return { sequences: new Sequences(created, { folder: '', bytesMax: 0 }, this.#spent), states: null };
    const { folder, bytesMax } = prefixes;
    const states = join(folder, `${this.#contextCount++}`);
    await mkdir(states, { recursive: true });
    return { sequences: new Sequences(created, { folder: states, bytesMax }, this.#spent), states };
  }
}

/** {@link ./spawn-model.ts} starts the program with `--expose-gc`. */
const collector = (): (() => void) => {
  const { gc } = globalThis;
  if (gc === undefined) throw new HypersceneError('INTERNAL', 'the program of a model was started without --expose-gc');
  return () => void gc();
};

const tell = (message: FromProcess): void => {
  process.send?.(message);
};

let standing: Promise<ModelProcess> | undefined;

const load = (order: LoadOrder): void => {
  standing = ModelProcess.load(order);
  standing.then(
    ({ loaded }) => {
      tell(loaded);
      tell({ type: 'memory', resident: process.memoryUsage.rss() });
    },
    (error: unknown) => {
      const why = toErrorMessage(error);
      const told = error instanceof HypersceneError ? why : { ...why, code: 'MODEL_UNAVAILABLE' as const };
      tell({ type: 'unloadable', error: told });
    },
  );
};

const obey = async (message: ToProcess): Promise<void> => {
  switch (message.type) {
    case 'load':
      return load(message.order);
    case 'run':
      return (await standing)?.run(message);
    case 'cancel':
      return (await standing)?.cancel(message.id);
    default:
      return message satisfies never;
  }
};

process.on('message', (message: ToProcess) => void obey(message));
// The service ends it, or went: nobody is left to answer to.
process.on('disconnect', () => process.exit(0));
