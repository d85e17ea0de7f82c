import { z } from 'zod';
import type { Setting } from './setting.ts';

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
/** As OpenTelemetry's specification of environment variables names them. */
export type SamplerName = (typeof SAMPLERS)[number];

const HTTP_ADDRESS = 'an address like http://collector:4318, without a password; or empty';

/** A password in an address would be printed with it; a collector takes keys in headers. */
const parseEndpoint = (text: string): string | null => {
  if (text === '') return null;
  const { protocol, hostname, username, password } = new URL(text);
  z.enum(['http:', 'https:']).parse(protocol);
  z.string().min(1).parse(hostname);
  z.literal('').parse(username + password);
  return text;
};

/** `key=value,key=value`, values percent-encoded: the form of W3C baggage. */
const parseHeaders = (text: string): Readonly<Record<string, string>> => {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = z
        .tuple([z.string(), z.string(), z.string()])
        .parse([...(/^\s*([!#$%&'*+.^`|~\w-]+)\s*=\s*([\x21-\x7e]*)\s*$/u.exec(pair) ?? [])]);
      // What would end a header line has no place in one.
      return [
        name,
        z
          .string()
          .regex(/^[\x20-\x7e]*$/u)
          .parse(decodeURIComponent(value)),
      ];
    }),
  );
};

/** Where traces are sent. The names are OpenTelemetry's own, so that one environment tells all programs of a machine. */
export const TRACE_SETTINGS = {
  otlpEndpoint: {
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    option: null,
    expected: HTTP_ADDRESS,
    fallback: '',
    about: 'collector that traces are sent to, at /v1/traces by OTLP over HTTP as JSON; empty for none',
    secret: false,
    parse: parseEndpoint,
  },
  otlpTracesEndpoint: {
    variable: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    option: null,
    expected: HTTP_ADDRESS,
    fallback: '',
    about: 'the same, as the whole address that traces are sent to; outranks the other',
    secret: false,
    parse: parseEndpoint,
  },
  otlpHeaders: {
    variable: 'OTEL_EXPORTER_OTLP_HEADERS',
    option: null,
    expected: 'name=value pairs with commas between, the values percent-encoded',
    fallback: '',
    about: 'headers sent with them, such as a key',
    secret: true,
    parse: parseHeaders,
  },
  otelServiceName: {
    variable: 'OTEL_SERVICE_NAME',
    option: null,
    expected: 'a name',
    fallback: 'hyperscene',
    about: 'name of this service in traces',
    secret: false,
    parse: (text: string) => text,
  },
  otelSampler: {
    variable: 'OTEL_TRACES_SAMPLER',
    option: null,
    expected: `one of ${SAMPLERS.join(', ')}`,
    fallback: 'parentbased_always_on',
    about: 'which requests are traced; parentbased ones follow the caller who sends a traceparent',
    secret: false,
    parse: (text: string) => z.enum(SAMPLERS).parse(text),
  },
  otelSamplerRatio: {
    variable: 'OTEL_TRACES_SAMPLER_ARG',
    option: null,
    expected: 'a number from 0 to 1',
    fallback: '1',
    about: 'share of requests that the traceidratio samplers take',
    secret: false,
    parse: (text: string) =>
      z
        .string()
        .regex(/^\d(?:\.\d+)?$/u)
        .transform(Number)
        .pipe(z.number().min(0).max(1))
        .parse(text),
  },
  otelDisabled: {
    variable: 'OTEL_SDK_DISABLED',
    option: null,
    expected: 'one of true, false',
    fallback: 'false',
    about: 'true sends no traces, whatever else is set',
    secret: false,
    parse: (text: string) => z.enum(['true', 'false']).parse(text.toLowerCase()) === 'true',
  },
} as const satisfies Record<string, Setting<unknown>>;
