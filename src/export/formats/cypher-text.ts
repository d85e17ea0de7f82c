/** A value of a property or a row. */
export type CypherValue =
  | string
  | number
  | boolean
  | null
  | CypherFloat
  | readonly CypherValue[]
  | { readonly [key: string]: CypherValue };

/** A number that is a float also where it is whole: `1` would come to Neo4j as an integer. */
export class CypherFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** All of Unicode's controls and ends of lines too: a statement is a line, for whoever splits a file at them. */
const ESCAPED = /\\u|[\\'\p{Cc}\p{Zl}\p{Zp}]/gu;

const escapeSign = (sign: string): string => {
  if (sign === '\\u') return "\\\\' + 'u";
  if (sign === '\\' || sign === "'") return `\\${sign}`;
  return `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
};

/**
 * A text as a literal. Before it parses anything Neo4j takes `\u` and four digits for a character, which could be the quote that
 * ends the literal; so that no version may read a backslash of the text and a `u` behind it so, the literal is parted there.
 */
export const cypherString = (text: string): string => `'${text.replaceAll(ESCAPED, escapeSign)}'`;

/** Keys are the program's own, never a caller's. */
export const cypherLiteral = (value: CypherValue): string => {
  if (typeof value === 'string') return cypherString(value);
  if (value instanceof CypherFloat) return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
  if (Array.isArray(value)) return `[${value.map(cypherLiteral).join(', ')}]`;
  if (value === null || typeof value !== 'object') return String(value);
  const entries = Object.entries(value).map(([key, one]) => `${key}: ${cypherLiteral(one)}`);
  return `{${entries.join(', ')}}`;
};
