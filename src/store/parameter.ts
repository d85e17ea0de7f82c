import { HypersceneError } from '../errors.ts';

/** What a statement may be given: plain data that every engine stores alike. */
export type Parameter = string | number | boolean | null | readonly Parameter[] | { readonly [key: string]: Parameter };
export type Parameters = Readonly<Record<string, Parameter>>;

/** Longest string in UTF-16 code units. An engine takes more, but copies it three times on the way. */
export const STRING_LENGTH_MAX = 16 * 2 ** 20;
/** Parameters nest `rows[].list[]` at most; the embedded engine recurses natively and overflows its stack at some ten thousand. */
export const NESTING_MAX = 8;

const refuse = (path: string, expected: string, came: string): never => {
  throw new HypersceneError('BAD_ARGUMENT', 'bad parameter', { at: path, expected, came });
};

const checkString = (text: string, path: string): void => {
  if (text.length > STRING_LENGTH_MAX)
    refuse(path, `at most ${STRING_LENGTH_MAX} UTF-16 code units`, String(text.length));
  if (!text.isWellFormed()) refuse(path, 'well-formed Unicode', 'a lone surrogate');
};

const checkNumber = (n: number, path: string): void => {
  if (!Number.isFinite(n)) refuse(path, 'a finite number', String(n));
  if (Number.isInteger(n) && !Number.isSafeInteger(n)) refuse(path, 'an integer below 2^53', String(n));
};

const checkValue = (value: unknown, path: string, depth: number): void => {
  if (typeof value === 'string') checkString(value, path);
  else if (typeof value === 'number') checkNumber(value, path);
  else if (typeof value === 'object') checkObject(value, path, depth);
  else if (typeof value !== 'boolean') refuse(path, 'plain data', typeof value);
};

/** A cycle is caught as nesting without end, so that no set of visited objects has to be kept. */
const checkObject = (value: object | null, path: string, depth: number): void => {
  if (value === null) return;
  if (depth >= NESTING_MAX) refuse(path, `at most ${NESTING_MAX} levels, no cycles`, 'deeper nesting');
  if (!Array.isArray(value)) checkPlain(value, path);
  for (const [key, item] of Object.entries(value)) checkValue(item, `${path}.${key}`, depth + 1);
};

/** An object of another realm, as a test runner makes them, is plain too: its prototype has none. */
const checkPlain = (value: object, path: string): void => {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    refuse(path, 'plain data', 'an instance of a class');
};

/**
 * Engines treat what they do not expect differently, some silently, some by dying: undefined, NaN, cycles, deep
 * nesting, huge strings and lone surrogates never reach one.
 * @throws HypersceneError BAD_ARGUMENT
 */
export const checkParameters = (parameters: Parameters): void => {
  for (const [key, value] of Object.entries(parameters)) checkValue(value, `$${key}`, 0);
};
