import { corpusName } from '../../scene/name.ts';
import type { Resolvers } from '../generated/resolver-types.ts';

export const subscriptionResolvers = {
  Subscription: {
    corpus: {
      subscribe: (_, { name }, { changes, store, signal }) => {
        const corpus = corpusName(name);
        return eventsOf('corpus', changes.watch(store, corpus, signal));
      },
    },
  },
} satisfies Resolvers;

/** Each as the event of its field, which is what the default resolver looks for. */
async function* eventsOf<Name extends string, T>(
  name: Name,
  values: AsyncIterable<T>,
): AsyncGenerator<Record<Name, T>> {
  for await (const value of values) yield { [name]: value } as Record<Name, T>;
}
