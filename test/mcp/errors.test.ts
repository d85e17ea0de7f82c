import { pino } from 'pino';
import { HypersceneError } from '../../src/errors.ts';
import { createMcpServer } from '../../src/mcp/create-server.ts';
import { failure } from '../../src/mcp/failure.ts';
import { remoteAsk } from '../../src/mcp/remote-ask.ts';
import { RefusedError } from '../../src/mcp/tool.ts';
import { corporaTool } from '../../src/mcp/tools/corpora.ts';
import { story } from '../api/sketches.ts';
import { serve, type TestServer } from '../server/serve.ts';
import { connectHttp, type TestClient } from './connect.ts';
import { storyReader } from './open-stories.ts';

let server: TestServer;
let model: TestClient;

beforeAll(async () => {
  server = await serve({ reader: storyReader(2 ** 20) });
  for (const lang of ['ru', 'en'] as const) await server.api.write(story(lang));
  model = await connectHttp(server.url);
});

afterAll(async () => {
  await model.close();
  await server.close();
});

const AFTER = 'zzz';

test.each([
  ['search', { corpus: 'нет', text: 'дверь' }, /^error CORPUS_NOT_FOUND: .*came "нет".*`corpora` lists/u],
  [
    'search',
    { corpus: 'сказки', text: 'дверь', first: 201 },
    /^error PAGE_TOO_LARGE: .*expected 1 to 200; came 201.*`after`/u,
  ],
  ['search', { corpus: 'tales', text: 'door', after: AFTER }, /^error BAD_CURSOR: .*came "zzz".*`next`/u],
  ['corpora', { after: AFTER }, /^error BAD_CURSOR: /u],
  ['activate', { corpus: 'tales' }, /^error BAD_USER_INPUT: .*Exactly one key/u],
  ['activate', { corpus: 'tales', query: 'door', code: 'Δ1' }, /^error BAD_USER_INPUT: .*Exactly one key/u],
  ['activate', { query: 'дверь' }, /^error BAD_ARGUMENT: .*corpus/u],
  ['activate', { corpus: 'сказки', query: 'дверь '.repeat(200) }, /^error BAD_ARGUMENT: .*1000/u],
  [
    'activate',
    { corpus: 'сказки', query: 'дверь', budget: 2001 },
    /^error BAD_ARGUMENT: .*1 to 2000 scenes; came 2001/u,
  ],
  ['activate', { scene: 'xyz' }, /^error BAD_ARGUMENT: /u],
  ['assemble', { corpus: 'нет', query: 'дверь', tokens: 100 }, /^error CORPUS_NOT_FOUND: /u],
  ['expand', { ref: 'Δ999:1' }, /^error OCCURRENCE_NOT_FOUND: .*Δ999:1.*`occurrences`/u],
  ['expand', { ref: 'door' }, /^error BAD_CODE: .*expected Δ14 or Δ14:7; came "door"/u],
  ['expand', { ref: 'Δ0:1', first: 201 }, /^error PAGE_TOO_LARGE: /u],
  ['occurrences', { level: 99 }, /^error BAD_ARGUMENT: .*0 to 32; came 99/u],
  ['bundle', { ref: 'Δ0:1', scenesMax: 20_001 }, /^error BAD_ARGUMENT: .*20000/u],
  ['collapse', { corpus: 'нет' }, /^error CORPUS_NOT_FOUND: /u],
  ['read', { corpus: ' tales', name: 'a.txt', text: 'He came.' }, /^error BAD_NAME: /u],
  ['read', { corpus: 'tales', name: 'a.txt', text: '' }, /^error EMPTY_DOCUMENT: /u],
])('%s %j says what was expected', async (tool, given, expected) => {
  const { isError, text, output } = await model.call(tool, given);
  expect(text).toMatch(expected);
  expect([isError, output]).toEqual([true, undefined]);
  expect(text).not.toMatch(/\bat .+:\d+|node_modules|src\//u);
});

test.each([
  ['search', { corpus: 'tales', words: 'door' }, /text[\s\S]*Unrecognized key: "words"/u],
  ['search', { corpus: 'tales', text: 'door', first: 0 }, /first/u],
  ['search', { corpus: 'tales', text: 'door', first: 1.5 }, /first/u],
  ['search', { corpus: 'tales', text: 'door', labels: 'DE' }, /labels/u],
  ['assemble', { corpus: 'tales', query: 'door' }, /tokens/u],
  ['none', {}, /Tool none not found/u],
])('%s %j is refused before anything is asked', async (tool, given, expected) => {
  const { isError, text } = await model.call(tool, given);
  expect(text).toMatch(expected);
  expect(isError).toBe(true);
});

test('a text that is too long says how long it may be', async () => {
  const { isError, text } = await model.call('read', {
    corpus: 'tales',
    name: 'a.txt',
    text: 'He came. '.repeat(2 ** 17),
  });
  expect([isError, text]).toEqual([true, expect.stringMatching(/^error DOCUMENT_TOO_LARGE: .*1048576/u)]);
});

test('a resource that is not there has the code of the protocol', async () => {
  await expect(model.client.readResource({ uri: 'hyperscene://corpus/none' })).rejects.toMatchObject({ code: -32002 });
  const unknown = `hyperscene://scene/${'0'.repeat(32)}`;
  await expect(model.client.readResource({ uri: unknown })).rejects.toMatchObject({ code: -32002 });
  await expect(model.client.readResource({ uri: 'hyperscene://scene/xyz' })).rejects.toMatchObject({
    code: -32602,
    message: expect.stringContaining('BAD_ARGUMENT'),
  });
});

test('a fault of the program is told without a word about its insides', () => {
  const secret = new Error('/home/someone/graph: EIO');
  for (const fault of [secret, new HypersceneError('INTERNAL', secret.message), 'text'])
    expect(failure(fault)).toEqual({
      isError: true,
      content: [{ type: 'text', text: 'error INTERNAL: internal error' }],
    });
  const masked = {
    message: 'internal error',
    extensions: { code: 'STORE_FAILED', requestId: 'req-7', retriable: true },
  };
  expect(failure(new RefusedError([masked, { message: 'no code' }]))).toMatchObject({
    content: [
      {
        text: 'error STORE_FAILED: internal error; request req-7; the same call may succeed later\nerror INTERNAL: no code',
      },
    ],
  });
});

test('a server of another version is told from an answer', async () => {
  const other = async () => ({ data: { corpora: { nodes: [{ title: 'tales' }] } }, errors: [] });
  await expect(corporaTool.run({ first: 1 }, other, { signal: new AbortController().signal })).rejects.toMatchObject({
    code: 'INTERNAL',
    details: { expected: 'a server of the same version' },
  });
  expect(createMcpServer({ ask: other, version: '1', logger: pino({ level: 'silent' }) }).isConnected()).toBe(false);
});

describe('asking a server elsewhere', () => {
  const ask = (url: string, signal = new AbortController().signal) =>
    remoteAsk({ url, key: null })('{ corpora { nodes { name } } }', {}, { signal });

  it('gives what it answers, errors too', async () => {
    const answer = await ask(server.url);
    expect(answer).toEqual({ data: { corpora: { nodes: [{ name: 'tales' }, { name: 'сказки' }] } }, errors: [] });
    const refused = await remoteAsk({ url: `${server.url}/`, key: null })(
      '{ none }',
      {},
      {
        signal: new AbortController().signal,
      },
    );
    expect(refused).toMatchObject({ data: null, errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
  });

  it('says when nothing listens there, or something else does', async () => {
    await expect(ask('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE', retriable: true });
    await expect(ask(`${server.url}/assets`)).rejects.toMatchObject({
      code: 'SERVER_UNREACHABLE',
      message: expect.stringContaining('status 404'),
    });
  });

  it('stops when it is cancelled', async () => {
    await expect(ask(server.url, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
