import { resolve } from 'node:path';
import { z } from 'zod';
import { between, DAY, integer, type Setting } from './setting.ts';

const GIB = 2 ** 30;
/** Below, an export could go while its download is begun. */
const KEPT_FOR_MIN = 60;

const parseFolder = (text: string): string | null =>
  text === ''
    ? null
    : resolve(
        z
          .string()
          .regex(/^[^\0]+$/u)
          .parse(text),
      );

/** What jobs export, and how long it is kept. */
export const EXPORT_SETTINGS = {
  exportsFolder: {
    variable: 'HYPERSCENE_EXPORTS',
    option: null,
    expected: 'a folder that can be written to, or empty for exports in the data folder',
    fallback: '',
    about: 'where exports of jobs are kept; processes that share jobs by Redis need one that they share',
    secret: false,
    parse: parseFolder,
  },
  exportsKeptFor: {
    variable: 'HYPERSCENE_EXPORTS_KEPT_FOR',
    option: null,
    expected: between(KEPT_FOR_MIN, 365 * DAY),
    fallback: String(7 * DAY),
    about: 'seconds for which an export is kept; one that was cut off and is not gone on with, a day',
    secret: false,
    parse: integer(KEPT_FOR_MIN, 365 * DAY),
  },
  exportsBytesMax: {
    variable: 'HYPERSCENE_EXPORTS_BYTES_MAX',
    option: null,
    expected: between(1, 1024 * GIB),
    fallback: String(16 * GIB),
    about: 'bytes that all exports may take together; what would go beyond fails and is deleted',
    secret: false,
    parse: integer(1, 1024 * GIB),
  },
  tokenizers: {
    variable: 'HYPERSCENE_TOKENIZERS',
    option: null,
    expected: 'a folder that holds a folder with a tokenizer.json for each, or empty for none',
    fallback: '',
    about: 'base tokenizers that clients may name for exports; they can name no other file',
    secret: false,
    parse: parseFolder,
  },
} as const satisfies Record<string, Setting<unknown>>;
