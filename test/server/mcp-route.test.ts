import { request } from 'node:http';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { LIMITS } from '../api/open-api.ts';
import { story } from '../api/sketches.ts';
import { connectHttp } from '../mcp/connect.ts';
import { BYTES_MAX, storyReader, storyText } from '../mcp/open-stories.ts';
import { bearer, type KeyRing, openKeyRing } from './keys.ts';
import { JSON_TYPE, serve, type TestServer } from './serve.ts';

const HEADERS = { ...JSON_TYPE, accept: 'application/json, text/event-stream' };

const initialize = (protocolVersion = '2025-11-25') => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion, capabilities: {}, clientInfo: { name: 'test', version: '1' } },
});

const tool = (id: number, name: string, given: object = {}) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: given },
});

const post = (server: TestServer, message: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}/mcp`, {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body: typeof message === 'string' ? message : JSON.stringify(message),
  });

/** The header that carries a new session. */
const begin = async (server: TestServer, headers: Record<string, string> = {}): Promise<Record<string, string>> => {
  const response = await post(server, initialize(), headers);
  await response.text();
  return { 'mcp-session-id': response.headers.get('mcp-session-id') ?? '', ...headers };
};

const statusOf = async (response: Promise<Response>): Promise<number> => {
  const { status, body } = await response;
  await body?.cancel();
  return status;
};

/** Answers of an event stream. */
const messages = async (response: Response): Promise<readonly unknown[]> =>
  [...(await response.text()).matchAll(/^data: (.+)$/gmu)].map(([, line = '']) => JSON.parse(line));

let server: TestServer;
let keys: KeyRing;
beforeAll(async () => {
  keys = await openKeyRing();
  server = await serve({ reader: storyReader() });
  for (const lang of ['ru', 'en'] as const) await server.api.write(story(lang));
});
afterAll(async () => {
  await server.close();
  keys.remove();
});

describe('a session', () => {
  it('begins with initialize, answers in its version, and ends with DELETE', async () => {
    const response = await post(server, initialize('2025-06-18'));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await messages(response)).toMatchObject([{ id: 1, result: { protocolVersion: '2025-06-18' } }]);
    const session = { 'mcp-session-id': response.headers.get('mcp-session-id') ?? '' };
    expect(session['mcp-session-id']).toMatch(/^[\da-f-]{36}$/u);
    const called = await post(server, tool(2, 'corpora'), session);
    expect(await messages(called)).toMatchObject([
      { id: 2, result: { structuredContent: { corpora: [{ name: 'tales' }, { name: 'сказки' }] } } },
    ]);
    expect(await statusOf(fetch(`${server.url}/mcp`, { method: 'DELETE', headers: session }))).toBe(200);
    expect(await statusOf(post(server, tool(3, 'corpora'), session))).toBe(404);
  });

  it('is asked for, and must be known', async () => {
    expect(await statusOf(post(server, tool(1, 'corpora')))).toBe(400);
    expect(await statusOf(post(server, tool(1, 'corpora'), { 'mcp-session-id': 'none' }))).toBe(404);
    expect(await statusOf(fetch(`${server.url}/mcp`, { method: 'DELETE' }))).toBe(400);
  });

  it('speaks no version that it does not know', async () => {
    const session = await begin(server);
    expect(await statusOf(post(server, tool(1, 'corpora'), { ...session, 'mcp-protocol-version': '1999-01-01' }))).toBe(
      400,
    );
    expect(await statusOf(post(server, tool(1, 'corpora'), { ...session, 'mcp-protocol-version': '2025-11-25' }))).toBe(
      200,
    );
  });

  it('that was unused for longest gives way where there are too many', async () => {
    const few = await serve({ mcp: { sessionsMax: 2 } });
    try {
      const [first, second] = [await begin(few), await begin(few)];
      await (await post(few, tool(1, 'corpora'), first)).text();
      const third = await begin(few);
      expect(await statusOf(post(few, tool(2, 'corpora'), second))).toBe(404);
      for (const session of [first, third]) expect(await statusOf(post(few, tool(3, 'corpora'), session))).toBe(200);
    } finally {
      await few.close();
    }
  });

  it('ends when it was idle for too long', async () => {
    const hasty = await serve({ mcp: { idleTimeout: 50 } });
    try {
      const session = await begin(hasty);
      while ((await statusOf(post(hasty, { jsonrpc: '2.0', method: 'none' }, session))) !== 404)
        await new Promise((resolve) => setTimeout(resolve, 120));
    } finally {
      await hasty.close();
    }
  });

  it('counts each message of a batch', async () => {
    const session = await begin(server);
    const response = await post(
      server,
      [tool(1, 'corpora'), tool(2, 'search', { corpus: 'tales', text: 'door' })],
      session,
    );
    const answers = (await messages(response)) as { id: number }[];
    expect(answers.map(({ id }) => id).sort()).toEqual([1, 2]);
    const rated = await serve({ authenticator: keys.authenticator, access: { rateLimit: 5 } });
    try {
      const mine = await begin(rated, bearer(keys.keys.read));
      const five = [1, 2, 3, 4, 5].map((id) => tool(id, 'corpora'));
      expect(await statusOf(post(rated, five, mine))).toBe(429);
    } finally {
      await rated.close();
    }
  });
});

describe('what is no request', () => {
  it('is refused in the form of the protocol', async () => {
    const cases: readonly [Promise<Response>, number, number][] = [
      [post(server, '{'), 400, -32700],
      [post(server, ''), 400, -32700],
      [post(server, initialize(), { accept: 'application/json' }), 406, -32000],
      [post(server, 'a', { 'content-type': 'text/plain' }), 415, -32000],
      [post(server, initialize(), { origin: 'http://evil.example' }), 403, -32000],
      [post(server, 'a'.repeat(4 * 2 ** 20 + 1)), 413, -32000],
      [fetch(`${server.url}/mcp`, { headers: HEADERS }), 405, -32000],
      [fetch(`${server.url}/mcp`, { method: 'PUT' }), 405, -32000],
    ];
    for (const [answer, status, code] of cases) {
      const response = await answer;
      const body = (await response.json()) as { readonly error: { readonly message: string } };
      expect([response.status, body]).toMatchObject([status, { jsonrpc: '2.0', id: null, error: { code } }]);
      expect(body.error.message).not.toMatch(/node_modules|src\//u);
    }
  });

  it('allows what it allows', async () => {
    const response = await fetch(`${server.url}/mcp`, { method: 'PATCH' });
    expect(response.headers.get('allow')).toBe('POST, DELETE');
  });

  it('comes from a page of another site by a name of its own', async () => {
    const { port } = new URL(server.url);
    const status = await new Promise((resolve, reject) => {
      const headers = { ...HEADERS, host: `evil.example:${port}`, origin: `http://evil.example:${port}` };
      request({ port, host: '127.0.0.1', path: '/mcp', method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end(JSON.stringify(initialize()));
    });
    expect(status).toBe(403);
    const { origin } = new URL(server.url);
    expect(await statusOf(post(server, initialize(), { origin }))).toBe(200);
  });
});

describe('with keys', () => {
  let guarded: TestServer;
  beforeAll(async () => {
    guarded = await serve({ authenticator: keys.authenticator, reader: storyReader() });
    await guarded.api.write(story('ru'));
  });
  afterAll(() => guarded.close());

  it('lets in nobody without one', async () => {
    const response = await post(guarded, initialize());
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Bearer');
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('UNAUTHENTICATED') } });
    expect(await statusOf(post(guarded, initialize(), bearer('hs_wrong')))).toBe(401);
  });

  it('lets a key read that may read, and change nothing', async () => {
    const reader = await connectHttp(guarded.url, keys.keys.read);
    expect(await reader.call('corpora')).toMatchObject({ isError: false, output: { corpora: [{ name: 'сказки' }] } });
    for (const [name, given] of [
      ['read', { corpus: 'c', name: 'a.txt', text: 'He came.' }],
      ['collapse', { corpus: 'сказки' }],
    ] as const) {
      const { isError, text } = await reader.call(name, given);
      expect(text).toMatch(/^error FORBIDDEN: .*scope write/u);
      expect(isError).toBe(true);
    }
    await reader.close();
    const writer = await connectHttp(guarded.url, keys.keys.write);
    expect(await writer.call('collapse', { corpus: 'сказки' })).toMatchObject({ isError: false });
    await writer.close();
  });

  it('shows no workspace to another', async () => {
    const elsewhere = await connectHttp(guarded.url, keys.keys.elsewhere);
    expect(await elsewhere.call('corpora')).toMatchObject({ output: { corpora: [] } });
    expect((await elsewhere.call('search', { corpus: 'сказки', text: 'дверь' })).text).toContain('CORPUS_NOT_FOUND');
    await elsewhere.close();
  });

  it('answers in a session only to who began it', async () => {
    const session = await begin(guarded, bearer(keys.keys.read));
    expect(await statusOf(post(guarded, tool(1, 'corpora'), { ...session, ...bearer(keys.keys.write) }))).toBe(404);
    const { 'mcp-session-id': id = '' } = session;
    expect(await statusOf(post(guarded, tool(1, 'corpora'), { 'mcp-session-id': id }))).toBe(401);
    expect(await statusOf(post(guarded, tool(1, 'corpora'), session))).toBe(200);
  });
});

describe('a long call', () => {
  const text = `${storyText('ru')}\n\n`.repeat(10);
  const limits = { ...LIMITS, documentBytesMax: BYTES_MAX };
  // In a thread of its own, so that this one can say stop.
  let reader: Reader;
  beforeAll(async () => {
    reader = await openReader({ bytesMax: BYTES_MAX, sceneLengthMax: 2000 });
  });
  afterAll(() => reader.close());

  /** The reader, showing that it was told to stop, and when whoever asked it has done with it. */
  const watchedReader = () => {
    const ended: string[] = [];
    let done: () => void = () => {};
    const disposed = new Promise<void>((resolve) => {
      done = resolve;
    });
    const watched: Reader = {
      close: async () => {},
      read: async (source, options) => {
        options.signal?.addEventListener('abort', () => ended.push('stopped'));
        const reading = await reader.read(source, options);
        const dispose = async (): Promise<void> => {
          await reading.dispose();
          ended.push('disposed');
          done();
        };
        return { ...reading, parts: () => reading.parts(), dispose };
      },
    };
    return { ended, disposed, reader: watched };
  };

  const given = { corpus: 'сказки', name: 'долгая.txt', text };

  it('tells how far it is', async () => {
    const long = await serve({ reader, limits });
    try {
      const model = await connectHttp(long.url);
      const seen: { progress: number; message?: string | undefined }[] = [];
      const onprogress = (progress: { progress: number; message?: string | undefined }): void =>
        void seen.push(progress);
      await model.call('read', given, { onprogress });
      expect(seen.length).toBeGreaterThan(1);
      const progress = seen.map((one) => one.progress);
      expect(progress).toEqual([...new Set(progress)].sort((a, b) => a - b));
      expect(seen.map(({ message }) => message).join()).toMatch(/reading "долгая\.txt": \d+ of \d+ bytes/u);
      seen.length = 0;
      await model.call('collapse', { corpus: 'сказки' }, { onprogress });
      expect(seen.map(({ message }) => message).join()).toMatch(/collapsing "сказки": \d+ of \d+ couplings/u);
      await model.close();
    } finally {
      await long.close();
    }
  });

  it.each(['a cancellation', 'the end of its session', 'a client that is gone'])('is stopped by %s', async (what) => {
    const { reader: watched, ended, disposed } = watchedReader();
    const long = await serve({ reader: watched, limits });
    try {
      const model = await connectHttp(long.url);
      const leaving = new AbortController();
      const end = async (): Promise<void> => {
        if (what === 'a cancellation') leaving.abort('enough');
        else if (what === 'the end of its session') await model.close();
        else await model.client.close();
      };
      const call = model.call('read', given, { onprogress: () => void end(), signal: leaving.signal });
      await expect(call).rejects.toThrow();
      await disposed;
      expect(ended).toEqual(['stopped', 'disposed']);
      expect(await long.api.ask('{ corpora { nodes { name } } }')).toEqual({ corpora: { nodes: [] } });
      if (what === 'a cancellation') {
        expect(await model.call('corpora')).toMatchObject({ isError: false });
        await model.close();
      }
    } finally {
      await long.close();
    }
  });

  it('ends before the server does', async () => {
    const long = await serve({ reader, limits });
    const model = await connectHttp(long.url);
    let begun: () => void = () => {};
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const call = model.call('read', { ...given, text: storyText('en') }, { onprogress: () => begun() });
    await running;
    const closed = long.close();
    expect(await call).toMatchObject({ isError: false, output: { document: 'долгая.txt' } });
    await closed;
    await model.client.close();
  });
});

test('there is no /mcp where it is turned off', async () => {
  const off = await serve({ mcp: null });
  try {
    expect(await statusOf(post(off, initialize()))).toBe(404);
  } finally {
    await off.close();
  }
});
