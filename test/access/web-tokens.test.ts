import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { openWebTokens, type WebTokens } from '../../src/access/web-tokens.ts';

const ISSUER = 'https://login.example';
const AUDIENCE = 'hyperscene';
const CONFIG = { issuer: ISSUER, audience: AUDIENCE, workspaceClaim: 'workspace' };

const pair = await generateKeyPair('ES256');
const stranger = await generateKeyPair('ES256');
const keySet = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' }] });

interface Signing {
  readonly claims?: JWTPayload;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expires?: string | null;
  readonly key?: typeof pair.privateKey;
  readonly kid?: string;
}

const sign = ({
  claims,
  issuer = ISSUER,
  audience = AUDIENCE,
  expires = '5m',
  key = pair.privateKey,
  kid = 'one',
}: Signing = {}) => {
  const jwt = new SignJWT({ workspace: 'край', scope: 'write', ...claims })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setSubject('анна')
    .setIssuer(issuer)
    .setAudience(audience);
  return (expires === null ? jwt : jwt.setExpirationTime(expires)).sign(key);
};

let folder: string;
let server: Server;
let fetched = 0;
let answer: { readonly status: number; readonly body: string } = { status: 200, body: keySet };
let byFile: WebTokens;
let byAddress: WebTokens;

const address = (): URL => new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-jwks-'));
  const file = join(folder, 'keys.json');
  await writeFile(file, keySet);
  server = createServer((_request, response) => {
    fetched++;
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  byFile = await openWebTokens({ ...CONFIG, keySet: file });
  byAddress = await openWebTokens({ ...CONFIG, keySet: address() });
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

test('a token opens the workspace and the scopes that it names, whether the keys come from a file or an address', async () => {
  for (const tokens of [byFile, byAddress])
    expect(await tokens.verify(await sign())).toEqual({
      id: `token:${ISSUER}|анна`,
      workspace: 'край',
      scopes: new Set(['read', 'write']),
    });
});

test('keys are fetched once for many tokens', async () => {
  const before = fetched;
  const tokens = await openWebTokens({ ...CONFIG, keySet: address() });
  const token = await sign();
  for (let i = 0; i < 20; i++) await tokens.verify(token);
  expect(fetched - before).toBe(1);
});

test.each([
  [{ scope: 'openid hyperscene:admin' }, ['read', 'write', 'admin']],
  [{ scope: ['read', 'other'] }, ['read']],
  [{ scope: undefined, scp: ['write'] }, ['read', 'write']],
  [{ scope: 'reader ADMIN' }, []],
  [{ scope: undefined }, []],
])('claims %j give the scopes %j', async (claims, scopes) => {
  const { scopes: given } = await byFile.verify(await sign({ claims }));
  expect([...given]).toEqual(scopes);
});

test('the claim of the workspace may have another name', async () => {
  const tokens = await openWebTokens({ ...CONFIG, workspaceClaim: 'https://example/tenant', keySet: address() });
  const token = await sign({ claims: { 'https://example/tenant': 'other' } });
  expect(await tokens.verify(token)).toMatchObject({ workspace: 'other' });
});

const unsigned = (header: object, payload: object): string =>
  [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');

const future = Math.floor(Date.now() / 1000) + 300;
const payload = { iss: ISSUER, aud: AUDIENCE, sub: 'x', exp: future, workspace: 'край', scope: 'admin' };

test.each<[string, () => Promise<string> | string]>([
  ['of another issuer', () => sign({ issuer: 'https://elsewhere.example' })],
  ['for another service', () => sign({ audience: 'other' })],
  ['that has expired', () => sign({ expires: '-2m' })],
  ['that never expires', () => sign({ expires: null })],
  ['signed by a stranger', () => sign({ key: stranger.privateKey })],
  ['of an unknown key', () => sign({ kid: 'two' })],
  ['without a workspace', () => sign({ claims: { workspace: undefined } })],
  ['of a workspace that is no text', () => sign({ claims: { workspace: ['край'] } })],
  ['of a workspace that has no such name', () => sign({ claims: { workspace: ' ' } })],
  ['that is not signed', () => `${unsigned({ alg: 'none' }, payload)}.`],
  [
    'signed with the public key as a secret',
    async () => {
      const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(pair.publicKey)));
      return new SignJWT(payload).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret);
    },
  ],
  ['that is none', () => 'nothing.like.this'],
  ['that was changed', async () => (await sign()).replace(/\.(.)/u, (_, letter) => (letter === 'e' ? '.f' : '.e'))],
])('a token %s is refused, with nothing of it in the error', async (_, make) => {
  const token = await make();
  for (const tokens of [byFile, byAddress]) {
    const error = await tokens.verify(token).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(error.message).not.toContain(token);
  }
});

test('keys that cannot be fetched are no fault of the token', async () => {
  const token = await sign();
  for (const broken of [
    { status: 500, body: '' },
    { status: 200, body: 'nonsense' },
    { status: 200, body: '{}' },
  ]) {
    answer = broken;
    const tokens = await openWebTokens({ ...CONFIG, keySet: address() });
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'KEY_SET_UNREACHABLE', retriable: true });
  }
  answer = { status: 200, body: keySet };
  const nobody = await openWebTokens({ ...CONFIG, keySet: new URL('http://127.0.0.1:9/keys') });
  await expect(nobody.verify(token)).rejects.toMatchObject({ code: 'KEY_SET_UNREACHABLE' });
});

test('a file that is no key set is a bad setting', async () => {
  const file = join(folder, 'bad.json');
  await writeFile(file, '{"keys": 1}');
  await expect(openWebTokens({ ...CONFIG, keySet: file })).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  await expect(openWebTokens({ ...CONFIG, keySet: join(folder, 'none') })).rejects.toMatchObject({
    code: 'BAD_CONFIG',
  });
});
