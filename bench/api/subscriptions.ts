import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { ask } from './ask.ts';
import type { Child } from './child.ts';
import { NOTES } from './fill.ts';

/** Subscriptions that are open beside the load, each over a connection of its own. */
export interface Subscriptions {
  /** What they were told meanwhile. */
  close(): Promise<{
    readonly open: number;
    readonly events: number;
    /** The subscription that was told least. */
    readonly fewest: number;
    readonly errors: number;
  }>;
}

const QUERY = 'subscription Watch($name: String!) { corpus(name: $name) { revision } }';
const FIELDS = 'query Fields { __schema { subscriptionType { fields { name } } } }';

/** Null where the server has no such subscription. @throws Error when one does not open */
export const subscribe = async (ours: Child, count: number): Promise<Subscriptions | null> => {
  const { __schema } = await ask(ours, FIELDS);
  const fields: readonly { readonly name: string }[] = __schema.subscriptionType?.fields ?? [];
  if (!fields.some(({ name }) => name === 'corpus')) return null;
  const url = ours.url.replace(/^http/u, 'ws');
  const events = Array.from({ length: count }, () => 0);
  let errors = 0;
  const clients = await Promise.all(
    events.map(async (_, i) => {
      const client = createClient({ url, webSocketImpl: WebSocket, lazy: false, retryAttempts: 0 });
      await new Promise<void>((resolve, reject) => {
        client.on('connected', () => resolve());
        client.on('error', reject);
      });
      client.subscribe(
        { query: QUERY, variables: { name: NOTES } },
        {
          next: ({ errors: told }) => {
            events[i] = (events[i] ?? 0) + 1;
            if (told !== undefined) errors += 1;
          },
          error: () => {
            errors += 1;
          },
          complete: () => undefined,
        },
      );
      return client;
    }),
  );
  return {
    close: async () => {
      for (const client of clients) await client.dispose();
      return { open: count, events: events.reduce((sum, n) => sum + n, 0), fewest: Math.min(...events), errors };
    },
  };
};
