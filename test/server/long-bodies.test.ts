import fc from 'fast-check';
import { Pieces } from '../../src/server/long-body.ts';
import { type ParsedBody, parseLongBody } from '../../src/server/long-body-worker.ts';
import { LIMITS } from '../api/open-api.ts';
import { story } from '../api/sketches.ts';
import { sendChunks } from './send-chunks.ts';
import { JSON_TYPE, serve, type TestServer } from './serve.ts';

const parse = (json: string, structureMax: number): ParsedBody => {
  const pieces = new Pieces();
  pieces.add(Buffer.from(json));
  return parseLongBody({ pieces: pieces.all(), structureMax });
};

/** As the parser counts it, by another way: what is left when each string is two quotes. */
const structureOf = (json: string): number => Buffer.byteLength(json.replaceAll(/"(?:[^"\\]|\\.)*"/gsu, '""'));

test('whatever JSON is parsed as JSON.parse does, unless more than the bound stands outside of its texts', () => {
  const property = fc.property(fc.json(), fc.nat(80), (json, structureMax) => {
    const variables = `{"variables":${json}}`;
    const expected =
      structureOf(variables) > structureMax
        ? { type: 'refused', what: 'structure' }
        : { type: 'parsed', body: JSON.parse(variables) };
    expect(parse(variables, structureMax)).toEqual(expected);
  });
  fc.assert(property, { numRuns: 500 });
});

test.each(['\\', '\\\\', '"', '\\"', '\\\\"', 'д', '"]["', '\n'])('texts of %j end where they end', (text) => {
  const body = { variables: [text, text.repeat(1000), text.repeat(1001)] };
  const json = JSON.stringify(body);
  expect(parse(json, structureOf(json))).toEqual({ type: 'parsed', body });
  expect(parse(json, structureOf(json) - 1)).toEqual({ type: 'refused', what: 'structure' });
});

test('what is no JSON is told as such, however it ends', () => {
  for (const json of ['{"variables":"x', '{"variables":"x\\"', '"', '{', '', '{"a":1}}'])
    expect(parse(json, 100)).toEqual({ type: 'malformed' });
});

test('a mark of the byte order goes by', () => {
  expect(parse('\ufeff{"query":"{ x }"}', 100)).toEqual({ type: 'parsed', body: { query: '{ x }' } });
});

test('beside the variables no text may be longer than the bound', () => {
  const long = 'x'.repeat(200);
  expect(parse(JSON.stringify({ query: long }), 150)).toEqual({ type: 'refused', what: 'query' });
  expect(parse(JSON.stringify({ query: 'x', operationName: long }), 150)).toEqual({ type: 'refused', what: 'query' });
  const body = { query: 'x', variables: { text: long } };
  expect(parse(JSON.stringify(body), 150)).toEqual({ type: 'parsed', body });
});

test('pieces hold the bytes that came, in whatever chunks', () => {
  const chunks = fc.array(fc.oneof(fc.uint8Array({ maxLength: 50 }), fc.constant(new Uint8Array(700_000).fill(7))), {
    maxLength: 6,
  });
  const property = fc.property(chunks, (all) => {
    const pieces = new Pieces();
    for (const chunk of all) pieces.add(chunk);
    expect(Buffer.concat(pieces.all()).equals(Buffer.concat(all))).toBe(true);
  });
  fc.assert(property, { numRuns: 50 });
});

describe('a server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await serve({ limits: { ...LIMITS, documentBytesMax: 2 ** 20 } });
    for (const lang of ['ru', 'en'] as const) await server.api.write(story(lang));
  });
  afterAll(() => server.close());

  const send = async (body: string, init: RequestInit = {}) => {
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers: JSON_TYPE, body, ...init });
    const { data, errors } = (await response.json()) as {
      data?: unknown;
      errors?: { message: string; extensions: Record<string, unknown> }[];
    };
    return { status: response.status, data, error: errors?.[0] };
  };
  const TOO_LARGE = { code: 'QUERY_TOO_LARGE', class: 'LIMIT_EXCEEDED', retriable: false };

  test.each([
    ['comment', `#${'x'.repeat(300_000)}\n{ corpora { nodes { name } } }`],
    ['text', `{ corpus(name: "${'д'.repeat(150_000)}") { name } }`],
    ['brackets', '{'.repeat(300_000)],
  ])('refuses a query with a long %s', async (_, query) => {
    const { status, error } = await send(JSON.stringify({ query }));
    expect(status).toBe(413);
    expect(error?.extensions).toMatchObject(TOO_LARGE);
  });

  test.each([
    ['numbers', `{"query":"{ corpora { nodes { name } } }","variables":{"a":[${'1,'.repeat(150_000)}1]}}`],
    ['lists in lists', `{"query":"{ x }","variables":{"a":${'['.repeat(150_000)}${']'.repeat(150_000)}}}`],
    ['brackets alone', '['.repeat(300_000)],
  ])('refuses a body of many %s', async (_, body) => {
    const { status, error } = await send(body);
    expect(status).toBe(413);
    expect(error?.extensions).toMatchObject(TOO_LARGE);
  });

  test('tells a long body that is no JSON from one that is too large', async () => {
    const { status, error } = await send(`{"query":"{ x }","variables":{"a":"${'x'.repeat(300_000)}`);
    expect(status).toBe(400);
    expect(error?.extensions['code']).toBe('BAD_REQUEST');
  });

  test('answers what has a long text as a variable, and goes on answering behind what it refused', async () => {
    const query =
      'query ($corpus: String!, $text: String!) { corpus(name: $corpus) { name } b: corpus(name: $text) { name } }';
    for (const corpus of ['tales', 'сказки']) {
      const { data, error } = await send(JSON.stringify({ query, variables: { corpus, text: 'т'.repeat(300_000) } }));
      expect(data).toMatchObject({ corpus: { name: corpus } });
      expect(error?.extensions['code']).toBe('BAD_NAME');
    }
  });

  test.each([
    ['a number', 'query ($a: Int!) { corpora(first: $a) { nodes { id } } }', 'long'],
    ['an id', 'query ($a: ID!) { scene(id: $a) { id } }', 'long'],
    ['one of a list', 'query ($a: [ID!]!) { nodes(ids: $a) { id } }', ['x', 'long']],
    [
      'a language within an input',
      'mutation ($a: ReadTextInput!) { readText(input: $a) { sceneCount } }',
      { corpus: 'x', name: 'x', text: 'x', lang: 'long' },
    ],
    [
      'a field that is not there',
      'mutation ($a: ReadTextInput!) { readText(input: $a) { sceneCount } }',
      { corpus: 'x', name: 'x', text: 'x', other: ['long'] },
    ],
  ])('a long text for %s is refused without being repeated', async (_, query, a) => {
    const body = JSON.stringify({ query, variables: { a } }).replace('"long"', `"${'д'.repeat(70_000)}"`);
    const { data, error } = await send(body);
    expect(data).toBeUndefined();
    expect(error?.extensions).toMatchObject({ ...TOO_LARGE, details: { came: '70000' } });
    expect(error?.message.length).toBeLessThan(300);
  });

  test('a body in chunks without a length is refused once it is too long, with an answer', async () => {
    const chunk = Buffer.alloc(2 ** 20, ' ');
    const options = { method: 'POST', headers: JSON_TYPE };
    const { status } = await sendChunks(`${server.url}/graphql`, options, chunk, 8 * chunk.length);
    expect(status).toBe(413);
  });
});
