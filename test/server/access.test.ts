import { request } from 'node:http';
import { pino } from 'pino';
import type { Authenticator } from '../../src/access/authenticator.ts';
import { HypersceneError } from '../../src/errors.ts';
import { startServer } from '../../src/server/start-server.ts';
import type { Answer } from '../api/open-api.ts';
import { story } from '../api/sketches.ts';
import { bearer, type KeyRing, openKeyRing } from './keys.ts';
import { ACCESS, JSON_TYPE, OPEN, serve, type TestServer } from './serve.ts';

const CORPORA = '{ corpora { nodes { name } } }';
const DELETE = 'mutation ($name: String!) { deleteCorpus(name: $name) { documents } }';
const DELETE_DOCUMENT = 'mutation { deleteDocument(corpus: "tales", name: "none") { documents } }';

let ring: KeyRing;
let server: TestServer;

beforeAll(async () => {
  ring = await openKeyRing();
  server = await serve({ authenticator: ring.authenticator });
  for (const lang of ['ru', 'en'] as const) await server.api.write(story(lang));
});

afterAll(async () => {
  await server.close();
  ring.remove();
});

const codeOf = async (response: Response): Promise<string> => {
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  return errors[0]?.extensions.code ?? 'none';
};

describe('without a key', () => {
  test.each(['/', '/graphql', '/nothing', '/mcp', '/metrics'])(
    '%s is refused, and says how to sign in',
    async (path) => {
      const response = await fetch(server.url + path);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toContain('Bearer');
      expect(response.headers.get('www-authenticate')).toContain('Basic');
      expect(await response.text()).not.toContain('tales');
    },
  );

  test('a query is refused in GraphQL’s form before its body is read', async () => {
    const response = await server.post(CORPORA);
    expect(response.status).toBe(401);
    expect(await codeOf(response)).toBe('UNAUTHENTICATED');
  });

  test.each(['/health', '/ready', '/assets/start.css'])('%s is open', async (path) => {
    expect((await fetch(server.url + path)).status).toBe(200);
  });

  test.each(['Bearer hs_wrong', 'Basic eDp5', 'Nonsense', 'Bearer '])('%j is refused', async (authorization) => {
    const response = await server.post(CORPORA, {}, { authorization });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('hs_wrong');
  });
});

describe('a key', () => {
  test('is taken as a token and as a password', async () => {
    const basic = Buffer.from(`anyone:${ring.keys.read}`).toString('base64');
    for (const authorization of [`Bearer ${ring.keys.read}`, `Basic ${basic}`]) {
      const response = await server.post(CORPORA, {}, { authorization });
      expect(await response.json()).toMatchObject({
        data: { corpora: { nodes: [{ name: 'tales' }, { name: 'сказки' }] } },
      });
    }
    expect((await fetch(server.url, { headers: bearer(ring.keys.read) })).status).toBe(200);
  });

  test('to read cannot change anything, whatever else the operation asks for', async () => {
    for (const query of [DELETE_DOCUMENT, `query Q ${CORPORA} ${DELETE_DOCUMENT.replace('mutation', 'mutation M')}`]) {
      const body = JSON.stringify({ query, operationName: query === DELETE_DOCUMENT ? undefined : 'M' });
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { ...JSON_TYPE, ...bearer(ring.keys.read) },
        body,
      });
      expect(response.status).toBe(403);
      expect(await codeOf(response)).toBe('FORBIDDEN');
    }
    const named = {
      query: `query Q ${CORPORA} ${DELETE_DOCUMENT.replace('mutation', 'mutation M')}`,
      operationName: 'Q',
    };
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { ...JSON_TYPE, ...bearer(ring.keys.read) },
      body: JSON.stringify(named),
    });
    expect(response.status).toBe(200);
  });

  test('to write cannot delete a corpus, by no fragment either', async () => {
    const hidden = `mutation { ...A } fragment A on Mutation { ... on Mutation { ...B } } fragment B on Mutation { deleteCorpus(name: "tales") { documents } }`;
    for (const query of [DELETE, hidden]) {
      const response = await server.post(query, { name: 'tales' }, bearer(ring.keys.write));
      expect(response.status).toBe(403);
    }
    expect(await codeOf(await server.post(DELETE_DOCUMENT, {}, bearer(ring.keys.write)))).toBe('DOCUMENT_NOT_FOUND');
    expect(await server.api.ask('{ corpus(name: "tales") { name } }')).toEqual({ corpus: { name: 'tales' } });
  });

  test('to administer may delete a corpus', async () => {
    const answer = await server.post(DELETE, { name: 'none' }, bearer(ring.keys.admin));
    expect(await codeOf(answer)).toBe('CORPUS_NOT_FOUND');
  });

  test('of another workspace reaches nothing of this one: by name, by id, by code, by change', async () => {
    const known = await server.api.ask(
      '{ scenes(filter: { corpus: "tales" }, first: 1) { nodes { id key document { id } code occurrence { id ref } } } corpus(name: "tales") { id } }',
    );
    const [scene] = known.scenes.nodes;
    const elsewhere = bearer(ring.keys.elsewhere);
    const query = `query ($ids: [ID!]!, $scene: ID!, $code: Code!, $ref: OccurrenceRef!) {
      corpora { nodes { name } } nodes(ids: $ids) { id } scene(id: $scene) { text } hypertoken(code: $code) { digest }
      occurrence(ref: $ref) { size } corpus(name: "tales") { name } document(corpus: "tales", name: "story") { text }
    }`;
    const variables = {
      ids: [scene.id, scene.document.id, scene.occurrence.id, known.corpus.id],
      scene: scene.key,
      code: scene.code,
      ref: scene.occurrence.ref,
    };
    const answer = await server.post(query, variables, elsewhere);
    expect(await answer.json()).toEqual({
      data: {
        corpora: { nodes: [] },
        nodes: [null, null, null, null],
        scene: null,
        hypertoken: null,
        occurrence: null,
        corpus: null,
        document: null,
      },
    });
    expect(await codeOf(await server.post(DELETE, { name: 'tales' }, elsewhere))).toBe('CORPUS_NOT_FOUND');
    expect(
      await codeOf(await server.post('{ scenes(filter: { corpus: "tales" }) { totalCount } }', {}, elsewhere)),
    ).toBe('CORPUS_NOT_FOUND');
  });

  test('never comes to the log, nor to any answer', async () => {
    const secrets = Object.values(ring.keys);
    const answers = await Promise.all([
      server.post('{ nonsense }', {}, bearer(ring.keys.read)),
      server.post(DELETE_DOCUMENT, {}, bearer(ring.keys.read)),
      fetch(`${server.url}/nothing?key=${ring.keys.read}`, { headers: bearer('hs_wrong') }),
    ]);
    for (const answer of answers)
      for (const secret of secrets) expect(await answer.clone().text()).not.toContain(secret);
    for (const secret of secrets) expect(server.log.join('\n')).not.toContain(secret);
  });
});

test('a file of keys that is damaged lets nobody in, and where it lies is not told', async () => {
  const damaged: Authenticator = {
    isOpen: false,
    authenticate: async () => {
      throw new HypersceneError('BAD_KEY_FILE', 'the file of keys is damaged', { at: '/secret/keys.json' });
    },
  };
  const broken = await serve({ authenticator: damaged });
  try {
    for (const path of ['/', '/graphql', '/corpora/tales/dump']) {
      const response = await fetch(broken.url + path, { headers: bearer(ring.keys.read) });
      expect(response.status).toBe(503);
      const text = await response.text();
      expect(text).toContain('BAD_KEY_FILE');
      expect(text).not.toContain('secret');
    }
    expect(broken.log.join()).toContain('/secret/keys.json');
  } finally {
    await broken.close();
  }
});

describe('rates', () => {
  test('a caller that asks too often is told when to come back, and others are not held up', async () => {
    const slow = await serve({ authenticator: ring.authenticator, access: { rateLimit: 3 } });
    try {
      const statuses = [];
      for (let i = 0; i < 5; i++) statuses.push((await slow.post(CORPORA, {}, bearer(ring.keys.read))).status);
      expect(statuses).toEqual([200, 200, 200, 429, 429]);
      const refused = await slow.post(CORPORA, {}, bearer(ring.keys.read));
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await codeOf(refused)).toBe('RATE_LIMITED');
      expect((await slow.post(CORPORA, {}, bearer(ring.keys.write))).status).toBe(200);
    } finally {
      await slow.close();
    }
  });

  test('an address that guesses keys is slowed down, and a valid key from there is not', async () => {
    const slow = await serve({ authenticator: ring.authenticator, access: { refusalLimit: 2 } });
    try {
      const statuses = [];
      for (let i = 0; i < 4; i++) statuses.push((await slow.post(CORPORA, {}, bearer(`hs_guess${i}`))).status);
      expect(statuses).toEqual([401, 401, 429, 429]);
      expect((await slow.post(CORPORA, {}, bearer(ring.keys.read))).status).toBe(200);
    } finally {
      await slow.close();
    }
  });

  test('nobody is counted where nobody signs in', async () => {
    const open = await serve({ access: { rateLimit: 1 } });
    try {
      for (let i = 0; i < 3; i++) expect((await open.post(CORPORA)).status).toBe(200);
    } finally {
      await open.close();
    }
  });
});

describe('where the server may be reached', () => {
  test.each(['0.0.0.0', '::', '192.0.2.1', 'example.org'])('%s needs keys', async (host) => {
    const { limits, ...services } = server.api.services;
    const config = { host, port: 0, limits, access: ACCESS };
    const logger = pino({ level: 'silent' });
    const starting = startServer({ ...services, store: server.api.store, authenticator: OPEN, config, logger });
    await expect(starting).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining('hyperscene key create'),
    });
  });

  test('0.0.0.0 with keys is served', async () => {
    const { limits, ...services } = server.api.services;
    const config = { host: '0.0.0.0', port: 0, limits, access: ACCESS };
    const logger = pino({ level: 'silent' });
    const { authenticator } = ring;
    const running = await startServer({ ...services, store: server.api.store, authenticator, config, logger });
    await running.close();
  });

  /** `fetch` does not let one choose the host. */
  const statusFor = (url: string, host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request(`${url}/health`, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });

  test('a name that leads here by a trick is refused where nobody signs in', async () => {
    const open = await serve({ access: { allowedHosts: ['scenes.example', 'other.example:8080'] } });
    try {
      for (const host of [
        'localhost',
        'LOCALHOST:1',
        '127.0.0.1',
        '127.9.9.9:80',
        '[::1]:4000',
        'scenes.example',
        'scenes.example:9',
        'other.example:8080',
      ])
        expect([host, await statusFor(open.url, host)]).toEqual([host, 200]);
      for (const host of [
        'evil.example',
        'localhost.evil.example',
        'other.example',
        '127.0.0.1.evil.example',
        '10.0.0.1',
      ])
        expect([host, await statusFor(open.url, host)]).toEqual([host, 403]);
    } finally {
      await open.close();
    }
  });

  test('with keys any name will do, unless some are named', async () => {
    expect(await statusFor(server.url, 'anything.example')).toBe(200);
    const named = await serve({ authenticator: ring.authenticator, access: { allowedHosts: ['scenes.example'] } });
    try {
      expect(await statusFor(named.url, 'scenes.example')).toBe(200);
      expect(await statusFor(named.url, 'anything.example')).toBe(403);
    } finally {
      await named.close();
    }
  });
});

describe('what can be turned off', () => {
  test('introspection: the schema is not told, by HTTP; queries work', async () => {
    const closed = await serve({ access: { introspection: false } });
    try {
      for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Scene") { name } }']) {
        const { data, errors } = (await (await closed.post(query)).json()) as Answer;
        expect([data, errors[0].extensions.code]).toEqual([undefined, 'GRAPHQL_VALIDATION_FAILED']);
      }
      expect(await (await closed.post('{ __typename }')).json()).toEqual({ data: { __typename: 'Query' } });
      expect((await server.post('{ __schema { types { name } } }', {}, bearer(ring.keys.read))).status).toBe(200);
    } finally {
      await closed.close();
    }
  });

  test('the page: nothing is there', async () => {
    const closed = await serve({ access: { page: false } });
    try {
      expect((await fetch(closed.url)).status).toBe(404);
      expect((await fetch(`${closed.url}/assets/start.js`)).status).toBe(404);
    } finally {
      await closed.close();
    }
  });
});

test('every answer carries the headers that keep a browser from harm, refusals too', async () => {
  for (const path of ['/', '/graphql', '/health', '/nothing']) {
    const { headers } = await fetch(server.url + path);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  }
});
