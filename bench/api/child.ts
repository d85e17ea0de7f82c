import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Command, Figures, Message, Request } from './child-messages.ts';

/** A server in a process of its own. */
export interface Child {
  /** Of its GraphQL endpoint. */
  readonly url: string;
  figures(): Promise<Figures>;
  /** The same after a full garbage collection. */
  collect(): Promise<Figures>;
  /** Before what is to be read from the store itself. */
  forget(): Promise<Figures>;
  stop(): Promise<void>;
}

const FLAGS = ['--disable-warning=ExperimentalWarning'];

/**
 * @param profile a folder for a CPU profile of it; null for none
 * @throws Error when the process ends before it listens
 */
export const startChild = async (module: string, argument: string, profile: string | null = null): Promise<Child> => {
  const execArgv = profile === null ? FLAGS : [...FLAGS, '--cpu-prof', `--cpu-prof-dir=${profile}`];
  const child = fork(new URL(module, import.meta.url), [argument], { execArgv });
  const ask = asker(child);
  const url = await listening(child, module);
  return {
    url: new URL('/graphql', url).href,
    figures: () => ask('figures'),
    collect: () => ask('collect'),
    forget: () => ask('forget'),
    stop: async () => {
      const ended = once(child, 'exit');
      await ask('stop');
      await ended;
    },
  };
};

const listening = (child: ChildProcess, module: string): Promise<string> =>
  new Promise((resolve, reject) => {
    child.on('message', (message: Message) => message.type === 'listens' && resolve(message.url));
    child.once('exit', (status, signal) => reject(new Error(`${module} ended with ${signal ?? status}`)));
    child.once('error', reject);
  });

const asker = (child: ChildProcess): ((command: Command) => Promise<Figures>) => {
  const waiting = new Map<number, (figures: Figures) => void>();
  let last = 0;
  child.on('message', (message: Message) => {
    if (message.type === 'figures') waiting.get(message.id)?.(message.figures);
  });
  return (command) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, resolve);
      child.send({ id, command } satisfies Request, (error) => error && reject(error));
    });
};
