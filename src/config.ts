import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AccessConfig, readAccess } from './config/access-config.ts';
import { type ExportsConfig, readExports } from './config/exports-config.ts';
import { type JobsConfig, readJobs } from './config/jobs-config.ts';
import { type McpConfig, readMcp } from './config/mcp-config.ts';
import { type ModelConfig, readModel } from './config/model-config.ts';
import { type OperationsConfig, readOperations, readTraces, type TracesConfig } from './config/operations-config.ts';
import type { SettingDescription } from './config/setting.ts';
import {
  type ConfigOverrides,
  type Environment,
  fileOf,
  readSetting,
  type SettingReader,
} from './config/setting-reader.ts';
import { type LogLevel, SETTINGS } from './config/settings.ts';
import { readStore, type StoreConfig } from './config/store-config.ts';
import type { WorkspaceName } from './scene/name.ts';

/** Everything an installation can be told, checked once at the start and never changed after. */
export interface Config {
  /** Absolute path of the folder that holds everything the program writes. */
  readonly dataDir: string;
  readonly host: string;
  /** 0 lets the system choose a free one. */
  readonly port: number;
  readonly store: StoreConfig;
  readonly workspace: WorkspaceName;
  readonly access: AccessConfig;
  readonly jobs: JobsConfig;
  readonly exports: ExportsConfig;
  readonly logLevel: LogLevel;
  readonly limits: Limits;
  readonly mcp: McpConfig;
  readonly model: ModelConfig;
  readonly operations: OperationsConfig;
  /** null: no traces. */
  readonly traces: TracesConfig | null;
}

/** What bounds an installation's work. */
export interface Limits {
  /** Bytes of the largest document that is read. */
  readonly documentBytesMax: number;
  /** UTF-16 code units of the longest scene; a longer sentence is cut, and the document's notices say so. */
  readonly sceneLengthMax: number;
  /** Couplings a scene keeps, the heaviest first. */
  readonly couplingsPerScene: number;
  /** Items of the largest page a query may ask for. */
  readonly pageMax: number;
  /** Values of each kind of look-up by id that the embedded store keeps until the next write. */
  readonly lookupsKept: number;
}

const PREFIX = 'HYPERSCENE_';

/**
 * Reads the settings: what the command line says, else the environment, else the default. An empty variable counts
 * as not set.
 * @throws HypersceneError BAD_CONFIG for a variable, USAGE for an option: naming it, what was expected and what came
 */
export const readConfig = (env: Environment, overrides: ConfigOverrides = {}): Config => {
  const read: SettingReader = (name) => readSetting(name, env, overrides);
  return Object.freeze({
    dataDir: read('dataDir'),
    host: read('host'),
    port: read('port'),
    store: readStore(read),
    workspace: read('workspace'),
    access: readAccess(read),
    jobs: readJobs(read),
    exports: readExports(read),
    logLevel: read('logLevel'),
    limits: Object.freeze({
      documentBytesMax: read('documentBytesMax'),
      sceneLengthMax: read('sceneLengthMax'),
      couplingsPerScene: read('couplingsPerScene'),
      pageMax: read('pageMax'),
      lookupsKept: read('lookupsKept'),
    }),
    operations: readOperations(read),
    traces: readTraces(read),
    mcp: readMcp(read),
    model: readModel(read),
  });
};

/** The environment of this process, for the one caller that has no other: the command line. */
export const processEnvironment = (): Environment => process.env;

/** The program's version. */
export const productVersion = (): string => {
  const manifest = readFileSync(join(import.meta.dirname, '../package.json'), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
};

export const describeSettings = (): readonly SettingDescription[] => Object.values(SETTINGS);

/** Variables that look like settings and are none: most likely misspelt. */
export const unknownVariables = (env: Environment): readonly string[] => {
  const known = new Set(
    describeSettings().flatMap(({ variable, secret }) => (secret ? [variable, fileOf(variable)] : [variable])),
  );
  return Object.keys(env).filter((name) => name.startsWith(PREFIX) && !known.has(name));
};
