import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where a run stands, for who watches it. */
export const tell = (line: string): boolean => process.stderr.write(`${line}\n`);

/** Before anything is measured. */
export const checkOut = (out: string): void => {
  if (!out.endsWith('.json')) throw new Error(`--out: expected a file named ….json, came ${out}`);
};

/** What was given for an option that is a number of things. */
export const wholeNumber = (option: string, given: string): number => {
  const n = Number(given);
  if (!Number.isInteger(n) || n < 1) throw new Error(`--${option}: expected a whole number, came ${given}`);
  return n;
};

/** The result for programs, and beside it the summary for people, `.md`. */
export const writeReport = async <Result>(
  out: string,
  result: Result,
  summarise: (result: Result) => string,
): Promise<void> => {
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, `${JSON.stringify(result, null, 2)}\n`);
  await writeFile(out.replace(/\.json$/u, '.md'), summarise(result));
  tell(`wrote ${out}`);
};

/** A folder that is there while `act` runs. */
export const inFolder = async <Result>(name: string, act: (folder: string) => Promise<Result>): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), `hyperscene-bench-${name}-`));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
