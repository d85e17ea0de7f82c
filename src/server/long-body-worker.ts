/** What runs on the thread for long bodies: see `long-body.ts`. */

/** As they came, in pieces. */
export interface LongBody {
  readonly pieces: readonly Uint8Array[];
  /** Bytes that may stand outside of strings; and bytes of all but the variables. */
  readonly structureMax: number;
}

export type ParsedBody =
  | { readonly type: 'parsed'; readonly body: unknown }
  | { readonly type: 'malformed' }
  /** More than `structureMax` of what is named. */
  | { readonly type: 'refused'; readonly what: 'structure' | 'query' };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BOM = '\ufeff';

/**
 * Bytes outside of strings, their quotes counted in, so that how long a body may be says nothing of how much of it must be
 * made: a list of a million numbers takes a tenth of a second to parse and as long to hand over. Strings are passed over at
 * the speed of a search, and it ends where there are more than `max`.
 */
const structureOf = (bytes: Buffer, max: number): number => {
  let structure = 0;
  for (let at = 0; at < bytes.length && structure <= max; ) {
    const open = bytes.indexOf(QUOTE, at);
    if (open === -1) return structure + bytes.length - at;
    structure += open - at + 2;
    at = endOfString(bytes, open) + 1;
  }
  return structure;
};

const endOfString = (bytes: Buffer, open: number): number => {
  for (let at = open + 1; ; ) {
    const quote = bytes.indexOf(QUOTE, at);
    if (quote === -1) return bytes.length;
    let before = quote;
    while (before > at && bytes[before - 1] === BACKSLASH) before--;
    if ((quote - before) % 2 === 0) return quote;
    at = quote + 1;
  }
};

/** All that Apollo hashes, parses and repeats in errors; the variables go by. */
const besideVariables = (body: unknown): number => {
  if (typeof body !== 'object' || body === null) return 0;
  const { variables: _, ...others } = body as Readonly<Record<string, unknown>>;
  return Buffer.byteLength(JSON.stringify(others));
};

export const parseLongBody = ({ pieces, structureMax }: LongBody): ParsedBody => {
  const bytes = Buffer.concat(pieces);
  if (structureOf(bytes, structureMax) > structureMax) return { type: 'refused', what: 'structure' };
  const text = bytes.toString('utf8');
  let body: unknown;
  try {
    body = JSON.parse(text.startsWith(BOM) ? text.slice(1) : text);
  } catch {
    return { type: 'malformed' };
  }
  if (besideVariables(body) > structureMax) return { type: 'refused', what: 'query' };
  return { type: 'parsed', body };
};
