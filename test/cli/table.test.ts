import fc from 'fast-check';
import stringWidth from 'string-width';
import { type Column, formatTable } from '../../src/cli/table.ts';

interface Row {
  readonly name: string;
  readonly text: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'имя', cell: ({ name }) => name },
  { title: 'text', cell: ({ text }) => text, flexible: true },
];

describe('formatTable', () => {
  it('aligns columns of Russian, English and wide characters alike', () => {
    const rows = [
      { name: 'царь', text: 'стоит' },
      { name: 'prince', text: 'стоит' },
      { name: '王', text: 'стоит' },
      { name: 'и\u0306', text: 'стоит' },
    ];
    const lines = formatTable(COLUMNS, rows, undefined).slice(1);
    const starts = lines.map((line) => stringWidth(line.slice(0, line.indexOf('стоит'))));
    expect(new Set(starts)).toEqual(new Set([8]));
  });

  it('keeps a row on one line whatever its cells hold', () => {
    const lines = formatTable(COLUMNS, [{ name: 'a\nb', text: 'x\u001b[2Jy\t\u0007z' }], undefined);
    expect(lines).toHaveLength(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be absent
    expect(lines[1]).not.toMatch(/[\u0000-\u001f\u007f]/u);
  });

  it('cuts nothing where there is no terminal', () => {
    const text = 'долгий '.repeat(100).trim();
    expect(formatTable(COLUMNS, [{ name: 'a', text }], undefined)[1]).toContain(text);
  });

  it('never writes past the width of a terminal of usual size', () => {
    const row = fc.record({
      name: fc.string({ unit: 'grapheme' }),
      text: fc.string({ unit: 'grapheme', maxLength: 300 }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), fc.integer({ min: 60, max: 200 }), (rows, width) => {
        for (const line of formatTable(COLUMNS, rows, width)) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
