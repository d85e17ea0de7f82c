import { resolve } from 'node:path';
import envPaths from 'env-paths';
import { z } from 'zod';
import { DEFAULT_WORKSPACE, workspaceName } from '../scene/name.ts';
import { ACCESS_SETTINGS } from './access-settings.ts';
import { EXPORT_SETTINGS } from './export-settings.ts';
import { JOB_SETTINGS } from './job-settings.ts';
import { MCP_SETTINGS } from './mcp-settings.ts';
import { MODEL_SETTINGS } from './model-settings.ts';
import { OPERATIONS_SETTINGS } from './operations-settings.ts';
import { between, integer, parseHost, type Setting } from './setting.ts';
import { STORE_SETTINGS } from './store-settings.ts';
import { TRACE_SETTINGS } from './trace-settings.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** 1 GiB: offsets and byte counts stay far below 2³¹, and a document of that size takes hours. */
const DOCUMENT_BYTES_CEILING = 2 ** 30;
const DOCUMENT_BYTES_DEFAULT = 64 * 2 ** 20;
/** Below, a scene would be a word; above, the reader holds too little context to cut well. */
const SCENE_LENGTH = { min: 64, max: 16_384 } as const;
const COUPLINGS_CEILING = 256;
const PAGE_CEILING = 1000;
/** 2 GB of scenes. */
const KEPT_CEILING = 1_000_000;

export const SETTINGS = {
  dataDir: {
    variable: 'HYPERSCENE_DATA',
    option: '--data',
    expected: 'a folder that can be written to',
    fallback: envPaths('hyperscene', { suffix: '' }).data,
    fallbackAbout: 'hyperscene in the data folder of the user: on Linux ~/.local/share/hyperscene',
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
    parse: parseHost,
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
  ...STORE_SETTINGS,
  ...JOB_SETTINGS,
  ...EXPORT_SETTINGS,
  workspace: {
    variable: 'HYPERSCENE_WORKSPACE',
    option: '--workspace',
    expected: '1 to 255 characters',
    fallback: DEFAULT_WORKSPACE,
    about: 'tenant whose graph is read and written',
    secret: false,
    parse: workspaceName,
  },
  ...ACCESS_SETTINGS,
  logLevel: {
    variable: 'HYPERSCENE_LOG_LEVEL',
    option: null,
    expected: `one of ${LOG_LEVELS.join(', ')}`,
    fallback: 'warn',
    about: "least urgent of the server's messages that is written; info has a line for every request",
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
  lookupsKept: {
    variable: 'HYPERSCENE_LOOKUPS_KEPT',
    option: null,
    expected: between(0, KEPT_CEILING),
    fallback: '10000',
    about:
      'scenes, couplings and the like, of each kind, that the embedded store keeps in memory until the next write; 0 keeps none',
    secret: false,
    parse: integer(0, KEPT_CEILING),
  },
  ...OPERATIONS_SETTINGS,
  ...TRACE_SETTINGS,
  ...MCP_SETTINGS,
  ...MODEL_SETTINGS,
} as const satisfies Record<string, Setting<unknown>>;
