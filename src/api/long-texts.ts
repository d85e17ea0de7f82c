import {
  type GraphQLInputType,
  GraphQLString,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  typeFromAST,
} from 'graphql';
import { HypersceneError } from '../errors.ts';
import type { CountedOperation } from './count-values.ts';

/** UTF-16 code units: longer than any id, cursor or name, and than what it takes a millisecond to repeat in an error. */
const LONG = 2 ** 16;

/**
 * Only where the schema says String may a variable hold a long text. Elsewhere graphql-js would put all of it into its error,
 * 60 MB of it in a quarter of a second.
 * @returns how the first other one is refused; null without any
 */
export const longText = ({
  schema,
  operation,
  variables,
}: Omit<CountedOperation, 'document'>): HypersceneError | null => {
  for (const { variable, type } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    // A type that is none for variables is refused before this.
    const refused = longTextIn(variables[name], typeFromAST(schema, type) as GraphQLInputType | undefined, name);
    if (refused !== null) return refused;
  }
  return null;
};

/** @param at the variable and the way into it */
const longTextIn = (value: unknown, type: GraphQLInputType | undefined, at: string): HypersceneError | null => {
  if (typeof value === 'string') return refuseLong(value, type, at);
  if (typeof value !== 'object' || value === null) return null;
  for (const [item, itemType, name] of partsOf(value, type && getNullableType(type))) {
    const refused = longTextIn(item, itemType, name === null ? at : `${at}.${name}`);
    if (refused !== null) return refused;
  }
  return null;
};

type Part = readonly [value: unknown, type: GraphQLInputType | undefined, name: string | null];

const partsOf = (value: object, type: GraphQLInputType | undefined): readonly Part[] => {
  if (isListType(type)) return (Array.isArray(value) ? value : [value]).map((item) => [item, type.ofType, null]);
  const fields = isInputObjectType(type) ? type.getFields() : {};
  // What stands where it does not fit is repeated too.
  return Object.entries(value).map(([name, item]) => [item, fields[name]?.type, name]);
};

const refuseLong = (text: string, type: GraphQLInputType | undefined, at: string): HypersceneError | null => {
  if (text.length <= LONG || (type !== undefined && getNamedType(type) === GraphQLString)) return null;
  return new HypersceneError('QUERY_TOO_LARGE', 'query too large: a text', {
    at: at.slice(0, 80),
    expected: `at most ${LONG} UTF-16 code units where the schema says no String`,
    came: String(text.length),
  });
};
