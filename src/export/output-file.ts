import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { checkCancelled, HypersceneError } from '../errors.ts';

/** Bytes that are gathered before they are written: a system call for each row would take longer than the rows. */
const BUFFER_BYTES = 2 ** 20;

/** Of a file that is not whole yet. */
export const PART = '.part';

/**
 * A file that grows under another name, `NAME.part`, and gets its own when it is whole and on the disk. One that was cut off is
 * gone on with at a length that is known to be on the disk.
 */
export class OutputFile {
  readonly path: string;
  readonly #handle: FileHandle;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #bytes: number;

  private constructor(path: string, handle: FileHandle, bytes: number) {
    this.path = path;
    this.#handle = handle;
    this.#bytes = bytes;
  }

  /** @param bytes what is kept of a part that is there; 0 begins anew. @throws HypersceneError UNWRITABLE_FILE, DISK_FULL, EXPORT_DAMAGED */
  static async open(path: string, bytes: number): Promise<OutputFile> {
    return writing(path, async () => {
      const handle = await open(path + PART, bytes === 0 ? 'w+' : 'r+').catch((cause: NodeJS.ErrnoException) => {
        if (bytes === 0 || cause.code !== 'ENOENT') throw cause;
        throw new HypersceneError('EXPORT_DAMAGED', 'a part of the export is gone', {
          at: path + PART,
          expected: `${bytes} bytes`,
          came: 'none',
          cause,
        });
      });
      try {
        const { size } = await handle.stat();
        if (size < bytes)
          throw new HypersceneError('EXPORT_DAMAGED', 'a part of the export is shorter than what was written', {
            at: path + PART,
            expected: `${bytes} bytes`,
            came: `${size}`,
          });
        await handle.truncate(bytes);
        return new OutputFile(path, handle, bytes);
      } catch (error) {
        await handle.close();
        throw error;
      }
    });
  }

  /** Written and waiting. */
  get bytes(): number {
    return this.#bytes + this.#waitingBytes;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    if (this.#waitingBytes >= BUFFER_BYTES) await this.#flush();
  }

  async #flush(): Promise<void> {
    const [chunks, bytes] = [this.#waiting, this.#waitingBytes];
    if (bytes === 0) return;
    this.#waiting = [];
    this.#waitingBytes = 0;
    await writing(this.path, async () => {
      let left = Buffer.concat(chunks);
      for (let at = this.#bytes; left.byteLength > 0; ) {
        const { bytesWritten } = await this.#handle.write(left, 0, left.byteLength, at);
        at += bytesWritten;
        left = left.subarray(bytesWritten);
      }
    });
    this.#bytes += bytes;
  }

  /** Some of what was written. @throws HypersceneError EXPORT_DAMAGED where less is there */
  async read(at: number, bytes: number): Promise<Buffer> {
    await this.#flush();
    const { buffer, bytesRead } = await this.#handle.read(Buffer.alloc(bytes), 0, bytes, at);
    if (bytesRead === bytes) return buffer;
    throw new HypersceneError('EXPORT_DAMAGED', 'a part of the export is shorter than what was written', {
      at: this.path + PART,
      expected: `${at + bytes} bytes`,
      came: `${at + bytesRead}`,
    });
  }

  /** All of it is on the disk when this resolves. @returns its length */
  async sync(): Promise<number> {
    await this.#flush();
    await writing(this.path, () => this.#handle.sync());
    return this.#bytes;
  }

  /** Leaves the part as it is. */
  async abandon(): Promise<void> {
    await this.#handle.close();
  }
}

/** Of a whole file. @returns 64 hex digits, and its length. @throws HypersceneError CANCELLED; what the file system says */
export const digestOfFile = async (
  path: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly sha256: string; readonly bytes: number }> => {
  const hash = createHash('sha256');
  // One buffer for all of it: a stream makes one for each read, and 30 MB of them wait to be collected.
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  const handle = await open(path, 'r');
  try {
    let bytes = 0;
    for (let more = true; more; ) {
      checkCancelled({ signal });
      const { bytesRead } = await handle.read(buffer, 0, BUFFER_BYTES, bytes);
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
      more = bytesRead > 0;
    }
    return { sha256: hash.digest('hex'), bytes };
  } finally {
    await handle.close();
  }
};

/** What the file system says, in the registry's terms. */
export const writing = async <T>(path: string, act: () => Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (cause) {
    if (cause instanceof HypersceneError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
      throw new HypersceneError('DISK_FULL', 'no space is left for the export', { at: path, cause });
    throw new HypersceneError('UNWRITABLE_FILE', 'the export cannot be written', {
      at: path,
      came: code ?? String(cause),
      cause,
    });
  }
};
