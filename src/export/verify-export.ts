import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { HypersceneError } from '../errors.ts';
import { MANIFEST, type Manifest, readManifest } from './manifest.ts';
import { digestOfFile } from './output-file.ts';

export interface Verification {
  readonly manifest: Manifest;
  /** Files that are there and that the manifest does not name. */
  readonly besides: readonly string[];
}

/**
 * Reads every file of an export and compares it with the manifest.
 * @throws HypersceneError UNREADABLE_FILE, EXPORT_TOO_NEW, CANCELLED, EXPORT_DAMAGED for the first file that is missing or other
 */
export const verifyExport = async (folder: string, signal?: AbortSignal): Promise<Verification> => {
  const manifest = await readManifest(folder);
  for (const { path, bytes, sha256 } of manifest.files) {
    const at = join(folder, path);
    const damaged = (expected: string, came: string, cause?: unknown) =>
      new HypersceneError('EXPORT_DAMAGED', 'a file of the export is not what was written', {
        at,
        expected,
        came,
        cause,
      });
    const found = await digestOfFile(at, signal).catch((error: NodeJS.ErrnoException) => {
      if (error instanceof HypersceneError) throw error;
      throw damaged(`${bytes} bytes`, error.code === 'ENOENT' ? 'none' : String(error.code), error);
    });
    if (found.bytes !== bytes) throw damaged(`${bytes} bytes`, `${found.bytes}`);
    if (found.sha256 !== sha256) throw damaged(`SHA-256 ${sha256}`, found.sha256);
  }
  const named = new Set([MANIFEST, ...manifest.files.map(({ path }) => path)]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const besides = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !named.has(path));
  return { manifest, besides: besides.sort() };
};
