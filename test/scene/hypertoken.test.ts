import fc from 'fast-check';
import { HypersceneError } from '../../src/errors.ts';
import { CODE_MAX, code, formatCode, formatOccurrence, parseCode } from '../../src/scene/hypertoken.ts';

const anyCode = fc.integer({ min: 0, max: CODE_MAX }).map(code);

test('a code and an occurrence are read back from what is written', () => {
  fc.assert(
    fc.property(anyCode, fc.integer({ min: 1, max: 1e12 }), (c, ordinal) => {
      expect(parseCode(formatCode(c))).toEqual({ code: c, ordinal: null });
      expect(parseCode(formatOccurrence({ code: c, ordinal }))).toEqual({ code: c, ordinal });
    }),
  );
});

test.each(['Δ14:7', '∆14:7', 'D14:7', 'd14:7', '14:7', ' Δ14:7 '])('%j names occurrence 7 of code 14', (text) => {
  expect(parseCode(text)).toEqual({ code: 14, ordinal: 7 });
});

test.each([
  '',
  'Δ',
  'Δ-1',
  'Δ1.5',
  'Δ014',
  'Δ14:',
  'Δ14:0',
  'Δ14:07',
  'Δ1 4',
  `Δ${CODE_MAX + 1}`,
  'x14',
  'Δ1e3',
  '99999999999',
])('%j is no code', (text) => {
  expect(() => parseCode(text)).toThrow(expect.objectContaining({ code: 'BAD_CODE' }));
});

test('anything that is not written as a code is refused with BAD_CODE and nothing else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      try {
        const parsed = parseCode(text);
        expect(parseCode(formatCode(parsed.code)).code).toBe(parsed.code);
      } catch (error) {
        expect(error).toBeInstanceOf(HypersceneError);
        expect(error).toMatchObject({ code: 'BAD_CODE' });
      }
    }),
  );
});
