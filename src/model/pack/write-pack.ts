import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, copyFile, type FileHandle, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { checkCancelled, HypersceneError } from '../../errors.ts';
import type { PackIdentity } from '../language-model.ts';
import { EMBEDDING, loadPack, OUTPUT } from './pack.ts';
import { PackFile } from './pack-file.ts';
import { ADAPTER, formatManifest, MANIFEST, type PackManifest, ROWS, TENSORS } from './pack-manifest.ts';
import { formatRow, type PackRow } from './pack-row.ts';
import { encode } from './row-values.ts';
import { DTYPE_BYTES, type Dtype, formatHeader, HEADER_ROOM } from './safetensors.ts';

/** A row and its numbers, as many as the base's embeddings have. It is predicted where it has an output. */
export interface TrainedRow extends Omit<PackRow, 'predicted'> {
  readonly embedding: Float32Array;
  readonly output: Float32Array | null;
}

export interface PackContents
  extends Pick<PackManifest, 'name' | 'base' | 'training' | 'evaluation' | 'licence' | 'createdBy'> {
  readonly rows: AsyncIterable<TrainedRow> | Iterable<TrainedRow>;
  /** Numbers become the nearest of it. */
  readonly dtype: Dtype;
  /** Path of a GGUF-LoRA to be copied; null for none. */
  readonly adapter: string | null;
}

/** Bytes that are gathered before they are written. */
const BUFFER_BYTES = 2 ** 20;

/**
 * Writes a pack: beside under another name, through to the disk, read back and checked as any pack is, and renamed. What was cut
 * off leaves a folder `.NAME.….part`, which no folder of packs shows.
 * @param folder that there is none of
 * @throws HypersceneError FILE_EXISTS, UNWRITABLE_FILE, UNREADABLE_FILE for the adapter, DISK_FULL, CANCELLED; BAD_ARGUMENT for a
 * row of another length; PACK_UNREADABLE for what nobody could open: a key twice, numbers that are not finite in that type,
 * limits
 */
export const writePack = async (
  folder: string,
  contents: PackContents,
  signal?: AbortSignal,
): Promise<PackIdentity> => {
  const whole = resolve(folder);
  await checkFree(whole);
  const part = join(dirname(whole), `.${basename(whole)}.${randomUUID()}.part`);
  try {
    await writing(part, () => mkdir(part));
    await fill(part, contents, signal);
    const { identity } = await loadPack(part, { label: contents.name, isChecked: false, signal });
    await sync(part);
    // An empty folder that came meanwhile is replaced; a full one is not.
    await checkFree(whole);
    await writing(whole, () =>
      rename(part, whole).catch((cause: NodeJS.ErrnoException) => {
        throw TAKEN.has(cause.code) ? taken(whole, cause) : cause;
      }),
    );
    await sync(dirname(whole));
    return identity;
  } catch (error) {
    // What failed first is told, not that this fails too.
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
};

const checkFree = async (folder: string): Promise<void> => {
  const isTaken = await lstat(folder).then(
    () => true,
    () => false,
  );
  if (isTaken) throw taken(folder);
};

const taken = (at: string, cause?: unknown): HypersceneError =>
  new HypersceneError('FILE_EXISTS', 'the pack is there already', { at, cause });

/** What renaming a folder onto another entry comes to. */
const TAKEN: ReadonlySet<string | undefined> = new Set(['ENOTEMPTY', 'EEXIST', 'ENOTDIR']);

const fill = async (part: string, contents: PackContents, signal: AbortSignal | undefined): Promise<void> => {
  const { rows: source, dtype, adapter, ...rest } = contents;
  const rows = await writeRows(part, contents, signal);
  if (adapter !== null) await copyAdapter(adapter, join(part, ADAPTER));
  const names = [ROWS, TENSORS, ...(adapter === null ? [] : [ADAPTER])];
  const files: { path: string; bytes: number; sha256: string }[] = [];
  for (const path of names) {
    await using file = await PackFile.open(join(part, path), `${contents.name}/${path}`);
    files.push({ path, bytes: file.size, sha256: await file.digest(signal) });
  }
  const { name, base, training, evaluation, licence, createdBy } = rest;
  const manifest = { name, base, rows, files, training, evaluation, licence, createdBy };
  await using output = await Output.create(join(part, MANIFEST));
  await output.add(Buffer.from(formatManifest(manifest)));
  await output.sync();
};

/**
 * Outputs stand behind all embeddings, so they wait in a file of their own until it is known that no embedding follows.
 * @returns rows
 */
const writeRows = async (
  part: string,
  { rows, base: { embeddingLength: length }, dtype }: PackContents,
  signal: AbortSignal | undefined,
): Promise<number> => {
  await using lines = await Output.create(join(part, ROWS));
  await using tensors = await Output.create(join(part, TENSORS));
  await using outputs = await Output.create(join(part, OUTPUT));
  await tensors.add(new Uint8Array(HEADER_ROOM));
  const zeros = new Uint8Array(length * DTYPE_BYTES[dtype]);
  let count = 0;
  let predicted = 0;
  for await (const { embedding, output, ...row } of rows) {
    checkCancelled({ signal });
    checkLength(embedding, length, count);
    if (output !== null) checkLength(output, length, count);
    await lines.add(Buffer.from(formatRow({ ...row, predicted: output !== null }, count)));
    await tensors.add(encode(dtype, embedding));
    await outputs.add(output === null ? zeros : encode(dtype, output));
    count++;
    if (output !== null) predicted++;
  }
  await outputs.flush();
  if (predicted > 0) {
    await using waiting = await PackFile.open(outputs.path, OUTPUT);
    for await (const piece of waiting.pieces(BUFFER_BYTES, signal)) await tensors.add(piece.slice());
  }
  await tensors.flush();
  const form = { dtype, rows: count, length };
  await tensors.overwrite(
    formatHeader([{ name: EMBEDDING, ...form }, ...(predicted > 0 ? [{ name: OUTPUT, ...form }] : [])]),
  );
  await lines.sync();
  await tensors.sync();
  await rm(outputs.path);
  return count;
};

const checkLength = ({ length: came }: Float32Array, length: number, row: number): void => {
  if (came === length) return;
  throw new HypersceneError('BAD_ARGUMENT', 'a row is not of the length of the base', {
    at: `row ${row}`,
    expected: `${length} numbers`,
    came: `${came}`,
  });
};

/** A new file that grows at its end. */
class Output {
  readonly path: string;
  readonly #handle: FileHandle;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  static create(path: string): Promise<Output> {
    return writing(path, async () => new Output(path, await open(path, 'wx')));
  }

  /** @param bytes that nobody changes from now on */
  async add(bytes: Uint8Array): Promise<void> {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.byteLength;
    if (this.#waitingBytes >= BUFFER_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    await writing(this.path, () => this.#handle.writeFile(bytes));
  }

  /** What it begins with. */
  async overwrite(bytes: Uint8Array): Promise<void> {
    await writing(this.path, async () => {
      await using head = await open(this.path, 'r+');
      await head.write(bytes, 0, bytes.byteLength, 0);
    });
  }

  /** All of it is on the disk when this resolves. */
  async sync(): Promise<void> {
    await this.flush();
    await writing(this.path, () => this.#handle.sync());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }
}

const copyAdapter = async (from: string, to: string): Promise<void> => {
  await access(from, constants.R_OK).catch((cause: NodeJS.ErrnoException) => {
    const came = cause.code ?? String(cause);
    throw new HypersceneError('UNREADABLE_FILE', 'no adapter', { at: from, expected: 'a GGUF-LoRA', came, cause });
  });
  await writing(to, () => copyFile(from, to));
  await sync(to);
};

/** Of a file or a folder: all of it is on the disk when this resolves. */
const sync = (path: string): Promise<void> =>
  writing(path, async () => {
    await using handle = await open(path, 'r');
    await handle.sync();
  });

const FULL: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What the file system says, in the registry's terms. */
const writing = async <T>(at: string, act: () => Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (cause) {
    if (cause instanceof HypersceneError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (FULL.has(code)) throw new HypersceneError('DISK_FULL', 'no space is left for the pack', { at, cause });
    const came = code ?? String(cause);
    throw new HypersceneError('UNWRITABLE_FILE', 'the pack cannot be written', { at, came, cause });
  }
};
