import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { corpusName, workspaceName } from '../../src/scene/name.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { type Metrics, openMetrics } from '../../src/telemetry/metrics.ts';
import { observeDatabase } from '../../src/telemetry/observe-store.ts';
import { NO_TELEMETRY } from '../../src/telemetry/telemetry.ts';
import { CORPORA, story } from '../api/sketches.ts';
import { parseExposition } from './exposition.ts';

let folder: string;
let database: GraphDatabase;
let metrics: Metrics;
let store: GraphStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-observed-'));
  database = await openEmbeddedStore({ path: join(folder, 'graph') });
  metrics = openMetrics({ version: '0', storeKind: 'embedded' });
  store = observeDatabase(database, { metrics, tracing: null }).workspace(workspaceName('default'));
});

afterAll(async () => {
  metrics.close();
  await database.close();
  await rm(folder, { recursive: true });
});

const calls = async (): Promise<Readonly<Record<string, number>>> => {
  const page = parseExposition(await metrics.text());
  const samples = page.find(({ name }) => name === 'hyperscene_store_call_duration_seconds')?.samples ?? [];
  const counts = samples.filter(({ name }) => name.endsWith('_count'));
  return Object.fromEntries(counts.map(({ labels, value }) => [`${labels['method']} ${labels['outcome']}`, value]));
};

test.each(['ru', 'en'] as const)('calls are counted by method and outcome: %s', async (lang) => {
  const { input, parts } = story(lang);
  const corpus = corpusName(CORPORA[lang]);
  const before = await calls();
  const added = async (name: string) => ((await calls())[name] ?? 0) - (before[name] ?? 0);
  const { document } = await store.writeDocument(input, parts());
  expect(await store.countScenes({ corpus })).toBe(6);
  const chunks = [];
  for await (const chunk of store.documentText(document)) chunks.push(chunk);
  expect(chunks.join('').length).toBeGreaterThan(0);
  await expect(store.countScenes({ corpus: corpusName('нет') })).rejects.toMatchObject({ code: 'CORPUS_NOT_FOUND' });
  expect(await added('writeDocument ok')).toBe(1);
  expect(await added('countScenes ok')).toBe(1);
  expect(await added('documentText ok')).toBe(1);
  expect(await added('countScenes not_found')).toBe(1);
});

test('a text that nobody reads to its end is one call too, and its source is let go', async () => {
  const { input, parts } = story('ru', 'обрыв');
  const { document } = await store.writeDocument(input, parts());
  const before = (await calls())['documentText ok'] ?? 0;
  for await (const _ of store.documentText(document)) break;
  expect((await calls())['documentText ok']).toBe(before + 1);
});

test('where nothing is measured the database is what it was', () => {
  expect(observeDatabase(database, NO_TELEMETRY)).toBe(database);
});

test('kind, place, workspace and statistics are those of the store behind it', async () => {
  const observed = observeDatabase(database, { metrics, tracing: null });
  expect([observed.kind, observed.location, observed.archive]).toEqual([
    database.kind,
    database.location,
    database.archive,
  ]);
  const behind = database.workspace(store.workspace);
  const { reads } = behind.statistics();
  await store.corpora({ first: 1 });
  expect(behind.statistics().reads).toBeGreaterThan(reads);
  expect(store.statistics()).toEqual(behind.statistics());
  expect(store.workspace).toBe('default');
});
