import { spawn } from 'node:child_process';

export interface PythonServer {
  readonly url: string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

export interface PythonServerOptions {
  /** Folder of its packages. */
  readonly packages: string;
  readonly arguments: readonly string[];
  /** What it prints when it listens, with its address as the first group. */
  readonly listening: RegExp;
  readonly environment?: Readonly<Record<string, string>>;
}

/** ms; it takes two seconds on a machine that has nothing else to do. */
const READY_TIMEOUT = 300_000;

/** A server written in Python, which ends when its standard input does: with this process too, however that ends. */
export const startPythonServer = async (options: PythonServerOptions): Promise<PythonServer> => {
  const child = spawn('python3', ['-B', ...options.arguments], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONPATH: options.packages, PYTHONUTF8: '1', ...options.environment },
  });
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    const fail = () => reject(new Error(`the server was not ready:\n${printed}`));
    const timer = setTimeout(fail, READY_TIMEOUT);
    ended.then(fail);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        printed += chunk;
        const [, found] = options.listening.exec(printed) ?? [];
        if (found === undefined) return;
        clearTimeout(timer);
        printed = '';
        resolve(found);
      });
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { url, kill };
};
