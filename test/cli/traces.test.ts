import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ancestry, attributeOf, type Collector, type SentSpan, startCollector } from '../telemetry/collector.ts';
import { jsonLines, makeFolder, type RunningCli, removeFolder, startCli } from './run-cli.ts';

const folder = makeFolder();
const data = join(folder, 'data');
let collector: Collector;

/** Told at the end by the process itself: how much of OpenTelemetry it has loaded; prom-client loads the API, which does nothing by itself. */
const tellLoaded = join(folder, 'tell-loaded.mjs');
writeFileSync(
  tellLoaded,
  `import { createRequire } from 'node:module';
   const { cache } = createRequire(import.meta.url);
   process.on('exit', () => {
     const loaded = Object.keys(cache).filter((file) => /@opentelemetry.(?!api\\W)/.test(file)).length;
     process.stderr.write('loaded ' + loaded + ' modules of opentelemetry\\n');
   });`,
);
const NODE_OPTIONS = `--import=${tellLoaded} --disable-warning=ExperimentalWarning`;

beforeAll(async () => {
  collector = await startCollector();
});

afterAll(async () => {
  await collector.close();
  removeFolder(folder);
});

const serve = async (env: Readonly<Record<string, string>>): Promise<RunningCli & { readonly url: string }> => {
  const server = startCli(['serve', '--port', '0', '--json'], { data, env: { NODE_OPTIONS, ...env } });
  const [first] = jsonLines<{ readonly url: string }>(await server.seen('stdout', '\n'));
  return { ...server, url: first?.url ?? '' };
};

const post = async (url: string, query: string, variables: object, headers: Record<string, string> = {}) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { response, answer: (await response.json()) as { data?: unknown; errors?: unknown } };
};

const READ =
  'mutation Geheim($input: ReadTextInput!) { readText(input: $input) { sceneCount document { name scenes(first: 5) { nodes { text couplings(first: 3) { nodes { weight } } } } } } }';

const TEXTS = {
  ru: 'Старый царь стоял у двери. Царь молчал. Анна ждала поезда в метель. Анна боялась. Царь ушёл. Было тихо.',
  en: 'The old king stood at the door. The king was silent. Mary waited in the storm. Mary was afraid. It was quiet.',
} as const;

const inTrace = (traceId: string): readonly SentSpan[] => collector.spans.filter((span) => span.traceId === traceId);

describe.each(['ru', 'en'] as const)('a trace, %s', (lang) => {
  it('goes on from the caller and leads from HTTP through the operation and its fields to store, reader and threads', async () => {
    const { url, child, done } = await serve({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const traceId = lang === 'ru' ? 'a1'.repeat(16) : 'b2'.repeat(16);
    const parent = 'c3'.repeat(8);
    const input = { corpus: `скрытое ${lang}`, name: 'тайна.txt', text: TEXTS[lang], lang: lang.toUpperCase() };
    const { answer } = await post(url, READ, { input }, { traceparent: `00-${traceId}-${parent}-01` });
    expect(answer.errors).toBeUndefined();
    const collapse = 'mutation ($corpus: String!) { collapse(corpus: $corpus) { bare { ofPositions } } }';
    const other = lang === 'ru' ? 'f6'.repeat(16) : '07'.repeat(16);
    const collapsed = await post(url, collapse, { corpus: input.corpus }, { traceparent: `00-${other}-${parent}-01` });
    expect(collapsed.answer.errors).toBeUndefined();
    child.kill('SIGTERM');
    const { status, stderr } = await done;
    expect(status).toBe(0);
    expect(Number(/loaded (\d+) modules/u.exec(stderr)?.[1])).toBeGreaterThan(0);

    const spans = inTrace(traceId);
    const [http] = spans.filter(({ kind }) => kind === 2);
    expect(http).toMatchObject({ name: 'POST /graphql', parentSpanId: parent });
    expect(http && attributeOf(http, 'http.response.status_code')).toBe(200);
    const pathOf = (name: string, below = '') => {
      const paths = spans.filter((sent) => sent.name === name);
      const span = paths.find((sent) => ancestry(spans, sent)[1]?.name.includes(below));
      return span === undefined ? [] : ancestry(spans, span).map((above) => above.name);
    };
    const top = ['Mutation.readText', 'graphql', 'POST /graphql'];
    expect(pathOf('store writeDocument')).toEqual(['store writeDocument', ...top]);
    expect(pathOf('reader read')).toEqual(['reader read', ...top]);
    expect(pathOf('reader parts').slice(-3)).toEqual(top);
    expect(pathOf('compute couple')).toEqual(['compute couple', ...top]);
    expect(pathOf('store couplingsOf', 'Scene.')).toEqual([
      'store couplingsOf',
      'Scene.couplings',
      'Document.scenes',
      'ReadTextPayload.document',
      ...top,
    ]);
    // Every span hangs together with the request: none is left without its parent.
    for (const span of spans) expect(ancestry(spans, span).at(-1)).toBe(http);
    // As many fields as stand in the query, not as many as there are nodes.
    const couplings = spans.filter(({ name }) => name === 'Scene.couplings');
    expect(couplings).toHaveLength(1);
    expect(couplings[0] && Number(attributeOf(couplings[0], 'hyperscene.count'))).toBeGreaterThan(1);
    expect(spans.filter(({ name }) => name === 'Scene.text')).toEqual([]);
    // Positions are counted too often for spans: the field has their sums.
    const models = inTrace(other).map(({ name }) => name);
    expect(models).toEqual(expect.arrayContaining(['tokenizer load', 'compute collapse', 'store writeCollapse']));
    const field = inTrace(other).find(({ name }) => name === 'Mutation.collapse');
    const counted = field === undefined ? 0 : Number(attributeOf(field, 'hyperscene.tokenizer.positions'));
    const { data } = collapsed.answer as { data: { collapse: { bare: { ofPositions: number } } } };
    expect(counted).toBeGreaterThan(0);
    expect(counted).toBe(data.collapse.bare.ofPositions);
  });

  it('says nothing of what was asked: no texts, names or variables', () => {
    expect(collector.bodies.length).toBeGreaterThan(0);
    for (const body of collector.bodies)
      for (const secret of ['Geheim', 'тайна', 'скрытое', ...TEXTS[lang].split('. ').map((part) => part.slice(0, 12))])
        expect(body).not.toContain(secret);
  });
});

describe('a trace of what fails', () => {
  it('marks the spans with the code of the error, sends the headers it was given, and keeps to the sampler', async () => {
    const { url, child, done } = await serve({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces`,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=ключ'.replace('ключ', encodeURIComponent('a b')),
      OTEL_TRACES_SAMPLER: 'parentbased_always_off',
      HYPERSCENE_LOG_LEVEL: 'info',
    });
    const traceId = 'd4'.repeat(16);
    const query = '{ scenes(filter: {corpus: "нет такого"}) { nodes { id } } }';
    const asked = await post(url, query, {}, { traceparent: `00-${traceId}-${'e5'.repeat(8)}-01` });
    expect(asked.answer.errors).toMatchObject([{ extensions: { code: 'CORPUS_NOT_FOUND' } }]);
    const before = collector.spans.length;
    await post(url, query, {});
    child.kill('SIGTERM');
    const { stderr } = await done;
    const spans = inTrace(traceId);
    // The second request brought no decision to trace it, and the sampler says no.
    expect(collector.spans.slice(before).every((span) => span.traceId === traceId)).toBe(true);
    const failed = spans.find(({ name }) => name === 'store scenes');
    expect(failed).toMatchObject({ status: { code: 2, message: 'CORPUS_NOT_FOUND' } });
    expect(failed && attributeOf(failed, 'error.type')).toBe('CORPUS_NOT_FOUND');
    expect(collector.headers.at(-1)?.['x-key']).toBe('a b');
    const line = stderr.split('\n').find((each) => each.includes('"msg":"request"')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ trace_id: traceId, route: '/graphql', status: 200 });
  });

  it('tells once that the collector takes nothing, and stops in time all the same', async () => {
    collector.answerWith(400);
    const { url, child, done } = await serve({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    await post(url, '{ corpora { nodes { name } } }', {});
    child.kill('SIGTERM');
    const { status, stderr } = await done;
    collector.answerWith(200);
    expect(status).toBe(0);
    expect(stderr.match(/traces cannot be sent/gu)).toHaveLength(1);
  });
});

describe('without a collector', () => {
  it.each([{}, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_SDK_DISABLED: 'true' }])(
    'nothing of OpenTelemetry is loaded: %j',
    async (env) => {
      const { url, child, done } = await serve(env);
      expect((await fetch(`${url}/health`)).status).toBe(200);
      child.kill('SIGTERM');
      const { status, stderr } = await done;
      expect([status, stderr]).toEqual([0, expect.stringContaining('loaded 0 modules of opentelemetry')]);
    },
  );
});
