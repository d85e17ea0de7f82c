import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HypersceneError } from '../errors.ts';
import { cancelled } from './cancelled.ts';

/**
 * Keeps a stream's bytes in a temporary file that has no name any more from before its first byte on: nobody else can
 * open it, and it is gone when it is closed, even by `kill -9`.
 * @throws HypersceneError DOCUMENT_TOO_LARGE as soon as more than `bytesMax` came; UNREADABLE_FILE, DISK_FULL, CANCELLED
 */
export const spool = async (
  stream: AsyncIterable<Uint8Array>,
  bytesMax: number,
  signal?: AbortSignal,
): Promise<FileHandle> => {
  const path = join(tmpdir(), `hyperscene-${randomUUID()}`);
  const handle = await open(path, 'wx+', 0o600).catch((error: unknown) => {
    throw notKept(error);
  });
  try {
    await unlink(path);
    await copy(stream, handle, bytesMax, signal);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
};

const copy = async (
  stream: AsyncIterable<Uint8Array>,
  handle: FileHandle,
  bytesMax: number,
  signal: AbortSignal | undefined,
): Promise<void> => {
  let bytes = 0;
  for await (const chunk of readable(stream)) {
    if (signal?.aborted) throw cancelled(signal.reason);
    bytes += chunk.length;
    if (bytes > bytesMax) throw tooLarge(bytesMax, `more than ${bytesMax} bytes`);
    await handle.writeFile(chunk).catch((error: unknown) => {
      throw notKept(error);
    });
  }
};

async function* readable(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* stream;
  } catch (cause) {
    throw new HypersceneError('UNREADABLE_FILE', 'unreadable stream', {
      expected: 'bytes to its end',
      came: String(cause),
      cause,
    });
  }
}

const notKept = (cause: unknown): HypersceneError =>
  (cause as NodeJS.ErrnoException).code === 'ENOSPC'
    ? new HypersceneError('DISK_FULL', 'no room to keep the stream', { at: tmpdir(), cause })
    : new HypersceneError('UNREADABLE_FILE', 'the stream cannot be kept', { at: tmpdir(), came: String(cause), cause });

export const tooLarge = (bytesMax: number, came: string): HypersceneError =>
  new HypersceneError('DOCUMENT_TOO_LARGE', 'document too large', { expected: `at most ${bytesMax} bytes`, came });
