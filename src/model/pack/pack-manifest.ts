import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { HypersceneError } from '../../errors.ts';
import { PackFile, unreadable } from './pack-file.ts';
import {
  EMBEDDING_LENGTH_MAX,
  FILE_BYTES_MAX,
  FILES_MAX,
  MANIFEST_BYTES_MAX,
  NESTING_MAX,
  ROWS_MAX,
  TEXT_LENGTH_MAX,
  VOCABULARY_MAX,
} from './pack-limits.ts';

export const MANIFEST = 'pack.json';
export const ROWS = 'rows.jsonl';
export const TENSORS = 'rows.safetensors';
export const ADAPTER = 'adapter.gguf';

const FORMAT = 'hyperscene-pack';
const VERSION = 1;

/** One step down and nowhere else, for packs and for their files: no separator, and nothing that begins with a dot. */
const NAME = /^[A-Za-z0-9][\w.-]{0,99}$/u;
export const PACK_NAME = 'a letter or digit, then up to 99 letters, digits and _ - .';
export const isPackName = (text: string): boolean => NAME.test(text);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u, '64 hex digits');
const text = z
  .string()
  .min(1)
  .max(TEXT_LENGTH_MAX)
  .refine((value) => value.isWellFormed(), 'no lone surrogates');

const isShallow = (value: unknown): boolean => {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= NESTING_MAX; depth++) {
    level = level.flatMap((inner) => (typeof inner === 'object' && inner !== null ? Object.values(inner) : []));
    if (level.length === 0) return true;
  }
  return false;
};

/** What a trainer has to tell, in its own words. */
const figures = z.record(z.string(), z.unknown()).refine(isShallow, `nested ${NESTING_MAX} deep at most`);

const files = z
  .array(
    z.object({
      path: z.string().regex(NAME, PACK_NAME),
      bytes: z.int().min(0).max(FILE_BYTES_MAX),
      sha256,
    }),
  )
  .max(FILES_MAX)
  .refine((all) => {
    // Some file systems take no account of case.
    const names = all.map(({ path }) => path.toLowerCase());
    return new Set(names).size === names.length && !names.includes(MANIFEST);
  }, `each file once, and not ${MANIFEST}`)
  .refine((all) => [ROWS, TENSORS].every((name) => all.some(({ path }) => path === name)), `${ROWS} and ${TENSORS}`);

/** Fields that are not here are ignored: a later version that only adds some keeps its number. */
const shape = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  name: z.string().regex(NAME, PACK_NAME),
  base: z.object({
    name: text,
    sha256,
    architecture: text.nullable().default(null),
    vocabulary: z.int().min(1).max(VOCABULARY_MAX),
    embeddingLength: z.int().min(1).max(EMBEDDING_LENGTH_MAX),
  }),
  rows: z.int().min(0).max(ROWS_MAX),
  files,
  training: figures.default({}),
  evaluation: figures.default({}),
  licence: text.nullable().default(null),
  createdBy: text,
});

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/** What a pack is, and the SHA-256 of each of its files. */
export type PackManifest = Frozen<z.infer<typeof shape>>;

/** The model that the rows are for: SHA-256 of its file, size of its vocabulary and of an embedding, without our rows. */
export type PackBase = PackManifest['base'];

const freeze = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
};

export const formatManifest = (manifest: Omit<PackManifest, 'format' | 'version'>): string =>
  `${JSON.stringify({ format: FORMAT, version: VERSION, ...manifest }, null, 2)}\n`;

/** Issues of zod that an error tells. */
const ISSUES_MAX = 3;

/** What is wrong with a value, in short: a hostile one may have a million faults. */
export const faultsOf = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, ISSUES_MAX)
    .map(({ path, message }) => [path.join('.'), message].filter((part) => part !== '').join(': '))
    .join('; ')
    .slice(0, TEXT_LENGTH_MAX);

/**
 * Reads `pack.json`.
 * @param label as errors name the pack
 * @returns with the SHA-256 of its bytes
 * @throws HypersceneError PACK_UNREADABLE
 */
export const readManifest = async (
  folder: string,
  label: string,
): Promise<{ readonly manifest: PackManifest; readonly sha256: string }> => {
  const at = `${label}/${MANIFEST}`;
  await using file = await PackFile.open(join(folder, MANIFEST), at);
  if (file.size > MANIFEST_BYTES_MAX)
    throw unreadable(at, { expected: `${MANIFEST_BYTES_MAX} bytes at most`, came: `${file.size}` });
  const bytes = new Uint8Array(file.size);
  await file.read(bytes, 0);
  return { manifest: parseManifest(bytes, at), sha256: createHash('sha256').update(bytes).digest('hex') };
};

const parseManifest = (bytes: Uint8Array, at: string): PackManifest => {
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as {
      readonly format?: unknown;
      readonly version?: unknown;
    } | null;
    if (value?.format === FORMAT && typeof value.version === 'number' && value.version > VERSION)
      throw unreadable(at, { expected: `format version ${VERSION} at most`, came: `${value.version}` });
    return freeze(shape.parse(value));
  } catch (cause) {
    if (cause instanceof HypersceneError) throw cause;
    throw unreadable(at, { came: cause instanceof z.ZodError ? faultsOf(cause) : String(cause), cause });
  }
};
