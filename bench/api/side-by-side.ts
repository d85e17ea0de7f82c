import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tell } from '../report.ts';
import { median } from '../store/figures.ts';
import { answerText } from './ask.ts';
import type { Answers } from './bare-server.ts';
import { type Child, startChild } from './child.ts';
import { type Load, runLoad } from './load.ts';
import { type Ask, bodyOf, keyOf, type OperationName } from './operations.ts';

export type Measured = Readonly<Record<OperationName, readonly Ask[]>>;

export interface Round extends Load {
  /** CPU time of the answering thread for one answer, ms. */
  readonly threadMs: number;
  /** CPU time of the whole server's process for one answer, its other threads counted in, ms. */
  readonly processMs: number;
}

export interface OperationResult {
  readonly operation: OperationName;
  /** Different questions. */
  readonly questions: number;
  /** Bytes of an answer on average. */
  readonly bytes: number;
  /** Statements of the store that one question takes when nothing is kept of earlier ones: least and most of all questions. */
  readonly storeCalls: { readonly least: number; readonly most: number };
  readonly ours: readonly Round[];
  readonly bare: readonly Round[];
  /** Of the medians, ours by the bare server's. */
  readonly ratio: number;
}

/** A server that answers the questions byte for byte as ours does. @throws Error where it does not */
export const startBare = async (ours: Child, asks: readonly Ask[], folder: string): Promise<Child> => {
  const answers: [string, Record<string, unknown>][] = [];
  for (const ask of asks) answers.push([keyOf(ask), JSON.parse(await answerText(ours, ask)).data]);
  const file = join(folder, 'answers.json');
  await writeFile(file, JSON.stringify(answers satisfies Answers));
  const bare = await startChild('./bare-server.ts', file);
  for (const ask of asks) {
    const [x, y] = [await answerText(ours, ask), await answerText(bare, ask)];
    if (x !== y) throw new Error(`the bare server answers another thing:\n${x.slice(0, 300)}\n${y.slice(0, 300)}`);
  }
  return bare;
};

const callsOf = async (
  ours: Child,
  asks: readonly Ask[],
): Promise<OperationResult['storeCalls'] & { bytes: number }> => {
  const calls: number[] = [];
  let bytes = 0;
  for (const ask of asks) {
    const { storeReads } = await ours.forget();
    bytes += Buffer.byteLength(await answerText(ours, ask));
    calls.push((await ours.figures()).storeReads - storeReads);
  }
  return { least: Math.min(...calls), most: Math.max(...calls), bytes: bytes / asks.length };
};

export interface RoundOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
}

const runRound = async (child: Child, bodies: readonly string[], options: RoundOptions): Promise<Round> => {
  const before = await child.figures();
  const load = await runLoad({ url: child.url, bodies, ...options });
  const after = await child.figures();
  if (load.failed > 0) throw new Error(`${load.failed} answers failed: ${load.failure}`);
  return {
    ...load,
    threadMs: (after.threadMs - before.threadMs) / load.requests,
    processMs: (after.processMs - before.processMs) / load.requests,
  };
};

/** Each operation on both sides, one after the other; who is first changes with each round. */
export const compare = async (
  ours: Child,
  bare: Child,
  measured: Measured,
  operations: readonly OperationName[],
  options: RoundOptions,
): Promise<readonly OperationResult[]> => {
  const results: OperationResult[] = [];
  for (const operation of operations) {
    const bodies = measured[operation].map(bodyOf);
    // Before any load, whose last requests would be counted in.
    const { bytes, ...storeCalls } = await callsOf(ours, measured[operation]);
    const warm = { ...options, seconds: Math.max(1, Math.floor(options.seconds / 2)) };
    for (const child of [ours, bare]) await runRound(child, bodies, warm);
    const rounds: Record<'ours' | 'bare', Round[]> = { ours: [], bare: [] };
    for (let i = 0; i < options.rounds; i++)
      for (const side of i % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const))
        rounds[side].push(await runRound(side === 'ours' ? ours : bare, bodies, options));
    const rate = (side: 'ours' | 'bare') => median(rounds[side].map(({ perSecond }) => perSecond));
    const ratio = rate('ours') / rate('bare');
    tell(
      `${operation}: ${rate('ours').toFixed(0)} against ${rate('bare').toFixed(0)} a second, ${ratio.toFixed(2)}×; ` +
        `thread ${median(rounds.ours.map((r) => r.threadMs)).toFixed(2)} against ${median(rounds.bare.map((r) => r.threadMs)).toFixed(2)} ms, ` +
        `process ${median(rounds.ours.map((r) => r.processMs)).toFixed(2)} against ${median(rounds.bare.map((r) => r.processMs)).toFixed(2)} ms, ${storeCalls.least}–${storeCalls.most} calls, ${bytes.toFixed(0)} bytes`,
    );
    results.push({ operation, questions: bodies.length, bytes, storeCalls, ...rounds, ratio });
  }
  return results;
};
