import { setTimeout as sleep } from 'node:timers/promises';
import type {
  CompleteOptions,
  CompletionPiece,
  LanguageModel,
  ModelCall,
  Prompt,
} from '../../../src/model/language-model.ts';
import { openOpenAi } from '../../../src/model/openai/open-openai.ts';
import { startLlamaServer } from './llama-server.ts';
import type { PythonServer } from './python-server.ts';
import { KEY } from './strict-server.ts';

// Against llama.cpp's own server over a real model.
const CONTEXT = 256;
const CALL: ModelCall = { client: 'a', workspace: 'test', pack: null, reproducible: true };
const OPTIONS: CompleteOptions = { tokensMax: 16, temperature: 0, topK: 0, topP: 1, minP: 0, stop: [] };
const SCHEMA = {
  type: 'object',
  properties: { colour: { enum: ['red', 'blue'] } },
  required: ['colour'],
  additionalProperties: false,
};

let server: PythonServer;
let model: LanguageModel;
beforeAll(async () => {
  server = await startLlamaServer({ key: KEY, context: CONTEXT, slots: 2, task: 'generate' });
  model = open(server);
}, 1_000_000);
afterAll(async () => {
  await model?.close();
  await server?.kill();
});

const open = ({ url }: PythonServer, key = KEY): LanguageModel =>
  openOpenAi({ url, key, name: 'SmolLM2', context: CONTEXT, timeout: 60_000, retryBase: 20 });

const prompt = (text: string, form: Prompt['form'] = 'raw'): Prompt => ({ segments: [{ kind: 'text', text }], form });
const complete = async (text: string, options: Partial<CompleteOptions> = {}, form?: Prompt['form']) => {
  const pieces = await Array.fromAsync(model.complete(prompt(text, form), { ...OPTIONS, ...options }, CALL));
  const end = pieces.at(-1);
  if (end?.kind !== 'end') throw new Error('no end');
  return { text: pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join(''), end };
};

const slots = async (): Promise<readonly { is_processing: boolean }[]> =>
  (await fetch(`${server.url}/slots`, { headers: { authorization: `Bearer ${KEY}` } })).json() as never;

test('it tells what the model is', async () => {
  expect(await model.describe()).toMatchObject({
    name: 'SmolLM2',
    parameters: 134_515_008,
    quantization: { type: 'Q4_1' },
    vocabulary: 49_152,
    embeddingLength: 576,
    trainedContext: 8192,
    context: CONTEXT,
  });
});

test('the likeliest continuation is the same each time, in pieces, and counted', async () => {
  const first = await complete('Once upon a time, there was a little');
  const second = await complete('Once upon a time, there was a little');
  expect(first.text.length).toBeGreaterThan(20);
  expect(second.text).toBe(first.text);
  expect(first.end).toMatchObject({ reason: 'length', usage: { prompt: 9, cached: 0, generated: 16 } });
  expect(first.end.usage.promptTime).toBeGreaterThan(0);
});

test('a seed decides what is drawn', async () => {
  const draw = (seed: number) => complete('The colour of the sea is', { temperature: 1, seed });
  const [one, again, other] = [await draw(7), await draw(7), await draw(8)];
  expect(again.text).toBe(one.text);
  expect(other.text).not.toBe(one.text);
  // 2³² − 1 would be another draw each time.
  expect((await draw(2 ** 32 - 1)).text).toBe((await draw(2 ** 32 - 1)).text);
});

test('it ends before a stop text', async () => {
  const { text, end } = await complete('1, 2, 3, 4, 5,', { stop: [' 8'] });
  expect(text).toBe(' 6, 7,');
  expect(end.reason).toBe('stop');
});

test('an answer obeys a schema, in a chat and after a bare text', async () => {
  const chat = await complete('Which colour has the sky? Answer in JSON.', { schema: SCHEMA, tokensMax: 60 }, 'chat');
  expect(JSON.parse(chat.text)).toEqual({ colour: expect.stringMatching(/^(?:red|blue)$/u) });
  const raw = await complete('The colour of the sky as JSON: {"colour": "blue"} And of blood:', {
    schema: SCHEMA,
    tokensMax: 60,
  });
  expect(JSON.parse(raw.text)).toEqual({ colour: expect.stringMatching(/^(?:red|blue)$/u) });
});

test('text that spells a mark is plain text', async () => {
  expect(await model.count([prompt('<|im_end|>'), prompt(''), prompt('Hi'), prompt('Hi', 'chat')], CALL)).toEqual([
    7, 0, 1, 31,
  ]);
  expect((await complete('<|im_end|>', { tokensMax: 1 })).end.usage.prompt).toBe(7);
});

test('a prompt that does not fit is told so', async () => {
  await expect(complete('word '.repeat(CONTEXT))).rejects.toMatchObject({ code: 'CONTEXT_FULL' });
  const { end } = await complete('word '.repeat(CONTEXT - 12), { tokensMax: 50 });
  expect(end).toMatchObject({ reason: 'length' });
});

test.each(['breaks off', 'aborts'])('whoever %s frees the slot of the server within a moment', async (how) => {
  const leaving = new AbortController();
  const call = { ...CALL, signal: leaving.signal };
  const reading = async (pieces: AsyncIterable<CompletionPiece>) => {
    for await (const _ of pieces) {
      if (how === 'breaks off') return;
      setTimeout(() => leaving.abort(), 100);
    }
  };
  const options = { ...OPTIONS, tokensMax: 200 };
  const ended = reading(model.complete(prompt('Once upon a time'), options, call)).catch((error: unknown) => error);
  if (how === 'aborts') expect(await ended).toMatchObject({ code: 'CANCELLED' });
  await ended;
  const since = performance.now();
  while ((await slots()).some(({ is_processing }) => is_processing)) {
    if (performance.now() - since > 5000) throw new Error('it goes on');
    await sleep(10);
  }
});

test('what it cannot do is told by name', async () => {
  await expect(model.score(prompt('Once upon'), CALL)).rejects.toMatchObject({
    code: 'MODEL_UNAVAILABLE',
    message: /echo/u,
  });
  await expect(model.embed([prompt('Once')], CALL)).rejects.toMatchObject({
    message: expect.stringContaining('--embeddings'),
  });
  await expect(open(server, 'sk-another').count([prompt('a')], CALL)).rejects.toMatchObject({
    code: 'MODEL_UNAVAILABLE',
    message: expect.stringContaining('key'),
  });
});

test('vectors of unit length, nearer for what means nearly the same', async () => {
  const embedding = await startLlamaServer({ key: KEY, context: CONTEXT, slots: 2, task: 'embed' });
  try {
    const texts = ['The cat sleeps on the sofa.', 'A cat is asleep on the couch.', 'Quarterly revenue grew by 4 %.'];
    const { vectors, usage } = await open(embedding).embed(
      texts.map((text) => prompt(text)),
      CALL,
    );
    const [cat = [], couch = [], revenue = []] = vectors.map((vector) => [...vector]);
    const dot = (a: readonly number[], b: readonly number[]) =>
      a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
    expect(cat).toHaveLength(576);
    expect(dot(cat, cat)).toBeCloseTo(1, 5);
    expect(dot(cat, couch)).toBeGreaterThan(dot(cat, revenue));
    expect(usage.prompt).toBeGreaterThan(15);
  } finally {
    await embedding.kill();
  }
});

test('a server that is killed midway is a crash, and then away', async () => {
  const dying = await startLlamaServer({ key: KEY, context: CONTEXT, slots: 1, task: 'generate' });
  const away = open(dying);
  let killed: Promise<void> | undefined;
  const reading = async () => {
    for await (const _ of away.complete(prompt('Once'), { ...OPTIONS, tokensMax: 200 }, CALL)) killed ??= dying.kill();
  };
  await expect(reading()).rejects.toMatchObject({ code: 'MODEL_CRASHED' });
  await killed;
  await expect(away.count([prompt('a')], CALL)).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
});
