import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import { CommanderError } from 'commander';
import { type ErrorCode, HypersceneError } from '../errors.ts';

export interface FailureReport {
  /** A line of JSON in place of one for people. */
  readonly json: boolean;
  /** The stack of a fault of the program itself. */
  readonly stack: boolean;
  /** What was worked on: a file, a corpus. */
  readonly subject?: string | undefined;
}

/** What a person at a terminal can do. */
export const ADVICE: Partial<Record<ErrorCode, string>> = {
  STORE_LOCKED: 'stop that process, or choose another folder with --data',
  STORE_UNREADABLE: 'choose another folder with --data, or delete this one and read the texts again',
  STORE_UNREACHABLE: 'is the server up, and HYPERSCENE_NEO4J_URI its address?',
  STORE_DENIED: 'look at HYPERSCENE_NEO4J_USER and HYPERSCENE_NEO4J_PASSWORD, or HYPERSCENE_NEO4J_TOKEN',
  STORE_TLS: 'look at the +s or +ssc of HYPERSCENE_NEO4J_URI, and at HYPERSCENE_NEO4J_CA_FILE',
  MIGRATION_PENDING: '`hyperscene migrate` applies them',
  DISK_FULL: 'free some room, or choose another folder',
  STORE_RESTORING: 'run the restore again, or clear what is there with restore --discard',
  CORPUS_IMPORTING: 'run the import again to finish it, or delete the corpus',
  CORPUS_EXISTS: '`hyperscene delete` deletes it, `import --corpus` takes another name',
  STORE_NOT_EMPTY: 'choose another folder with --data, or put the backup in its place with --replace',
  PORT_IN_USE: 'choose another one with --port',
  REDIS_UNREACHABLE: 'is the server up, and REDIS_URL its address?',
  REDIS_DENIED: 'look at the user and the password in REDIS_URL, or HYPERSCENE_REDIS_PASSWORD',
  REDIS_FAILED: 'its message says what to change: a newer Redis, `maxmemory-policy noeviction`, or clocks set by NTP',
  BAD_CLOCK: 'set the clock, best by NTP',
};

/** Writes an error as one line, `error CODE: message` or `{"error": …}`, and gives the exit status it asks for. */
export const reportFailure = (thrown: unknown, stderr: Writable, options: FailureReport): number => {
  const { code, message, retriable, exitStatus } = asHypersceneError(thrown);
  const { subject } = options;
  if (options.json) {
    const fields = { code, message, retriable, ...(subject === undefined ? {} : { subject }) };
    stderr.write(`${JSON.stringify({ error: fields })}\n`);
    return exitStatus;
  }
  const mark = styleText('red', 'error', { stream: process.stderr });
  const advice = ADVICE[code] === undefined ? '' : `; ${ADVICE[code]}`;
  stderr.write(`${mark} ${code}: ${subject === undefined ? '' : `${subject}: `}${message}${advice}\n`);
  if (options.stack && thrown instanceof Error) stderr.write(`${thrown.stack}\n`);
  return exitStatus;
};

/** What the parser or the machine refused, in the registry's terms; anything else is a fault of the program. */
export const asHypersceneError = (thrown: unknown): HypersceneError => {
  if (thrown instanceof HypersceneError) return thrown;
  if (thrown instanceof CommanderError) return usageError(thrown);
  if (!(thrown instanceof Error)) return new HypersceneError('INTERNAL', String(thrown));
  const { code, message, syscall } = thrown as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new HypersceneError('DISK_FULL', message, { cause: thrown });
  // An address that is none of this machine's, a name that nobody knows, a port that only root may take.
  if (syscall === 'listen' || syscall === 'getaddrinfo')
    return new HypersceneError('BAD_CONFIG', `cannot listen there: ${message}`, { cause: thrown });
  return new HypersceneError('INTERNAL', message, { cause: thrown });
};

const usageError = ({ message }: CommanderError): HypersceneError =>
  new HypersceneError(
    'USAGE',
    `${message
      .replace(/^error: /u, '')
      .replaceAll('\n', ' ')
      .trim()}; --help tells more`,
  );
