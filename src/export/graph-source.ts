import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { HypersceneError } from '../errors.ts';
import { splitLines } from '../store/backup/backup-lines.ts';
import { GRAPH_FILES, GRAPH_SHAPES, GRAPH_VERSION, type GraphPart, type GraphRow } from './graph-rows.ts';
import { checkVersion, type Manifest } from './manifest.ts';
import { verifyExport } from './verify-export.ts';

/** Rows given at once at most, and characters of their lines: one of a community names all its parts. */
const ROWS = 1000;
const UNITS = 2 ** 20;
/** Rows parsed before other work gets its turn: some 5 ms. */
const TURN = 100;

type LinePart = Exclude<GraphPart, 'corpus'>;

const damaged = (at: string, expected: string, came: string, cause?: unknown): HypersceneError =>
  new HypersceneError('EXPORT_DAMAGED', 'a file of the export cannot be understood', { at, expected, came, cause });

/** An export of format `graph` whose files were found to be those that were written. */
export class GraphSource {
  readonly manifest: Manifest;
  readonly corpus: GraphRow<'corpus'>;
  /** Of all files: another one tells of another graph. */
  readonly identity: string;
  readonly #folder: string;
  readonly #signal: AbortSignal | undefined;

  private constructor(folder: string, manifest: Manifest, corpus: GraphRow<'corpus'>, signal: AbortSignal | undefined) {
    this.#folder = folder;
    this.manifest = manifest;
    this.corpus = corpus;
    this.#signal = signal;
    const files = manifest.files.map(({ path, sha256 }) => [path, sha256]);
    this.identity = createHash('sha256')
      .update(JSON.stringify([manifest.corpus, ...files]))
      .digest('hex');
  }

  /** @throws HypersceneError UNREADABLE_FILE, EXPORT_DAMAGED, EXPORT_TOO_NEW, CANCELLED; BAD_ARGUMENT for another format */
  static async open(folder: string, signal?: AbortSignal): Promise<GraphSource> {
    const { manifest } = await verifyExport(folder, signal);
    if (manifest.exported !== 'graph')
      throw new HypersceneError('BAD_ARGUMENT', 'an export that no graph can be made of', {
        at: folder,
        expected: 'one that was written with --format graph',
        came: manifest.exported,
      });
    const named = new Set(manifest.files.map(({ path }) => path));
    const missing = Object.values(GRAPH_FILES).find((path) => !named.has(path));
    if (missing !== undefined) throw damaged(folder, `the file ${missing}`, 'none in the manifest');
    return new GraphSource(folder, manifest, await readCorpus(join(folder, GRAPH_FILES.corpus)), signal);
  }

  /**
   * The rows of a file in their order, some at a time. It is compared with the manifest again on the way.
   * @throws HypersceneError EXPORT_DAMAGED, CANCELLED
   */
  async *rows<Part extends LinePart>(part: Part): AsyncGenerator<readonly GraphRow<Part>[]> {
    const path = join(this.#folder, GRAPH_FILES[part]);
    let rows: GraphRow<Part>[] = [];
    let units = 0;
    let line = 0;
    for await (const bytes of this.#lines(part, path)) {
      const text = bytes.toString('utf8');
      rows.push(parseRow(part, text, `${path}:${++line}`));
      units += text.length;
      if (line % TURN === 0) await setImmediate();
      if (rows.length < ROWS && units < UNITS) continue;
      yield rows;
      rows = [];
      units = 0;
    }
    if (rows.length > 0) yield rows;
  }

  async *#lines(part: LinePart, path: string): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    const signal = this.#signal;
    const file = createReadStream(path, signal === undefined ? {} : { signal });
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of file) {
        hash.update(chunk as Buffer);
        yield chunk as Buffer;
      }
    };
    try {
      yield* splitLines(chunks());
    } catch (error) {
      throw this.#readingError(path, error);
    } finally {
      file.destroy();
    }
    const expected = this.manifest.files.find((one) => one.path === GRAPH_FILES[part])?.sha256 ?? '';
    const came = hash.digest('hex');
    if (came !== expected) throw damaged(path, `SHA-256 ${expected}`, came);
  }

  #readingError(path: string, error: unknown): unknown {
    if (error instanceof HypersceneError)
      return error.code === 'BACKUP_UNREADABLE'
        ? damaged(path, error.details.expected ?? '', error.details.came ?? '', error)
        : error;
    const { name, code } = error as NodeJS.ErrnoException;
    if (name === 'AbortError') return new HypersceneError('CANCELLED', 'cancelled', { cause: error });
    if (code === undefined) return error;
    return new HypersceneError('UNREADABLE_FILE', 'a file of the export cannot be read', {
      at: path,
      came: code,
      cause: error,
    });
  }
}

const parsed = (text: string, at: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw damaged(at, 'JSON', JSON.stringify(text.slice(0, 80)), cause);
  }
};

const parseRow = <Part extends GraphPart>(part: Part, text: string, at: string): GraphRow<Part> => {
  const shape: z.ZodType = GRAPH_SHAPES[part];
  const { success, data, error } = shape.safeParse(parsed(text, at));
  if (!success) throw damaged(at, `a row of ${GRAPH_FILES[part]}`, z.prettifyError(error));
  return data as GraphRow<Part>;
};

const readCorpus = async (path: string): Promise<GraphRow<'corpus'>> => {
  const text = await readFile(path, 'utf8');
  const value = parsed(text, path) as { readonly version?: unknown } | null;
  checkVersion(path, value?.version, GRAPH_VERSION);
  return parseRow('corpus', text, path);
};
