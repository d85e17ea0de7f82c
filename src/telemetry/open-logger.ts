import { type DestinationStream, type Logger, type LoggerOptions, pino, stdSerializers } from 'pino';

/** Fields that hold secrets wherever they stand; at the top and one or two levels below it. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'password',
  'token',
  'secret',
  'credentials',
  'connectionParams',
  'rawPacket',
];

const SECRET_PATHS = SECRET_FIELDS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);

/** Passwords of addresses, keys of query strings and bearer tokens, in whatever text they came to stand. */
const SECRET_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/(\w:\/\/)[^\s/?#"\\@]+@/gu, '$1…@'],
  [/([?&](?:[\w-]*(?:key|token|secret|password|auth|signature|sig))=)[^&\s"\\#]+/giu, '$1…'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/giu, '$1 …'],
];

/** A line without what looks like a secret. */
export const withoutSecrets = (line: string): string =>
  SECRET_TEXTS.reduce((text, [pattern, shown]) => text.replace(pattern, shown), line);

/**
 * Of an error its kind, code, message and stack. What else hangs on it is left out: Node hangs the bytes of a request that it
 * could not parse on its error, headers and all.
 */
const errorFields = (thrown: Error): object => {
  const { type, message, stack } = stdSerializers.err(thrown);
  const { code } = thrown as NodeJS.ErrnoException;
  return { type, ...(code === undefined ? {} : { code }), message, stack };
};

/** The service's log: one JSON object a line, without secrets at every level. */
export const openLogger = (level: NonNullable<LoggerOptions['level']>, to: DestinationStream): Logger =>
  pino(
    {
      level,
      redact: { paths: SECRET_PATHS, censor: '…' },
      serializers: { err: (value: unknown) => (value instanceof Error ? errorFields(value) : value) },
      hooks: { streamWrite: withoutSecrets },
    },
    to,
  );
