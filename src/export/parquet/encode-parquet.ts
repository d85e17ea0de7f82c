/** What runs on the thread that encodes Parquet: see `parquet-thread.ts`. */
import { deserialize } from 'node:v8';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { type Columns, type ColumnType, LEVEL_COLUMNS } from '../columns.ts';
import { type PackedColumn, unpackColumn } from './packed-column.ts';

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];
/** What the footer says of a row group. */
export type RowGroup = ParquetWriter['row_groups'][number];

export interface RowGroupTask {
  readonly columns: Columns<never>;
  /** Of each page of rows its columns, in their order: a list of {@link PackedColumn}, as `v8.serialize` writes it. */
  readonly pages: readonly Uint8Array<ArrayBuffer>[];
  /** Of all pages together. */
  readonly rows: number;
  /** Bytes of the file before this. */
  readonly offset: number;
}

export interface EncodedRowGroup {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly group: RowGroup;
}

export interface FooterTask {
  readonly columns: Columns<never>;
  readonly groups: readonly RowGroup[];
  readonly offset: number;
  readonly createdBy: string;
}

const STRING = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
const LEAVES = { string: STRING, int32: { type: 'INT32' }, int64: { type: 'INT64' } } as const;

/** The three levels of a LIST, as the format's specification wants them. */
const listOf = (name: string, element: readonly SchemaElement[]): readonly SchemaElement[] => [
  { name, repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST' },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  ...element,
];

const required = (name: string, leaf: keyof typeof LEAVES): SchemaElement => ({
  name,
  repetition_type: 'REQUIRED',
  ...LEAVES[leaf],
});

const elementsOf = (name: string, type: ColumnType): readonly SchemaElement[] => {
  switch (type) {
    case 'string':
    case 'int32':
    case 'int64':
      return [required(name, type)];
    case 'string?':
      return [{ name, repetition_type: 'OPTIONAL', ...STRING }];
    case 'string[]':
      return listOf(name, [required('element', 'string')]);
    case 'int32[]':
      return listOf(name, [required('element', 'int32')]);
    case 'int64[]':
      return listOf(name, [required('element', 'int64')]);
    case 'levels': {
      const fields = Object.entries(LEVEL_COLUMNS);
      return listOf(name, [
        { name: 'element', repetition_type: 'REQUIRED', num_children: fields.length },
        ...fields.map(([field, leaf]) => required(field, leaf)),
      ]);
    }
  }
};

const schemaOf = (columns: Columns<never>): SchemaElement[] => [
  { name: 'schema', num_children: Object.keys(columns).length },
  ...Object.entries<ColumnType>(columns).flatMap(([name, type]) => elementsOf(name, type)),
];

/** Goes on behind `offset`: offsets in the format's metadata are those of the file. */
const writerAt = (columns: Columns<never>, offset: number, createdBy?: string) => {
  const out = new ByteWriter();
  const writer = new ParquetWriter({ writer: out, schema: schemaOf(columns), ...(createdBy && { createdBy }) });
  if (offset > 0) {
    // The mark at the beginning of a file, which was written with its first row group.
    out.index = 0;
    out.offset = offset;
  }
  return { out, writer };
};

const taken = (out: ByteWriter): Uint8Array<ArrayBuffer> => new Uint8Array(out.getBuffer());

/** One row group, Snappy, without page indexes: their pages are a megabyte, and readers take whole groups. */
export const encodeRowGroup = ({ columns, pages, rows, offset }: RowGroupTask): EncodedRowGroup => {
  const { out, writer } = writerAt(columns, offset);
  const packed = pages.map((page) => deserialize(page) as readonly PackedColumn[]);
  const columnData = Object.keys(columns).map((name, i) => ({
    name,
    // Unpacked when the writer comes to it, so that values of one column at a time are held.
    get data() {
      return packed.flatMap((page) => unpackColumn(page[i] as PackedColumn));
    },
    offsetIndex: false,
  }));
  writer.write({ columnData, rowGroupSize: rows });
  const [group] = writer.row_groups;
  if (group === undefined) throw new Error('a row group without rows');
  return { bytes: taken(out), group };
};

/** What makes the row groups before it a file. */
export const encodeFooter = ({ columns, groups, offset, createdBy }: FooterTask): Uint8Array<ArrayBuffer> => {
  const { out, writer } = writerAt(columns, offset, createdBy);
  writer.row_groups = [...groups];
  writer.num_rows = groups.reduce((sum, { num_rows }) => sum + num_rows, 0n);
  writer.finish();
  return taken(out);
};
