import { styleText } from 'node:util';
import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly align?: 'left' | 'right';
  /** Takes what the others leave and is cut there; at most one column. */
  readonly flexible?: boolean;
  /** Terminal columns at most, where lines are cut; {@link FIXED_MAX} by default. */
  readonly widthMax?: number;
}

const GAP = '  ';
/** A cut column keeps at least this many terminal columns, even where the line then wraps. */
const FLEXIBLE_MIN = 16;
const FIXED_MAX = 24;

/**
 * Aligned lines, the titles first; widths are counted as a terminal shows them, so that Cyrillic, wide and combining
 * characters align.
 * @param width the terminal's width in columns; undefined cuts nothing
 */
export const formatTable = <Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number | undefined,
): readonly string[] => {
  const cells = rows.map((row) => columns.map(({ cell }) => oneLine(cell(row))));
  const widths = columnWidths(columns, cells, width);
  const line = (parts: readonly string[]): string =>
    parts
      .map((part, i) => pad(part, widths[i] ?? 0, columns[i]?.align ?? 'left'))
      .join(GAP)
      .trimEnd();
  const titles = line(columns.map(({ title }) => title));
  return [styleText('bold', titles, { stream: process.stdout }), ...cells.map(line)];
};

/** A cell that holds a line break or a control character would break the table, or drive the terminal. */
const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ');

const columnWidths = <Row>(
  columns: readonly Column<Row>[],
  cells: readonly (readonly string[])[],
  width: number | undefined,
): readonly number[] => {
  const natural = columns.map(({ title }, i) =>
    Math.max(stringWidth(title), ...cells.map((row) => stringWidth(row[i] ?? ''))),
  );
  if (width === undefined) return natural;
  const fixed = natural.map((w, i) => (columns[i]?.flexible ? 0 : Math.min(w, columns[i]?.widthMax ?? FIXED_MAX)));
  const left = width - fixed.reduce((sum, w) => sum + w, 0) - GAP.length * (columns.length - 1);
  return fixed.map((w, i) => (columns[i]?.flexible ? Math.min(natural[i] ?? 0, Math.max(FLEXIBLE_MIN, left)) : w));
};

const pad = (text: string, width: number, align: 'left' | 'right'): string => {
  const shown = stringWidth(text) > width ? cliTruncate(text, width) : text;
  const space = ' '.repeat(Math.max(0, width - stringWidth(shown)));
  return align === 'right' ? space + shown : shown + space;
};
