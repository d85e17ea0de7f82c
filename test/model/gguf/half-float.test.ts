import fc from 'fast-check';
import { bfloatOf, halfOf, ofBfloat, ofHalf } from '../../../src/model/gguf/half-float.ts';

const bits = fc.nat(0xffff);
const anyFloat = fc.float({ noNaN: true });

/** What of two candidates is nearer; of equally near ones that with even bits. */
const isNearest = (value: number, chosen: number, other: number, chosenBits: number): boolean => {
  const [mine, others] = [Math.abs(value - chosen), Math.abs(value - other)];
  return mine < others || (mine === others && (chosenBits & 1) === 0);
};

test('the bits of every half float come back from its value', () => {
  const all = Array.from({ length: 0x10000 }, (_, half) => half);
  const isNumber = (half: number): boolean => !Number.isNaN(ofHalf(half));
  expect(all.filter((half) => isNumber(half) && halfOf(ofHalf(half)) !== half)).toEqual([]);
  expect(all.filter((half) => !isNumber(half) && isNumber(halfOf(ofHalf(half))))).toEqual([]);
});

test('half floats are those that the engine rounds to', () => {
  // Of ES2025, which the compiler's library does not name yet.
  const view = new DataView(new ArrayBuffer(2)) as DataView & { setFloat16(at: number, value: number): void };
  fc.assert(
    fc.property(anyFloat, (value) => {
      view.setFloat16(0, value);
      expect(halfOf(value)).toBe(view.getUint16(0));
    }),
    { numRuns: 5000 },
  );
});

test('halfway between two half floats it goes to the even one', () => {
  fc.assert(
    fc.property(fc.nat(0x7bfe), fc.constantFrom(1, -1), (half, sign) => {
      const middle = (sign * (ofHalf(half) + ofHalf(half + 1))) / 2;
      const even = half % 2 === 0 ? half : half + 1;
      expect(halfOf(middle)).toBe(sign < 0 ? even | 0x8000 : even);
    }),
  );
});

test('half floats end at 65,504', () => {
  expect(ofHalf(halfOf(65_519.99))).toBe(65_504);
  expect(ofHalf(halfOf(65_520))).toBe(Number.POSITIVE_INFINITY);
  expect(ofHalf(halfOf(-1e30))).toBe(Number.NEGATIVE_INFINITY);
  expect(halfOf(2 ** -25)).toBe(0);
  expect(halfOf(-(2 ** -25))).toBe(0x8000);
});

test('the bits of every bfloat come back from its value', () => {
  fc.assert(
    fc.property(bits, (bfloat) => {
      const value = ofBfloat(bfloat);
      if (Number.isNaN(value)) expect(ofBfloat(bfloatOf(value))).toBeNaN();
      else expect(bfloatOf(value)).toBe(bfloat);
    }),
    { numRuns: 2000 },
  );
});

test('no bfloat is nearer than the one chosen', () => {
  fc.assert(
    fc.property(anyFloat, (value) => {
      const chosen = bfloatOf(value);
      fc.pre(Number.isFinite(value) && Number.isFinite(ofBfloat(chosen)) && (chosen & 0x7fff) !== 0);
      for (const other of [chosen - 1, chosen + 1])
        if (Number.isFinite(ofBfloat(other)))
          expect(isNearest(value, ofBfloat(chosen), ofBfloat(other), chosen)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});
