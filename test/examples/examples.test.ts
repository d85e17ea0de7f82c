import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { LanguageModel } from '../../src/model/language-model.ts';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { LIMITS } from '../api/open-api.ts';
import { ROOT } from '../cli/run-cli.ts';
import { modelFolders, openTestModel } from '../model/llama/llama-model.ts';
import { serve, type TestServer } from '../server/serve.ts';

const FOLDER = join(ROOT, 'examples');

/** What runs a file of each kind. */
const RUNNERS: Readonly<Record<string, (path: string) => readonly [string, ...string[]]>> = {
  curl: (path) => ['bash', path],
  typescript: (path) => [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    '--conditions=hyperscene-source',
    path,
  ],
  // No byte code beside the examples.
  python: (path) => ['python3', '-B', path],
};

/** Sourced or imported by the others. */
const SHARED = ['curl/ask.sh', 'python/hyperscene.py'];

const EXAMPLES = Object.keys(RUNNERS)
  .flatMap((kind) => readdirSync(join(FOLDER, kind)).map((name) => `${kind}/${name}`))
  .filter((name) => /\.(?:sh|ts|py)$/u.test(name) && !SHARED.includes(name));

const run = (
  example: string,
  env: Record<string, string>,
): Promise<{ status: number | null; out: string; err: string }> => {
  const [command, ...args] = RUNNERS[example.split('/')[0] ?? '']?.(join(FOLDER, example)) ?? ['false'];
  const { HYPERSCENE_KEY: _, HYPERSCENE_URL: __, ...inherited } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...inherited, PYTHONIOENCODING: 'utf-8', ...env } });
    const text = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text.out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      text.err += chunk;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...text }));
  });
};

let folders: Awaited<ReturnType<typeof modelFolders>>;
let model: LanguageModel;
let reader: Reader;
let server: TestServer;

beforeAll(async () => {
  reader = await openReader({ bytesMax: LIMITS.documentBytesMax });
  folders = await modelFolders();
  model = openTestModel(folders);
  server = await serve({ reader, model });
});

afterAll(async () => {
  await server.close();
  await reader.close();
  await model.close();
  await folders.remove();
});

test('every kind has its examples', () => {
  expect(EXAMPLES.length).toBeGreaterThanOrEqual(8);
  for (const kind of Object.keys(RUNNERS)) expect(EXAMPLES.some((name) => name.startsWith(kind))).toBe(true);
});

describe.each(EXAMPLES)('%s', (example) => {
  test('does what it says, in Russian and in English, and again', async () => {
    const env = { HYPERSCENE_URL: `${server.url}/graphql` };
    const first = await run(example, env);
    expect(first).toMatchObject({ status: 0, err: '' });
    expect(first.out).toMatch(/[а-я]{3}/u);
    expect(first.out).toMatch(/[a-z]{3}/u);
    expect(await run(example, env)).toMatchObject({ status: 0, err: '' });
  });

  test('sends the key it is given, and fails where it is refused', async () => {
    const keys = new Set<string | undefined>();
    const refusing = createServer((request, response) => {
      keys.add(request.headers.authorization);
      response.writeHead(401, { 'content-type': 'application/graphql-response+json' });
      response.end('{"errors":[{"message":"no such key","extensions":{"code":"UNAUTHENTICATED"}}]}');
    });
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    try {
      const HYPERSCENE_URL = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}/graphql`;
      const { status, err } = await run(example, { HYPERSCENE_URL, HYPERSCENE_KEY: 'k-1' });
      expect(status).not.toBe(0);
      expect(err).toContain('no such key');
      expect(keys).toEqual(new Set(['Bearer k-1']));
    } finally {
      await new Promise((resolve) => refusing.close(resolve));
    }
  });
});
