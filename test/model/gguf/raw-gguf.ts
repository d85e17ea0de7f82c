import fc from 'fast-check';
import { blockBytes, blockElements, GGML_TYPES } from '../../../src/model/gguf/ggml-type.ts';
import type { GgufValueType } from '../../../src/model/gguf/gguf-header.ts';
import type { RawArray, RawEntry, RawGguf, RawItem, RawTensor } from './tiny-gguf.ts';

const key = fc.string({ unit: fc.constantFrom(...'abcxyz0189_.'), minLength: 1, maxLength: 20 });

const scalars: Readonly<Record<Exclude<GgufValueType, 'array'>, fc.Arbitrary<RawItem>>> = {
  u8: fc.nat(255),
  i8: fc.integer({ min: -128, max: 127 }),
  u16: fc.nat(65_535),
  i16: fc.integer({ min: -32_768, max: 32_767 }),
  u32: fc.nat(2 ** 32 - 1),
  i32: fc.integer(),
  f32: fc.float(),
  f64: fc.double(),
  u64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  i64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  bool: fc.boolean(),
  string: fc.string({ unit: 'grapheme', maxLength: 30 }),
};

const SCALARS = Object.keys(scalars) as (keyof typeof scalars)[];

const arrayOf = (depth: number): fc.Arbitrary<RawArray> =>
  fc
    .constantFrom(...SCALARS, ...(depth > 1 ? (['array'] as const) : []))
    .chain((of) =>
      fc
        .array<RawItem>(of === 'array' ? arrayOf(depth - 1) : scalars[of], { maxLength: 12 })
        .map((items) => ({ of, items })),
    );

const anyEntry: fc.Arbitrary<RawEntry> = fc
  .constantFrom(...SCALARS, 'array' as const)
  .chain((type) => fc.record({ key, type: fc.constant(type), value: type === 'array' ? arrayOf(4) : scalars[type] }));

const anyTensor: fc.Arbitrary<RawTensor> = fc.constantFrom(...GGML_TYPES).chain((type) =>
  fc
    .record({ name: key, blocks: fc.integer({ min: 1, max: 3 }), rest: fc.array(fc.nat(4), { maxLength: 3 }) })
    .map(({ name, blocks, rest }) => {
      const dims = [blocks * blockElements(type), ...rest];
      const rows = rest.reduce((product, dim) => product * dim, 1);
      return { name, dims, type, data: Buffer.alloc(blocks * blockBytes(type) * rows, name) };
    }),
);

/** Any file that obeys the format; no model. */
export const anyRawGguf: fc.Arbitrary<RawGguf> = fc
  .record({
    version: fc.constantFrom(2, 3),
    alignment: fc.constantFrom(8, 32, 64, 4096),
    metadata: fc.uniqueArray(anyEntry, { maxLength: 12, selector: (entry) => entry.key }),
    tensors: fc.uniqueArray(anyTensor, { maxLength: 6, selector: ({ name }) => name }),
  })
  .map((raw) => ({
    ...raw,
    metadata: [
      ...raw.metadata.filter((entry) => entry.key !== 'general.alignment'),
      { key: 'general.alignment', type: 'u32', value: raw.alignment },
    ],
  }));
