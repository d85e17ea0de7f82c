import { resolve } from 'node:path';
import envPaths from 'env-paths';
import { z } from 'zod';
import { HypersceneError } from './errors.ts';
import { DEFAULT_WORKSPACE, type WorkspaceName, workspaceName } from './scene/name.ts';

/** Everything an installation can be told, checked once at the start and never changed after. */
export interface Config {
  /** Absolute path of the folder that holds everything the program writes. */
  readonly dataDir: string;
  readonly host: string;
  /** 0 lets the system choose a free one. */
  readonly port: number;
  readonly workspace: WorkspaceName;
  readonly logLevel: LogLevel;
  readonly limits: Limits;
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
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Values given on the command line: they outrank the environment. */
export type ConfigOverrides = Readonly<Partial<Record<'dataDir' | 'host' | 'port' | 'workspace', string>>>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting as help and `doctor` print it. */
export interface SettingDescription {
  readonly variable: string;
  readonly option: string | null;
  readonly expected: string;
  readonly fallback: string;
  readonly about: string;
}

interface Setting<T> extends SettingDescription {
  /** Throws a ZodError or HypersceneError on what is not `expected`. */
  readonly parse: (text: string) => T;
}

const integer = (min: number, max: number) => (text: string) =>
  z.string().regex(/^\d+$/u).transform(Number).pipe(z.number().int().min(min).max(max)).parse(text);

const between = (min: number, max: number): string => `a whole number from ${min} to ${max}`;

/** 1 GiB: offsets and byte counts stay far below 2³¹, and a document of that size takes hours. */
const DOCUMENT_BYTES_CEILING = 2 ** 30;
const DOCUMENT_BYTES_DEFAULT = 64 * 2 ** 20;
/** Below, a scene would be a word; above, the reader holds too little context to cut well. */
const SCENE_LENGTH = { min: 64, max: 16_384 } as const;
const COUPLINGS_CEILING = 256;
const PAGE_CEILING = 1000;

const SETTINGS = {
  dataDir: {
    variable: 'HYPERSCENE_DATA',
    option: '--data',
    expected: 'a folder that can be written to',
    fallback: envPaths('hyperscene', { suffix: '' }).data,
    about: 'where the graph is kept',
    parse: (text: string) =>
      resolve(
        z
          .string()
          .regex(/^[^\0]+$/u)
          .parse(text),
      ),
  },
  host: {
    variable: 'HYPERSCENE_HOST',
    option: '--host',
    expected: 'a host name or an address',
    fallback: '127.0.0.1',
    about: 'address that serve listens on; 0.0.0.0 opens it to the network',
    parse: (text: string) =>
      z
        .string()
        .regex(/^[\w.:%-]+$/u)
        .parse(text),
  },
  port: {
    variable: 'HYPERSCENE_PORT',
    option: '--port',
    expected: between(0, 65_535),
    fallback: '4000',
    about: 'port that serve listens on; 0 takes any free one',
    parse: integer(0, 65_535),
  },
  workspace: {
    variable: 'HYPERSCENE_WORKSPACE',
    option: '--workspace',
    expected: '1 to 255 characters',
    fallback: DEFAULT_WORKSPACE,
    about: 'tenant whose graph is read and written',
    parse: workspaceName,
  },
  logLevel: {
    variable: 'HYPERSCENE_LOG_LEVEL',
    option: null,
    expected: `one of ${LOG_LEVELS.join(', ')}`,
    fallback: 'warn',
    about: "least urgent of the server's messages that is written; info has every request",
    parse: (text: string) => z.enum(LOG_LEVELS).parse(text),
  },
  documentBytesMax: {
    variable: 'HYPERSCENE_DOCUMENT_BYTES_MAX',
    option: null,
    expected: between(1, DOCUMENT_BYTES_CEILING),
    fallback: String(DOCUMENT_BYTES_DEFAULT),
    about: 'bytes of the largest document that is read',
    parse: integer(1, DOCUMENT_BYTES_CEILING),
  },
  sceneLengthMax: {
    variable: 'HYPERSCENE_SCENE_LENGTH_MAX',
    option: null,
    expected: between(SCENE_LENGTH.min, SCENE_LENGTH.max),
    fallback: '4096',
    about: 'characters of the longest scene; a longer sentence is cut',
    parse: integer(SCENE_LENGTH.min, SCENE_LENGTH.max),
  },
  couplingsPerScene: {
    variable: 'HYPERSCENE_COUPLINGS_PER_SCENE',
    option: null,
    expected: between(1, COUPLINGS_CEILING),
    fallback: '16',
    about: 'couplings that a scene keeps, the heaviest first',
    parse: integer(1, COUPLINGS_CEILING),
  },
  pageMax: {
    variable: 'HYPERSCENE_PAGE_MAX',
    option: null,
    expected: between(1, PAGE_CEILING),
    fallback: '200',
    about: 'items of the largest page that a GraphQL query may ask for',
    parse: integer(1, PAGE_CEILING),
  },
} as const satisfies Record<string, Setting<unknown>>;

type SettingName = keyof typeof SETTINGS;
type SettingValue<Name extends SettingName> = ReturnType<(typeof SETTINGS)[Name]['parse']>;

const PREFIX = 'HYPERSCENE_';

/**
 * Reads the settings: what the command line says, else the environment, else the default. An empty variable counts
 * as not set.
 * @throws HypersceneError BAD_CONFIG for a variable, USAGE for an option: naming it, what was expected and what came
 */
export const readConfig = (env: Environment, overrides: ConfigOverrides = {}): Config => {
  const read = <Name extends SettingName>(name: Name): SettingValue<Name> => readSetting(name, env, overrides);
  return Object.freeze({
    dataDir: read('dataDir'),
    host: read('host'),
    port: read('port'),
    workspace: read('workspace'),
    logLevel: read('logLevel'),
    limits: Object.freeze({
      documentBytesMax: read('documentBytesMax'),
      sceneLengthMax: read('sceneLengthMax'),
      couplingsPerScene: read('couplingsPerScene'),
      pageMax: read('pageMax'),
    }),
  });
};

/** The environment of this process, for the one caller that has no other: the command line. */
export const processEnvironment = (): Environment => process.env;

export const describeSettings = (): readonly SettingDescription[] => Object.values(SETTINGS);

/** Variables that look like settings and are none: most likely misspelt. */
export const unknownVariables = (env: Environment): readonly string[] => {
  const known = new Set<string>(describeSettings().map(({ variable }) => variable));
  return Object.keys(env).filter((name) => name.startsWith(PREFIX) && !known.has(name));
};

const readSetting = <Name extends SettingName>(
  name: Name,
  env: Environment,
  overrides: ConfigOverrides,
): SettingValue<Name> => {
  const { variable, option, expected, fallback, parse } = SETTINGS[name];
  const given = Object.entries(overrides).find(([key]) => key === name)?.[1];
  const text = given ?? (env[variable] || fallback);
  try {
    return parse(text) as SettingValue<Name>;
  } catch (cause) {
    const details = { expected, came: JSON.stringify(text.slice(0, 200)), cause };
    if (given !== undefined) throw new HypersceneError('USAGE', `bad ${option ?? name}`, details);
    throw new HypersceneError('BAD_CONFIG', `bad ${variable}`, details);
  }
};
