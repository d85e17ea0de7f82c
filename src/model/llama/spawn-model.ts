import { type ChildProcess, fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fromErrorMessage, HypersceneError } from '../../errors.ts';
import type { FromProcess, Loaded, LoadOrder, Task, TaskPiece, TaskResults, TaskUsage, ToProcess } from './messages.ts';
import { makeStateFolder } from './state-folder.ts';

/** ms that a task may go on after it was cancelled: then its process is taken to hang, and is killed. */
const CANCEL_MAX = 15_000;
/** What it printed last is told when it ends. */
const PRINTED_MAX = 2000;

/** What is done in the process: whoever is not done when the process ends learns so by `ended`. */
export interface TaskHandler {
  piece(piece: TaskPiece): void;
  done(result: TaskResults[Task['kind']], usage: TaskUsage): void;
  failed(error: HypersceneError): void;
}

export interface RunRequest {
  readonly task: Task;
  readonly adapter: string | null;
  readonly alone: boolean;
  readonly workspace: string;
}

/** A model in a process of its own. */
export interface SpawnedModel {
  readonly pid: number | null;
  /** @throws HypersceneError MODEL_UNAVAILABLE, MODEL_RUNTIME_MISSING where it does not load */
  readonly loaded: Promise<Loaded>;
  /** Settles when it is gone, with what it printed last. */
  readonly ended: Promise<string>;
  /** Bytes resident, as it told last. */
  readonly resident: number | null;
  /** @returns what cancels it; its handler is then told of CANCELLED, or the process ends */
  run(request: RunRequest, handler: TaskHandler): () => void;
  kill(): void;
}

/** Starts it; it loads by itself. */
export const spawnModel = (order: Omit<LoadOrder, 'prefixes'> & { readonly prefixBytesMax: number }): SpawnedModel => {
  const { prefixBytesMax: bytesMax, ...rest } = order;
  const folder = makeStateFolder(tmpdir());
  const child = fork(programFile(), {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const spawned = new Spawned(child, folder);
  spawned.send({ type: 'load', order: { ...rest, prefixes: { folder, bytesMax } } });
  return spawned;
};

const programFile = (): URL => {
  const file = import.meta.url.endsWith('.ts') ? './model-process.ts' : './model-process.js';
  return new URL(file, import.meta.url);
};

class Spawned implements SpawnedModel {
  readonly loaded: Promise<Loaded>;
  readonly ended: Promise<string>;
  resident: number | null = null;
  readonly #child: ChildProcess;
  readonly #handlers = new Map<number, TaskHandler>();
  #count = 0;
  #printed = '';

  constructor(child: ChildProcess, folder: string) {
    this.#child = child;
    const loaded = Promise.withResolvers<Loaded>();
    this.loaded = loaded.promise;
    // Who waits for it is told; nobody need.
    this.loaded.catch(() => undefined);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#printed = (this.#printed + text).slice(-PRINTED_MAX);
      });
    child.on('message', (message: FromProcess) => this.#hear(message, loaded));
    this.ended = new Promise((resolve) => {
      const end = (): void => {
        loaded.reject(
          new HypersceneError('MODEL_CRASHED', 'the model ended while it loaded', { came: this.#printed.trim() }),
        );
        const over = (): void => resolve(this.#printed.trim());
        // What cannot be removed the next start tries again.
        rm(folder, { recursive: true, force: true }).then(over, over);
      };
      child.once('exit', end);
      child.once('error', (error) => {
        this.#printed += error.message;
        if (child.pid === undefined) end();
      });
    });
  }

  get pid(): number | null {
    return this.#child.pid ?? null;
  }

  send(message: ToProcess): void {
    // One that has just ended takes no more; who waits for an answer learns of the end.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  run(request: RunRequest, handler: TaskHandler): () => void {
    const id = this.#count++;
    this.#handlers.set(id, handler);
    this.send({ type: 'run', id, ...request });
    return () => {
      if (!this.#handlers.has(id)) return;
      this.send({ type: 'cancel', id });
      setTimeout(() => {
        if (this.#handlers.has(id)) this.kill();
      }, CANCEL_MAX).unref();
    };
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #hear(message: FromProcess, loaded: PromiseWithResolvers<Loaded>): void {
    switch (message.type) {
      case 'loaded':
        loaded.resolve(message.loaded);
        break;
      case 'unloadable':
        loaded.reject(fromErrorMessage(message.error));
        this.kill();
        break;
      case 'memory':
        this.resident = message.resident;
        break;
      case 'piece':
        this.#handlers.get(message.id)?.piece(message.piece);
        break;
      case 'done':
        this.#over(message.id)?.done(message.result, message.usage);
        break;
      case 'failed':
        this.#over(message.id)?.failed(fromErrorMessage(message.error));
        break;
      default:
        message satisfies never;
    }
  }

  #over(id: number): TaskHandler | undefined {
    const handler = this.#handlers.get(id);
    this.#handlers.delete(id);
    return handler;
  }
}
