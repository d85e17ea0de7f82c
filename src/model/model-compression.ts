import { FileSource } from './gguf/byte-source.ts';
import { describeGguf, type ModelDescription } from './gguf/describe-gguf.ts';
import { blockBytes, blockElements, type GgmlType } from './gguf/ggml-type.ts';
import type { GgufHeader } from './gguf/gguf-header.ts';
import { kvBytesPerToken } from './gguf/kv-bytes.ts';
import { readGguf } from './gguf/read-gguf.ts';
import { KV_TYPES, type KvType } from './language-model.ts';
import { reckonBytes } from './llama/memory.ts';

/** What a model's file saves of computing and memory, and by what: of its header alone. */
export interface ModelCompression {
  readonly weights: {
    readonly bytes: number;
    /** Of as many numbers of 16 bits. */
    readonly f16Bytes: number;
    readonly bitsPerParameter: number | null;
    /** By bytes, most first. */
    readonly types: readonly WeightType[];
  };
  /** For each type that it can be kept in, with `why` where the header cannot tell. */
  readonly kv: readonly KvSize[];
  /** Heads that share keys and values; null where the header does not say. Of layers that differ the one with most. */
  readonly attention: {
    readonly heads: number;
    readonly kvHeads: number;
    readonly f16BytesUngrouped: number | null;
  } | null;
  readonly experts: { readonly all: number; readonly used: number | null } | null;
  readonly parameters: { readonly all: number; readonly active: number | null };
  /** Bytes that a process is reckoned to take without a pack, its context and what computing takes counted in. */
  readonly predictedBytes: number;
  /** Files that the model is cut into; all of this is of the first. */
  readonly files: number;
}

export interface WeightType {
  readonly type: string;
  /** Of each number, scales of its block counted in. */
  readonly bits: number;
  readonly tensors: number;
  readonly bytes: number;
  /** Of all bytes, 0 to 1. */
  readonly share: number;
}

export interface KvSize {
  readonly type: KvType;
  readonly bytesPerPosition: number | null;
  /** Of all positions of a sequence. */
  readonly bytesPerContext: number | null;
  readonly why: string | null;
}

export interface CompressionOptions {
  /** Positions of a sequence. */
  readonly context: number;
  readonly slots: number;
  readonly kv: KvType;
  readonly signal?: AbortSignal | undefined;
}

const F16_BYTES = 2;
const GGML_OF = { f16: 'F16', q8_0: 'Q8_0', q4_0: 'Q4_0' } as const satisfies Record<KvType, GgmlType>;

/** Loads nothing. @throws HypersceneError UNREADABLE_FILE, BAD_GGUF, GGUF_TRUNCATED, GGUF_TOO_NEW, GGUF_TOO_LARGE, CANCELLED */
export const readCompression = async (path: string, options: CompressionOptions): Promise<ModelCompression> => {
  await using source = await FileSource.open(path);
  return compressionOf(await readGguf(source, options.signal), options);
};

const compressionOf = (header: GgufHeader, { context, slots, kv: kept }: CompressionOptions): ModelCompression => {
  const about = describeGguf(header);
  const { parameters, weightBytes, experts } = about;
  const kv = KV_TYPES.map((type) => kvSize(header, type, context));
  const perPosition = (type: KvType): number | null => kv.find((one) => one.type === type)?.bytesPerPosition ?? null;
  return {
    weights: {
      bytes: weightBytes,
      f16Bytes: parameters * F16_BYTES,
      bitsPerParameter: parameters === 0 ? null : (8 * weightBytes) / parameters,
      types: about.types.map((share) => ({ ...share, bits: bitsOf(share.type) })),
    },
    kv,
    attention: attentionOf(about, perPosition('f16')),
    experts: experts === null ? null : { all: experts.count, used: most(experts.used) },
    parameters: { all: parameters, active: about.activeParameters },
    predictedBytes: reckonBytes(
      {
        weightBytes,
        kvBytesPerPosition: perPosition(kept),
        vocabulary: about.vocabulary ?? 0,
        embeddingLength: about.embeddingLength ?? 0,
      },
      { context, slots },
      { adapter: false, embedding: false },
    ),
    files: about.files,
  };
};

const bitsOf = (type: GgmlType): number => (8 * blockBytes(type)) / blockElements(type);

const kvSize = (header: GgufHeader, type: KvType, context: number): KvSize => {
  const told = kvBytesPerToken(header, { key: GGML_OF[type], value: GGML_OF[type] });
  if (told.bytes === null) return { type, bytesPerPosition: null, bytesPerContext: null, why: told.why };
  return { type, bytesPerPosition: told.bytes, bytesPerContext: told.bytes * context, why: null };
};

const attentionOf = (
  { heads: all, keyValueHeads }: ModelDescription,
  f16Bytes: number | null,
): ModelCompression['attention'] => {
  const [heads, kvHeads] = [most(all), most(keyValueHeads)];
  if (heads === null || kvHeads === null || kvHeads === 0) return null;
  return { heads, kvHeads, f16BytesUngrouped: f16Bytes === null ? null : (f16Bytes * heads) / kvHeads };
};

const most = (of: number | readonly number[] | null): number | null =>
  of === null || typeof of === 'number' ? of : Math.max(...of);
