import {
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { type Principal, requireScope } from '../access/principal.ts';
import { HypersceneError } from '../errors.ts';
import { checkValues, queryRules, TOKENS_MAX } from './limits.ts';
import { requiredScope } from './required-scope.ts';

/** What a client sends to have run. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

export interface PreparationOptions {
  readonly schema: GraphQLSchema;
  readonly pageMax: number;
  readonly introspection: boolean;
}

/** Checks an operation that does not come by HTTP just as Apollo checks one that does. */
export type Prepare = (request: OperationRequest, principal: Principal) => ExecutionArgs | readonly GraphQLError[];

export const preparation = ({ schema, pageMax, introspection }: PreparationOptions): Prepare => {
  const rules: readonly ValidationRule[] = [
    ...specifiedRules,
    ...queryRules(),
    ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
  ];
  return ({ query, operationName, variables }, principal) => {
    try {
      const document = parse(query, { maxTokens: TOKENS_MAX });
      const errors = validate(schema, document, rules);
      if (errors.length > 0) return errors;
      const operation = getOperationAST(document, operationName);
      if (!operation) return [new GraphQLError('no operation of that name, or several and none named')];
      requireScope(principal, requiredScope(schema, document, operation));
      checkValues({ schema, document, operation, variables: variables ?? {} }, pageMax);
      return { schema, document, operationName: operationName ?? null, variableValues: variables ?? {} };
    } catch (error) {
      return [asGraphQLError(error)];
    }
  };
};

const asGraphQLError = (error: unknown): GraphQLError => {
  if (error instanceof GraphQLError) return error;
  if (error instanceof HypersceneError) return new GraphQLError(error.message, { originalError: error });
  throw error;
};
