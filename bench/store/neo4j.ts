import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { neo4jJars } from '../../test/neo4j/neo4j-jars.ts';
import { startNeo4jServer } from '../../test/neo4j/neo4j-server.ts';
import { connect } from './hand-neo4j.ts';
import type { ServerAddress } from './job.ts';

export interface BenchServer {
  readonly server: ServerAddress;
  /** As the server tells it. */
  readonly version: string;
  stop(): Promise<void>;
}

/** More than the tests': a graph of 100,000 scenes is loaded some times over. */
const HEAP = '2g';
/** The tests' server does without its second compiler and starts the sooner for it. */
const BOTH_COMPILERS = ['-XX:TieredStopAtLevel=4'];

/** `NEO4J_URI` with `NEO4J_USER` and `NEO4J_PASSWORD`, else a server of our own. */
export const startNeo4j = async (): Promise<BenchServer> => {
  const { NEO4J_URI: uri, NEO4J_USER: user = 'neo4j', NEO4J_PASSWORD: password = '' } = process.env;
  if (uri !== undefined && uri !== '') {
    const server = { uri, user, password };
    return { server, version: await versionOf(server), stop: async () => undefined };
  }
  const home = await mkdtemp(join(tmpdir(), 'hyperscene-bench-neo4j-'));
  const jars = await neo4jJars();
  const started = await startNeo4jServer({
    ...{ jars, home, heap: HEAP, java: BOTH_COMPILERS },
    password: randomBytes(12).toString('hex'),
  });
  const server = { uri: started.uri, user: started.user, password: started.password };
  return {
    server,
    version: `${await versionOf(server)}, heap ${HEAP}`,
    stop: async () => {
      await started.kill();
      await rm(home, { recursive: true, force: true });
    },
  };
};

const versionOf = async (server: ServerAddress): Promise<string> => {
  const driver = connect(server);
  try {
    return (await driver.getServerInfo()).agent ?? 'Neo4j';
  } finally {
    await driver.close();
  }
};
