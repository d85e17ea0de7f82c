import { setTimeout } from 'node:timers/promises';
import { tell } from '../report.ts';
import { post } from './ask.ts';
import type { Child } from './child.ts';
import { type Hostile, hostileQueries } from './hostile-queries.ts';

/** Each is sent so often; its cost is the least of them, since what else the machine does only adds. */
const TIMES = 5;
/** Between two harmless requests, ms. */
const PAUSE = 2;
const HARMLESS = JSON.stringify({ query: '{ corpora(first: 1) { nodes { id } } }' });
/** ms of the event loop that a query may hold. */
export const HELD_MAX = 50;

export interface HostileResult {
  readonly name: string;
  readonly bytes: number;
  readonly status: number;
  /** Of the first error; null where it was answered. */
  readonly code: string | null;
  /** Should it have been answered or refused, and was it? */
  readonly asExpected: boolean;
  /** The longest that it held the event loop, ms: least and most of the times it was sent. */
  readonly held: { readonly least: number; readonly most: number };
  /** CPU time of the thread that answers, the harmless requests beside it counted in, ms: the least. */
  readonly threadMs: number;
  /** The longest that a harmless request waited meanwhile, ms: the least. */
  readonly waitedMs: number;
}

/** Harmless requests one after the other until told to stop; how long the slowest of them took, ms. */
const askOn = async (url: string, until: AbortSignal): Promise<number> => {
  let longest = 0;
  while (!until.aborted) {
    const started = performance.now();
    const answer = await (await post(url, HARMLESS)).text();
    if (!answer.startsWith('{"data":')) throw new Error(`a harmless request failed: ${answer.slice(0, 300)}`);
    longest = Math.max(longest, performance.now() - started);
    await setTimeout(PAUSE);
  }
  return longest;
};

/** With another comment in front each time, so that no document is known already. */
const unknown = (body: string | Buffer, i: number): string | Buffer =>
  typeof body === 'string' ? body.replace('{"query":"', `{"query":"# ${i} of ${process.pid}\\n`) : body;

const send = async (url: string, { body, type = 'application/json' }: Pick<Hostile, 'body' | 'type'>) => {
  const answer = await post(url, body as string, { headers: { 'content-type': type } }).catch((error: unknown) => {
    throw new Error('the server closed the connection', { cause: error });
  });
  const text = await answer.text();
  const code = text.includes('"errors":') ? (JSON.parse(text).errors[0]?.extensions?.code ?? 'none') : null;
  return { status: answer.status, code };
};

const measureOne = async (ours: Child, hostile: Hostile): Promise<HostileResult> => {
  const held: number[] = [];
  const thread: number[] = [];
  const waited: number[] = [];
  let last = { status: 0, code: null as string | null };
  for (let i = 0; i < TIMES; i++) {
    const end = new AbortController();
    const harmless = askOn(ours.url, end.signal);
    await setTimeout(4 * PAUSE);
    const before = await ours.collect();
    await ours.figures();
    last = await send(ours.url, { ...hostile, body: unknown(hostile.body, i) });
    const after = await ours.figures();
    end.abort();
    held.push(after.heldMs);
    thread.push(after.threadMs - before.threadMs);
    waited.push(await harmless);
  }
  const asExpected = (last.code === null) === (hostile.answered === true);
  return {
    name: hostile.name,
    bytes: Buffer.byteLength(hostile.body),
    ...last,
    asExpected,
    held: { least: Math.min(...held), most: Math.max(...held) },
    threadMs: Math.min(...thread),
    waitedMs: Math.min(...waited),
  };
};

/** @param only those whose names hold this; all by default */
export const measureHostile = async (ours: Child, only = ''): Promise<readonly HostileResult[]> => {
  const results: HostileResult[] = [];
  for (const hostile of hostileQueries().filter(({ name }) => name.includes(only))) {
    const result = await measureOne(ours, hostile);
    const { name, status, code, held, threadMs, waitedMs, asExpected } = result;
    tell(
      `${held.least > HELD_MAX || !asExpected ? '!! ' : ''}${name}: ${status} ${code ?? 'answered'}, held ${held.least.toFixed(1)} to ${held.most.toFixed(1)} ms, ` +
        `thread ${threadMs.toFixed(1)} ms, others waited ${waitedMs.toFixed(1)} ms`,
    );
    results.push(result);
  }
  return results;
};
