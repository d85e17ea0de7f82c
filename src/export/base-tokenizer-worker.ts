/** What runs on the thread for tokenizers: see `base-tokenizer.ts`. */
import { createHash } from 'node:crypto';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { isMark } from './token-marks.ts';

/** Of a `tokenizer.json`. */
export interface TokenizerFacts {
  /** Of the file, 64 hex digits. */
  readonly sha256: string;
  /** One more than the highest id. */
  readonly vocabulary: number;
  /** What ends a document; null where nothing is known to. */
  readonly endOfDocument: number | null;
  /** Where in the bytes more added tokens can be put in. */
  readonly insertion: Insertion;
}

export interface Insertion {
  /** Offset in bytes. */
  readonly at: number;
  /** `first`: no token is before it in the list; `missing`: there is no list. */
  readonly kind: 'behind' | 'first' | 'missing';
}

export interface InspectTask {
  readonly bytes: Uint8Array;
  /** Text of `tokenizer_config.json`. */
  readonly config: string | null;
}

export interface EncodeTask {
  readonly bytes: Uint8Array;
  readonly texts: readonly string[];
}

/** Ids of all texts, one after the other. */
export interface Encoded {
  readonly ids: Int32Array;
  /** Behind the last id of each text. */
  readonly ends: Int32Array;
}

const id = z.int().min(0);
const addedToken = z.object({ id, content: z.string().min(1), special: z.boolean().default(false) });
const model = z
  .object({ type: z.string().optional(), unk_token: z.string().nullish(), unk_id: z.int().nullish() })
  .and(z.object({ vocab: z.union([z.record(z.string(), id), z.array(z.tuple([z.string(), z.number()]))]) }));
const shape = z.object({ model, added_tokens: z.array(addedToken).nullish() });
type TokenizerFile = z.infer<typeof shape>;

const textOf = (bytes: Uint8Array): string =>
  // A copy: of memory that is shared nothing is decoded.
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.slice());

const parse = (text: string): TokenizerFile => {
  const { data, error } = shape.safeParse(JSON.parse(text));
  if (data === undefined) throw new Error(z.prettifyError(error));
  return data;
};

const tokensOf = ({ model: { vocab }, added_tokens: added }: TokenizerFile): ReadonlyMap<string, number> =>
  new Map([
    ...(Array.isArray(vocab) ? vocab.map(([token], i) => [token, i] as const) : Object.entries(vocab)),
    ...(added ?? []).map(({ content, id: at }) => [content, at] as const),
  ]);

/** By Hugging Face's loader ids of added tokens are counted on, whatever the file says: a gap would shift them. */
const vocabularyOf = (tokens: ReadonlyMap<string, number>): number => {
  const ids = new Set(tokens.values());
  const vocabulary = ids.values().reduce((highest, one) => Math.max(highest, one), -1) + 1;
  if (vocabulary === 0) throw new Error('no token');
  if (ids.size !== vocabulary) throw new Error(`${vocabulary - ids.size} ids below ${vocabulary} that no token has`);
  return vocabulary;
};

/** Where a configuration names none, what models' makers call it. */
const ENDS = ['<|endoftext|>', '<|end_of_text|>', '<｜end▁of▁sentence｜>', '</s>', '<eos>', '[EOS]', '[SEP]'];
const configShape = z.object({ eos_token: z.union([z.string(), z.object({ content: z.string() })]).nullish() });

const endOfDocument = (
  { added_tokens: added }: TokenizerFile,
  tokens: ReadonlyMap<string, number>,
  config: string | null,
): number | null => {
  const named = config === null ? null : configShape.parse(JSON.parse(config)).eos_token;
  if (typeof named === 'string') return tokens.get(named) ?? null;
  if (typeof named === 'object' && named !== null) return tokens.get(named.content) ?? null;
  const special = new Set((added ?? []).filter((token) => token.special).map(({ content }) => content));
  const found = ENDS.find((token) => special.has(token));
  return found === undefined ? null : (tokens.get(found) ?? null);
};

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];
const [OPENING, CLOSING] = [new Set(Buffer.from('{[')), new Set(Buffer.from('}]'))];
const SPACE = new Set(Buffer.from(' \t\r\n'));

/** @returns behind the quote that ends the string which begins at `from` */
const behindString = (bytes: Uint8Array, from: number): number => {
  let at = from + 1;
  while (bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
};

/** In valid JSON whose outermost value is an object. The rest of the file stays as its makers wrote it, to the byte. */
export const insertionOf = (bytes: Uint8Array): Insertion => {
  let depth = 0;
  let key = '';
  let opened = -1;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      const end = behindString(bytes, at);
      if (depth === 1 && isKey(bytes, end)) key = JSON.parse(Buffer.from(bytes.slice(at, end)).toString()) as string;
      at = end - 1;
    } else if (OPENING.has(byte)) {
      if (depth++ === 1 && key === 'added_tokens') opened = at;
    } else if (CLOSING.has(byte) && --depth === 1 && opened >= 0) return before(bytes, at, opened);
  }
  return { at: bytes.indexOf(Buffer.from('{')[0] ?? 0) + 1, kind: 'missing' };
};

const isKey = (bytes: Uint8Array, end: number): boolean => {
  let at = end;
  while (SPACE.has(bytes[at] ?? 0)) at++;
  return bytes[at] === COLON;
};

const before = (bytes: Uint8Array, closing: number, opened: number): Insertion => {
  let at = closing;
  while (SPACE.has(bytes[at - 1] ?? 0)) at--;
  return { at, kind: at === opened + 1 ? 'first' : 'behind' };
};

/** @throws Error whose message says what is wrong with it */
export const inspectTokenizer = ({ bytes, config }: InspectTask): TokenizerFacts => {
  const text = textOf(bytes);
  const file = parse(text);
  if (file.added_tokens === null) throw new Error('added_tokens: null');
  const tokens = tokensOf(file);
  const vocabulary = vocabularyOf(tokens);
  for (const token of tokens.keys()) if (isMark(token)) throw new Error('a tokenizer that codes were added to already');
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    vocabulary,
    endOfDocument: endOfDocument(file, tokens, config),
    insertion: insertionOf(bytes),
  };
};

/** `dropped`: BPE leaves out what it has no token for, unless told otherwise. */
type UnknownId = number | 'dropped' | 'none';

interface PlainTokenizer {
  readonly tokenizer: Tokenizer;
  /** What no text may come to. */
  readonly special: ReadonlyMap<number, string>;
  /** Of what the vocabulary does not have. */
  readonly unknown: UnknownId;
}

const unknownOf = (file: TokenizerFile): UnknownId => {
  const { type, unk_token: token, unk_id: index } = file.model;
  const found = index ?? (token ? tokensOf(file).get(token) : undefined);
  return found ?? (type === 'BPE' ? 'dropped' : 'none');
};

const openPlain = (bytes: Uint8Array): PlainTokenizer => {
  const text = textOf(bytes);
  const parsed = parse(text);
  const { model: of, added_tokens: added } = parsed;
  const file = JSON.parse(text) as { readonly added_tokens?: readonly { readonly special?: boolean }[] };
  const tokenizer = new Tokenizer(
    // What a user wrote is text: no special token is looked for in it.
    { ...file, added_tokens: (file.added_tokens ?? []).filter(({ special }) => special !== true) },
    {},
  );
  const special = (added ?? []).filter(
    (token) => token.special && token.content !== of.unk_token && token.id !== of.unk_id,
  );
  return {
    tokenizer,
    special: new Map(special.map(({ id: one, content }) => [one, content])),
    unknown: unknownOf(parsed),
  };
};

let plain: PlainTokenizer | null = null;

/** The library tells of what it does not know by an id that is none. */
const known = (ids: readonly (number | undefined)[], unknown: UnknownId): readonly number[] =>
  ids.flatMap((one) => {
    if (one !== undefined) return [one];
    if (unknown === 'none') throw new Error('text that it has no token for');
    return unknown === 'dropped' ? [] : [unknown];
  });

const encodePlain = (plainTokenizer: PlainTokenizer, text: string): readonly number[] => {
  const { tokenizer, special, unknown } = plainTokenizer;
  const ids = known(tokenizer.encode(text, { add_special_tokens: false }).ids, unknown);
  const found = ids.map((one) => special.get(one)).find((content) => content !== undefined);
  if (found === undefined) return ids;
  // A vocabulary of pieces holds it as a piece, too: torn apart it is none.
  const [head = '', ...rest] = text.split(found);
  const [first = '', ...others] = found;
  if (rest.length === 0 || others.length === 0) throw new Error(`text comes to the special token ${found}`);
  const parts = [head + first, ...rest.map((part, i) => others.join('') + part + (i < rest.length - 1 ? first : ''))];
  return parts.flatMap((part) => encodePlain(plainTokenizer, part));
};

/** @throws Error for a tokenizer that cannot be run here */
export const encodeTexts = ({ bytes, texts }: EncodeTask): Encoded => {
  plain ??= openPlain(bytes);
  const ends = new Int32Array(texts.length);
  const all: (readonly number[])[] = [];
  let end = 0;
  for (const [i, text] of texts.entries()) {
    const ids = encodePlain(plain, text);
    all.push(ids);
    end += ids.length;
    ends[i] = end;
  }
  const ids = new Int32Array(end);
  for (const [i, one] of all.entries()) ids.set(one, i === 0 ? 0 : ends[i - 1]);
  return { ids, ends };
};
