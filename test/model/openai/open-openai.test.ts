import { once } from 'node:events';
import { createServer as createSecureServer } from 'node:https';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { generate } from 'selfsigned';
import type { CompleteOptions, CompletionPiece, ModelCall, Prompt } from '../../../src/model/language-model.ts';
import { type OpenAiOptions, openOpenAi } from '../../../src/model/openai/open-openai.ts';
import { NONE_ROW } from '../../../src/model/row-key.ts';
import {
  type Answer,
  KEY,
  type StrictServer,
  sendJson,
  startStrictServer,
  streaming,
  textEvent,
  usageEvent,
} from './strict-server.ts';

let server: StrictServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const CALL: ModelCall = { client: 'a', workspace: 'test', pack: null, reproducible: false };
const OPTIONS: CompleteOptions = { tokensMax: 8, temperature: 0, topK: 0, topP: 1, minP: 0, stop: [] };

const prompt = (text: string, form: Prompt['form'] = 'raw'): Prompt => ({ segments: [{ kind: 'text', text }], form });

const open = (options: Partial<OpenAiOptions> = {}) =>
  openOpenAi({ url: server?.url ?? '', key: KEY, name: 'tiny', context: 64, timeout: 5000, retryBase: 5, ...options });

const serve = async (...args: Parameters<typeof startStrictServer>) => {
  server = await startStrictServer(...args);
  return server;
};

const take = (pieces: AsyncIterable<CompletionPiece>): Promise<CompletionPiece[]> => Array.fromAsync(pieces);
const textOf = (pieces: readonly CompletionPiece[]) =>
  pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
const complete = (
  text = 'Once',
  options: Partial<CompleteOptions> = {},
  call: Partial<ModelCall> = {},
  form?: Prompt['form'],
) => open().complete(prompt(text, form), { ...OPTIONS, ...options }, { ...CALL, ...call });

const SENTENCE = [textEvent('Ночь'), textEvent(' 😀'), textEvent('', 'stop'), usageEvent(3, 2, 1)];
const asked = (path: string) => (server?.asked ?? []).filter((each) => each.path === path);

/** Until it holds; a second is long for what needs none. */
const soon = async (holds: () => Promise<boolean>): Promise<void> => {
  for (const until = performance.now() + 1000; !(await holds()); await sleep(5))
    if (performance.now() > until) throw new Error('not within a second');
};

describe('complete', () => {
  test('pieces come as they were sent, then the end with what the server counted', async () => {
    await serve({ '/v1/completions': streaming(SENTENCE) });
    const pieces = await take(complete('Once', { temperature: 0.5, seed: 2 ** 32 - 1, stop: ['\n'] }));
    expect(textOf(pieces)).toBe('Ночь 😀');
    expect(pieces.at(-1)).toEqual({
      kind: 'end',
      tokens: null,
      reason: 'stop',
      usage: {
        prompt: 3,
        cached: 1,
        generated: 2,
        waited: expect.any(Number),
        promptTime: expect.any(Number),
        time: expect.any(Number),
      },
      provenance: {
        model: { name: 'tiny', sha256: null },
        pack: null,
        adapter: null,
        seed: 2 ** 32 - 1,
        slots: null,
        batch: 'unknown',
        threads: null,
        kv: null,
      },
    });
    expect(asked('/v1/completions')[0]?.body).toEqual({
      model: 'tiny',
      prompt: 'Once',
      max_tokens: 8,
      temperature: 0.5,
      top_p: 1,
      seed: 0,
      stop: ['\n'],
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  test('a chat is the turn of a user, and has a schema in the words of the API', async () => {
    const events = [
      { choices: [{ delta: { role: 'assistant', content: null } }] },
      { choices: [{ delta: { content: '{}' } }] },
    ];
    await serve({
      '/v1/chat/completions': streaming([...events, { choices: [{ delta: {}, finish_reason: 'length' }] }]),
    });
    const schema = { type: 'object' };
    const pieces = await take(complete('Hi', { schema }, {}, 'chat'));
    expect(pieces).toMatchObject([{ text: '{}' }, { reason: 'length', usage: { prompt: 0, generated: 1 } }]);
    expect(asked('/v1/chat/completions')[0]?.body).toMatchObject({
      messages: [{ role: 'user', content: 'Hi' }],
      response_format: { type: 'json_schema', json_schema: { strict: true, schema } },
    });
    await expect(take(complete('Hi', { schema }))).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
  });

  test('a seed that is drawn is told, and none where nothing is drawn', async () => {
    await serve({ '/v1/completions': streaming(SENTENCE) });
    const end = (await take(complete('Once', { temperature: 1 }))).at(-1);
    expect(end).toMatchObject({ provenance: { seed: asked('/v1/completions')[0]?.body.seed } });
    expect((await take(complete())).at(-1)).toMatchObject({ provenance: { seed: null } });
    expect(asked('/v1/completions')[1]?.body).not.toHaveProperty('seed');
  });

  test('fields that a server refuses are left out, and not sent to it again', async () => {
    await serve({ '/v1/completions': streaming(SENTENCE) });
    const model = open();
    for (let time = 0; time < 2; time++)
      expect(textOf(await take(model.complete(prompt('Once'), { ...OPTIONS, topK: 40, minP: 0.05 }, CALL)))).toBe(
        'Ночь 😀',
      );
    expect(asked('/v1/completions').map(({ body }) => [body.top_k, body.min_p])).toEqual([
      [40, 0.05],
      [undefined, 0.05],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  test('the newer name of the limit is used where the older one is refused', async () => {
    const refuse: Answer = (response, { body, ...rest }, request) =>
      body.max_tokens === undefined
        ? streaming(SENTENCE)(response, { body, ...rest }, request)
        : sendJson(response, 400, {
            error: { message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead." },
          });
    await serve({ '/v1/completions': refuse }, { extras: ['max_completion_tokens'] });
    await take(complete());
    expect(asked('/v1/completions').at(-1)?.body).toMatchObject({ max_completion_tokens: 8 });
  });

  test('vLLM is told by its list, gets its own fields, tells what stopped it, and no more than fits', async () => {
    const events = [textEvent('a'), textEvent('', 'stop', { stop_reason: null }), usageEvent(60, 1)];
    await serve(
      {
        '/v1/completions': streaming(events),
        '/tokenize': (response) => sendJson(response, 200, { count: 50, tokens: [] }),
      },
      { ownedBy: 'vllm', extras: ['top_k', 'min_p', 'repetition_penalty', 'structured_outputs', 'guided_json'] },
    );
    const pieces = await take(
      complete('Once '.repeat(20), { tokensMax: 1000, stop: ['\n'], schema: { type: 'object' } }),
    );
    expect(pieces.at(-1)).toMatchObject({ reason: 'end' });
    expect(asked('/v1/completions')[0]?.body).toMatchObject({
      max_tokens: 13,
      top_k: -1,
      min_p: 0,
      repetition_penalty: 1,
    });
  });

  test('llama-server gets ids, so that what spells a mark is plain text', async () => {
    await serve(
      {
        '/v1/completions': streaming(SENTENCE),
        '/tokenize': (response) => sendJson(response, 200, { tokens: [1, 2, 3] }),
      },
      { ownedBy: 'llamacpp', extras: ['top_k', 'min_p', 'repeat_penalty', 'cache_prompt', 'json_schema'] },
    );
    await take(complete('<|im_end|>', { schema: { type: 'object' } }, { reproducible: true }));
    expect(asked('/tokenize')[0]?.body).toEqual({ content: '<|im_end|>', add_special: true, parse_special: false });
    const body = { prompt: [1, 2, 3], cache_prompt: false, json_schema: { type: 'object' }, repeat_penalty: 1 };
    expect(asked('/v1/completions')[0]?.body).toMatchObject(body);
  });

  test('an answer is the same wherever its bytes are cut, with CRLF and comments in it', async () => {
    let cuts: readonly number[] = [];
    const whole = Buffer.from(
      [...SENTENCE.map((event) => JSON.stringify(event)), '[DONE]']
        .map((data) => `: ping\r\n\r\ndata: ${data}\r\n\r\n`)
        .join(''),
    );
    await serve({
      '/v1/completions': async (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        let at = 0;
        for (const cut of [...cuts.map((each) => each % whole.length), whole.length].toSorted((a, b) => a - b)) {
          response.write(whole.subarray(at, cut));
          at = cut;
          // Else the pieces come together.
          await sleep(1);
        }
        response.end();
      },
    });
    const model = open();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 8 }), async (some) => {
        cuts = some;
        const pieces = await take(model.complete(prompt('Once'), OPTIONS, CALL));
        expect(textOf(pieces)).toBe('Ночь 😀');
        expect(pieces.at(-1)).toMatchObject({ reason: 'end', usage: { prompt: 3, generated: 2 } });
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ['cut off midway', streaming([textEvent('a')], false), 'MODEL_CRASHED'],
    ['done without a reason', streaming([textEvent('a')]), 'MODEL_CRASHED'],
    ['an error midway', streaming([textEvent('a'), { error: { message: `slot lost ${KEY}` } }]), 'MODEL_CRASHED'],
    ['an aborted one', streaming([textEvent('a', 'abort')]), 'MODEL_CRASHED'],
    ['pieces of another shape', streaming([{ choices: 'none' }]), 'MODEL_CRASHED'],
    [
      'what is no stream',
      ((response) => sendJson(response, 200, textEvent('a', 'stop'))) as Answer,
      'MODEL_UNAVAILABLE',
    ],
    [
      'no JSON',
      ((response) =>
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: {"choi\n\n')) as Answer,
      'MODEL_CRASHED',
    ],
    [
      'a broken connection',
      ((response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`data: ${JSON.stringify(textEvent('a'))}\n\n`, () => response.destroy());
      }) as Answer,
      'MODEL_CRASHED',
    ],
    ['a connection that ends before', ((response) => response.destroy()) as Answer, 'MODEL_CRASHED'],
    [
      'a page of HTML',
      ((response) => response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Oops</h1>')) as Answer,
      'MODEL_UNAVAILABLE',
    ],
    [
      'a prompt too long',
      refusing(400, { error: { code: 'context_length_exceeded', message: 'too long' } }),
      'CONTEXT_FULL',
    ],
    [
      'too long for older vLLM',
      refusing(400, { message: "This model's maximum context length is 64 tokens" }),
      'CONTEXT_FULL',
    ],
    [
      'a model that is not there',
      refusing(404, { error: { message: 'The model `tiny` does not exist.' } }),
      'MODEL_NOT_FOUND',
    ],
    ['a list of faults', refusing(422, { detail: [{ loc: ['body', 'stop'], msg: 'too many' }] }), 'BAD_ARGUMENT'],
    ['no such path', refusing(404, { detail: 'Not Found' }), 'MODEL_UNAVAILABLE'],
    ['another address', refusing(307, {}, { location: 'http://127.0.0.1:9/v1' }), 'MODEL_UNAVAILABLE'],
    ['a gateway out of time', refusing(504, {}), 'MODEL_TIMEOUT'],
  ])('%s is a clear error without the key', async (_name, answer, code) => {
    await serve({ '/v1/completions': answer });
    const error = await take(complete()).catch((each: unknown) => each);
    expect(error).toMatchObject({ code });
    expect(JSON.stringify(error) + (error as Error).message).not.toContain(KEY);
    expect(asked('/v1/completions')).toHaveLength(1);
  });

  test('a wrong key is a clear error that does not tell it, though the server does', async () => {
    await serve({}, { key: 'another' });
    const error = await take(complete()).catch((each: Error) => each);
    expect(error).toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringMatching(/key.*Incorrect API key: Bearer …/u),
    });
    expect(String((error as Error).stack)).not.toContain(KEY);
  });
});

function refusing(status: number, body: unknown, headers = {}): Answer {
  return (response) => sendJson(response, status, body, headers);
}

describe('tries', () => {
  const after = (refusals: readonly Answer[]): Answer => {
    let count = 0;
    return (...args) => (refusals[count++] ?? streaming(SENTENCE))(...args);
  };

  test('what was not begun is asked again, as late as the server says', async () => {
    const late = refusing(429, { error: 'later' }, { 'retry-after': '1' });
    await serve({
      '/v1/completions': after([late, refusing(503, { error: { message: 'Loading model' } }), refusing(502, '')]),
    });
    expect(textOf(await take(complete()))).toBe('Ночь 😀');
    const [first, second] = asked('/v1/completions');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(990);
    expect(asked('/v1/completions')).toHaveLength(4);
  });

  test('one who is to come back later than makes sense to wait is told when', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    await serve({ '/v1/completions': refusing(429, {}, { 'retry-after': date }) });
    const error = await take(complete()).catch((each: unknown) => each);
    expect(error).toMatchObject({ code: 'MODEL_BUSY', details: { retryAfter: expect.any(Number) } });
    expect(asked('/v1/completions')).toHaveLength(1);
  });

  test('a server that stays busy is told as busy, one that is not there as that', async () => {
    await serve({ '/v1/completions': refusing(429, {}), '/v1/models': refusing(503, {}) });
    await expect(take(open({ retries: 2 }).complete(prompt('a'), OPTIONS, CALL))).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
    });
    expect(asked('/v1/models')).toHaveLength(3);
    const url = server?.url;
    await server?.stop();
    const away = open({ ...(url === undefined ? {} : { url }), retries: 1 });
    await expect(away.describe()).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringMatching(/cannot be reached.*ECONNREFUSED/u),
    });
    await serve({ '/v1/completions': refusing(429, {}) });
    await expect(take(open({ retries: 2 }).complete(prompt('a'), OPTIONS, CALL))).rejects.toMatchObject({
      code: 'MODEL_BUSY',
    });
    expect(asked('/v1/completions')).toHaveLength(3);
  });

  test('a certificate that nobody vouches for is told so, and not tried again', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
    const secure = createSecureServer({ key, cert }).listen(0, '127.0.0.1');
    await once(secure, 'listening');
    const { port } = secure.address() as { port: number };
    await expect(open({ url: `https://127.0.0.1:${port}` }).describe()).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      details: { came: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    secure.close();
  });

  test('waiting for the next try ends with the caller', async () => {
    await serve({ '/v1/completions': refusing(429, {}, { 'retry-after': '20' }) });
    const leaving = new AbortController();
    const error = take(complete('a', {}, { signal: leaving.signal })).catch((each: unknown) => each);
    await soon(async () => asked('/v1/completions').length > 0);
    leaving.abort();
    expect(await error).toMatchObject({ code: 'CANCELLED' });
  });
});

describe('leaving', () => {
  /** Sends without end, as fast as it is taken. */
  const endless = () => {
    const sent = { bytes: 0, closed: false };
    const answer: Answer = async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const closed = once(response, 'close').then(() => {
        sent.closed = true;
      });
      const event = `data: ${JSON.stringify(textEvent('word '.repeat(800)))}\n\n`;
      while (!sent.closed) {
        sent.bytes += event.length;
        if (!response.write(event))
          await Promise.race([new Promise((drained) => response.once('drain', drained)), closed]);
      }
    };
    return { sent, answer };
  };

  test('whoever stops taking closes the connection at once, and frees the turn', async () => {
    const { sent, answer } = endless();
    await serve({ '/v1/completions': answer });
    const model = open();
    for await (const piece of model.complete(prompt('a'), OPTIONS, CALL)) {
      expect(piece.kind).toBe('text');
      expect(model.status()).toMatchObject({ processes: [{ running: 1 }] });
      break;
    }
    await soon(async () => sent.closed && (await server?.connections()) === 0);
    expect(model.status()).toMatchObject({ processes: [{ running: 0 }], waiting: 0 });
  });

  test('so does whoever aborts, while the server says nothing', async () => {
    const closed = { yet: false };
    await serve({
      '/v1/completions': (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': wait\n\n');
        response.once('close', () => {
          closed.yet = true;
        });
      },
    });
    const leaving = new AbortController();
    const error = take(complete('a', {}, { signal: leaving.signal })).catch((each: unknown) => each);
    await soon(async () => asked('/v1/completions').length > 0);
    await sleep(20);
    leaving.abort();
    expect(await error).toMatchObject({ code: 'CANCELLED' });
    await soon(async () => closed.yet);
  });

  test('closing the model ends what runs and what waits', async () => {
    await serve({ '/v1/completions': () => undefined });
    const model = open({ atOnce: 1 });
    const running = take(model.complete(prompt('a'), OPTIONS, CALL)).catch((each: unknown) => each);
    const waiting = take(model.complete(prompt('b'), OPTIONS, CALL)).catch((each: unknown) => each);
    await soon(async () => asked('/v1/completions').length > 0);
    expect(model.status()).toMatchObject({ processes: [{ running: 1, state: 'ready' }], waiting: 1 });
    await model.close();
    expect(await running).toMatchObject({ code: 'CANCELLED' });
    expect(await waiting).toMatchObject({ code: 'CANCELLED' });
    await expect(model.count([prompt('a')], CALL)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(model.status()).toMatchObject({ processes: [{ running: 0, state: 'stopping' }], waiting: 0 });
  });

  test('a slow taker holds the server back, and its time is not the server’s silence', async () => {
    const { sent, answer } = endless();
    await serve({ '/v1/completions': answer });
    const pieces = open({ timeout: 200 }).complete(prompt('a'), OPTIONS, CALL)[Symbol.asyncIterator]();
    await pieces.next();
    await sleep(300);
    const before = sent.bytes;
    await sleep(200);
    expect(sent.bytes).toBe(before);
    // What lies in the buffers of both sides' sockets.
    expect(sent.bytes).toBeLessThan(2 ** 24);
    await expect(pieces.next()).resolves.toMatchObject({ value: { kind: 'text' } });
    await pieces.return?.();
  });

  test('a server that is silent is given up, before its answer and within', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    await expect(open({ url: `http://127.0.0.1:${port}`, timeout: 50 }).describe()).rejects.toMatchObject({
      code: 'MODEL_TIMEOUT',
    });
    silent.close();
    await serve({
      '/v1/completions': (response) => {
        response
          .writeHead(200, { 'content-type': 'text/event-stream' })
          .write(`data: ${JSON.stringify(textEvent('a'))}\n\n`);
      },
    });
    const error = take(open({ timeout: 100 }).complete(prompt('a'), OPTIONS, CALL)).catch((each: unknown) => each);
    expect(await error).toMatchObject({ code: 'MODEL_TIMEOUT' });
  });

  test('more than may wait are refused', async () => {
    await serve({ '/v1/completions': () => undefined });
    const model = open({ atOnce: 1, queueMax: 1 });
    const first = take(model.complete(prompt('a'), OPTIONS, CALL)).catch(() => 'first');
    const second = take(model.complete(prompt('a'), OPTIONS, CALL)).catch(() => 'second');
    await expect(take(model.complete(prompt('a'), OPTIONS, CALL))).rejects.toMatchObject({ code: 'MODEL_BUSY' });
    await model.close();
    await Promise.all([first, second]);
  });
});

describe('score', () => {
  const echo = (
    text: string,
    tokens: readonly string[],
    values: readonly (number | null)[],
    offsets: readonly number[],
    prompt: number,
  ): Answer =>
    refusing(200, {
      choices: [{ text, logprobs: { tokens, token_logprobs: values, text_offset: offsets } }],
      usage: { prompt_tokens: prompt, completion_tokens: 1 },
    });
  const segments = {
    segments: [
      { kind: 'text', text: 'Ab😀' },
      { kind: 'text', text: ' c' },
    ],
    form: 'raw',
  } as const;

  test('each token with its segment; what the server made beyond the prompt is left out', async () => {
    await serve({
      '/v1/completions': echo('Ab😀 c d', ['A', 'b😀', ' c', ' d'], [null, -1, -0.5, -3], [0, 1, 3, 5], 3),
    });
    expect(await open().score(segments, CALL)).toMatchObject({
      tokens: [
        { segment: 0, text: 'A', logProbability: null },
        { segment: 0, text: 'b😀', logProbability: -1 },
        { segment: 1, text: ' c', logProbability: -0.5 },
      ],
      sum: -1.5,
      usage: { prompt: 3, generated: 1 },
      provenance: { batch: 'unknown', seed: null },
    });
  });

  test('a mark of the beginning, whose characters vLLM counts in, is of no segment', async () => {
    const tokens = ['<s>', 'A', 'b😀', ' c', ' d'];
    await serve({ '/v1/completions': echo('Ab😀 c d', tokens, [null, -2, -1, -0.5, -3], [0, 3, 4, 6, 8], 4) });
    const { tokens: scored } = await open().score(segments, CALL);
    expect(scored.map(({ segment, logProbability }) => [segment, logProbability])).toEqual([
      [-1, null],
      [0, -2],
      [0, -1],
      [1, -0.5],
    ]);
  });

  test('a server that has none says so, as does one that would tell those of other tokens', async () => {
    await serve({
      '/v1/completions': refusing(200, { choices: [{ text: ' d', logprobs: { content: [] } }], usage: {} }),
    });
    await expect(open().score(segments, CALL)).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringContaining('echo'),
    });
    await server?.stop();
    const none: Answer = (response) => sendJson(response, 200, { count: 0 });
    await serve({ '/extras/tokenize/count': none }, { ownedBy: 'me' });
    await expect(open().score(segments, CALL)).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringContaining('no mark of the beginning'),
    });
    await expect(open().score({ ...segments, form: 'chat' }, CALL)).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
    });
    expect(await open().score({ segments: [], form: 'raw' }, CALL)).toMatchObject({ tokens: [], sum: 0 });
  });
});

describe('embed', () => {
  const vectors: Answer = (response, { body }) => {
    const data = body.input
      .map((text: string, index: number) => ({ index, embedding: [text.length, 0, 1] }))
      .toReversed();
    sendJson(response, 200, { data, usage: { prompt_tokens: body.input.length } });
  };

  test('vectors of unit length in the order of the prompts, asked for in requests of bounded size', async () => {
    await serve({ '/v1/embeddings': vectors });
    const prompts = Array.from({ length: 150 }, (_, index) => prompt('x'.repeat(index + 1)));
    const { vectors: found, usage } = await open().embed([...prompts, prompt('y'.repeat(2 ** 20))], CALL);
    expect(found.map((vector) => Math.round((vector[0] ?? 0) / (vector[2] ?? 1)))).toEqual([
      ...prompts.keys().map((at) => at + 1),
      2 ** 20,
    ]);
    for (const vector of found) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    expect(usage).toMatchObject({ prompt: 151, generated: 0 });
    expect(asked('/v1/embeddings').map(({ body }) => body.input.length)).toEqual([64, 64, 22, 1]);
    expect(await open().embed([], CALL)).toMatchObject({ vectors: [] });
  });

  test.each([
    ['too few', { data: [] }],
    ['one a token', { data: [{ index: 0, embedding: [[1, 2]] }] }],
    ['zero', { data: [{ index: 0, embedding: [0, 0] }] }],
  ])('%s are refused', async (_name, body) => {
    await serve({ '/v1/embeddings': refusing(200, body) });
    await expect(open().embed([prompt('a')], CALL)).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
  });
});

describe('what it is and has', () => {
  const count: Answer = (response, { body }) => sendJson(response, 200, { count: body.input.length + 1 });

  test('positions by llama-cpp-python, the mark of the beginning not counted; no server, no count', async () => {
    await serve({ '/extras/tokenize/count': count }, { ownedBy: 'me' });
    expect(await open().count([prompt('abc'), prompt('')], CALL)).toEqual([3, 0]);
    await expect(open().count([prompt('abc', 'chat')], CALL)).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
    await expect(open({ kind: 'other' }).count([prompt('abc')], CALL)).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
    });
  });

  test('usage that a server does not tell is counted', async () => {
    await serve(
      { '/extras/tokenize/count': count, '/v1/completions': streaming([textEvent('a'), textEvent('b', 'length')]) },
      { ownedBy: 'me', extras: ['top_k', 'min_p', 'repeat_penalty'] },
    );
    expect((await take(complete('abc'))).at(-1)).toMatchObject({ usage: { prompt: 3, generated: 2, cached: 0 } });
  });

  test('a model that the server does not have is told with those it has', async () => {
    await serve({});
    expect(await open().describe()).toMatchObject({ name: 'tiny', parameters: null, context: 64, slots: null });
    await expect(open({ name: 'huge' }).describe()).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
      details: { expected: '"tiny"' },
    });
    await server?.stop();
    await serve({ '/v1/models': refusing(404, {}) });
    expect(await open({ name: 'huge' }).describe()).toMatchObject({ name: 'huge', sha256: null });
    await server?.stop();
    await serve({ '/v1/models': (response) => response.writeHead(200).end('<p>Welcome</p>') });
    await expect(open().describe()).rejects.toMatchObject({ code: 'MODEL_CRASHED' });
  });

  test('no packs and no rows, whatever is asked; a row in a prompt is the caller’s fault', async () => {
    await serve({});
    const model = open();
    expect(await model.packs()).toEqual([]);
    expect(await model.rows('any', [NONE_ROW])).toEqual(new Map());
    await expect(model.predictNext(prompt('a'), { k: 1 }, CALL)).rejects.toMatchObject({ code: 'PACK_REQUIRED' });
    await expect(model.count([prompt('a')], { ...CALL, pack: 'stories' })).rejects.toMatchObject({
      code: 'PACK_NOT_FOUND',
    });
    await expect(model.embed([prompt('a')], { ...CALL, adapter: 'stories' })).rejects.toMatchObject({
      code: 'PACK_NOT_FOUND',
    });
    const row: Prompt = { segments: [{ kind: 'row', row: NONE_ROW }], form: 'raw' };
    await expect(take(model.complete(row, OPTIONS, CALL))).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(asked('/v1/completions')).toEqual([]);
  });

  test.each(['', 'model.example', 'ftp://a/', 'http://user:word@a/', 'http://a/?x'])(
    'the address %j is refused',
    (url) => {
      expect(() => open({ url })).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    },
  );

  test('the path of an address is kept', async () => {
    await serve({ '/base/v1/models': (response) => sendJson(response, 200, { data: [{ id: 'tiny' }] }) });
    await open({ url: `${server?.url}/base/v1/` }).describe();
    expect(server?.asked.map(({ path }) => path)).toEqual(['/base/v1/models']);
  });
});
