import { join } from 'node:path';
import { SECOND, type SettingReader } from './setting-reader.ts';

/** What jobs export, and how long it is kept. */
export interface ExportsConfig {
  /** Absolute. */
  readonly folder: string;
  /** ms. */
  readonly keptFor: number;
  readonly bytesMax: number;
  /** Absolute path of a folder of base tokenizers; null: there are none. */
  readonly tokenizers: string | null;
}

export const readExports = (read: SettingReader): ExportsConfig =>
  Object.freeze({
    folder: read('exportsFolder') ?? join(read('dataDir'), 'exports'),
    keptFor: read('exportsKeptFor') * SECOND,
    bytesMax: read('exportsBytesMax'),
    tokenizers: read('tokenizers'),
  });
