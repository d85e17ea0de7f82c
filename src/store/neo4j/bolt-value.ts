import neo4j, { type Integer } from 'neo4j-driver';
import type { SentParameters } from '../packed-rows.ts';
import type { ParameterRow } from '../parameter.ts';

type Sent = SentParameters[string] | ParameterRow;

/** What the driver is handed: as a parameter, but whole numbers in a form it writes as INTEGER. */
export type BoltValue = string | number | boolean | null | Integer | readonly BoltValue[] | BoltMap;
export interface BoltMap {
  readonly [key: string]: BoltValue;
}

/**
 * A JavaScript number goes over Bolt as FLOAT, which `LIMIT` and `=` against a stored INTEGER's type would not take. So a
 * weight of 1 is an INTEGER among FLOATs, on the embedded engine too; both compare and sort them as numbers.
 */
const toBoltValue = (value: Sent): BoltValue => {
  if (typeof value === 'number') return Number.isInteger(value) ? neo4j.int(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Sent[]).map(toBoltValue);
  return toBoltMap(value as ParameterRow);
};

/** @param parameters checked by `checkParameters`: whole numbers are below 2^53 */
export const toBoltMap = (parameters: SentParameters): BoltMap => {
  const map: Record<string, BoltValue> = {};
  for (const [key, value] of Object.entries(parameters)) map[key] = toBoltValue(value);
  return map;
};
