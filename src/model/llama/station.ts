import { HypersceneError } from '../../errors.ts';
import { FairQueue } from '../fair-queue.ts';
import { SHARED_CONTEXTS_MAX } from './limits.ts';
import type { IdPrompt, Loaded, Task, TaskPiece, TaskResults, TaskUsage } from './messages.ts';
import type { SpawnedModel } from './spawn-model.ts';

/** How requests of one model file are dealt with. */
export interface StationOptions {
  /** Checks that there is memory for it and starts it. @throws HypersceneError MODEL_TOO_LARGE */
  readonly spawn: () => SpawnedModel;
  readonly processesMax: number;
  /** Sequences of a process. */
  readonly slots: number;
  /** Requests that may wait. */
  readonly queueMax: number;
  /** ms for which a request may run. */
  readonly timeout: number;
  /** ms after which a process that has nothing to do ends. */
  readonly idle: number;
}

export interface StationRequest {
  readonly client: string;
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
  /** Prompts that it has read last, whose states its sequences hold; the latest last. */
  recent: readonly IdPrompt[];
  idle: NodeJS.Timeout | undefined;
}

/** A request that has ended as many processes is not given to another. */
const CRASHES_MAX = 2;

/**
 * The processes of one model file, and who waits for them. Requests wait here and not in a process, so that none is lost when one ends:
 * those that had given nothing out yet are run again.
 */
export class Station {
  readonly #options: StationOptions;
  readonly #queue = new FairQueue<Entry>();
  readonly #processes = new Set<Standing>();
  #restarts = 0;
  #closed = false;

  constructor(options: StationOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** Processes that are there or come up. */
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
      crashes: 0,
      cancel: (error) => {
        this.#queue.remove(request.client, entry);
        settle.reject(error);
        this.#dispatch();
      },
    };
    const onAbort = (): void => entry.cancel(cancelled(request.signal));
    request.signal?.addEventListener('abort', onAbort, { once: true });
    const forget = (): void => request.signal?.removeEventListener('abort', onAbort);
    settle.promise.then(forget, forget);
    this.#queue.add(request.client, entry);
    this.#dispatch();
    return settle.promise;
  }

  /** Ends processes that have nothing to do, so that another model has room. @returns whether there was any */
  unloadIdle(): boolean {
    const idle = [...this.#processes].filter(({ running, state }) => running.size === 0 && state === 'ready');
    if (this.#queue.length > 0) return false;
    for (const standing of idle) this.#end(standing);
    return idle.length > 0;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const error = new HypersceneError('CANCELLED', 'the model is closed');
    for (const entry of this.#queue.takeAll()) entry.settle.reject(error);
    const all = [...this.#processes];
    for (const standing of all) {
      for (const { entry } of standing.running) entry.settle.reject(error);
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

  /** That process which can take it and has read most of the beginning of its prompt, or else has least to do. */
  #free({ request }: Entry): Standing | undefined {
    const able = [...this.#processes].filter((standing) => this.#canTake(standing, request));
    const ranked = able.map((standing) => ({
      standing,
      shared: Math.max(0, ...standing.recent.map((prompt) => sharedBeginning(prompt, promptOf(request.task)))),
    }));
    ranked.sort((a, b) => b.shared - a.shared || a.standing.running.size - b.standing.running.size);
    return ranked[0]?.standing;
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
    let model: SpawnedModel;
    try {
      model = spawn();
    } catch (error) {
      // With another process there is still one that can do it.
      if (this.#processes.size === 0) this.#failAll(error);
      return;
    }
    const standing: Standing = {
      model,
      state: 'starting',
      loaded: null,
      running: new Set(),
      recent: [],
      idle: undefined,
    };
    this.#processes.add(standing);
    model.loaded.then(
      (loaded) => {
        standing.loaded = loaded;
        standing.state = 'ready';
        this.#dispatch();
      },
      (error: unknown) => this.#failAll(error),
    );
    void model.ended.then((printed) => this.#ended(standing, printed));
  }

  #give(entry: Entry, standing: Standing): void {
    const { request, settle } = entry;
    const { task, adapter, alone } = request;
    const waited = performance.now() - entry.since;
    clearTimeout(standing.idle);
    standing.idle = undefined;
    const prompt = promptOf(task);
    if (prompt !== null)
      standing.recent = [...standing.recent.filter((each) => each !== prompt), prompt].slice(-this.#options.slots);
    const running: Running = { entry, timer: undefined };
    const over = (): void => {
      clearTimeout(running.timer);
      standing.running.delete(running);
      this.#dispatch();
    };
    const stop = standing.model.run(
      { task, adapter, alone },
      {
        piece: (piece) => {
          entry.hasGiven = true;
          request.onPiece?.(piece);
        },
        done: (result, usage) => {
          if (standing.loaded !== null) settle.resolve({ result, usage, waited, loaded: standing.loaded });
          over();
        },
        failed: (error) => {
          settle.reject(error);
          over();
        },
      },
    );
    standing.running.add(running);
    entry.cancel = (error) => {
      // Its slot is free once the process says so, and not before.
      settle.reject(error);
      stop();
    };
    const { timeout } = this.#options;
    running.timer = setTimeout(() => {
      entry.cancel(
        new HypersceneError('MODEL_TIMEOUT', 'the model took too long', { expected: `at most ${timeout / 1000} s` }),
      );
    }, timeout);
  }

  /** A process is gone: what it had not begun to give out is run by another. */
  #ended(standing: Standing, printed: string): void {
    this.#processes.delete(standing);
    clearTimeout(standing.idle);
    if (standing.state !== 'stopping') this.#restarts += 1;
    for (const { entry, timer } of [...standing.running].toReversed()) {
      clearTimeout(timer);
      entry.crashes += 1;
      const isOver = entry.hasGiven || entry.crashes >= CRASHES_MAX || this.#closed;
      if (isOver)
        entry.settle.reject(
          new HypersceneError(
            'MODEL_CRASHED',
            'the process of the model ended',
            printed === '' ? {} : { came: printed },
          ),
        );
      else this.#putBack(entry);
    }
    this.#dispatch();
  }

  #putBack(entry: Entry): void {
    const { request, settle } = entry;
    if (request.signal?.aborted) return;
    entry.cancel = (error) => {
      this.#queue.remove(request.client, entry);
      settle.reject(error);
      this.#dispatch();
    };
    this.#queue.putBack(request.client, entry);
  }

  #failAll(error: unknown): void {
    for (const { settle } of this.#queue.takeAll()) settle.reject(error);
  }

  #watchIdle(): void {
    for (const standing of this.#processes)
      if (standing.running.size === 0 && standing.state === 'ready' && standing.idle === undefined)
        standing.idle = setTimeout(() => this.#end(standing), this.#options.idle).unref();
  }
}

const cancelled = (signal: AbortSignal | undefined): HypersceneError =>
  new HypersceneError('CANCELLED', 'cancelled', { cause: signal?.reason });

const promptOf = (task: Task): IdPrompt | null => (task.kind === 'count' || task.kind === 'embed' ? null : task.prompt);

/** UTF-16 units and rows that two prompts begin with alike. */
const sharedBeginning = (a: IdPrompt, b: IdPrompt | null): number => {
  if (b === null || a.form !== b.form) return 0;
  let shared = 0;
  for (const [i, one] of a.segments.entries()) {
    const other = b.segments[i];
    if (other === undefined || one.kind !== other.kind) return shared;
    if (one.kind === 'id' || other.kind === 'id') {
      if (one.kind !== 'id' || other.kind !== 'id' || one.id !== other.id) return shared;
      shared += 1;
      continue;
    }
    const most = Math.min(one.text.length, other.text.length);
    let alike = 0;
    while (alike < most && one.text.charCodeAt(alike) === other.text.charCodeAt(alike)) alike += 1;
    shared += alike;
    if (alike < one.text.length || alike < other.text.length) return shared;
  }
  return shared;
};
