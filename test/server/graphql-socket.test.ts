import { setTimeout } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { revokeKey } from '../../src/access/change-keys.ts';
import { corpusName, documentName } from '../../src/scene/name.ts';
import { story } from '../api/sketches.ts';
import { type KeyRing, openKeyRing } from './keys.ts';
import { serve, type TestServer } from './serve.ts';

const PROTOCOL = 'graphql-transport-ws';
const WATCH = 'subscription ($name: String!) { corpus(name: $name) { name documentCount sceneCount revision } }';

let open: TestServer;
let keyed: TestServer;
let ring: KeyRing;

beforeAll(async () => {
  ring = await openKeyRing();
  open = await serve();
  keyed = await serve({ authenticator: ring.authenticator, access: { subscriptionsMax: 3, introspection: false } });
  for (const server of [open, keyed]) for (const lang of ['ru', 'en'] as const) await server.api.write(story(lang));
});

afterAll(async () => {
  await open.close();
  await keyed.close();
  ring.remove();
});

const addressOf = (server: TestServer): string => `${server.url.replace('http', 'ws')}/graphql`;

/** A connection message by message. */
class Raw {
  readonly socket: WebSocket;
  readonly received: { type: string; id?: string; payload?: unknown }[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;

  constructor(
    server: TestServer,
    { protocol = PROTOCOL, headers = {} }: { protocol?: string | string[]; headers?: Record<string, string> } = {},
  ) {
    this.socket = new WebSocket(addressOf(server), protocol, { headers });
    this.socket.on('message', (data) => this.received.push(JSON.parse(String(data))));
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      this.socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
  }

  async opened(): Promise<this> {
    if (this.socket.readyState !== WebSocket.OPEN) await new Promise((resolve) => this.socket.once('open', resolve));
    return this;
  }

  send(message: unknown): this {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    return this;
  }

  async until(type: string, id?: string): Promise<unknown> {
    while (true) {
      const found = this.received.find((message) => message.type === type && (id === undefined || message.id === id));
      if (found !== undefined) return found.payload;
      await new Promise((resolve) => this.socket.once('message', resolve));
    }
  }
}

const connect = async (server: TestServer, payload?: unknown): Promise<Raw> => {
  const raw = await new Raw(server).opened();
  raw.send({ type: 'connection_init', payload });
  await raw.until('connection_ack');
  return raw;
};

const subscribeTo = (id: string, query: string, variables: Record<string, unknown> = {}) => ({
  id,
  type: 'subscribe',
  payload: { query, variables },
});

describe('a connection is closed with the code of the protocol', () => {
  test('4400 for what is no message', async () => {
    for (const message of ['nonsense', '{"type":"unknown"}', '{}', '[]'])
      expect(await (await new Raw(open).opened()).send(message).closed).toMatchObject({ code: 4400 });
  });

  test('4401 for an operation before the connection is acknowledged', async () => {
    const raw = await new Raw(open).opened();
    expect(await raw.send(subscribeTo('1', '{ __typename }')).closed).toEqual({ code: 4401, reason: 'Unauthorized' });
  });

  test('4403 for a key that is wrong or missing', async () => {
    for (const payload of [undefined, {}, { authorization: 'Bearer hs_wrong' }, { authorization: 5 }]) {
      const raw = await new Raw(keyed).opened();
      expect(await raw.send({ type: 'connection_init', payload }).closed).toEqual({ code: 4403, reason: 'Forbidden' });
    }
  });

  test('4406 for no protocol that the server speaks', async () => {
    expect(await new Raw(open, { protocol: [] }).closed).toEqual({ code: 4406, reason: 'Subprotocol not acceptable' });
  });

  test('4408 for a client that never begins', async () => {
    expect(await new Raw(open).closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
  });

  test('4409 for two operations of one id', async () => {
    const raw = await connect(open);
    raw.send(subscribeTo('1', WATCH, { name: 'сказки' }));
    await raw.until('next', '1');
    expect(await raw.send(subscribeTo('1', WATCH, { name: 'tales' })).closed).toMatchObject({ code: 4409 });
  });

  test('4429 for beginning twice', async () => {
    const raw = await connect(open);
    expect(await raw.send({ type: 'connection_init' }).closed).toMatchObject({ code: 4429 });
  });

  test('1009 for a message beyond a quarter of a megabyte', async () => {
    const raw = await connect(open);
    expect(await raw.send(subscribeTo('1', `{ __typename } #${'x'.repeat(2 ** 18)}`)).closed).toMatchObject({
      code: 1009,
    });
  });

  test('1001 when the server stops', async () => {
    const stopping = await serve();
    await stopping.api.write(story('ru'));
    const raw = await connect(stopping);
    raw.send(subscribeTo('1', WATCH, { name: 'сказки' }));
    await raw.until('next', '1');
    await stopping.close();
    expect(await raw.closed).toEqual({ code: 1001, reason: 'the server stops' });
  });
});

test('a page of another site may not connect', async () => {
  const refused = new Raw(open, { headers: { origin: 'https://evil.example' } });
  expect(await refused.closed).toMatchObject({ code: 1006 });
  const own = await new Raw(open, { headers: { origin: open.url } }).opened();
  own.send({ type: 'connection_init' });
  await own.until('connection_ack');
  own.socket.close();
});

test.each([
  ['сказки', 'новая', 'Царь стоял у двери и молчал.', 'ru'],
  ['tales', 'new', 'The king stood at the door in silence.', 'en'],
] as const)('a subscription to %s tells of each change', async (corpus, name, text, lang) => {
  const client = createClient({ url: addressOf(open), webSocketImpl: WebSocket, retryAttempts: 0 });
  const seen: { documentCount: number; revision: number }[] = [];
  const events = client.iterate<{ corpus: (typeof seen)[number] }>({ query: WATCH, variables: { name: corpus } });
  const next = async () => {
    const { value } = await events.next();
    expect(value.errors).toBeUndefined();
    seen.push(value.data.corpus);
  };
  await next();
  const write = {
    corpus: corpusName(corpus),
    name: documentName(name),
    lang,
    sha256: 'a'.repeat(64),
    bytes: Buffer.byteLength(text),
  };
  await open.api.store.writeDocument(
    write,
    (async function* () {
      yield { type: 'text' as const, text };
    })(),
  );
  await next();
  await open.api.store.deleteDocument(corpusName(corpus), documentName(name));
  await next();
  expect(seen.map(({ documentCount }) => documentCount)).toEqual([1, 2, 1]);
  expect(seen[2]?.revision).toBeGreaterThan(seen[1]?.revision ?? 0);
  await events.return?.();
  await client.dispose();
});

test('a corpus that is not there is told, and a bad name is an error of the project’s own', async () => {
  const raw = await connect(open);
  raw.send(subscribeTo('1', WATCH, { name: 'none' }));
  expect(await raw.until('next', '1')).toEqual({ data: { corpus: null } });
  raw.send(subscribeTo('2', WATCH, { name: ' ' }));
  expect(await raw.until('next', '2')).toMatchObject({
    errors: [{ extensions: { code: 'BAD_NAME', class: 'BAD_USER_INPUT' } }],
  });
  await raw.until('complete', '2');
  raw.socket.close();
});

test('queries and changes come by the same connection, within the same limits', async () => {
  const raw = await connect(open);
  raw.send(subscribeTo('1', '{ corpus(name: "tales") { sceneCount } }'));
  expect(await raw.until('next', '1')).toEqual({ data: { corpus: { sceneCount: 6 } } });
  await raw.until('complete', '1');
  const hostile = {
    deep: `{ scene(id: "0") { ${'next { '.repeat(20)} id ${'}'.repeat(20)} } }`,
    tokens: `{ ${'__typename '.repeat(3000)} }`,
    aliases: `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: corpus(name: "tales") { id }`).join(' ')} }`,
    perParent: '{ corpora { nodes { documents { totalCount } } } }',
    objects:
      '{ scenes(filter: { corpus: "tales" }, first: 200) { nodes { couplings(first: 200) { nodes { other { couplings(first: 200) { nodes { weight } } } } } } } }',
  };
  for (const [id, query] of Object.entries(hostile)) {
    raw.send(subscribeTo(id, query));
    expect(await raw.until('error', id)).toMatchObject([{ extensions: { code: 'QUERY_TOO_LARGE' } }]);
  }
  for (const [id, query] of Object.entries({
    syntax: '{',
    unknown: '{ nonsense }',
    none: 'fragment F on Scene { id }',
  })) {
    raw.send(subscribeTo(id, query));
    expect(await raw.until('error', id)).toHaveLength(1);
  }
  raw.socket.close();
});

describe('with keys', () => {
  const signedIn = (scope: keyof KeyRing['keys']) => connect(keyed, { authorization: `Bearer ${ring.keys[scope]}` });

  test('an operation needs its scope', async () => {
    const raw = await signedIn('read');
    raw.send(subscribeTo('1', 'mutation { deleteDocument(corpus: "tales", name: "story") { documents } }'));
    expect(await raw.until('error', '1')).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    raw.send(subscribeTo('2', '{ __schema { types { name } } }'));
    expect(await raw.until('error', '2')).toHaveLength(2);
    raw.socket.close();
  });

  test('another workspace is not seen', async () => {
    const raw = await signedIn('elsewhere');
    raw.send(subscribeTo('1', WATCH, { name: 'tales' }));
    expect(await raw.until('next', '1')).toEqual({ data: { corpus: null } });
    raw.socket.close();
  });

  test('a caller has no more subscriptions than it may, and ending one makes room', async () => {
    const raw = await signedIn('write');
    for (const id of ['1', '2', '3']) {
      raw.send(subscribeTo(id, WATCH, { name: 'tales' }));
      await raw.until('next', id);
    }
    raw.send(subscribeTo('4', WATCH, { name: 'tales' }));
    expect(await raw.until('error', '4')).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    raw.send({ id: '1', type: 'complete' });
    // The server needs no answer to end one, and gives none.
    await setTimeout(100);
    raw.send(subscribeTo('5', WATCH, { name: 'tales' }));
    await raw.until('next', '5');
    raw.socket.close();
    const other = await signedIn('write');
    await setTimeout(100);
    other.send(subscribeTo('6', WATCH, { name: 'tales' }));
    await other.until('next', '6');
    other.socket.close();
  });

  test('a key that was revoked opens no connection', async () => {
    const before = await signedIn('read');
    before.socket.close();
    await revokeKey(ring.path, 'read');
    await setTimeout(2100);
    const raw = await new Raw(keyed).opened();
    raw.send({ type: 'connection_init', payload: { authorization: `Bearer ${ring.keys.read}` } });
    expect(await raw.closed).toMatchObject({ code: 4403 });
  });
});
