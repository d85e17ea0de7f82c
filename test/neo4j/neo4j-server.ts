import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { generate } from 'selfsigned';

export interface Neo4jServerOptions {
  /** The folder of its jars. */
  readonly jars: string;
  /** Its folder: configuration, data, logs. A server started again on the same folder finds its data. */
  readonly home: string;
  readonly password: string;
  /** Any free one if left out. */
  readonly port?: number;
  readonly heap?: string;
  /** More options of Java. */
  readonly java?: readonly string[];
}

export interface Neo4jServer {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly port: number;
  /** The certificate it signs itself with, for `bolt+ssc://`. */
  readonly certificate: string;
  /** The end of what it printed. */
  log(): string;
  /** Ends it as an operator would. */
  stop(): Promise<void>;
  /** Ends it as a power cut would, but for the disk's own cache. */
  kill(): Promise<void>;
}

/** ms; a busy machine takes 20 s. */
const READY_TIMEOUT = 280_000;
/** ms; with classes to archive it takes 12 s. */
const STOP_TIMEOUT = 60_000;
const LOG_MAX = 20_000;

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** `data/dbms/auth.ini` as `neo4j-admin dbms set-initial-password` writes it, without another start of Java. */
const authFile = (password: string): string => {
  const rounds = 1024;
  const salt = randomBytes(32);
  let hash = createHash('sha256').update(salt).update(password, 'utf8').digest();
  for (let i = 1; i < rounds; i++) hash = createHash('sha256').update(hash).digest();
  return `neo4j:SHA-256,${hash.toString('hex')},${salt.toString('hex')},${rounds}:\n`;
};

const settings = (port: number): Readonly<Record<string, string>> => ({
  'server.default_listen_address': '127.0.0.1',
  'server.bolt.listen_address': `127.0.0.1:${port}`,
  'server.bolt.advertised_address': `127.0.0.1:${port}`,
  'server.bolt.tls_level': 'OPTIONAL',
  'dbms.ssl.policy.bolt.enabled': 'true',
  'dbms.ssl.policy.bolt.base_directory': 'certificates/bolt',
  'dbms.ssl.policy.bolt.private_key': 'private.key',
  'dbms.ssl.policy.bolt.public_certificate': 'public.crt',
  'dbms.ssl.policy.bolt.client_auth': 'NONE',
  'server.http.enabled': 'false',
  'server.https.enabled': 'false',
  'server.memory.pagecache.size': '128m',
  'dbms.usage_report.enabled': 'false',
  'dbms.security.auth_max_failed_attempts': '0',
  'db.shutdown_transaction_end_timeout': '0s',
  // Otherwise two logs of 256 MB are laid out at the start.
  'db.tx_log.preallocate': 'false',
  'db.tx_log.rotation.size': '32m',
  'db.tx_log.rotation.retention_policy': '1 files',
  // While a graph grows from nothing, its plans are otherwise made anew every ten seconds: a sixth of the time of a run.
  'dbms.cypher.min_replan_interval': '1h',
  // Two seconds in place of twelve to stop.
  'internal.dbms.bolt.netty_server_shutdown_quiet_period': '0',
});

/** @returns the certificate, PEM */
const layOut = async ({ home, password }: Neo4jServerOptions, port: number): Promise<string> => {
  const certificates = join(home, 'certificates', 'bolt');
  for (const folder of [join(home, 'conf'), join(home, 'data', 'dbms'), certificates])
    await mkdir(folder, { recursive: true });
  const lines = Object.entries(settings(port)).map(([key, value]) => `${key}=${value}\n`);
  await writeFile(join(home, 'conf', 'neo4j.conf'), lines.join(''));
  if (!existsSync(join(home, 'data', 'databases')))
    await writeFile(join(home, 'data', 'dbms', 'auth.ini'), authFile(password), { mode: 0o600 });
  const pair = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  await writeFile(join(certificates, 'private.key'), pair.private, { mode: 0o600 });
  await writeFile(join(certificates, 'public.crt'), pair.cert);
  return pair.cert;
};

const classPath = async (jars: string): Promise<string> =>
  (await readdir(jars))
    .filter((file) => file.endsWith('.jar'))
    .sort()
    .map((file) => join(jars, file))
    .join(delimiter);

/**
 * The shell holds a pipe to this process: when this one dies, by SIGKILL too, the pipe ends and takes Java along, so that no
 * server is left behind.
 */
const WATCHED =
  '"$@" </dev/null & J=$!; echo "PID $J"; (cat; kill -9 $J) <&3 >/dev/null 2>&1 & W=$!; wait $J; rc=$?; kill $W 2>/dev/null; exit $rc';

/** A real Neo4j Community server, ready for queries. */
export const startNeo4jServer = async (options: Neo4jServerOptions): Promise<Neo4jServer> => {
  const port = options.port ?? (await freePort());
  const { home, heap = '512m', password } = options;
  const certificate = await layOut(options, port);
  const opens = ['java.nio', 'java.io', 'sun.nio.ch'].map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`);
  const java = [
    `-Xms${heap}`,
    `-Xmx${heap}`,
    '-XX:MaxDirectMemorySize=256m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Dfile.encoding=UTF-8',
    ...(options.java ?? []),
    ...opens,
    '-cp',
    await classPath(options.jars),
    'org.neo4j.server.CommunityEntryPoint',
    `--home-dir=${home}`,
    `--config-dir=${join(home, 'conf')}`,
    '--console-mode',
  ];
  const child = spawn('/bin/sh', ['-c', WATCHED, 'sh', 'java', ...java], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  for (const stream of child.stdio) stream?.on('error', () => undefined);
  const printed = follow([child.stdout, child.stderr]);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      for (const stream of child.stdio) stream?.destroy();
      resolve();
    });
  });
  const pid = Number((await printed.match(/^PID (\d+)/mu, ended))[1]);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const insist = setTimeout(() => signalTo(pid, 'SIGKILL'), STOP_TIMEOUT);
    signalTo(pid, signal);
    await ended;
    clearTimeout(insist);
  };
  try {
    await printed.match(/INFO\s+Started\./u, ended);
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return {
    uri: `bolt://127.0.0.1:${port}`,
    user: 'neo4j',
    password,
    port,
    certificate,
    log: printed.text,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
};

const signalTo = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
};

/** What a process prints, and the moment at which it printed something. */
const follow = (streams: readonly (Readable | null)[]) => {
  let text = '';
  const looks = new Set<() => void>();
  for (const stream of streams)
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-LOG_MAX);
      for (const look of looks) look();
    });
  const match = (pattern: RegExp, ended: Promise<void>): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const fail = (what: string) => reject(new Error(`Neo4j ${what}:\n${text}`));
      const timer = setTimeout(() => fail(`was not ready in ${READY_TIMEOUT} ms`), READY_TIMEOUT);
      const look = (): void => {
        const found = pattern.exec(text);
        if (found === null) return;
        clearTimeout(timer);
        looks.delete(look);
        resolve(found);
      };
      looks.add(look);
      ended.then(() => {
        clearTimeout(timer);
        fail('ended before it was ready');
      });
      look();
    });
  return { text: () => text, match };
};
