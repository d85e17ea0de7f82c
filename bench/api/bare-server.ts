/**
 * The peer: Apollo on the same fastify integration, that answers what it was given from memory. Its schema is the same
 * one, so that what is checked, resolved and written is the same; no resolvers but those of the root, no rules, no
 * limits, no log. What of Apollo's own plugins costs time is off as it is in ours: the peer is at its fastest.
 *
 * Forked by `child.ts`; its argument is a file of what it shall answer.
 */

import { readFile } from 'node:fs/promises';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, { type FastifyInstance } from 'fastify';
import type { GraphQLResolveInfo } from 'graphql';
import { readSchema } from '../../src/api/schema.ts';
import { answerParent } from './answer-parent.ts';
import { answerKey } from './operations.ts';

/** By {@link answerKey} the answer's `data`. */
export type Answers = readonly (readonly [key: string, data: Readonly<Record<string, unknown>>])[];

interface BareContext {
  readonly data: Readonly<Record<string, unknown>>;
}

const FIELDS = ['scene', 'scenes', 'expand', 'activate', 'subgraph'];

const answers = new Map(JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')) as Answers);
const fromMemory = (_: unknown, __: unknown, { data }: BareContext, { fieldName }: GraphQLResolveInfo): unknown =>
  data[fieldName];

const app = Fastify() as unknown as FastifyInstance;
const apollo = new ApolloServer<BareContext>({
  typeDefs: [...(await readSchema())],
  resolvers: { Query: Object.fromEntries(FIELDS.map((field) => [field, fromMemory])) },
  nodeEnv: 'production',
  stopOnTerminationSignals: false,
  plugins: [
    fastifyApolloDrainPlugin(app),
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginLandingPageDisabled(),
  ],
});
await apollo.start();
app.route({
  method: ['GET', 'POST', 'OPTIONS'],
  url: '/graphql',
  handler: fastifyApolloHandler(apollo, {
    context: async ({ body }) => {
      const { operationName, variables } = body as { readonly operationName: string; readonly variables: unknown };
      const data = answers.get(answerKey(operationName, variables));
      if (data === undefined) throw new Error('asked for what it was not given');
      return { data };
    },
  }),
});
const url = await app.listen({ host: '127.0.0.1', port: 0 });
answerParent({ url, statements: () => ({ reads: 0, writes: 0 }), close: () => apollo.stop() });
