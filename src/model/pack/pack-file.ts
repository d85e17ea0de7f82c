import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { checkCancelled, HypersceneError } from '../../errors.ts';

/** Bytes that are read at a time for a hash. */
const READ_BYTES = 2 ** 20;

/**
 * A link would lead out of the folder to whatever its maker likes (CWE-59), and to open a pipe would wait for its writer.
 * Neither exists on Windows.
 */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** What is wrong with a pack. @param at its name and file, and the line, row or byte; no path of this machine */
export const unreadable = (
  at: string,
  { expected, came, cause }: { readonly expected?: string; readonly came: string; readonly cause?: unknown },
): HypersceneError =>
  new HypersceneError('PACK_UNREADABLE', 'the pack cannot be used', {
    at,
    came,
    cause,
    ...(expected === undefined ? {} : { expected }),
  });

const SYSTEM_REASONS: Readonly<Record<string, string>> = { ENOENT: 'none', ELOOP: 'a symbolic link' };

const systemFault = (at: string, cause: unknown): HypersceneError => {
  const { code = String(cause) } = cause as NodeJS.ErrnoException;
  return unreadable(at, { expected: 'a file', came: SYSTEM_REASONS[code] ?? code, cause });
};

const stampOf = (stat: { dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint }): string =>
  [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(':');

/**
 * By what a file is told to be the one it was: device, inode, size, time of its bytes and of its inode. Whoever writes within one
 * tick of the clock and keeps the size goes unseen.
 */
export type Stamp = string;

/** `none` where there is none. */
export const stampAt = (path: string): Promise<Stamp> =>
  lstat(path, { bigint: true }).then(stampOf, (error: NodeJS.ErrnoException) => error.code ?? 'none');

/** A file of a pack, open for reading. Every failure to read it is PACK_UNREADABLE. */
export class PackFile {
  /** As an error names it. */
  readonly at: string;
  readonly size: number;
  readonly stamp: Stamp;
  readonly #handle: FileHandle;

  private constructor(at: string, handle: FileHandle, size: number, stamp: Stamp) {
    this.at = at;
    this.#handle = handle;
    this.size = size;
    this.stamp = stamp;
  }

  /** @param expected of when it was opened before. @throws HypersceneError PACK_UNREADABLE for what is no file, or another one */
  static async open(path: string, at: string, expected?: Stamp): Promise<PackFile> {
    let handle: FileHandle;
    try {
      handle = await open(path, OPEN_FLAGS);
    } catch (cause) {
      throw systemFault(at, cause);
    }
    try {
      const stat = await handle.stat({ bigint: true });
      if (!stat.isFile()) throw unreadable(at, { expected: 'a file', came: stat.isDirectory() ? 'a folder' : 'none' });
      const stamp = stampOf(stat);
      if (expected !== undefined && stamp !== expected)
        throw unreadable(at, { expected: 'the file that was checked', came: 'one that was changed since' });
      return new PackFile(at, handle, Number(stat.size), stamp);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Fills the buffer. @throws HypersceneError PACK_UNREADABLE where fewer bytes are there */
  async read(buffer: Uint8Array, position: number): Promise<void> {
    for (let filled = 0; filled < buffer.byteLength; ) {
      const bytesRead = await this.#readSome(buffer.subarray(filled), position + filled);
      if (bytesRead === 0)
        throw unreadable(this.at, {
          expected: `${position + buffer.byteLength} bytes`,
          came: `${position + filled}`,
        });
      filled += bytesRead;
    }
  }

  async #readSome(buffer: Uint8Array, position: number): Promise<number> {
    try {
      const { bytesRead } = await this.#handle.read(buffer, 0, buffer.byteLength, position);
      return bytesRead;
    } catch (cause) {
      throw systemFault(this.at, cause);
    }
  }

  /** All of it, in pieces of one buffer: a piece holds until the next is asked for. */
  async *pieces(bytes: number, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    const buffer = new Uint8Array(bytes);
    for (let position = 0; ; ) {
      checkCancelled({ signal });
      const bytesRead = await this.#readSome(buffer, position);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      position += bytesRead;
    }
  }

  /** SHA-256 of all of it, 64 hex digits. @throws HypersceneError CANCELLED, PACK_UNREADABLE */
  async digest(signal: AbortSignal | undefined): Promise<string> {
    const hash = createHash('sha256');
    for await (const piece of this.pieces(READ_BYTES, signal)) hash.update(piece);
    return hash.digest('hex');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }
}
