import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { pythonWith } from '../python.ts';

/** Pinned, so that figures compare over time. */
const PACKAGES = ['nltk==3.9.1', 'numpy==2.2.6', 'stop-words==2018.7.23'];

/** What `peers.py` answers. */
export const askPython = async <T>(args: readonly string[], input: unknown = null): Promise<T> => {
  const child = spawn(await pythonWith(PACKAGES), [join(import.meta.dirname, 'peers.py'), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  child.stdin.end(JSON.stringify(input));
  const answer = await json(child.stdout).catch(() => undefined);
  const code = await ended;
  if (code !== 0 || answer === undefined) throw new Error(`peers.py ${args[0]} ended with ${code}`);
  return answer as T;
};
