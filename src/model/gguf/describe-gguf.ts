import { activeParameters } from './active-parameters.ts';
import type { GgmlType } from './ggml-type.ts';
import { type GgufHeader, type GgufValue, integerOf, integersOf, modelKey, textOf } from './gguf-header.ts';

/** One of the types that a model's tensors have. */
export interface TypeShare {
  readonly type: GgmlType;
  readonly tensors: number;
  readonly bytes: number;
  /** Of all tensors' bytes, 0 to 1. */
  readonly share: number;
}

/** What its header says of a model; null is what it does not say. */
export interface ModelDescription {
  /** As llama.cpp calls it, `llama`, `qwen3moe`. */
  readonly architecture: string | null;
  readonly name: string | null;
  /** Elements of all tensors. */
  readonly parameters: number;
  /** Those that one token meets: all but the experts that are not chosen. null where it cannot be told. */
  readonly activeParameters: number | null;
  /** Of all tensors, without padding. */
  readonly weightBytes: number;
  /** By bytes, most first. */
  readonly types: readonly TypeShare[];
  /** The type of most bytes. */
  readonly commonestType: GgmlType | null;
  readonly layers: number | null;
  /** Positions it was trained on. */
  readonly contextLength: number | null;
  readonly embeddingLength: number | null;
  /** One number, or one for each layer. */
  readonly heads: number | readonly number[] | null;
  /** As `heads`, and the same where the header does not say. */
  readonly keyValueHeads: number | readonly number[] | null;
  /** Of a head. */
  readonly keyLength: number | null;
  readonly valueLength: number | null;
  /** Tokens. */
  readonly vocabulary: number | null;
  /** `used` of `count` for a token at each layer; used may differ from layer to layer. null without experts */
  readonly experts: { readonly count: number; readonly used: number | readonly number[] | null } | null;
  /** The output is made with the embedding. null for what has no embedding, such as an adapter. */
  readonly tiedOutput: boolean | null;
  readonly tokenizer: {
    /** `gpt2` for byte-level BPE, `llama` for SentencePiece. */
    readonly model: string | null;
    /** How text is cut before merging. */
    readonly pre: string | null;
    readonly beginning: number | null;
    readonly end: number | null;
    /** Whether a text gets the `beginning` token. */
    readonly addBeginning: boolean | null;
  };
  /** A Jinja template; null also where it is longer than 64 KiB. */
  readonly chatTemplate: string | null;
  /** Files the model is cut into; figures are of this file alone. */
  readonly files: number;
}

/**
 * What a model is, as its header says; nothing else is read. Keys: ggml's `docs/gguf.md`, llama.cpp's `src/llama-arch.cpp`.
 */
export const describeGguf = (header: GgufHeader): ModelDescription => {
  const { tensors } = header;
  const types = typeShares(header);
  const names = new Set(tensors.map(({ name }) => name));
  return {
    architecture: textOf(header, 'general.architecture') ?? null,
    name: textOf(header, 'general.name') ?? null,
    parameters: tensors.reduce((sum, { elements }) => sum + elements, 0),
    activeParameters: activeParameters(header),
    weightBytes: tensors.reduce((sum, { bytes }) => sum + bytes, 0),
    types,
    commonestType: types[0]?.type ?? null,
    layers: integerOf(header, modelKey(header, 'block_count')) ?? null,
    contextLength: integerOf(header, modelKey(header, 'context_length')) ?? null,
    embeddingLength: integerOf(header, modelKey(header, 'embedding_length')) ?? null,
    ...attentionOf(header),
    vocabulary: vocabularyOf(header),
    experts: expertsOf(header),
    tiedOutput: names.has('token_embd.weight') ? !names.has('output.weight') : null,
    tokenizer: {
      model: textOf(header, 'tokenizer.ggml.model') ?? null,
      pre: textOf(header, 'tokenizer.ggml.pre') ?? null,
      beginning: integerOf(header, 'tokenizer.ggml.bos_token_id') ?? null,
      end: integerOf(header, 'tokenizer.ggml.eos_token_id') ?? null,
      addBeginning: booleanOf(header.metadata.get('tokenizer.ggml.add_bos_token')),
    },
    chatTemplate: textOf(header, 'tokenizer.chat_template') ?? null,
    files: Math.max(1, integerOf(header, 'split.count') ?? 1),
  };
};

/** Heads and their lengths with llama.cpp's defaults (`llama_model_base::load_hparams` of `src/llama-model.cpp`). */
export const attentionOf = (
  header: GgufHeader,
): Pick<ModelDescription, 'heads' | 'keyValueHeads' | 'keyLength' | 'valueLength'> => {
  const heads = integersOf(header, modelKey(header, 'attention.head_count')) ?? null;
  const first = typeof heads === 'number' ? heads : (heads?.[0] ?? 0);
  const embedding = integerOf(header, modelKey(header, 'embedding_length'));
  const usual = first > 0 && embedding !== undefined ? Math.floor(embedding / first) : null;
  return {
    heads,
    keyValueHeads: integersOf(header, modelKey(header, 'attention.head_count_kv')) ?? heads,
    keyLength: integerOf(header, modelKey(header, 'attention.key_length')) ?? usual,
    valueLength: integerOf(header, modelKey(header, 'attention.value_length')) ?? usual,
  };
};

const typeShares = ({ tensors }: GgufHeader): readonly TypeShare[] => {
  const all = tensors.reduce((sum, { bytes }) => sum + bytes, 0);
  return [...Map.groupBy(tensors, ({ type }) => type)]
    .map(([type, some]) => {
      const bytes = some.reduce((sum, tensor) => sum + tensor.bytes, 0);
      return { type, tensors: some.length, bytes, share: all === 0 ? 0 : bytes / all };
    })
    .sort((a, b) => b.bytes - a.bytes);
};

const vocabularyOf = (header: GgufHeader): number | null => {
  const tokens = header.metadata.get('tokenizer.ggml.tokens');
  if (tokens?.type === 'array') return tokens.count;
  return integerOf(header, modelKey(header, 'vocab_size')) ?? null;
};

const expertsOf = (header: GgufHeader): ModelDescription['experts'] => {
  const count = integerOf(header, modelKey(header, 'expert_count')) ?? 0;
  if (count === 0) return null;
  return { count, used: integersOf(header, modelKey(header, 'expert_used_count')) ?? null };
};

const booleanOf = (value: GgufValue | undefined): boolean | null => (value?.type === 'bool' ? value.value : null);
