import { attentionOf } from './describe-gguf.ts';
import { blockElements, type GgmlType, rowBytes } from './ggml-type.ts';
import { type GgufHeader, integerOf, modelKey, textOf } from './gguf-header.ts';

/**
 * Architectures each of whose layers keeps a key and a value for every token: in llama.cpp v0.5.0 they have no sliding window,
 * no recurrent state, and no cache of their own (`llama_model::create_memory` of `src/llama-model.cpp`, `src/models/`). Others
 * may keep less, or more, or the same: what is not here is not told.
 */
const PLAIN: ReadonlySet<string> = new Set(
  `apertus arcee arctic baichuan bailingmoe bailingmoe2 bitnet bloom chameleon chatglm codeshell command-r dbrx deci
  deepseek deepseek2 dots1 ernie4_5 ernie4_5-moe exaone falcon gemma glm4 glm4moe gpt2 gptneox granite granitemoe grok
  grovemoe hunyuan-dense hunyuan-moe internlm2 jais jais2 llama maincoder minicpm minimax-m2 mistral3 mpt nemotron olmo
  olmo2 olmoe openelm orion pangu-embedded phi2 phi3 phimoe plamo qwen qwen2 qwen2moe qwen2vl qwen3 qwen3moe qwen3vl
  qwen3vlmoe refact seed_oss smollm3 stablelm starcoder starcoder2 xverse`.split(/\s+/),
);

/** Of those, the ones that have a window where the file has one; llama.cpp passes over it in all others. */
const WINDOWED: ReadonlySet<string> = new Set(['olmo2']);

export interface KvTypes {
  readonly key: GgmlType;
  readonly value: GgmlType;
}

export type KvBytes = { readonly bytes: number } | { readonly bytes: null; readonly why: string };

/**
 * Bytes of the key-value cache that one position takes, as llama.cpp lays it out (`src/llama-kv-cache.cpp`): at each layer a
 * row of (heads × key length) and one of (heads × value length). It holds for flash attention, and without it where all layers
 * are alike.
 * @returns null with the reason where the header cannot tell
 */
export const kvBytesPerToken = (header: GgufHeader, types: KvTypes): KvBytes => {
  const architecture = textOf(header, 'general.architecture') ?? '';
  if (!PLAIN.has(architecture)) return untold(`how ${architecture || 'it'} keeps keys and values is not known`);
  if (WINDOWED.has(architecture) && (integerOf(header, modelKey(header, 'attention.sliding_window')) ?? 0) > 0)
    return untold('some layers keep a window of tokens only');
  const layers = integerOf(header, modelKey(header, 'block_count'));
  const { keyValueHeads, keyLength, valueLength } = attentionOf(header);
  if (layers === undefined || keyValueHeads === null || keyLength === null || valueLength === null)
    return untold('the header does not give layers, heads and their lengths');
  const heads = headsOfLayers(header, layers, keyValueHeads);
  if (heads === undefined) return untold('the header does not give the heads of each layer');
  return sumOf(heads, keyLength, isLatent(header) ? 0 : valueLength, types);
};

/** Layers that predict further tokens keep nothing in the context of the model itself. */
const headsOfLayers = (
  header: GgufHeader,
  layers: number,
  heads: number | readonly number[],
): readonly number[] | undefined => {
  const count = layers - (integerOf(header, modelKey(header, 'nextn_predict_layers')) ?? 0);
  // llama.cpp's `LLAMA_MAX_LAYERS`.
  if (count < 0 || count > 512) return undefined;
  if (typeof heads === 'number') return new Array<number>(count).fill(heads);
  return heads.length < count ? undefined : heads.slice(0, count);
};

/** Keys of multi-head latent attention hold the values too (`llama_hparams::is_mla`). */
const isLatent = (header: GgufHeader): boolean =>
  textOf(header, 'general.architecture') === 'deepseek2' &&
  ['attention.key_length_mla', 'attention.value_length_mla'].every(
    (key) => (integerOf(header, modelKey(header, key)) ?? 0) > 0,
  );

const sumOf = (heads: readonly number[], keyLength: number, valueLength: number, { key, value }: KvTypes): KvBytes => {
  const rows = heads.flatMap((count): readonly [GgmlType, number][] => [
    [key, count * keyLength],
    [value, count * valueLength],
  ]);
  const odd = rows.find(([type, elements]) => elements % blockElements(type) !== 0);
  if (odd !== undefined) return untold(`${odd[1]} numbers of a layer are no whole blocks of ${odd[0]}`);
  return { bytes: rows.reduce((sum, [type, elements]) => sum + rowBytes(type, elements), 0) };
};

const untold = (why: string): KvBytes => ({ bytes: null, why });
