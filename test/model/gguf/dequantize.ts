import { ofBfloat, ofHalf } from '../../../src/model/gguf/half-float.ts';
import type { RowType } from '../../../src/model/gguf/quantize-rows.ts';

/** The values that stand in bytes of a tensor: `dequantize_row_q8_0` and its like of ggml. */
export const dequantize = (type: RowType, bytes: Buffer): readonly number[] => {
  switch (type) {
    case 'F32':
      return Array.from({ length: bytes.byteLength / 4 }, (_, i) => bytes.readFloatLE(i * 4));
    case 'F16':
      return Array.from({ length: bytes.byteLength / 2 }, (_, i) => ofHalf(bytes.readUInt16LE(i * 2)));
    case 'BF16':
      return Array.from({ length: bytes.byteLength / 2 }, (_, i) => ofBfloat(bytes.readUInt16LE(i * 2)));
    case 'Q8_0':
      return Array.from(
        { length: (bytes.byteLength / 34) * 32 },
        (_, i) =>
          ofHalf(bytes.readUInt16LE(Math.floor(i / 32) * 34)) * bytes.readInt8(Math.floor(i / 32) * 34 + 2 + (i % 32)),
      );
    default:
      return type satisfies never;
  }
};
