import { ggmlTypeId } from './ggml-type.ts';
import {
  type GgufBigType,
  type GgufNumberType,
  type GgufTensor,
  type GgufValueType,
  VALUE_TYPES,
} from './gguf-header.ts';

/** What stands at the file's start. */
export const encodeStart = (version: number, tensors: number, entries: number): Buffer => {
  const bytes = Buffer.alloc(24);
  bytes.write('GGUF', 0, 'latin1');
  bytes.writeUInt32LE(version, 4);
  bytes.writeBigUInt64LE(BigInt(tensors), 8);
  bytes.writeBigUInt64LE(BigInt(entries), 16);
  return bytes;
};

const encodeSize = (size: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(size));
  return bytes;
};

/** A string with its length. */
export const encodeText = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([encodeSize(bytes.byteLength), bytes]);
};

const encodeType = (type: GgufValueType): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(VALUE_TYPES.indexOf(type));
  return bytes;
};

/** What stands before an entry's value. */
export const encodeKey = (key: string, type: GgufValueType): Buffer =>
  Buffer.concat([encodeText(key), encodeType(type)]);

/** What stands before an array's elements. */
export const encodeArrayHead = (of: GgufValueType, count: number): Buffer =>
  Buffer.concat([encodeType(of), encodeSize(count)]);

/** A number as its type has it, `count` times. */
export const encodeNumbers = (type: GgufNumberType | GgufBigType, value: number, count = 1): Buffer => {
  const one = encodeNumber(type, value);
  return Buffer.alloc(one.byteLength * count, one);
};

const encodeNumber = (type: GgufNumberType | GgufBigType, value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  switch (type) {
    case 'u8':
      return bytes.subarray(0, bytes.writeUInt8(value));
    case 'i8':
      return bytes.subarray(0, bytes.writeInt8(value));
    case 'u16':
      return bytes.subarray(0, bytes.writeUInt16LE(value));
    case 'i16':
      return bytes.subarray(0, bytes.writeInt16LE(value));
    case 'u32':
      return bytes.subarray(0, bytes.writeUInt32LE(value));
    case 'i32':
      return bytes.subarray(0, bytes.writeInt32LE(value));
    case 'f32':
      return bytes.subarray(0, bytes.writeFloatLE(value));
    case 'f64':
      return bytes.subarray(0, bytes.writeDoubleLE(value));
    case 'u64':
      return bytes.subarray(0, bytes.writeBigUInt64LE(BigInt(value)));
    case 'i64':
      return bytes.subarray(0, bytes.writeBigInt64LE(BigInt(value)));
    default:
      return type satisfies never;
  }
};

/** What stands of a tensor before the data. */
export const encodeTensor = ({ name, dims, type, offset }: Omit<GgufTensor, 'bytes' | 'elements'>): Buffer =>
  Buffer.concat([
    encodeText(name),
    encodeNumbers('u32', dims.length),
    ...dims.map(encodeSize),
    encodeNumbers('u32', ggmlTypeId(type)),
    encodeSize(offset),
  ]);
