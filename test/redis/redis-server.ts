import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../neo4j/neo4j-server.ts';
import { redisProgram } from './redis-program.ts';

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** With it the server that follows on the same port has the same data. */
  readonly folder: string;
  /** Ends it as a power cut would, but for the disk's own cache. What it holds is kept. */
  kill(): Promise<void>;
  /** Ends it and removes what it held. */
  stop(): Promise<void>;
}

export interface RedisServerOptions {
  /** Any free one if left out. */
  readonly port?: number | undefined;
  readonly folder?: string | undefined;
  readonly password?: string | undefined;
}

/** The shell holds a pipe to this process: when this one dies, by SIGKILL too, the pipe ends and takes the server along. */
const WATCHED =
  '"$@" </dev/null & R=$!; (cat; kill -9 $R) <&3 >/dev/null 2>&1 & W=$!; trap "kill -9 $R" TERM; wait $R; kill $W 2>/dev/null';
/** ms; it takes 50. */
const READY_TIMEOUT = 180_000;

/** A real Redis server that keeps what it acknowledged on the disk. */
export const startRedisServer = async (options: RedisServerOptions = {}): Promise<RedisServer> => {
  const { path, libraries } = await redisProgram();
  const port = options.port ?? (await freePort());
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'hyperscene-redis-')));
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'yes',
    appendfsync: 'no',
    'maxmemory-policy': 'noeviction',
    ...(options.password === undefined ? {} : { requirepass: options.password }),
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn('/bin/sh', ['-c', WATCHED, 'sh', path, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...(libraries === null ? {} : { LD_LIBRARY_PATH: libraries }) },
  });
  for (const stream of child.stdio) stream?.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      for (const stream of child.stdio) stream?.destroy();
      resolve();
    });
  });
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    const fail = () => reject(new Error(`Redis was not ready:\n${printed}`));
    const timer = setTimeout(fail, READY_TIMEOUT);
    ended.then(fail);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        printed += chunk;
        if (!printed.includes('Ready to accept connections')) return;
        clearTimeout(timer);
        resolve();
      });
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  const auth = options.password === undefined ? '' : `:${options.password}@`;
  return {
    url: `redis://${auth}127.0.0.1:${port}`,
    port,
    folder,
    kill,
    stop: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** The server that is named, else one of this test's own. Keep to a prefix of your own: see {@link ownPrefix}. */
export const openTestRedis = async (): Promise<Pick<RedisServer, 'url' | 'stop'>> => {
  const url = process.env['REDIS_URL'];
  if (url === undefined || url === '') return startRedisServer();
  return { url, stop: async () => undefined };
};

/** A server outlives a run, and several runs may share it. */
export const ownPrefix = (): string => `hyperscene-test-${randomBytes(6).toString('hex')}`;
