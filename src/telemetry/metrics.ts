import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { isErrorCode } from '../errors.ts';
import { type EventLoopLag, watchEventLoop } from './event-loop-lag.ts';
import { type LanguageModelMetrics, languageModelMetrics } from './language-model-metrics.ts';

export interface MetricsOptions {
  /** The program's version. */
  readonly version: string;
  readonly storeKind: string;
}

export type OperationType = 'query' | 'mutation' | 'subscription' | 'none';
/** `partial`: data and errors. */
export type OperationOutcome = 'ok' | 'partial' | 'error';

/** What is measured: one instance a process, with a registry of its own. Label values are of closed sets. Times in seconds. */
export interface Metrics extends LanguageModelMetrics {
  /** @param route as it was declared, never a path that was asked for */
  request(route: string, method: string, status: number, seconds: number): void;
  requestsInFlight(change: 1 | -1): void;
  operation(type: OperationType, outcome: OperationOutcome, seconds: number): void;
  /** @param code what is none of the known counts as `OTHER` */
  error(code: string): void;
  storeCall(method: string, outcome: string, seconds: number): void;
  modelCall(model: ModelName, call: string, outcome: string, seconds: number): void;
  /** A text whose positions were counted. */
  tokenized(positions: number): void;
  /** For the WebSocket transport. */
  webSocketConnections(change: 1 | -1): void;
  subscriptions(change: 1 | -1): void;
  /** For a queue of jobs: asked at each scrape for the number of jobs in each state. */
  watchJobs(count: () => Promise<Readonly<Record<string, number>>>): void;
  readonly contentType: string;
  /** The text that Prometheus scrapes. */
  text(): Promise<string>;
  close(): void;
}

export type ModelName = 'reader' | 'tokenizer' | 'compute';

/** From what a lookup in memory takes to what a proxy gives up after. */
const REQUEST_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const CALL_SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const MODEL_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300];

/** What Apollo and the HTTP layer call their own errors; all else is of the registry. */
const OUTER_CODES: ReadonlySet<string> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
]);

/** The process's own metrics come with them, as prom-client collects them for Node. */
export const openMetrics = ({ version, storeKind }: MetricsOptions): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const lag: EventLoopLag = watchEventLoop(registry);
  const requests = new Histogram({
    name: 'hyperscene_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer. Status 499: the client went away before.',
    labelNames: ['route', 'method', 'status'],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const inFlight = new Gauge({ name: 'hyperscene_http_requests_in_flight', help: 'Requests under way.', registers });
  const operations = new Histogram({
    name: 'hyperscene_graphql_operation_duration_seconds',
    help: 'Time of a GraphQL operation. Type none: it could not be understood. Outcome partial: data and errors.',
    labelNames: ['type', 'outcome'],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const errors = new Counter({
    name: 'hyperscene_errors_total',
    help: 'Errors given to clients, by extensions.code.',
    labelNames: ['code'],
    registers,
  });
  const storeCalls = new Histogram({
    name: 'hyperscene_store_call_duration_seconds',
    help: 'Time of a call to the graph store. Outcome: ok, or the class of the error.',
    labelNames: ['method', 'outcome'],
    buckets: CALL_SECONDS,
    registers,
  });
  const modelCalls = new Histogram({
    name: 'hyperscene_model_call_duration_seconds',
    help: 'Time of a call to the reader, to the compute threads, to the thread that counts positions, or of loading the tokenizer.',
    labelNames: ['model', 'call', 'outcome'],
    buckets: MODEL_SECONDS,
    registers,
  });
  const texts = new Counter({
    name: 'hyperscene_tokenizer_texts_total',
    help: 'Texts whose positions were counted.',
    registers,
  });
  const positions = new Counter({
    name: 'hyperscene_tokenizer_positions_total',
    help: 'Positions counted in them.',
    registers,
  });
  const sockets = new Gauge({
    name: 'hyperscene_websocket_connections',
    help: 'WebSocket connections open.',
    registers,
  });
  const subscriptions = new Gauge({ name: 'hyperscene_subscriptions', help: 'GraphQL subscriptions open.', registers });
  const languageModel = languageModelMetrics(registry);
  const info = { help: 'Always 1; the labels say what runs.', registers };
  new Gauge({ ...info, name: 'hyperscene_build_info', labelNames: ['version', 'node'] }).set(
    { version, node: process.version },
    1,
  );
  new Gauge({ ...info, name: 'hyperscene_store_info', labelNames: ['kind'] }).set({ kind: storeKind }, 1);
  return {
    request: (route, method, status, seconds) => requests.observe({ route, method, status }, seconds),
    requestsInFlight: (change) => inFlight.inc(change),
    operation: (type, outcome, seconds) => operations.observe({ type, outcome }, seconds),
    error: (code) => errors.inc({ code: isErrorCode(code) || OUTER_CODES.has(code) ? code : 'OTHER' }),
    storeCall: (method, outcome, seconds) => storeCalls.observe({ method, outcome }, seconds),
    modelCall: (model, call, outcome, seconds) => modelCalls.observe({ model, call, outcome }, seconds),
    tokenized: (count) => {
      texts.inc();
      positions.inc(count);
    },
    webSocketConnections: (change) => sockets.inc(change),
    subscriptions: (change) => subscriptions.inc(change),
    ...languageModel,
    watchJobs: (count) => addJobGauge(registry, count),
    contentType: registry.contentType,
    // prom-client writes "Nan" for an average of nothing, where the format has NaN.
    text: async () => (await registry.metrics()).replace(/ Nan$/gmu, ' NaN'),
    close: () => {
      lag.close();
      registry.clear();
    },
  };
};

const addJobGauge = (registry: Registry, count: () => Promise<Readonly<Record<string, number>>>): void => {
  new Gauge({
    name: 'hyperscene_jobs',
    help: 'Jobs in the queue, by state.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const counts = await count();
      this.reset();
      for (const [state, jobs] of Object.entries(counts)) this.set({ state }, jobs);
    },
  });
};
