import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pythonWith } from '../python.ts';

const run = promisify(execFile);
const HERE = import.meta.dirname;

/** Pinned, so that figures compare over time. */
const PYTHON_PACKAGES = ['bm25s==0.3.16', 'PyStemmer==3.1.0', 'numpy==2.4.6'];

export interface Asked {
  readonly scenes: readonly string[];
  readonly questions: readonly string[];
}

export interface Bm25Answers {
  /** By corpus and question: scenes by falling score, then in the order of the text, as index and score. */
  readonly ranked: readonly (readonly (readonly (readonly [number, number])[])[])[];
  readonly versions: Readonly<Record<string, string>>;
}

/** @param top scenes of an answer at most */
export const rankByBm25 = async (corpora: readonly Asked[], top: number): Promise<Bm25Answers> => {
  const python = await pythonWith(PYTHON_PACKAGES);
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-bench-bm25-'));
  try {
    const [input, output] = [join(folder, 'asked.json'), join(folder, 'ranked.json')];
    await writeFile(input, JSON.stringify({ corpora, top }));
    await run(python, [join(HERE, 'bm25.py'), input, output]);
    return JSON.parse(await readFile(output, 'utf8')) as Bm25Answers;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
