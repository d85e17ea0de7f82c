import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningCli, startCli } from '../cli/run-cli.ts';
import type { Neo4jAddress } from '../neo4j/resolve-server.ts';

export interface WorkersOptions {
  readonly neo4j: Neo4jAddress;
  readonly redisUrl: string;
  readonly prefix: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Real `hyperscene work` processes. */
export class WorkerProcesses {
  readonly #options: WorkersOptions;
  readonly #folders: string[] = [];
  #running: RunningCli[] = [];
  killed = 0;

  constructor(options: WorkersOptions) {
    this.#options = options;
  }

  get running(): readonly RunningCli[] {
    return this.#running;
  }

  async start(): Promise<RunningCli> {
    const { neo4j, redisUrl, prefix, env } = this.#options;
    const data = await mkdtemp(join(tmpdir(), 'hyperscene-work-'));
    this.#folders.push(data);
    const worker = startCli(['work'], {
      data,
      env: {
        HYPERSCENE_STORE: 'neo4j',
        HYPERSCENE_NEO4J_URI: neo4j.uri,
        HYPERSCENE_NEO4J_USER: neo4j.user,
        HYPERSCENE_NEO4J_PASSWORD: neo4j.password,
        REDIS_URL: redisUrl,
        HYPERSCENE_REDIS_PREFIX: prefix,
        HYPERSCENE_JOBS_LOCK: '1',
        HYPERSCENE_JOBS_CONCURRENCY: '1',
        ...env,
      },
    });
    this.#running.push(worker);
    return worker;
  }

  /** As a power cut would. */
  async kill(which: number): Promise<void> {
    const worker = this.#running[which % this.#running.length];
    if (worker === undefined) return;
    this.#running = this.#running.filter((each) => each !== worker);
    worker.child.kill('SIGKILL');
    await worker.done;
    this.killed++;
  }

  /** As an operator would. */
  async stop(): Promise<void> {
    for (const { child } of this.#running) child.kill('SIGTERM');
    await Promise.all(this.#running.map(({ done }) => done));
    this.#running = [];
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }
}
