import { HypersceneError } from '../../errors.ts';
import type { ByteSource } from './byte-source.ts';
import { pagesOfStrings } from './gguf-array.ts';
import { type GgufArray, type GgufHeader, textOf } from './gguf-header.ts';

/** Names are marks, not texts. */
const NAME_BYTES_MAX = 128;

/** Parts of names that are looked up in a vocabulary at once: some 400 MB. 50,000 numbered names have 110,000. */
const PARTS_MAX = 2 ** 22;

/** Of byte-level BPE: how text is cut where spaces are replaced and bytes are not. */
const TEXT_BPE: ReadonlySet<string> = new Set(['gemma4', 'granite-embed-multi-311m', 'sarvam-moe']);

/** How a tokenizer of llama.cpp makes tokens out of text; of its types, those that are known to keep the new ones out. */
type Kind = 'bytes' | 'merges';

/**
 * Checks that the names can be added to a vocabulary and that no text is ever read as one of them.
 *
 * llama.cpp passes over tokens of type CONTROL when it looks for whole tokens in a text, but its tokenizers then merge characters
 * into whatever the vocabulary has, of any type (`src/llama-vocab.cpp`). So a name must be one that merging does not come to.
 * @throws HypersceneError BAD_NAME, TOKEN_EXISTS, GGUF_NOT_EXTENDABLE, GGUF_TOO_LARGE, CANCELLED
 */
export const checkNewTokens = async (
  source: ByteSource,
  header: GgufHeader,
  vocabulary: GgufArray,
  tokens: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> => {
  for (const token of tokens) checkForm(token);
  const names = new Set(tokens.map(bytesOf));
  if (names.size < tokens.length) throw twice(tokens);
  const kind = kindOf(header);
  if (kind === 'bytes') for (const token of tokens) checkNotOfBytes(token);
  const parts = kind === 'merges' ? partsOf(tokens) : new Set<string>();
  const known = new Set(names);
  for await (const page of pagesOfStrings(source, vocabulary, { encoding: 'latin1', signal }))
    for (const token of page) {
      if (names.has(token)) throw exists(token);
      if (parts.has(token)) known.add(token);
    }
  if (kind === 'merges') for (const token of tokens) checkNotMerged(token, known);
};

/** The name as a character for each of its bytes, as the vocabulary is read. */
const bytesOf = (token: string): string => Buffer.from(token, 'utf8').toString('latin1');

const checkForm = (token: string): void => {
  if (token === '' || token.includes('\0') || !token.isWellFormed() || Buffer.byteLength(token) > NAME_BYTES_MAX)
    throw badName(token, `a name of 1 to ${NAME_BYTES_MAX} bytes without U+0000 and lone surrogates`);
};

const twice = (tokens: readonly string[]): HypersceneError => {
  const seen = new Set<string>();
  const token = tokens.find((name) => seen.size === seen.add(name).size) ?? '';
  return badName(token, 'each name once');
};

const exists = (bytes: string): HypersceneError =>
  new HypersceneError('TOKEN_EXISTS', 'the vocabulary has the token already', {
    expected: 'new names; a model is extended once, from its base',
    came: JSON.stringify(Buffer.from(bytes, 'latin1').toString('utf8')),
  });

const badName = (token: string, expected: string): HypersceneError =>
  new HypersceneError('BAD_NAME', 'not the name of a token', { expected, came: JSON.stringify(token.slice(0, 80)) });

const kindOf = (header: GgufHeader): Kind => {
  const model = textOf(header, 'tokenizer.ggml.model') ?? 'none';
  const pre = textOf(header, 'tokenizer.ggml.pre') ?? 'default';
  if (model === 'llama' || model === 'gemma4') return 'merges';
  if (model === 'gpt2' && pre !== 'whitespace') return TEXT_BPE.has(pre) ? 'merges' : 'bytes';
  throw new HypersceneError('GGUF_NOT_EXTENDABLE', 'it is not known how the tokenizer would take new tokens', {
    expected: 'tokenizer.ggml.model gpt2 (byte-level BPE), llama (SentencePiece) or gemma4',
    came: model === 'gpt2' ? `gpt2 with ${pre}` : model,
  });
};

/**
 * Byte-level BPE writes each byte of a text as one of 256 characters before it merges them, so that a name with any other
 * character never comes of it (`bytes_to_unicode` of GPT-2's `encoder.py`).
 */
const checkNotOfBytes = (token: string): void => {
  if (![...token].every((character) => standsForByte(character.codePointAt(0) ?? 0))) return;
  throw badName(
    token,
    'a character that byte-level BPE has no use for, such as Δ, or a text could be read as the token',
  );
};

const standsForByte = (point: number): boolean =>
  (point >= 0x21 && point <= 0x7e) ||
  (point >= 0xa1 && point <= 0xac) ||
  (point >= 0xae && point <= 0xff) ||
  (point >= 0x100 && point <= 0x143);

/** Each way to cut a name in two, between characters. */
const cutsOf = (token: string): readonly (readonly [string, string])[] => {
  const characters = [...token];
  return characters.slice(1).map((_, i) => [characters.slice(0, i + 1).join(''), characters.slice(i + 1).join('')]);
};

const partsOf = (tokens: readonly string[]): ReadonlySet<string> => {
  const parts = new Set<string>();
  for (const token of tokens) {
    for (const part of cutsOf(token).flat()) parts.add(bytesOf(part));
    if (parts.size > PARTS_MAX)
      throw new HypersceneError('GGUF_TOO_LARGE', 'the names of the tokens have too many parts to look up', {
        expected: `at most ${PARTS_MAX}; names that begin and end alike have few`,
      });
  }
  return parts;
};

/** A text becomes a token of several characters only out of two that the vocabulary has, or that are single characters. */
const checkNotMerged = (token: string, known: ReadonlySet<string>): void => {
  const isUnit = (part: string): boolean => isCharacter(part) || known.has(bytesOf(part));
  if (isCharacter(token) || cutsOf(token).some(([left, right]) => isUnit(left) && isUnit(right)))
    throw badName(token, 'a name that is not made of two tokens or characters, or a text could be read as the token');
};

const isCharacter = (text: string): boolean => text.length === String.fromCodePoint(text.codePointAt(0) ?? 0).length;
