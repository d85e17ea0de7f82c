import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Piscina } from 'piscina';
import { HypersceneError } from '../errors.ts';
import type {
  Encoded,
  EncodeTask,
  encodeTexts,
  InspectTask,
  inspectTokenizer,
  TokenizerFacts,
} from './base-tokenizer-worker.ts';

/** Files that stand beside a `tokenizer.json` and that its loaders read. */
export const BESIDES = [
  'tokenizer_config.json',
  'added_tokens.json',
  'special_tokens_map.json',
  'chat_template.jinja',
] as const;
export type Beside = (typeof BESIDES)[number];

/** A model's tokenizer as it is before codes are added to it. */
export interface BaseTokenizer extends TokenizerFacts {
  /** Of all its files: another one gives other bytes. */
  readonly identity: string;
  readonly bytes: Uint8Array;
  readonly besides: ReadonlyMap<Beside, string>;
  /**
   * Ids of plain text, on a thread of its own. No special token and no code is looked for in it, nor put around it.
   * @throws HypersceneError BAD_TOKENIZER for one that cannot be run here
   */
  encode(texts: readonly string[]): Promise<Encoded>;
  close(): Promise<void>;
}

const FILE = 'tokenizer.json';
/** The largest known have some 35 MB. */
const BYTES_MAX = 2 ** 28;
const IDLE_MS = 10_000;

const INSPECT: keyof { inspectTokenizer: typeof inspectTokenizer } = 'inspectTokenizer';
const ENCODE: keyof { encodeTexts: typeof encodeTexts } = 'encodeTexts';

/**
 * Reads a Hugging Face `tokenizer.json`.
 * @param path the file, or a folder that has one
 * @throws HypersceneError UNKNOWN_TOKENIZER where there is none, BAD_TOKENIZER
 */
export const openBaseTokenizer = async (path: string): Promise<BaseTokenizer> => {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = isFolder ? join(path, FILE) : path;
  const bytes = await readShared(file);
  const besides = await readBesides(dirname(file));
  const worker = import.meta.url.endsWith('.ts') ? './base-tokenizer-worker.ts' : './base-tokenizer-worker.js';
  const pool = new Piscina({
    filename: new URL(worker, import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
  });
  const run = async (task: unknown, name: string): Promise<unknown> =>
    pool.run(task, { name }).catch((cause: unknown) => {
      throw badTokenizer(file, cause);
    });
  try {
    const inspect: InspectTask = { bytes, config: besides.get('tokenizer_config.json') ?? null };
    const facts = (await run(inspect, INSPECT)) as TokenizerFacts;
    return {
      ...facts,
      identity: createHash('sha256')
        .update(JSON.stringify([facts.sha256, ...besides]))
        .digest('hex'),
      bytes,
      besides,
      encode: (texts) => run({ bytes, texts } satisfies EncodeTask, ENCODE) as Promise<Encoded>,
      close: () => pool.close({ force: true }),
    };
  } catch (error) {
    await pool.close({ force: true });
    throw error;
  }
};

const badTokenizer = (at: string, cause: unknown): HypersceneError =>
  new HypersceneError('BAD_TOKENIZER', 'the tokenizer cannot be used', {
    at,
    expected: 'a tokenizer.json of Hugging Face whose ids are 0 to n − 1 and that no codes were added to',
    came: cause instanceof Error ? cause.message : String(cause),
    cause,
  });

const readShared = async (file: string): Promise<Uint8Array> => {
  const unknown = (cause: NodeJS.ErrnoException) =>
    new HypersceneError('UNKNOWN_TOKENIZER', 'no tokenizer', {
      at: file,
      expected: 'a tokenizer.json, or a folder that has one',
      came: cause.code ?? String(cause),
      cause,
    });
  const { size } = await stat(file).catch((cause) => Promise.reject(unknown(cause)));
  if (size > BYTES_MAX) throw badTokenizer(file, `${size} bytes`);
  const read = await readFile(file).catch((cause) => Promise.reject(unknown(cause)));
  // Shared, so that no task takes a copy along.
  const bytes = new Uint8Array(new SharedArrayBuffer(read.byteLength));
  bytes.set(read);
  return bytes;
};

const readBesides = async (folder: string): Promise<ReadonlyMap<Beside, string>> => {
  const found = new Map<Beside, string>();
  for (const name of BESIDES) {
    const text = await readFile(join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw new HypersceneError('UNREADABLE_FILE', 'a file of the tokenizer cannot be read', {
        at: join(folder, name),
        cause: error,
      });
    });
    if (text !== null) found.set(name, text);
  }
  return found;
};
