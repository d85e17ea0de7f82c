import { resolve } from 'node:path';
import envPaths from 'env-paths';
import { z } from 'zod';
import { DEFAULT_WORKSPACE, workspaceName } from '../scene/name.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const STORE_KINDS = ['embedded', 'neo4j'] as const;

/** A setting as help and `doctor` print it. */
export interface SettingDescription {
  readonly variable: string;
  readonly option: string | null;
  readonly expected: string;
  readonly fallback: string;
  readonly about: string;
  /** Never printed, in errors neither. `VARIABLE_FILE` may name a file that holds it, as container secrets are mounted. */
  readonly secret: boolean;
}

export interface Setting<T> extends SettingDescription {
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
/** Seconds. */
const HOUR = 3600;
const DAY = 24 * HOUR;

/** A password in an address would be printed with it. */
const parseNeo4jUri = (text: string): string => {
  const { protocol, hostname, username, password } = new URL(text);
  z.enum(['neo4j:', 'neo4j+s:', 'neo4j+ssc:', 'bolt:', 'bolt+s:', 'bolt+ssc:']).parse(protocol);
  z.string().min(1).parse(hostname);
  z.literal('').parse(username + password);
  return text;
};

export const SETTINGS = {
  dataDir: {
    variable: 'HYPERSCENE_DATA',
    option: '--data',
    expected: 'a folder that can be written to',
    fallback: envPaths('hyperscene', { suffix: '' }).data,
    about: 'where the graph is kept',
    secret: false,
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
    secret: false,
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
    secret: false,
    parse: integer(0, 65_535),
  },
  store: {
    variable: 'HYPERSCENE_STORE',
    option: null,
    expected: `one of ${STORE_KINDS.join(', ')}`,
    fallback: 'embedded',
    about: 'where the graph is kept: in a file of the data folder, or on a Neo4j server',
    secret: false,
    parse: (text: string) => z.enum(STORE_KINDS).parse(text),
  },
  neo4jUri: {
    variable: 'HYPERSCENE_NEO4J_URI',
    option: null,
    expected: 'an address like neo4j://host:7687 or bolt://host:7687, with +s or +ssc for TLS and without a password',
    fallback: 'neo4j://localhost:7687',
    about: 'address of the Neo4j server or cluster',
    secret: false,
    parse: parseNeo4jUri,
  },
  neo4jDatabase: {
    variable: 'HYPERSCENE_NEO4J_DATABASE',
    option: null,
    expected: 'a name of 3 to 63 letters, digits, dots and dashes, or empty for the home database of the user',
    fallback: '',
    about: 'database on that server; empty takes the home database of the user',
    secret: false,
    parse: (text: string) =>
      text === ''
        ? null
        : z
            .string()
            .regex(/^[a-z][a-z\d.-]{2,62}$/iu)
            .parse(text),
  },
  neo4jUser: {
    variable: 'HYPERSCENE_NEO4J_USER',
    option: null,
    expected: 'a name',
    fallback: 'neo4j',
    about: 'user who signs in with the password',
    secret: false,
    parse: (text: string) => text,
  },
  neo4jPassword: {
    variable: 'HYPERSCENE_NEO4J_PASSWORD',
    option: null,
    expected: 'a password',
    fallback: '',
    about: 'password of that user',
    secret: true,
    parse: (text: string) => text,
  },
  neo4jToken: {
    variable: 'HYPERSCENE_NEO4J_TOKEN',
    option: null,
    expected: 'a token',
    fallback: '',
    about: 'token of single sign-on, in place of user and password',
    secret: true,
    parse: (text: string) => text,
  },
  neo4jCaFile: {
    variable: 'HYPERSCENE_NEO4J_CA_FILE',
    option: null,
    expected: 'a PEM file',
    fallback: '',
    about: 'certificate of the authority that signed the server, for an address without +s or +ssc',
    secret: false,
    parse: (text: string) => (text === '' ? null : resolve(text)),
  },
  neo4jPoolMax: {
    variable: 'HYPERSCENE_NEO4J_POOL_MAX',
    option: null,
    expected: between(2, 1000),
    fallback: '50',
    about: 'connections at most, to each server; a migration takes two',
    secret: false,
    parse: integer(2, 1000),
  },
  neo4jConnectTimeout: {
    variable: 'HYPERSCENE_NEO4J_CONNECT_TIMEOUT',
    option: null,
    expected: between(1, HOUR),
    fallback: '30',
    about: 'seconds to wait for a connection',
    secret: false,
    parse: integer(1, HOUR),
  },
  neo4jReadTimeout: {
    variable: 'HYPERSCENE_NEO4J_READ_TIMEOUT',
    option: null,
    expected: between(1, DAY),
    fallback: '60',
    about: 'seconds after which the server ends a read',
    secret: false,
    parse: integer(1, DAY),
  },
  neo4jWriteTimeout: {
    variable: 'HYPERSCENE_NEO4J_WRITE_TIMEOUT',
    option: null,
    expected: between(1, DAY),
    fallback: '3600',
    about: 'seconds after which the server ends a transaction that writes; a large document is one',
    secret: false,
    parse: integer(1, DAY),
  },
  neo4jRetryTimeout: {
    variable: 'HYPERSCENE_NEO4J_RETRY_TIMEOUT',
    option: null,
    expected: between(0, HOUR),
    fallback: '30',
    about: 'seconds for which a transaction that failed by chance is tried again',
    secret: false,
    parse: integer(0, HOUR),
  },
  workspace: {
    variable: 'HYPERSCENE_WORKSPACE',
    option: '--workspace',
    expected: '1 to 255 characters',
    fallback: DEFAULT_WORKSPACE,
    about: 'tenant whose graph is read and written',
    secret: false,
    parse: workspaceName,
  },
  logLevel: {
    variable: 'HYPERSCENE_LOG_LEVEL',
    option: null,
    expected: `one of ${LOG_LEVELS.join(', ')}`,
    fallback: 'warn',
    about: "least urgent of the server's messages that is written; info has every request",
    secret: false,
    parse: (text: string) => z.enum(LOG_LEVELS).parse(text),
  },
  documentBytesMax: {
    variable: 'HYPERSCENE_DOCUMENT_BYTES_MAX',
    option: null,
    expected: between(1, DOCUMENT_BYTES_CEILING),
    fallback: String(DOCUMENT_BYTES_DEFAULT),
    about: 'bytes of the largest document that is read',
    secret: false,
    parse: integer(1, DOCUMENT_BYTES_CEILING),
  },
  sceneLengthMax: {
    variable: 'HYPERSCENE_SCENE_LENGTH_MAX',
    option: null,
    expected: between(SCENE_LENGTH.min, SCENE_LENGTH.max),
    fallback: '4096',
    about: 'characters of the longest scene; a longer sentence is cut',
    secret: false,
    parse: integer(SCENE_LENGTH.min, SCENE_LENGTH.max),
  },
  couplingsPerScene: {
    variable: 'HYPERSCENE_COUPLINGS_PER_SCENE',
    option: null,
    expected: between(1, COUPLINGS_CEILING),
    fallback: '16',
    about: 'couplings that a scene keeps, the heaviest first',
    secret: false,
    parse: integer(1, COUPLINGS_CEILING),
  },
  pageMax: {
    variable: 'HYPERSCENE_PAGE_MAX',
    option: null,
    expected: between(1, PAGE_CEILING),
    fallback: '200',
    about: 'items of the largest page that a GraphQL query may ask for',
    secret: false,
    parse: integer(1, PAGE_CEILING),
  },
} as const satisfies Record<string, Setting<unknown>>;
