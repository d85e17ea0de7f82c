import { randomUUID } from 'node:crypto';
import { type Metrics, openMetrics } from '../../src/telemetry/metrics.ts';
import { story } from '../api/sketches.ts';
import { type Family, parseExposition } from '../telemetry/exposition.ts';
import { serve, type TestServer } from './serve.ts';

let metrics: Metrics;
let server: TestServer;

beforeAll(async () => {
  metrics = openMetrics({ version: '0', storeKind: 'embedded' });
  server = await serve({ telemetry: { metrics, tracing: null } });
  await server.api.write(story('ru'));
});

afterAll(async () => {
  await server.close();
  metrics.close();
});

const page = async (): Promise<readonly Family[]> => {
  const response = await fetch(`${server.url}/metrics`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/u);
  return parseExposition(await response.text());
};

/** How often something with these labels was counted. */
const count = async (name: string, labels: Readonly<Record<string, string>>): Promise<number> => {
  const samples = (await page()).find((family) => family.name === name)?.samples ?? [];
  const wanted = samples.filter(
    (sample) =>
      (sample.name.endsWith('_count') || sample.name.endsWith('_total')) &&
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  );
  return wanted.reduce((sum, { value }) => sum + value, 0);
};

const REQUESTS = 'hyperscene_http_request_duration_seconds';
const OPERATIONS = 'hyperscene_graphql_operation_duration_seconds';

test('requests are counted by route, method and status', async () => {
  const labels = { route: '/graphql', method: 'POST', status: '200' };
  const before = await count(REQUESTS, labels);
  await server.post('{ corpora { nodes { name } } }');
  await server.post('{ corpora { nodes { name } } }');
  expect((await count(REQUESTS, labels)) - before).toBe(2);
  await fetch(`${server.url}/graphql`, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } });
  expect(await count(REQUESTS, { ...labels, status: '400' })).toBe(1);
  expect(await count('hyperscene_errors_total', { code: 'BAD_REQUEST' })).toBe(1);
});

test('a client that goes away counts as 499', async () => {
  const gone = new AbortController();
  const whole = server.api.store.corpora.bind(server.api.store);
  const reached = new Promise<void>((begun) => {
    Object.defineProperty(server.api.store, 'corpora', {
      configurable: true,
      value: async (request: { first: number }) => {
        begun();
        await new Promise((resolve) => gone.signal.addEventListener('abort', resolve));
        return whole(request);
      },
    });
  });
  const answer = fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ corpora { nodes { name } } }"}',
    signal: gone.signal,
  });
  await reached;
  gone.abort();
  await expect(answer).rejects.toThrow('aborted');
  Object.defineProperty(server.api.store, 'corpora', { configurable: true, value: whole });
  // Its connection's end comes in its own time.
  let counted = 0;
  for (let tries = 0; counted === 0 && tries < 200; tries++)
    counted = await count(REQUESTS, { route: '/graphql', status: '499' });
  expect(counted).toBe(1);
});

test('operations are counted by type and outcome: all, in part, not at all, not understood', async () => {
  const before = async (type: string, outcome: string) => count(OPERATIONS, { type, outcome });
  const ok = await before('query', 'ok');
  await server.post('{ corpora { nodes { name } } }');
  expect(await before('query', 'ok')).toBe(ok + 1);
  await server.post('{ corpora { nodes { name } } corpus(name: "") { name } }');
  expect(await before('query', 'partial')).toBe(1);
  await server.post('{ scenes(filter: {corpus: "нет"}) { nodes { id } } }');
  expect(await before('query', 'error')).toBe(1);
  await server.post('mutation { deleteCorpus(name: "нет") { scenes } }');
  expect(await before('mutation', 'error')).toBe(1);
  await server.post('{ нет }');
  expect(await before('none', 'error')).toBeGreaterThanOrEqual(1);
  expect(await count('hyperscene_errors_total', { code: 'CORPUS_NOT_FOUND' })).toBe(2);
  expect(await count('hyperscene_errors_total', { code: 'GRAPHQL_PARSE_FAILED' })).toBe(1);
});

test('no client can make a label: paths, methods, names, aliases, headers and codes all differ, and the page does not grow', async () => {
  const hostile = async (): Promise<void> => {
    const mark = randomUUID();
    await fetch(`${server.url}/${mark}?${mark}=1`, { method: 'PUT', headers: { 'x-request-id': mark } });
    const name = `N${mark.replaceAll('-', '')}`;
    await server.post(`query ${name} { ${name}: corpora { nodes { name } } }`);
    await server.post(`query ${name} { ${name} }`);
    await server.post(`{ scenes(filter: {corpus: "${mark}"}) { nodes { id } } }`, { [name]: mark });
    await fetch(`${server.url}/graphql?query={${name}}&operationName=${name}`);
  };
  await hostile();
  await page();
  const before = await page();
  for (let i = 0; i < 20; i++) await hostile();
  const after = await page();
  const size = (families: readonly Family[]) =>
    families
      .filter(({ name }) => name.startsWith('hyperscene_'))
      .map(({ name, samples }) => [name, samples.length] as const);
  expect(size(after)).toEqual(size(before));
});

test('an address of its own has the page and nothing else, and the service then has none', async () => {
  const own = await serve({
    telemetry: { metrics, tracing: null },
    metricsAddress: { host: '127.0.0.1', port: 0 },
  });
  try {
    const page = await fetch(`${own.metricsUrl}/metrics`);
    expect(parseExposition(await page.text()).length).toBeGreaterThan(20);
    expect((await fetch(`${own.url}/metrics`)).status).toBe(404);
    for (const path of ['/graphql', '/', '/backup']) expect((await fetch(`${own.metricsUrl}${path}`)).status).toBe(404);
  } finally {
    await own.close();
  }
  await expect(fetch(`${own.metricsUrl}/metrics`)).rejects.toThrow('fetch failed');
});

test('where nothing is measured there is no page', async () => {
  const bare = await serve();
  try {
    expect((await fetch(`${bare.url}/metrics`)).status).toBe(404);
  } finally {
    await bare.close();
  }
});
