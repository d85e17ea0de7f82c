import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { HypersceneError } from '../../../src/errors.ts';
import { FileSource } from '../../../src/model/gguf/byte-source.ts';
import { describeGguf } from '../../../src/model/gguf/describe-gguf.ts';
import type { GgufHeader, GgufValue } from '../../../src/model/gguf/gguf-header.ts';
import { GGUF_LIMITS } from '../../../src/model/gguf/gguf-limits.ts';
import { kvBytesPerToken } from '../../../src/model/gguf/kv-bytes.ts';
import { readGguf } from '../../../src/model/gguf/read-gguf.ts';
import { memorySource } from './memory-source.ts';
import { anyRawGguf } from './raw-gguf.ts';
import { encodeRaw, type RawArray, type RawEntry, type RawGguf, tinyGguf } from './tiny-gguf.ts';

const read = (bytes: Uint8Array): Promise<GgufHeader> => readGguf(memorySource(bytes));

const code = (error: unknown): string => (error instanceof HypersceneError ? error.code : String(error));

/** The code of the error, or that there was none. What was read must let itself be described. */
const refusal = async (bytes: Uint8Array): Promise<string> =>
  read(bytes).then((header) => {
    describeGguf(header);
    kvBytesPerToken(header, { key: 'Q8_0', value: 'F16' });
    return 'read';
  }, code);

const checkValue = (value: GgufValue | undefined, { type, value: raw }: RawEntry): void => {
  expect(value?.type).toBe(type);
  if (value?.type !== 'array') {
    expect(value?.value).toEqual(raw);
    return;
  }
  const { of, items } = raw as RawArray;
  expect(value).toMatchObject({ of, count: items.length });
  expect(value.values).toEqual(of === 'string' || of === 'array' ? null : items);
};

test('what was written is read', async () => {
  await fc.assert(
    fc.asyncProperty(anyRawGguf, async (raw) => {
      const bytes = encodeRaw(raw);
      const header = await read(bytes);
      expect(header).toMatchObject({ version: raw.version, alignment: raw.alignment });
      expect([...header.metadata.keys()]).toEqual(raw.metadata.map(({ key }) => key));
      for (const entry of raw.metadata) checkValue(header.metadata.get(entry.key), entry);
      for (const [i, { name, dims, type, data }] of raw.tensors.entries()) {
        const tensor = header.tensors[i];
        expect(tensor).toMatchObject({ name, dims, type, bytes: data.byteLength });
        const at = header.dataOffset + (tensor?.offset ?? 0);
        expect(at % header.alignment).toBe(0);
        expect(bytes.subarray(at, at + data.byteLength).equals(data)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

const entry = (key: string, type: RawEntry['type'], value: RawEntry['value']): RawEntry => ({ key, type, value });
const small: RawGguf = {
  metadata: [
    entry('general.architecture', 'string', 'llama'),
    entry('tokenizer.ggml.tokens', 'array', { of: 'string', items: Array.from({ length: 60 }, (_, i) => `token${i}`) }),
    entry('llama.heads', 'array', { of: 'u32', items: [1, 2, 3] }),
    entry('nested', 'array', {
      of: 'array',
      items: [
        { of: 'u8', items: [1, 2] },
        { of: 'string', items: ['x'] },
      ],
    }),
    entry('flag', 'bool', true),
    entry('big', 'u64', 2n ** 63n),
  ],
  tensors: [
    { name: 'token_embd.weight', dims: [32, 60], type: 'Q8_0', data: Buffer.alloc(60 * 34, 7) },
    { name: 'output_norm.weight', dims: [32], type: 'F32', data: Buffer.alloc(128, 1) },
  ],
};

const BYTES = encodeRaw(small);

test('a file that ends anywhere is told to be too short', async () => {
  for (let length = 0; length < BYTES.byteLength - 100; length += 7)
    expect(['GGUF_TRUNCATED', 'BAD_GGUF']).toContain(await refusal(BYTES.subarray(0, length)));
  for (let length = 24; length < 2200; length++)
    expect(await refusal(BYTES.subarray(0, length))).toBe('GGUF_TRUNCATED');
});

/** Damage to a header: bytes that are others, sizes that are extreme, parts that are gone or stand twice. */
const anyDamage = (bytes: Buffer): fc.Arbitrary<Buffer> => {
  const at = fc.nat(Math.min(bytes.byteLength, 4096) - 9);
  const size = fc.constantFrom(
    0n,
    1n,
    255n,
    65_536n,
    2n ** 24n,
    2n ** 31n,
    2n ** 32n,
    2n ** 53n,
    2n ** 63n,
    2n ** 64n - 1n,
  );
  const copied = (change: (copy: Buffer) => void): Buffer => {
    const copy = Buffer.from(bytes);
    change(copy);
    return copy;
  };
  return fc.oneof(
    fc.array(fc.tuple(at, fc.nat(255)), { minLength: 1, maxLength: 4 }).map((changes) =>
      copied((copy) => {
        for (const [place, byte] of changes) copy[place] = byte;
      }),
    ),
    fc.tuple(at, size).map(([place, value]) => copied((copy) => copy.writeBigUInt64LE(value, place))),
    fc.tuple(at, fc.nat(13)).map(([place, value]) => copied((copy) => copy.writeUInt32LE(value, place))),
    fc
      .tuple(at, fc.nat(64))
      .map(([place, gone]) => Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + gone)])),
    fc.tuple(at, at).map(([from, to]) => Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)])),
  );
};

test.each([
  ['any file', BYTES, 6000],
  ['a model', tinyGguf({ weightType: 'Q8_0' }), 2000],
])('damage to %s is read as something, or refused by name', async (_, bytes, numRuns) => {
  const known = ['read', 'BAD_GGUF', 'GGUF_TRUNCATED', 'GGUF_TOO_NEW', 'GGUF_TOO_LARGE'];
  await fc.assert(
    fc.asyncProperty(anyDamage(bytes), async (damaged) => {
      expect(known).toContain(await refusal(damaged));
    }),
    { numRuns },
  );
});

test('bytes of anything are no GGUF', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      expect(['BAD_GGUF', 'GGUF_TRUNCATED']).toContain(await refusal(bytes));
    }),
  );
  expect(await refusal(Buffer.from('GGML0000'))).toBe('BAD_GGUF');
});

const changed = (change: (copy: Buffer) => void): Buffer => {
  const copy = Buffer.from(BYTES);
  change(copy);
  return copy;
};

test.each([
  ['version 1', 1, 'BAD_GGUF'],
  ['version 0', 0, 'BAD_GGUF'],
  ['version 4', 4, 'GGUF_TOO_NEW'],
  ['version 3 of a big-endian machine', 0x03000000, 'BAD_GGUF'],
])('%s is refused', async (_, version, expected) => {
  expect(await refusal(changed((copy) => copy.writeUInt32LE(version, 4)))).toBe(expected);
});

test('a big-endian file is called so', async () => {
  await expect(read(changed((copy) => copy.writeUInt32BE(3, 4)))).rejects.toThrow('big-endian');
});

const f32 = (name: string, dims: readonly number[], length?: number) => ({
  name,
  dims,
  type: 'F32' as const,
  data: Buffer.alloc(length ?? dims.reduce((product, dim) => product * dim, 4)),
});

test.each<[string, Buffer, string]>([
  [
    'a key that stands twice',
    encodeRaw({ ...small, metadata: [entry('a', 'u8', 1), entry('a', 'u8', 2)] }),
    'BAD_GGUF',
  ],
  ['an empty key', encodeRaw({ ...small, metadata: [entry('', 'u8', 1)] }), 'BAD_GGUF'],
  ['a long key', encodeRaw({ ...small, metadata: [entry('k'.repeat(65_536), 'u8', 1)] }), 'GGUF_TOO_LARGE'],
  ['a tensor that stands twice', encodeRaw({ metadata: [], tensors: [f32('t', [4]), f32('t', [4])] }), 'BAD_GGUF'],
  ['a long name of a tensor', encodeRaw({ metadata: [], tensors: [f32('t'.repeat(65), [4])] }), 'GGUF_TOO_LARGE'],
  ['five dimensions', encodeRaw({ metadata: [], tensors: [f32('t', [1, 1, 1, 1, 1])] }), 'BAD_GGUF'],
  ['2^64 elements', encodeRaw({ metadata: [], tensors: [f32('t', [2 ** 32, 2 ** 32], 4)] }), 'BAD_GGUF'],
  ['more than the file has', encodeRaw({ metadata: [], tensors: [f32('t', [2 ** 40], 4)] }), 'GGUF_TRUNCATED'],
  [
    'a tensor that is not behind the one before',
    encodeRaw({ metadata: [], tensors: [f32('t', [8], 64), f32('u', [8])] }),
    'BAD_GGUF',
  ],
  ['half a block', encodeRaw({ metadata: [], tensors: [{ ...f32('t', [48]), type: 'Q8_0' }] }), 'BAD_GGUF'],
  ['alignment 48', encodeRaw({ ...small, metadata: [entry('general.alignment', 'u32', 48)] }), 'BAD_GGUF'],
  ['alignment 0', encodeRaw({ ...small, metadata: [entry('general.alignment', 'u32', 0)] }), 'BAD_GGUF'],
  ['alignment 2^31', encodeRaw({ ...small, metadata: [entry('general.alignment', 'u32', 2 ** 31)] }), 'BAD_GGUF'],
  [
    'an alignment in words',
    encodeRaw({ ...small, metadata: [entry('general.alignment', 'string', '32')] }),
    'BAD_GGUF',
  ],
])('%s is refused', async (_, bytes, expected) => {
  expect(await refusal(bytes)).toBe(expected);
});

test('arrays nest four deep', async () => {
  const nested = (depth: number): RawArray =>
    depth === 1 ? { of: 'u8', items: [1] } : { of: 'array', items: [nested(depth - 1)] };
  const file = (depth: number): Buffer => encodeRaw({ ...small, metadata: [entry('a', 'array', nested(depth))] });
  expect(await refusal(file(4))).toBe('read');
  expect(await refusal(file(5))).toBe('GGUF_TOO_LARGE');
  expect(await refusal(file(500))).toBe('GGUF_TOO_LARGE');
  const many: RawArray = { of: 'array', items: Array(70_000).fill(nested(1)) };
  expect(await refusal(encodeRaw({ ...small, metadata: [entry('a', 'array', many)] }))).toBe('GGUF_TOO_LARGE');
});

test('a long string stays in the file, and its bytes are told', async () => {
  const text = 'ы'.repeat(50_000);
  const bytes = encodeRaw({ ...small, metadata: [entry('short', 'string', 'ы'), entry('long', 'string', text)] });
  const { metadata } = await read(bytes);
  expect(metadata.get('short')).toMatchObject({ value: 'ы' });
  const long = metadata.get('long');
  expect(long).toMatchObject({ value: null, bytes: 100_008 });
  expect(bytes.subarray((long?.offset ?? 0) + 8, (long?.offset ?? 0) + 100_008).toString()).toBe(text);
});

test('what is kept of a header is bounded', async () => {
  const value = 'x'.repeat(GGUF_LIMITS.keptStringBytesMax);
  const metadata = Array.from({ length: 600 }, (_, i) => entry(`k${i}`, 'string', value));
  expect(await refusal(encodeRaw({ ...small, metadata }))).toBe('GGUF_TOO_LARGE');
});

test('a cancelled reading stops', async () => {
  const items = Array.from({ length: 1000 }, () => 'x');
  const bytes = encodeRaw({ ...small, metadata: [entry('a', 'array', { of: 'string', items })] });
  await expect(readGguf(memorySource(bytes), AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
});

describe('in files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gguf-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('a header is read without what follows it', async () => {
    const path = join(folder, 'sparse.gguf');
    const huge: RawGguf = { ...small, tensors: [{ ...f32('t', [2 ** 18, 2 ** 13]), data: Buffer.alloc(0) }] };
    await writeFile(path, encodeRaw(huge));
    const handle = await open(path, 'r+');
    await handle.truncate(9 * 2 ** 30);
    await handle.close();
    await using source = await FileSource.open(path);
    const { tensors } = await readGguf(source);
    expect(tensors).toMatchObject([{ bytes: 8 * 2 ** 30, elements: 2 ** 31 }]);
  });

  test('what is no file is not read', async () => {
    await expect(FileSource.open(join(folder, 'none'))).rejects.toMatchObject({ code: 'UNREADABLE_FILE' });
    await expect(FileSource.open(folder)).rejects.toMatchObject({ code: 'UNREADABLE_FILE' });
  });
});
