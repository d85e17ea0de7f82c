import { HypersceneError } from '../errors.ts';

type Scalar = string | number | boolean;

/** What both engines keep alike as a property: a scalar, or a list of scalars of one type; null is none. */
export type Property = Scalar | null | readonly string[] | readonly number[] | readonly boolean[];

/** One item of a list that a statement goes through. */
export interface ParameterRow {
  readonly [key: string]: Property;
}

/** What a statement may be given: plain data that every engine stores alike. */
export type Parameter = Property | readonly ParameterRow[];
export type Parameters = Readonly<Record<string, Parameter>>;

/** Longest string in UTF-16 code units. An engine takes more, but copies it three times on the way. */
export const STRING_LENGTH_MAX = 16 * 2 ** 20;

const refuse = (path: string, expected: string, came: string): never => {
  throw new HypersceneError('BAD_ARGUMENT', 'bad parameter', { at: path, expected, came });
};

const below = (path: string, key: string | number): string => (key === '' ? path : `${path}.${key}`);

const checkString = (text: string, path: string, key: string | number): void => {
  if (text.length > STRING_LENGTH_MAX)
    refuse(below(path, key), `at most ${STRING_LENGTH_MAX} UTF-16 code units`, String(text.length));
  if (!text.isWellFormed()) refuse(below(path, key), 'well-formed Unicode', 'a lone surrogate');
};

const checkNumber = (n: number, path: string, key: string | number): void => {
  if (!Number.isFinite(n)) refuse(below(path, key), 'a finite number', String(n));
  if (Number.isInteger(n) && !Number.isSafeInteger(n)) refuse(below(path, key), 'an integer below 2^53', String(n));
};

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
};

/** @param key where below the path: joined only for an error, since nearly every value is right */
const checkScalar = (value: unknown, path: string, key: string | number = ''): void => {
  if (typeof value === 'string') checkString(value, path, key);
  else if (typeof value === 'number') checkNumber(value, path, key);
  else if (typeof value !== 'boolean') refuse(below(path, key), 'a string, a number or a boolean', kindOf(value));
};

/** Neo4j stores neither a mixed list nor null in one, nor a list in a list; the embedded engine stores all of them. */
const checkScalars = (list: readonly unknown[], path: string): void => {
  for (const [i, item] of list.entries()) {
    checkScalar(item, path, i);
    if (typeof item !== typeof list[0]) refuse(`${path}.${i}`, `${typeof list[0]}s only`, typeof item);
  }
};

const checkProperty = (value: unknown, path: string, key = ''): void => {
  if (Array.isArray(value)) checkScalars(value, below(path, key));
  else if (value !== null) checkScalar(value, path, key);
};

/** An object of another realm, as a test runner makes them, is plain too: its prototype has none. */
const isPlain = (value: unknown): value is object => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

const checkRow = (row: unknown, path: string): void => {
  if (isPlain(row)) for (const [key, value] of Object.entries(row)) checkProperty(value, path, key);
  else refuse(path, 'rows only, plain objects', kindOf(row));
};

/**
 * Engines treat what they do not expect differently, some silently, some by dying: undefined, NaN, maps, lists within
 * lists, huge strings and lone surrogates never reach one. A negative zero is zero in each of them.
 * @throws HypersceneError BAD_ARGUMENT
 */
export const checkParameters = (parameters: Parameters): void => {
  for (const [key, value] of Object.entries(parameters)) {
    if (Array.isArray(value) && isPlain(value[0]))
      for (const [i, row] of value.entries()) checkRow(row, `$${key}.${i}`);
    else checkProperty(value, `$${key}`);
  }
};
