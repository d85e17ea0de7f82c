import { createServer } from 'node:net';
import { pino } from 'pino';
import { HypersceneError } from '../../src/errors.ts';
import { startServer } from '../../src/server/start-server.ts';
import { openApi, type TestApi } from '../api/open-api.ts';
import { story } from '../api/sketches.ts';
import { ACCESS, OPEN, serve } from './serve.ts';

const logger = pino({ level: 'silent' });
let api: TestApi;

beforeAll(async () => {
  api = await openApi();
  await api.write(story('ru'));
});

afterAll(() => api.close());

/** Longer than a test may take: what ends in it was not cut off. */
const DRAIN = { delay: 0, timeout: 600_000 };

const start = (port: number) => {
  const { limits, ...services } = api.services;
  const config = { host: '127.0.0.1', port, limits, access: ACCESS, drain: DRAIN };
  return startServer({ ...services, store: api.store, authenticator: OPEN, config, logger });
};

test('a port in use is named, and nothing is left listening', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => holder.once('listening', resolve));
  const { port } = holder.address() as { port: number };
  await expect(start(port)).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: expect.stringContaining(String(port)),
    retriable: true,
  });
  await new Promise((resolve) => holder.close(resolve));
  const server = await start(port);
  expect(server.url).toBe(`http://127.0.0.1:${port}`);
  await server.close();
});

test('health tells that the process lives, ready that the store answers', async () => {
  const server = await serve();
  try {
    const get = async (path: string) => {
      const response = await fetch(server.url + path);
      return [response.status, await response.json()];
    };
    expect(await get('/health')).toEqual([200, { status: 'ok' }]);
    expect(await get('/ready')).toEqual([200, { status: 'ready' }]);
    await server.api.database.close();
    expect(await get('/health')).toEqual([200, { status: 'ok' }]);
    expect(await get('/ready')).toEqual([503, { status: 'unavailable', check: 'store', code: 'STORE_CLOSED' }]);
  } finally {
    await server.close();
  }
});

test('closing lets a request under way end, and takes no new one', async () => {
  const server = await start(0);
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const whole = api.store.corpora.bind(api.store);
  const reached = new Promise<void>((begun) => {
    Object.defineProperty(api.store, 'corpora', {
      configurable: true,
      value: async (page: { first: number }) => {
        begun();
        await held;
        return whole(page);
      },
    });
  });
  const answer = fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ corpora { nodes { name } } }"}',
  });
  await reached;
  const closed = server.close();
  release();
  const response = await answer;
  expect(await response.json()).toEqual({ data: { corpora: { nodes: [{ name: 'сказки' }] } } });
  await closed;
  await expect(fetch(`${server.url}/health`)).rejects.toThrow('fetch failed');
  Object.defineProperty(api.store, 'corpora', { configurable: true, value: whole });
});

test('every answer carries the security headers', async () => {
  const server = await start(0);
  try {
    for (const path of ['/', '/graphql', '/health', '/assets/start.js', '/no-such-path']) {
      const { headers } = await fetch(server.url + path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-powered-by')).toBeNull();
    }
  } finally {
    await server.close();
  }
});

test('an unknown path is told without a word about the machine', async () => {
  const server = await start(0);
  try {
    for (const path of ['/no-such-path', '/assets/../start-server.ts', '/assets/%2e%2e/start-server.ts', '/%00']) {
      const response = await fetch(server.url + path);
      expect([400, 404]).toContain(response.status);
      expect(await response.text()).not.toMatch(/node_modules|src\/|\bat .+:\d+/u);
    }
  } finally {
    await server.close();
  }
});

test('a request that heeds no signal loses its connection when its time is over, and the log says so', async () => {
  const server = await serve({ level: 'info', drain: { delay: 0, timeout: 50 } });
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reached = new Promise<void>((begun) => {
    Object.defineProperty(server.api.store, 'corpora', {
      configurable: true,
      value: async () => {
        begun();
        await held;
        return { items: [], hasNextPage: false };
      },
    });
  });
  const answer = server.post('{ corpora { nodes { name } } }', {}, { 'x-request-id': 'deaf' });
  const refused = expect(answer).rejects.toThrow('fetch failed');
  await reached;
  const closed = server.close();
  await refused;
  release();
  await closed;
  const messages = server.log.map((line) => JSON.parse(line) as { msg: string; requests?: unknown; count?: number });
  expect(messages).toContainEqual(expect.objectContaining({ requests: ['deaf'], count: 1, timeout: 50 }));
  expect(messages).toContainEqual(
    expect.objectContaining({ level: 40, count: 1, msg: 'connections closed before their requests were answered' }),
  );
});

test('a service is ready only while all that it needs answers', async () => {
  let isThere = true;
  const ask = async () => {
    if (!isThere) throw new HypersceneError('REDIS_UNREACHABLE', 'Redis does not answer');
  };
  const server = await serve({ readiness: [{ name: 'queue', ask }], level: 'silent' });
  try {
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
    isThere = false;
    const response = await fetch(`${server.url}/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'unavailable', check: 'queue', code: 'REDIS_UNREACHABLE' });
  } finally {
    await server.close();
  }
});
