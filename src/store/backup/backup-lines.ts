import { createHash } from 'node:crypto';
import { HypersceneError, isErrorCode } from '../../errors.ts';
import { type Header, parseHeader, parseLine, unreadable } from './format.ts';

const NEW_LINE = 0x0a;

/** A chunk of a mebibyte in which every byte is escaped to six is the longest line there is; without a limit, a made-up file of one line would fill the memory. */
const LINE_BYTES_MAX = 64 * 2 ** 20;

/** Lines given at once. */
const LINES = 1000;

/** Whole lines without their ends: at line feeds only, not at U+2028, which may stand within one. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let to = chunk.indexOf(NEW_LINE); to >= 0; to = chunk.indexOf(NEW_LINE, from)) {
      parts.push(chunk.subarray(from, to));
      yield Buffer.concat(parts);
      parts = [];
      length = 0;
      from = to + 1;
    }
    parts.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > LINE_BYTES_MAX) throw unreadable(`lines of at most ${LINE_BYTES_MAX} bytes`, 'a longer one');
  }
  if (length > 0) throw unreadable('a line feed at the end', 'none: it is cut off');
}

/**
 * The lines of a backup between header and trailer, in batches, checked as they come: the header first, the digest at
 * the end. Who acts on lines before the end acts on what may prove cut off or altered.
 * @throws HypersceneError BACKUP_UNREADABLE, BACKUP_TOO_NEW; the server's error where one stands in the trailer's place
 */
export async function* backupLines(
  chunks: AsyncIterable<Uint8Array>,
  onHeader: (header: Header) => void = () => {},
): AsyncGenerator<readonly string[]> {
  const hash = createHash('sha256');
  let waiting: Buffer | null = null;
  let batch: string[] = [];
  let count = 0;
  for await (const line of splitLines(chunks)) {
    if (waiting !== null) {
      hash.update(waiting).update('\n');
      const text = waiting.toString('utf8');
      if (count === 0) onHeader(parseHeader(text));
      else batch.push(text);
      count += 1;
    }
    waiting = line;
    if (batch.length < LINES) continue;
    yield batch;
    batch = [];
  }
  checkTrailer(waiting, count, hash.digest('hex'));
  if (batch.length > 0) yield batch;
}

const checkTrailer = (line: Buffer | null, lines: number, sha256: string): void => {
  if (line === null) throw unreadable('a header, records and a trailer', 'nothing');
  const text = line.toString('utf8');
  // A file of another kind is told so by its first line, not by its last.
  if (lines === 0) parseHeader(text);
  const last = parseLine(text);
  const { error } = last as { readonly error?: { readonly code?: unknown; readonly message?: unknown } };
  if (typeof error?.code === 'string' && isErrorCode(error.code))
    throw new HypersceneError(error.code, String(error.message));
  if (typeof last['sha256'] !== 'string') throw unreadable('a trailer', 'none: it is cut off');
  if (last['sha256'] !== sha256 || last['lines'] !== lines)
    throw unreadable(`${String(last['lines'])} lines of SHA-256 ${last['sha256']}`, `${lines} lines of ${sha256}`);
};
