import type { Logger } from 'pino';
import { type Config, productVersion } from '../config.ts';
import type { Application } from '../main.ts';
import type { LanguageModel } from '../model/language-model.ts';
import type { GraphDatabase } from '../store/graph-store.ts';
import { observeLanguageModel } from '../telemetry/observe-language-model.ts';
import { observeCompute, observeCounter, observeReader } from '../telemetry/observe-model.ts';
import { observeDatabase } from '../telemetry/observe-store.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { ModelDoor } from './model.ts';

/** To standard error, one JSON object a line. */
export const openErrorLog = async ({ logLevel }: Config): Promise<Logger> => {
  const [{ openLogger }, { destination }] = await Promise.all([import('../telemetry/open-logger.ts'), import('pino')]);
  return openLogger(logLevel, destination(process.stderr.fd));
};

/** What watches a process, and how it ends: what is left to send is sent. */
export interface OpenTelemetry extends Telemetry {
  close(): Promise<void>;
}

/** The SDK of traces takes 100 ms to load, which is only done where they are sent. */
export const openTelemetry = async (
  { operations, traces }: Config,
  storeKind: GraphDatabase['kind'],
  logger: Logger,
): Promise<OpenTelemetry> => {
  const version = productVersion();
  const metrics =
    operations.metrics === null ? null : (await import('../telemetry/metrics.ts')).openMetrics({ version, storeKind });
  const tracing =
    traces === null ? null : (await import('../telemetry/open-tracing.ts')).openTracing({ ...traces, version, logger });
  return {
    metrics,
    tracing,
    close: async () => {
      await tracing?.close();
      metrics?.close();
    },
  };
};

/** The same installation, whose store, reader, threads and language model are measured and traced. */
export const observeApplication = (application: Application, telemetry: Telemetry): Application => {
  const database = observeDatabase(application.database, telemetry);
  const model = observeDoor(application.model, telemetry);
  return {
    ...application,
    database,
    store: database.workspace(application.config.workspace),
    reader: observeReader(application.reader, telemetry),
    compute: observeCompute(application.compute, telemetry),
    counter: observeCounter(application.counter, telemetry),
    model,
    fill: { ...application.fill, model: () => model.open() },
  };
};

/** A model is observed once, however often it is opened: its processes are asked for at each scrape. */
const observeDoor = (door: ModelDoor, telemetry: Telemetry): ModelDoor => {
  let known: { readonly model: LanguageModel; readonly observed: LanguageModel } | undefined;
  return {
    open: async () => {
      const model = await door.open();
      if (known?.model !== model) known = { model, observed: observeLanguageModel(model, telemetry) };
      return known.observed;
    },
    close: () => door.close(),
  };
};
