import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { ApiContext, ApiLimits, ApiLogger } from './context.ts';
import { errorLog, formatError } from './format-error.ts';
import { queryRules, scopeCheck, TOKENS_MAX, valueLimit } from './limits.ts';
import type { OperationObserver } from './observe-operations.ts';
import { resolvers } from './resolvers.ts';
import { readSchema } from './schema.ts';

export interface ApolloOptions {
  readonly limits: ApiLimits;
  /** Whether the schema may be asked for; it may unless told otherwise. */
  readonly introspection?: boolean | undefined;
  readonly logger: ApiLogger & { info(text: string): void; debug(text: string): void };
  readonly plugins?: readonly ApolloServerPlugin<ApiContext>[];
  /** Left out or null where operations are neither measured nor traced. */
  readonly observer?: OperationObserver | null;
}

/**
 * The GraphQL engine, started. All that would send something elsewhere or that depends on NODE_ENV is set here.
 * CSRF prevention stays on, as it is by default.
 */
export const startApollo = async ({
  limits,
  introspection = true,
  logger,
  plugins = [],
  observer = null,
}: ApolloOptions): Promise<ApolloServer<ApiContext>> => {
  const apollo = new ApolloServer<ApiContext>({
    typeDefs: [...(await readSchema())],
    resolvers: [...(observer?.observe(resolvers) ?? resolvers)],
    introspection,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    logger,
    formatError,
    parseOptions: { maxTokens: TOKENS_MAX },
    validationRules: [...queryRules()],
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      scopeCheck,
      valueLimit(limits.pageMax),
      errorLog,
      ...(observer === null ? [] : [observer.plugin]),
      ...plugins,
    ],
  });
  await apollo.start();
  return apollo;
};
