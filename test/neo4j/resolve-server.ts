import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import neo4j from 'neo4j-driver';
import { classArchive } from './class-archive.ts';
import { hasNeo4jJars, neo4jJars } from './neo4j-jars.ts';
import { freePort, startNeo4jServer } from './neo4j-server.ts';

const run = promisify(execFile);

/** Where a Neo4j answers, and how it came to. */
export interface Neo4jAddress {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  /** PEM; null for a server that is not ours. */
  readonly certificate: string | null;
  readonly how: 'NEO4J_URI' | 'container' | 'Maven';
}

export interface ResolvedServer {
  readonly address: Neo4jAddress;
  stop(): Promise<void>;
}

const IMAGE = 'neo4j:5.26-community';

/** The server that is named, else a container, else one from Maven's jars, else an error that says what to install. */
export const resolveServer = async (env: NodeJS.ProcessEnv = process.env): Promise<ResolvedServer> => {
  const { NEO4J_URI: uri, NEO4J_USER: user = 'neo4j', NEO4J_PASSWORD: password = '' } = env;
  if (uri !== undefined && uri !== '')
    return { address: { uri, user, password, certificate: null, how: 'NEO4J_URI' }, stop: async () => undefined };
  return (await containerEngineAnswers()) ? startContainer() : startFromJars();
};

/**
 * Fetches what {@link resolveServer} will start, before any test's time runs. What goes wrong here is told by the tests that
 * need the server, with what to install; the others need none.
 */
export const fetchServer = async (env: NodeJS.ProcessEnv = process.env): Promise<void> => {
  if (env['NEO4J_URI'] || (await hasNeo4jJars()) || (await containerEngineAnswers())) return;
  process.stderr.write('Fetching Neo4j from Maven for the tests, 123 MB, this once …\n');
  await neo4jJars().catch(() => undefined);
};

const containerEngineAnswers = (): Promise<boolean> =>
  run('docker', ['info'], { timeout: 10_000 }).then(
    () => true,
    () => false,
  );

const startContainer = async (): Promise<ResolvedServer> => {
  const password = randomBytes(12).toString('hex');
  const port = await freePort();
  const { stdout } = await run('docker', [
    ...['run', '--detach', '--rm', '--publish', `127.0.0.1:${port}:7687`],
    ...['--env', `NEO4J_AUTH=neo4j/${password}`, IMAGE],
  ]);
  const stop = async (): Promise<void> => {
    await run('docker', ['rm', '--force', '--volumes', stdout.trim()]);
  };
  const address = {
    uri: `bolt://127.0.0.1:${port}`,
    user: 'neo4j',
    password,
    certificate: null,
    how: 'container',
  } as const;
  try {
    await untilReady(address);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, stop };
};

/** Tries of a second each. */
const TRIES = 180;

const untilReady = async ({ uri, user, password }: Neo4jAddress): Promise<void> => {
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
  try {
    for (let i = 1; ; i++) {
      try {
        await driver.verifyConnectivity();
        return;
      } catch (error) {
        if (i === TRIES) throw error;
        await setTimeout(1000);
      }
    }
  } finally {
    await driver.close();
  }
};

/** All of Java's compilers: a server that answers for minutes is a sixth faster with them, one that is soon ended slower. */
const LONG_LIVED = ['-XX:TieredStopAtLevel=4'];

const startFromJars = async (): Promise<ResolvedServer> => {
  const jars = await neo4jJars();
  const home = await mkdtemp(join(tmpdir(), 'hyperscene-neo4j-'));
  const java = [...LONG_LIVED, ...(await classArchive(jars))];
  const server = await startNeo4jServer({ jars, home, password: randomBytes(12).toString('hex'), java });
  const { uri, user, password, certificate } = server;
  return {
    address: { uri, user, password, certificate, how: 'Maven' },
    stop: async () => {
      await server.kill();
      await rm(home, { recursive: true, force: true });
    },
  };
};
