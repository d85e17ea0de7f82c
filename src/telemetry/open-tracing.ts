import {
  SpanKind as ApiSpanKind,
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import type { OpenSpan, SpanAttributes, SpanKind, TraceHeaders, Tracing } from './tracing.ts';

export interface TracingOptions {
  /** The whole address of the collector. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  /** The program's. */
  readonly version: string;
  readonly sampler: SamplerName;
  /** 0 to 1, for the samplers by ratio. */
  readonly ratio: number;
  /** Told when the collector stops taking spans, and when it takes them again. */
  readonly logger: { warn(fields: object, text: string): void; info(fields: object, text: string): void };
}

type SamplerName = `${'' | 'parentbased_'}${'always_on' | 'always_off' | 'traceidratio'}`;

const FLUSH_MS = 5000;

const KINDS = {
  server: ApiSpanKind.SERVER,
  internal: ApiSpanKind.INTERNAL,
  client: ApiSpanKind.CLIENT,
} as const satisfies Record<SpanKind, ApiSpanKind>;

/**
 * Traces by the OpenTelemetry SDK. Nothing is registered globally: which span runs is kept in a context manager of this
 * instance, so that two in one process never mix.
 */
export const openTracing = (options: TracingOptions): Tracing => {
  const exporter = new OTLPTraceExporter({ url: options.url, headers: { ...options.headers } });
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ [ATTR_SERVICE_NAME]: options.serviceName, [ATTR_SERVICE_VERSION]: options.version }),
    ),
    sampler: samplerOf(options.sampler, options.ratio),
    spanProcessors: [new BatchSpanProcessor({ exporter: new ToldExporter(exporter, options.logger) })],
  });
  const contexts = new AsyncLocalStorageContextManager().enable();
  const sums = new WeakMap<Span, Record<string, number>>();
  const tracer = provider.getTracer('hyperscene', options.version);
  return {
    start: (name, kind, attributes, headers) => startSpan({ tracer, contexts }, name, kind, attributes, headers),
    add: (figures) => addFigures(trace.getSpan(contexts.active()), figures, sums),
    close: async () => {
      await provider.forceFlush({ timeoutMillis: FLUSH_MS }).catch(() => undefined);
      await Promise.race([provider.shutdown(), new Promise((resolve) => setTimeout(resolve, FLUSH_MS).unref())]);
      contexts.disable();
    },
  };
};

interface Tracers {
  readonly tracer: Tracer;
  readonly contexts: AsyncLocalStorageContextManager;
}

const propagator = new W3CTraceContextPropagator();

const headerGetter = {
  keys: (headers: TraceHeaders): string[] => Object.keys(headers),
  get: (headers: TraceHeaders, name: string) => {
    const value = headers[name];
    return typeof value === 'object' ? [...value] : value;
  },
};

const startSpan = (
  { tracer, contexts }: Tracers,
  name: string,
  kind: SpanKind,
  attributes: SpanAttributes = {},
  headers?: TraceHeaders,
): OpenSpan => {
  const parent = headers === undefined ? contexts.active() : propagator.extract(ROOT_CONTEXT, headers, headerGetter);
  const span = tracer.startSpan(name, { kind: KINDS[kind], attributes: toAttributes(attributes) }, parent);
  return openSpan(span, trace.setSpan(parent, span), contexts);
};

const openSpan = (span: Span, context: Context, contexts: AsyncLocalStorageContextManager): OpenSpan => ({
  ...span.spanContext(),
  run: (work) => contexts.with(context, work),
  set: (attributes) => void span.setAttributes(toAttributes(attributes)),
  fail: (code) => void span.setStatus({ code: SpanStatusCode.ERROR, message: code }).setAttribute('error.type', code),
  end: (at) => span.end(at),
});

/** The SDK keeps what it is given. */
const toAttributes = (attributes: SpanAttributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]),
  );

/** An attribute cannot be read back, so that its sum is kept beside the span. */
const addFigures = (
  span: Span | undefined,
  figures: Readonly<Record<string, number>>,
  sums: WeakMap<Span, Record<string, number>>,
): void => {
  if (!span?.isRecording()) return;
  const sum = sums.get(span) ?? {};
  for (const [name, value] of Object.entries(figures)) sum[name] = (sum[name] ?? 0) + value;
  sums.set(span, sum);
  span.setAttributes(sum);
};

const samplerOf = (name: SamplerName, ratio: number): Sampler => {
  const root = rootSampler(name.replace('parentbased_', ''), ratio);
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
};

const rootSampler = (name: string, ratio: number): Sampler => {
  if (name === 'always_off') return new AlwaysOffSampler();
  return name === 'traceidratio' ? new TraceIdRatioBasedSampler(ratio) : new AlwaysOnSampler();
};

/** Says once that the collector takes nothing, and once that it does again: the SDK itself drops spans without a word. */
class ToldExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #logger: TracingOptions['logger'];
  #failing = false;

  constructor(exporter: SpanExporter, logger: TracingOptions['logger']) {
    this.#exporter = exporter;
    this.#logger = logger;
  }

  export(spans: ReadableSpan[], done: Parameters<SpanExporter['export']>[1]): void {
    this.#exporter.export(spans, (result) => {
      this.#tell(result.code === ExportResultCode.FAILED, spans.length, result.error);
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }

  #tell(failed: boolean, spans: number, err: Error | undefined): void {
    if (failed === this.#failing) return;
    this.#failing = failed;
    if (failed) this.#logger.warn({ err, spans }, 'traces cannot be sent; spans are dropped until they can');
    else this.#logger.info({ spans }, 'traces are sent again');
  }
}
