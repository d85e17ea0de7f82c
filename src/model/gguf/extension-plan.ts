import { HypersceneError } from '../../errors.ts';
import { encodeArrayHead, encodeKey, encodeNumbers, encodeStart, encodeTensor, encodeText } from './encode-gguf.ts';
import { rowBytes } from './ggml-type.ts';
import {
  ARRAY_HEAD_BYTES,
  type GgufArray,
  type GgufHeader,
  type GgufTensor,
  type GgufValue,
  integerOf,
  modelKey,
  paddingTo,
  textOf,
} from './gguf-header.ts';
import { GGUF_LIMITS } from './gguf-limits.ts';
import { isRowType, ROW_TYPES, type RowType } from './quantize-rows.ts';

/** What the new file is put together of, in order. */
export type Piece =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Of the base, from its start. */
  | { readonly kind: 'copy'; readonly offset: number; readonly length: number }
  | { readonly kind: 'zeros'; readonly length: number }
  | { readonly kind: 'rows'; readonly of: 'embedding' | 'output'; readonly type: RowType; readonly length: number };

export interface ExtensionPlan {
  readonly pieces: readonly Piece[];
  /** The new file's length. */
  readonly bytes: number;
  readonly embeddingLength: number;
}

export interface Additions {
  readonly tokens: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Whether output rows are given; else they are zeros. */
  readonly outputRows: boolean;
}

const TOKENS = 'tokenizer.ggml.tokens';
const TOKEN_TYPE = 'tokenizer.ggml.token_type';
const SCORES = 'tokenizer.ggml.scores';
/** May have as many as there are tokens, but is not of tokens. */
const MERGES = 'tokenizer.ggml.merges';

const EMBEDDING = 'token_embd.weight';
const OUTPUT = 'output.weight';

/** `LLAMA_TOKEN_TYPE_CONTROL` of llama.cpp's `include/llama.h`. */
const CONTROL = 3;

/** What llama.cpp's converters give to tokens that were added to a SentencePiece vocabulary (`conversion/base.py`). */
const ADDED_SCORE = -1000;

/**
 * Architectures whose output llama.cpp v0.5.0 reads from `output.weight` where there is one and makes with the embedding where
 * there is none (`TENSOR_NOT_REQUIRED` of `src/models/`); others that tie them refuse the tensor.
 */
const MAY_UNTIE: ReadonlySet<string> = new Set(
  `afmoe arcee arctic chameleon chatglm deci deepseek deepseek2 ernie4_5 exaone exaone4 falcon falcon-h1 gemma3 gemma4
  glm4 glm4moe gpt2 granite granitehybrid granitemoe grok grovemoe hunyuan-moe jamba lfm2 lfm2moe llama llama4 maincoder
  mamba mamba2 minicpm minicpm3 mistral3 mpt nemotron_h olmo pangu-embedded phi3 plamo2 plamo3 qwen2 qwen2vl qwen3
  qwen35 qwen35moe qwen3moe qwen3next qwen3vl qwen3vlmoe refact seed_oss smallthinker smollm3 starcoder starcoder2`.split(
    /\s+/,
  ),
);

/** The tokens of a model that can be extended. @throws HypersceneError GGUF_NOT_EXTENDABLE */
export const vocabularyOf = ({ metadata }: GgufHeader): GgufArray => {
  const tokens = metadata.get(TOKENS);
  if (tokens?.type === 'array' && tokens.of === 'string') return tokens;
  throw notExtendable('the model has no vocabulary', `strings in ${TOKENS}`);
};

/**
 * How a model with more tokens is written: the base's bytes with rows behind those of the embedding and of the output.
 * @throws HypersceneError GGUF_NOT_EXTENDABLE, GGUF_TOO_LARGE, BAD_NAME of a metadata key
 */
export const planExtension = (header: GgufHeader, additions: Additions): ExtensionPlan => {
  const vocabulary = vocabularyOf(header).count;
  checkWhole(header, vocabulary, additions);
  const tensors = extendTensors(header, vocabulary, additions);
  const entries = extendMetadata(header, vocabulary, additions);
  const { infos, data } = layOut(header, tensors);
  const count = header.metadata.size + Object.keys(additions.metadata).length;
  const head = [bytesPiece(encodeStart(header.version, tensors.length, count)), ...entries, bytesPiece(infos)];
  const pieces = [...head, padding(header.alignment, lengthOf(head)), ...data];
  return { pieces, bytes: lengthOf(pieces), embeddingLength: embeddingOf(header, vocabulary).dims[0] ?? 0 };
};

const checkWhole = (header: GgufHeader, vocabulary: number, { tokens }: Additions): void => {
  if ((integerOf(header, 'split.count') ?? 1) > 1)
    throw notExtendable('the model is cut into several files', 'one file; llama-gguf-split --merge makes it');
  if (vocabulary + tokens.length > GGUF_LIMITS.arrayElementsMax)
    throw new HypersceneError('GGUF_TOO_LARGE', 'too many tokens', {
      expected: `at most ${GGUF_LIMITS.arrayElementsMax}`,
      came: `${vocabulary} and ${tokens.length} more`,
    });
};

const extendMetadata = (header: GgufHeader, vocabulary: number, additions: Additions): readonly Piece[] => {
  if (!header.metadata.has(TOKEN_TYPE))
    throw notExtendable('the vocabulary has no types of tokens, so that new ones would be text', TOKEN_TYPE);
  const pieces = [...header.metadata].flatMap(([key, value]) => extendEntry(header, key, value, vocabulary, additions));
  const added = Object.entries(additions.metadata).map(([key, text]) => {
    checkAdded(header, key, text);
    return bytesPiece(Buffer.concat([encodeKey(key, 'string'), encodeText(text)]));
  });
  return [...pieces, ...added];
};

const extendEntry = (
  header: GgufHeader,
  key: string,
  value: GgufValue,
  vocabulary: number,
  { tokens }: Additions,
): readonly Piece[] => {
  const head = bytesPiece(encodeKey(key, value.type));
  if (key === modelKey(header, 'vocab_size')) {
    if (value.type !== 'u32' && value.type !== 'u64') throw notExtendable(`${key} is no size`, 'u32', value.type);
    return [head, bytesPiece(encodeNumbers(value.type, vocabulary + tokens.length))];
  }
  const added = addedElements(key, value, vocabulary, tokens);
  if (added === undefined || value.type !== 'array') return [head, copy(value.offset, value.bytes)];
  return [
    head,
    bytesPiece(encodeArrayHead(value.of, vocabulary + tokens.length)),
    copy(value.offset + ARRAY_HEAD_BYTES, value.bytes - ARRAY_HEAD_BYTES),
    bytesPiece(added),
  ];
};

/** What is added to the elements of an array. @returns undefined for what is not of tokens */
const addedElements = (
  key: string,
  value: GgufValue,
  vocabulary: number,
  tokens: readonly string[],
): Uint8Array | undefined => {
  switch (key) {
    case TOKENS:
      return Buffer.concat(tokens.map(encodeText));
    case TOKEN_TYPE:
      checkPerToken(key, value, ['i32'], vocabulary);
      return encodeNumbers('i32', CONTROL, tokens.length);
    case SCORES:
      return encodeNumbers(checkPerToken(key, value, ['f32', 'i32'], vocabulary), ADDED_SCORE, tokens.length);
    default:
      if (seemsPerToken(key, value, vocabulary))
        throw notExtendable('the model has more that stands for each token', 'tokens, types and scores only', key);
      return undefined;
  }
};

const checkPerToken = <T extends 'i32' | 'f32'>(
  key: string,
  value: GgufValue,
  types: readonly T[],
  vocabulary: number,
): T => {
  const type = types.find((one) => value.type === 'array' && value.of === one);
  if (type !== undefined && value.type === 'array' && value.count === vocabulary) return type;
  const came = value.type === 'array' ? `${value.count} ${value.of}` : value.type;
  throw notExtendable(`${key} does not stand for each token`, `${vocabulary} ${types.join(' or ')}`, came);
};

const seemsPerToken = (key: string, value: GgufValue, vocabulary: number): boolean =>
  value.type === 'array' &&
  value.count === vocabulary &&
  key !== MERGES &&
  // Arrays of a model's layers are short, those of a toy's vocabulary as well.
  (key.startsWith('tokenizer.') || vocabulary > GGUF_LIMITS.keptNumbersMax);

const KEY = /^[a-z0-9_]+(?:\.[a-z0-9_-]+)*$/;

const checkAdded = ({ metadata }: GgufHeader, key: string, text: string): void => {
  if (!KEY.test(key) || Buffer.byteLength(key) > 256 || key.startsWith('general.') || key.startsWith('tokenizer.'))
    throw new HypersceneError('BAD_NAME', 'not a key for more metadata', {
      expected: 'lower case words with dots between, not of general or tokenizer',
      came: JSON.stringify(key.slice(0, 80)),
    });
  if (!text.isWellFormed() || Buffer.byteLength(text) > GGUF_LIMITS.keptStringBytesMax)
    throw new HypersceneError('BAD_ARGUMENT', `the value of ${key} cannot be written`, {
      expected: `text of at most ${GGUF_LIMITS.keptStringBytesMax} bytes`,
    });
  if (metadata.has(key)) throw notExtendable('the model has been extended already', 'its base', `${key} in it`);
};

/** A tensor of the new file and where its data come from. */
interface NewTensor extends Pick<GgufTensor, 'name' | 'dims' | 'type'> {
  readonly data: readonly Piece[];
}

const extendTensors = (
  header: GgufHeader,
  vocabulary: number,
  { tokens, outputRows }: Additions,
): readonly NewTensor[] => {
  const embedding = embeddingOf(header, vocabulary);
  const output = header.tensors.find(({ name }) => name === OUTPUT);
  if (output === undefined) checkMayUntie(header);
  else checkRowsOf(output, embedding.dims[0] ?? 0, vocabulary);
  for (const tensor of header.tensors) checkNotPerToken(tensor, vocabulary);
  const extend = (base: GgufTensor, name: string, rows: Piece): NewTensor => ({
    name,
    dims: [base.dims[0] ?? 0, vocabulary + tokens.length],
    type: base.type,
    data: [dataOf(header, base), rows],
  });
  const addedOutput = (base: GgufTensor): NewTensor =>
    extend(
      base,
      OUTPUT,
      outputRows ? rowsPiece('output', base, tokens.length) : zeros(sizeOfRows(base, tokens.length)),
    );
  return header.tensors.flatMap((tensor) => {
    if (tensor === output) return [addedOutput(tensor)];
    if (tensor !== embedding) return [{ ...tensor, data: [dataOf(header, tensor)] }];
    const extended = extend(tensor, EMBEDDING, rowsPiece('embedding', tensor, tokens.length));
    return output === undefined ? [extended, addedOutput(tensor)] : [extended];
  });
};

const embeddingOf = ({ tensors }: GgufHeader, vocabulary: number): GgufTensor => {
  const embedding = tensors.find(({ name }) => name === EMBEDDING);
  if (embedding === undefined) throw notExtendable('the model has no embedding', EMBEDDING);
  checkRowsOf(embedding, embedding.dims[0] ?? 0, vocabulary);
  return embedding;
};

const checkRowsOf = ({ name, dims }: GgufTensor, length: number, vocabulary: number): void => {
  if (dims.length === 2 && dims[0] === length && length > 0 && dims[1] === vocabulary) return;
  throw notExtendable(`${name} has no row for each token`, `${length} x ${vocabulary}`, dims.join(' x '));
};

const checkMayUntie = (header: GgufHeader): void => {
  const architecture = textOf(header, 'general.architecture') ?? 'none';
  if (MAY_UNTIE.has(architecture)) return;
  throw notExtendable('the output is made with the embedding, and llama.cpp reads no other here', OUTPUT, architecture);
};

/** Tensors of a layer that have a dimension of any length: that one is as long as the vocabulary is chance. */
const OF_LAYER = /^blk\.\d+\.(?:attn|ffn|ssm|layer)_|^(?:output_norm|rope_freqs|rope_factors_\w+)\./;

const checkNotPerToken = ({ name, dims }: GgufTensor, vocabulary: number): void => {
  if (name === EMBEDDING || name === OUTPUT || OF_LAYER.test(name)) return;
  if (dims.includes(vocabulary) || name.startsWith('per_layer_token_embd'))
    throw notExtendable('the model has more that stands for each token', `${EMBEDDING} and ${OUTPUT} only`, name);
};

const sizeOfRows = ({ type, dims }: GgufTensor, count: number): number => rowBytes(type, dims[0] ?? 0) * count;

const rowsPiece = (of: 'embedding' | 'output', { name, type, dims }: GgufTensor, count: number): Piece => {
  if (isRowType(type)) return { kind: 'rows', of, type, length: rowBytes(type, dims[0] ?? 0) * count };
  const option = of === 'embedding' ? '--token-embedding-type' : '--output-tensor-type';
  throw notExtendable(
    `vectors cannot be written into ${name} without losing what they hold`,
    `${ROW_TYPES.join(', ')}; llama-quantize ${option} q8_0 makes it`,
    type,
  );
};

/** Places of the tensors' data, each aligned and behind the one before. */
const layOut = ({ alignment }: GgufHeader, tensors: readonly NewTensor[]) => {
  let offset = 0;
  const infos: Buffer[] = [];
  const data: Piece[] = [];
  for (const tensor of tensors) {
    infos.push(encodeTensor({ ...tensor, offset }));
    const pad = padding(alignment, lengthOf(tensor.data));
    data.push(...tensor.data, pad);
    offset += lengthOf(tensor.data) + lengthOf([pad]);
  }
  return { infos: Buffer.concat(infos), data };
};

const dataOf = ({ dataOffset }: GgufHeader, { offset, bytes }: GgufTensor): Piece => copy(dataOffset + offset, bytes);
const copy = (offset: number, length: number): Piece => ({ kind: 'copy', offset, length });
const zeros = (length: number): Piece => ({ kind: 'zeros', length });
const padding = (alignment: number, bytes: number): Piece => zeros(paddingTo(alignment, bytes));
const bytesPiece = (bytes: Uint8Array): Piece => ({ kind: 'bytes', bytes });

const lengthOf = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, piece) => sum + (piece.kind === 'bytes' ? piece.bytes.byteLength : piece.length), 0);

const notExtendable = (message: string, expected: string, came?: string): HypersceneError =>
  new HypersceneError('GGUF_NOT_EXTENDABLE', message, { expected, ...(came === undefined ? {} : { came }) });
