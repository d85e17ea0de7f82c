import type { CypherQuery } from './cypher/query.ts';
import type { Parameter, ParameterRow, Parameters, Property } from './parameter.ts';

/** A statement and its parameters as they go to the engine. */
export interface SentStatement {
  readonly text: string;
  readonly parameters: SentParameters;
}

export type SentParameters = Readonly<Record<string, Parameter | readonly (readonly Property[])[]>>;

interface Packing {
  readonly text: string;
  /** What the text asks of a row, in the order of the list that stands for it. */
  readonly columns: readonly string[];
}

/** By the statement's text: there are some ten, all fixed. */
const packings = new Map<string, Packing>();

const packingOf = (text: string): Packing => {
  const known = packings.get(text);
  if (known !== undefined) return known;
  const columns = [...new Set(Array.from(text.matchAll(/\brow\.(\w+)/gu), ([, column = '']) => column))];
  const placed = text.replaceAll(/\brow\.(\w+)/gu, (_, column: string) => `row[${columns.indexOf(column)}]`);
  const packing = { text: placed, columns };
  packings.set(text, packing);
  return packing;
};

/**
 * Sends the `$rows` of a bulk statement as lists and says `row[0]` where the text says `row.uid`: the embedded engine takes over 5,000 rows of 20
 * columns as lists in 25 ms, as objects in 80, more than it then works on them, and less goes over the wire to a server.
 * What the text does not ask for is left out, what a row lacks is null, as it would be.
 * @param parameters checked by `checkParameters`
 */
export const packRows = ({ text, bulk }: CypherQuery<unknown>, parameters: Parameters): SentStatement => {
  if (bulk === undefined) return { text, parameters };
  const packing = packingOf(text);
  const rows = parameters['rows'] as readonly ParameterRow[];
  const packed = rows.map((row) => packing.columns.map((column) => row[column] ?? null));
  return { text: packing.text, parameters: { ...parameters, rows: packed } };
};
