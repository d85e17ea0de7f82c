import type { TracesConfig } from '../../config/operations-config.ts';
import { HypersceneError } from '../../errors.ts';

const TIMEOUT_MS = 5000;
/** Beyond it, spans of two machines do not stand in the order in which they happened, and keys run out too soon or too late. */
const SKEW_MS_MAX = 300_000;

/**
 * Sends no spans, as an exporter does. @returns what was found
 * @throws HypersceneError COLLECTOR_FAILED
 */
export const checkTraces = async (traces: TracesConfig | null): Promise<string> => {
  if (traces === null) return 'not sent';
  const { origin } = new URL(traces.url);
  const response = await sendNothing(traces, origin);
  await response.body?.cancel();
  if (!response.ok)
    throw new HypersceneError('COLLECTOR_FAILED', 'the collector refuses traces', {
      at: origin,
      expected: 'status 200',
      came: `status ${response.status}`,
    });
  const date = Date.parse(response.headers.get('date') ?? '');
  if (Math.abs(date - Date.now()) > SKEW_MS_MAX)
    throw new HypersceneError('COLLECTOR_FAILED', 'the clocks of the collector and of this machine differ', {
      expected: 'at most 300 s',
      came: `${Math.round((date - Date.now()) / 1000)} s`,
    });
  return `${origin} takes them`;
};

const sendNothing = async ({ url, headers }: TracesConfig, at: string): Promise<Response> => {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{"resourceSpans":[]}',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    const { message, cause: inner } = cause as Error;
    const came = (inner as NodeJS.ErrnoException | undefined)?.code ?? message;
    throw new HypersceneError('COLLECTOR_FAILED', 'the collector of traces does not answer', { at, came, cause });
  }
};
