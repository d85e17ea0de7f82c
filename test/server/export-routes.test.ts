import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import fc from 'fast-check';
import type { KeptExport } from '../../src/export/kept-exports.ts';
import { DEFAULT_WORKSPACE } from '../../src/scene/name.ts';
import { exportOfJob } from '../../src/worker/export-of-job.ts';
import type { JobRequest } from '../../src/worker/job-queue.ts';
import type { Answer } from '../api/open-api.ts';
import { untilOver } from '../conformance/job-queue.ts';
import { CORPUS, ENGLISH, RUSSIAN, write } from '../conformance/prose.ts';
import { bearer, type KeyRing, openKeyRing } from './keys.ts';
import { serve, type TestServer } from './serve.ts';

const OPTIONS = {
  seed: 0,
  shares: { train: 1, validation: 0, test: 0 },
  licence: null,
  rowGroup: 1000,
  statistics: 'sample' as const,
};

let ring: KeyRing;
let server: TestServer;
let kept: KeptExport;
/** Of `scenes/train.jsonl`. */
let bytes: Buffer;
let etag: string;

const jobs = () => server.api.services.jobs.workspace(DEFAULT_WORKSPACE);
const exports = () => server.api.services.exports.workspace(DEFAULT_WORKSPACE);

const exported = async (labels: 'ru' | 'en'): Promise<KeptExport> => {
  const spec = { kind: 'export', corpus: CORPUS, format: 'jsonl', labels, ...OPTIONS } as const;
  const { id, error } = await untilOver(jobs(), (await jobs().submit({ spec } satisfies JobRequest)).id);
  expect(error).toBeNull();
  const found = await exports().find(exportOfJob(id));
  if (found === null) throw new Error('no export');
  return found;
};

beforeAll(async () => {
  ring = await openKeyRing();
  server = await serve({ authenticator: ring.authenticator });
  await write(server.api.store, { name: 'рассказ', sentences: RUSSIAN, lang: 'ru' });
  await write(server.api.store, { name: 'tale', sentences: ENGLISH, lang: 'en' });
  kept = await exported('ru');
  bytes = await readFile(join(kept.folder, 'scenes/train.jsonl'));
  etag = `"${createHash('sha256').update(bytes).digest('hex')}"`;
});

afterAll(async () => {
  await server.close();
  ring.remove();
});

const urlOf = (path: string, id: string = kept.id): string => `${server.url}/exports/${id}/${path}`;

const get = (path: string, headers: Record<string, string> = {}, key = ring.keys.read) =>
  fetch(urlOf(path), { headers: { ...bearer(key), ...headers } });

const range = (value: string, headers: Record<string, string> = {}) =>
  get('scenes/train.jsonl', { range: value, ...headers });

const body = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
const refusal = async (response: Response) => [response.status, ((await response.json()) as Answer).error.code];

test.each(['ru', 'en'] as const)(
  'every file of an export with labels in %s comes out byte for byte',
  async (labels) => {
    const { id, folder, manifest } = labels === 'ru' ? kept : await exported(labels);
    for (const { path } of [...manifest.files, { path: 'manifest.json' }]) {
      const response = await fetch(urlOf(path, id), { headers: bearer(ring.keys.read) });
      expect(response.status).toBe(200);
      const [came, there] = [await body(response), await readFile(join(folder, path))];
      expect(came.equals(there)).toBe(true);
      expect(response.headers.get('etag')).toBe(`"${createHash('sha256').update(there).digest('hex')}"`);
      expect(response.headers.get('content-length')).toBe(String(there.length));
      expect(response.headers.get('accept-ranges')).toBe('bytes');
      expect(response.headers.get('cache-control')).toBe('private, no-cache');
      expect(response.headers.get('last-modified')).toBeNull();
      expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.]+"$/u);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect(bytes.toString('utf8')).toContain('Емельян');
    expect(bytes.toString('utf8')).toContain('Prospero');
  },
);

test('any range gives those bytes of the file, and no others', async () => {
  const last = bytes.length - 1;
  const ranges = fc.oneof(
    fc
      .tuple(fc.nat(last), fc.nat(3 * last))
      .map(([from, more]) => [`${from}-${from + more}`, from, from + more] as const),
    fc.nat(last).map((from) => [`${from}-`, from, last] as const),
    fc.integer({ min: 1, max: 2 * last }).map((tail) => [`-${tail}`, Math.max(0, last + 1 - tail), last] as const),
  );
  const holds = fc.asyncProperty(ranges, async ([asked, from, to]) => {
    const response = await range(`bytes=${asked}`);
    expect(response.status).toBe(206);
    const expected = bytes.subarray(from, to + 1);
    expect(response.headers.get('content-range')).toBe(`bytes ${from}-${Math.min(to, last)}/${bytes.length}`);
    expect(response.headers.get('etag')).toBe(etag);
    expect((await body(response)).equals(expected)).toBe(true);
  });
  await fc.assert(holds, { numRuns: 40 });
});

test('a download that broke off is gone on with, unless the file is another by now', async () => {
  const half = Math.floor(bytes.length / 2);
  const rest = await range(`bytes=${half}-`, { 'if-range': etag });
  expect(rest.status).toBe(206);
  expect(Buffer.concat([bytes.subarray(0, half), await body(rest)]).equals(bytes)).toBe(true);
  for (const other of [`"${'0'.repeat(64)}"`, `W/${etag}`, 'Sat, 28 Nov 2026 00:00:00 GMT']) {
    const whole = await range(`bytes=${half}-`, { 'if-range': other });
    expect([whole.status, (await body(whole)).equals(bytes)]).toEqual([200, true]);
  }
});

test('ranges that cannot be given are told, several at once and other units are the whole file', async () => {
  for (const bad of [`bytes=${bytes.length}-`, `bytes=${bytes.length + 5}-${bytes.length + 9}`, 'bytes=-0']) {
    const refused = await range(bad);
    expect(refused.headers.get('content-range')).toBe(`bytes */${bytes.length}`);
    expect(await refusal(refused)).toEqual([416, 'BAD_ARGUMENT']);
  }
  for (const whole of ['bytes=0-1,5-6', 'lines=1-2', 'bytes=9-2', 'bytes=9-2,x', 'bytes=', 'bytes=-', 'bytes=1-2-3']) {
    const response = await range(whole);
    expect([whole, response.status, (await body(response)).equals(bytes)]).toEqual([whole, 200, true]);
  }
});

test('HEAD tells the same without the bytes, also of a range', async () => {
  const head = (headers: Record<string, string> = {}) =>
    fetch(urlOf('scenes/train.jsonl'), { method: 'HEAD', headers: { ...bearer(ring.keys.read), ...headers } });
  const whole = await head();
  expect([whole.status, whole.headers.get('content-length'), whole.headers.get('etag')]).toEqual([
    200,
    String(bytes.length),
    etag,
  ]);
  const part = await head({ range: 'bytes=0-9' });
  expect([part.status, part.headers.get('content-length')]).toEqual([206, '10']);
  expect((await body(part)).length).toBe(0);
});

test('who has the file already is told so', async () => {
  for (const known of [etag, `"x", W/${etag}`, '*']) {
    const response = await get('scenes/train.jsonl', { 'if-none-match': known });
    expect([response.status, response.headers.get('etag'), (await body(response)).length]).toEqual([304, etag, 0]);
  }
  expect((await get('scenes/train.jsonl', { 'if-none-match': '"x"' })).status).toBe(200);
});

/** As it is written: `fetch` would resolve dots by itself. */
const raw = (path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const asked = request({ hostname, port, path, headers: bearer(ring.keys.admin) }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', reject).end();
  });

test('nothing but what the manifest names is given out, however it is asked for', async () => {
  await writeFile(join(kept.folder, 'besides.txt'), 'secret');
  await writeFile(join(kept.folder, '.hyperscene-export.json'), '{}');
  const { id } = kept;
  for (const path of [
    'besides.txt',
    '.hyperscene-export.json',
    'scenes',
    'scenes/',
    'scenes/train.jsonl.part',
    'scenes/train.jsonl%00',
    'scenes//train.jsonl',
    './manifest.json',
    'scenes/../manifest.json',
    '..%2f..%2f..%2fgraph',
    '../../../graph',
    '%2e%2e/%2e%2e/%2e%2e/graph',
    '..\\..\\graph',
    '%2fetc%2fpasswd',
    'SCENES/TRAIN.JSONL',
  ])
    expect([path, await raw(`/exports/${id}/${path}`)]).toEqual([path, 404]);
  for (const wrong of ['..', '%2e%2e%2f', id.toUpperCase(), `${id}%00`, `${id}.gone`, '0'.repeat(32), '*', 'x'])
    expect([wrong, await raw(`/exports/${wrong}/manifest.json`)]).toEqual([wrong, 404]);
  expect(await raw(`/exports/${id}/manifest.json`)).toBe(200);
});

test('it takes a key to read, of the workspace that it is of', async () => {
  const without = await fetch(urlOf('manifest.json'));
  expect(await refusal(without)).toEqual([401, 'UNAUTHENTICATED']);
  expect(await refusal(await get('manifest.json', {}, ring.keys.elsewhere))).toEqual([404, 'EXPORT_NOT_FOUND']);
  expect((await get('manifest.json', {}, ring.keys.read)).status).toBe(200);
});

test('one that is not whole is not given out, and says what to do', async () => {
  const id = 'f'.repeat(32);
  await mkdir(join(kept.folder, '..', id, 'scenes'), { recursive: true });
  await writeFile(join(kept.folder, '..', id, 'scenes', 'train.jsonl'), 'half a line');
  const response = await fetch(urlOf('scenes/train.jsonl', id), { headers: bearer(ring.keys.read) });
  const { error }: Answer = await response.json();
  expect([response.status, error.code]).toEqual([409, 'EXPORT_UNFINISHED']);
  expect(error.message).toContain('retryJob');
});

test('a file that is no longer what was written is not passed off as it', async () => {
  const { id, folder } = await exported('en');
  await truncate(join(folder, 'scenes/train.jsonl'), 100);
  const response = await fetch(urlOf('scenes/train.jsonl', id), { headers: bearer(ring.keys.read) });
  const { error }: Answer = await response.json();
  expect([response.status, error.code]).toEqual([500, 'EXPORT_DAMAGED']);
  expect(error.message).not.toContain(folder);
  await rm(join(folder, 'scenes/train.jsonl'));
  const gone = await fetch(urlOf('scenes/train.jsonl', id), { headers: bearer(ring.keys.read) });
  expect(await refusal(gone)).toEqual([404, 'EXPORT_NOT_FOUND']);
});
