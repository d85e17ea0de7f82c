import { blockBytes, blockElements, type GgmlType, ggmlTypeId } from '../../../src/model/gguf/ggml-type.ts';
import { type GgufValueType, VALUE_TYPES } from '../../../src/model/gguf/gguf-header.ts';
import { isRowType, quantizeRows } from '../../../src/model/gguf/quantize-rows.ts';

/** A value to write; elements of arrays are of the type `of`, arrays in arrays are `RawArray`s again. */
export interface RawArray {
  readonly of: GgufValueType;
  readonly items: readonly RawItem[];
}
export type RawItem = number | bigint | boolean | string | RawArray;
export interface RawEntry {
  readonly key: string;
  readonly type: GgufValueType;
  readonly value: RawItem;
}
export interface RawTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: GgmlType;
  readonly data: Uint8Array;
}
export interface RawGguf {
  readonly version?: number;
  readonly alignment?: number;
  readonly metadata: readonly RawEntry[];
  readonly tensors: readonly RawTensor[];
}

/** The bytes of any GGUF, by an encoder of its own, so that reader and writer are not tested against themselves alone. */
export const encodeRaw = ({ version = 3, alignment = 32, metadata, tensors }: RawGguf): Buffer => {
  let offset = 0;
  const infos = tensors.map(({ name, dims, type, data }) => {
    const info = [text(name), u32(dims.length), ...dims.map(u64), u32(ggmlTypeId(type)), u64(offset)];
    offset += padded(data, alignment).byteLength;
    return Buffer.concat(info);
  });
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    u32(version),
    u64(tensors.length),
    u64(metadata.length),
    ...metadata.map(({ key, type, value }) =>
      Buffer.concat([text(key), u32(VALUE_TYPES.indexOf(type)), item(type, value)]),
    ),
    ...infos,
  ]);
  if (tensors.length === 0) return head;
  return Buffer.concat([padded(head, alignment), ...tensors.map(({ data }) => padded(data, alignment))]);
};

const padded = (bytes: Uint8Array, alignment: number): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((alignment - (bytes.byteLength % alignment)) % alignment)]);

const written = (bytes: number, write: (buffer: Buffer) => void): Buffer => {
  const buffer = Buffer.alloc(bytes);
  write(buffer);
  return buffer;
};
const u32 = (value: number): Buffer => written(4, (buffer) => buffer.writeUInt32LE(value));
const u64 = (value: number | bigint): Buffer => written(8, (buffer) => buffer.writeBigUInt64LE(BigInt(value)));
const text = (value: string): Buffer => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);

const item = (type: GgufValueType, value: RawItem): Buffer => {
  switch (type) {
    case 'string':
      return text(value as string);
    case 'array': {
      const { of, items } = value as RawArray;
      return Buffer.concat([u32(VALUE_TYPES.indexOf(of)), u64(items.length), ...items.map((one) => item(of, one))]);
    }
    case 'bool':
      return Buffer.from([value === true ? 1 : 0]);
    case 'u8':
      return written(1, (buffer) => buffer.writeUInt8(value as number));
    case 'i8':
      return written(1, (buffer) => buffer.writeInt8(value as number));
    case 'u16':
      return written(2, (buffer) => buffer.writeUInt16LE(value as number));
    case 'i16':
      return written(2, (buffer) => buffer.writeInt16LE(value as number));
    case 'u32':
      return u32(value as number);
    case 'i32':
      return written(4, (buffer) => buffer.writeInt32LE(value as number));
    case 'f32':
      return written(4, (buffer) => buffer.writeFloatLE(value as number));
    case 'f64':
      return written(8, (buffer) => buffer.writeDoubleLE(value as number));
    case 'u64':
      return u64(value as bigint);
    case 'i64':
      return written(8, (buffer) => buffer.writeBigInt64LE(value as bigint));
    default:
      return type satisfies never;
  }
};

export interface TinyOptions {
  readonly seed?: number;
  /** Both of the llama architecture: a feed-forward network, or a mixture of four experts, two of which are used. */
  readonly kind?: 'llama' | 'mixture';
  readonly tied?: boolean;
  /** Byte-level BPE, or SentencePiece. */
  readonly tokenizer?: 'bpe' | 'spm';
  readonly embeddingType?: GgmlType;
  readonly outputType?: GgmlType;
  /** Of the matrices of layers. */
  readonly weightType?: GgmlType;
  /** A multiple of 64, and of 256 for K-quants. */
  readonly embeddingLength?: number;
  readonly alignment?: number;
  readonly version?: 2 | 3;
  /** Replaces entries of the same key, or is added to them. */
  readonly metadata?: readonly RawEntry[];
  readonly tensors?: readonly RawTensor[];
}

export const LAYERS = 2;
export const HEADS = 4;
export const KEY_VALUE_HEADS = 2;
export const EXPERTS = 4;
export const EXPERTS_USED = 2;

/** A valid little model with random weights that llama.cpp loads and evaluates. */
export const tinyGguf = (options: TinyOptions = {}): Buffer => encodeRaw(tinyModel(options));

/** The same, not yet in bytes. */
export const tinyModel = (options: TinyOptions = {}): RawGguf => {
  const { tokenizer = 'bpe', alignment, version, metadata = [], tensors = [] } = options;
  const vocabulary = tokenizer === 'bpe' ? bytePairs() : sentencePieces();
  const keys = new Set(metadata.map(({ key }) => key));
  const entries = [...hyperparameters(options), ...vocabulary.metadata].filter(({ key }) => !keys.has(key));
  const aligned: readonly RawEntry[] =
    alignment === undefined ? [] : [{ key: 'general.alignment', type: 'u32', value: alignment }];
  return {
    ...(version === undefined ? {} : { version }),
    ...(alignment === undefined ? {} : { alignment }),
    metadata: [...entries, ...aligned, ...metadata],
    tensors: [...weights(options, vocabulary.size), ...tensors],
  };
};

const hyperparameters = ({ kind = 'llama', embeddingLength = 64 }: TinyOptions): readonly RawEntry[] => {
  const sizes: Readonly<Record<string, number>> = {
    block_count: LAYERS,
    context_length: 256,
    embedding_length: embeddingLength,
    feed_forward_length: embeddingLength,
    'attention.head_count': HEADS,
    'attention.head_count_kv': KEY_VALUE_HEADS,
    'rope.dimension_count': embeddingLength / HEADS,
    ...(kind === 'mixture' ? { expert_count: EXPERTS, expert_used_count: EXPERTS_USED } : {}),
  };
  return [
    { key: 'general.architecture', type: 'string', value: 'llama' },
    { key: 'general.name', type: 'string', value: `Tiny ${kind}` },
    ...Object.entries(sizes).map(([name, value]): RawEntry => ({ key: `llama.${name}`, type: 'u32', value })),
    { key: 'llama.attention.layer_norm_rms_epsilon', type: 'f32', value: 1e-5 },
  ];
};

interface Vocabulary {
  readonly metadata: readonly RawEntry[];
  readonly size: number;
}

const NORMAL = 1;
const UNKNOWN = 2;
const CONTROL = 3;
const BYTE = 6;

const strings = (key: string, items: readonly string[]): RawEntry => ({
  key,
  type: 'array',
  value: { of: 'string', items },
});

const tokenEntries = (tokens: readonly string[], types: readonly number[]): readonly RawEntry[] => [
  strings('tokenizer.ggml.tokens', tokens),
  { key: 'tokenizer.ggml.token_type', type: 'array', value: { of: 'i32', items: types } },
  { key: 'llama.vocab_size', type: 'u32', value: tokens.length },
];

/** The 256 characters that stand for bytes, a few merges, two tokens of control. */
const bytePairs = (): Vocabulary => {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const plain = (byte: number): boolean => (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
  const others = bytes.filter((byte) => !plain(byte));
  const alphabet = bytes.map((byte) => String.fromCodePoint(plain(byte) ? byte : 256 + others.indexOf(byte)));
  const merges = ['t h', 'th e', 'Ġ the', 'i n', 'e r', 'Ġ a'];
  const tokens = ['<|begin|>', '<|end|>', ...alphabet, ...merges.map((merge) => merge.replace(' ', ''))];
  return {
    size: tokens.length,
    metadata: [
      { key: 'tokenizer.ggml.model', type: 'string', value: 'gpt2' },
      { key: 'tokenizer.ggml.pre', type: 'string', value: 'gpt-2' },
      ...tokenEntries(
        tokens,
        tokens.map((_, id) => (id < 2 ? CONTROL : NORMAL)),
      ),
      strings('tokenizer.ggml.merges', merges),
      { key: 'tokenizer.ggml.bos_token_id', type: 'u32', value: 0 },
      { key: 'tokenizer.ggml.eos_token_id', type: 'u32', value: 1 },
      { key: 'tokenizer.ggml.add_bos_token', type: 'bool', value: false },
    ],
  };
};

/** Unknown, begin, end, the 256 bytes, letters and a few pieces, with scores. */
const sentencePieces = (): Vocabulary => {
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
  const pieces = [
    '▁',
    ...'abcdefghijklmnopqrstuvwxyzабвгдежзиклмнопрстуфхцчшщыьэюяΔ0123456789',
    '▁t',
    'th',
    '▁the',
    'in',
  ];
  const tokens = ['<unk>', '<s>', '</s>', ...bytes, ...pieces];
  const typeOf = (id: number): number => {
    if (id === 0) return UNKNOWN;
    if (id < 3) return CONTROL;
    return id < 3 + bytes.length ? BYTE : NORMAL;
  };
  return {
    size: tokens.length,
    metadata: [
      { key: 'tokenizer.ggml.model', type: 'string', value: 'llama' },
      ...tokenEntries(
        tokens,
        tokens.map((_, id) => typeOf(id)),
      ),
      {
        key: 'tokenizer.ggml.scores',
        type: 'array',
        value: { of: 'f32', items: tokens.map((_, id) => (typeOf(id) === NORMAL ? -id : 0)) },
      },
      { key: 'tokenizer.ggml.bos_token_id', type: 'u32', value: 1 },
      { key: 'tokenizer.ggml.eos_token_id', type: 'u32', value: 2 },
      { key: 'tokenizer.ggml.unknown_token_id', type: 'u32', value: 0 },
      { key: 'tokenizer.ggml.add_bos_token', type: 'bool', value: true },
    ],
  };
};

/** xorshift32: the same weights from the same seed everywhere. */
const randomOf = (seed: number): (() => number) => {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32 - 0.5;
  };
};

const weights = (options: TinyOptions, vocabulary: number): readonly RawTensor[] => {
  const { seed = 1, kind = 'llama', tied = false, embeddingLength: d = 64, weightType = 'F32' } = options;
  const { embeddingType = 'Q8_0', outputType = 'Q8_0' } = options;
  const random = randomOf(seed);
  const matrix = (name: string, type: GgmlType, ...dims: readonly number[]): RawTensor => ({
    name,
    dims,
    type,
    data: dataOf(type, dims, () => random() / 4),
  });
  const ones = (name: string, size: number): RawTensor => ({
    name,
    dims: [size],
    type: 'F32',
    data: dataOf('F32', [size], () => 1 + random() / 10),
  });
  const kv = (d / HEADS) * KEY_VALUE_HEADS;
  const feedForward = (blk: string): readonly RawTensor[] =>
    kind === 'llama'
      ? [
          matrix(`${blk}.ffn_gate.weight`, weightType, d, d),
          matrix(`${blk}.ffn_down.weight`, weightType, d, d),
          matrix(`${blk}.ffn_up.weight`, weightType, d, d),
        ]
      : [
          matrix(`${blk}.ffn_gate_inp.weight`, 'F32', d, EXPERTS),
          matrix(`${blk}.ffn_gate_exps.weight`, weightType, d, d, EXPERTS),
          matrix(`${blk}.ffn_down_exps.weight`, weightType, d, d, EXPERTS),
          matrix(`${blk}.ffn_up_exps.weight`, weightType, d, d, EXPERTS),
        ];
  const layers = Array.from({ length: LAYERS }, (_, i) => `blk.${i}`).flatMap((blk) => [
    ones(`${blk}.attn_norm.weight`, d),
    matrix(`${blk}.attn_q.weight`, weightType, d, d),
    matrix(`${blk}.attn_k.weight`, weightType, d, kv),
    matrix(`${blk}.attn_v.weight`, weightType, d, kv),
    matrix(`${blk}.attn_output.weight`, weightType, d, d),
    ones(`${blk}.ffn_norm.weight`, d),
    ...feedForward(blk),
  ]);
  return [
    matrix('token_embd.weight', embeddingType, d, vocabulary),
    ones('output_norm.weight', d),
    ...(tied ? [] : [matrix('output.weight', outputType, d, vocabulary)]),
    ...layers,
  ];
};

/** Types that are not quantized here are zeros: valid in all of them. */
const dataOf = (type: GgmlType, dims: readonly number[], next: () => number): Uint8Array => {
  const elements = dims.reduce((product, dim) => product * dim, 1);
  if (!isRowType(type)) return Buffer.alloc((elements / blockElements(type)) * blockBytes(type));
  return quantizeRows(type, Float32Array.from({ length: elements }, next));
};
