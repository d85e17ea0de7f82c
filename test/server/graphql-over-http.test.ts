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

/**
 * What the specification leaves open, and the server does not do: a GET whose headers any page may send, from any site,
 * is refused against cross-site request forgery. With `apollo-require-preflight`, which only a page of this site may
 * send, the same GET is answered: see the test of links below.
 */
const NOTICES = [
  { id: '5A70', name: 'MAY accept application/x-www-form-urlencoded formatted GET requests' },
  {
    id: 'D6D5',
    name: 'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  },
  {
    id: '6A70',
    name: 'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
  },
];

test('the server passes the audit of the GraphQL-over-HTTP specification', async () => {
  const results = await auditServer({ url: `${server.url}/graphql` });
  expect(results).toHaveLength(61);
  const told = results.filter(({ status }) => status !== 'ok').map(({ id, name, status }) => ({ id, name, status }));
  expect(told).toEqual(NOTICES.map((notice) => ({ ...notice, status: 'notice' })));
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
  expect(response.status).toBe(200);
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
    expect(response.status).toBe(415);
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

const TALES = 'scenes(filter: { corpus: "tales" }, first: 200)';

/** Requests that are well formed, and refused before anything runs. */
const REFUSED: Readonly<Record<string, readonly [string, string, Record<string, unknown>?]>> = {
  'no GraphQL': ['{ corpora {', 'GRAPHQL_PARSE_FAILED'],
  'an unknown field': ['{ corpora { nodes { nme } } }', 'GRAPHQL_VALIDATION_FAILED'],
  'a variable of another type': [
    'query ($first: Int!) { corpora(first: $first) { nodes { id } } }',
    'BAD_USER_INPUT',
    { first: 'много' },
  ],
  'no telling which operation': ['query A { __typename } query B { __typename }', 'OPERATION_RESOLUTION_FAILURE'],
  'too great a depth': [`{ scene(id: "0") { ${'next { '.repeat(20)} id ${'}'.repeat(20)} } }`, 'QUERY_TOO_LARGE'],
  'too many objects': [
    `{ ${TALES} { nodes { couplings(first: 200) { nodes { other { couplings(first: 200) { nodes { weight } } } } } } } }`,
    'QUERY_TOO_LARGE',
  ],
};

/** What a client accepts, the type it gets, and the status of a request refused by GraphQL's own rules. */
const ACCEPTED = [
  ['application/graphql-response+json', 'application/graphql-response+json', 400],
  ['application/json', 'application/json', 200],
  ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json', 400],
  ['application/json, application/graphql-response+json;q=0.9', 'application/json', 200],
  // The specification leaves the choice to the server; the audit wants application/json.
  ['*/*', 'application/json', 200],
] as const;

describe.each(Object.keys(REFUSED))('%s', (name) => {
  test.each(ACCEPTED)('is refused to who accepts %s in %s with %d', async (accept, type, status) => {
    const [query, code, variables] = REFUSED[name] ?? ['', ''];
    const response = await server.post(query, variables, { accept });
    expect([response.status, response.headers.get('content-type')]).toEqual([status, `${type}; charset=utf-8`]);
    expect((await errorOf(response)).extensions['code']).toBe(code);
  });
});

test.each(ACCEPTED)('an error while a query runs is 200 to who accepts %s', async (accept, type) => {
  const response = await server.post('{ corpora(first: 0) { nodes { id } } }', {}, { accept });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
  expect((await errorOf(response)).extensions['code']).toBe('BAD_ARGUMENT');
});

test('who accepts no JSON is told so, and sent it all the same', async () => {
  const response = await server.post('{ corpora { nodes { id } } }', {}, { accept: 'text/html' });
  expect(response.status).toBe(406);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect((await errorOf(response)).extensions['code']).toBe('BAD_REQUEST');
});

test.each([
  '{}',
  '{"query":""}',
  '{"query":7}',
  '{"qeury":"{ __typename }"}',
  '{"query":"{ __typename }","variables":[7]}',
  '{"query":"{ __typename }","variables":"{}"}',
  '{"query":"{ __typename }","operationName":7}',
  '{"query":"{ __typename }","extensions":[]}',
])('%s is no GraphQL request, whatever the client accepts', async (body) => {
  for (const [accept, type] of ACCEPTED) {
    const response = await send({ method: 'POST', headers: { ...JSON_TYPE, accept }, body });
    expect([response.status, response.headers.get('content-type')]).toEqual([400, `${type}; charset=utf-8`]);
    expect((await errorOf(response)).extensions['code']).toBe('BAD_REQUEST');
  }
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
