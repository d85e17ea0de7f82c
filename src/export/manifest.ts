import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HypersceneError } from '../errors.ts';
import { FORMATS, STATISTICS_KINDS, TOKEN_RUNGS } from './export-format.ts';
import { SPLITS } from './split.ts';

export const MANIFEST = 'manifest.json';

const FORMAT = 'hyperscene-export';
const VERSION = 1;

const shape = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  product: z.string(),
  store: z.enum(['embedded', 'neo4j', 'memory']),
  /** How many migrations made the store's schema; null of one in memory, which has none. */
  migrations: z.int().min(1).nullable().default(null),
  corpus: z.string(),
  revision: z.int().min(0),
  documents: z.int().min(0),
  scenes: z.int().min(0),
  couplings: z.int().min(0),
  exported: z.enum(FORMATS),
  options: z.object({
    labels: z.enum(['ru', 'en']),
    seed: z.int(),
    shares: z.record(z.enum(SPLITS), z.number()),
    licence: z.string().nullable(),
    rowGroup: z.int().min(1),
    rung: z.enum(TOKEN_RUNGS).optional(),
    statistics: z.enum(STATISTICS_KINDS).optional(),
  }),
  /** The base: hash of its `tokenizer.json`, and how many ids it has. */
  tokenizer: z
    .object({ sha256: z.string().regex(/^[0-9a-f]{64}$/u), vocabulary: z.int().min(1) })
    .nullable()
    .default(null),
  files: z.array(
    z.object({
      path: z.string(),
      bytes: z.int().min(0),
      /** null for a file that is not made of rows. */
      rows: z.int().min(0).nullable(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/u),
    }),
  ),
});

/** What an export holds. It is written last: where it is, the export is whole. */
export type Manifest = Readonly<z.infer<typeof shape>>;

export const formatManifest = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

/** @throws HypersceneError EXPORT_TOO_NEW @param at the file that says so */
export const checkVersion = (at: string, version: unknown, known: number): void => {
  if (typeof version !== 'number' || version <= known) return;
  throw new HypersceneError('EXPORT_TOO_NEW', 'the export was written by a newer version', {
    at,
    expected: `format version ${known} at most`,
    came: `${version}`,
  });
};

/** @throws HypersceneError UNREADABLE_FILE where there is none, EXPORT_TOO_NEW, EXPORT_DAMAGED */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const path = join(folder, MANIFEST);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new HypersceneError('UNREADABLE_FILE', 'no whole export', {
      at: path,
      expected: 'a folder that an export was written to, to its end',
      cause,
    });
  }
  try {
    const value = JSON.parse(text) as { readonly format?: unknown; readonly version?: unknown } | null;
    if (value?.format === FORMAT) checkVersion(path, value.version, VERSION);
    return shape.parse(value);
  } catch (cause) {
    if (cause instanceof HypersceneError) throw cause;
    const came = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new HypersceneError('EXPORT_DAMAGED', 'the manifest cannot be understood', { at: path, came, cause });
  }
};
