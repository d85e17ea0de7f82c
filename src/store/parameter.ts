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

/** A cycle is caught as nesting without end, so that no set of visited objects has to be kept. */
const checkValue = (value: unknown, path: string, depth: number): void => {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') return checkString(value, path);
  if (typeof value === 'number') return checkNumber(value, path);
  if (typeof value !== 'object') return refuse(path, 'plain data', typeof value);
  if (depth >= NESTING_MAX) return refuse(path, `at most ${NESTING_MAX} levels, no cycles`, 'deeper nesting');
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) checkValue(value[i], `${path}[${i}]`, depth + 1);
    return;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return refuse(path, 'plain data', 'an instance of a class');
  for (const [key, item] of Object.entries(value)) checkValue(item, `${path}.${key}`, depth + 1);
};

/**
 * Engines treat what they do not expect differently, some silently, some by dying: undefined, NaN, cycles, deep
 * nesting, huge strings and lone surrogates never reach one.
 * @throws HypersceneError BAD_ARGUMENT
 */
export const checkParameters = (parameters: Parameters): void => {
  for (const [key, value] of Object.entries(parameters)) checkValue(value, `$${key}`, 0);
};
