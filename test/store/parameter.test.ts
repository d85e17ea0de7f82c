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

const text = fc.string({ unit: 'binary' });
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noDefaultInfinity: true, noNaN: true }).filter((n) => !Number.isInteger(n) || Number.isSafeInteger(n)),
);
const property = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.constant(null),
  fc.array(text),
  fc.array(number),
  fc.array(fc.boolean()),
);
const rows = fc.array(fc.dictionary(text, property, { noNullPrototype: false }));

it('lets through what both engines keep: scalars, lists of one type, rows of these', () => {
  fc.assert(fc.property(fc.oneof(property, rows), (value) => expect(refusal(value)).toBeUndefined()));
  expect(refusal([Object.assign(Object.create(null), { a: ['дом 🏠'], b: -0.5, c: null })])).toBeUndefined();
  expect(refusal('ж'.repeat(STRING_LENGTH_MAX))).toBeUndefined();
});

const cycle: { self?: unknown } = {};
cycle.self = cycle;

it.each([
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['infinity', [Number.POSITIVE_INFINITY]],
  ['integers that a double cannot hold', 2 ** 53],
  ['bigints', 1n],
  ['functions', () => 1],
  ['symbols', Symbol('x')],
  ['dates', new Date(0)],
  ['a list of dates', [new Date(0)]],
  ['bytes', new Uint8Array(2)],
  ['half a surrogate pair', 'дом\ud83d'],
  ['half a surrogate pair in a list', ['дом', '\ude00']],
  ['strings past the limit', 'x'.repeat(STRING_LENGTH_MAX + 1)],
  ['a list of more types than one', ['a', 1]],
  ['null in a list', ['a', null]],
  ['a list that begins with null', [null]],
  ['a hole in a list', Array(1)],
  ['a list in a list', [[1]]],
  ['an empty list in a list', [[]]],
  ['an object', { a: 1 }],
  ['an empty object', {}],
  ['a cycle', cycle],
])('refuses %s, alone and in a row', (_, value) => {
  expect(refusal(value)).toBe('BAD_ARGUMENT');
  expect(refusal([{ good: 1 }, { value }])).toBe('BAD_ARGUMENT');
});

it.each([
  ['a row that is none', [{ a: 1 }, 1]],
  ['a row that is null', [{ a: 1 }, null]],
  ['a row that is a list', [{ a: 1 }, [1]]],
  ['a row of a class', [{ a: 1 }, new Map()]],
  ['rows within a row', [{ a: [{ b: 1 }] }]],
  ['undefined in a row', [{ a: undefined }]],
])('refuses %s', (_, value) => {
  expect(refusal(value)).toBe('BAD_ARGUMENT');
});

it('says where', () => {
  expect(() => checkParameters({ rows: [{ id: 'a' }, { id: Number.NaN }] })).toThrow('$rows.1.id');
  expect(() => checkParameters({ ids: ['a', 'б\ud800'] })).toThrow('$ids.1');
});
