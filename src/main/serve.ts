import { type Config, productVersion } from '../config.ts';
import { type Application, openTokenizer } from '../main.ts';
import type { BackupService } from '../server/backup-route.ts';
import type { RunningServer } from '../server/start-server.ts';
import type { GraphDatabase } from '../store/graph-store.ts';
import { observeTokenizer } from '../telemetry/observe-model.ts';
import { openAuthentication } from './authentication.ts';
import { openExports } from './exports.ts';
import { openJobQueue, servesJobs } from './jobs.ts';
import { observeApplication, openErrorLog, openTelemetry } from './observe.ts';

/**
 * Serves the API and the start page. Its messages go to standard error, one JSON object a line.
 * @throws HypersceneError PORT_IN_USE, BAD_CONFIG, BAD_KEY_FILE, UNREADABLE_FILE
 */
export const serve = async (application: Application): Promise<RunningServer> => {
  const { config } = application;
  const authenticator = await openAuthentication(config);
  // Loading GraphQL and HTTP takes half a second, which the other commands need not wait for.
  const [{ startServer }, logger] = await Promise.all([import('../server/start-server.ts'), openErrorLog(config)]);
  const telemetry = await openTelemetry(config, application.database.kind, logger);
  const { database, store, reader, compute, counter, fill } = observeApplication(application, telemetry);
  const { backup, announce } = await offerBackup(config, database);
  const exports = openExports(config, database.kind);
  const jobs = await openJobQueue({ config, database, compute, reader, fill, exports }, logger, servesJobs(config));
  telemetry.metrics?.watchJobs(() => jobs.counts());
  const { drainDelay: delay, drainTimeout: timeout, metrics } = config.operations;
  const { served, sessionsMax, idleTimeout } = config.mcp;
  const server = await startServer({
    database,
    authenticator,
    store,
    reader,
    compute,
    tokenizer: observeTokenizer(openTokenizer, telemetry),
    counter,
    ...fill,
    jobs,
    exports,
    readiness: config.jobs.redis === null ? [] : [{ name: 'queue', ask: () => jobs.counts() }],
    product: { version: productVersion(), store: database.kind },
    config: { ...config, drain: { delay, timeout }, metricsAddress: metrics?.listen },
    logger,
    telemetry,
    backup,
    mcp: served ? { sessionsMax, idleTimeout, version: productVersion() } : undefined,
  }).catch(async (error) => {
    await jobs.close();
    throw error;
  });
  const endTidying = exports.keepTidy((err) => logger.error({ err }, 'exports that are over cannot be cleared'));
  const withdraw = await announce(server.url);
  return {
    ...server,
    close: async () => {
      await withdraw();
      await server.close();
      await jobs.close();
      endTidying();
      await telemetry.close();
    },
  };
};

interface BackupOffer {
  readonly backup?: BackupService;
  /** Says where the server can be asked, and gives what takes that back. */
  announce(url: string): Promise<() => Promise<void>>;
}

/** Others open a Neo4j store themselves; the embedded one is locked by this process, which they must ask. */
const offerBackup = async (config: Config, { archive, kind: store }: GraphDatabase): Promise<BackupOffer> => {
  if (archive === null || store !== 'embedded') return { announce: async () => async () => undefined };
  const note = await import('../server/serving-note.ts');
  const token = note.newToken();
  return {
    backup: { archive, store, product: productVersion(), token },
    announce: async (url) => {
      const { dataDir, host, workspace } = config;
      await note.writeServingNote(dataDir, { pid: process.pid, url: note.askableUrl(url, host), workspace, token });
      return () => note.removeServingNote(config.dataDir);
    },
  };
};
