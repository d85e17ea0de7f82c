import { type FileHandle, open } from 'node:fs/promises';
import { HypersceneError } from '../errors.ts';
import { spool } from './spool.ts';

/** Bytes that can be read from their start more than once. */
export interface ByteSource {
  /** Null where it is not known. */
  readonly size: number | null;
  bytes(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

const READ_BYTES = 262_144;

export const chunksSource = (chunks: readonly Uint8Array[]): ByteSource => ({
  size: chunks.reduce((sum, chunk) => sum + chunk.length, 0),
  bytes: async function* () {
    yield* chunks;
  },
  close: async () => {},
});

/** @param handle of a regular file; the source closes it */
export const handleSource = async (handle: FileHandle): Promise<ByteSource> => ({
  size: (await handle.stat()).size,
  bytes: () => readHandle(handle),
  close: () => handle.close(),
});

/**
 * A file's bytes. The file stays open, so that replacing it by another one of the same name does no harm. What can be
 * read once only, a pipe for example, is kept in a temporary file.
 * @throws HypersceneError UNREADABLE_FILE, DOCUMENT_TOO_LARGE, DISK_FULL
 */
export const openFile = async (path: string, bytesMax: number, signal?: AbortSignal): Promise<ByteSource> => {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw unreadable(path, 'a directory');
    if (stat.isFile()) return await handleSource(handle);
    // The stream closes the handle.
    return await handleSource(await spool(handle.createReadStream(), bytesMax, signal));
  } catch (error) {
    await handle.close().catch(() => {});
    throw error instanceof HypersceneError ? error : unreadable(path, error);
  }
};

async function* readHandle(handle: FileHandle): AsyncGenerator<Uint8Array, void, undefined> {
  for (let position = 0; ; ) {
    const { buffer, bytesRead } = await handle
      .read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, position)
      .catch((error: unknown) => {
        throw unreadable('the document', error);
      });
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'a directory',
  ELOOP: 'a symbolic link to itself',
};

const unreadable = (at: string, cause: unknown): HypersceneError => {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const came = typeof cause === 'string' ? cause : (REASONS[code] ?? String(cause));
  return new HypersceneError('UNREADABLE_FILE', 'unreadable file', {
    at,
    expected: 'a file that can be read',
    came,
    cause,
  });
};
