import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Figures, Message, Request } from './child-messages.ts';

/** How often it is looked whether the event loop is late, ms: what is found is never less. */
const LOOP_STEP = 1;

export interface Measured {
  readonly url: string;
  readonly statements: () => { readonly reads: number; readonly writes: number };
  /** Drops what is kept of look-ups; left out where nothing is. */
  forget?(): Promise<void>;
  close(): Promise<void>;
}

const send = (message: Message): void => {
  process.send?.(message);
};

/** Full collections on request, so that what is left over is what is held. */
const collector = (): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
};

/** Answers the bench's questions about this process until it is told to stop. */
export const answerParent = ({ url, statements, forget, close }: Measured): void => {
  const delay = monitorEventLoopDelay({ resolution: LOOP_STEP });
  delay.enable();
  const collect = collector();
  const figures = (): Figures => {
    const { reads, writes } = statements();
    const heldMs = Math.max(0, delay.max / 1e6 - LOOP_STEP);
    delay.reset();
    const { rss, heapUsed, external } = process.memoryUsage();
    return {
      storeReads: reads,
      storeWrites: writes,
      threadMs: milliseconds(process.threadCpuUsage()),
      processMs: milliseconds(process.cpuUsage()),
      heldMs,
      rssMb: rss / 1e6,
      heapMb: heapUsed / 1e6,
      externalMb: external / 1e6,
    };
  };
  process.on('message', async ({ id, command }: Request) => {
    if (command === 'collect') collect();
    if (command === 'forget') await forget?.();
    if (command === 'stop') await close();
    process.send?.({ type: 'figures', id, figures: figures() } satisfies Message, () => {
      if (command === 'stop') process.disconnect();
    });
  });
  send({ type: 'listens', url });
};

const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;
