import { addAbortSignal } from 'node:stream';
import { checkCancelled, HypersceneError } from '../../errors.ts';
import { PART_LENGTH_MAX } from '../../worker/model/part.ts';
import type { Session } from '../session.ts';
import { STDIN } from '../text-source.ts';

/** UTF-8 takes no more for a UTF-16 code unit. */
const BYTES_MAX = 3 * PART_LENGTH_MAX;

/** Whether standard input is meant. */
export const isStdin = (words: readonly string[]): boolean => words.length === 1 && words[0] === STDIN;

/**
 * All of standard input, without the line end that most programs put at the end.
 * @throws HypersceneError PROMPT_TOO_LARGE, NOT_UTF8, CANCELLED
 */
export const readStdin = async ({ stdin, signal }: Session): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of addAbortSignal(signal, stdin)) {
      chunks.push(Buffer.from(chunk));
      bytes += chunk.length;
      if (bytes > BYTES_MAX)
        throw new HypersceneError('PROMPT_TOO_LARGE', 'text too long', {
          at: 'standard input',
          expected: `at most ${BYTES_MAX} bytes`,
        });
    }
  } catch (error) {
    checkCancelled({ signal });
    throw error;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)).replace(/\r?\n$/u, '');
  } catch (cause) {
    throw new HypersceneError('NOT_UTF8', 'not UTF-8', { at: 'standard input', cause });
  }
};
