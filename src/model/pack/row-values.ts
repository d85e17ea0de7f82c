import { checkCancelled } from '../../errors.ts';
import { type PackFile, unreadable } from './pack-file.ts';
import { BLOCK_VALUES } from './pack-limits.ts';
import { DTYPE_BYTES, type Dtype, type RowTensor } from './safetensors.ts';

/** Numbers of a file, little-endian as this machine is. @param bytes whole numbers, at the beginning of their buffer */
const decode = (dtype: Dtype, { buffer }: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> => {
  switch (dtype) {
    case 'F32':
      return new Float32Array(buffer);
    case 'F16':
      return new Float32Array(new Float16Array(buffer));
    case 'BF16': {
      const halves = new Uint16Array(buffer);
      const words = new Uint32Array(halves.length);
      // The upper half of a 32-bit float.
      for (let i = 0; i < halves.length; i++) words[i] = (halves[i] ?? 0) << 16;
      return new Float32Array(words.buffer);
    }
  }
};

/** To the nearest, and of two to the even one. What is too large becomes infinite. */
export const encode = (dtype: Dtype, values: Float32Array): Uint8Array => {
  switch (dtype) {
    case 'F32':
      return new Uint8Array(values.slice().buffer);
    case 'F16':
      return new Uint8Array(new Float16Array(values).buffer);
    case 'BF16': {
      const words = new Uint32Array(values.slice().buffer);
      const halves = new Uint16Array(words.length);
      for (let i = 0; i < words.length; i++) {
        const word = words[i] ?? 0;
        halves[i] = (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
      }
      return new Uint8Array(halves.buffer);
    }
  }
};

/**
 * Rows in blocks of whole ones, each an array of its own; some {@link BLOCK_VALUES} numbers, at least one row.
 * @throws HypersceneError PACK_UNREADABLE for a number that is not finite, with its row; CANCELLED
 */
export async function* rowBlocks(
  file: PackFile,
  { dtype, rows, length, offset }: RowTensor,
  at: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Float32Array> {
  const rowsABlock = Math.max(1, Math.floor(BLOCK_VALUES / length));
  const rowBytes = length * DTYPE_BYTES[dtype];
  for (let first = 0; first < rows; first += rowsABlock) {
    checkCancelled({ signal });
    const bytes = new Uint8Array(Math.min(rowsABlock, rows - first) * rowBytes);
    await file.read(bytes, offset + first * rowBytes);
    const block = decode(dtype, bytes);
    const wrong = notFinite(block);
    if (wrong >= 0)
      throw unreadable(`${at} row ${first + Math.floor(wrong / length)}`, {
        expected: 'finite numbers',
        came: `${block[wrong]}`,
      });
    yield block;
  }
}

const notFinite = (values: Float32Array): number => {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    // Infinity − Infinity is NaN, as is NaN − NaN; half the time of Number.isFinite.
    if (value - value !== 0) return i;
  }
  return -1;
};

/** Whether a row of a block has nothing but zeros. */
export const isZeroRow = (block: Float32Array, row: number, length: number): boolean => {
  for (let i = row * length; i < (row + 1) * length; i++) if (block[i] !== 0) return false;
  return true;
};
