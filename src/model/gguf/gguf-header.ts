import type { GgmlType } from './ggml-type.ts';

/** Where a value stands in the file, whole: of a string with its length, of an array with type and count. */
interface Place {
  /** From the file's start. */
  readonly offset: number;
  readonly bytes: number;
}

export type GgufNumberType = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'f32' | 'f64';
export type GgufBigType = 'u64' | 'i64';
export type GgufValueType = GgufNumberType | GgufBigType | 'bool' | 'string' | 'array';

/** Elements of an array stand in the file; few numbers are here too. */
export interface GgufArray extends Place {
  readonly type: 'array';
  readonly of: GgufValueType;
  readonly count: number;
  /** null for strings, arrays, and where there are many */
  readonly values: readonly (number | bigint | boolean)[] | null;
}

export type GgufValue =
  | ({ readonly type: GgufNumberType; readonly value: number } & Place)
  | ({ readonly type: GgufBigType; readonly value: bigint } & Place)
  | ({ readonly type: 'bool'; readonly value: boolean } & Place)
  /** null where it is long */
  | ({ readonly type: 'string'; readonly value: string | null } & Place)
  | GgufArray;

export interface GgufTensor {
  readonly name: string;
  /** 0 to 4 of them, the one that is contiguous first: a matrix of V rows of D is [D, V]. */
  readonly dims: readonly number[];
  readonly type: GgmlType;
  /** From {@link GgufHeader.dataOffset}. */
  readonly offset: number;
  /** Without what pads it. */
  readonly bytes: number;
  /** The product of the dimensions. */
  readonly elements: number;
}

export interface GgufHeader {
  readonly version: 2 | 3;
  /** Bytes; of the data's start and of each tensor in it. */
  readonly alignment: number;
  /** In the order of the file. */
  readonly metadata: ReadonlyMap<string, GgufValue>;
  /** In the order of the file, which is that of their data. */
  readonly tensors: readonly GgufTensor[];
  /** From the file's start. */
  readonly dataOffset: number;
}

/** Ids of `enum gguf_metadata_value_type`; their place here is the id. */
export const VALUE_TYPES = [
  'u8',
  'i8',
  'u16',
  'i16',
  'u32',
  'i32',
  'f32',
  'bool',
  'string',
  'array',
  'u64',
  'i64',
  'f64',
] as const satisfies readonly GgufValueType[];

/** Bytes of types that have a size of their own. */
export const VALUE_BYTES = Object.freeze({
  u8: 1,
  i8: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  i32: 4,
  f32: 4,
  bool: 1,
  u64: 8,
  i64: 8,
  f64: 8,
} as const satisfies Record<Exclude<GgufValueType, 'string' | 'array'>, number>);

export type GgufScalarType = keyof typeof VALUE_BYTES;

/** Bytes of an array's type and count, which stand before its elements. */
export const ARRAY_HEAD_BYTES = 12;

/** Bytes up to the next place that is aligned. */
export const paddingTo = (alignment: number, bytes: number): number => (alignment - (bytes % alignment)) % alignment;

/** @returns undefined where there is none, or another type */
export const textOf = ({ metadata }: GgufHeader, key: string): string | undefined => {
  const value = metadata.get(key);
  return value?.type === 'string' && value.value !== null ? value.value : undefined;
};

/** The key of a hyperparameter, which begins with the architecture. */
export const modelKey = (header: GgufHeader, name: string): string =>
  `${textOf(header, 'general.architecture') ?? ''}.${name}`;

/** A whole number of any of the types. @returns undefined where there is none, or another type, or it is not safe */
export const integerOf = ({ metadata }: GgufHeader, key: string): number | undefined => {
  const value = metadata.get(key);
  if (value === undefined || value.type === 'string' || value.type === 'array' || value.type === 'bool')
    return undefined;
  return safeInteger(value.value);
};

/** Whole numbers that stand for each layer: an array of them, or one for all. @returns undefined as {@link integerOf} */
export const integersOf = (header: GgufHeader, key: string): number | readonly number[] | undefined => {
  const value = header.metadata.get(key);
  if (value?.type !== 'array') return integerOf(header, key);
  const numbers = value.values?.map((item) => (typeof item === 'boolean' ? undefined : safeInteger(item)));
  return numbers?.every((item) => item !== undefined) ? numbers : undefined;
};

const safeInteger = (value: number | bigint): number | undefined => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
};
