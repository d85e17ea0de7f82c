import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ByteSource, openFile } from '../../src/reading/byte-source.ts';
import { spool } from '../../src/reading/spool.ts';
import { streamOf } from './stories.ts';

const LIMIT = 2 ** 20;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'byte-source-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const contentOf = async (source: ByteSource): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.bytes()) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks).toString();
};

const spooledFiles = async (): Promise<readonly string[]> =>
  (await readdir(tmpdir())).filter((name) => /^hyperscene-[0-9a-f]{8}-/u.test(name));

describe('a file', () => {
  test('can be read more than once, and is the one that was opened', async () => {
    const path = join(folder, 'a.txt');
    await writeFile(path, 'first');
    const source = await openFile(path, LIMIT);
    expect(source.size).toBe(5);
    expect(await contentOf(source)).toBe('first');
    await writeFile(join(folder, 'b.txt'), 'second');
    await rename(join(folder, 'b.txt'), path);
    expect(await contentOf(source)).toBe('first');
    await source.close();
  });

  test('that is a pipe can be read more than once too', async () => {
    const path = join(folder, 'pipe');
    await promisify(execFile)('mkfifo', [path]);
    const [source] = await Promise.all([openFile(path, LIMIT), writeFile(path, 'through the pipe')]);
    expect(await contentOf(source)).toBe('through the pipe');
    expect(await contentOf(source)).toBe('through the pipe');
    await source.close();
  });

  test.each([
    ['missing', 'nowhere/at/all.txt', /no such file/u],
    ['a directory', '.', /a directory/u],
    ['below a file', 'file/below', /no such file/u],
  ])('that is %s cannot be read', async (_, name, message) => {
    await writeFile(join(folder, 'file'), '');
    const opening = openFile(join(folder, name), LIMIT);
    await expect(opening).rejects.toThrow(expect.objectContaining({ code: 'UNREADABLE_FILE' }));
    await expect(opening).rejects.toThrow(message);
  });

  test('without an end is refused at the limit', async () => {
    await expect(openFile('/dev/zero', LIMIT)).rejects.toThrow(expect.objectContaining({ code: 'DOCUMENT_TOO_LARGE' }));
  });
});

describe('a stream', () => {
  test('is kept in a file that has no name, even while it comes', async () => {
    const seen: string[] = [];
    const stream = async function* () {
      yield Buffer.from('one ');
      seen.push(...(await spooledFiles()));
      yield Buffer.from('two');
    };
    const handle = await spool(stream(), LIMIT);
    expect((await handle.stat()).size).toBe(7);
    expect(seen).toEqual([]);
    await handle.close();
  });

  test('that is too large is stopped at once', async () => {
    let given = 0;
    let isStopped = false;
    const stream = async function* () {
      try {
        for (; ; given++) yield Buffer.alloc(1000);
      } finally {
        isStopped = true;
      }
    };
    await expect(spool(stream(), 4500)).rejects.toThrow(expect.objectContaining({ code: 'DOCUMENT_TOO_LARGE' }));
    expect(given).toBe(4);
    expect(isStopped).toBe(true);
  });

  test('that breaks off is an error, and leaves nothing behind', async () => {
    const stream = async function* () {
      yield Buffer.from('one');
      throw new Error('connection lost');
    };
    await expect(spool(stream(), LIMIT)).rejects.toThrow(/unreadable stream.*connection lost/u);
    expect(await spooledFiles()).toEqual([]);
  });

  test('can be cancelled', async () => {
    const abort = new AbortController();
    const stream = async function* () {
      yield Buffer.from('one');
      abort.abort();
      yield Buffer.from('two');
    };
    await expect(spool(stream(), LIMIT, abort.signal)).rejects.toThrow(expect.objectContaining({ code: 'CANCELLED' }));
    await expect(spool(streamOf([Buffer.from('x')]), LIMIT, abort.signal)).rejects.toThrow(/cancelled/u);
  });
});
