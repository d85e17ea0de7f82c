import fc from 'fast-check';
import type { ColumnType } from '../../../src/export/columns.ts';
import { packColumn, unpackColumn } from '../../../src/export/parquet/packed-column.ts';

const int32 = fc.integer();
const int64 = fc.maxSafeInteger();
const text = fc.string({ unit: 'binary' });
const place = fc.record({ level: int32, code: int32, ordinal: int64 });

const BIG = (value: number): bigint => BigInt(value);

/** For each type what may stand in a column of it, and what the writer of Parquet has to be given for it. */
const TYPES: { readonly [Type in ColumnType]: readonly [fc.Arbitrary<unknown>, (value: never) => unknown] } = {
  string: [text, (value: string) => value],
  'string?': [fc.option(text), (value: string | null) => value],
  int32: [int32, (value: number) => value],
  int64: [int64, BIG],
  'string[]': [fc.array(text), (list: readonly string[]) => list],
  'int32[]': [fc.array(int32), (list: readonly number[]) => list],
  'int64[]': [fc.array(int64), (list: readonly number[]) => list.map(BIG)],
  levels: [
    fc.array(place),
    (list: readonly { readonly ordinal: number }[]) => list.map((one) => ({ ...one, ordinal: BigInt(one.ordinal) })),
  ],
};

it.each(Object.entries(TYPES))('a column of %s comes out of a thread as it went in', (type, [values, wanted]) => {
  fc.assert(
    fc.property(fc.array(values), (column) => {
      const sent = structuredClone(packColumn(type as ColumnType, column));
      expect(unpackColumn(sent)).toEqual(column.map((value) => wanted(value as never)));
    }),
  );
});
