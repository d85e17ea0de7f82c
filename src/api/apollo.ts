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
import { queryRules, TOKENS_MAX, valueLimit } from './limits.ts';
import { resolvers } from './resolvers.ts';
import { readSchema } from './schema.ts';

export interface ApolloOptions {
  readonly limits: ApiLimits;
  readonly logger: ApiLogger & { info(text: string): void; debug(text: string): void };
  readonly plugins?: readonly ApolloServerPlugin<ApiContext>[];
}

/**
 * The GraphQL engine, started. All that would send something elsewhere or that depends on NODE_ENV is set here.
 * CSRF prevention stays on, as it is by default.
 */
export const startApollo = async ({
  limits,
  logger,
  plugins = [],
}: ApolloOptions): Promise<ApolloServer<ApiContext>> => {
  const apollo = new ApolloServer<ApiContext>({
    typeDefs: [...(await readSchema())],
    resolvers: [...resolvers],
    introspection: true,
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
      valueLimit(limits.pageMax),
      errorLog,
      ...plugins,
    ],
  });
  await apollo.start();
  return apollo;
};
