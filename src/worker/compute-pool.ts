import { Piscina } from 'piscina';
import type { BlockChange, CouplingBlock } from '../coupling/couple-block.ts';
import { HypersceneError } from '../errors.ts';
import type { Collapsed, CollapseTask } from './compute.ts';

/** Threads for the heavy pure steps, so that the event loop stays free for requests. */
export interface ComputePool {
  couple(block: CouplingBlock, signal?: AbortSignal): Promise<BlockChange>;
  collapse(task: CollapseTask, signal?: AbortSignal): Promise<Collapsed>;
  close(): Promise<void>;
}

export interface ComputePoolOptions {
  /** Threads at most; they start when first needed and end after five idle minutes. */
  readonly threadsMax: number;
}

/** A thread is 15 MB. Begun anew every few seconds under light writing, they left 200 MB of scattered memory within minutes. */
const IDLE_MS = 300_000;

/** @throws HypersceneError CANCELLED from its methods when the signal aborts */
export const openComputePool = ({ threadsMax }: ComputePoolOptions): ComputePool => {
  const file = import.meta.url.endsWith('.ts') ? './compute.ts' : './compute.js';
  const pool = new Piscina({
    filename: new URL(file, import.meta.url).href,
    minThreads: 0,
    maxThreads: threadsMax,
    idleTimeout: IDLE_MS,
  });
  const run = async <Result>(name: string, task: unknown, signal: AbortSignal | undefined): Promise<Result> => {
    try {
      return (await pool.run(task, signal === undefined ? { name } : { name, signal })) as Result;
    } catch (error) {
      if (signal?.aborted) throw new HypersceneError('CANCELLED', 'cancelled', { cause: error });
      throw error;
    }
  };
  return {
    couple: (block, signal) => run('couple', block, signal),
    collapse: (task, signal) => run('collapse', task, signal),
    close: () => pool.close({ force: true }),
  };
};
