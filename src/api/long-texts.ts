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

/** Step by step, since a hundred thousand lists within each other are more than calls may be. @param name of the variable */
const longTextIn = (value: unknown, type: GraphQLInputType | undefined, name: string): HypersceneError | null => {
  const left: Part[] = [[value, type, name]];
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    const [item, itemType, at] = part;
    const refused = typeof item === 'string' ? refuseLong(item, itemType, at) : null;
    if (refused !== null) return refused;
    if (typeof item !== 'object' || item === null) continue;
    for (const inner of partsOf(item, itemType && getNullableType(itemType), at).reverse()) left.push(inner);
  }
  return null;
};

/** `at`: the variable and the way into it. */
type Part = readonly [value: unknown, type: GraphQLInputType | undefined, at: string];

const partsOf = (value: object, type: GraphQLInputType | undefined, at: string): Part[] => {
  if (isListType(type)) return (Array.isArray(value) ? value : [value]).map((item) => [item, type.ofType, at]);
  const fields = isInputObjectType(type) ? type.getFields() : {};
  // What stands where it does not fit is repeated too.
  return Object.entries(value).map(([name, item]) => [item, fields[name]?.type, `${at}.${name}`]);
};

const refuseLong = (text: string, type: GraphQLInputType | undefined, at: string): HypersceneError | null => {
  if (text.length <= LONG || (type !== undefined && getNamedType(type) === GraphQLString)) return null;
  return new HypersceneError('QUERY_TOO_LARGE', 'query too large: a text', {
    at: at.slice(0, 80),
    expected: `at most ${LONG} UTF-16 code units where the schema says no String`,
    came: String(text.length),
  });
};
