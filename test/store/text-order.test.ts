import fc from 'fast-check';
import { compareText, sortKey } from '../../src/store/text-order.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}', 'а', 'a', '') }),
);

it('orders as the bytes of UTF-8 do', () => {
  fc.assert(
    fc.property(text, text, (x, y) => {
      expect(Math.sign(compareText(x, y))).toBe(Math.sign(Buffer.compare(Buffer.from(x), Buffer.from(y))));
    }),
  );
});

it('gives keys of ASCII that sort as their texts, whoever sorts them', () => {
  fc.assert(
    fc.property(text, text, (x, y) => {
      expect(sortKey(x)).toMatch(/^[0-9a-f]*$/u);
      const keys = sortKey(x) < sortKey(y) ? -1 : Number(sortKey(x) > sortKey(y));
      expect(keys).toBe(Math.sign(compareText(x, y)));
    }),
  );
});
