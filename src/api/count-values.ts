import { type DocumentNode, GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity';
import { type IntrospectionSizes, introspectionSizes } from './introspection-sizes.ts';
import { isModelField, MOST_MAX, modelValues, VECTOR_VALUES } from './model-values.ts';

export interface CountedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Record<string, unknown>;
}

/** Counts that are kept of one document: clients send few sizes of page, but what anyone may send has a bound. */
const KEPT_MAX = 32;

/**
 * Values that an answer may have at most: objects and fields. Counting goes through the whole document, 0.1 ms for a scene with its couplings: it is
 * done once for a document and what of the variables it depends on. 0 for variables that do not fit: graphql-js refuses
 * them before anything runs, and says which.
 */
export const countValues = (counted: CountedOperation, pageMax: number): number => {
  const counts = countsOf(counted.document);
  const key = countKey(counted, pageMax);
  const kept = counts.get(key);
  if (kept !== undefined) return kept;
  const count = goThrough(counted, pageMax);
  // Of variables that do not fit nothing is kept: others of the same sizes may.
  if (count !== null && counts.size < KEPT_MAX) counts.set(key, count);
  return count ?? 0;
};

/** Made once for each key, as long as that is in use. */
const remembering = <Key extends object, Value>(make: (key: Key) => Value): ((key: Key) => Value) => {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
};

const countsOf = remembering((_: DocumentNode) => new Map<string, number>());
const introspectionOf = remembering(introspectionSizes);

/** What a count may depend on: numbers, conditions, and how long lists are. Whatever else a variable says, it is one object. */
const countKey = ({ operation, variables }: CountedOperation, pageMax: number): string => {
  const sizes = (operation.variableDefinitions ?? []).map(({ variable }) => {
    const value = variables[variable.name.value];
    if (Array.isArray(value)) return sizesOf(value);
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
  });
  return `${operation.name?.value ?? ''} ${pageMax} ${sizes.join(' ')}`;
};

const sizesOf = (list: readonly unknown[]): string => {
  const inner = list.map((item) => (Array.isArray(item) ? item.length : 0)).reduce((all, each) => all + each, 0);
  return `${list.length}/${inner}`;
};

/** Null for variables that do not fit. */
const goThrough = ({ schema, document, operation, variables }: CountedOperation, pageMax: number): number | null => {
  const { name } = operation;
  try {
    return getComplexity({
      schema,
      query: document,
      variables,
      ...(name === undefined ? {} : { operationName: name.value }),
      estimators: [values(pageMax, introspectionOf(schema))],
    });
  } catch (error) {
    // Its own bound on the fields of a query, for fragments that double at each level.
    if (error instanceof GraphQLError && /maximum allowed number of nodes/u.test(error.message)) return Infinity;
    if (error instanceof GraphQLError) return null;
    throw error;
  }
};

/** Values that a field may give at most: itself, and what stands below it for each item of its page. */
const values =
  (pageMax: number, introspection: IntrospectionSizes): ComplexityEstimator =>
  ({ args, childComplexity, field, node, type }) => {
    if (node.selectionSet === undefined)
      return type.name === 'Embedding' && field.name === 'vector' ? VECTOR_VALUES : 1;
    if (type.name.startsWith('__')) return 1 + childComplexity * (introspection.get(`${type.name}.${field.name}`) ?? 1);
    if (isModelField(field)) return modelValues(args, childComplexity, pageMax);
    const { first, limit, ids, most } = args as {
      first?: number;
      limit?: number;
      ids?: readonly unknown[];
      most?: number;
    };
    if (most !== undefined) return 1 + childComplexity * Math.min(Math.max(most, 1), MOST_MAX);
    // Left out where it has no default of its own, it is as many as there may be.
    const whole = field.args.some(({ name }) => name === 'first') ? pageMax : 1;
    const size = ids?.length ?? first ?? limit ?? whole;
    // A page out of range is refused where it is read, with an error that says so.
    return 1 + childComplexity * Math.min(Math.max(size, 1), pageMax);
  };
