import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { HypersceneError } from '../../src/errors.ts';
import { requestIdOf } from '../../src/server/request-id.ts';
import { openLogger, withoutSecrets } from '../../src/telemetry/open-logger.ts';
import { serve, type TestServer } from './serve.ts';

const server: { current: TestServer | null } = { current: null };

const open = async (level: string): Promise<TestServer> => {
  server.current = await serve({ level });
  return server.current;
};

afterEach(async () => {
  await server.current?.close();
  server.current = null;
});

const linesOf = ({ log }: TestServer) => log.map((line) => JSON.parse(line) as Record<string, unknown>);
const requestsOf = (running: TestServer) => linesOf(running).filter(({ msg }) => msg === 'request');

/** A request is written when its connection's answer is over, which its client may see first. */
const written = async (running: TestServer, count: number) => {
  for (let tries = 0; tries < 1000 && requestsOf(running).length < count; tries++) await setTimeout(5);
  return requestsOf(running);
};

describe('the log of requests', () => {
  it('has one line for each, with its id, method, route, status and how long it took', async () => {
    const running = await open('info');
    await running.post('{ corpora { nodes { name } } }', {}, { 'x-request-id': 'ru-1.a:b_c' });
    await fetch(`${running.url}/no/such/path`);
    const [first, second, ...rest] = await written(running, 2);
    expect(first).toMatchObject({ level: 30, reqId: 'ru-1.a:b_c', method: 'POST', route: '/graphql', status: 200 });
    expect(first?.['ms']).toBeGreaterThan(0);
    expect(second).toMatchObject({ method: 'GET', route: 'none', status: 404 });
    expect(rest).toEqual([]);
  });

  it('leaves out the questions of probers', async () => {
    const running = await open('info');
    for (const path of ['/health', '/ready']) await fetch(running.url + path);
    await fetch(`${running.url}/last`);
    expect(await written(running, 1)).toMatchObject([{ route: 'none' }]);
  });

  it('has none of them above info', async () => {
    const running = await open('warn');
    await running.post('{ corpora { nodes { name } } }');
    expect(running.log).toEqual([]);
  });
});

describe('the id of a request', () => {
  it('is the one it came with, in the header of the answer and in its errors', async () => {
    const running = await open('warn');
    const headers = { 'x-request-id': 'a-1' };
    for (const query of ['{ нет', '{ none }', '{ scenes(filter: {corpus: "нет"}) { nodes { id } } }']) {
      const response = await running.post(query, {}, headers);
      expect(response.headers.get('x-request-id')).toBe('a-1');
      const { errors } = (await response.json()) as { errors: { extensions: object }[] };
      for (const { extensions } of errors) expect(extensions).toMatchObject({ requestId: 'a-1' });
      expect(errors.length).toBeGreaterThan(0);
    }
    const unreadable = await fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{',
    });
    expect(await unreadable.json()).toMatchObject({ errors: [{ extensions: { requestId: 'a-1' } }] });
  });

  it('is a new one where none came, or one that is not sane', async () => {
    const running = await open('warn');
    const ids = new Set<string | null>();
    for (const given of [undefined, '', 'a b', '"', 'x'.repeat(129), '{jndi:ldap://x}', '<script>']) {
      const response = await fetch(
        `${running.url}/health`,
        given === undefined ? {} : { headers: { 'x-request-id': given } },
      );
      const id = response.headers.get('x-request-id');
      expect(id).toMatch(/^[\w-]{36}$/u);
      ids.add(id);
    }
    expect(ids.size).toBe(7);
  });

  it('is of 1 to 128 safe characters, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (given) => {
        const id = requestIdOf({ headers: { 'x-request-id': given } });
        expect(id).toMatch(/^[\w.:-]{1,128}$/u);
        if (/^[\w.:-]{1,128}$/u.test(given)) expect(id).toBe(given);
      }),
    );
  });
});

/** Each stands in a place of its own, so that a failure says where it got out. */
const SECRETS = {
  header: 'sk-live-1234567890abcdef',
  basic: 'cGFyb2w6cGFyb2wxMjM=',
  cookie: 'session-9876543210',
  query: 'key-in-the-url-55',
  variable: 'пароль-в-переменной',
  text: 'тайный-текст-запроса',
  broken: 'secret-in-broken-request',
  apiKey: 'x-api-key-value-77',
};

const sendRaw = (url: string, bytes: string): Promise<void> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    socket.on('error', () => resolve()).on('close', () => resolve());
    socket.resume();
  });

const getWithBody = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const sent = httpRequest(
      url,
      { method: 'GET', headers: { authorization: `Bearer ${SECRETS.header}` } },
      (response) => {
        response.resume().on('end', resolve);
      },
    );
    sent.on('error', reject).end();
  });

describe.each(['debug', 'trace'])('secrets at level %s', (level) => {
  it('are in no line, wherever a client puts them', async () => {
    const running = await open(level);
    const headers = {
      authorization: `Bearer ${SECRETS.header}`,
      cookie: `sid=${SECRETS.cookie}`,
      'x-api-key': SECRETS.apiKey,
      'proxy-authorization': `Basic ${SECRETS.basic}`,
    };
    const failing = () =>
      Promise.reject(new HypersceneError('STORE_FAILED', 'the engine failed', { cause: new Error('inside') }));
    Object.defineProperty(running.api.store, 'corpora', { configurable: true, value: failing });
    for (const query of [
      '{ corpora { nodes { name } } }',
      `{ ${'нет'} }`,
      `query { corpus(name: "${SECRETS.text}") { name } }`,
    ])
      await running.post(query, { password: SECRETS.variable }, headers);
    await fetch(`${running.url}/graphql?query={corpora{nodes{name}}}&key=${SECRETS.query}`, { headers });
    await fetch(`${running.url}/${SECRETS.text}?token=${SECRETS.query}`, { headers });
    await fetch(`${running.url}/graphql`, { method: 'POST', headers, body: SECRETS.text });
    await fetch(`${running.url}/ready`, { headers });
    await getWithBody(`${running.url}/backup?access_token=${SECRETS.query}`);
    await sendRaw(
      running.url,
      `GET /${SECRETS.broken} HTTP/1.1\r\nauthorization: Bearer ${SECRETS.broken}\r\nbad header\r\n\r\n`,
    );
    await written(running, 6);
    const text = running.log.join('');
    // The log did speak of them.
    expect(text).toContain('"msg":"request failed"');
    for (const [place, secret] of Object.entries(SECRETS)) {
      expect([place, text.includes(secret)]).toEqual([place, false]);
      // Bytes of a buffer, as JSON writes them.
      const bytes = [...Buffer.from(secret)].slice(0, 12).join(',');
      expect([place, text.includes(bytes)]).toEqual([place, false]);
    }
    if (level === 'trace') expect(text).toContain('client error');
  });
});

describe('a line of the log', () => {
  const log = (write: (logger: ReturnType<typeof openLogger>) => void): string => {
    const lines: string[] = [];
    write(openLogger('trace', { write: (line: string) => lines.push(line) }));
    return lines.join('');
  };

  it('has no field that holds a secret, at the top or below', () => {
    const line = log((logger) =>
      logger.info({
        authorization: 's3cret-1',
        headers: { cookie: 's3cret-2', 'x-api-key': 's3cret-3' },
        req: { headers: { authorization: 's3cret-4' } },
        connectionParams: { token: 's3cret-5' },
        config: { store: { credentials: { password: 's3cret-6' } } },
      }),
    );
    expect(line).not.toContain('s3cret');
    expect(JSON.parse(line)).toMatchObject({ authorization: '…' });
  });

  it('has neither passwords of addresses nor keys of queries, in messages, errors and their causes', () => {
    const error = new Error('cannot reach redis://user:s3cret-7@host:6379/0', {
      cause: new Error('GET https://api.example/v1?api_key=s3cret-8&x=1 with Bearer s3cret-9aaaa'),
    });
    const line = log((logger) => logger.error({ err: error }, 'amqp://:s3cret-0@host'));
    expect(line).not.toContain('s3cret');
    expect(JSON.parse(line)).toMatchObject({ err: { message: expect.stringContaining('redis://…@host:6379/0') } });
  });

  it('keeps all else as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!/[:?&@]|bearer|basic/iu.test(text));
        expect(withoutSecrets(text)).toBe(text);
      }),
    );
  });

  it('loses any password of an address, and stays JSON', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9_.!~*'()%$-]{6,30}$/u);
    fc.assert(
      fc.property(word, word, (user, password) => {
        fc.pre(!'redis://…@host'.includes(password) && !user.includes(password));
        const line = log((logger) => logger.warn({ url: `redis://${user}:${password}@host` }, 'm'));
        expect((JSON.parse(line) as { url: string }).url).toBe('redis://…@host');
      }),
    );
  });
});
