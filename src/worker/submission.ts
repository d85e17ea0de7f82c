import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { HypersceneError } from '../errors.ts';
import { encodeUtf8 } from '../reading/encode-utf8.ts';
import { type JobSpec, readSpec, takesText } from './job-kinds.ts';
import type { JobRequest, QueuePolicy } from './job-queue.ts';
import type { StoredJob } from './stored-job.ts';

/** A request that was checked. */
export interface Submission {
  readonly spec: JobSpec;
  readonly digest: string;
  readonly key: string | null;
  readonly textBytes: number | null;
}

const KEY_LENGTH_MAX = 255;

/**
 * Checks what can be checked before anything is kept.
 * @throws HypersceneError BAD_ARGUMENT, EMPTY_DOCUMENT, DOCUMENT_TOO_LARGE, LONE_SURROGATE
 */
export const checkRequest = async (
  { spec: asked, text, key }: JobRequest,
  { textBytesMax }: Pick<QueuePolicy, 'textBytesMax'>,
): Promise<Submission> => {
  checkKey(key);
  const spec = checkSpec(asked);
  if ((text !== undefined) !== takesText(spec))
    throw new HypersceneError('BAD_ARGUMENT', `bad text of a job of kind ${spec.kind}`, {
      expected: takesText(spec) ? 'a text' : 'none',
      came: text === undefined ? 'none' : 'one',
    });
  if (text === '') throw new HypersceneError('EMPTY_DOCUMENT', 'empty text', { expected: 'a character at least' });
  const hash = createHash('sha256').update(JSON.stringify(spec));
  let bytes = 0;
  for await (const chunk of textChunks(text ?? '')) {
    bytes += chunk.length;
    if (bytes > textBytesMax)
      throw new HypersceneError('DOCUMENT_TOO_LARGE', 'text too large', {
        expected: `at most ${textBytesMax} bytes`,
        came: 'more',
      });
    hash.update(chunk);
  }
  return { spec, digest: hash.digest('hex'), key: key ?? null, textBytes: text === undefined ? null : bytes };
};

/** As it will be read again, so that the order in which its fields came makes no other job of it. */
const checkSpec = (asked: JobSpec): JobSpec => {
  try {
    return readSpec(asked.kind, asked);
  } catch (cause) {
    if (cause instanceof HypersceneError) throw cause;
    throw new HypersceneError('BAD_ARGUMENT', `bad request of a job of kind ${asked.kind}`, {
      came: JSON.stringify(asked).slice(0, 200),
      cause,
    });
  }
};

const checkKey = (key: string | undefined): void => {
  if (key === undefined || (key.length > 0 && key.length <= KEY_LENGTH_MAX && key.isWellFormed())) return;
  throw new HypersceneError('BAD_ARGUMENT', 'bad key of a job', {
    expected: `1 to ${KEY_LENGTH_MAX} characters`,
    came: `${key.length}`,
  });
};

/** The text's bytes in pieces of at most 768 KiB. Others get their turn between two: a text of 64 MiB takes 0.2 s. */
export async function* textChunks(text: string): AsyncGenerator<Uint8Array, void, undefined> {
  for (const chunk of encodeUtf8(text)) {
    yield chunk;
    await setImmediate();
  }
}

/** The job of a key that was given before. @throws HypersceneError JOB_KEY_TAKEN when it was for something else */
export const sameJob = <T extends StoredJob>(standing: T, { digest, key }: Submission): T => {
  if (standing.digest === digest) return standing;
  throw new HypersceneError('JOB_KEY_TAKEN', 'another job was submitted under this key', {
    expected: 'the same request, or another key',
    came: JSON.stringify(key),
  });
};

export const queueFull = (what: string, max: number): HypersceneError =>
  new HypersceneError('QUEUE_FULL', `too many ${what}`, { expected: `at most ${max}`, came: 'more' });
