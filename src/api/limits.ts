import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity';
import { HypersceneError } from '../errors.ts';
import type { ApiContext } from './context.ts';
import { type IntrospectionSizes, introspectionSizes } from './introspection-sizes.ts';
import { longText } from './long-texts.ts';
import { perParentRule } from './per-parent-rule.ts';

/** scenes → couplings → other scene → couplings → … → document takes 13. */
const DEPTH_MAX = 16;
/** A start page of ten corpora takes 10. */
const ALIASES_MAX = 50;
const DIRECTIVES_MAX = 50;
/** The introspection query of common tools has about 300; validation is quadratic in the fields of one object. */
export const TOKENS_MAX = 2000;
/**
 * Objects and fields of an answer at most. graphql-js completes what has been read without a break, 1 to 1.5 µs for each: 80,000
 * by this count held the event loop for 50 to 90 ms, 40,000 for 22 to 25, on a busy machine of two cores.
 */
export const VALUES_MAX = 50_000;

const tooLarge = (what: string, expected: string, came: string): HypersceneError =>
  new HypersceneError('QUERY_TOO_LARGE', `query too large: ${what}`, { expected, came });

const reject =
  (what: string, max: number) =>
  (context: ValidationContext | null, error: GraphQLError): void => {
    const came = /found (\d+)/u.exec(error.message)?.[1] ?? 'more';
    const originalError = tooLarge(what, `at most ${max}`, came);
    context?.reportError(new GraphQLError(originalError.message, { originalError }));
  };

const bound = (what: string, n: number) => ({ n, propagateOnRejection: false, onReject: [reject(what, n)] });

/**
 * What a query may be by its text. Tokens are bounded by graphql-js itself while it parses; armor's cost limit is off,
 * since it does not multiply by page sizes.
 */
export const queryRules = (): readonly ValidationRule[] => {
  const armor = new ApolloArmor({
    maxDepth: { ...bound('depth', DEPTH_MAX), flattenFragments: true },
    maxAliases: bound('aliases', ALIASES_MAX),
    maxDirectives: bound('directives', DIRECTIVES_MAX),
    maxTokens: { enabled: false },
    costLimit: { enabled: false },
    blockFieldSuggestion: { enabled: false },
  });
  return [...armor.protect().validationRules, perParentRule];
};

/** Values that a field may give at most: itself, and what stands below it for each item of its page. */
const values =
  (pageMax: number, introspection: IntrospectionSizes): ComplexityEstimator =>
  ({ args, childComplexity, field, node, type }) => {
    if (node.selectionSet === undefined) return 1;
    if (type.name.startsWith('__')) return 1 + childComplexity * (introspection.get(`${type.name}.${field.name}`) ?? 1);
    const { first, limit, ids } = args as { first?: number; limit?: number; ids?: readonly unknown[] };
    // Left out where it has no default of its own, it is as many as there may be.
    const whole = field.args.some(({ name }) => name === 'first') ? pageMax : 1;
    const size = ids?.length ?? first ?? limit ?? whole;
    // A page out of range is refused where it is read, with an error that says so.
    return 1 + childComplexity * Math.min(Math.max(size, 1), pageMax);
  };

const refusal = (originalError: HypersceneError): GraphQLError =>
  new GraphQLError(originalError.message, { originalError, extensions: { http: { status: 400 } } });

/** Counts that are kept of one document: clients send few sizes of page, but what anyone may send has a bound. */
const KEPT_MAX = 32;

/**
 * Refuses a query before it runs when the pages it nests multiply to too many values. Counting goes through the whole
 * document, 0.1 ms for a scene with its couplings: it is done once for a document and what of the variables it depends on.
 */
export const valueLimit = (pageMax: number): ApolloServerPlugin<ApiContext> => {
  const countsOf = remembering((_: DocumentNode) => new Map<string, number>());
  const estimatorsOf = remembering((schema: GraphQLSchema) => [values(pageMax, introspectionSizes(schema))]);
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, request, operation, operationName }) => {
        // Without an operation nothing will run; Apollo says so.
        if (operation === undefined) return;
        const variables = request.variables ?? {};
        const tooLong = longText(schema, operation, variables);
        if (tooLong !== null) throw refusal(tooLong);
        const counts = countsOf(document);
        const key = countKey(operation, variables);
        const named = operationName === null ? {} : { operationName };
        const count =
          counts.get(key) ??
          countObjects({ schema, query: document, variables, ...named, estimators: estimatorsOf(schema) });
        if (count === null) return;
        if (counts.size < KEPT_MAX) counts.set(key, count);
        if (count <= VALUES_MAX) return;
        throw refusal(tooLarge('values', `at most ${VALUES_MAX}`, String(Math.ceil(count))));
      },
    }),
  };
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

/** What a count may depend on: numbers, conditions, and how long lists are. Whatever else a variable says, it is one object. */
const countKey = (
  { name, variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): string => {
  const sizes = variableDefinitions.map(({ variable }) => {
    const value = variables[variable.name.value];
    if (Array.isArray(value)) return `${value.length}`;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
  });
  return `${name?.value ?? ''} ${sizes.join(' ')}`;
};

/** Null for variables that do not fit: graphql-js refuses them before anything runs, and says which. */
const countObjects = (options: Parameters<typeof getComplexity>[0]): number | null => {
  try {
    return getComplexity(options);
  } catch (error) {
    // Its own bound on the fields of a query, for fragments that double at each level.
    if (error instanceof GraphQLError && /maximum allowed number of nodes/u.test(error.message)) return Infinity;
    if (error instanceof GraphQLError) return null;
    throw error;
  }
};
