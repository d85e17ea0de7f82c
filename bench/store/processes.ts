import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Job, Message, Result } from './job.ts';

const CHILD = new URL('./child.ts', import.meta.url);

/** @throws Error when the process ends without a result */
export const runJob = <Type extends Job['type']>(
  job: Extract<Job, { type: Type }>,
  onProgress: (text: string) => void,
): Promise<Extract<Result, { type: Type }>> =>
  new Promise((resolve, reject) => {
    const child = fork(CHILD, { execArgv: ['--disable-warning=ExperimentalWarning'] });
    let result: Result | null = null;
    child.on('message', (message: Message) => {
      if (message.type === 'progress') onProgress(message.text);
      else result = message.result;
    });
    child.on('error', reject);
    // A process may be seen to end before its last words are read: the channel is closed behind them.
    Promise.all([once(child, 'exit'), once(child, 'disconnect')]).then(([[status, signal]]) => {
      if (result === null) reject(new Error(`the ${job.type} job ended with ${signal ?? status}`));
      else resolve(result as Extract<Result, { type: Type }>);
    }, reject);
    child.send(job);
  });
