import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { z } from 'zod';
import { between, DAY, HOUR, integer, type Setting } from './setting.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const MEMORY = { min: 64 * MIB, max: 16_384 * GIB } as const;
const CONTEXT = { min: 64, max: 2 ** 20 } as const;
const SLOTS_CEILING = 256;
const PROCESSES_CEILING = 64;
const THREADS_CEILING = 1024;
const QUEUE_CEILING = 100_000;
const PREFIXES_CEILING = 1024 * GIB;

const GPUS = ['off', 'auto', 'cuda', 'vulkan', 'metal'] as const;
export type ModelGpu = (typeof GPUS)[number];
const KV_TYPES = ['f16', 'q8_0', 'q4_0'] as const;
export type ModelKv = (typeof KV_TYPES)[number];

/** A container may have less than its machine. */
const memoryHere = (): number => {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
};

const halfOfMemory = Math.min(Math.max(Math.floor(memoryHere() / 2), MEMORY.min), MEMORY.max);

const parsePath = (text: string): string =>
  resolve(
    z
      .string()
      .regex(/^[^\0]+$/u)
      .parse(text),
  );

/** What it names is looked at where it is resolved. */
const parseModel = (text: string): string | null => {
  if (text === 'none') return null;
  if (text === 'default' || /^hf:[^\p{Cc}\s]+$/u.test(text)) return text;
  z.string()
    .regex(/^(?!hf:).*\.gguf$/iu)
    .parse(text);
  return parsePath(text);
};

/** http or https, without a password, which would be printed with it, and without the end that addresses are joined at. */
const parseServer = (text: string): string => {
  const { protocol, username, password, search, hash } = new URL(text);
  z.enum(['http:', 'https:']).parse(protocol);
  z.literal('').parse(username + password + search + hash);
  return text.replace(/\/+$/u, '');
};

/** Goes into a header. */
const parseToken = (text: string): string | null =>
  text === ''
    ? null
    : z
        .string()
        .regex(/^[\x21-\x7e]+$/u)
        .parse(text);

/** The base model: which, where it comes from, and what it may take. */
export const MODEL_SETTINGS = {
  model: {
    variable: 'HYPERSCENE_MODEL',
    option: null,
    expected: 'default, none, hf:OWNER/REPO/FILE.gguf[@REVISION][#sha256=…], or a path that ends in .gguf',
    fallback: 'default',
    about:
      'the base model; default is SmolLM2-135M-Instruct, which is fetched when it is first needed and knows English only',
    secret: false,
    parse: parseModel,
  },
  modelsFolder: {
    variable: 'HYPERSCENE_MODELS',
    option: null,
    expected: 'a folder that can be written to',
    fallback: join(envPaths('hyperscene', { suffix: '' }).cache, 'models'),
    fallbackAbout: 'models in hyperscene of the cache folder of the user: on Linux ~/.cache/hyperscene/models',
    about: 'where fetched models are kept; nothing in it is deleted',
    secret: false,
    parse: parsePath,
  },
  modelHub: {
    variable: 'HYPERSCENE_HUB',
    option: null,
    expected: 'an http or https address without user, query and fragment',
    fallback: 'https://huggingface.co',
    about: 'the hub that hf: addresses are fetched from: that of Hugging Face, or a mirror of it',
    secret: false,
    parse: parseServer,
  },
  modelHubToken: {
    variable: 'HYPERSCENE_HUB_TOKEN',
    option: null,
    expected: 'letters, digits and signs of ASCII',
    fallback: '',
    about:
      'token for models that the hub does not give to everyone; it is sent to the hub and not to where that redirects',
    secret: true,
    parse: parseToken,
  },
  modelServerUrl: {
    variable: 'HYPERSCENE_MODEL_URL',
    option: null,
    expected: 'an http or https address without user, query and fragment, or empty for none',
    fallback: '',
    about: 'base address of a server that speaks as OpenAI does, and that is asked in place of a model run here',
    secret: false,
    parse: (text: string) => (text === '' ? null : parseServer(text)),
  },
  modelServerKey: {
    variable: 'HYPERSCENE_MODEL_KEY',
    option: null,
    expected: 'letters, digits and signs of ASCII',
    fallback: '',
    about: 'what is shown to that server',
    secret: true,
    parse: parseToken,
  },
  modelName: {
    variable: 'HYPERSCENE_MODEL_NAME',
    option: null,
    expected: 'up to 255 characters',
    fallback: '',
    about: "the model's name at that server",
    secret: false,
    parse: (text: string) =>
      z
        .string()
        .max(255)
        .regex(/^[^\p{Cc}]*$/u)
        .parse(text) || null,
  },
  modelGpu: {
    variable: 'HYPERSCENE_MODEL_GPU',
    option: null,
    expected: `one of ${GPUS.join(', ')}`,
    fallback: 'off',
    about: 'what models are run on; cuda and vulkan want their binaries: `npm run setup:gpu`',
    secret: false,
    parse: (text: string) => z.enum(GPUS).parse(text),
  },
  modelContext: {
    variable: 'HYPERSCENE_MODEL_CONTEXT',
    option: null,
    expected: between(CONTEXT.min, CONTEXT.max),
    fallback: '2048',
    about: 'positions of the longest sequence, answer included',
    secret: false,
    parse: integer(CONTEXT.min, CONTEXT.max),
  },
  modelSlots: {
    variable: 'HYPERSCENE_MODEL_SLOTS',
    option: null,
    expected: between(1, SLOTS_CEILING),
    fallback: '4',
    about: 'sequences that one model works on at once; each takes memory for all its positions',
    secret: false,
    parse: integer(1, SLOTS_CEILING),
  },
  modelProcesses: {
    variable: 'HYPERSCENE_MODEL_PROCESSES',
    option: null,
    expected: between(1, PROCESSES_CEILING),
    fallback: '1',
    about: 'processes that run models, each with a copy of its own',
    secret: false,
    parse: integer(1, PROCESSES_CEILING),
  },
  modelThreads: {
    variable: 'HYPERSCENE_MODEL_THREADS',
    option: null,
    expected: between(0, THREADS_CEILING),
    fallback: '0',
    about:
      'threads of each of these processes; 0 takes one less than there are cores: threads that share a core wait for each other',
    secret: false,
    parse: integer(0, THREADS_CEILING),
  },
  modelKv: {
    variable: 'HYPERSCENE_MODEL_KV',
    option: null,
    expected: `one of ${KV_TYPES.join(', ')}`,
    fallback: 'f16',
    about:
      'how keys and values of positions are kept: q8_0 takes half of the memory, q4_0 a quarter, and both some quality',
    secret: false,
    parse: (text: string) => z.enum(KV_TYPES).parse(text),
  },
  modelMemory: {
    variable: 'HYPERSCENE_MODEL_MEMORY',
    option: null,
    expected: between(MEMORY.min, MEMORY.max),
    fallback: String(halfOfMemory),
    fallbackAbout: 'half of the memory of the machine, or of the container where that has less; 64 MiB at least',
    about: 'bytes that all models may take together; one that would go beyond is not loaded',
    secret: false,
    parse: integer(MEMORY.min, MEMORY.max),
  },
  modelIdle: {
    variable: 'HYPERSCENE_MODEL_IDLE',
    option: null,
    expected: between(1, DAY),
    fallback: '300',
    about: 'seconds without a request after which a model is unloaded',
    secret: false,
    parse: integer(1, DAY),
  },
  modelTimeout: {
    variable: 'HYPERSCENE_MODEL_TIMEOUT',
    option: null,
    expected: between(1, HOUR),
    fallback: '120',
    about: 'seconds that a request to a model may run',
    secret: false,
    parse: integer(1, HOUR),
  },
  modelQueue: {
    variable: 'HYPERSCENE_MODEL_QUEUE',
    option: null,
    expected: between(0, QUEUE_CEILING),
    fallback: '64',
    about: 'requests that may wait for a free sequence; one more is refused',
    secret: false,
    parse: integer(0, QUEUE_CEILING),
  },
  modelPrefixes: {
    variable: 'HYPERSCENE_MODEL_PREFIXES',
    option: null,
    expected: between(0, PREFIXES_CEILING),
    fallback: String(256 * MIB),
    about: 'bytes of beginnings of sequences that are kept, so that the model need not read them again; 0 keeps none',
    secret: false,
    parse: integer(0, PREFIXES_CEILING),
  },
  packsFolder: {
    variable: 'HYPERSCENE_PACKS',
    option: null,
    expected: 'a folder that holds a folder for each pack, or empty for none',
    fallback: '',
    about: 'packs that clients may name; they can name no other file',
    secret: false,
    parse: (text: string) => (text === '' ? null : parsePath(text)),
  },
} as const satisfies Record<string, Setting<unknown>>;
