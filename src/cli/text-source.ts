import type { Readable } from 'node:stream';
import type { DocumentSource } from '../reading/reader.ts';

/** The file that means standard input. */
export const STDIN = '-';

export const sourceOf = (file: string, stdin: Readable): DocumentSource =>
  file === STDIN ? { stream: stdin } : { path: file };
