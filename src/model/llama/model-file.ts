import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { HypersceneError } from '../../errors.ts';

const MAGIC = 'GGUF';
const CHUNK = 2 ** 20;

/**
 * SHA-256 of a file, in hexadecimal digits: 98 MB take 0.1 to 0.3 s.
 * @throws Error of the file system; AbortError
 */
export const sha256Of = async (path: string, signal?: AbortSignal): Promise<string> => {
  const hash = createHash('sha256');
  const read = createReadStream(path, { highWaterMark: CHUNK, ...(signal === undefined ? {} : { signal }) });
  for await (const chunk of read) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

/** @throws HypersceneError MODEL_NOT_FOUND, MODEL_DAMAGED for what does not begin as a GGUF does */
export const checkModelFile = async (path: string): Promise<void> => {
  const file = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw new HypersceneError('MODEL_NOT_FOUND', 'no model', {
      at: path,
      expected: 'a file in the format GGUF that can be read',
      came: cause.code ?? String(cause),
      cause,
    });
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    const came = buffer.toString('latin1', 0, bytesRead);
    if (came === MAGIC) return;
    throw new HypersceneError('MODEL_DAMAGED', 'not a model', {
      at: path,
      expected: 'a file in the format GGUF',
      came: `one that begins with ${JSON.stringify(came)}`,
    });
  } catch (cause) {
    if (cause instanceof HypersceneError) throw cause;
    throw new HypersceneError('MODEL_NOT_FOUND', 'no model', {
      at: path,
      expected: 'a file',
      came: String(cause),
      cause,
    });
  } finally {
    await file.close();
  }
};

/** A sum that is not the one it was to be. */
export const wrongSum = (at: string, expected: string, came: string): HypersceneError =>
  new HypersceneError('MODEL_DAMAGED', 'the model is not what was to come, and was deleted', {
    at,
    expected: `SHA-256 ${expected}`,
    came,
  });
