import { setTimeout as delay } from 'node:timers/promises';
import type { LanguageModel } from '../../src/model/language-model.ts';
import { type Metrics, openMetrics } from '../../src/telemetry/metrics.ts';
import { observeLanguageModel } from '../../src/telemetry/observe-language-model.ts';
import { openTracing } from '../../src/telemetry/open-tracing.ts';
import { NO_TELEMETRY } from '../../src/telemetry/telemetry.ts';
import type { Tracing } from '../../src/telemetry/tracing.ts';
import { CALL, completed, GREEDY, modelFolders, openTestModel, raw } from '../model/llama/llama-model.ts';
import { attributeOf, type Collector, startCollector } from './collector.ts';
import { parseExposition } from './exposition.ts';

const TEXTS = {
  ru: 'Тайный царь стоял у двери и молчал, а за дверью смеялись и звенели посудой его слуги.',
  en: 'A secretive king stood at the door in silence, while behind it his servants laughed and rattled the plates.',
} as const;

let folders: Awaited<ReturnType<typeof modelFolders>>;
let collector: Collector;
let tracing: Tracing;
let metrics: Metrics;
let inner: LanguageModel;
let model: LanguageModel;

beforeAll(async () => {
  [folders, collector] = await Promise.all([modelFolders(), startCollector()]);
  metrics = openMetrics({ version: '0', storeKind: 'embedded' });
  tracing = openTracing({
    url: `${collector.url}/v1/traces`,
    headers: {},
    serviceName: 'test',
    version: '0',
    sampler: 'always_on',
    ratio: 1,
    logger: { warn: () => undefined, info: () => undefined },
  });
  inner = openTestModel(folders);
  model = observeLanguageModel(inner, { metrics, tracing });
});

afterAll(async () => {
  await model.close();
  await tracing.close();
  metrics.close();
  await collector.close();
  await folders.remove();
});

/** Values of a metric by the labels named, of the sample that ends so. */
const valuesOf = async (
  name: string,
  labels: readonly string[],
  suffix = '',
): Promise<Readonly<Record<string, number>>> => {
  const samples = parseExposition(await metrics.text()).find((family) => family.name === name)?.samples ?? [];
  const wanted = samples.filter((sample) => sample.name === `${name}${suffix}`);
  return Object.fromEntries(wanted.map((one) => [labels.map((label) => one.labels[label] ?? '').join(' '), one.value]));
};

const calls = () =>
  valuesOf('gen_ai_client_operation_duration_seconds', ['gen_ai_operation_name', 'error_type'], '_count');

describe.each(['ru', 'en'] as const)('what is asked of a model in %s', (lang) => {
  test('is counted by operation and outcome, with positions, tokens and what stood in a cache', async () => {
    const before = await calls();
    const tokensBefore = await valuesOf(
      'gen_ai_client_token_usage',
      ['gen_ai_operation_name', 'gen_ai_token_type'],
      '_sum',
    );
    const cachedBefore = await valuesOf('hyperscene_language_model_cached_positions_total', ['gen_ai_operation_name']);
    const text = TEXTS[lang];
    const first = await completed(model.complete(raw(text, ' 1'), { ...GREEDY, tokensMax: 3 }, CALL));
    const second = await completed(model.complete(raw(text, ' 2'), { ...GREEDY, tokensMax: 3 }, CALL));
    const chat = await completed(model.complete({ ...raw(text), form: 'chat' }, { ...GREEDY, tokensMax: 2 }, CALL));
    const { usage: scored } = await model.score(raw(text), CALL);
    const { usage: embedded } = await model.embed([raw(text), raw('.')], CALL);
    await model.count([raw(text)], CALL);
    const unpacked = model.predictNext(raw(text), { k: 1 }, CALL);
    await expect(unpacked).rejects.toMatchObject({ code: 'PACK_REQUIRED' });
    const after = await calls();
    const added = Object.fromEntries(Object.entries(after).map(([key, n]) => [key, n - (before[key] ?? 0)]));
    expect(added).toEqual({
      'text_completion ': 2,
      'chat ': 1,
      'score ': 1,
      'embeddings ': 1,
      'count ': 1,
      'predict_next PACK_REQUIRED': 1,
    });
    const tokens = await valuesOf('gen_ai_client_token_usage', ['gen_ai_operation_name', 'gen_ai_token_type'], '_sum');
    const tokensOf = (key: string): number => (tokens[key] ?? 0) - (tokensBefore[key] ?? 0);
    const both = [first.end.usage, second.end.usage];
    expect(tokensOf('text_completion input')).toBe(both.reduce((sum, { prompt }) => sum + prompt, 0));
    expect(tokensOf('text_completion output')).toBe(both.reduce((sum, { generated }) => sum + generated, 0));
    expect(tokensOf('chat output')).toBe(chat.end.usage.generated);
    expect(tokensOf('score input')).toBe(scored.prompt);
    expect(tokensOf('embeddings input')).toBe(embedded.prompt);
    expect(Object.keys(tokens)).not.toContain('score output');
    const cached = await valuesOf('hyperscene_language_model_cached_positions_total', ['gen_ai_operation_name']);
    expect(second.end.usage.cached).toBeGreaterThan(15);
    expect((cached['text_completion'] ?? 0) - (cachedBefore['text_completion'] ?? 0)).toBe(
      both.reduce((sum, one) => sum + one.cached, 0),
    );
    for (const name of [
      'gen_ai_client_operation_time_to_first_chunk_seconds',
      'hyperscene_language_model_wait_duration_seconds',
    ])
      expect((await valuesOf(name, ['gen_ai_operation_name'], '_count'))['text_completion']).toBeGreaterThanOrEqual(2);
  });

  test('has a span below that of whoever asked, with what it took and no word of it', async () => {
    const outer = tracing.start('whoever asks', 'internal');
    const { end } = await outer.run(() =>
      completed(model.complete(raw(TEXTS[lang]), { ...GREEDY, tokensMax: 3, stop: ['тайна secret'] }, CALL)),
    );
    outer.end();
    const span = await collector.seen(({ parentSpanId }) => parentSpanId === outer.spanId);
    expect(span).toMatchObject({ name: 'model text_completion', traceId: outer.traceId, kind: 1 });
    const { sha256 } = await model.describe();
    expect(Object.fromEntries(span.attributes.map(({ key }) => [key, attributeOf(span, key)]))).toEqual({
      'gen_ai.operation.name': 'text_completion',
      'gen_ai.provider.name': 'llama.cpp',
      'gen_ai.request.max_tokens': 3,
      'gen_ai.request.temperature': 0,
      'gen_ai.request.top_k': 0,
      'gen_ai.request.top_p': 1,
      'gen_ai.response.model': end.provenance.model.name,
      'gen_ai.response.finish_reasons': { values: [{ stringValue: end.reason }] },
      'gen_ai.response.time_to_first_chunk': expect.any(Number),
      'gen_ai.usage.input_tokens': end.usage.prompt,
      'gen_ai.usage.cache_read.input_tokens': end.usage.cached,
      'gen_ai.usage.output_tokens': end.usage.generated,
      'hyperscene.model.waited': end.usage.waited / 1000,
      'hyperscene.model.batch': 'shared',
      'hyperscene.model.sha256': sha256,
    });
    const all = collector.bodies.join('') + (await metrics.text());
    for (const word of ['тайна', 'secret', 'царь', 'king', 'servants', 'слуги']) expect(all).not.toContain(word);
  });
});

test('who takes no more of a completion has cancelled it', async () => {
  const before = (await calls())['text_completion CANCELLED'] ?? 0;
  for await (const piece of model.complete(raw(TEXTS.en), { ...GREEDY, tokensMax: 400 }, CALL))
    if (piece.kind === 'text') break;
  expect((await calls())['text_completion CANCELLED']).toBe(before + 1);
  const span = await collector.seen((each) => attributeOf(each, 'error.type') === 'CANCELLED');
  expect(span).toMatchObject({ name: 'model text_completion', status: { code: 2, message: 'CANCELLED' } });
  while (inner.status().processes[0]?.running !== 0) await delay(10);
});

test('processes, their memory and what they work on are asked for at each look, and one that ended is counted', async () => {
  await model.score(raw(TEXTS.ru), CALL);
  const one = async (name: string) => (await valuesOf(`hyperscene_language_model_${name}`, []))[''];
  const states = () => valuesOf('hyperscene_language_model_processes', ['state']);
  const [process_] = inner.status().processes;
  expect(await states()).toEqual({ starting: 0, ready: 1, stopping: 0 });
  expect(await one('resident_bytes')).toBe(process_?.residentBytes);
  expect(await one('predicted_bytes')).toBe(process_?.predictedBytes);
  expect([await one('requests_waiting'), await one('requests_running')]).toEqual([0, 0]);
  expect(await one('restarts_total')).toBe(0);
  process.kill(process_?.pid ?? 0, 'SIGKILL');
  while (inner.status().processes.length > 0) await delay(10);
  expect(await states()).toEqual({ starting: 0, ready: 0, stopping: 0 });
  await model.score(raw(TEXTS.en), CALL);
  expect(await states()).toEqual({ starting: 0, ready: 1, stopping: 0 });
  expect(await one('restarts_total')).toBe(1);
  expect(await one('restarts_total')).toBe(1);
});

test('where nothing is measured the model is what it was', () => {
  expect(observeLanguageModel(inner, NO_TELEMETRY)).toBe(inner);
});
