import { join } from 'node:path';
import { FileSource } from '../../../src/model/gguf/byte-source.ts';
import { rowBytes } from '../../../src/model/gguf/ggml-type.ts';
import { readGguf } from '../../../src/model/gguf/read-gguf.ts';
import type { ModelDescription } from '../../../src/model/language-model.ts';
import { type TrainedRow, writePack } from '../../../src/model/pack/write-pack.ts';
import { codeRow, facetRow, type RowKey, sceneRow } from '../../../src/model/row-key.ts';
import { figureKeyDigest } from '../../../src/scene/figure.ts';
import type { SceneId } from '../../../src/scene/scene.ts';
import { dequantize } from '../gguf/dequantize.ts';
import { encodeRaw } from '../gguf/tiny-gguf.ts';

/** Rows that stand for what a word of the model stands for: what the model makes of them is known without any training. */
export const ROWS = {
  paris: codeRow(figureKeyDigest('threshold.silence.restraint')),
  london: codeRow(figureKeyDigest('none.none.none')),
  france: sceneRow('00112233445566778899aabbccddeeff' as SceneId),
  moscow: facetRow('archetype', 'threshold'),
} as const;

type Word = keyof typeof ROWS;

export type WordIds = Readonly<Record<Word, number>>;

/** In SmolLM2’s vocabulary, where each of the words is one token. */
const IDS: WordIds = { paris: 7042, london: 4528, france: 4649, moscow: 15_651 };

/** The embeddings of some tokens, as numbers. */
const embeddingsOf = async (path: string, ids: readonly number[]): Promise<readonly Float32Array[]> => {
  await using source = await FileSource.open(path);
  const header = await readGguf(source);
  const tensor = header.tensors.find(({ name }) => name === 'token_embd.weight');
  const length = tensor?.dims[0];
  if (tensor?.type !== 'Q8_0' || length === undefined) throw new Error('an embedding of type Q8_0 is needed');
  const bytes = rowBytes('Q8_0', length);
  const rows: Float32Array[] = [];
  for (const id of ids) {
    const buffer = Buffer.alloc(bytes);
    await source.read(buffer, header.dataOffset + tensor.offset + id * bytes);
    rows.push(Float32Array.from(dequantize('Q8_0', buffer)));
  }
  return rows;
};

export interface PackOfWords {
  readonly packs: string;
  readonly name: string;
  /** Path of the base. */
  readonly path: string;
  readonly base: Pick<ModelDescription, 'name' | 'sha256' | 'vocabulary' | 'embeddingLength'>;
  /** Tokens of the words in the base; those of SmolLM2 by default. */
  readonly ids?: WordIds;
  /** By what the output rows of Paris and London are multiplied. */
  readonly scale?: number;
  readonly adapter?: string | null;
  /** What the words are rows of. */
  readonly keys?: Partial<Readonly<Record<Word, RowKey>>>;
}

/** Codes for Paris and London, which may be predicted, a scene for France and a facet for Moscow, which may not. */
export const writePackOfWords = async (options: PackOfWords): Promise<void> => {
  const keys = { ...ROWS, ...options.keys };
  const { packs, name, path, base, ids = IDS, scale = 1, adapter = null } = options;
  const [paris, london, france, moscow] = await embeddingsOf(path, [ids.paris, ids.london, ids.france, ids.moscow]);
  if (paris === undefined || london === undefined || france === undefined || moscow === undefined)
    throw new Error('four rows are needed');
  const row = (key: RowKey, embedding: Float32Array, isPredicted: boolean): TrainedRow => ({
    key,
    level: null,
    form: null,
    figures: [],
    hyperlexeme: null,
    embedding,
    output: isPredicted ? embedding.map((value) => value * scale) : null,
  });
  await writePack(join(packs, name), {
    name,
    base: {
      name: base.name,
      sha256: base.sha256 ?? '',
      architecture: 'llama',
      vocabulary: base.vocabulary ?? 0,
      embeddingLength: base.embeddingLength ?? 0,
    },
    rows: [
      row(keys.paris, paris, true),
      row(keys.london, london, true),
      row(keys.france, france, false),
      row(keys.moscow, moscow, false),
    ],
    dtype: 'F32',
    adapter,
    training: {},
    evaluation: {},
    licence: null,
    createdBy: 'tests',
  });
};

/** Bytes of a LoRA of rank 1 on the first layer's queries, which adds `strength` × (sum of the input) to each of them. */
export const tinyLora = (embeddingLength: number, strength: number): Buffer => {
  const floats = (value: number): Buffer => Buffer.from(new Float32Array(embeddingLength).fill(value).buffer);
  return encodeRaw({
    metadata: [
      { key: 'general.type', type: 'string', value: 'adapter' },
      { key: 'general.architecture', type: 'string', value: 'llama' },
      { key: 'adapter.type', type: 'string', value: 'lora' },
      { key: 'adapter.lora.alpha', type: 'f32', value: 1 },
    ],
    tensors: [
      { name: 'blk.0.attn_q.weight.lora_a', dims: [embeddingLength, 1], type: 'F32', data: floats(1) },
      { name: 'blk.0.attn_q.weight.lora_b', dims: [1, embeddingLength], type: 'F32', data: floats(strength) },
    ],
  });
};
