import { readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LanguageModel } from '../../../src/model/language-model.ts';
import { CALL, completed, GREEDY, modelFolders, openTestModel, raw } from './llama-model.ts';

const ENGLISH = 'The old sailor walked along the harbour wall and watched the grey boats come in from the storm.';
const RUSSIAN = 'Он стоял у двери, не решаясь войти, и слушал, как в доме смеются.';

let model: LanguageModel;
let folders: Awaited<ReturnType<typeof modelFolders>>;

beforeAll(async () => {
  folders = await modelFolders();
  model = openTestModel(folders);
});

afterAll(async () => {
  await model.close();
  await folders.remove();
});

const ALONE = { ...CALL, reproducible: true };

/** What processes of this one's models keep of beginnings. */
const stateFiles = async (): Promise<readonly string[]> => {
  const folders = (await readdir(tmpdir())).filter((name) => name.startsWith('hyperscene-model-'));
  const own = folders.filter((name) => name.includes(`-${process.pid}-`)).map((name) => join(tmpdir(), name));
  const all = await Promise.all(own.map((folder) => readdir(folder, { recursive: true })));
  return all.flatMap((names, i) =>
    names.filter((name) => name.endsWith('.state')).map((name) => join(own[i] ?? '', name)),
  );
};

describe('a GGUF in a process of its own', () => {
  test('is described from its header alone', async () => {
    const described = await model.describe();
    expect(described).toMatchObject({
      architecture: 'llama',
      parameters: 134_515_008,
      activeParameters: 134_515_008,
      quantization: { type: 'Q4_1' },
      layers: 30,
      vocabulary: 49_152,
      embeddingLength: 576,
      attention: { heads: 9, kvHeads: 3 },
      experts: null,
      // 30 layers, 3 heads of 64, keys and values of 2 bytes.
      kv: { bytesPerPosition: 30 * 3 * 64 * 2 * 2 },
    });
    expect(model.status().processes).toEqual([]);
  });

  test('goes on with a text, and tells what the answer came by', async () => {
    const { text, end } = await completed(model.complete(raw('The capital of France is'), GREEDY, CALL));
    expect(text).toMatch(/^ Paris/u);
    expect(end).toMatchObject({
      reason: expect.stringMatching(/^(?:length|end)$/u),
      usage: { prompt: 5, generated: expect.any(Number) },
      provenance: {
        model: { sha256: (await model.describe()).sha256 },
        pack: null,
        adapter: null,
        seed: null,
        slots: 2,
        batch: 'shared',
        threads: 1,
        kv: { key: 'f16', value: 'f16' },
      },
    });
  });

  test('ends before a stop text, wherever tokens divide it', async () => {
    const whole = (await completed(model.complete(raw(ENGLISH), GREEDY, CALL))).text;
    for (let length = 1; length <= 6; length += 1) {
      const stop = whole.slice(9, 9 + length);
      const { text, end } = await completed(model.complete(raw(ENGLISH), { ...GREEDY, stop: [stop] }, CALL));
      expect(text).toBe(whole.slice(0, whole.indexOf(stop)));
      expect(end.reason).toBe('stop');
    }
  });

  test('obeys a schema', async () => {
    const schema = {
      type: 'object',
      properties: { tension: { enum: ['fear', 'hope'] }, agent: { type: 'string', maxLength: 12 } },
      required: ['tension', 'agent'],
    };
    for (const text of [ENGLISH, RUSSIAN]) {
      const answer = await completed(model.complete(raw(text), { ...GREEDY, tokensMax: 64, schema }, CALL));
      expect(JSON.parse(answer.text)).toEqual({
        tension: expect.stringMatching(/^(?:fear|hope)$/u),
        agent: expect.any(String),
      });
    }
  });

  test('ends with the last bracket of a schema, and tells how likely each token was among those that it allows', async () => {
    const schema = { type: 'object', properties: { key: { enum: ['fear', 'hope'] } }, required: ['key'] };
    for (const text of [ENGLISH, RUSSIAN]) {
      const options = { ...GREEDY, tokensMax: 256, schema };
      const plain = await completed(model.complete(raw(text), options, ALONE));
      expect([plain.text.endsWith('}'), plain.end.reason, plain.end.tokens]).toEqual([true, 'end', null]);
      const told = await completed(model.complete(raw(text), { ...options, probabilities: true }, ALONE));
      expect(told.text).toBe(plain.text);
      const tokens = told.end.tokens ?? [];
      expect(tokens).toHaveLength(told.end.usage.generated);
      expect(tokens.at(-1)?.end).toBe(told.text.length);
      for (const [i, { end, probability }] of tokens.entries()) {
        expect(end).toBeGreaterThanOrEqual(tokens[i - 1]?.end ?? 0);
        expect(probability).toBeGreaterThan(0);
        expect(probability).toBeLessThanOrEqual(1);
      }
      // Behind the first token of a key nothing but the rest of it is allowed, however unlikely the model finds that.
      const from = told.text.search(/fear|hope/u);
      const rest = tokens.filter(({ end }, i) => (tokens[i - 1]?.end ?? 0) > from && end <= from + 4);
      for (const { probability } of rest) expect(probability).toBeGreaterThan(0.2);
      expect(tokens.some(({ probability }) => probability < 0.999)).toBe(true);
    }
  });

  test('speaks in whole characters', async () => {
    const pieces: string[] = [];
    for await (const piece of model.complete(raw(RUSSIAN), { ...GREEDY, tokensMax: 24 }, CALL))
      if (piece.kind === 'text') pieces.push(piece.text);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toMatch(/[а-я]{2}/u);
    for (const piece of pieces.slice(0, -1)) expect(piece).not.toMatch(/\uFFFD/u);
  });

  test('puts a turn into its own template, in which marks of the text are plain text', async () => {
    const question = { ...raw('What is the capital of France?'), form: 'chat' as const };
    const { text } = await completed(model.complete(question, GREEDY, CALL));
    expect(text).toMatch(/Paris/u);
    const [plain, marked] = await model.count([raw('end'), raw('<|im_end|>')], CALL);
    expect(plain).toBe(1);
    expect(marked).toBeGreaterThan(4);
  });

  test('scores each token after those before it', async () => {
    const { tokens, sum } = await model.score(raw('The capital of France is', ' Paris'), CALL);
    expect(tokens.map(({ text, segment }) => [text, segment])).toEqual([
      ['The', 0],
      [' capital', 0],
      [' of', 0],
      [' France', 0],
      [' is', 0],
      [' Paris', 1],
    ]);
    expect(tokens[0]?.logProbability).toBeNull();
    for (const { logProbability } of tokens.slice(1)) expect(logProbability).toBeLessThan(0);
    expect(sum).toBeCloseTo(tokens.reduce((all, { logProbability }) => all + (logProbability ?? 0), 0));
    const other = await model.score(raw('The capital of France is', ' Monday'), CALL);
    expect(tokens[5]?.logProbability).toBeGreaterThan(other.tokens[5]?.logProbability ?? 0);
  });

  test('embeds texts as vectors of length 1, nearer to each other where they say the same', async () => {
    const { vectors, usage } = await model.embed(
      [raw('A cat sleeps on the sofa.'), raw('A kitten naps on the couch.'), raw('Shares fell sharply on Friday.')],
      CALL,
    );
    const dot = (a: Float32Array | undefined, b: Float32Array | undefined): number =>
      Array.from(a ?? []).reduce((all, value, i) => all + value * (b?.[i] ?? 0), 0);
    for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 5);
    expect(vectors[0]).toHaveLength(576);
    expect(dot(vectors[0], vectors[1])).toBeGreaterThan(dot(vectors[0], vectors[2]));
    expect(usage.prompt).toBeGreaterThan(12);
  });

  test('says the same bytes each time it is asked to, whatever else runs', async () => {
    const options = { ...GREEDY, temperature: 1, seed: 7, tokensMax: 24 };
    const alone = { ...CALL, reproducible: true };
    const noise = Promise.all(
      [1, 2, 3].map((i) => completed(model.complete(raw(`${i} ${RUSSIAN}`), GREEDY, { ...CALL, client: 'noise' }))),
    );
    const first = await completed(model.complete(raw(ENGLISH), options, alone));
    await noise;
    const second = await completed(model.complete(raw(ENGLISH), options, alone));
    expect(second.text).toBe(first.text);
    expect(first.end.provenance).toMatchObject({ seed: 7, slots: 1, batch: 'alone' });
    expect(first.end.usage.cached).toBe(0);
  });

  test('reads no beginning twice that it has read for the same sequence', async () => {
    const before = `${ENGLISH} ${ENGLISH} `;
    await completed(model.complete(raw(before, 'One'), { ...GREEDY, tokensMax: 1 }, CALL));
    const { end } = await completed(model.complete(raw(before, 'Two'), { ...GREEDY, tokensMax: 1 }, CALL));
    expect(end.usage.cached).toBeGreaterThan(30);
    expect(end.usage.cached).toBeLessThan(end.usage.prompt);
  });

  test('keeps the state of a beginning that several prompts share, when other texts have taken its place', async () => {
    const shared = `${RUSSIAN} ${RUSSIAN} `;
    for (const last of ['Раз', 'Два'])
      await completed(model.complete(raw(shared, last), { ...GREEDY, tokensMax: 1 }, CALL));
    for (let i = 0; i < 3; i += 1)
      await completed(model.complete(raw(`${i}. ${ENGLISH}`), { ...GREEDY, tokensMax: 1 }, CALL));
    const { end } = await completed(model.complete(raw(shared, 'Три'), { ...GREEDY, tokensMax: 1 }, CALL));
    expect(end.usage.cached).toBeGreaterThan(100);
  });

  test.each([
    ['ru', RUSSIAN],
    ['en', ENGLISH],
  ])('uses no beginning again for another workspace, in %s', async (lang, prose) => {
    const shared = `${lang}: ${prose} ${prose} `;
    const cachedOf = async (last: string, workspace: string): Promise<number> => {
      const call = { ...CALL, workspace };
      const { end } = await completed(model.complete(raw(shared, last), { ...GREEDY, tokensMax: 1 }, call));
      return end.usage.cached;
    };
    for (const last of ['1', '2', '3']) await cachedOf(last, 'one');
    // Neither from a sequence nor from a state.
    expect(await cachedOf('4', 'two')).toBe(0);
    expect(await cachedOf('1', 'two')).toBeGreaterThan(30);
    expect(await cachedOf('5', 'one')).toBeGreaterThan(30);
  });

  test.each(['cut off', 'gone'])('reads anew what a state held that is %s, and goes on', async (what) => {
    const shared = `${what}: ${RUSSIAN} ${RUSSIAN} `;
    const ask = (last: string) => completed(model.complete(raw(shared, last), { ...GREEDY, tokensMax: 4 }, CALL));
    const displace = async (): Promise<void> => {
      for (let i = 0; i < 3; i += 1) await completed(model.complete(raw(`${what} ${i}. ${ENGLISH}`), GREEDY, CALL));
    };
    const before = await stateFiles();
    const pidBefore = model.status().processes[0]?.pid;
    const first = [await ask('Раз'), await ask('Два')].map(({ text }) => text);
    const states = (await stateFiles()).filter((file) => !before.includes(file));
    expect(states).toHaveLength(1);
    for (const state of states) await (what === 'gone' ? rm(state) : truncate(state, 5000));
    await displace();
    const again = await ask('Раз');
    expect(again.text).toBe(first[0]);
    expect(again.end.usage.cached).toBeLessThan(30);
    // Of the sequence that was to be set to it nothing is left that could be mixed with what comes.
    await displace();
    expect((await ask('Два')).text).toBe(first[1]);
    expect(model.status().processes[0]).toMatchObject({ pid: pidBefore, restarts: 0 });
  });

  test('refuses a prompt that does not fit, before it reads it', async () => {
    const long = raw(ENGLISH.repeat(60));
    const asked = completed(model.complete(long, GREEDY, CALL));
    await expect(asked).rejects.toMatchObject({ code: 'CONTEXT_FULL' });
    await expect(model.score(long, CALL)).rejects.toMatchObject({ code: 'CONTEXT_FULL' });
    await expect(model.embed([raw('short'), long], CALL)).rejects.toMatchObject({ code: 'CONTEXT_FULL' });
  });

  test('refuses a schema that no grammar can be made of', async () => {
    const asked = completed(model.complete(raw('x'), { ...GREEDY, schema: { type: 'strange' } }, CALL));
    await expect(asked).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  });

  test('gives the slot of a client that went to the next, and leaves the others alone', async () => {
    const leaving = new AbortController();
    const long = { ...GREEDY, tokensMax: 400 };
    const gone = completed(model.complete(raw(ENGLISH), long, { ...CALL, signal: leaving.signal }));
    const stays = completed(model.complete(raw(RUSSIAN), { ...GREEDY, tokensMax: 20 }, CALL));
    const waits = completed(
      model.complete(raw('One, two,'), { ...GREEDY, tokensMax: 4 }, { ...CALL, client: 'other' }),
    );
    // Its first token has come.
    while (model.status().processes[0]?.running !== 2) await delay(20);
    leaving.abort();
    await expect(gone).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await waits).end.usage.generated).toBe(4);
    expect((await stays).end.usage.generated).toBeGreaterThan(0);
  });

  test('stops for whoever takes no more of it', async () => {
    for await (const piece of model.complete(raw(ENGLISH), { ...GREEDY, tokensMax: 400 }, CALL))
      if (piece.kind === 'text') break;
    for (let i = 0; model.status().processes[0]?.running !== 0; i += 1) {
      if (i > 1000) throw new Error('its slot is still taken');
      await delay(20);
    }
  });

  test('comes back after a crash: what had not begun is done, what had is told', async () => {
    const given = Promise.withResolvers<void>();
    const begun = (async () => {
      for await (const _ of model.complete(raw(ENGLISH), { ...GREEDY, tokensMax: 400 }, CALL)) given.resolve();
    })();
    const other = raw('One, two, three, four, five, six,');
    const options = { ...GREEDY, tokensMax: 3 };
    await given.promise;
    const waiting = [1, 2, 3].map(() => completed(model.complete(other, options, { ...CALL, reproducible: true })));
    const { pid } = model.status().processes[0] ?? {};
    if (typeof pid !== 'number') throw new Error('a process is needed');
    process.kill(pid, 'SIGKILL');
    await expect(begun).rejects.toMatchObject({ code: 'MODEL_CRASHED' });
    for (const answer of await Promise.all(waiting)) expect(answer.text).toMatch(/^ seven/u);
    expect(model.status().processes[0]).toMatchObject({ restarts: 1 });
    expect(model.status().processes[0]?.pid).not.toBe(pid);
  });
});

describe('limits of a model', () => {
  test('it is unloaded when it has nothing to do, and loaded again', async () => {
    const small = openTestModel(folders, { idle: 50 });
    try {
      await small.count([raw('one')], CALL);
      while (small.status().processes.length > 0) await delay(20);
      expect(await small.count([raw('one')], CALL)).toEqual([1]);
    } finally {
      await small.close();
    }
  });

  test('it is not loaded where it would take more memory than it may', async () => {
    const small = openTestModel(folders, { memoryMax: 2 ** 27 });
    try {
      await expect(small.count([raw('one')], CALL)).rejects.toMatchObject({ code: 'MODEL_TOO_LARGE' });
      expect(small.status().processes).toEqual([]);
    } finally {
      await small.close();
    }
  });

  test('more wait than may are refused, and what takes too long is stopped', async () => {
    const small = openTestModel(folders, { queueMax: 2, slots: 1, timeout: 1500 });
    try {
      await small.count([raw('one')], CALL);
      const long = { ...GREEDY, tokensMax: 480 };
      const asked = [1, 2, 3, 4].map((i) => completed(small.complete(raw(`${i}. ${ENGLISH}`), long, CALL)));
      const codes = (await Promise.allSettled(asked)).map((answer) =>
        answer.status === 'rejected' ? (answer.reason as { code: string }).code : answer.value.end.reason,
      );
      expect(codes).toEqual(['MODEL_TIMEOUT', 'MODEL_TIMEOUT', 'MODEL_TIMEOUT', 'MODEL_BUSY']);
    } finally {
      await small.close();
    }
  });

  test.each(['q8_0', 'q4_0'] as const)(
    'keys and values of type %s take less, and the model still speaks',
    async (type) => {
      const small = openTestModel(folders, { kv: { key: type, value: type } });
      try {
        const { kv } = await small.describe();
        // 32 numbers are 34 bytes, or 18.
        expect(kv?.bytesPerPosition).toBe((23_040 / 64) * (type === 'q8_0' ? 34 : 18));
        const { text, end } = await completed(small.complete(raw('The capital of France is'), GREEDY, CALL));
        expect(text).toMatch(/^ Paris/u);
        expect(end.provenance.kv).toEqual({ key: type, value: type });
      } finally {
        await small.close();
      }
    },
  );
});
