import type { CompleteOptions, LanguageModel, ModelCall, Prompt } from '../../../src/model/language-model.ts';
import { openOpenAi } from '../../../src/model/openai/open-openai.ts';
import { type LlamaCppPythonOptions, startLlamaCppPython } from './llama-cpp-python.ts';
import type { PythonServer } from './python-server.ts';
import { KEY } from './strict-server.ts';

// What llama-cpp-python has and llama-server lacks: log probabilities of a prompt.
const CONTEXT = 256;
const CALL: ModelCall = { client: 'a', workspace: 'test', pack: null, reproducible: true };
const OPTIONS: CompleteOptions = { tokensMax: 12, temperature: 0, topK: 0, topP: 1, minP: 0, stop: [] };
const HOURS = 7_200_000;

let server: PythonServer;
let model: LanguageModel;
beforeAll(async () => {
  server = await start({});
  model = open(server);
}, HOURS);
afterAll(() => server?.kill());

const start = (options: Partial<LlamaCppPythonOptions>): Promise<PythonServer> =>
  startLlamaCppPython({ key: KEY, context: CONTEXT, task: 'generate', beginning: 'mark', ...options });
const open = ({ url }: PythonServer, key = KEY): LanguageModel =>
  openOpenAi({ url, key, name: 'SmolLM2', context: CONTEXT, timeout: 60_000, retryBase: 20 });

const prompt = (text: string, form: Prompt['form'] = 'raw'): Prompt => ({ segments: [{ kind: 'text', text }], form });
const complete = async (text: string, options: Partial<CompleteOptions> = {}, form?: Prompt['form']) => {
  const pieces = await Array.fromAsync(model.complete(prompt(text, form), { ...OPTIONS, ...options }, CALL));
  const end = pieces.at(-1);
  if (end?.kind !== 'end') throw new Error('no end');
  return { text: pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join(''), end };
};

test('it is told by its list, which has no more than a name', async () => {
  expect(await model.describe()).toMatchObject({ name: 'SmolLM2', parameters: null, context: CONTEXT });
});

test('the likeliest continuation is the same each time, and what the server does not count is counted', async () => {
  const first = await complete('Once upon a time, there was a little');
  expect((await complete('Once upon a time, there was a little')).text).toBe(first.text);
  expect(first.end).toMatchObject({ reason: 'length', usage: { prompt: 9, generated: 12 } });
});

test('a seed decides what is drawn, and a stop text ends it', async () => {
  const draw = (seed: number) => complete('The colour of the sea is', { temperature: 1, seed });
  expect((await draw(7)).text).toBe((await draw(7)).text);
  expect((await draw(8)).text).not.toBe((await draw(7)).text);
  const { text, end } = await complete('1, 2, 3, 4, 5,', { stop: [' 8'] });
  expect([text, end.reason]).toEqual([' 6, 7,', 'stop']);
});

test('a chat obeys a schema; after a bare text there is none', async () => {
  const schema = { type: 'object', properties: { colour: { enum: ['red', 'blue'] } }, required: ['colour'] };
  const { text } = await complete('Which colour has the sky? Answer in JSON.', { schema, tokensMax: 60 }, 'chat');
  expect(JSON.parse(text)).toMatchObject({ colour: expect.stringMatching(/^(?:red|blue)$/u) });
  await expect(complete('The sky is', { schema })).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
});

test('positions are counted without the mark of the beginning', async () => {
  expect(await model.count([prompt('Hi'), prompt(''), prompt('Once upon a time')], CALL)).toEqual([1, 0, 4]);
});

test('scores of a prompt are those by which the server itself goes on', async () => {
  const body = { prompt: 'Once upon a time', max_tokens: 6, temperature: 0, logprobs: 1, repeat_penalty: 1 };
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${KEY}` };
  const request = { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await fetch(`${server.url}/v1/completions`, request);
  const { choices } = (await answer.json()) as {
    choices: [{ text: string; logprobs: { token_logprobs: readonly number[] } }];
  };
  const [{ text, logprobs }] = choices;
  const segments = ['Once upon a time', text].map((each) => ({ kind: 'text', text: each }) as const);
  const { tokens, sum, usage } = await model.score({ segments, form: 'raw' }, CALL);
  expect(tokens.map(({ segment }) => segment)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
  expect(tokens.map((token) => token.text).join('')).toBe(`Once upon a time${text}`);
  for (const [at, value] of logprobs.token_logprobs.entries())
    expect(tokens[4 + at]?.logProbability).toBeCloseTo(value, 2);
  expect(sum).toBeCloseTo(tokens.reduce((total, { logProbability }) => total + (logProbability ?? 0), 0));
  expect(usage).toMatchObject({ prompt: 11, generated: 1 });
  const scrambled = await model.score(prompt('time a upon Once the little'), CALL);
  expect(sum / tokens.length).toBeGreaterThan(scrambled.sum / scrambled.tokens.length);
});

test('where the model has no mark of the beginning, scores would be off by one and are refused', async () => {
  const bare = await start({ beginning: 'bare' });
  try {
    await expect(open(bare).score(prompt('Once upon a time'), CALL)).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringContaining('no mark of the beginning'),
    });
  } finally {
    await bare.kill();
  }
});

test('a prompt that does not fit, a wrong key, and no vectors are told so', async () => {
  await expect(complete('word '.repeat(CONTEXT))).rejects.toMatchObject({ code: 'CONTEXT_FULL' });
  await expect(open(server, 'sk-another').count([prompt('a')], CALL)).rejects.toMatchObject({
    code: 'MODEL_UNAVAILABLE',
  });
  await expect(model.embed([prompt('a')], CALL)).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
});

test('whoever breaks off leaves the server to the next one', async () => {
  for await (const _ of model.complete(prompt('Once upon a time'), { ...OPTIONS, tokensMax: 240 }, CALL)) break;
  const since = performance.now();
  await complete('Hi', { tokensMax: 1 });
  expect(performance.now() - since).toBeLessThan(3000);
});

test('vectors that are not pooled, which its server cannot be set to, are refused', async () => {
  const embedding = await start({ task: 'embed' });
  try {
    await expect(open(embedding).embed([prompt('The cat sleeps.')], CALL)).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringContaining('a server that pools'),
    });
  } finally {
    await embedding.kill();
  }
});
