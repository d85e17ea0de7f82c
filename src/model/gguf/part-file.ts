import { randomUUID } from 'node:crypto';
import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HypersceneError } from '../../errors.ts';

/**
 * A file that is written from its beginning to its end under another name beside its own, and gets its own when it is whole and
 * on the disk. Until then nothing is seen of it; when it is abandoned nothing is left.
 */
export class PartFile {
  readonly #path: string;
  readonly #part: string;
  readonly #handle: FileHandle;
  #bytes = 0;

  private constructor(path: string, part: string, handle: FileHandle) {
    this.#path = path;
    this.#part = part;
    this.#handle = handle;
  }

  /** @throws HypersceneError FILE_EXISTS where something has the name, UNWRITABLE_FILE, DISK_FULL */
  static async create(path: string): Promise<PartFile> {
    await refuseTaken(path);
    // A name of its own for each: two that write to the same target must not write to the same part.
    const part = `${path}.${randomUUID()}.part`;
    return new PartFile(path, part, await writing(path, () => open(part, 'wx')));
  }

  /** Written so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @throws HypersceneError UNWRITABLE_FILE, DISK_FULL */
  async write(chunk: Uint8Array): Promise<void> {
    await writing(this.#path, async () => {
      for (let from = 0; from < chunk.byteLength; ) {
        const { bytesWritten } = await this.#handle.write(chunk, from, chunk.byteLength - from, this.#bytes);
        from += bytesWritten;
        this.#bytes += bytesWritten;
      }
    });
  }

  /** It has its name, and a power cut no longer takes it. @throws HypersceneError FILE_EXISTS, UNWRITABLE_FILE, DISK_FULL */
  async finish(): Promise<void> {
    await writing(this.#path, () => this.#handle.sync());
    await this.#handle.close();
    await refuseTaken(this.#path);
    await writing(this.#path, () => rename(this.#part, this.#path));
    await syncFolder(dirname(this.#path));
  }

  /** Takes the part away. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.#part, { force: true }).catch(() => undefined);
  }
}

const refuseTaken = async (path: string): Promise<void> => {
  const free = await lstat(path).then(
    () => false,
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return true;
      throw unwritable(path, cause);
    },
  );
  if (free) return;
  throw new HypersceneError('FILE_EXISTS', 'the model would be written over a file', {
    at: path,
    expected: 'a name that is free',
  });
};

/** The folder's list of names, without which a power cut may take a new one back. */
const syncFolder = async (path: string): Promise<void> => {
  const handle = await open(path, 'r').catch(() => null);
  // Windows opens no folders, and keeps their lists by itself.
  await handle?.sync().catch(() => undefined);
  await handle?.close();
};

const writing = async <T>(path: string, act: () => Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (cause) {
    throw unwritable(path, cause as NodeJS.ErrnoException);
  }
};

const unwritable = (path: string, cause: NodeJS.ErrnoException): HypersceneError => {
  if (cause.code === 'ENOSPC' || cause.code === 'EDQUOT' || cause.code === 'EFBIG')
    return new HypersceneError('DISK_FULL', 'no space is left for the model', { at: path, cause });
  return new HypersceneError('UNWRITABLE_FILE', 'the model cannot be written', {
    at: path,
    came: cause.code ?? String(cause),
    cause,
  });
};
