import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity';
import { requireScope } from '../access/principal.ts';
import { HypersceneError } from '../errors.ts';
import type { ApiContext } from './context.ts';
import { perParentRule } from './per-parent-rule.ts';
import { requiredScope } from './required-scope.ts';

/** scenes → couplings → other scene → couplings → … → document takes 13. */
export const DEPTH_MAX = 16;
/** A start page of ten corpora takes 10. */
export const ALIASES_MAX = 50;
const DIRECTIVES_MAX = 50;
/** The introspection query of common tools has about 300; validation is quadratic in the fields of one object. */
export const TOKENS_MAX = 2000;
/** Objects of an answer at most: 41,000 by this count took 0.4 s and 1.4 MB of JSON on a busy machine of two cores. */
export const OBJECTS_MAX = 50_000;

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

/** Objects that a field may give at most: itself, and what stands below it for each item of its page. */
const objects =
  (pageMax: number): ComplexityEstimator =>
  ({ args, childComplexity, field, node }) => {
    if (node.selectionSet === undefined) return 0;
    const { first, limit, ids } = args as { first?: number; limit?: number; ids?: readonly unknown[] };
    // Left out where it has no default of its own, it is as many as there may be.
    const whole = field.args.some(({ name }) => name === 'first') ? pageMax : 1;
    const size = ids?.length ?? first ?? limit ?? whole;
    // A page out of range is refused where it is read, with an error that says so.
    return 1 + childComplexity * Math.min(Math.max(size, 1), pageMax);
  };

export interface CountedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | null;
}

/** @throws HypersceneError QUERY_TOO_LARGE when the pages that an operation nests multiply to too many objects */
export const checkObjects = (
  { schema, document, variables, operationName }: CountedOperation,
  pageMax: number,
): void => {
  const count = countObjects({
    schema,
    query: document,
    variables,
    ...(operationName === null ? {} : { operationName }),
    estimators: [objects(pageMax)],
  });
  if (count > OBJECTS_MAX) throw tooLarge('objects', `at most ${OBJECTS_MAX}`, String(count));
};

/** Refuses a query before it runs when {@link checkObjects} does. */
export const objectLimit = (pageMax: number): ApolloServerPlugin<ApiContext> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, document, request, operation, operationName }) => {
      // Without an operation nothing will run; Apollo says so.
      if (operation === undefined) return;
      try {
        checkObjects({ schema, document, variables: request.variables ?? {}, operationName }, pageMax);
      } catch (error) {
        throw asRefusal(error, 400);
      }
    },
  }),
});

/** Refuses an operation as a whole whose caller may not do all of it. */
export const scopeCheck: ApolloServerPlugin<ApiContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, document, operation, contextValue: { principal } }) => {
      if (operation === undefined) return;
      try {
        requireScope(principal, requiredScope(schema, document, operation));
      } catch (error) {
        throw asRefusal(error, 403);
      }
    },
  }),
};

const asRefusal = (error: unknown, status: number): unknown =>
  error instanceof HypersceneError
    ? new GraphQLError(error.message, { originalError: error, extensions: { http: { status } } })
    : error;

const countObjects = (options: Parameters<typeof getComplexity>[0]): number => {
  try {
    return getComplexity(options);
  } catch (error) {
    // Its own bound on the fields of a query, for fragments that double at each level.
    if (error instanceof GraphQLError && /maximum allowed number of nodes/u.test(error.message)) return Infinity;
    // Variables that do not fit: graphql-js refuses them before anything runs, and says which.
    if (error instanceof GraphQLError) return 0;
    throw error;
  }
};
