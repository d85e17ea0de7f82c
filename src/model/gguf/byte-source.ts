import { type FileHandle, open } from 'node:fs/promises';
import { HypersceneError } from '../../errors.ts';

/** Bytes that can be read from any place: a file, or what stands for one in a test. */
export interface ByteSource {
  /** How an error calls it. */
  readonly name: string;
  /** Its length. */
  readonly bytes: number;
  /** Fills the buffer from `at` on. @returns bytes read, fewer than asked for at the end only */
  read(buffer: Uint8Array, at: number): Promise<number>;
}

/** A regular file as a {@link ByteSource}. */
export class FileSource implements ByteSource, AsyncDisposable {
  readonly name: string;
  readonly bytes: number;
  readonly #handle: FileHandle;

  private constructor(name: string, bytes: number, handle: FileHandle) {
    this.name = name;
    this.bytes = bytes;
    this.#handle = handle;
  }

  /** @param name how errors call it: by its path unless told. @throws HypersceneError UNREADABLE_FILE */
  static async open(path: string, name = path): Promise<FileSource> {
    const handle = await open(path, 'r').catch((cause) => unreadable(name, cause));
    try {
      const stat = await handle.stat();
      if (!stat.isFile())
        throw new HypersceneError('UNREADABLE_FILE', 'not a file', { at: name, expected: 'a regular file' });
      return new FileSource(name, stat.size, handle);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async read(buffer: Uint8Array, at: number): Promise<number> {
    let read = 0;
    for (let more = true; more && read < buffer.byteLength; ) {
      const { bytesRead } = await this.#handle
        .read(buffer, read, buffer.byteLength - read, at + read)
        .catch((cause) => unreadable(this.name, cause));
      read += bytesRead;
      more = bytesRead > 0;
    }
    return read;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }
}

const unreadable = (path: string, cause: NodeJS.ErrnoException): never => {
  throw new HypersceneError('UNREADABLE_FILE', 'the model cannot be read', {
    at: path,
    came: cause.code ?? String(cause),
    cause,
  });
};
