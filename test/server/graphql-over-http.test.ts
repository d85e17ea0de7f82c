import { request } from 'node:http';
import { auditServer } from 'graphql-http';
import { LIMITS } from '../api/open-api.ts';
import { story } from '../api/sketches.ts';
import { JSON_TYPE, serve, type TestServer } from './serve.ts';

const BYTES_MAX = 2 ** 16;
let server: TestServer;

beforeAll(async () => {
  server = await serve({ limits: { ...LIMITS, documentBytesMax: BYTES_MAX } });
  for (const lang of ['ru', 'en'] as const) await server.api.write(story(lang));
});

afterAll(() => server.close());

const send = (init: RequestInit, path = '/graphql'): Promise<Response> => fetch(server.url + path, init);

/** The one error of an answer that must be GraphQL's JSON, with no stack in it. */
const errorOf = async (response: Response): Promise<{ message: string; extensions: Record<string, unknown> }> => {
  expect(response.headers.get('content-type')).toMatch(/^application\/(?:graphql-response\+)?json/u);
  const text = await response.text();
  expect(text).not.toMatch(/node_modules|\bat .+:\d+:\d+/u);
  const { errors } = JSON.parse(text);
  expect(errors).toHaveLength(1);
  return errors[0];
};

test('the server passes the audit of the GraphQL-over-HTTP specification', async () => {
  const results = await auditServer({ url: `${server.url}/graphql` });
  const failed = results.filter(({ status }) => status === 'error').map(({ id, name }) => `${id} ${name}`);
  expect(results.length).toBeGreaterThan(50);
  expect(failed).toEqual([]);
  const notices = results.filter(({ status }) => status !== 'ok').map(({ id }) => id);
  // Simple requests without a content type are refused, against cross-site request forgery.
  expect(notices.length).toBeLessThanOrEqual(6);
});

test('queries in both languages are answered', async () => {
  const response = await server.post('{ corpora { nodes { name sceneCount } } }');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    data: {
      corpora: {
        nodes: [
          { name: 'tales', sceneCount: 6 },
          { name: 'сказки', sceneCount: 6 },
        ],
      },
    },
  });
});

test.each(['{', '', '"query"', '[]', '{"query": }', 'nonsense', '{"query":"{ corpora }"', 'null'])(
  'a body of %j is refused as JSON',
  async (body) => {
    for (const accept of ['*/*', 'text/html', 'application/json', 'application/graphql-response+json']) {
      const response = await send({ method: 'POST', headers: { ...JSON_TYPE, accept }, body });
      expect(response.status).toBe(400);
      if (accept.includes('graphql')) expect(response.headers.get('content-type')).toContain(accept);
      expect((await errorOf(response)).extensions['code']).toBe('BAD_REQUEST');
    }
  },
);

test('bytes that are no UTF-8 do no harm', async () => {
  const body = Buffer.concat([
    Buffer.from('{"query":"{ corpus(name: \\"'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('\\") { id } }"}'),
  ]);
  const response = await send({ method: 'POST', headers: JSON_TYPE, body });
  expect([200, 400]).toContain(response.status);
  expect(response.headers.get('content-type')).toContain('json');
});

test('a body of another type is refused as JSON', async () => {
  const response = await send({ method: 'POST', headers: { 'content-type': 'application/xml' }, body: '<query/>' });
  expect(response.status).toBe(415);
  expect((await errorOf(response)).extensions['code']).toBe('BAD_REQUEST');
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'a form of %s cannot send a query from another site',
  async (type) => {
    const response = await send({
      method: 'POST',
      headers: { 'content-type': type },
      body: '{"query":"{ corpora { nodes { id } } }"}',
    });
    expect([400, 415]).toContain(response.status);
    await errorOf(response);
  },
);

test('a link cannot send a query from another site, and a GET cannot change anything', async () => {
  const get = (query: string, headers: Record<string, string> = {}) =>
    send({ headers }, `/graphql?query=${encodeURIComponent(query)}`);
  expect((await get('{ corpora { nodes { id } } }')).status).toBe(400);
  const allowed = { 'apollo-require-preflight': 'yes' };
  expect((await get('{ corpora { nodes { id } } }', allowed)).status).toBe(200);
  const change = await get('mutation { deleteCorpus(name: "tales") { documents } }', allowed);
  expect(change.status).toBe(405);
  expect(await server.api.ask('{ corpus(name: "tales") { name } }')).toEqual({ corpus: { name: 'tales' } });
});

test.each(['PUT', 'DELETE', 'PATCH'])('%s is not allowed', async (method) => {
  const response = await send({
    method,
    headers: JSON_TYPE,
    body: '{"query":"{ corpora { nodes { id } } }"}',
  });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, POST');
});

test('errors of the query itself are 400, those of its data 200', async () => {
  const status = async (query: string) => (await server.post(query)).status;
  expect(await status('{ corpora {')).toBe(400);
  expect(await status('{ corpora { nodes { nme } } }')).toBe(400);
  expect(await status(`{ scene(id: "0") { ${'next { '.repeat(20)} id ${'}'.repeat(20)} } }`)).toBe(400);
  expect(
    await status(
      '{ scenes(filter: { corpus: "tales" }, first: 200) { nodes { couplings(first: 200) { nodes { other { couplings(first: 200) { nodes { weight } } } } } } } }',
    ),
  ).toBe(400);
  expect(await status('{ corpora(first: 0) { nodes { id } } }')).toBe(200);
});

test('several queries in one body are refused', async () => {
  const body = JSON.stringify([{ query: '{ corpora { nodes { id } } }' }, { query: '{ corpora { nodes { id } } }' }]);
  expect((await send({ method: 'POST', headers: JSON_TYPE, body })).status).toBe(400);
});

test('a body of more than three times the largest document is refused with the limit', async () => {
  const response = await server.post('query ($text: String!) { corpus(name: $text) { id } }', {
    text: 'x'.repeat(5 * BYTES_MAX + 2 ** 18),
  });
  expect(response.status).toBe(413);
  const { extensions } = await errorOf(response);
  expect(extensions).toMatchObject({ code: 'QUERY_TOO_LARGE', class: 'LIMIT_EXCEEDED' });
  expect(extensions['details']).toMatchObject({ expected: `at most ${3 * BYTES_MAX + 2 ** 18} bytes` });
});

test('the largest document comes through however its letters are written', async () => {
  const text = 'ё'.repeat(BYTES_MAX / 2);
  const escaped = text.replaceAll('ё', '\\u0451');
  const body = `{"query":"query ($text: String!) { corpus(name: $text) { id } }","variables":{"text":"${escaped}"}}`;
  const response = await send({ method: 'POST', headers: JSON_TYPE, body });
  expect(response.status).toBe(200);
  expect((await errorOf(response)).extensions['code']).toBe('BAD_NAME');
});

test('keys that would poison an object are refused', async () => {
  const body = '{"query":"{ corpora { nodes { id } } }","__proto__":{"polluted":true}}';
  expect((await send({ method: 'POST', headers: JSON_TYPE, body })).status).toBe(400);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('an unexpected error tells the client a request id and nothing else', async () => {
  const broken = await serve();
  try {
    Object.defineProperty(broken.api.store, 'corpora', { value: () => Promise.reject(new Error('тайна')) });
    const { extensions, message } = await errorOf(await broken.post('{ corpora { nodes { id } } }'));
    expect(message).toBe('internal error');
    expect(extensions['code']).toBe('INTERNAL');
    const line = JSON.parse(broken.log[0] ?? '{}');
    expect(line).toMatchObject({ reqId: extensions['requestId'], err: { message: 'тайна' } });
  } finally {
    await broken.close();
  }
});

test('a client that goes away cancels what was done for it', async () => {
  const slow = await serve();
  try {
    let cancelled: (reason: unknown) => void = () => {};
    const cancel = new Promise((resolve) => {
      cancelled = resolve;
    });
    const started = new Promise<void>((begun) => {
      const read = (_source: unknown, { signal }: { signal: AbortSignal }) => {
        signal.addEventListener('abort', () => cancelled(signal.reason));
        begun();
        return new Promise(() => {});
      };
      Object.assign(slow.api.services.reader, { read });
    });
    const query = 'mutation { readText(input: { corpus: "сказки", name: "дверь", text: "Он стоял." }) { sceneCount } }';
    const client = request(`${slow.url}/graphql`, { method: 'POST', headers: JSON_TYPE });
    client.on('error', () => {});
    client.end(JSON.stringify({ query }));
    await started;
    client.destroy();
    expect(await cancel).toMatchObject({ message: 'the client is gone' });
  } finally {
    await slow.close();
  }
});
