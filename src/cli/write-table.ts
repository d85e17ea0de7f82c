import type { Output } from './output.ts';
import type { Column } from './table.ts';

/** Writes pages as one table: columns are as wide as the first page needs, later pages grow them where they must. */
export const writeTable = async <Row>(
  output: Output,
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
): Promise<void> => {
  // What measures text takes 0.07 s of a processor to load: results as JSON need not wait for it.
  const { formatTable } = await import('./table.ts');
  let skipped = 0;
  for await (const rows of pages) {
    for (const line of formatTable(columns, rows, output.columns).slice(skipped)) await output.line(line);
    skipped = 1;
  }
};
