import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { CodeSequence } from './code-sequence.ts';

/** Pinned, so that figures compare over time. */
export const ZIP2ZIP_PACKAGES = ['zip2zip-compression==0.3.4'];

/** Those of the codec's own tests: entries of a codebook, and codes that an entry stands for at most. */
export const CODEBOOK_MAX = 2048;
export const SUBTOKENS_MAX = 4;

export interface LzwDocument {
  readonly encoded: readonly number[];
  /** Of its codebook, which is made anew for each document and is not stored. */
  readonly entries: number;
  /** Whether the package's own decoder gives the document back. */
  readonly decodes: boolean;
}

export interface LzwResult {
  readonly version: string;
  readonly documents: readonly LzwDocument[];
}

/** @throws Error when the package fails */
export const zip2zip = async (python: string, { codes, documents }: CodeSequence): Promise<LzwResult> => {
  const child = spawn(python, [join(import.meta.dirname, 'zip2zip.py')]);
  child.stdin.end(JSON.stringify({ codes, documents, codebookMax: CODEBOOK_MAX, subtokensMax: SUBTOKENS_MAX }));
  const [told, complaint, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  // A panic of its decoder is told there too, and is no failure of the run.
  if (code !== 0) throw new Error(`zip2zip: ended with ${code}: ${complaint}`);
  return JSON.parse(told) as LzwResult;
};

/**
 * Decodes what the package's encoder wrote. Its own decoder does not know where the encoder stopped at `subtokensMax` codes and so
 * parts from it on some sequences (seen at 0.3.4); the encoder's steps tell it: a code that stands for so many was cut short
 * and adds no entry, every other one adds itself and the first code of what follows, while there is room.
 */
export const decodeLzw = (
  encoded: readonly number[],
  {
    codes,
    codebookMax,
    subtokensMax,
  }: { readonly codes: number; readonly codebookMax: number; readonly subtokensMax: number },
): readonly number[] => {
  const entries: (readonly number[])[] = [];
  const decoded: number[] = [];
  let before: readonly number[] = [];
  for (const code of encoded) {
    const adds = before.length > 0 && before.length < subtokensMax && entries.length < codebookMax;
    const known = code < codes ? [code] : entries[code - codes];
    const now = known ?? [...before, ...before.slice(0, 1)];
    if (known === undefined && !(adds && code === codes + entries.length)) throw new Error(`LZW: no entry ${code}`);
    if (adds) entries.push([...before, ...now.slice(0, 1)]);
    decoded.push(...now);
    before = now;
  }
  return decoded;
};
