import fc from 'fast-check';
import {
  blockBytes,
  blockElements,
  GGML_TYPES,
  ggmlTypeId,
  ggmlTypeOf,
  rowBytes,
} from '../../../src/model/gguf/ggml-type.ts';
import { isRowType, quantizeRows, ROW_TYPES } from '../../../src/model/gguf/quantize-rows.ts';
import { dequantize } from './dequantize.ts';

const blocks = (max: number): fc.Arbitrary<Float32Array> =>
  fc
    .array(fc.float({ min: -Math.fround(max), max: Math.fround(max), noNaN: true }), { minLength: 32, maxLength: 32 })
    .map((values) => Float32Array.from(values));

test('a value of Q8_0 is within half a step of what was given, and the step is rounded to a half float', () => {
  fc.assert(
    fc.property(blocks(1000), (values) => {
      const largest = Math.max(...values.map(Math.abs));
      const step = largest / 127;
      // The step's half float is off by 2^-11 of it, or by 2^-25 where it is tiny; 127 steps add that up.
      const bound = step * 0.5001 + 127 * (step * 2 ** -11 + 2 ** -25);
      const back = dequantize('Q8_0', quantizeRows('Q8_0', values));
      for (const [i, value] of values.entries())
        expect(Math.abs((back[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(bound);
    }),
    { numRuns: 500 },
  );
});

test('what stands in a tensor is written again as it was', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ROW_TYPES), blocks(100), (type, values) => {
      const bytes = quantizeRows(type, values);
      const again = quantizeRows(type, Float32Array.from(dequantize(type, bytes)));
      // A step of Q8_0 is made anew from the largest value, which may lie half a unit beside.
      const [once, twice] = [dequantize(type, bytes), dequantize(type, again)];
      const largest = Math.max(...once.map(Math.abs));
      for (const [i, value] of once.entries())
        expect(Math.abs(value - (twice[i] ?? Number.NaN))).toBeLessThanOrEqual(
          type === 'Q8_0' ? largest * 2 ** -10 : 0,
        );
    }),
    { numRuns: 500 },
  );
});

test('halves are rounded away from zero, as roundf does', () => {
  // The step is 1, so that a value is its own quotient.
  const values = new Float32Array(32).fill(0);
  values.set([127, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 0.49999997]);
  expect(dequantize('Q8_0', quantizeRows('Q8_0', values)).slice(0, 8)).toEqual([127, 1, -1, 2, -2, 3, -3, 0]);
});

test('zeros are bytes of zero in every type', () => {
  for (const type of ROW_TYPES) expect(quantizeRows(type, new Float32Array(64)).every((byte) => byte === 0)).toBe(true);
});

test('the smallest numbers do not make infinities', () => {
  for (const value of [2 ** -149, 2 ** -130, 2 ** -126, 1e-30])
    expect(dequantize('Q8_0', quantizeRows('Q8_0', new Float32Array(32).fill(value))).every((one) => one === 0)).toBe(
      true,
    );
});

test.each([
  ['F32', Number.NaN],
  ['F16', Number.NEGATIVE_INFINITY],
  ['F16', 70_000],
  ['BF16', 3.4e38],
  ['Q8_0', 1e7],
  ['Q8_0', Number.NaN],
] as const)('%s does not take %d', (type, value) => {
  const values = new Float32Array(64);
  values[33] = value;
  expect(() => quantizeRows(type, values)).toThrow(
    expect.objectContaining({ code: 'BAD_VECTOR', message: expect.stringContaining('value 33') }),
  );
});

test('types have ids, and rows of whole blocks', () => {
  for (const type of GGML_TYPES) {
    expect(ggmlTypeOf(ggmlTypeId(type))).toBe(type);
    expect(rowBytes(type, 3 * blockElements(type))).toBe(3 * blockBytes(type));
  }
  for (const gone of [4, 5, 31, 32, 33, 36, 37, 38, 43, 2 ** 31]) expect(ggmlTypeOf(gone)).toBeUndefined();
  expect(() => rowBytes('Q4_K', 128)).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENT' }));
  expect(isRowType('Q4_1')).toBe(false);
});
