import { checkCancelled, HypersceneError } from '../../errors.ts';
import type { ByteSource } from './byte-source.ts';
import { blockBytes, blockElements, type GgmlType, ggmlTypeOf } from './ggml-type.ts';
import { GgufCursor } from './gguf-cursor.ts';
import {
  type GgufHeader,
  type GgufScalarType,
  type GgufTensor,
  type GgufValue,
  type GgufValueType,
  paddingTo,
  VALUE_BYTES,
  VALUE_TYPES,
} from './gguf-header.ts';
import { GGUF_LIMITS } from './gguf-limits.ts';

const MAGIC = 'GGUF';

/** Of a file that names none. */
const ALIGNMENT = 32;

/** Strings between two looks at whether all was cancelled. */
const STRINGS_A_TURN = 100_000;

interface Reading {
  readonly cursor: GgufCursor;
  readonly signal: AbortSignal | undefined;
  /** Bytes of all that the header keeps so far. */
  kept: number;
  /** Arrays in arrays so far. */
  nested: number;
}

/**
 * Reads what stands before the data of a model's tensors; arrays stay in the file. What it keeps is bounded by
 * {@link GGUF_LIMITS}, whatever the file says.
 *
 * The format: `docs/gguf.md` of ggml, versions 2 and 3, little-endian. As llama.cpp's `ggml/src/gguf.cpp` does, it refuses
 * tensors that do not follow one another without a gap; so they cannot overlap.
 * @throws HypersceneError BAD_GGUF, GGUF_TRUNCATED, GGUF_TOO_NEW, GGUF_TOO_LARGE, UNREADABLE_FILE, CANCELLED
 */
export const readGguf = async (source: ByteSource, signal?: AbortSignal): Promise<GgufHeader> => {
  if (source.bytes > GGUF_LIMITS.fileBytesMax)
    throw tooLarge('the model is too large', `${GGUF_LIMITS.fileBytesMax} bytes`, source.bytes);
  const cursor = new GgufCursor(source, 0, GGUF_LIMITS.headerBytesMax);
  const reading: Reading = { cursor, signal, kept: 0, nested: 0 };
  const version = await readVersion(cursor);
  await cursor.fill(16);
  const tensorCount = sizeWithin(cursor, GGUF_LIMITS.tensorsMax, 'tensors');
  const entryCount = sizeWithin(cursor, GGUF_LIMITS.metadataEntriesMax, 'metadata entries');
  const metadata = await readMetadata(reading, entryCount);
  const alignment = alignmentOf(metadata);
  const tensors = await readTensors(reading, tensorCount, alignment);
  const dataOffset = cursor.offset + (tensors.length === 0 ? 0 : paddingTo(alignment, cursor.offset));
  checkEnd(source, dataOffset, tensors);
  return Object.freeze({ version, alignment, metadata, tensors, dataOffset });
};

const readVersion = async (cursor: GgufCursor): Promise<2 | 3> => {
  await cursor.fill(8);
  const magic = cursor.takeText(4, 'latin1');
  if (magic !== MAGIC) throw badGguf('not a GGUF', cursor.offset - 4, MAGIC, JSON.stringify(magic));
  const version = cursor.takeNumber('u32');
  if (version === 2 || version === 3) return version;
  // A version is below 65,536, so that its first two bytes are 0 where the order is the other.
  if (version !== 0 && (version & 0xffff) === 0)
    throw badGguf('the model is big-endian', cursor.offset - 4, 'a little-endian file', 'a big-endian one');
  if (version < 2) throw badGguf('a version that is no longer read', cursor.offset - 4, 'version 2 or 3', `${version}`);
  throw new HypersceneError('GGUF_TOO_NEW', 'the model is of a later version', {
    expected: 'GGUF version 2 or 3',
    came: `${version}`,
  });
};

const readMetadata = async (reading: Reading, count: number): Promise<ReadonlyMap<string, GgufValue>> => {
  const metadata = new Map<string, GgufValue>();
  for (let i = 0; i < count; i++) {
    const at = reading.cursor.offset;
    const key = await readName(reading, GGUF_LIMITS.keyBytesMax, 'key');
    if (key === '') throw badGguf('a metadata key is empty', at);
    if (metadata.has(key)) throw badGguf('a metadata key stands twice', at, 'each once', shown(key));
    metadata.set(key, await readValue(reading, await readType(reading)));
  }
  return metadata;
};

/** A key or a tensor's name. */
const readName = async (reading: Reading, bytesMax: number, what: string): Promise<string> => {
  const { cursor } = reading;
  await cursor.fill(8);
  const bytes = sizeWithin(cursor, bytesMax, `bytes of a ${what}`);
  keep(reading, bytes);
  await cursor.fill(bytes);
  const at = cursor.offset;
  const name = cursor.takeText(bytes, 'utf8');
  // What is not UTF-8 would not be written again as it was read.
  if (name.includes('\uFFFD') || name.includes('\0'))
    throw badGguf(`a ${what} is not UTF-8 text`, at, 'text', shown(name));
  return name;
};

const readType = async ({ cursor }: Reading): Promise<GgufValueType> => {
  await cursor.fill(4);
  const id = cursor.takeNumber('u32');
  const type = VALUE_TYPES[id];
  if (type !== undefined) return type;
  throw badGguf('a type of value that is not known', cursor.offset - 4, `0 to ${VALUE_TYPES.length - 1}`, `${id}`);
};

const readValue = async (reading: Reading, type: GgufValueType): Promise<GgufValue> => {
  const { cursor } = reading;
  const { offset } = cursor;
  switch (type) {
    case 'string':
      return readString(reading);
    case 'array':
      return readArray(reading);
    case 'bool':
      await cursor.fill(1);
      return { type, value: takeBoolean(cursor), offset, bytes: 1 };
    case 'u64':
    case 'i64':
      await cursor.fill(8);
      return { type, value: cursor.takeBig(type), offset, bytes: 8 };
    default:
      await cursor.fill(VALUE_BYTES[type]);
      return { type, value: cursor.takeNumber(type), offset, bytes: VALUE_BYTES[type] };
  }
};

const takeBoolean = (cursor: GgufCursor): boolean => {
  const byte = cursor.takeNumber('u8');
  if (byte > 1) throw badGguf('a truth value is neither', cursor.offset - 1, '0 or 1', `${byte}`);
  return byte === 1;
};

const readString = async (reading: Reading): Promise<GgufValue> => {
  const { cursor } = reading;
  const { offset } = cursor;
  await cursor.fill(8);
  const length = cursor.takeSize();
  if (length > GGUF_LIMITS.keptStringBytesMax) {
    cursor.skip(length);
    return { type: 'string', value: null, offset, bytes: 8 + length };
  }
  keep(reading, length);
  await cursor.fill(length);
  return { type: 'string', value: cursor.takeText(length, 'utf8'), offset, bytes: 8 + length };
};

const readArray = async (reading: Reading): Promise<GgufValue> => {
  const { cursor } = reading;
  const { offset } = cursor;
  const { of, count } = await readArrayHead(reading);
  const few = count <= GGUF_LIMITS.keptNumbersMax && of !== 'string' && of !== 'array';
  const values = few ? await readNumbers(reading, of, count) : null;
  if (!few) await skipElements(reading, of, count, 1);
  return { type: 'array', of, count, values, offset, bytes: cursor.offset - offset };
};

const readArrayHead = async (reading: Reading): Promise<{ readonly of: GgufValueType; readonly count: number }> => {
  const of = await readType(reading);
  await reading.cursor.fill(8);
  return { of, count: sizeWithin(reading.cursor, GGUF_LIMITS.arrayElementsMax, 'elements of an array') };
};

const readNumbers = async (reading: Reading, of: GgufScalarType, count: number) => {
  const { cursor } = reading;
  const bytes = count * VALUE_BYTES[of];
  keep(reading, count * 8);
  await cursor.fill(bytes);
  return Array.from({ length: count }, () => {
    if (of === 'bool') return takeBoolean(cursor);
    return of === 'u64' || of === 'i64' ? cursor.takeBig(of) : cursor.takeNumber(of);
  });
};

const skipElements = async (reading: Reading, of: GgufValueType, count: number, depth: number): Promise<void> => {
  switch (of) {
    case 'string':
      return skipStrings(reading, count);
    case 'array':
      return skipArrays(reading, count, depth);
    default:
      return reading.cursor.skip(count * VALUE_BYTES[of]);
  }
};

const skipStrings = async ({ cursor, signal }: Reading, count: number): Promise<void> => {
  // Each takes 8 bytes at least: a count that the file cannot hold is told at once.
  cursor.check(count * 8);
  for (let i = 0; i < count; i++) {
    if (cursor.ready < 8) await cursor.fill(8);
    cursor.skip(cursor.takeSize());
    if (i % STRINGS_A_TURN === 0) checkCancelled({ signal });
  }
};

const skipArrays = async (reading: Reading, count: number, depth: number): Promise<void> => {
  if (depth >= GGUF_LIMITS.arrayDepthMax)
    throw tooLarge('arrays are nested too deep', `${GGUF_LIMITS.arrayDepthMax} levels`, depth + 1);
  reading.nested += count;
  if (reading.nested > GGUF_LIMITS.nestedArraysMax)
    throw tooLarge('too many arrays in arrays', `${GGUF_LIMITS.nestedArraysMax}`, reading.nested);
  for (let i = 0; i < count; i++) {
    const head = await readArrayHead(reading);
    await skipElements(reading, head.of, head.count, depth + 1);
  }
};

const alignmentOf = (metadata: ReadonlyMap<string, GgufValue>): number => {
  const value = metadata.get('general.alignment');
  if (value === undefined) return ALIGNMENT;
  const alignment = value.type === 'u32' ? value.value : 0;
  if (alignment > 0 && (alignment & (alignment - 1)) === 0 && alignment <= GGUF_LIMITS.alignmentMax) return alignment;
  throw badGguf(
    'an alignment that cannot be',
    value.offset,
    `a power of two up to ${GGUF_LIMITS.alignmentMax}, as u32`,
    value.type === 'u32' ? `${alignment}` : value.type,
  );
};

const readTensors = async (reading: Reading, count: number, alignment: number): Promise<readonly GgufTensor[]> => {
  const tensors: GgufTensor[] = [];
  const names = new Set<string>();
  let end = 0;
  for (let i = 0; i < count; i++) {
    const at = reading.cursor.offset;
    const tensor = await readTensor(reading);
    if (names.has(tensor.name)) throw badGguf('a tensor stands twice', at, 'each once', shown(tensor.name));
    if (tensor.offset !== end)
      throw badGguf(
        `tensor ${shown(tensor.name)} does not follow the one before`,
        at,
        `offset ${end}`,
        `${tensor.offset}`,
      );
    names.add(tensor.name);
    tensors.push(tensor);
    end += tensor.bytes + paddingTo(alignment, tensor.bytes);
    if (end > GGUF_LIMITS.fileBytesMax)
      throw tooLarge('the tensors are too large', `${GGUF_LIMITS.fileBytesMax} bytes`, end);
  }
  return tensors;
};

const readTensor = async (reading: Reading): Promise<GgufTensor> => {
  const { cursor } = reading;
  const name = await readName(reading, GGUF_LIMITS.tensorNameBytesMax, 'tensor name');
  await cursor.fill(4);
  const at = cursor.offset;
  const dimensions = cursor.takeNumber('u32');
  if (dimensions > GGUF_LIMITS.dimensionsMax)
    throw badGguf(
      `tensor ${shown(name)} has too many dimensions`,
      at,
      `${GGUF_LIMITS.dimensionsMax} at most`,
      `${dimensions}`,
    );
  await cursor.fill(dimensions * 8 + 12);
  const dims = Array.from({ length: dimensions }, () => cursor.takeSize());
  const type = typeOf(cursor.takeNumber('u32'), name);
  return Object.freeze({ name, dims, type, ...sizesOf(name, dims, type, at), offset: cursor.takeSize() });
};

const typeOf = (id: number, name: string): GgmlType => {
  const type = ggmlTypeOf(id);
  if (type !== undefined) return type;
  throw new HypersceneError('GGUF_TOO_NEW', `tensor ${shown(name)} is of a type that is not known`, {
    expected: "one of ggml's types",
    came: `${id}`,
  });
};

const sizesOf = (name: string, dims: readonly number[], type: GgmlType, at: number) => {
  const block = blockElements(type);
  // Products of four sizes overflow doubles; a size that is no exact integer is out of bounds all the same.
  const elements = dims.reduce((product, dim) => product * BigInt(dim), 1n);
  const bytes = (elements / BigInt(block)) * BigInt(blockBytes(type));
  if (dims.some((dim) => !Number.isSafeInteger(dim)) || elements > Number.MAX_SAFE_INTEGER)
    throw badGguf(`tensor ${shown(name)} has impossible dimensions`, at, 'fewer than 2^53 elements', dims.join(' x '));
  if ((dims[0] ?? 1) % block !== 0)
    throw badGguf(
      `rows of tensor ${shown(name)} do not hold whole blocks of ${type}`,
      at,
      `a multiple of ${block}`,
      `${dims[0] ?? 1}`,
    );
  return { elements: Number(elements), bytes: Number(bytes) };
};

const checkEnd = (source: ByteSource, dataOffset: number, tensors: readonly GgufTensor[]): void => {
  // A tensor without elements may stand behind the end of the data.
  const end = tensors.reduce((most, { offset, bytes }) => (bytes > 0 ? Math.max(most, offset + bytes) : most), 0);
  if (end === 0 || dataOffset + end <= source.bytes) return;
  throw new HypersceneError('GGUF_TRUNCATED', 'the model ends before its tensors do', {
    at: source.name,
    expected: `${dataOffset + end} bytes`,
    came: `${source.bytes}`,
  });
};

const keep = (reading: Reading, bytes: number): void => {
  reading.kept += bytes;
  if (reading.kept > GGUF_LIMITS.keptBytesMax)
    throw tooLarge('the header of the model holds too much', `${GGUF_LIMITS.keptBytesMax} bytes of names and values`);
};

const sizeWithin = (cursor: GgufCursor, max: number, what: string): number => {
  const size = cursor.takeSize();
  if (size > max) throw tooLarge(`too many ${what}`, `${max}`, size);
  return size;
};

const tooLarge = (message: string, max: string, came?: number): HypersceneError =>
  new HypersceneError('GGUF_TOO_LARGE', message, {
    expected: `at most ${max}`,
    ...(came === undefined ? {} : { came: `${came}` }),
  });

const badGguf = (message: string, at: number, expected?: string, came?: string): HypersceneError =>
  new HypersceneError('BAD_GGUF', message, {
    at: `byte ${at}`,
    ...(expected === undefined ? {} : { expected }),
    ...(came === undefined ? {} : { came }),
  });

/** A name of the file's in a message: short, and without control characters. */
const shown = (name: string): string => JSON.stringify(name.slice(0, 80));
