import { HypersceneError } from '../../errors.ts';
import { blockBytes, blockElements, type GgmlType } from './ggml-type.ts';
import { bfloatOf, halfOf } from './half-float.ts';

/** Types that vectors can be written in: all others lose too much of them (`docs/decisions/0027-gguf.md`). */
export const ROW_TYPES = ['F32', 'F16', 'BF16', 'Q8_0'] as const satisfies readonly GgmlType[];
export type RowType = (typeof ROW_TYPES)[number];

export const isRowType = (type: GgmlType): type is RowType => (ROW_TYPES as readonly GgmlType[]).includes(type);

/** Half floats end at 65,504, bfloats where single floats do, but a last half step; a Q8_0 is at most 127 half floats. */
const LARGEST = {
  F32: 3.4028234663852886e38,
  F16: 65_504,
  BF16: 3.3895313892515355e38,
  Q8_0: 127 * 65_504,
} as const satisfies Record<RowType, number>;

/**
 * Vectors as the bytes of a tensor.
 * @param values whole blocks of the type: a multiple of 32 for Q8_0
 * @throws HypersceneError BAD_VECTOR where a value is NaN, infinite or too large for the type
 */
export const quantizeRows = (type: RowType, values: Float32Array): Buffer<ArrayBuffer> => {
  checkValues(type, values);
  const bytes = Buffer.alloc((values.length / blockElements(type)) * blockBytes(type));
  switch (type) {
    case 'F32':
      for (let i = 0; i < values.length; i++) bytes.writeFloatLE(values[i] ?? 0, i * 4);
      return bytes;
    case 'F16':
      for (let i = 0; i < values.length; i++) bytes.writeUInt16LE(halfOf(values[i] ?? 0), i * 2);
      return bytes;
    case 'BF16':
      for (let i = 0; i < values.length; i++) bytes.writeUInt16LE(bfloatOf(values[i] ?? 0), i * 2);
      return bytes;
    case 'Q8_0':
      for (let i = 0; i * 32 < values.length; i++) writeQ8(values, i * 32, bytes, i * 34);
      return bytes;
    default:
      return type satisfies never;
  }
};

const checkValues = (type: RowType, values: Float32Array): void => {
  const largest = LARGEST[type];
  const at = values.findIndex((value) => !(Math.abs(value) <= largest));
  if (at >= 0)
    throw new HypersceneError('BAD_VECTOR', `a vector cannot be written as ${type}`, {
      at: `value ${at} of its block`,
      expected: `finite numbers from -${largest} to ${largest}`,
      came: `${values[at]}`,
    });
};

/** 32 values as `quantize_row_q8_0_ref` of ggml's `src/ggml-quants.c` writes them: a half float, then 32 signed bytes. */
const writeQ8 = (values: Float32Array, from: number, bytes: Buffer, to: number): void => {
  let largest = 0;
  for (let i = 0; i < 32; i++) largest = Math.max(largest, Math.abs(values[from + i] ?? 0));
  const scale = Math.fround(largest / 127);
  const inverse = scale === 0 ? 0 : Math.fround(1 / scale);
  bytes.writeUInt16LE(halfOf(scale), to);
  // ggml's product is infinite for scales below 2^-128, and their half float 0 all the same.
  if (!Number.isFinite(inverse)) return;
  for (let i = 0; i < 32; i++) bytes.writeInt8(roundAway(Math.fround((values[from + i] ?? 0) * inverse)), to + 2 + i);
};

/** C's `roundf`: halves go away from zero, where `Math.round` takes them up. `| 0` makes -0 of it 0. */
const roundAway = (value: number): number => (Math.sign(value) * Math.floor(Math.abs(value) + 0.5)) | 0;
