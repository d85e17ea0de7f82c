import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** By type and field, such as `__Type.fields`: how many a field of introspection holds on average of all types; of a list at least 1. */
export type IntrospectionSizes = ReadonlyMap<string, number>;

/**
 * The lists of introspection have no page size to count by. With averages what is asked of all types is counted as it is;
 * what is asked of one may be some times more, which matters little: graphql-js lets no list of fields stand three levels
 * below another, and aliases are bounded.
 */
export const introspectionSizes = (schema: GraphQLSchema): IntrospectionSizes => {
  const types = Object.values(schema.getTypeMap());
  const each = (of: (type: GraphQLNamedType) => number): number => types.reduce((sum, type) => sum + of(type), 0);
  const fields = each((type) => fieldsOf(type).length);
  const args = each((type) => fieldsOf(type).reduce((sum, field) => sum + field.args.length, 0));
  const average = (count: number, of: number): number => Math.max(1, count / of);
  return new Map([
    ['__Schema.types', types.length],
    ['__Schema.directives', schema.getDirectives().length],
    ['__Type.fields', average(fields, types.length)],
    ['__Field.args', average(args, fields)],
    // `[Scene!]!` wraps three times and `ID` not at all; tools ask for nine levels of it.
    ['__Type.ofType', 0.5],
    [
      '__Type.inputFields',
      average(
        each((type) => inputsOf(type)),
        types.length,
      ),
    ],
    [
      '__Type.enumValues',
      average(
        each((type) => (isEnumType(type) ? type.getValues().length : 0)),
        types.length,
      ),
    ],
  ]);
};

const fieldsOf = (type: GraphQLNamedType) =>
  isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];

const inputsOf = (type: GraphQLNamedType): number =>
  isInputObjectType(type) ? Object.keys(type.getFields()).length : 0;
