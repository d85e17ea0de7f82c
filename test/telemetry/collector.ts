import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly status: { readonly code: number; readonly message?: string };
}

/** A collector that takes OTLP over HTTP as JSON and keeps what it is sent. */
export interface Collector {
  /** Of the service, without `/v1/traces`. */
  readonly url: string;
  readonly spans: readonly SentSpan[];
  readonly bodies: readonly string[];
  readonly headers: readonly IncomingHttpHeaders[];
  /** Resolves when a span like this has come. */
  seen(wanted: (span: SentSpan) => boolean): Promise<SentSpan>;
  /** Every request is answered so from now on. */
  answerWith(status: number): void;
  close(): Promise<void>;
}

interface Body {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[] }[];
}

export const startCollector = async (): Promise<Collector> => {
  const spans: SentSpan[] = [];
  const bodies: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const waiting = new Set<() => void>();
  let status = 200;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (request.method !== 'POST' || request.url !== '/v1/traces') {
      response.writeHead(404).end();
      return;
    }
    headers.push(request.headers);
    bodies.push(body);
    if (status === 200)
      for (const { scopeSpans } of (JSON.parse(body) as Body).resourceSpans)
        for (const scope of scopeSpans) spans.push(...scope.spans);
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    for (const wake of waiting) wake();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    bodies,
    headers,
    seen: async (wanted) => {
      while (true) {
        const span = spans.find(wanted);
        if (span !== undefined) return span;
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
      }
    },
    answerWith: (next) => {
      status = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** The span and those above it, the nearest first, as far as they were sent. */
export const ancestry = (spans: readonly SentSpan[], span: SentSpan): readonly SentSpan[] => {
  const parent = spans.find(({ spanId, traceId }) => spanId === span.parentSpanId && traceId === span.traceId);
  return parent === undefined ? [span] : [span, ...ancestry(spans, parent)];
};

export const attributeOf = (span: SentSpan, name: string): unknown => {
  const value = span.attributes.find(({ key }) => key === name)?.value ?? {};
  return Object.values(value)[0];
};
