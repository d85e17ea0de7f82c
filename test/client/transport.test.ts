import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLError, GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { createClient } from '../../src/client/client.ts';
import { HypersceneClientError } from '../../src/client/client-error.ts';

/** What stands between a client and the service: it answers by a list of what to do, one a request. */
type Turn = (response: ServerResponse) => void;

const status =
  (code: number, headers: Record<string, string> = {}, body = '<html>a proxy</html>'): Turn =>
  (response) =>
    response.writeHead(code, headers).end(body);
const hang: Turn = () => {};
const cut: Turn = (response) => response.destroy();
const answer = status(200, { 'content-type': 'application/json' }, '{"data":{"hello":"привет"}}');

const servers: Server[] = [];

const between = async (...turns: readonly Turn[]) => {
  const seen: { headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push({ headers: request.headers, body });
    (turns[seen.length - 1] ?? answer)(response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, seen };
};

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const backoff = { retries: 2, baseMs: 1, maxMs: 5 };
const failure = (promise: Promise<unknown>): Promise<HypersceneClientError> =>
  promise.then(
    () => {
      throw new TypeError('it did not fail');
    },
    (error) => error,
  );

test.each([429, 502, 503, 504])('a query comes through after status %d', async (code) => {
  const { url, seen } = await between(status(code), status(code));
  expect(await createClient({ url, backoff }).request('{ hello }', {})).toEqual({ hello: 'привет' });
  expect(seen).toHaveLength(3);
});

test.each([400, 401, 403, 404, 500])('status %d of a proxy is told, and not tried again', async (code) => {
  const { url, seen } = await between(status(code));
  const error = await failure(createClient({ url, backoff }).request('{ hello }', {}));
  expect(error).toBeInstanceOf(HypersceneClientError);
  expect(error).toMatchObject({ code: 'BAD_ANSWER', status: code, retriable: false });
  expect(seen).toHaveLength(1);
});

test.each(['', 'null', '[]', '{}', '{"data":null}', '{"errors":[]}', '7'])(
  '%j is no answer, though its status is 200',
  async (body) => {
    const { url } = await between(status(200, {}, body));
    expect(await failure(createClient({ url, backoff }).request('{ hello }', {}))).toMatchObject({
      code: 'BAD_ANSWER',
    });
  },
);

test('a query is sent again where the connection broke or no answer came; a change is not, since it may have been made', async () => {
  for (const [turn, code] of [
    [cut, 'NETWORK'],
    [hang, 'TIMEOUT'],
  ] as const) {
    const query = await between(turn);
    expect(await createClient({ url: query.url, backoff, timeoutMs: 300 }).request('{ hello }', {})).toEqual({
      hello: 'привет',
    });
    expect(query.seen).toHaveLength(2);
    const change = await between(turn);
    const client = createClient({ url: change.url, backoff, timeoutMs: 300 });
    expect(await failure(client.request('mutation { hello }', {}))).toMatchObject({
      code,
      retriable: true,
      status: null,
    });
    expect(change.seen).toHaveLength(1);
  }
});

test('a change that a proxy did not let through is sent again', async () => {
  const { url, seen } = await between(status(503, { 'retry-after': '0' }));
  expect(await createClient({ url, backoff }).request('mutation { hello }', {})).toEqual({ hello: 'привет' });
  expect(seen).toHaveLength(2);
});

test('it waits as long as it is told to', async () => {
  const { url } = await between(status(429, { 'retry-after': '1' }));
  const client = createClient({ url, backoff });
  const early = await failure(client.request('{ hello }', {}, { signal: AbortSignal.timeout(300) }));
  expect(early.name).toBe('TimeoutError');
});

test('nobody there is a network error', async () => {
  const { url } = await between();
  for (const server of servers.splice(0)) server.close();
  const error = await failure(createClient({ url, backoff: { retries: 0 } }).request('{ hello }', {}));
  expect(error).toMatchObject({ code: 'NETWORK', retriable: true, class: null });
});

test('the key and the types are sent, and no key where there is none', async () => {
  const { url, seen } = await between();
  await createClient({ url, key: 'ключ-нет'.replaceAll(/[^a-z-]/gu, 'k') }).request('query A($a: Int) { hello }', {
    a: 1,
  });
  await createClient({ url }).request('{ hello }', {});
  expect(seen[0]).toMatchObject({
    headers: { authorization: 'Bearer kkkk-kkk', 'content-type': 'application/json' },
    body: '{"query":"query A($a: Int) { hello }","variables":{"a":1}}',
  });
  expect(seen[0]?.headers['accept']).toMatch(/^application\/graphql-response\+json/u);
  expect(seen[1]?.headers).not.toHaveProperty('authorization');
});

describe('subscriptions by graphql-ws', () => {
  const counter = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { hello: { type: GraphQLString } } }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: {
        count: {
          type: new GraphQLNonNull(GraphQLInt),
          args: { to: { type: new GraphQLNonNull(GraphQLInt) }, failAt: { type: GraphQLInt } },
          subscribe: async function* (_, { to, failAt }) {
            for (let i = 1; i <= to; i += 1) yield { count: i === failAt ? null : i };
          },
          resolve: ({ count }) => {
            if (count === null)
              throw new GraphQLError('не вышло', { extensions: { code: 'STORE_TIMEOUT', retriable: true } });
            return count;
          },
        },
      },
    }),
  });

  const open = async (key?: string) => {
    const { url } = await between();
    const keys: unknown[] = [];
    const sockets = new WebSocketServer({ server: servers[0] as Server, path: '/graphql' });
    const running = useServer(
      {
        schema: counter,
        onConnect: ({ connectionParams }) => {
          keys.push(connectionParams?.['authorization']);
          return key === undefined || connectionParams?.['authorization'] === `Bearer ${key}`;
        },
      },
      sockets,
    );
    return { url, keys, sockets, close: () => running.dispose() };
  };

  const COUNT = 'subscription ($to: Int!, $failAt: Int) { count(to: $to, failAt: $failAt) }';

  test('results come one by one until the end; leaving the loop ends it', async () => {
    const service = await open('k');
    const client = createClient({ url: service.url, key: 'k', webSocket: WebSocket });
    const counted: unknown[] = [];
    for await (const result of client.subscribe(COUNT, { to: 5 })) counted.push(result);
    expect(counted).toEqual([1, 2, 3, 4, 5].map((count) => ({ count })));
    for await (const result of client.subscribe(COUNT, { to: 1_000_000 })) {
      expect(result).toEqual({ count: 1 });
      break;
    }
    expect(new Set(service.keys)).toEqual(new Set(['Bearer k']));
    await client.close();
    await service.close();
  });

  test('an error of a result has its code, one of the query too, and a refused connection', async () => {
    const service = await open('k');
    const client = createClient({ url: service.url, key: 'k' });
    const counted: unknown[] = [];
    const all = async (operation: string, variables: object): Promise<void> => {
      for await (const result of client.subscribe(operation, variables)) counted.push(result);
    };
    expect(await failure(all(COUNT, { to: 3, failAt: 2 }))).toMatchObject({ code: 'STORE_TIMEOUT', retriable: true });
    expect(counted).toEqual([{ count: 1 }]);
    expect(await failure(all('subscription { nothing }', {}))).toBeInstanceOf(HypersceneClientError);
    await client.close();
    const stranger = createClient({ url: service.url, key: 'x' });
    const refused = await failure(stranger.subscribe(COUNT, { to: 1 }).next());
    expect(refused).toMatchObject({
      code: 'NETWORK',
      retriable: false,
      message: expect.stringContaining('4403'),
    });
    expect(service.keys.filter((shown) => shown === 'Bearer x')).toHaveLength(1);
    await stranger.close();
    await service.close();
  });
});
