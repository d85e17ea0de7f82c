import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApiKeys } from '../../src/access/api-keys.ts';
import { createKey, revokeKey } from '../../src/access/change-keys.ts';
import { keyFileStamp, readKeyFile } from '../../src/access/key-file.ts';
import { SCOPES, type Scope, withIncluded } from '../../src/access/principal.ts';
import { workspaceName } from '../../src/scene/name.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-keys-'));
  path = join(folder, 'keys.json');
});

afterEach(() => rm(folder, { recursive: true }));

const key = (name: string, scope: Scope = 'read', expires: Date | null = null) => ({
  name,
  scopes: [scope],
  workspace: workspaceName('край'),
  expires,
});

const refused = { code: 'UNAUTHENTICATED' };

test('a key opens its workspace with its scope and those it includes', async () => {
  const secrets = new Map<Scope, string>();
  for (const scope of SCOPES) secrets.set(scope, await createKey(path, key(scope, scope)));
  const keys = await openApiKeys(path);
  for (const [scope, secret] of secrets)
    expect(await keys.find(secret)).toEqual({
      id: `key:${scope}`,
      workspace: 'край',
      scopes: withIncluded([scope]),
    });
  expect([...withIncluded(['admin'])]).toEqual(['read', 'write', 'admin']);
  expect([...withIncluded(['read'])]).toEqual(['read']);
  expect([...withIncluded([])]).toEqual([]);
});

test('the file holds hashes, and only its owner may read it', async () => {
  const secret = await createKey(path, key('reader'));
  expect(secret).toMatch(/^hs_[\w-]{43}$/u);
  expect(await readFile(path, 'utf8')).not.toContain(secret.slice(3));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('what is no key, is half a key or has another case is refused', async () => {
  const secret = await createKey(path, key('reader'));
  const keys = await openApiKeys(path);
  for (const wrong of [
    '',
    'hs_',
    secret.slice(0, -1),
    `${secret}x`,
    secret.toUpperCase(),
    (await readKeyFile(path))?.[0]?.sha256,
  ])
    await expect(keys.find(wrong ?? '')).rejects.toMatchObject(refused);
});

test('a key is refused once it has expired', async () => {
  let now = Date.parse('2030-01-01T00:00:00Z');
  const secret = await createKey(path, key('guest', 'read', new Date(now + 1000)));
  const keys = await openApiKeys(path, () => now);
  expect(await keys.find(secret)).toMatchObject({ id: 'key:guest' });
  now += 1000;
  await expect(keys.find(secret)).rejects.toMatchObject(refused);
});

test('keys that are made, revoked and taken away count without a restart', async () => {
  let now = 0;
  const first = await createKey(path, key('first'));
  const keys = await openApiKeys(path, () => now);
  const second = await createKey(path, key('second'));
  await expect(keys.find(second)).rejects.toMatchObject(refused);
  now += 2000;
  expect(await keys.find(second)).toMatchObject({ id: 'key:second' });
  await revokeKey(path, 'first');
  now += 2000;
  await expect(keys.find(first)).rejects.toMatchObject(refused);
  expect(await keys.find(second)).toMatchObject({ id: 'key:second' });
  await rm(path);
  now += 2000;
  await expect(keys.find(second)).rejects.toMatchObject(refused);
});

test('a file that is damaged meanwhile lets nobody in until it is mended', async () => {
  let now = 0;
  const secret = await createKey(path, key('first'));
  const whole = await readFile(path, 'utf8');
  const keys = await openApiKeys(path, () => now);
  await writeFile(path, '{"keys": [');
  for (let i = 0; i < 3; i++) {
    now += 2000;
    for (let again = 0; again < 2; again++)
      await expect(keys.find(secret)).rejects.toMatchObject({ code: 'BAD_KEY_FILE' });
  }
  await writeFile(path, whole);
  await utimes(path, new Date(), new Date(1));
  now += 2000;
  expect(await keys.find(secret)).toMatchObject({ id: 'key:first' });
});

test.each([
  ['', 'JSON'],
  ['[]', 'object'],
  ['{"keys": [{"name": "x"}]}', 'sha256'],
  [
    JSON.stringify({
      keys: [
        {
          name: 'x',
          sha256: 'a'.repeat(64),
          scopes: ['root'],
          workspace: 'w',
          created: '2030-01-01T00:00:00Z',
          expires: null,
        },
      ],
    }),
    'scopes',
  ],
])('a file of %j is refused', async (text, what) => {
  await writeFile(path, text);
  await expect(openApiKeys(path)).rejects.toMatchObject({
    code: 'BAD_KEY_FILE',
    message: expect.stringContaining(what),
  });
});

test('two keys of one name, a bad name and a key that is not there are refused', async () => {
  await createKey(path, key('x'));
  await expect(createKey(path, key('x'))).rejects.toMatchObject({ code: 'KEY_EXISTS' });
  await expect(createKey(path, key('два слова'))).rejects.toMatchObject({ code: 'BAD_NAME' });
  await expect(revokeKey(path, 'y')).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
  expect(await readKeyFile(path)).toHaveLength(1);
  await expect(createKey(join(folder, 'none', 'keys.json'), key('x'))).rejects.toMatchObject({
    code: 'UNWRITABLE_FILE',
  });
});

test('a file that cannot be looked at is no open door', async () => {
  // A name longer than any file system takes: also root may not look at it.
  const odd = join(folder, 'k'.repeat(300));
  await expect(keyFileStamp(odd)).rejects.toMatchObject({ code: 'UNREADABLE_FILE' });
  await expect(openApiKeys(odd)).rejects.toMatchObject({ code: 'UNREADABLE_FILE' });
  await writeFile(join(folder, 'file'), '');
  expect(await keyFileStamp(join(folder, 'file', 'keys.json'))).toBeNull();
});
