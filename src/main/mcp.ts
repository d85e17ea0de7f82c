import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { localPrincipal } from '../access/principal.ts';
import { type Config, productVersion } from '../config.ts';
import { type Application, openTokenizer } from '../main.ts';
import type { Ask } from '../mcp/ask.ts';
import type { StdioOptions } from '../mcp/serve-stdio.ts';
import { noJobs } from '../worker/no-jobs.ts';
import { openExports } from './exports.ts';
import { openErrorLog } from './observe.ts';

/** The tools for a language model, with the graph behind them. */
export interface McpConnection {
  serve(streams: Pick<StdioOptions, 'stdin' | 'stdout' | 'signal'>): Promise<void>;
  /** As {@link Application.close}. */
  close(): Promise<void>;
}

/** On the graph of this process. What fails goes to standard error, one JSON object a line. */
export const openMcp = async (application: Application): Promise<McpConnection> => {
  const { config, database, reader, compute, counter, fill } = application;
  const [{ startApollo }, { createContext }, { openCorpusChanges }, { inProcessAsk }, logger] = await Promise.all([
    import('../api/apollo.ts'),
    import('../api/context.ts'),
    import('../api/corpus-changes.ts'),
    import('../mcp/in-process-ask.ts'),
    openErrorLog(config),
  ]);
  const changes = openCorpusChanges();
  // A process that ends with its client takes no long work upon itself.
  const jobs = noJobs;
  const product = { version: productVersion(), store: database.kind };
  const { limits } = config;
  const exports = openExports(config, database.kind);
  const reading = { reader, tokenizer: openTokenizer, counter, ...fill };
  const services = { database, changes, compute, ...reading, limits, jobs, exports, product };
  // Whoever starts the process may do all that its user may.
  const principal = localPrincipal(config.workspace);
  const apollo = await startApollo({ limits: config.limits, logger });
  const ask = inProcessAsk(apollo, (options) =>
    createContext(services, { ...options, principal, logger, requestId: randomUUID() }),
  );
  return {
    serve: (streams) => serveMcpOver(ask, logger, streams),
    close: async () => {
      await apollo.stop();
      await application.close();
    },
  };
};

/** On the API of a running server. */
export const openRemoteMcp = async (config: Config, url: string): Promise<McpConnection> => {
  const [{ remoteAsk }, logger] = await Promise.all([import('../mcp/remote-ask.ts'), openErrorLog(config)]);
  return {
    serve: (streams) => serveMcpOver(remoteAsk({ url, key: config.mcp.key }), logger, streams),
    close: async () => {},
  };
};

const serveMcpOver = async (
  ask: Ask,
  logger: Logger,
  streams: Pick<StdioOptions, 'stdin' | 'stdout' | 'signal'>,
): Promise<void> => {
  const { serveStdio } = await import('../mcp/serve-stdio.ts');
  await serveStdio({ ...streams, ask, version: productVersion(), logger });
};
