import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { TextCounter } from './activation/text-counter.ts';
import type { Config } from './config.ts';
import { type ModelDoor, modelDoor, type OnModelProgress } from './main/model.ts';
import { openO200k } from './model/o200k/open-o200k.ts';
import { openO200kCounter } from './model/o200k/open-o200k-counter.ts';
import type { Tokenizer } from './model/tokenizer.ts';
import { openReader as openThreadedReader } from './reading/read-document.ts';
import type { Reader } from './reading/reader.ts';
import { openEmbeddedMigrator, openEmbeddedStore } from './store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore } from './store/graph-store.ts';
import type { Migrator } from './store/migrate.ts';
import { type ComputePool, openComputePool } from './worker/compute-pool.ts';
import { FillJournals } from './worker/model/fill-journal.ts';
import type { FillServices } from './worker/model/model-facets.ts';

/** What an installation works with: built here and nowhere else. */
export interface Application {
  readonly config: Config;
  readonly database: GraphDatabase;
  /** The graph of the workspace that the settings name. */
  readonly store: GraphStore;
  readonly reader: Reader;
  readonly compute: ComputePool;
  /** Counts positions on a thread, which starts when first needed. */
  readonly counter: TextCounter;
  readonly model: ModelDoor;
  /** By which the model fills facets while a document is read. */
  readonly fill: FillServices;
  /** Resolves when all that was acknowledged is safe and another process may open the graph. */
  close(): Promise<void>;
}

/**
 * @param onModelProgress told while the model is fetched
 * @throws HypersceneError MISSING_ASSET, and as {@link openDatabase}
 */
export const openApplication = async (config: Config, onModelProgress?: OnModelProgress): Promise<Application> => {
  const database = await openDatabase(config);
  const reader = await openReader(config);
  const compute = openComputePool({ threadsMax: availableParallelism() });
  const counter = openTextCounter();
  const model = modelDoor(config, onModelProgress);
  return {
    config,
    database,
    store: database.workspace(config.workspace),
    reader,
    compute,
    counter,
    model,
    fill: { model: () => model.open(), journals: new FillJournals(join(config.dataDir, 'fillings')) },
    close: async () => {
      await model.close();
      await reader.close();
      await compute.close();
      await counter.close();
      await database.close();
    },
  };
};

/**
 * The model with an empty graph, for what needs none: it works beside a process that has the graph open.
 * @param onModelProgress told while the model is fetched
 */
export const openModelAlone = async (
  config: Config,
  onModelProgress?: OnModelProgress,
): Promise<Pick<Application, 'store' | 'reader' | 'model' | 'close'>> => {
  const [{ openMemoryStore }, reader] = await Promise.all([
    import('./store/memory/open-memory-store.ts'),
    openReader(config),
  ]);
  const model = modelDoor(config, onModelProgress);
  return {
    store: openMemoryStore().workspace(config.workspace),
    reader,
    model,
    close: async () => {
      await model.close();
      await reader.close();
    },
  };
};

/** @throws HypersceneError STORE_LOCKED, STORE_UNREADABLE, STORE_UNREACHABLE, STORE_TLS, STORE_DENIED, MIGRATION_CHANGED, DISK_FULL */
export const openDatabase = async ({ dataDir, store, limits }: Config): Promise<GraphDatabase> => {
  if (store.kind === 'embedded')
    return openEmbeddedStore({ path: graphFile(dataDir), lookupsKept: limits.lookupsKept });
  const { openNeo4jStore } = await loadNeo4j();
  return openNeo4jStore(store);
};

/** The graph as it is, to look at its migrations or to apply them. @throws as {@link openDatabase} */
export const openMigrator = async ({ dataDir, store }: Config): Promise<Migrator> => {
  if (store.kind === 'embedded') return openEmbeddedMigrator({ path: graphFile(dataDir) });
  const { openNeo4jMigrator } = await loadNeo4j();
  return openNeo4jMigrator(store);
};

/** The driver takes 150 ms to load, which an embedded graph need not wait for. */
const loadNeo4j = () => import('./store/neo4j/open-neo4j-store.ts');

const graphFile = (dataDir: string): string => join(dataDir, 'graph');

/** Reads texts without a graph. */
export const openReader = ({ limits }: Config): Promise<Reader> =>
  openThreadedReader({ bytesMax: limits.documentBytesMax, sceneLengthMax: limits.sceneLengthMax });

/** How positions in a model's context are counted. */
export const openTokenizer = (): Promise<Tokenizer> => openO200k();

/** The same, for many texts at once. */
export const openTextCounter = (): TextCounter => openO200kCounter();
