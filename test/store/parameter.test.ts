import fc from 'fast-check';
import { HypersceneError } from '../../src/errors.ts';
import { checkParameters, type Parameters, STRING_LENGTH_MAX } from '../../src/store/parameter.ts';

const refusal = (value: unknown): string | undefined => {
  try {
    checkParameters({ value } as unknown as Parameters);
    return undefined;
  } catch (error) {
    return error instanceof HypersceneError ? error.code : String(error);
  }
};

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

const plainData = fc.anything({
  maxDepth: 6,
  values: [
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ noDefaultInfinity: true, noNaN: true }).filter((n) => !Number.isInteger(n) || Number.isSafeInteger(n)),
    fc.string({ unit: 'binary' }),
    fc.constant(null),
  ],
});

it('lets plain data through', () => {
  fc.assert(fc.property(plainData, (value) => expect(refusal(value)).toBeUndefined()));
  expect(refusal(Object.assign(Object.create(null), { a: [null, true, 'дом 🏠', -0.5] }))).toBeUndefined();
  expect(refusal('ж'.repeat(STRING_LENGTH_MAX))).toBeUndefined();
});

it.each([
  ['undefined', undefined],
  ['undefined within', [{ a: undefined }]],
  ['NaN', Number.NaN],
  ['infinity', [Number.POSITIVE_INFINITY]],
  ['integers that a double cannot hold', 2 ** 53],
  ['bigints', 1n],
  ['functions', () => 1],
  ['symbols', Symbol('x')],
  ['dates', new Date(0)],
  ['maps', new Map()],
  ['bytes', new Uint8Array(2)],
  ['half a surrogate pair', 'дом\ud83d'],
  ['strings past the limit', 'x'.repeat(STRING_LENGTH_MAX + 1)],
  ['deep nesting', nested(20)],
  ['nesting that would overflow the stack', nested(5000)],
])('refuses %s', (_, value) => {
  expect(refusal(value)).toBe('BAD_ARGUMENT');
  expect(refusal({ rows: [{ value }] })).toBe('BAD_ARGUMENT');
});

it('refuses cycles', () => {
  const cycle: { self?: unknown } = {};
  cycle.self = [cycle];
  expect(refusal(cycle)).toBe('BAD_ARGUMENT');
});

it('says where', () => {
  expect(() => checkParameters({ rows: [{ id: 'a' }, { id: Number.NaN }] })).toThrow('$rows.1.id');
});
