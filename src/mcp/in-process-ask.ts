import type { ApolloServer } from '@apollo/server';
import type { ApiContext } from '../api/context.ts';
import type { Ask, AskOptions } from './ask.ts';

/** Asks the API of this process, with a context made for each operation. */
export const inProcessAsk =
  (apollo: ApolloServer<ApiContext>, newContext: (options: AskOptions) => ApiContext | Promise<ApiContext>): Ask =>
  async (query, variables, options) => {
    const contextValue = await newContext(options);
    const { body } = await apollo.executeOperation<Record<string, unknown>>({ query, variables }, { contextValue });
    if (body.kind !== 'single') throw new TypeError('tools ask for nothing that comes in parts');
    const { data, errors = [] } = body.singleResult;
    return { data: data ?? null, errors };
  };
