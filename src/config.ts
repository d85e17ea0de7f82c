import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SettingDescription } from './config/setting.ts';
import { type LogLevel, SETTINGS } from './config/settings.ts';
import type { SamplerName } from './config/trace-settings.ts';
import { HypersceneError } from './errors.ts';
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
  readonly logLevel: LogLevel;
  readonly limits: Limits;
  readonly mcp: McpConfig;
  readonly operations: OperationsConfig;
  /** null: no traces. */
  readonly traces: TracesConfig | null;
}

/** How a running service is watched and stopped. */
export interface OperationsConfig {
  /** null: nothing is measured. `listen` null: at the address of the service. */
  readonly metrics: { readonly listen: { readonly host: string; readonly port: number } | null } | null;
  /** ms between the order to stop and the listener's end. */
  readonly drainDelay: number;
  /** ms that requests under way are given then. */
  readonly drainTimeout: number;
}

/** Where traces are sent, by OTLP over HTTP. */
export interface TracesConfig {
  /** The whole address. */
  readonly url: string;
  /** May hold keys. */
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly sampler: SamplerName;
  /** 0 to 1. */
  readonly ratio: number;
}

/** How language models reach the graph. */
export interface McpConfig {
  /** Whether the server offers `/mcp`. */
  readonly served: boolean;
  readonly sessionsMax: number;
  /** ms without a request, after which a session ends. */
  readonly idleTimeout: number;
  /** The running server that `mcp` asks; null: the graph itself, or the server that has it open. */
  readonly url: string | null;
  /** What it shows to that server; null for nothing. */
  readonly key: string | null;
}

/** Who may ask for what, and how often. */
export interface AccessConfig {
  /** Absolute path of the file of API keys; null takes that of the data folder, where it is there. */
  readonly keysFile: string | null;
  /** What JSON Web Tokens are checked by; null where none are taken. */
  readonly webTokens: WebTokensConfig | null;
  /** Requests a minute of one caller; 0 sets no limit. */
  readonly rateLimit: number;
  /** Requests a minute of one address without a valid key. */
  readonly refusalLimit: number;
  /** Host names, with a port where it matters, besides this machine's own. */
  readonly allowedHosts: readonly string[];
  readonly introspection: boolean;
  readonly page: boolean;
  /** Open at once, of one caller. */
  readonly subscriptionsMax: number;
}

export interface WebTokensConfig {
  /** An address, or the absolute path of a file. */
  readonly keySet: URL | string;
  readonly issuer: string;
  readonly audience: string;
  readonly workspaceClaim: string;
}

/** Where the graph is kept. */
export type StoreConfig = { readonly kind: 'embedded' } | Neo4jConfig;

export interface Neo4jConfig {
  readonly kind: 'neo4j';
  readonly uri: string;
  /** null: the user's home database. */
  readonly database: string | null;
  readonly credentials:
    | { readonly type: 'password'; readonly user: string; readonly password: string }
    | { readonly type: 'token'; readonly token: string }
    | { readonly type: 'none' };
  /** Absolute path of a PEM file. */
  readonly caFile: string | null;
  readonly poolMax: number;
  /** All in ms. */
  readonly connectTimeout: number;
  readonly readTimeout: number;
  readonly writeTimeout: number;
  readonly retryTimeout: number;
}

/** How jobs are queued and run. */
export interface JobsConfig {
  /** Null: the process that serves runs them by itself. */
  readonly redis: RedisConfig | null;
  /** Whether `serve` runs jobs of the queue in Redis; null leaves it to the kind of store. */
  readonly served: boolean | null;
  readonly concurrency: number;
  readonly attemptsMax: number;
  /** ms. */
  readonly backoff: number;
  /** Of a workspace, over and remembered. */
  readonly keptMax: number;
  /** All in ms. */
  readonly keptFor: number;
  readonly textKeptFor: number;
  readonly drain: number;
  readonly lock: number;
  readonly waitingMax: number;
  readonly textsBytesMax: number;
}

export interface RedisConfig {
  /** May hold a password: never printed. */
  readonly url: string;
  /** Null where the address holds it, or there is none. */
  readonly password: string | null;
  readonly prefix: string;
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

/** Values given on the command line: they outrank the environment. */
export type ConfigOverrides = Readonly<
  Partial<Record<'dataDir' | 'host' | 'port' | 'workspace' | 'serverUrl', string>>
>;

export type Environment = Readonly<Record<string, string | undefined>>;

type SettingName = keyof typeof SETTINGS;
type SettingValue<Name extends SettingName> = ReturnType<(typeof SETTINGS)[Name]['parse']>;
type SettingReader = <Name extends SettingName>(name: Name) => SettingValue<Name>;

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
    mcp: Object.freeze({
      served: read('mcp'),
      sessionsMax: read('mcpSessionsMax'),
      idleTimeout: read('mcpIdleTimeout') * SECOND,
      url: read('serverUrl'),
      key: read('serverKey') || null,
    }),
  });
};

const readAccess = (read: SettingReader): AccessConfig =>
  Object.freeze({
    keysFile: read('keysFile'),
    webTokens: readWebTokens(read),
    rateLimit: read('rateLimit'),
    refusalLimit: read('refusalLimit'),
    allowedHosts: read('allowedHosts'),
    introspection: read('introspection'),
    page: read('page'),
    subscriptionsMax: read('subscriptionsMax'),
  });

/** A token that was issued for another service, or by another's issuer with the same keys, must not open this one. */
const readWebTokens = (read: SettingReader): WebTokensConfig | null => {
  const keySet = read('keySet');
  if (keySet === null) return null;
  const [issuer, audience] = [read('tokenIssuer'), read('tokenAudience')];
  if (issuer === '' || audience === '')
    throw new HypersceneError('BAD_CONFIG', `${SETTINGS.keySet.variable} alone is not enough`, {
      expected: `${SETTINGS.tokenIssuer.variable} and ${SETTINGS.tokenAudience.variable} with it`,
      came: issuer === '' ? 'no issuer' : 'no audience',
    });
  return { keySet, issuer, audience, workspaceClaim: read('workspaceClaim') };
};

const SECOND = 1000;

const readOperations = (read: SettingReader): OperationsConfig => {
  const [port, host] = [read('metricsPort'), read('metricsHost')];
  const listen = port === null ? null : Object.freeze({ host, port });
  return Object.freeze({
    metrics: read('metrics') === 'off' ? null : Object.freeze({ listen }),
    drainDelay: read('drainDelay') * SECOND,
    drainTimeout: read('drainTimeout') * SECOND,
  });
};

const readTraces = (read: SettingReader): TracesConfig | null => {
  const [base, whole, isOff] = [read('otlpEndpoint'), read('otlpTracesEndpoint'), read('otelDisabled')];
  const traces = {
    headers: Object.freeze(read('otlpHeaders')),
    serviceName: read('otelServiceName'),
    sampler: read('otelSampler'),
    ratio: read('otelSamplerRatio'),
  };
  const url = whole ?? (base === null ? null : `${base.replace(/\/+$/u, '')}/v1/traces`);
  return url === null || isOff ? null : Object.freeze({ url, ...traces });
};

const readStore = (read: SettingReader): StoreConfig => {
  if (read('store') === 'embedded') return Object.freeze({ kind: 'embedded' });
  return Object.freeze({
    kind: 'neo4j',
    uri: read('neo4jUri'),
    database: read('neo4jDatabase'),
    credentials: readCredentials(read),
    caFile: readCaFile(read),
    poolMax: read('neo4jPoolMax'),
    connectTimeout: read('neo4jConnectTimeout') * SECOND,
    readTimeout: read('neo4jReadTimeout') * SECOND,
    writeTimeout: read('neo4jWriteTimeout') * SECOND,
    retryTimeout: read('neo4jRetryTimeout') * SECOND,
  });
};

const readJobs = (read: SettingReader): JobsConfig => {
  const url = read('redisUrl');
  const served = read('jobsServed');
  const redis = { url: url ?? '', password: read('redisPassword') || null, prefix: read('redisPrefix') };
  return Object.freeze({
    redis: url === null ? null : Object.freeze(redis),
    served: served === 'auto' ? null : served === 'yes',
    concurrency: read('jobsConcurrency'),
    attemptsMax: read('jobsAttempts'),
    backoff: read('jobsBackoff'),
    keptMax: read('jobsKept'),
    keptFor: read('jobsKeptFor') * SECOND,
    textKeptFor: read('jobTextKeptFor') * SECOND,
    drain: read('jobsDrain') * SECOND,
    lock: read('jobsLock') * SECOND,
    waitingMax: read('jobsWaitingMax'),
    textsBytesMax: read('jobTextsBytesMax'),
  });
};

/** A server without authentication is given neither. */
const readCredentials = (read: SettingReader): Neo4jConfig['credentials'] => {
  const [token, password] = [read('neo4jToken'), read('neo4jPassword')];
  if (token !== '' && password !== '')
    throw new HypersceneError('BAD_CONFIG', 'two ways to sign in to Neo4j', {
      expected: `${SETTINGS.neo4jToken.variable} or ${SETTINGS.neo4jPassword.variable}`,
      came: 'both',
    });
  if (token !== '') return { type: 'token', token };
  return password === '' ? { type: 'none' } : { type: 'password', user: read('neo4jUser'), password };
};

const readCaFile = (read: SettingReader): string | null => {
  const file = read('neo4jCaFile');
  if (file !== null && read('neo4jUri').includes('+'))
    throw new HypersceneError('BAD_CONFIG', `${SETTINGS.neo4jCaFile.variable} does not go with this address`, {
      expected: 'neo4j:// or bolt://, which TLS is then used with all the same',
      came: read('neo4jUri'),
    });
  return file;
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

const fileOf = (variable: string): string => `${variable}_FILE`;

const readSetting = <Name extends SettingName>(
  name: Name,
  env: Environment,
  overrides: ConfigOverrides,
): SettingValue<Name> => {
  const { variable, option, expected, fallback, secret, parse } = SETTINGS[name];
  const given = Object.entries(overrides).find(([key]) => key === name)?.[1];
  const text = given ?? (env[variable] || (secret && readSecret(env, variable)) || fallback);
  try {
    return parse(text) as SettingValue<Name>;
  } catch (cause) {
    const details = { expected, came: JSON.stringify(withoutUser(text).slice(0, 200)), cause };
    if (given !== undefined) throw new HypersceneError('USAGE', `bad ${option ?? name}`, details);
    throw new HypersceneError('BAD_CONFIG', `bad ${variable}`, secret ? { expected } : details);
  }
};

/** An address may hold a password, and an error is printed. */
const withoutUser = (text: string): string => text.replace(/\/\/[^/]*@/u, '//…@');

/** Without the line end that an editor puts at the end of a file. */
const readSecret = (env: Environment, variable: string): string => {
  const path = env[fileOf(variable)];
  if (path === undefined || path === '') return '';
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/u, '');
  } catch (cause) {
    throw new HypersceneError('BAD_CONFIG', `bad ${fileOf(variable)}`, {
      expected: 'a file that can be read',
      came: JSON.stringify(path),
      cause,
    });
  }
};
