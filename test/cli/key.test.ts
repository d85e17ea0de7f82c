import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CliResult, jsonLines, makeFolder, removeFolder, runCli, STORIES, startCli } from './run-cli.ts';
import { runHere } from './run-here.ts';

let data: string;

beforeEach(() => {
  data = makeFolder();
});

afterEach(() => removeFolder(data));

const run = (...args: readonly string[]): Promise<CliResult> => runHere(args, { data });

const CORPORA = JSON.stringify({ query: '{ corpora { nodes { name } } }' });

const ask = (url: string, key?: string): Promise<Response> =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
    body: CORPORA,
  });

test('a key is printed once, listed without itself, and revoked', async () => {
  const made = await run('key', 'create', 'loader', '--scope', 'write', '--days', '30');
  expect(made.status).toBe(0);
  const key = made.stdout.trim();
  expect(key).toMatch(/^hs_[\w-]{43}$/u);
  expect(made.stderr).toContain('keys.json');
  expect(readFileSync(join(data, 'keys.json'), 'utf8')).not.toContain(key);
  const listed = await run('key', 'list');
  expect(listed.stdout).toMatch(/loader\s+write\s+default\s+\d{4}-\d\d-\d\d\s+\d{4}-\d\d-\d\d/u);
  expect(listed.stdout).not.toContain(key);
  const [line] = jsonLines<Record<string, unknown>>((await run('key', 'list', '--json')).stdout);
  expect(Object.keys(line ?? {}).toSorted()).toEqual(['created', 'expires', 'name', 'scopes', 'workspace']);
  expect((await run('key', 'revoke', 'loader')).stdout).toContain('revoked');
  expect(await run('key', 'revoke', 'loader')).toMatchObject({
    status: 66,
    stderr: expect.stringContaining('KEY_NOT_FOUND'),
  });
});

test('a bad scope, a bad name and a name twice are refused, and nothing is written', async () => {
  expect(await run('key', 'create', 'x', '--scope', 'root')).toMatchObject({ status: 2 });
  expect(await run('key', 'create', 'два слова')).toMatchObject({ status: 65, stdout: '' });
  expect(existsSync(join(data, 'keys.json'))).toBe(false);
  await run('key', 'create', 'x');
  const before = readFileSync(join(data, 'keys.json'), 'utf8');
  expect(await run('key', 'create', 'x')).toMatchObject({ status: 65, stderr: expect.stringContaining('KEY_EXISTS') });
  expect(readFileSync(join(data, 'keys.json'), 'utf8')).toBe(before);
});

test('once there is a key, the server asks for one, and opens the workspace of the key alone', async () => {
  for (const [workspace, corpus, story] of [
    ['один', 'сказки', STORIES.ru],
    ['two', 'tales', STORIES.en],
  ] as const)
    await run('read', story, '--corpus', corpus, '--workspace', workspace);
  const first = (await run('key', 'create', 'first', '--workspace', 'один')).stdout.trim();
  const second = (await run('key', 'create', 'second', '--workspace', 'two')).stdout.trim();
  const server = startCli(['serve', '--port', '0', '--host', '0.0.0.0', '--json'], { data });
  const { url: everywhere } = JSON.parse(await server.seen('stdout', '"url"')) as { url: string };
  const url = everywhere.replace('0.0.0.0', '127.0.0.1');
  try {
    expect((await ask(url)).status).toBe(401);
    expect(await (await ask(url, first)).json()).toEqual({ data: { corpora: { nodes: [{ name: 'сказки' }] } } });
    expect(await (await ask(url, second)).json()).toEqual({ data: { corpora: { nodes: [{ name: 'tales' }] } } });
  } finally {
    server.child.kill('SIGTERM');
    await server.done;
  }
});

test('other machines are not served without keys, and a file of keys that is not there is no open door', async () => {
  const open = await runCli(['serve', '--port', '0', '--host', '0.0.0.0'], { data });
  expect(open).toMatchObject({ status: 78, stdout: '' });
  expect(open.stderr).toContain('hyperscene key create');
  const missing = await runCli(['serve', '--port', '0'], {
    data,
    env: { HYPERSCENE_KEYS_FILE: join(data, 'none.json') },
  });
  expect(missing).toMatchObject({ status: 78, stderr: expect.stringContaining('HYPERSCENE_KEYS_FILE') });
  const half = await runCli(['serve', '--port', '0'], { data, env: { HYPERSCENE_JWKS: 'https://login.example/keys' } });
  expect(half).toMatchObject({ status: 78, stderr: expect.stringContaining('HYPERSCENE_JWT_ISSUER') });
});
