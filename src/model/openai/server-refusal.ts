import { type ErrorCode, HypersceneError } from '../../errors.ts';

/** What a server answered other than with a status of 2xx. */
export interface Refusal {
  readonly status: number;
  /** Path that was asked for. */
  readonly path: string;
  readonly type: string;
  /** s, by its header Retry-After. */
  readonly retryAfter: number | null;
  readonly text: string;
}

const SAID_MAX = 300;

/** What servers call a prompt that is too long: OpenAI and llama-cpp-python, llama-server, vLLM. */
const CONTEXT =
  /context_length_exceeded|exceed_context_size|(?:maximum )?context (?:length|window|size)|maximum model length/iu;
const NO_MODEL = /model_not_found|model[^.]{0,200}(?:does not exist|not found)/iu;

/** The message of an error in any of the forms that servers give it; else the beginning of the text. */
export const messageOf = (text: string): string => {
  const said = spoken(text) ?? text;
  return said.replaceAll(/\s+/gu, ' ').trim().slice(0, SAID_MAX);
};

const spoken = (text: string): string | null => {
  try {
    return messageIn(JSON.parse(text));
  } catch {
    return null;
  }
};

/** `{error: {message}}`, `{error}`, `{message}` of older vLLM, `{detail}` of FastAPI, where it may be a list. */
const messageIn = (value: unknown): string | null => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return null;
  const { error, message, detail } = value as Record<string, unknown>;
  if (detail !== undefined && typeof detail !== 'string') return JSON.stringify(detail);
  return messageIn(error ?? message ?? detail);
};

/** Whether the same may be asked again at once or soon: nothing was begun. */
export const isPassing = ({ status }: Refusal): boolean => status === 429 || status === 502 || status === 503;

/** The error that a refusal is told as. The server's own words, which may hold the key, pass through `hide`. */
export const refusalError = (refusal: Refusal, hide: (text: string) => string): HypersceneError => {
  const { status, path, type, text, retryAfter } = refusal;
  const isPage = type.includes('html');
  const said = isPage ? '' : messageOf(hide(text));
  const came = `status ${status}${isPage ? `, ${type}` : ''}${said === '' ? '' : `: ${said}`}`;
  const fail = (code: ErrorCode, message: string, expected?: string): HypersceneError =>
    new HypersceneError(code, message, {
      came,
      at: path,
      ...(expected === undefined ? {} : { expected }),
      ...(retryAfter === null ? {} : { retryAfter }),
    });
  // To follow would carry the key to wherever it leads.
  if (status < 400)
    return fail('MODEL_UNAVAILABLE', "the model's server is elsewhere", 'an address that leads nowhere else');
  if (status === 401 || status === 403)
    return fail('MODEL_UNAVAILABLE', "the model's server lets nobody in with this key", 'a key that it knows');
  if (status === 429) return fail('MODEL_BUSY', "the model's server has too much to do");
  if (status === 408 || status === 504) return fail('MODEL_TIMEOUT', "the model's server took too long");
  if (!isPage && status < 500 && CONTEXT.test(text)) return fail('CONTEXT_FULL', 'the prompt does not fit the context');
  if (!isPage && (status === 400 || status === 404) && NO_MODEL.test(text))
    return fail('MODEL_NOT_FOUND', "the model's server has no such model");
  if (status === 404 || status === 405 || status === 501)
    return fail('MODEL_UNAVAILABLE', "the model's server cannot do this", `a server that has ${path}`);
  if (status < 500) return fail('BAD_ARGUMENT', "the model's server refuses what was asked");
  return fail('MODEL_UNAVAILABLE', "the model's server failed");
};

/** RFC 9110, 10.2.3: seconds or a date. @returns s, null where it says neither */
export const parseRetryAfter = (header: string | undefined, now: number): number | null => {
  if (header === undefined) return null;
  if (/^\d{1,9}$/u.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000));
};
