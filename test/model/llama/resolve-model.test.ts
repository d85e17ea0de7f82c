import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HypersceneError } from '../../../src/errors.ts';
import { type ModelProgress, type ResolveModel, resolveModel } from '../../../src/model/llama/resolve-model.ts';
import { type ModelHub, sha256, startModelHub } from './model-hub.ts';

const NAME = 'own/repo/resolve/main/a.gguf';
const ADDRESS = 'hf:own/repo/a.gguf';
const TOKEN = 'hf_geheim';
/** Larger than a chunk, and unlike at each place. */
const BODY = Buffer.concat([
  Buffer.from('GGUF'),
  ...Array.from({ length: 40_000 }, (_, index) => Buffer.from(`${index};`)),
]);

let hub: ModelHub;
let folder: string;
beforeEach(async () => {
  hub = await startModelHub();
  folder = mkdtempSync(join(tmpdir(), 'hyperscene-models-'));
  hub.files.set(NAME, { body: BODY });
});
afterEach(async () => {
  await hub.close();
  rmSync(folder, { recursive: true, force: true });
});

const resolve = (address = ADDRESS, more: Partial<ResolveModel> = {}) =>
  resolveModel(address, { folder, hub: { url: hub.url, token: TOKEN }, retryPause: 1, ...more });
const failure = async (address = ADDRESS, more: Partial<ResolveModel> = {}): Promise<HypersceneError> => {
  const error = await resolve(address, more).then(
    () => null,
    (thrown: HypersceneError) => thrown,
  );
  if (error === null) throw new Error('nothing was thrown');
  expect(error.message).not.toContain('geheim');
  return error;
};
const kept = (): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.gguf/u.test(name));
const asked = (): readonly string[] => hub.requests.splice(0).map((line) => line.replace(` /${NAME}`, ''));

describe('a model of the hub', () => {
  it('is fetched once, whole, under its sum, and the token is shown to the hub alone', async () => {
    const progress: ModelProgress[] = [];
    const model = await resolve(ADDRESS, { onProgress: (step) => progress.push(step) });
    expect(readFileSync(model.path).equals(BODY)).toBe(true);
    expect(model).toEqual({ path: model.path, files: [model.path], sha256: [sha256(BODY)] });
    expect(progress.at(-1)).toEqual({ file: 'a.gguf', bytes: BODY.length, total: BODY.length, index: 0, files: 1 });
    expect(asked()).toEqual(['HEAD hub Bearer hf_geheim', 'HEAD storage', 'GET hub Bearer hf_geheim', 'GET storage']);
    progress.length = 0;
    expect(await resolve(ADDRESS, { onProgress: (step) => progress.push(step) })).toEqual(model);
    expect([asked(), progress]).toEqual([[], []]);
    expect(kept()).toHaveLength(2);
  });

  it('is gone on with where the connection broke', async () => {
    hub.faults.push({ kind: 'cut', after: 100_000 }, { kind: 'cut', after: 50_000 }, { kind: 'status', status: 503 });
    const { path } = await resolve();
    expect(readFileSync(path).equals(BODY)).toBe(true);
    const ranges = asked().filter((line) => line.startsWith('GET storage'));
    expect(ranges).toHaveLength(4);
    expect(new Set(ranges.slice(1)).size).toBeGreaterThan(1);
    for (const range of ranges.slice(1)) expect(range).toMatch(/bytes=\d+-$/u);
  });

  it('is gone on with by the next run, and by one after a run that was killed', async () => {
    hub.faults.push({ kind: 'cut', after: 100_000 }, ...Array(9).fill({ kind: 'status', status: 500 }));
    expect(await failure()).toMatchObject({ code: 'MODEL_UNAVAILABLE', retriable: true, exitStatus: 69 });
    const [part] = kept();
    expect(part).toMatch(/\.part$/u);
    // As a killed run leaves it.
    const old = join(folder, `${part}.1-abcdef12`);
    writeFileSync(old, readFileSync(join(folder, part ?? '')));
    rmSync(join(folder, part ?? ''));
    utimesSync(old, new Date(0), new Date(0));
    hub.faults.length = 0;
    asked();
    await resolve();
    expect(asked().at(-1)).toMatch(/^GET storage bytes=\d+-$/u);
    expect(kept().filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('begins anew where the hub sends all of it again', async () => {
    hub.faults.push({ kind: 'cut', after: 100_000 }, { kind: 'whole' });
    expect(readFileSync((await resolve()).path).equals(BODY)).toBe(true);
  });

  it('leaves alone what came of another state of the branch', async () => {
    hub.faults.push({ kind: 'cut', after: 100_000 }, ...Array(9).fill({ kind: 'status', status: 500 }));
    await failure();
    hub.faults.length = 0;
    const body = Buffer.from('GGUF, another');
    hub.files.set(NAME, { body });
    expect((await resolve()).sha256).toEqual([sha256(body)]);
  });

  it('is deleted when its sum is another than the hub tells, or than was asked for: both are told', async () => {
    const expected = '0'.repeat(64);
    hub.files.set(NAME, { body: BODY, says: { sha256: expected } });
    for (const error of [await failure(), await failure(`${ADDRESS}#sha256=${expected}`)]) {
      expect(error).toMatchObject({ code: 'MODEL_DAMAGED', exitStatus: 65 });
      expect(error.message).toContain(expected);
      expect(error.message).toContain(sha256(BODY));
    }
    expect(kept()).toEqual([]);
    hub.files.set(NAME, { body: BODY });
    await resolve();
    expect((await failure(`${ADDRESS}#sha256=${expected}`)).message).toContain('delete the file');
    expect((await resolve(`${ADDRESS}#sha256=${sha256(BODY)}`)).sha256).toEqual([sha256(BODY)]);
  });

  it.each([BODY.length - 1, BODY.length + 1, 1])('is refused when the hub says that it has %d bytes', async (size) => {
    hub.files.set(NAME, { body: BODY, says: { size } });
    expect(await failure()).toMatchObject({ code: 'MODEL_DAMAGED' });
    expect(kept()).toEqual([]);
  });

  it('is refused when it is a page, or when more comes than was told of', async () => {
    hub.answer = (_request, response) => void response.writeHead(200).end('<html>Log in</html>');
    expect(await failure()).toMatchObject({ code: 'MODEL_DAMAGED' });
    hub.answer = ({ method }, response) => {
      response.writeHead(200, method === 'HEAD' ? { 'content-length': 5 } : {});
      response.end(method === 'HEAD' ? undefined : 'GGUF and more');
    };
    expect(await failure()).toMatchObject({ code: 'MODEL_DAMAGED' });
    expect(kept()).toEqual([]);
  });

  it.each([
    [401, 'MODEL_DENIED', 77],
    [403, 'MODEL_DENIED', 77],
    [404, 'MODEL_NOT_FOUND', 66],
    [418, 'MODEL_UNAVAILABLE', 69],
    [503, 'MODEL_UNAVAILABLE', 69],
  ])('fails by its own error where the hub answers %d', async (status, code, exitStatus) => {
    hub.answer = (_request, response) => void response.writeHead(status).end();
    const error = await failure();
    expect(error).toMatchObject({ code, exitStatus });
    expect(error.message).toContain(`status ${status}`);
    expect(error.message).toContain(`${hub.url}/${NAME}`);
  });

  it('is taken from a hub that knows no HEAD, and from one that keeps the bytes itself', async () => {
    hub.answer = ({ method }, response) => {
      if (method === 'HEAD') return void response.writeHead(405).end();
      response.writeHead(200, { etag: 'W/"x"' }).end(BODY);
    };
    expect((await resolve()).sha256).toEqual([sha256(BODY)]);
  });

  it('is not looked for where redirects never end, or lead to a file', async () => {
    hub.answer = (request, response) => void response.writeHead(302, { location: request.url }).end();
    expect((await failure()).message).toContain('redirects without end');
    hub.answer = (_request, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    expect(await failure()).toMatchObject({ code: 'MODEL_UNAVAILABLE' });
  });

  it('fails when nobody answers, and says what to do', async () => {
    await hub.close();
    const error = await failure();
    expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', retriable: true });
    expect(error.message).toMatch(/HYPERSCENE_HUB.*ECONNREFUSED/u);
    hub = await startModelHub();
  });

  it('is not begun where the disk has no room for it', async () => {
    hub.files.set(NAME, { body: BODY, says: { size: 2 ** 49 } });
    const error = await failure();
    expect(error).toMatchObject({ code: 'DISK_FULL', exitStatus: 73 });
    expect(error.message).toContain('HYPERSCENE_MODELS');
  });

  it('cannot be kept in a folder that is a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await failure(ADDRESS, { folder: file })).toMatchObject({ code: 'UNWRITABLE_FILE', exitStatus: 73 });
  });

  it('stops when it is told to, and what came is gone on with', async () => {
    const stop = new AbortController();
    hub.faults.push({ kind: 'cut', after: 100_000 }, ...Array(9).fill({ kind: 'status', status: 500 }));
    const running = failure(ADDRESS, { signal: stop.signal, retryPause: 60_000 });
    while (kept().length === 0 || hub.faults.length > 9) await new Promise((done) => setTimeout(done, 20));
    setTimeout(() => stop.abort(), 100);
    expect(await running).toMatchObject({ code: 'CANCELLED', exitStatus: 130 });
    expect(kept()).toEqual([expect.stringMatching(/\.part$/u)]);
    expect(await failure(ADDRESS, { signal: stop.signal })).toMatchObject({ code: 'CANCELLED' });
  });

  it('comes whole to each of several that fetch it at once', async () => {
    const models = await Promise.all([resolve(), resolve(), resolve()]);
    for (const { path } of models) expect(readFileSync(path).equals(BODY)).toBe(true);
    expect(kept().filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('comes with all its parts, of the revision that is named', async () => {
    const parts = ['m-00001-of-00002.gguf', 'm-00002-of-00002.gguf'];
    for (const [index, part] of parts.entries())
      hub.files.set(`own/repo/resolve/refs/pr/1/q4/${part}`, { body: Buffer.from(`GGUF${index}`) });
    const model = await resolve(`hf:own/repo/q4/${parts[1]}@refs/pr/1`);
    expect(model.files.map((file) => readFileSync(file, 'utf8'))).toEqual(['GGUF0', 'GGUF1']);
    expect(model.path).toBe(model.files[0]);
    expect(hub.requests[0]).toBe('HEAD hub /own/repo/resolve/refs%2Fpr%2F1/q4/m-00001-of-00002.gguf Bearer hf_geheim');
  });
});

describe('a model that is a file', () => {
  const path = (name: string): string => join(folder, name);

  it('is taken where it lies, with all its parts', async () => {
    writeFileSync(path('a.gguf'), 'GGUF');
    expect(await resolve(path('a.gguf'))).toEqual({ path: path('a.gguf'), files: [path('a.gguf')], sha256: null });
    const parts = [path('b-00001-of-00002.gguf'), path('b-00002-of-00002.gguf')] as const;
    writeFileSync(parts[0], 'GGUF');
    expect(await failure(parts[0])).toMatchObject({ code: 'MODEL_NOT_FOUND' });
    writeFileSync(parts[1], 'GGUF');
    expect(await resolve(parts[1])).toMatchObject({ path: parts[0], files: parts });
  });

  it('is refused where there is none, or it is something else', async () => {
    writeFileSync(path('text.gguf'), 'text');
    mkdirSync(path('folder.gguf'));
    expect(await failure(path('text.gguf'))).toMatchObject({ code: 'MODEL_DAMAGED' });
    expect(await failure(path('none.gguf'))).toMatchObject({ code: 'MODEL_NOT_FOUND', exitStatus: 66 });
    expect(await failure(path('folder.gguf'))).toMatchObject({ code: 'MODEL_NOT_FOUND' });
    expect(await failure('hf:../x/y.gguf')).toMatchObject({ code: 'BAD_MODEL_ADDRESS' });
    expect(hub.requests).toEqual([]);
  });
});
