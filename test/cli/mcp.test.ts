import { join } from 'node:path';
import { connectStdio } from '../mcp/connect.ts';
import { jsonLines, makeFolder, ROOT, type RunningCli, removeFolder, runCli, STORIES, startCli } from './run-cli.ts';

const LAUNCHER = join(ROOT, 'bin/hyperscene.js');
const folder = makeFolder();
const data = join(folder, 'graph');

beforeAll(async () => {
  for (const [corpus, story] of Object.entries(STORIES))
    expect((await runCli(['read', story, '--corpus', corpus, '--quiet'], { data })).status).toBe(0);
});
afterAll(() => removeFolder(folder));

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

const toolCall = (id: number, name: string, given: object) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: given },
});

const lines = (messages: readonly unknown[]): string => messages.map((one) => `${JSON.stringify(one)}\n`).join('');

const urlOf = async (server: RunningCli): Promise<string> =>
  jsonLines<{ readonly url: string }>(await server.seen('stdout', '\n'))[0]?.url ?? '';

const stop = async ({ child, done }: RunningCli): Promise<void> => {
  child.kill('SIGTERM');
  await done;
};

describe('standard input and output', () => {
  it('carry the protocol and nothing else, and all is answered before the end', async () => {
    const stdin = lines([
      INITIALIZE,
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      toolCall(2, 'search', { corpus: 'ru', text: 'барабан' }),
      toolCall(3, 'assemble', { corpus: 'en', query: 'the clock of ebony strikes', tokens: 100, labels: 'EN' }),
      toolCall(4, 'read', { corpus: 'ru', name: 'мысль.md', text: '# Мысль\n\nЕмельян бросил барабан в реку.' }),
      toolCall(5, 'expand', { ref: 'no' }),
    ]);
    const env = { HYPERSCENE_LOG_LEVEL: 'debug', HYPERSCENE_UNKNOWN: 'x' };
    const { status, stdout, stderr } = await runCli(['mcp'], { data, stdin, env });
    const answers = jsonLines<{ readonly id: number; readonly result: { readonly isError?: boolean } }>(stdout);
    expect(new Map(answers.map(({ id, result }) => [id, result.isError ?? false]))).toEqual(
      new Map([
        [1, false],
        [2, false],
        [3, false],
        [4, false],
        [5, true],
      ]),
    );
    expect([status, stderr]).toEqual([0, '']);
    const { stdout: scenes } = await runCli(['scenes', '--corpus', 'ru', '--document', 'мысль.md', '--json'], { data });
    expect(scenes).toContain('Емельян бросил барабан в реку.');
  });

  it('survive what is no message', async () => {
    const stdin = `{\nnot json\n\n${lines([INITIALIZE, { jsonrpc: '2.0', id: 2, method: 'none' }])}`;
    const { status, stdout } = await runCli(['mcp'], { data, stdin });
    const byId = (one: { readonly id: number }, other: { readonly id: number }): number => one.id - other.id;
    const answers = [...jsonLines<{ readonly id: number }>(stdout)].sort(byId);
    expect(answers).toMatchObject([
      { id: 1, result: {} },
      { id: 2, error: { code: -32601 } },
    ]);
    expect(status).toBe(0);
  });

  it('are a real client’s way to the tools', async () => {
    const { call, close } = await connectStdio(LAUNCHER, ['--data', data], {});
    const { output } = await call('activate', { corpus: 'en', query: 'the ebony clock at midnight', labels: 'EN' });
    expect(output.scenes.length).toBe(15);
    const { text } = await call('activate', { corpus: 'ru', query: 'тихая тоска перед дождём' });
    expect(text).toContain('"тоска" (TENSION, ');
    await close();
    // Another process may open the graph: the first one is gone, and closed it.
    expect((await runCli(['corpora'], { data })).status).toBe(0);
  });
});

describe('a call under way', () => {
  const given = { corpus: 'long', name: 'a.txt', text: 'Царь вышел к реке. Емельян ждал у ворот. '.repeat(4000) };

  it('is stopped by a cancellation', async () => {
    const model = await connectStdio(LAUNCHER, ['--data', data], {});
    const leaving = new AbortController();
    const seen: string[] = [];
    const onprogress = ({ message = '' }): void => {
      seen.push(message);
      leaving.abort('enough');
    };
    await expect(model.call('read', given, { signal: leaving.signal, onprogress })).rejects.toThrow('enough');
    expect(seen[0]).toMatch(/^reading "a\.txt": \d+ of \d+ bytes$/u);
    const { output } = await model.call('corpora');
    expect(output.corpora.map(({ name }: { name: string }) => name)).toEqual(['en', 'ru']);
    await model.close();
    expect((await runCli(['corpora'], { data })).stdout).not.toContain('long');
  });

  it('is stopped by SIGTERM, and the graph stays whole', async () => {
    const call = toolCall(2, 'read', given);
    const progressing = { ...call, params: { ...call.params, _meta: { progressToken: 7 } } };
    const { child, done, seen } = startCli(['mcp'], { data, stdin: lines([INITIALIZE, progressing]) });
    await seen('stdout', 'notifications/progress');
    child.kill('SIGTERM');
    const { status, stdout } = await done;
    expect(status).toBe(0);
    expect(jsonLines<{ readonly id?: number }>(stdout).filter(({ id }) => id === 2)).toEqual([]);
    expect((await runCli(['corpora'], { data })).stdout).not.toContain('long');
  });
});

describe('beside a server that has the graph open', () => {
  let server: RunningCli;
  let url: string;
  beforeAll(async () => {
    server = startCli(['serve', '--port', '0', '--json'], { data });
    url = await urlOf(server);
  });
  afterAll(() => stop(server));

  it('asks that server, and says so', async () => {
    const model = await connectStdio(LAUNCHER, ['--data', data], {});
    const { output } = await model.call('search', { corpus: 'ru', text: 'барабан', first: 1 });
    expect(output.hits).toHaveLength(1);
    const refused = await model.call('search', { corpus: 'нет', text: 'барабан' });
    expect(refused).toMatchObject({ isError: true, text: expect.stringContaining('CORPUS_NOT_FOUND') });
    expect(model.stderr()).toMatch(new RegExp(`^process \\d+ has the graph open; asking it at ${url}\n$`, 'u'));
    await model.close();
  });

  it('asks no server of another workspace', async () => {
    const { status, stderr } = await runCli(['mcp', '--workspace', 'other'], { data });
    expect(status).toBe(69);
    expect(stderr).toMatch(/^error STORE_LOCKED: /mu);
  });

  it('asks the server that it is told, and opens no graph', async () => {
    const elsewhere = join(folder, 'unused');
    for (const [args, env] of [
      [['--url', url], {}],
      [[], { HYPERSCENE_URL: url }],
    ] as const) {
      const model = await connectStdio(LAUNCHER, ['--data', elsewhere, ...args], env);
      const { output } = await model.call('search', { corpus: 'en', text: 'ebony clock', first: 2, labels: 'EN' });
      expect(output.hits).toHaveLength(2);
      await model.close();
    }
  });

  it('lets the same tools be had over HTTP', async () => {
    const response = await fetch(`${url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify(INITIALIZE),
    });
    expect(await response.text()).toContain('"name":"hyperscene"');
  });
});

it('says that nothing answers at an address', async () => {
  const stdin = lines([INITIALIZE, toolCall(2, 'corpora', {})]);
  const { status, stdout } = await runCli(['mcp', '--url', 'http://127.0.0.1:1'], { data, stdin });
  expect(stdout).toContain(
    'error SERVER_UNREACHABLE: the server does not answer; expected a running `hyperscene serve`',
  );
  expect(status).toBe(0);
});

it.each([
  ['ftp://127.0.0.1', /^error USAGE: bad --url; expected an address like/mu],
  ['http://me:secret@127.0.0.1', /^error USAGE: bad --url(?!.*secret)/mu],
])('refuses the address %s', async (address, expected) => {
  const { status, stderr } = await runCli(['mcp', '--url', address], { data });
  expect([status, stderr]).toEqual([2, expect.stringMatching(expected)]);
});

it('shows its key to the server that asks for one, which turns off by a setting', async () => {
  const guarded = join(folder, 'guarded');
  const made = await runCli(['key', 'create', 'model', '--scope', 'read', '--json'], { data: guarded });
  const [{ key } = { key: '' }] = jsonLines<{ readonly key: string }>(made.stdout);
  const server = startCli(['serve', '--port', '0', '--json'], { data: guarded, env: { HYPERSCENE_MCP: 'off' } });
  const url = await urlOf(server);
  try {
    expect((await fetch(`${url}/mcp`, { method: 'POST', headers: { authorization: `Bearer ${key}` } })).status).toBe(
      404,
    );
    const stdin = lines([
      INITIALIZE,
      toolCall(2, 'corpora', {}),
      toolCall(3, 'read', { corpus: 'c', name: 'n', text: 'Он шёл.' }),
    ]);
    const without = await runCli(['mcp', '--url', url], { data, stdin });
    expect(without.stdout).toContain('error UNAUTHENTICATED: ');
    const { stdout, stderr } = await runCli(['mcp', '--url', url], { data, stdin, env: { HYPERSCENE_KEY: key } });
    expect(stdout).toContain('No corpus yet');
    expect(stdout).toMatch(/error FORBIDDEN: .*scope write/u);
    expect(stdout + stderr).not.toContain(key);
  } finally {
    await stop(server);
  }
});
