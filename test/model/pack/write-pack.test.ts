import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPack } from '../../../src/model/pack/pack.ts';
import { type PackContents, type TrainedRow, writePack } from '../../../src/model/pack/write-pack.ts';
import { CONTENTS, descriptionsOf, LENGTH, ROWS } from './small-pack.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hyperscene-write-pack-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('rows may come one after the other', async () => {
  async function* rows(): AsyncGenerator<TrainedRow> {
    for (const row of ROWS) yield row;
  }
  await writePack(join(root, 'small'), { ...CONTENTS, rows: rows() });
  const pack = await openPack(join(root, 'small'));
  expect((await descriptionsOf(pack)).map(({ key }) => key)).toEqual(ROWS.map(({ key }) => key));
  expect((await readdir(join(root, 'small'))).sort()).toEqual(['pack.json', 'rows.jsonl', 'rows.safetensors']);
});

test('the same contents come to the same bytes', async () => {
  const identities = [
    await writePack(join(root, 'one'), CONTENTS),
    await writePack(join(root, 'two'), CONTENTS),
    await writePack(join(root, 'three'), { ...CONTENTS, dtype: 'F16' }),
  ].map(({ sha256 }) => sha256);
  expect(new Set(identities).size).toBe(2);
  expect(identities[0]).toBe(identities[1]);
});

test('what is there stays as it is', async () => {
  const folder = join(root, 'small');
  await mkdir(folder);
  await expect(writePack(folder, CONTENTS)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
  await rm(folder, { recursive: true });
  await symlink('nowhere', folder);
  await expect(writePack(folder, CONTENTS)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
});

test('of two that write the same pack one does', async () => {
  const results = await Promise.allSettled([1, 2, 3].map(() => writePack(join(root, 'small'), CONTENTS)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results)
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'FILE_EXISTS' });
  expect(await readdir(root)).toEqual(['small']);
});

const [first = CONTENTS as never, ...others] = ROWS;
test.each<[string, string, Partial<PackContents>, string]>([
  ['a row too short', 'BAD_ARGUMENT', { rows: [...ROWS, { ...first, embedding: new Float32Array(3) }] }, 'row 6'],
  ['an output too long', 'BAD_ARGUMENT', { rows: [{ ...first, output: new Float32Array(5) }] }, 'row 0'],
  ['a key twice', 'PACK_UNREADABLE', { rows: [...ROWS, first] }, 'small/rows.jsonl line 7'],
  [
    'too large for 16 bits',
    'PACK_UNREADABLE',
    { dtype: 'F16', rows: [{ ...first, embedding: new Float32Array(LENGTH).fill(65520) }] },
    'row 0; expected finite numbers; came Infinity',
  ],
  [
    'an output of zeros',
    'PACK_UNREADABLE',
    { rows: [...others, { ...first, output: new Float32Array(LENGTH) }] },
    'row 5',
  ],
  [
    'another form',
    'PACK_UNREADABLE',
    { rows: [{ ...first, form: 'road.none.none', figures: [] }] },
    'the digest of its form',
  ],
  ['a bad name', 'PACK_UNREADABLE', { name: 'a/b' }, 'name'],
  ['figures too many', 'PACK_UNREADABLE', { training: { all: 'x'.repeat(2 ** 20) } }, '1048576 bytes at most'],
  ['no adapter', 'UNREADABLE_FILE', { adapter: '/nowhere/lora.gguf' }, '/nowhere/lora.gguf'],
])('%s leaves nothing', async (_, code, change, said) => {
  await expect(writePack(join(root, 'small'), { ...CONTENTS, ...change })).rejects.toMatchObject({
    code,
    message: expect.stringContaining(said),
  });
  expect(await readdir(root)).toEqual([]);
});

test('rows that fail midway, and a signal, leave nothing', async () => {
  function* rows(): Generator<TrainedRow> {
    yield first;
    throw new Error('no more');
  }
  await expect(writePack(join(root, 'small'), { ...CONTENTS, rows: rows() })).rejects.toThrow('no more');
  await expect(writePack(join(root, 'small'), CONTENTS, AbortSignal.abort())).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  expect(await readdir(root)).toEqual([]);
});

test('a folder that cannot be written to is told', async () => {
  await expect(writePack(join(root, 'no', 'small'), CONTENTS)).rejects.toMatchObject({ code: 'UNWRITABLE_FILE' });
  await writeFile(join(root, 'file'), '');
  await expect(writePack(join(root, 'file', 'small'), CONTENTS)).rejects.toMatchObject({ code: 'UNWRITABLE_FILE' });
});
