import fc from 'fast-check';
import { quoted } from '../../src/mcp/quoted.ts';

const unicode = fc.string({ unit: 'binary' });

test('a text stays within its quotes and on its line, whatever it is', () => {
  fc.assert(
    fc.property(unicode, (text) => {
      const line = quoted(text);
      expect(line).toMatch(/^"(?:[^"\\\p{Cc}\u2028\u2029]|\\.)*"$/u);
      expect(JSON.parse(line)).toBe(text.replace(/[\u0085\u2028\u2029]/gu, ' '));
    }),
  );
});

test('prose costs two quotes', () => {
  expect(quoted('Он стоял у двери, не решаясь войти.')).toBe('"Он стоял у двери, не решаясь войти."');
  expect(quoted('"Red Death"')).toBe('"\\"Red Death\\""');
});
