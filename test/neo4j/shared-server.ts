import { createServer, type Server } from 'node:http';
import { type Neo4jAddress, type ResolvedServer, resolveServer } from './resolve-server.ts';

/** Where the test processes ask for the server. */
const VARIABLE = 'NEO4J_TEST_ADDRESS';

export interface SharedServer {
  stop(): Promise<void>;
}

/**
 * One Neo4j for all the test processes of a run, started when the first of them asks for it: a run of tests that need none
 * waits for none.
 */
export const offerSharedServer = async (): Promise<SharedServer> => {
  let resolving: Promise<ResolvedServer> | null = null;
  const listener: Server = createServer((_, response) => {
    resolving ??= resolveServer();
    resolving.then(
      ({ address }) => response.end(JSON.stringify(address)),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  listener.requestTimeout = 0;
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve);
  });
  const address = listener.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port for the shared server');
  process.env[VARIABLE] = `http://127.0.0.1:${address.port}`;
  return {
    stop: async () => {
      listener.close();
      const server = await resolving?.catch(() => null);
      await server?.stop();
    },
  };
};

/** The Neo4j that all tests share; started if it is not yet, which takes 5 to 20 s, and a minute the very first time. */
export const sharedServer = async (): Promise<Neo4jAddress> => {
  const url = process.env[VARIABLE];
  if (url === undefined)
    throw new Error('the shared server is offered by test/neo4j/global-setup.mjs, which did not run');
  const response = await fetch(url, { signal: AbortSignal.timeout(1_200_000) });
  const body = await response.text();
  if (!response.ok) throw new Error(body);
  return JSON.parse(body) as Neo4jAddress;
};
