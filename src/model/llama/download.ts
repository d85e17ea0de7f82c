import { open, rename, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkCancelled, HypersceneError } from '../../errors.ts';
import { checkModelFile, wrongSum } from './model-file.ts';
import { openPart, type PartFile } from './part-file.ts';
import { systemCode } from './system-code.ts';
import { diskFull, writeErrorOf } from './write-error.ts';

export interface Download {
  readonly url: string;
  /** Shown to the origin of `url` and to no other. */
  readonly token: string | null;
  /** Where the file comes to lie, whole or not at all. Its folder is there. */
  readonly to: string;
  /** What the file must have; null: what the hub says, where it says it. */
  readonly sha256: string | null;
  readonly signal?: AbortSignal | undefined;
  /** At most five times a second. `total` null: not known. */
  readonly onBytes?: ((bytes: number, total: number | null) => void) | undefined;
  /** ms before the first new attempt; each further one waits twice as long. */
  readonly retryPause?: number | undefined;
}

/** What a hub tells of a file before any of it. */
interface Facts {
  readonly sha256: string | null;
  readonly size: number | null;
  /** Changes with the file. */
  readonly validator: string | null;
}

interface Answer {
  readonly response: Response;
  readonly facts: Facts;
}

const NOTHING: Facts = { sha256: null, size: null, validator: null };
const HOPS_MAX = 5;
/** Attempts that brought nothing, in a row. */
const ATTEMPTS_MAX = 5;
/** ms without a byte. */
const STALL = 30_000;
const RETRY_PAUSE = 500;
const RETRY_PAUSE_MAX = 15_000;
const TELL_EVERY = 200;

/**
 * Fetches one file over HTTP, streaming, and goes on behind what came before where the connection broke or the program ended.
 * @returns its SHA-256
 * @throws HypersceneError MODEL_NOT_FOUND, MODEL_DENIED, MODEL_UNAVAILABLE, MODEL_DAMAGED, DISK_FULL, UNWRITABLE_FILE,
 * CANCELLED; none tells the token, nor where the hub redirected, which may hold a signature
 */
export const download = async (wanted: Download): Promise<string> => {
  const facts = await retrying(
    wanted,
    () => 0,
    async () => {
      const { response, facts } = await ask(
        { ...wanted, signal: either(wanted.signal, AbortSignal.timeout(STALL)) },
        'HEAD',
        0,
      );
      if (response.status === 405 || response.status === 501) return NOTHING;
      checkStatus(response, wanted);
      return facts;
    },
  );
  const expected = wanted.sha256 ?? facts.sha256;
  const part = await openPart(wanted.to, facts.validator ?? expected).catch((error: unknown) => {
    throw writeErrorOf(error, wanted.to) ?? error;
  });
  try {
    await checkSpace(wanted, part, facts);
    await retrying(wanted, part.size, () => pour(wanted, part, facts));
  } catch (error) {
    if (error instanceof HypersceneError && error.code === 'MODEL_DAMAGED') await part.remove();
    else await part.leave();
    throw writeErrorOf(error, wanted.to) ?? error;
  }
  return settle(wanted, part, expected);
};

const settle = async ({ to }: Download, part: PartFile, expected: string | null): Promise<string> => {
  try {
    const came = await part.finish();
    if (expected !== null && came !== expected) throw wrongSum(to, expected, came);
    await checkModelFile(part.path);
    await rename(part.path, to);
    await syncFolder(dirname(to));
    return came;
  } catch (error) {
    await rm(part.path, { force: true });
    throw writeErrorOf(error, to) ?? error;
  }
};

/** Windows has no such thing. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
};

const checkSpace = async ({ to }: Download, part: PartFile, { size }: Facts): Promise<void> => {
  if (size === null) return;
  const { bavail, bsize } = await statfs(dirname(to), { bigint: true });
  const needed = BigInt(size) - BigInt(part.size());
  if (needed > bavail * bsize) throw diskFull(to, undefined, needed);
};

/** Does it again until it succeeds, unless what failed is for good, or nothing more came several times in a row. */
const retrying = async <T>(wanted: Download, progress: () => number, attempt: () => Promise<T>): Promise<T> => {
  for (let failures = 0; ; ) {
    const before = progress();
    try {
      checkCancelled(wanted);
      return await attempt();
    } catch (error) {
      checkCancelled(wanted);
      if (error instanceof HypersceneError || writeErrorOf(error, wanted.to) !== null) throw error;
      failures = progress() > before ? 1 : failures + 1;
      if (failures >= ATTEMPTS_MAX) throw unavailable(wanted, error);
      const wait = Math.min((wanted.retryPause ?? RETRY_PAUSE) * 2 ** (failures - 1), RETRY_PAUSE_MAX);
      await pause(wait, undefined, { signal: wanted.signal }).catch(() => checkCancelled(wanted));
    }
  }
};

/** Appends what is missing. Throws a plain Error for what may go better the next time. */
const pour = async (wanted: Download, part: PartFile, facts: Facts): Promise<void> => {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new Error(`nothing came for ${STALL / 1000} s`)), STALL);
  const told = teller(wanted, facts.size);
  try {
    const signal = either(wanted.signal, stalled.signal);
    const { response, facts: now } = await ask({ ...wanted, signal }, 'GET', part.size());
    if (response.status === 416) {
      await response.body?.cancel();
      if (part.size() === facts.size) return;
      await part.restart();
      throw new Error('the hub has less than came before');
    }
    checkStatus(response, wanted);
    const isOther = facts.validator !== null && now.validator !== facts.validator;
    const goesOn = response.status === 206 && rangeOf(response).start === part.size() && !isOther;
    if (isOther && facts.sha256 !== null) throw changed(wanted, `${facts.validator}`, `${now.validator}`);
    if (response.status === 206 && !goesOn) {
      await response.body?.cancel();
      await part.restart();
      throw new Error('the hub sent another part than was asked for');
    }
    if (response.status !== 206) await part.restart();
    const total = response.status === 206 ? rangeOf(response).total : lengthOf(response);
    if (total !== null && facts.size !== null && total !== facts.size)
      throw changed(wanted, `${facts.size} bytes`, `${total}`);
    const size = facts.size ?? total;
    for await (const chunk of response.body ?? []) {
      timer.refresh();
      if (size !== null && part.size() + chunk.byteLength > size) throw changed(wanted, `${size} bytes`, 'more');
      await part.append(chunk);
      told(part.size(), size);
    }
    if (size !== null && part.size() < size) throw new Error(`it ended after ${part.size()} of ${size} bytes`);
    wanted.onBytes?.(part.size(), size);
  } finally {
    clearTimeout(timer);
  }
};

const either = (one: AbortSignal | undefined, other: AbortSignal): AbortSignal =>
  one === undefined ? other : AbortSignal.any([one, other]);

const teller = ({ onBytes }: Download, known: number | null): ((bytes: number, total: number | null) => void) => {
  let next = 0;
  return (bytes, total) => {
    if (Date.now() < next) return;
    next = Date.now() + TELL_EVERY;
    onBytes?.(bytes, total ?? known);
  };
};

/**
 * Redirects are followed here and not by `fetch`: the hub's sum and size stand in the answer that redirects to where the
 * bytes are.
 */
const ask = async ({ url, token, signal }: Download, method: 'HEAD' | 'GET', from: number): Promise<Answer> => {
  let [at, shown, facts] = [new URL(url), token, NOTHING];
  for (let hops = 0; hops <= HOPS_MAX; hops += 1) {
    const response = await fetch(at, {
      method,
      redirect: 'manual',
      signal: signal ?? null,
      headers: {
        // Compressed, it would have no length to go on from.
        'accept-encoding': 'identity',
        ...(from > 0 ? { range: `bytes=${from}-` } : {}),
        ...(shown === null ? {} : { authorization: `Bearer ${shown}` }),
      },
    });
    const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    facts = factsOf(response, location !== null, facts);
    if (location === null) return { response, facts };
    await response.body?.cancel();
    const next = new URL(location, at);
    if (!/^https?:$/u.test(next.protocol) || (at.protocol === 'https:' && next.protocol === 'http:'))
      throw new HypersceneError('MODEL_UNAVAILABLE', 'the hub redirects to where nothing is fetched from', {
        at: url,
        expected: at.protocol,
        came: next.protocol,
      });
    if (next.origin !== at.origin) shown = null;
    at = next;
  }
  throw new HypersceneError('MODEL_UNAVAILABLE', 'the hub redirects without end', {
    at: url,
    expected: `at most ${HOPS_MAX} redirects`,
    came: 'more',
  });
};

/** What was told first counts: later answers are those of the storage behind the hub. */
const factsOf = ({ headers, status }: Response, isRedirect: boolean, before: Facts): Facts => {
  const linked = headers.get('x-linked-etag')?.replaceAll('"', '') ?? null;
  const etag = isRedirect ? null : headers.get('etag');
  const strong = etag === null || etag.startsWith('W/') ? null : etag;
  const size = headers.get('x-linked-size') ?? (status === 200 ? headers.get('content-length') : null);
  // An ETag of a storage may have 64 digits too and be the sum of something else.
  const sha256 = linked !== null && /^[\da-f]{64}$/u.test(linked) ? linked : null;
  return {
    validator: before.validator ?? linked ?? strong,
    sha256: before.sha256 ?? sha256,
    size: before.size ?? wholeOf(size),
  };
};

const wholeOf = (text: string | null | undefined): number | null =>
  text !== null && text !== undefined && /^\d{1,15}$/u.test(text) ? Number(text) : null;

const lengthOf = ({ headers }: Response): number | null => wholeOf(headers.get('content-length'));

const rangeOf = ({ headers }: Response): { readonly start: number | null; readonly total: number | null } => {
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/u.exec(headers.get('content-range') ?? '') ?? [];
  return { start: wholeOf(start), total: wholeOf(total) };
};

const checkStatus = ({ status, ok }: Response, { url, token }: Download): void => {
  if (ok) return;
  if (status === 401 || status === 403)
    throw new HypersceneError('MODEL_DENIED', 'the hub does not give the model', {
      at: url,
      expected: `${token === null ? 'HYPERSCENE_HUB_TOKEN' : 'a token'} of somebody who may have it, and a model that is there`,
      came: `status ${status}`,
    });
  if (status === 404 || status === 410)
    throw new HypersceneError('MODEL_NOT_FOUND', 'the hub has no such model', {
      at: url,
      expected: 'a repository, a revision and a file that are there',
      came: `status ${status}`,
    });
  if (status === 408 || status === 429 || status >= 500) throw new Error(`status ${status}`);
  throw new HypersceneError('MODEL_UNAVAILABLE', 'the hub does not send the model', {
    at: url,
    expected: 'status 200 or 206',
    came: `status ${status}`,
  });
};

const changed = ({ url }: Download, expected: string, came: string): HypersceneError =>
  new HypersceneError('MODEL_DAMAGED', 'the hub sends another file than it told of', { at: url, expected, came });

const unavailable = ({ url }: Download, error: unknown): HypersceneError => {
  // `fetch` says what went wrong in the cause.
  const cause = (error as Error).cause ?? error;
  return new HypersceneError('MODEL_UNAVAILABLE', 'the model cannot be fetched', {
    at: url,
    expected: 'a hub that answers: connect to the network, set HYPERSCENE_HUB, or name a file as HYPERSCENE_MODEL',
    came: systemCode(cause) ?? (cause as Error).message,
    cause: error,
  });
};
