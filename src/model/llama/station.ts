import { HypersceneError } from '../../errors.ts';
import { FairQueue } from '../fair-queue.ts';
import { SHARED_CONTEXTS_MAX } from './limits.ts';
import type { IdPrompt, Loaded, Task, TaskPiece, TaskResults, TaskUsage } from './messages.ts';
import { chooseProcess, forget, NO_PREFIXES, type PrefixMemory, type RoutedPrompt, remember } from './routing.ts';
import type { SpawnedModel } from './spawn-model.ts';

/** How requests of one model file are dealt with. */
export interface StationOptions {
  /**
   * Checks that there is memory for it and starts it.
   * @param isFirst without it nothing can be done, so that others may be unloaded for it; a further one takes what is free
   * @throws HypersceneError MODEL_TOO_LARGE
   */
  readonly spawn: (isFirst: boolean) => SpawnedModel;
  /** It has no process, be it that the last was unloaded or that none can be started, and nobody waits for one. */
  readonly onUnloaded: () => void;
  readonly processesMax: number;
  /** Sequences of a process. */
  readonly slots: number;
  /** Requests that may wait. */
  readonly queueMax: number;
  /** Whether processes keep states of beginnings in files. */
  readonly keepsStates: boolean;
  /** ms for which a request may run. */
  readonly timeout: number;
  /** ms after which a process that has nothing to do ends. */
  readonly idle: number;
}

export interface StationRequest {
  readonly client: string;
  readonly workspace: string;
  readonly task: Task;
  readonly adapter: string | null;
  readonly alone: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onPiece?: ((piece: TaskPiece) => void) | undefined;
}

export interface StationAnswer {
  readonly result: TaskResults[Task['kind']];
  readonly usage: TaskUsage;
  /** ms. */
  readonly waited: number;
  readonly loaded: Loaded;
}

interface Entry {
  readonly request: StationRequest;
  readonly settle: PromiseWithResolvers<StationAnswer>;
  readonly since: number;
  /** It gave something out, which cannot be taken back. */
  hasGiven: boolean;
  /** Nobody waits for it any more. */
  isOver: boolean;
  /** Processes that ended while they had it. */
  crashes: number;
  /** Takes it out of wherever it is. */
  cancel: (error: HypersceneError) => void;
}

interface Running {
  readonly entry: Entry;
  timer: NodeJS.Timeout | undefined;
}

interface Standing {
  readonly model: SpawnedModel;
  state: 'starting' | 'ready' | 'stopping';
  loaded: Loaded | null;
  readonly running: Set<Running>;
  memory: PrefixMemory;
  /** Among all requests of the station. */
  lastUsed: number;
  /** Since when it has nothing to do, by `performance.now()`. */
  idleSince: number;
  idle: NodeJS.Timeout | undefined;
}

/** A process that has nothing to do. */
export interface IdleProcess {
  /** By `performance.now()`. */
  readonly since: number;
  unload(): void;
}

/** A request that has ended as many processes is not given to another; nor is one tried again that ended as often while it loaded. */
const CRASHES_MAX = 2;
/** ms after which a further process is tried again that did not come up, while another serves. */
const START_PAUSE = 30_000;

/**
 * The processes of one model file, and who waits for them. Requests wait here and not in a process, so that none is lost when one ends:
 * those that had given nothing out yet are run again. A further process is started when those that are there are full.
 */
export class Station {
  readonly #options: StationOptions;
  readonly #queue = new FairQueue<Entry>();
  readonly #processes = new Set<Standing>();
  #restarts = 0;
  #uses = 0;
  /** Processes that ended while they loaded, one after the other. */
  #crashedStarts = 0;
  /** By `performance.now()`. */
  #startsAgain = 0;
  #retired = false;
  #closed = false;

  constructor(options: StationOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** Processes that are there or come up: one that was ended has given its memory back before another has loaded. */
  get standing(): number {
    return [...this.#processes].filter(({ state }) => state !== 'stopping').length;
  }

  get restarts(): number {
    return this.#restarts;
  }

  get processes(): readonly Pick<Standing, 'model' | 'state' | 'running'>[] {
    return [...this.#processes];
  }

  /** @throws HypersceneError MODEL_BUSY, MODEL_TIMEOUT, MODEL_CRASHED, MODEL_UNAVAILABLE, MODEL_TOO_LARGE, CANCELLED, what the task throws */
  run(request: StationRequest): Promise<StationAnswer> {
    const settle = Promise.withResolvers<StationAnswer>();
    const { queueMax } = this.#options;
    if (this.#closed) throw new HypersceneError('CANCELLED', 'the model is closed');
    if (request.signal?.aborted) throw cancelled(request.signal);
    // Somebody does ask: the pack is again what it was.
    this.#retired = false;
    if (this.#queue.length >= queueMax)
      throw new HypersceneError('MODEL_BUSY', 'too many requests wait for the model', {
        expected: `at most ${queueMax}`,
        retryAfter: 1,
      });
    const entry: Entry = {
      request,
      settle,
      since: performance.now(),
      hasGiven: false,
      isOver: false,
      crashes: 0,
      cancel: (error) => this.#cancelWaiting(entry, error),
    };
    const onAbort = (): void => entry.cancel(cancelled(request.signal));
    request.signal?.addEventListener('abort', onAbort, { once: true });
    const forget = (): void => request.signal?.removeEventListener('abort', onAbort);
    settle.promise.then(forget, forget);
    this.#queue.add(request.client, entry);
    this.#dispatch();
    return settle.promise;
  }

  /** Those that may be ended, so that another model has room. */
  get idle(): readonly IdleProcess[] {
    if (this.#queue.length > 0) return [];
    return [...this.#processes]
      .filter(isIdle)
      .map((standing) => ({ since: standing.idleSince, unload: () => this.#end(standing) }));
  }

  /** Nobody is to ask for it any more: what it has is done, and each process is ended as soon as it has nothing to do. */
  retire(): void {
    this.#retired = true;
    this.#watchIdle();
    this.#tellUnloaded();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const error = new HypersceneError('CANCELLED', 'the model is closed');
    for (const entry of this.#queue.takeAll()) fail(entry, error);
    const all = [...this.#processes];
    for (const standing of all) {
      for (const { entry } of standing.running) fail(entry, error);
      this.#end(standing);
    }
    await Promise.all(all.map(({ model }) => model.ended));
  }

  #end(standing: Standing): void {
    standing.state = 'stopping';
    clearTimeout(standing.idle);
    standing.model.kill();
  }

  /** Hands out whatever may run now. */
  #dispatch(): void {
    for (let entry = this.#queue.peek(); entry !== undefined; entry = this.#queue.peek()) {
      const free = this.#free(entry);
      if (free === undefined) {
        this.#start();
        return;
      }
      this.#queue.take();
      this.#give(entry, free);
    }
    this.#watchIdle();
  }

  #cancelWaiting(entry: Entry, error: HypersceneError): void {
    this.#queue.remove(entry.request.client, entry);
    fail(entry, error);
    this.#dispatch();
  }

  #free({ request }: Entry): Standing | undefined {
    const able = [...this.#processes].filter((standing) => this.#canTake(standing, request));
    const ranked = able.map((standing) => ({
      standing,
      memory: standing.memory,
      running: standing.running.size,
      lastUsed: standing.lastUsed,
    }));
    return chooseProcess(ranked, routedPrompt(request))?.standing;
  }

  #canTake({ state, running }: Standing, request: StationRequest): boolean {
    if (state !== 'ready') return false;
    if (request.task.kind === 'count') return true;
    const others = [...running].map(({ entry }) => entry.request).filter(({ task }) => task.kind !== 'count');
    if (request.alone) return others.length === 0;
    if (others.some(({ alone }) => alone)) return false;
    if (others.length >= this.#options.slots) return false;
    const adapters = new Set([...others, request].map(({ adapter }) => adapter));
    return adapters.size <= SHARED_CONTEXTS_MAX;
  }

  #start(): void {
    const { processesMax, spawn } = this.#options;
    const isStarting = [...this.#processes].some(({ state }) => state === 'starting');
    if (this.#closed || isStarting || this.#processes.size >= processesMax) return;
    const isFirst = this.standing === 0;
    if (!isFirst && performance.now() < this.#startsAgain) return;
    let model: SpawnedModel;
    try {
      model = spawn(isFirst);
    } catch (error) {
      // With another process there is still one that can do it.
      if (isFirst) {
        this.#failAll(error);
        this.#tellUnloaded();
      }
      return;
    }
    const standing: Standing = {
      model,
      state: 'starting',
      loaded: null,
      running: new Set(),
      memory: NO_PREFIXES,
      lastUsed: 0,
      idleSince: performance.now(),
      idle: undefined,
    };
    this.#processes.add(standing);
    model.loaded.then(
      (loaded) => {
        standing.loaded = loaded;
        standing.state = 'ready';
        standing.idleSince = performance.now();
        this.#crashedStarts = 0;
        this.#dispatch();
      },
      (error: unknown) => this.#didNotLoad(standing, error),
    );
    void model.ended.then((printed) => this.#ended(standing, printed));
  }

  /** Who waits is told, unless another process serves or this one may come up the next time. */
  #didNotLoad(standing: Standing, error: unknown): void {
    const isCrash = error instanceof HypersceneError && error.code === 'MODEL_CRASHED';
    // It said so, and is no crash.
    if (!isCrash) standing.state = 'stopping';
    this.#crashedStarts += 1;
    this.#startsAgain = performance.now() + START_PAUSE;
    const hasOther = [...this.#processes].some((other) => other !== standing && other.state !== 'stopping');
    if (hasOther || (isCrash && this.#crashedStarts < CRASHES_MAX)) return;
    this.#crashedStarts = 0;
    this.#failAll(error);
  }

  #give(entry: Entry, standing: Standing): void {
    const { request, settle } = entry;
    const { task, adapter, alone, workspace } = request;
    const waited = performance.now() - entry.since;
    clearTimeout(standing.idle);
    standing.idle = undefined;
    this.#noteGiven(standing, request);
    const running: Running = { entry, timer: undefined };
    const over = (): void => {
      clearTimeout(running.timer);
      standing.running.delete(running);
      standing.idleSince = performance.now();
      this.#dispatch();
    };
    const stop = standing.model.run(
      { task, adapter, alone, workspace },
      {
        piece: (piece) => {
          entry.hasGiven = true;
          request.onPiece?.(piece);
        },
        done: (result, usage) => {
          entry.isOver = true;
          if (standing.loaded !== null) settle.resolve({ result, usage, waited, loaded: standing.loaded });
          over();
        },
        failed: (error) => {
          fail(entry, error);
          // Of one that was cancelled some is read.
          const prompt = promptOf(task);
          if (prompt !== null && error.code !== 'CANCELLED') standing.memory = forget(standing.memory, prompt);
          over();
        },
      },
    );
    standing.running.add(running);
    entry.cancel = (error) => {
      // Its slot is free once the process says so, and not before.
      fail(entry, error);
      stop();
    };
    const { timeout } = this.#options;
    running.timer = setTimeout(() => {
      entry.cancel(
        new HypersceneError('MODEL_TIMEOUT', 'the model took too long', { expected: `at most ${timeout / 1000} s` }),
      );
    }, timeout);
  }

  #noteGiven(standing: Standing, request: StationRequest): void {
    standing.lastUsed = ++this.#uses;
    const read = routedPrompt(request);
    if (read === null) return;
    const { slots, keepsStates } = this.#options;
    const prompts = [...standing.running].map(({ entry }) => promptOf(entry.request.task));
    const busy = new Set(prompts.filter((prompt) => prompt !== null));
    standing.memory = remember(standing.memory, read, { slots, keepsStates, busy });
  }

  /** A process is gone: what it had not begun to give out is run by another. */
  #ended(standing: Standing, printed: string): void {
    this.#processes.delete(standing);
    clearTimeout(standing.idle);
    const isCrash = standing.state !== 'stopping';
    if (isCrash) this.#restarts += 1;
    for (const { entry, timer } of [...standing.running].toReversed()) {
      clearTimeout(timer);
      // Cancelled or out of time: it may be that which the process did not obey, and was ended for.
      if (entry.isOver) continue;
      entry.crashes += 1;
      if (entry.hasGiven || entry.crashes >= CRASHES_MAX || this.#closed)
        fail(
          entry,
          new HypersceneError(
            'MODEL_CRASHED',
            'the process of the model ended',
            printed === '' ? {} : { came: printed },
          ),
        );
      else this.#putBack(entry);
    }
    this.#dispatch();
    if (!isCrash || this.#retired) this.#tellUnloaded();
  }

  #putBack(entry: Entry): void {
    entry.cancel = (error) => this.#cancelWaiting(entry, error);
    this.#queue.putBack(entry.request.client, entry);
  }

  #failAll(error: unknown): void {
    for (const entry of this.#queue.takeAll()) fail(entry, error);
  }

  #watchIdle(): void {
    for (const standing of [...this.#processes].filter(isIdle))
      if (this.#retired) this.#end(standing);
      else standing.idle ??= setTimeout(() => this.#end(standing), this.#options.idle).unref();
  }

  #tellUnloaded(): void {
    if (this.#processes.size === 0 && this.#queue.length === 0) this.#options.onUnloaded();
  }
}

const isIdle = ({ running, state }: Standing): boolean => running.size === 0 && state === 'ready';

const fail = (entry: Entry, error: unknown): void => {
  entry.isOver = true;
  entry.settle.reject(error);
};

const cancelled = (signal: AbortSignal | undefined): HypersceneError =>
  new HypersceneError('CANCELLED', 'cancelled', { cause: signal?.reason });

const promptOf = (task: Task): IdPrompt | null => (task.kind === 'count' || task.kind === 'embed' ? null : task.prompt);

/** How a cache takes part; null where none does: by itself it begins from an empty one, and embeddings have a context of their own. */
const routedPrompt = ({ task, adapter, alone, workspace }: StationRequest): RoutedPrompt | null => {
  const prompt = promptOf(task);
  return prompt === null || alone ? null : { prompt, adapter, workspace, reuses: task.kind !== 'score' };
};
