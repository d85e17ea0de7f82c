import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GGMLQuantizationType, GGUFValueType, gguf } from '@huggingface/gguf';
import fc from 'fast-check';
import { HypersceneError } from '../../../src/errors.ts';
import { extendVocabulary, type VocabularyExtension } from '../../../src/model/gguf/extend-vocabulary.ts';
import { type GgmlType, ggmlTypeId, rowBytes } from '../../../src/model/gguf/ggml-type.ts';
import { pagesOfNumbers, pagesOfStrings } from '../../../src/model/gguf/gguf-array.ts';
import type { GgufHeader, GgufTensor } from '../../../src/model/gguf/gguf-header.ts';
import { ROW_TYPES, type RowType } from '../../../src/model/gguf/quantize-rows.ts';
import { readGguf } from '../../../src/model/gguf/read-gguf.ts';
import { dequantize } from './dequantize.ts';
import { memorySource } from './memory-source.ts';
import { encodeRaw, type RawEntry, type RawGguf, type TinyOptions, tinyGguf, tinyModel } from './tiny-gguf.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gguf-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** As the tokens of hypertokens are named: between private code points. */
const marks = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `\u{10DE70}Δ${i}\u{10DE71}`);

const vectors = (count: number, length: number, seed = 1): Float32Array =>
  Float32Array.from({ length: count * length }, (_, i) => Math.sin((i + 1) * seed));

interface Model {
  readonly bytes: Buffer;
  readonly header: GgufHeader;
}

const modelOf = async (bytes: Buffer): Promise<Model> => ({ bytes, header: await readGguf(memorySource(bytes)) });

type Change = Partial<Omit<VocabularyExtension, 'source' | 'target'>>;

/** Extends a model by two tokens, or as told. */
const extend = async (base: Buffer, change: Change = {}): Promise<Model> => {
  const [source, target] = [join(folder, 'base.gguf'), join(folder, 'more.gguf')];
  await writeFile(source, base);
  await rm(target, { force: true });
  const { header } = await modelOf(base);
  const length = header.tensors.find(({ name }) => name === 'token_embd.weight')?.dims[0] ?? 0;
  const tokens = change.tokens ?? marks(2);
  await extendVocabulary({ source, target, tokens, rows: [vectors(tokens.length, length)], ...change });
  return modelOf(await readFile(target));
};

const dataOf = ({ bytes, header }: Model, tensor: GgufTensor | undefined): Buffer => {
  const at = header.dataOffset + (tensor?.offset ?? 0);
  return bytes.subarray(at, at + (tensor?.bytes ?? 0));
};

const tensorOf = ({ header }: Model, name: string): GgufTensor | undefined =>
  header.tensors.find((tensor) => tensor.name === name);

const bytesOf = (model: Model, name: string): Buffer => dataOf(model, tensorOf(model, name));

const stringsOf = async ({ bytes, header }: Model, key: string): Promise<readonly string[]> => {
  const array = header.metadata.get(key);
  if (array?.type !== 'array') return [];
  return (await Array.fromAsync(pagesOfStrings(memorySource(bytes), array))).flat();
};

const numbersOf = async ({ bytes, header }: Model, key: string): Promise<readonly (number | bigint)[]> => {
  const array = header.metadata.get(key);
  if (array?.type !== 'array') return [];
  return (await Array.fromAsync(pagesOfNumbers(memorySource(bytes), array))).flat();
};

const anyBase: fc.Arbitrary<TinyOptions & { readonly embeddingType: RowType }> = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  kind: fc.constantFrom('llama', 'mixture'),
  tied: fc.boolean(),
  tokenizer: fc.constantFrom('bpe', 'spm'),
  embeddingType: fc.constantFrom(...ROW_TYPES),
  outputType: fc.constantFrom(...ROW_TYPES),
  weightType: fc.constantFrom('Q8_0', 'F16', 'Q4_0'),
  alignment: fc.constantFrom(32, 64, 256),
  version: fc.constantFrom(2, 3),
});

test('old tensors keep their bytes, and new rows stand behind the old ones', async () => {
  await fc.assert(
    fc.asyncProperty(anyBase, fc.integer({ min: 1, max: 40 }), fc.boolean(), async (options, count, trained) => {
      const base = await modelOf(tinyGguf(options));
      const rows = vectors(count, 64);
      const outputs = vectors(count, 64, 2);
      const more = await extend(base.bytes, {
        tokens: marks(count),
        rows: [rows.subarray(0, 64), rows.subarray(64)],
        ...(trained ? { outputRows: [outputs] } : {}),
      });
      for (const tensor of base.header.tensors) {
        const bytes = dataOf(more, tensorOf(more, tensor.name));
        expect(bytes.subarray(0, tensor.bytes).equals(dataOf(base, tensor))).toBe(true);
      }
      checkRows(more, base, 'token_embd.weight', 'token_embd.weight', rows);
      const output = options.tied ? 'token_embd.weight' : 'output.weight';
      checkRows(more, base, 'output.weight', output, trained ? outputs : new Float32Array(count * 64));
      expect(more.header).toMatchObject({ version: options.version, alignment: options.alignment });
      expect(more.header.tensors).toHaveLength(base.header.tensors.length + (options.tied ? 1 : 0));
    }),
    { numRuns: 25 },
  );
});

/** Behind the rows of a tensor of the base stand these, as well as the type holds them. */
const checkRows = (more: Model, base: Model, name: string, from: string, rows: Float32Array): void => {
  const old = tensorOf(base, from);
  const tensor = tensorOf(more, name);
  const count = rows.length / 64;
  const added = bytesOf(more, name).subarray(old?.bytes);
  expect(bytesOf(more, name).subarray(0, old?.bytes).equals(bytesOf(base, from))).toBe(true);
  expect(tensor).toMatchObject({ type: old?.type, dims: [64, (old?.dims[1] ?? 0) + count] });
  expect(added.byteLength).toBe(count * rowBytes(old?.type ?? 'F32', 64));
  const off = dequantize(old?.type as RowType, added).map((value, i) => Math.abs(value - (rows[i] ?? Number.NaN)));
  expect(Math.max(...off)).toBeLessThan(0.005);
};

test('the vocabulary has the tokens as ones of control, and all else of the metadata is as it was', async () => {
  for (const tokenizer of ['bpe', 'spm'] as const) {
    const base = await modelOf(tinyGguf({ tokenizer }));
    const more = await extend(base.bytes, { metadata: { 'hyperscene.pack': 'ab12' } });
    const before = await stringsOf(base, 'tokenizer.ggml.tokens');
    expect(await stringsOf(more, 'tokenizer.ggml.tokens')).toEqual([...before, ...marks(2)]);
    const types = await numbersOf(base, 'tokenizer.ggml.token_type');
    expect(await numbersOf(more, 'tokenizer.ggml.token_type')).toEqual([...types, 3, 3]);
    const scores = await numbersOf(base, 'tokenizer.ggml.scores');
    expect(await numbersOf(more, 'tokenizer.ggml.scores')).toEqual(
      tokenizer === 'spm' ? [...scores, -1000, -1000] : [],
    );
    expect(more.header.metadata.get('llama.vocab_size')).toMatchObject({ type: 'u32', value: before.length + 2 });
    expect([...more.header.metadata.keys()]).toEqual([...base.header.metadata.keys(), 'hyperscene.pack']);
    const changed = /tokens|token_type|scores|vocab_size/;
    for (const [key, { offset, bytes }] of base.header.metadata) {
      const value = more.header.metadata.get(key);
      const now = more.bytes.subarray(value?.offset, (value?.offset ?? 0) + (value?.bytes ?? 0));
      if (!changed.test(key)) expect(now.equals(base.bytes.subarray(offset, offset + bytes))).toBe(true);
    }
  }
});

test('another reader finds the same in what was written', async () => {
  for (const kind of ['llama', 'mixture'] as const) {
    const { header } = await extend(tinyGguf({ kind, tied: true }), { metadata: { 'hyperscene.pack': 'ab12' } });
    const theirs = await gguf(join(folder, 'more.gguf'), { allowLocalFile: true, typedMetadata: true });
    expect(Number(theirs.tensorDataOffset)).toBe(header.dataOffset);
    expect(
      theirs.tensorInfos.map(({ name, shape, dtype, offset }) => [name, shape.map(Number), dtype, Number(offset)]),
    ).toEqual(header.tensors.map(({ name, dims, type, offset }) => [name, dims, ggmlTypeId(type), offset]));
    for (const { dtype } of theirs.tensorInfos) expect(GGMLQuantizationType[dtype]).toBeDefined();
    for (const [key, value] of header.metadata) {
      const typed = theirs.typedMetadata[key] as { type: GGUFValueType; value: unknown };
      if (value.type === 'array')
        expect(typed).toMatchObject({ type: GGUFValueType.ARRAY, value: { length: value.count } });
      else expect(typed.value).toEqual(value.value);
    }
    expect(theirs.typedMetadata['tokenizer.ggml.tokens']?.value).toEqual(expect.arrayContaining([...marks(2)]));
  }
});

const refused = (base: Buffer, change: Change, code: string): Promise<void> =>
  expect(extend(base, change)).rejects.toMatchObject({ code });

test('a model is extended once', async () => {
  const once = await extend(tinyGguf(), { metadata: { 'hyperscene.pack': 'ab' } });
  await refused(once.bytes, {}, 'TOKEN_EXISTS');
  await refused(once.bytes, { tokens: ['Δ77'], metadata: { 'hyperscene.pack': 'cd' } }, 'GGUF_NOT_EXTENDABLE');
  const twice = await extend(once.bytes, { tokens: ['Δ77'] });
  expect(await stringsOf(twice, 'tokenizer.ggml.tokens')).toEqual(expect.arrayContaining([...marks(2), 'Δ77']));
});

test.each([[['']], [['Δ\0']], [['\uD800Δ']], [['Δ'.repeat(100)]], [['Δ1', 'Δ2', 'Δ1']]])(
  '%j are no names of tokens',
  async (tokens) => {
    await refused(tinyGguf(), { tokens }, 'BAD_NAME');
  },
);

test('a name that byte-level BPE could come to is refused', async () => {
  for (const token of ['zq', 'Ġthing', 'Ð¾Ð½', '<|x|>']) await refused(tinyGguf(), { tokens: [token] }, 'BAD_NAME');
  await extend(tinyGguf(), { tokens: ['<|Δ|>', 'with space', 'он'] });
});

test('a name that a SentencePiece vocabulary could merge is refused', async () => {
  const base = tinyGguf({ tokenizer: 'spm' });
  for (const tokens of [['Δ'.repeat(2)], ['я'], ['Δ1'], ['the'], ['<Δ1>', '<Δ1', '<Δ'], ['x▁the']])
    await refused(base, { tokens }, tokens[0] === 'я' ? 'TOKEN_EXISTS' : 'BAD_NAME');
  await refused(base, { tokens: ['ѣ'] }, 'BAD_NAME');
  await extend(base, { tokens: ['<Δ1>', '<Δ12>', ...marks(20)] });
});

test.each<[string, TinyOptions]>([
  ['an embedding of Q4_1', { embeddingType: 'Q4_1' }],
  ['an embedding of Q6_K', { embeddingType: 'Q6_K', embeddingLength: 256 }],
  ['another tokenizer', { metadata: [{ key: 'tokenizer.ggml.model', type: 'string', value: 'rwkv' }] }],
  ['another way to cut text', { metadata: [{ key: 'tokenizer.ggml.pre', type: 'string', value: 'whitespace' }] }],
  ['one of several files', { metadata: [{ key: 'split.count', type: 'u16', value: 3 }] }],
  ['types of too few tokens', { metadata: [array('tokenizer.ggml.token_type', 'i32', [1, 2])] }],
  ['scores in words', { tokenizer: 'spm', metadata: [{ key: 'tokenizer.ggml.scores', type: 'string', value: 'x' }] }],
  ['more that stands for tokens', { metadata: [array('tokenizer.ggml.weights', 'f32', Array(264).fill(1))] }],
  ['a bias for each token', { tensors: [{ name: 'output.bias', dims: [264], type: 'F32', data: Buffer.alloc(1056) }] }],
  ['no vocabulary', { metadata: [{ key: 'tokenizer.ggml.tokens', type: 'string', value: 'x' }] }],
  ['a vocabulary of another size', { metadata: [array('tokenizer.ggml.tokens', 'string', ['a', 'b'])] }],
])('%s cannot be extended', async (_, options) => {
  await refused(tinyGguf(options), {}, 'GGUF_NOT_EXTENDABLE');
});

function array(key: string, of: 'i32' | 'f32' | 'string', items: readonly (number | string)[]): RawEntry {
  return { key, type: 'array', value: { of, items } };
}

const without = (raw: RawGguf, name: string): Buffer =>
  encodeRaw({
    ...raw,
    metadata: raw.metadata.filter(({ key }) => key !== name),
    tensors: raw.tensors.filter((tensor) => tensor.name !== name),
  });

test('a model without an embedding or types of tokens cannot be extended', async () => {
  await refused(without(tinyModel(), 'token_embd.weight'), {}, 'GGUF_NOT_EXTENDABLE');
  await refused(without(tinyModel(), 'tokenizer.ggml.token_type'), {}, 'GGUF_NOT_EXTENDABLE');
});

test('an architecture that always makes its output with the embedding cannot be extended', async () => {
  const raw = tinyModel({ tied: true });
  const metadata = raw.metadata.map((one) => (one.key === 'general.architecture' ? { ...one, value: 'gemma2' } : one));
  await refused(encodeRaw({ ...raw, metadata }), {}, 'GGUF_NOT_EXTENDABLE');
});

test.each<GgmlType>(['Q6_K', 'Q4_K', 'IQ4_XS', 'TQ2_0'])(
  'an output of %s takes rows of zeros only',
  async (outputType) => {
    const base = tinyGguf({ outputType, embeddingLength: 256 });
    await refused(base, { outputRows: [vectors(2, 256)] }, 'GGUF_NOT_EXTENDABLE');
    const more = await extend(base);
    expect(
      bytesOf(more, 'output.weight')
        .subarray(-2 * rowBytes(outputType, 256))
        .every((byte) => byte === 0),
    ).toBe(true);
  },
);

test('rows are as many as tokens, and finite', async () => {
  const base = tinyGguf();
  const bad = vectors(2, 64);
  bad[100] = Number.NaN;
  for (const rows of [[vectors(1, 64)], [vectors(3, 64)], [new Float32Array(100)], [], [bad]])
    await refused(base, { rows }, 'BAD_VECTOR');
  await refused(base, { outputRows: [vectors(1, 64)] }, 'BAD_VECTOR');
  await refused(base, { tokens: [] }, 'BAD_ARGUMENT');
  await refused(base, { metadata: { 'general.name': 'x' } }, 'BAD_NAME');
  await refused(base, { metadata: { 'a.b': '\uD800' } }, 'BAD_ARGUMENT');
  expect(await readdir(folder)).toEqual(['base.gguf']);
});

test('rows may come slowly, and their source is closed when something else fails', async () => {
  let closed = false;
  async function* rows(): AsyncGenerator<Float32Array> {
    try {
      for (let i = 0; i < 100; i++) {
        await new Promise(setImmediate);
        yield vectors(1, 64, i + 1);
      }
    } finally {
      closed = true;
    }
  }
  await refused(tinyGguf(), { rows: rows() }, 'BAD_VECTOR');
  expect(closed).toBe(true);
});

test('who cancels finds nothing half-written', async () => {
  const base = tinyGguf({ weightType: 'Q8_0' });
  const total: number[] = [];
  await extend(base, { onProgress: ({ bytes }) => total.push(bytes) });
  expect(total).toEqual([...total].sort((a, b) => a - b));
  expect(total.at(-1)).toBe((await readFile(join(folder, 'more.gguf'))).byteLength);
  for (const at of [0, 1, Math.floor(total.length / 2), total.length - 1]) {
    const cancel = new AbortController();
    let steps = 0;
    const onProgress = (): void => {
      if (steps++ === at) cancel.abort();
    };
    await refused(base, { signal: cancel.signal, onProgress }, 'CANCELLED');
    expect(await readdir(folder)).toEqual(['base.gguf']);
  }
});

test('a damaged model is extended to one that can be read, or refused by name', async () => {
  const base = tinyGguf({ tokenizer: 'spm', tied: true, weightType: 'Q4_0' });
  const damage = fc.array(fc.tuple(fc.nat(6000), fc.nat(255)), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(damage, async (changes) => {
      const damaged = Buffer.from(base);
      for (const [at, byte] of changes) damaged[at] = byte;
      await rm(join(folder, 'more.gguf'), { force: true });
      await writeFile(join(folder, 'base.gguf'), damaged);
      const extension = { source: join(folder, 'base.gguf'), target: join(folder, 'more.gguf') };
      const refusal = await extendVocabulary({ ...extension, tokens: marks(2), rows: [vectors(2, 64)] }).then(
        async () => readGguf(memorySource(await readFile(extension.target))).then(() => undefined),
        (error: unknown) => error,
      );
      if (refusal !== undefined) expect(refusal).toBeInstanceOf(HypersceneError);
      if (refusal !== undefined) expect(await readdir(folder)).toEqual(['base.gguf']);
    }),
    { numRuns: 100 },
  );
});

test('nothing is written over', async () => {
  const base = tinyGguf();
  await extend(base);
  const [source, target] = [join(folder, 'base.gguf'), join(folder, 'more.gguf')];
  const options = { source, tokens: marks(1), rows: [vectors(1, 64)] };
  await expect(extendVocabulary({ ...options, target })).rejects.toMatchObject({ code: 'FILE_EXISTS' });
  await expect(extendVocabulary({ ...options, target: source })).rejects.toMatchObject({ code: 'FILE_EXISTS' });
  const nowhere = join(folder, 'none', 'x.gguf');
  await expect(extendVocabulary({ ...options, target: nowhere })).rejects.toMatchObject({ code: 'UNWRITABLE_FILE' });
  expect((await readFile(source)).equals(base)).toBe(true);
});
