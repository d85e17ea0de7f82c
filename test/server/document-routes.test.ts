import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { corpusName } from '../../src/scene/name.ts';
import { dumpCorpus } from '../../src/store/canonical-dump.ts';
import { type Answer, LIMITS } from '../api/open-api.ts';
import { STORIES } from '../cli/run-cli.ts';
import { bearer, type KeyRing, openKeyRing } from './keys.ts';
import { sendChunks } from './send-chunks.ts';
import { serve, type TestServer } from './serve.ts';

const BYTES_MAX = 2 ** 17;

let reader: Reader;
let ring: KeyRing;
let server: TestServer;

beforeAll(async () => {
  reader = await openReader({ bytesMax: BYTES_MAX, sceneLengthMax: 4096 });
  ring = await openKeyRing();
  server = await serve({
    authenticator: ring.authenticator,
    reader,
    limits: { ...LIMITS, documentBytesMax: BYTES_MAX },
  });
});

afterAll(async () => {
  await server.close();
  await reader.close();
  ring.remove();
});

const address = (corpus: string, name: string, query = ''): string =>
  `${server.url}/corpora/${encodeURIComponent(corpus)}/documents/${encodeURIComponent(name)}${query}`;

const put = (url: string, body: RequestInit['body'], headers: Record<string, string> = {}, key = ring.keys.write) =>
  fetch(url, {
    method: 'PUT',
    body,
    headers: { 'content-type': 'text/plain', ...bearer(key), ...headers },
  } as RequestInit);

const get = (url: string, key = ring.keys.read) => fetch(url, { headers: bearer(key) });

test.each([
  ['сказки', 'Работник Емельян.txt', STORIES.ru, 'ru'],
  ['tales', 'masque of the/red?death.txt', STORIES.en, 'en'],
] as const)('a text of %s goes in as it is and comes out byte for byte', async (corpus, name, file, lang) => {
  const bytes = readFileSync(file);
  const first = await put(address(corpus, name), bytes);
  expect(first.status).toBe(201);
  const report: Answer = await first.json();
  expect(report).toMatchObject({ corpus, name, lang, version: 1, unchanged: false });
  expect(report.scenes).toBeGreaterThan(50);
  expect(report.couplings).toBeGreaterThan(50);
  const again = await put(address(corpus, name), bytes);
  expect([again.status, await again.json()]).toMatchObject([200, { unchanged: true, version: 1 }]);
  const out = await get(address(corpus, name));
  const text = Buffer.from(await out.arrayBuffer());
  expect(text.equals(bytes)).toBe(true);
  expect(out.headers.get('etag')).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`);
  expect(out.headers.get('content-length')).toBe(String(bytes.length));
  const found = await server.post(
    'query ($id: ID!) { node(id: $id) { ... on Document { name } } }',
    { id: report.id },
    bearer(ring.keys.read),
  );
  expect(await found.json()).toEqual({ data: { node: { name } } });
});

test('a corpus comes out in canonical form, as the store gives it', async () => {
  const lines: string[] = [];
  for await (const line of dumpCorpus(server.api.store, corpusName('сказки'), { numbers: true })) lines.push(line);
  const dump = await get(`${server.url}/corpora/${encodeURIComponent('сказки')}/dump`);
  expect(await dump.text()).toBe(`${lines.join('\n')}\n`);
  const bare = await (await get(`${server.url}/corpora/tales/dump?numbers=false`)).text();
  expect(bare).not.toBe(await (await get(`${server.url}/corpora/tales/dump`)).text());
});

test.each<[string, Buffer, number, string]>([
  ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x41]), 400, 'NOT_UTF8'],
  ['a picture', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n'), Buffer.alloc(64)]), 400, 'BINARY'],
  ['nothing but white space', Buffer.from(' \n '), 400, 'EMPTY_DOCUMENT'],
  ['more than is read', Buffer.alloc(BYTES_MAX + 1, 'я'), 413, 'DOCUMENT_TOO_LARGE'],
])('%s is refused, and nothing is left of it', async (_, body, status, code) => {
  const refused = await put(address('bad', 'text'), body);
  expect([refused.status, ((await refused.json()) as Answer).error.code]).toEqual([status, code]);
  expect(await server.api.store.corpus(corpusName('bad'))).toBeNull();
});

test('a text that never ends is cut off at the limit', async () => {
  const headers = { ...bearer(ring.keys.write), 'content-type': 'text/plain' };
  const chunk = Buffer.alloc(2 ** 14, 'слово ');
  const { status, sent } = await sendChunks(address('bad', 'text'), { method: 'PUT', headers }, chunk, 2 ** 26);
  expect(status).toBe(413);
  expect(sent).toBeLessThan(2 ** 25);
  expect(await server.api.store.corpus(corpusName('bad'))).toBeNull();
});

test('a bad name, an unknown language, and what is not there are told', async () => {
  const codeOf = async (response: Response) => [response.status, ((await response.json()) as Answer).error.code];
  expect(await codeOf(await put(address(' ', 'x'), 'Он стоял.'))).toEqual([400, 'BAD_NAME']);
  expect(await codeOf(await put(address('x', 'y', '?lang=fr'), 'Il était.'))).toEqual([400, 'BAD_ARGUMENT']);
  expect(await codeOf(await get(address('сказки', 'нет')))).toEqual([404, 'DOCUMENT_NOT_FOUND']);
  expect(await codeOf(await get(`${server.url}/corpora/none/dump`))).toEqual([404, 'CORPUS_NOT_FOUND']);
});

test('reading needs a key to read, writing one to write, and another workspace has nothing', async () => {
  expect((await put(address('сказки', 'новая'), 'Он стоял.', {}, ring.keys.read)).status).toBe(403);
  expect((await put(address('сказки', 'новая'), 'Он стоял.', {}, 'hs_wrong')).status).toBe(401);
  expect((await get(`${server.url}/corpora/tales/dump`, ring.keys.elsewhere)).status).toBe(404);
  expect((await get(address('tales', 'masque of the/red?death.txt'), ring.keys.elsewhere)).status).toBe(404);
});

test('a client that goes away in the middle leaves nothing', async () => {
  const url = new URL(address('gone', 'text'));
  const client = request(url, { method: 'PUT', headers: { ...bearer(ring.keys.write), 'content-type': 'text/plain' } });
  client.on('error', () => {});
  client.write('Старый царь стоял у двери. ');
  await new Promise((resolve) => setTimeout(resolve, 200));
  client.destroy();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await server.api.store.corpus(corpusName('gone'))).toBeNull();
});
