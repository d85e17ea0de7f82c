import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How long documents are: a lognormal law, fitted by the moments of the logarithms. */
export interface LengthLaw {
  readonly documents: number;
  /** Mean and standard deviation of ln(scenes). */
  readonly mu: number;
  readonly sigma: number;
  /** Scenes of a document on average: counted, and as the law says, exp(μ + σ² ⁄ 2). */
  readonly mean: number;
  readonly meanOfLaw: number;
}

/** Bytes of every `.txt` in a folder, to its bottom. */
export const textSizes = async (folder: string): Promise<readonly number[]> => {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.txt')).toSorted();
  return Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
};

export const fitLengths = (scenes: readonly number[]): LengthLaw => {
  if (scenes.length < 2) throw new Error(`lengths: expected two documents or more, came ${scenes.length}`);
  const logs = scenes.map((n) => Math.log(n));
  const mu = logs.reduce((sum, x) => sum + x, 0) / logs.length;
  const sigma = Math.sqrt(logs.reduce((sum, x) => sum + (x - mu) ** 2, 0) / (logs.length - 1));
  const mean = scenes.reduce((sum, n) => sum + n, 0) / scenes.length;
  return { documents: scenes.length, mu, sigma, mean, meanOfLaw: Math.exp(mu + sigma ** 2 / 2) };
};
