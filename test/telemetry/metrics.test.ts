import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { isErrorCode } from '../../src/errors.ts';
import { type Metrics, openMetrics } from '../../src/telemetry/metrics.ts';
import { type Family, parseExposition } from './exposition.ts';

let metrics: Metrics;

beforeEach(() => {
  metrics = openMetrics({ version: '1.2.3', storeKind: 'embedded' });
});

afterEach(() => metrics.close());

const families = async (): Promise<ReadonlyMap<string, Family>> =>
  new Map(parseExposition(await metrics.text()).map((family) => [family.name, family]));

const samplesOf = async (name: string) => (await families()).get(name)?.samples ?? [];

describe('the page of metrics', () => {
  it('is Prometheus text, by the letter', async () => {
    metrics.request('/graphql', 'POST', 200, 0.012);
    metrics.operation('query', 'ok', 0.01);
    metrics.storeCall('scenes', 'ok', 0.002);
    metrics.modelCall('reader', 'read', 'ok', 0.5);
    metrics.error('CORPUS_NOT_FOUND');
    const names = [...(await families()).keys()];
    expect(metrics.contentType).toMatch(/^text\/plain; version=0\.0\.4/u);
    expect(names).toEqual(
      expect.arrayContaining([
        'process_cpu_seconds_total',
        'process_resident_memory_bytes',
        'nodejs_gc_duration_seconds',
        'nodejs_eventloop_lag_p99_seconds',
        'hyperscene_event_loop_lag_seconds',
        'hyperscene_http_request_duration_seconds',
        'hyperscene_graphql_operation_duration_seconds',
        'hyperscene_store_call_duration_seconds',
        'hyperscene_model_call_duration_seconds',
        'hyperscene_errors_total',
      ]),
    );
  });

  it('names its own metrics by the conventions: a prefix, base units, _total for counters alone', async () => {
    for (const { name, type, help } of (await families()).values()) {
      if (!name.startsWith('hyperscene_')) continue;
      expect(name.endsWith('_total')).toBe(type === 'counter');
      if (type === 'histogram') expect(name).toMatch(/_seconds$/u);
      expect(help).toMatch(/\.$/u);
      expect(name).not.toMatch(/_ms|_millis|_count$|_sum$|_bucket$/u);
    }
  });

  it('says what runs', async () => {
    expect(await samplesOf('hyperscene_build_info')).toEqual([
      { name: 'hyperscene_build_info', labels: { version: '1.2.3', node: process.version }, value: 1 },
    ]);
    expect(await samplesOf('hyperscene_store_info')).toMatchObject([{ labels: { kind: 'embedded' }, value: 1 }]);
  });

  it('belongs to its instance: another one begins at nothing', async () => {
    metrics.error('INTERNAL');
    const other = openMetrics({ version: '1', storeKind: 'neo4j' });
    const text = await other.text();
    other.close();
    expect(text).not.toContain('code="INTERNAL"');
    expect(await metrics.text()).toContain('hyperscene_errors_total{code="INTERNAL"} 1');
  });
});

describe('what is counted', () => {
  it('adds up to what was told, whatever it was', async () => {
    const outcome = fc.constantFrom('ok' as const, 'partial' as const, 'error' as const);
    const seconds = fc.double({ min: 0, max: 100, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(outcome, seconds), { maxLength: 30 }), async (told) => {
        const own = openMetrics({ version: '1', storeKind: 'embedded' });
        for (const [how, long] of told) own.operation('query', how, long);
        const page = parseExposition(await own.text());
        own.close();
        const samples =
          page.find(({ name }) => name === 'hyperscene_graphql_operation_duration_seconds')?.samples ?? [];
        for (const how of ['ok', 'partial', 'error'] as const) {
          const mine = told.filter(([which]) => which === how);
          const of = (suffix: string) =>
            samples.find(({ name, labels }) => name.endsWith(suffix) && labels['outcome'] === how)?.value ?? 0;
          expect(of('_count')).toBe(mine.length);
          expect(of('_sum')).toBeCloseTo(
            mine.reduce((sum, [, long]) => sum + long, 0),
            6,
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  it('keeps codes to those that are known, so that no client makes labels', async () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (code) => {
        metrics.error(code);
      }),
    );
    metrics.error('GRAPHQL_PARSE_FAILED');
    const codes = (await samplesOf('hyperscene_errors_total')).map(({ labels }) => labels['code'] ?? '');
    for (const code of codes)
      expect(
        isErrorCode(code) || ['OTHER', 'GRAPHQL_PARSE_FAILED', 'BAD_USER_INPUT', 'BAD_REQUEST'].includes(code),
      ).toBe(true);
    expect(codes).toContain('OTHER');
  });

  it('goes up and down with what is open', async () => {
    metrics.webSocketConnections(1);
    metrics.webSocketConnections(1);
    metrics.webSocketConnections(-1);
    metrics.subscriptions(1);
    expect(await samplesOf('hyperscene_websocket_connections')).toMatchObject([{ value: 1 }]);
    expect(await samplesOf('hyperscene_subscriptions')).toMatchObject([{ value: 1 }]);
  });

  it('asks for the jobs of a queue at each look, and forgets states that are gone', async () => {
    let jobs: Record<string, number> = { waiting: 3, running: 1 };
    metrics.watchJobs(async () => jobs);
    const seen = async () => (await samplesOf('hyperscene_jobs')).map(({ labels, value }) => [labels['state'], value]);
    expect(await seen()).toEqual([
      ['waiting', 3],
      ['running', 1],
    ]);
    jobs = { failed: 2 };
    expect(await seen()).toEqual([['failed', 2]]);
  });

  it('has a block of the event loop among the lags', async () => {
    await setTimeout(60);
    const end = performance.now() + 120;
    while (performance.now() < end);
    await setTimeout(60);
    const above = (await samplesOf('hyperscene_event_loop_lag_seconds')).filter(({ labels }) =>
      ['0.05', '+Inf'].includes(labels['le'] ?? ''),
    );
    const [within = 0, all = 0] = above.map(({ value }) => value);
    expect(all).toBeGreaterThan(within);
  });
});
