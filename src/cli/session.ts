import type { Readable, Writable } from 'node:stream';
import type { WriteStream } from 'node:tty';
import type { ConfigOverrides, Environment } from '../config/setting-reader.ts';
import { type Config, readConfig } from '../config.ts';
import type { OnModelProgress } from '../main/model.ts';
import { type Application, openApplication } from '../main.ts';
import type { JobContext } from '../worker/job.ts';
import { asHypersceneError, reportFailure } from './failure.ts';
import { type Interrupt, listenForInterrupt } from './interrupt.ts';
import { Output } from './output.ts';
import {
  barProgress,
  lineProgress,
  type ProgressDisplay,
  type ShownProgress,
  silentProgress,
} from './progress-display.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly data?: string;
  readonly workspace?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** The streams and the environment that one run of the command line is given. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Environment;
}

/** One run of the command line: what its command reads from, writes to and is stopped by. */
export class Session {
  readonly stdin: Readable;
  readonly output: Output;
  readonly env: Environment;
  readonly #stderr: Terminal['stderr'];
  readonly #interrupt: Interrupt;
  #options: GlobalOptions;
  #progress: ProgressDisplay = silentProgress;
  #status = 0;

  /** @param options as far as they are known before the arguments are parsed */
  constructor(terminal: Terminal, options: GlobalOptions) {
    this.stdin = terminal.stdin;
    this.env = terminal.env;
    this.#stderr = terminal.stderr;
    this.#options = options;
    // Nobody reads the messages any more; the results may still be wanted.
    terminal.stderr.on('error', () => {});
    this.#interrupt = listenForInterrupt((signal) => this.note(`stopping on ${signal} …`));
    this.output = new Output(terminal.stdout, () => this.#interrupt.abort('output closed'));
  }

  configure(options: GlobalOptions): void {
    this.#options = options;
    this.#progress = this.#openProgress();
  }

  get json(): boolean {
    return this.#options.json === true;
  }

  get signal(): AbortSignal {
    return this.#interrupt.signal;
  }

  get status(): number {
    return this.#status;
  }

  get isInteractive(): boolean {
    return 'isTTY' in this.stdin && this.stdin.isTTY === true && this.#stderr.isTTY === true;
  }

  /** @throws HypersceneError BAD_CONFIG, USAGE */
  config(overrides: ConfigOverrides = {}): Config {
    const { data, workspace } = this.#options;
    return readConfig(this.env, {
      ...(data === undefined ? {} : { dataDir: data }),
      ...(workspace === undefined ? {} : { workspace }),
      ...overrides,
    });
  }

  /** Opens the graph, runs the work and closes it whatever happens. */
  async withApplication<T>(
    work: (application: Application, job: JobContext) => Promise<T>,
    overrides: ConfigOverrides = {},
  ): Promise<T> {
    const application = await openApplication(this.config(overrides), this.onModelProgress);
    try {
      return await work(application, this.job(application));
    } finally {
      this.#progress.end();
      await application.close();
    }
  }

  job({ store, compute }: Pick<Application, 'store' | 'compute'>): JobContext {
    return { store, compute, signal: this.signal, onProgress: (progress) => this.progress(progress) };
  }

  progress(progress: ShownProgress): void {
    this.#progress.update(progress);
  }

  /** A hub that does not tell how much there is gets no bar. */
  readonly onModelProgress: OnModelProgress = ({ file, bytes, total, index, files }) => {
    const subject = files === 1 ? file : `${file} (${index + 1} of ${files})`;
    if (total !== null) this.progress({ stage: 'fetching', subject, done: bytes, total, unit: 'bytes' });
  };

  endProgress(): void {
    this.#progress.end();
  }

  /** Something a person wants to know that is no result. */
  note(line: string): void {
    if (this.#options.quiet) return;
    this.message(line);
  }

  /** Said even with --quiet. */
  message(line: string): void {
    this.#progress.end();
    this.#stderr.write(`${line}\n`);
  }

  /** Writes an error; the first one settles the exit status. */
  fail(thrown: unknown, subject?: string): void {
    this.#progress.end();
    if (this.output.closed && asHypersceneError(thrown).code === 'CANCELLED') return;
    const stack = ['debug', 'trace'].includes(this.env['HYPERSCENE_LOG_LEVEL'] ?? '');
    const status = reportFailure(thrown, this.#stderr, { json: this.json, stack, subject });
    this.exitWith(status);
  }

  /** Settles the exit status of a command that ran well and found something ill. */
  exitWith(status: number): void {
    if (this.#status === 0) this.#status = status;
  }

  close(): void {
    this.#interrupt.close();
  }

  #openProgress(): ProgressDisplay {
    if (this.#options.quiet) return silentProgress;
    if (this.#stderr.isTTY) return barProgress(this.#stderr as unknown as WriteStream);
    return lineProgress(
      (line) => this.#stderr.write(`${line}\n`),
      () => performance.now(),
    );
  }
}
