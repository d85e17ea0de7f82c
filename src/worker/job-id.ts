import { randomBytes } from 'node:crypto';
import type { JobId } from './job-queue.ts';

const FORM = /^[0-9a-f]{32}$/u;

export const isJobId = (text: string): text is JobId => FORM.test(text);

const TIME_DIGITS = 12;
/** Within one ms, of one process. */
const SEQUENCE_MAX = 0xffff;

/**
 * Gives ids that grow, also where the clock is set back: 12 hex digits of ms since 1970, 4 that count within one ms, 16 at
 * random. The layout of UUID version 7 (RFC 9562, section 5.7), without its version bits.
 * @param after an id that all are to be greater than
 */
export const jobIds = (now: () => number, after?: JobId): (() => JobId) => {
  let last = after === undefined ? 0 : Number.parseInt(after.slice(0, TIME_DIGITS), 16) + 1;
  let sequence = 0;
  return () => {
    const time = Math.max(last, now());
    sequence = time === last ? sequence + 1 : 0;
    last = sequence > SEQUENCE_MAX ? time + 1 : time;
    if (sequence > SEQUENCE_MAX) sequence = 0;
    const [ms, count] = [last.toString(16).padStart(TIME_DIGITS, '0'), sequence.toString(16).padStart(4, '0')];
    return `${ms}${count}${randomBytes(8).toString('hex')}` as JobId;
  };
};
