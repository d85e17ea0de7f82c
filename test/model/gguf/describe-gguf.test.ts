import { describeGguf } from '../../../src/model/gguf/describe-gguf.ts';
import type { GgufHeader } from '../../../src/model/gguf/gguf-header.ts';
import { kvBytesPerToken } from '../../../src/model/gguf/kv-bytes.ts';
import { readGguf } from '../../../src/model/gguf/read-gguf.ts';
import { memorySource } from './memory-source.ts';
import { encodeRaw, type RawEntry, type TinyOptions, tinyGguf, tinyModel } from './tiny-gguf.ts';

const headerOf = (options: TinyOptions = {}): Promise<GgufHeader> => readGguf(memorySource(tinyGguf(options)));
const number = (key: string, value: number): RawEntry => ({ key, type: 'u32', value });

/** 2 layers: attention, then three matrices of 64 × 64. */
const ATTENTION = 2 * (64 + 64 * 64 + 2 * 64 * 32 + 64 * 64 + 64);
const NETWORK = 2 * 3 * 64 * 64;
const ENDS = 64 * 264 + 64;

test('what a model is follows from its header', async () => {
  expect(describeGguf(await headerOf({ tied: true }))).toMatchObject({
    architecture: 'llama',
    name: 'Tiny llama',
    parameters: ATTENTION + NETWORK + ENDS,
    activeParameters: ATTENTION + NETWORK + ENDS,
    weightBytes: (ATTENTION + NETWORK + 64) * 4 + ((64 * 264) / 32) * 34,
    commonestType: 'F32',
    types: [{ type: 'F32' }, { type: 'Q8_0', tensors: 1, bytes: ((64 * 264) / 32) * 34 }],
    layers: 2,
    contextLength: 256,
    embeddingLength: 64,
    heads: 4,
    keyValueHeads: 2,
    keyLength: 16,
    valueLength: 16,
    vocabulary: 264,
    experts: null,
    tiedOutput: true,
    tokenizer: { model: 'gpt2', pre: 'gpt-2', beginning: 0, end: 1, addBeginning: false },
    chatTemplate: null,
    files: 1,
  });
});

test('a token meets half of the experts where two of four are used', async () => {
  const mixture = describeGguf(await headerOf({ kind: 'mixture', tied: true, tokenizer: 'spm' }));
  const router = 2 * 64 * 4;
  const rest = ATTENTION + router + 64 * 331 + 64;
  expect(mixture).toMatchObject({
    parameters: rest + 4 * NETWORK,
    activeParameters: rest + 2 * NETWORK,
    experts: { count: 4, used: 2 },
    tokenizer: { model: 'llama', addBeginning: true },
  });
});

test('experts may be used more in one layer than in another, and stand in tensors of their own', async () => {
  const perLayer: RawEntry = { key: 'llama.expert_used_count', type: 'array', value: { of: 'u32', items: [1, 3] } };
  const all = describeGguf(await headerOf({ kind: 'mixture' }));
  const some = describeGguf(await headerOf({ kind: 'mixture', metadata: [perLayer] }));
  expect(some.activeParameters).toBe(all.activeParameters);
  const data = Buffer.alloc(1024);
  const apart = [0, 1, 2, 3].map((i) => ({
    name: `blk.0.ffn_up.${i}.weight`,
    dims: [16, 16],
    type: 'F32' as const,
    data,
  }));
  const old = describeGguf(await headerOf({ kind: 'mixture', tensors: apart }));
  expect(old.activeParameters).toBe((all.activeParameters ?? 0) + 2 * 256);
});

test('what is active is not told where the header does not say how', async () => {
  const unknown = { name: 'blk.0.ffn_gate_chexps.weight', dims: [4], type: 'F32' as const, data: Buffer.alloc(16) };
  for (const options of [
    { metadata: [{ key: 'llama.expert_used_count', type: 'string', value: 'two' } as const] },
    { metadata: [number('llama.expert_used_count', 5)] },
    { metadata: [number('llama.expert_count', 3)] },
    { tensors: [unknown] },
  ])
    expect(describeGguf(await headerOf({ kind: 'mixture', ...options })).activeParameters).toBeNull();
});

test('an empty file is described by nulls', async () => {
  const header = await readGguf(memorySource(encodeRaw({ metadata: [], tensors: [] })));
  const description = describeGguf(header);
  expect(description).toMatchObject({ architecture: null, parameters: 0, types: [], layers: null, vocabulary: null });
  expect(kvBytesPerToken(header, { key: 'F16', value: 'F16' })).toMatchObject({ bytes: null });
});

test.each([
  ['F16', 'F16', 2 * (32 * 2 + 32 * 2)],
  ['Q8_0', 'Q8_0', 2 * (34 + 34)],
  ['Q8_0', 'Q4_0', 2 * (34 + 18)],
] as const)('a position takes a row of keys (%s) and one of values (%s) at each layer', async (key, value, bytes) => {
  expect(kvBytesPerToken(await headerOf(), { key, value })).toEqual({ bytes });
});

test('heads may differ from layer to layer, and have lengths of their own', async () => {
  const heads: RawEntry = { key: 'llama.attention.head_count_kv', type: 'array', value: { of: 'i32', items: [4, 0] } };
  const lengths = [number('llama.attention.key_length', 24), number('llama.attention.value_length', 8)];
  const header = await headerOf({ metadata: [heads, ...lengths] });
  expect(kvBytesPerToken(header, { key: 'F16', value: 'F16' })).toEqual({ bytes: 4 * (24 + 8) * 2 });
  expect(describeGguf(header).keyValueHeads).toEqual([4, 0]);
});

/** The little model under the name of another architecture. */
const as = (architecture: string, extra: readonly RawEntry[] = []): Promise<GgufHeader> => {
  const raw = tinyModel({ metadata: extra });
  const metadata = raw.metadata.map((one) => {
    if (one.key === 'general.architecture') return { ...one, value: architecture };
    return { ...one, key: one.key.replace(/^llama\./, `${architecture}.`) };
  });
  return readGguf(memorySource(encodeRaw({ ...raw, metadata })));
};

test('keys of latent attention hold the values, and layers that predict further hold none', async () => {
  const types = { key: 'F16', value: 'F16' } as const;
  const latent = [number('llama.attention.key_length_mla', 8), number('llama.attention.value_length_mla', 8)];
  expect(kvBytesPerToken(await as('deepseek2', latent), types)).toEqual({ bytes: 2 * 32 * 2 });
  expect(kvBytesPerToken(await as('deepseek2'), types)).toEqual({ bytes: 2 * 2 * 32 * 2 });
  const further = [number('llama.nextn_predict_layers', 1)];
  expect(kvBytesPerToken(await as('glm4moe', further), types)).toEqual({ bytes: 2 * 32 * 2 });
});

test('where a layer may keep less than all tokens, nothing is told', async () => {
  const types = { key: 'F16', value: 'F16' } as const;
  for (const architecture of ['gemma3', 'gpt-oss', 'mamba', 'qwen3next', 'llama4', 'invented'])
    expect(kvBytesPerToken(await as(architecture), types)).toMatchObject({
      bytes: null,
      why: expect.stringContaining('not known'),
    });
  const window = [number('llama.attention.sliding_window', 4096)];
  expect(kvBytesPerToken(await as('olmo2', window), types)).toMatchObject({ bytes: null });
  expect(kvBytesPerToken(await as('olmo2'), types)).toMatchObject({ bytes: 256 });
  // llama.cpp passes over the window here.
  expect(kvBytesPerToken(await as('llama', window), types)).toMatchObject({ bytes: 256 });
});

test('blocks that do not fill a row, and lists that are too short, are told as such', async () => {
  const odd = await headerOf({ metadata: [number('llama.attention.key_length', 24)] });
  expect(kvBytesPerToken(odd, { key: 'Q8_0', value: 'F16' })).toMatchObject({
    bytes: null,
    why: expect.stringContaining('48 numbers'),
  });
  const short: RawEntry = { key: 'llama.attention.head_count_kv', type: 'array', value: { of: 'u32', items: [2] } };
  expect(kvBytesPerToken(await headerOf({ metadata: [short] }), { key: 'F16', value: 'F16' })).toMatchObject({
    bytes: null,
  });
  const many = await headerOf({ metadata: [number('llama.block_count', 2 ** 32 - 1)] });
  expect(kvBytesPerToken(many, { key: 'F16', value: 'F16' })).toMatchObject({ bytes: null });
});
