import type { LevelPlace } from '../../scene/hypertoken.ts';
import type { ColumnType } from '../columns.ts';

/**
 * A column on its way to the thread: numbers, and lists of lists, as arrays of bytes, which are copied at once. Objects are
 * copied property by property, there and back.
 */
export type PackedColumn =
  | { readonly form: 'plain'; readonly values: readonly unknown[] }
  | { readonly form: 'int32'; readonly values: Int32Array }
  | { readonly form: 'int64'; readonly values: Float64Array }
  | { readonly form: 'int32[]'; readonly lengths: Int32Array; readonly values: Int32Array }
  | { readonly form: 'int64[]'; readonly lengths: Int32Array; readonly values: Float64Array }
  | {
      readonly form: 'levels';
      readonly lengths: Int32Array;
      readonly level: Int32Array;
      readonly code: Int32Array;
      readonly ordinal: Float64Array;
    };

const lengthsOf = (lists: readonly (readonly unknown[])[]): Int32Array =>
  Int32Array.from(lists, ({ length }) => length);

export const packColumn = (type: ColumnType, values: readonly unknown[]): PackedColumn => {
  switch (type) {
    case 'int32':
      return { form: type, values: Int32Array.from(values as readonly number[]) };
    case 'int64':
      return { form: type, values: Float64Array.from(values as readonly number[]) };
    case 'int32[]': {
      const lists = values as readonly (readonly number[])[];
      return { form: type, lengths: lengthsOf(lists), values: Int32Array.from(lists.flat()) };
    }
    case 'int64[]': {
      const lists = values as readonly (readonly number[])[];
      return { form: type, lengths: lengthsOf(lists), values: Float64Array.from(lists.flat()) };
    }
    case 'levels': {
      const lists = values as readonly (readonly LevelPlace[])[];
      const places = lists.flat();
      return {
        form: type,
        lengths: lengthsOf(lists),
        level: Int32Array.from(places, ({ level }) => level),
        code: Int32Array.from(places, ({ code }) => code),
        ordinal: Float64Array.from(places, ({ ordinal }) => ordinal),
      };
    }
    case 'string':
    case 'string?':
    case 'string[]':
      return { form: 'plain', values };
  }
};

/** The lists that stand one behind another. */
const parted = <T>(lengths: Int32Array, at: (i: number) => T): T[][] => {
  const lists: T[][] = [];
  let from = 0;
  for (const length of lengths) {
    const list: T[] = [];
    for (let i = from; i < from + length; i++) list.push(at(i));
    lists.push(list);
    from += length;
  }
  return lists;
};

const number = (values: Int32Array | Float64Array, i: number): number => values[i] as number;
const bigint = (values: Float64Array, i: number): bigint => BigInt(values[i] as number);

/** As hyparquet-writer takes it, which wants 64 bits as bigint. */
export const unpackColumn = (column: PackedColumn): readonly unknown[] => {
  switch (column.form) {
    case 'plain':
      return column.values;
    case 'int32':
      return [...column.values];
    case 'int64':
      return Array.from(column.values, BigInt);
    case 'int32[]':
      return parted(column.lengths, (i) => number(column.values, i));
    case 'int64[]':
      return parted(column.lengths, (i) => bigint(column.values, i));
    case 'levels': {
      const { level, code, ordinal } = column;
      return parted(column.lengths, (i) => ({
        level: number(level, i),
        code: number(code, i),
        ordinal: bigint(ordinal, i),
      }));
    }
  }
};
