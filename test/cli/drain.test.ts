import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { jsonLines, makeFolder, type RunningCli, removeFolder, runCli, STORIES, startCli } from './run-cli.ts';

const folder = makeFolder();
afterAll(() => removeFolder(folder));

const serve = async (
  data: string,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningCli & { readonly url: string }> => {
  const server = startCli(['serve', '--port', '0', '--json'], { data, env: { HYPERSCENE_LOG_LEVEL: 'info', ...env } });
  const [first] = jsonLines<{ readonly url: string }>(await server.seen('stdout', '\n'));
  return { ...server, url: first?.url ?? '' };
};

interface Answer {
  readonly data?: { readonly readText: { readonly sceneCount: number } } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
}

const readText = async (url: string, text: string, lang: 'RU' | 'EN') => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'the-slow-one' },
    body: JSON.stringify({
      query: 'mutation ($input: ReadTextInput!) { readText(input: $input) { sceneCount } }',
      variables: { input: { corpus: 'долго', name: 'текст.txt', text, lang } },
    }),
  });
  return { status: response.status, answer: (await response.json()) as Answer };
};

const metric = async (url: string, name: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'mu').exec(text)?.[1]);
};

/** Until the slow request is under way: it and the one that asks. */
const underWay = async (url: string): Promise<void> => {
  for (let tries = 0; tries < 500; tries++) {
    if ((await metric(url, 'hyperscene_http_requests_in_flight')) >= 2) return;
    await setTimeout(10);
  }
  throw new Error('the request never began');
};

const isRefused = async (url: string): Promise<boolean> =>
  fetch(`${url}/health`).then(
    () => false,
    () => true,
  );

const until = async (asked: () => Promise<boolean>): Promise<boolean> => {
  for (let tries = 0; tries < 500; tries++) {
    if (await asked()) return true;
    await setTimeout(10);
  }
  return false;
};

const corpora = async (data: string) =>
  jsonLines<{ readonly name: string }>((await runCli(['corpora', '--json'], { data })).stdout);

const LANGS = [
  ['RU', STORIES.ru],
  ['EN', STORIES.en],
] as const;

describe.each(LANGS)('SIGTERM while a text is being read, %s', (lang, story) => {
  it('lets it end with 200 and takes nothing new, then closes the store and ends with status 0', async () => {
    const data = join(folder, `ends-${lang}`);
    const { url, child, done } = await serve(data, { HYPERSCENE_DRAIN_TIMEOUT: '100' });
    const text = `${readFileSync(story, 'utf8')}\n\n`.repeat(6);
    const slow = readText(url, text, lang);
    await underWay(url);
    child.kill('SIGTERM');
    expect(await until(() => isRefused(url))).toBe(true);
    const { status, answer } = await slow;
    expect([status, answer.errors]).toEqual([200, undefined]);
    const scenes = answer.data?.readText.sceneCount ?? 0;
    expect(scenes).toBeGreaterThan(100);
    const ended = await done;
    expect([ended.status, ended.signal]).toEqual([0, null]);
    expect(ended.stderr).not.toContain('cut off');
    expect(await corpora(data)).toMatchObject([{ name: 'долго', documents: 1, scenes }]);
  });
});

describe.each(LANGS)('a request that takes longer than it is given, %s', (lang, story) => {
  it('is aborted and answered, the log says so, and nothing of it is half-written', async () => {
    const data = join(folder, `cut-${lang}`);
    const { url, child, done } = await serve(data, { HYPERSCENE_DRAIN_TIMEOUT: '0' });
    // Minutes of reading.
    const slow = readText(url, `${readFileSync(story, 'utf8')}\n\n`.repeat(150), lang);
    await underWay(url);
    child.kill('SIGTERM');
    const { answer } = await slow;
    expect(answer.errors).toMatchObject([
      { extensions: { code: 'CANCELLED', retriable: true, requestId: 'the-slow-one' } },
    ]);
    const { status, stderr } = await done;
    expect(status).toBe(0);
    const line = stderr.split('\n').find((each) => each.includes('cut off')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ level: 40, requests: ['the-slow-one'], count: 1, timeout: 0 });
    expect(await corpora(data)).toEqual([]);
  });
});

describe('the delay before the listener closes', () => {
  it('answers requests while /ready already says that the service goes', async () => {
    const data = join(folder, 'delay');
    const { url, child, done } = await serve(data, { HYPERSCENE_DRAIN_DELAY: '3' });
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await until(async () => (await fetch(`${url}/ready`)).status === 503)).toBe(true);
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ status: 'draining' });
    const during = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ corpora { nodes { name } } }"}',
    });
    // Nobody is to send the next request into a connection that is about to close.
    expect(during.headers.get('connection')).toBe('close');
    expect(await during.json()).toEqual({ data: { corpora: { nodes: [] } } });
    expect((await fetch(`${url}/health`)).status).toBe(200);
    const { status, stderr } = await done;
    expect(status).toBe(0);
    expect(stderr).toContain('"delay":3000');
    expect(await isRefused(url)).toBe(true);
  });
});
