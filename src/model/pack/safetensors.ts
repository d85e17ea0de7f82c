import { z } from 'zod';
import { HypersceneError } from '../../errors.ts';
import { type PackFile, unreadable } from './pack-file.ts';
import { HEADER_BYTES_MAX } from './pack-limits.ts';
import { faultsOf } from './pack-manifest.ts';

/** Types of numbers that rows may have, by safetensors' names. */
export const DTYPES = ['F32', 'F16', 'BF16'] as const;
export type Dtype = (typeof DTYPES)[number];
export const DTYPE_BYTES: Readonly<Record<Dtype, number>> = { F32: 4, F16: 2, BF16: 2 };

/** A tensor of two dimensions, a row behind the other. */
export interface RowTensor {
  readonly dtype: Dtype;
  readonly rows: number;
  /** Numbers of a row. */
  readonly length: number;
  /** Of its first byte in the file. */
  readonly offset: number;
}

const LENGTH_BYTES = 8;
const METADATA = '__metadata__';

const offset = z.int().min(0);
const shape = z.record(
  z.string(),
  z.object({ dtype: z.string(), shape: z.array(offset), data_offsets: z.tuple([offset, offset]) }),
);
type Header = z.infer<typeof shape>;

/**
 * The head of a file of safetensors (github.com/huggingface/safetensors, README "Format"): 8 bytes with its length, then JSON,
 * then the tensors' bytes without a gap.
 * @returns tensors by name, whatever their types are, and where their bytes begin
 * @throws HypersceneError PACK_UNREADABLE also for tensors that overlap, leave a gap or end elsewhere than the file
 */
export const readSafetensors = async (
  file: PackFile,
): Promise<{ readonly tensors: ReadonlyMap<string, Header[string]>; readonly dataOffset: number }> => {
  const lengthBytes = new Uint8Array(LENGTH_BYTES);
  await file.read(lengthBytes, 0);
  const length = new DataView(lengthBytes.buffer).getBigUint64(0, true);
  const lengthMax = Math.min(HEADER_BYTES_MAX, file.size - LENGTH_BYTES);
  if (length > lengthMax)
    throw unreadable(`${file.at} byte 0`, { expected: `a head of ${lengthMax} bytes at most`, came: `${length}` });
  const bytes = new Uint8Array(Number(length));
  await file.read(bytes, LENGTH_BYTES);
  const header = parseHeader(bytes, file.at);
  const dataOffset = LENGTH_BYTES + bytes.byteLength;
  checkSpans(header, file.size - dataOffset, file.at);
  return { tensors: new Map(Object.entries(header)), dataOffset };
};

const parseHeader = (bytes: Uint8Array, at: string): Header => {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw unreadable(`${at} head`, { expected: 'an object', came: 'something else' });
    return shape.parse(Object.fromEntries(Object.entries(value).filter(([name]) => name !== METADATA)));
  } catch (cause) {
    if (cause instanceof HypersceneError) throw cause;
    throw unreadable(`${at} head`, { came: cause instanceof z.ZodError ? faultsOf(cause) : String(cause), cause });
  }
};

const checkSpans = (header: Header, size: number, at: string): void => {
  const spans = Object.values(header).map(({ data_offsets: [from, to] }) => ({ from, to }));
  let end = 0;
  for (const { from, to } of spans.sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end || to < from)
      throw unreadable(`${at} head`, { expected: `a tensor from byte ${end}`, came: `${from} to ${to}` });
    end = to;
  }
  if (end !== size) throw unreadable(`${at} head`, { expected: `${size} bytes of tensors`, came: `${end}` });
};

/**
 * @returns null where there is none of the name
 * @throws HypersceneError PACK_UNREADABLE for another type, shape or number of bytes
 */
export const rowTensor = (
  { tensors, dataOffset }: Awaited<ReturnType<typeof readSafetensors>>,
  name: string,
  { rows, length }: { readonly rows: number; readonly length: number },
  at: string,
): RowTensor | null => {
  const found = tensors.get(name);
  if (found === undefined) return null;
  const where = `${at} tensor ${name}`;
  const dtype = DTYPES.find((known) => known === found.dtype);
  if (dtype === undefined)
    throw unreadable(where, { expected: `one of ${DTYPES.join(', ')}`, came: found.dtype.slice(0, 20) });
  const [from, to] = found.data_offsets;
  if (found.shape.length !== 2 || found.shape[0] !== rows || found.shape[1] !== length)
    throw unreadable(where, { expected: `[${rows}, ${length}]`, came: `[${found.shape.slice(0, 4).join(', ')}]` });
  const bytes = rows * length * DTYPE_BYTES[dtype];
  if (to - from !== bytes) throw unreadable(where, { expected: `${bytes} bytes`, came: `${to - from}` });
  return { dtype, rows, length, offset: dataOffset + from };
};

/** Bytes of a head that {@link formatHeader} makes: fixed, so that rows are written before it is known how many there are. */
export const HEADER_ROOM = 512;

/** Length and JSON, filled up with spaces, as safetensors allows. @param tensors in the order of their bytes */
export const formatHeader = (
  tensors: readonly (Omit<RowTensor, 'offset'> & { readonly name: string })[],
): Uint8Array => {
  let end = 0;
  const header = Object.fromEntries(
    tensors.map(({ name, dtype, rows, length }) => {
      const begin = end;
      end += rows * length * DTYPE_BYTES[dtype];
      return [name, { dtype, shape: [rows, length], data_offsets: [begin, end] }];
    }),
  );
  const room = HEADER_ROOM - LENGTH_BYTES;
  const bytes = Buffer.alloc(HEADER_ROOM);
  bytes.writeBigUInt64LE(BigInt(room));
  bytes.write(JSON.stringify(header).padEnd(room), LENGTH_BYTES, 'latin1');
  return bytes;
};
