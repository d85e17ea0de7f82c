import type { Command } from 'commander';
import { serve } from '../main/serve.ts';
import type { Application } from '../main.ts';
import { examples } from './options.ts';
import type { Session } from './session.ts';

export interface ServeOptions {
  readonly port?: string;
  readonly host?: string;
}

/** The two options of the commands that serve. */
export const addServeOptions = (command: Command): Command =>
  command
    .option('--port <n>', 'port to listen on; 0 takes any free one')
    .option('--host <address>', 'address to listen on; 0.0.0.0 opens it to the network');

export const addServeCommand = (program: Command, session: Session): void => {
  addServeOptions(program.command('serve'))
    .description('serve GraphQL at /graphql and a page at /')
    .addHelpText('after', examples('serve', 'serve --port 8080', 'serve --data ./graph --host 0.0.0.0'))
    .action((options: ServeOptions) =>
      session.withApplication((application) => serveUntilStopped(session, application), options),
    );
};

/** Serves until the program is asked to stop, then lets requests under way finish. */
export const serveUntilStopped = async (session: Session, application: Application): Promise<void> => {
  const { url, metricsUrl, close } = await serve(application);
  if (session.json) await session.output.json({ url, ...(metricsUrl === null ? {} : { metricsUrl }) });
  else
    await session.output.line(`Hyperscene serves ${url} (GraphQL: ${new URL('/graphql', url).href}); Ctrl-C stops it`);
  if (metricsUrl !== null) session.note(`metrics at ${new URL('/metrics', metricsUrl).href}`);
  await stopped(session.signal);
  await close();
};

/** Resolves when the program is asked to stop. */
export const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
