import { appendFile, cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PackFile } from '../../../src/model/pack/pack-file.ts';
import { PackFolder } from '../../../src/model/pack/pack-folder.ts';
import { writePack } from '../../../src/model/pack/write-pack.ts';
import { BASE, CONTENTS, editManifest, gather, ROWS } from './small-pack.ts';

let root: string;
let packs: PackFolder;
/** Files that were hashed. */
let hashed: number;
const { digest } = PackFile.prototype;
const path = (...names: string[]): string => join(root, ...names);
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hyperscene-packs-'));
  packs = new PackFolder(root);
  await writePack(path('small'), CONTENTS);
  hashed = 0;
  PackFile.prototype.digest = function (signal) {
    hashed++;
    return digest.call(this, signal);
  };
});
afterEach(async () => {
  PackFile.prototype.digest = digest;
  await rm(root, { recursive: true, force: true });
});

const model = { sha256: BASE.sha256, vocabulary: BASE.vocabulary, embeddingLength: BASE.embeddingLength };
const listed = async () => (await packs.list()).map(({ name, unusable }) => [name, unusable]);

test('packs are listed by name, and broken ones with why they cannot be used', async () => {
  await writePack(path('alone'), { ...CONTENTS, name: 'alone', rows: [] });
  await cp(path('small'), path('broken'), { recursive: true });
  await editManifest(path('broken'), (m) => ({ ...m, name: 'broken' }));
  await writeFile(path('broken', 'rows.jsonl'), 'x'.repeat((await readFile(path('broken', 'rows.jsonl'))).length));
  await mkdir(path('empty'));
  await mkdir(path('.hidden.part'));
  await writeFile(path('README.md'), 'no folder');
  const list = await packs.list({ model, isLoaded: (name) => name === 'small' });
  expect(list).toEqual([
    expect.objectContaining({ name: 'alone', rows: { codes: 0, facets: 0, scenes: 0 }, predicted: 0, unusable: null }),
    {
      name: 'broken',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
      base: BASE.sha256,
      rows: { codes: 0, facets: 0, scenes: 0 },
      predicted: 0,
      hasAdapter: false,
      loaded: false,
      unusable: expect.stringContaining('at broken/rows.jsonl; expected SHA-256'),
    },
    expect.objectContaining({ name: 'empty', sha256: '', base: '', unusable: expect.stringContaining('pack.json') }),
    {
      name: 'small',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
      base: BASE.sha256,
      rows: { codes: 3, facets: 2, scenes: 1 },
      predicted: 2,
      hasAdapter: false,
      loaded: true,
      unusable: null,
    },
  ]);
  await expect(packs.open('broken')).rejects.toMatchObject({ code: 'PACK_UNREADABLE' });
  expect((await packs.open('small')).counts.codes).toBe(3);
});

test('a pack for another model is listed with both hashes', async () => {
  const sha256 = 'cd'.repeat(32);
  const [small] = await packs.list({ model: { ...model, sha256 } });
  expect(small?.unusable).toContain(BASE.sha256);
  expect(small?.unusable).toContain(sha256);
  // It opens all the same: whoever loads it has to check.
  await packs.open('small');
});

test.each([
  '../small',
  'small/../small',
  'small/',
  '',
  '.',
  '..',
  '/etc',
  'Small',
  'small\0',
  'x'.repeat(1000),
  'гипертокены',
])('there is no pack %j', async (name) => {
  await expect(packs.open(name)).rejects.toMatchObject({
    code: 'PACK_NOT_FOUND',
    message: expect.stringContaining('expected one of small'),
  });
});

test('without a folder there are no packs', async () => {
  for (const [folder, said] of [
    [null, 'HYPERSCENE_PACKS'],
    [path('nowhere'), 'the folder of packs is empty'],
  ] as const) {
    const none = new PackFolder(folder);
    expect(await none.list()).toEqual([]);
    await expect(none.open('small')).rejects.toMatchObject({
      code: 'PACK_NOT_FOUND',
      message: expect.stringContaining(said),
    });
  }
  await writeFile(path('file'), '');
  await expect(new PackFolder(path('file')).list()).rejects.toMatchObject({ code: 'PACK_UNREADABLE' });
});

test('what did not change is not hashed again', async () => {
  const pack = await packs.open('small');
  expect(hashed).toBe(2);
  await packs.list();
  expect(await packs.open('small')).toBe(pack);
  expect(hashed).toBe(2);
});

test('those that were not opened for longest are let go, and are not hashed again', async () => {
  await writePack(path('other'), { ...CONTENTS, name: 'other' });
  hashed = 0;
  const few = new PackFolder(root, 6);
  const small = await few.open('small');
  const other = await few.open('other');
  expect(await few.open('other')).toBe(other);
  const again = await few.open('small');
  expect(again).not.toBe(small);
  expect([again.identity, again.counts]).toEqual([small.identity, small.counts]);
  expect(await gather(small.embedding())).toEqual(await gather(again.embedding()));
  expect(hashed).toBe(4);
});

test('nor is what is broken', async () => {
  await writeFile(path('small', 'rows.jsonl'), 'x'.repeat((await readFile(path('small', 'rows.jsonl'))).length));
  const before = await listed();
  const times = hashed;
  expect(await listed()).toEqual(before);
  expect(hashed).toBe(times);
});

test('those who ask at once wait for one reading', async () => {
  const opened = await Promise.all([packs.open('small'), packs.open('small'), packs.list(), packs.open('small')]);
  expect(opened[0]).toBe(opened[1]);
  expect(hashed).toBe(2);
});

test('whoever goes leaves the others their reading', async () => {
  const gone = new AbortController();
  const first = packs.open('small');
  const second = packs.open('small', gone.signal);
  gone.abort();
  await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
  expect((await first).identity.name).toBe('small');
  // And one that is cut off itself is begun anew by the next.
  const cut = new AbortController();
  const fresh = new PackFolder(root);
  const third = fresh.open('small', cut.signal);
  const fourth = fresh.open('small');
  cut.abort();
  await expect(third).rejects.toMatchObject({ code: 'CANCELLED' });
  expect((await fourth).identity.name).toBe('small');
});

test('what comes, changes and goes is seen', async () => {
  const before = await packs.open('small');
  await writePack(path('.new'), { ...CONTENTS, rows: ROWS.slice(0, 1) });
  await rename(path('small'), path('.old'));
  await rename(path('.new'), path('small'));
  const after = await packs.open('small');
  expect([before.manifest.rows, after.manifest.rows]).toEqual([6, 1]);
  expect(after.identity.sha256).not.toBe(before.identity.sha256);

  await appendFile(path('small', 'rows.safetensors'), '!');
  expect(await listed()).toEqual([['small', expect.stringContaining('small/rows.safetensors')]]);
  await rm(path('small'), { recursive: true });
  await rename(path('.old'), path('small'));
  expect(await gather((await packs.open('small')).embedding())).toHaveLength(24);

  await rm(path('small', 'rows.jsonl'));
  expect(await listed()).toEqual([['small', expect.stringContaining('came none')]]);
  await rm(path('small'), { recursive: true });
  expect(await packs.list()).toEqual([]);
});

test('a pack has the name of its folder', async () => {
  await rename(path('small'), path('other'));
  expect(await listed()).toEqual([
    ['other', expect.stringContaining('expected the name of its folder, other; came small')],
  ]);
});

test('a folder may be a link, and what it leads to may change', async () => {
  await mkdir(path('.kept'));
  await rename(path('small'), path('.kept', 'first'));
  await writePack(path('.kept', 'second'), { ...CONTENTS, rows: [] });
  await symlink(path('.kept', 'first'), path('small'));
  expect((await packs.open('small')).manifest.rows).toBe(6);
  await rm(path('small'));
  await symlink(path('.kept', 'second'), path('small'));
  expect((await packs.open('small')).manifest.rows).toBe(0);
});
