import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import { GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';
import { requireScope } from '../access/principal.ts';
import { HypersceneError } from '../errors.ts';
import type { ApiContext } from './context.ts';
import { type CountedOperation, countValues } from './count-values.ts';
import { longText } from './long-texts.ts';
import { perParentRule } from './per-parent-rule.ts';
import { requiredScope } from './required-scope.ts';

/** scenes → couplings → other scene → couplings → … → document takes 13. */
export const DEPTH_MAX = 16;
/** A start page of ten corpora takes 10. */
export const ALIASES_MAX = 50;
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

/** @throws HypersceneError QUERY_TOO_LARGE for a text that stands where none may, and when the pages that an operation nests multiply to too many values */
export const checkValues = (counted: CountedOperation, pageMax: number): void => {
  const tooLong = longText(counted);
  if (tooLong !== null) throw tooLong;
  const count = countValues(counted, pageMax);
  if (count > VALUES_MAX) throw tooLarge('values', `at most ${VALUES_MAX}`, String(Math.ceil(count)));
};

/** Refuses a query before it runs when {@link checkValues} does. */
export const valueLimit = (pageMax: number): ApolloServerPlugin<ApiContext> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, document, request, operation }) => {
      // Without an operation nothing will run; Apollo says so.
      if (operation === undefined) return;
      try {
        checkValues({ schema, document, operation, variables: request.variables ?? {} }, pageMax);
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
