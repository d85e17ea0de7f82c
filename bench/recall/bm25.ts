import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HERE = import.meta.dirname;
const VENV = join(HERE, '../../node_modules/.cache/hyperscene-bench/bm25');

/** Pinned, so that figures compare over time. */
const PYTHON_PACKAGES = ['bm25s==0.3.16', 'PyStemmer==3.1.0', 'numpy==2.4.6'];

/** @throws Error when there is no Python, or no package of it */
const preparePython = async (tell: (line: string) => void): Promise<string> => {
  const python = join(VENV, 'bin/python');
  const marker = join(VENV, PYTHON_PACKAGES.join(' '));
  if (existsSync(marker)) return python;
  tell(`setting up ${PYTHON_PACKAGES.join(', ')} …`);
  await mkdir(VENV, { recursive: true });
  try {
    await run('python3', ['-m', 'venv', VENV]);
    await run(python, ['-m', 'pip', 'install', '--quiet', ...PYTHON_PACKAGES]);
  } catch (error) {
    throw new Error('Python 3 with venv and pip is needed for BM25', { cause: error });
  }
  await mkdir(marker);
  return python;
};

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
export const rankByBm25 = async (
  corpora: readonly Asked[],
  top: number,
  tell: (line: string) => void,
): Promise<Bm25Answers> => {
  const python = await preparePython(tell);
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
