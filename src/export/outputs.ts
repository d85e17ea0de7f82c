import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../store/sync-folder.ts';
import type { Journal } from './journal.ts';
import { OutputFile, writing } from './output-file.ts';

interface Growing {
  readonly file: OutputFile;
  rows: number;
}

/** The files of an export that grow beside each other. */
export class Outputs {
  readonly #folder: string;
  readonly #files = new Map<string, Growing>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Goes on with what a journal says is there. @throws HypersceneError EXPORT_DAMAGED, UNWRITABLE_FILE */
  async restore(files: Journal['files']): Promise<void> {
    for (const [name, { bytes, rows }] of Object.entries(files)) (await this.#open(name, bytes)).rows = rows;
  }

  /** Begins a file that is to be there even if nothing is written to it. */
  async begin(name: string): Promise<void> {
    if (!this.#files.has(name)) await this.#open(name, 0);
  }

  /** @param name with slashes, below the folder of the export */
  async write(name: string, chunk: Uint8Array, rows: number): Promise<void> {
    const growing = this.#files.get(name) ?? (await this.#open(name, 0));
    growing.rows += rows;
    await growing.file.write(chunk);
  }

  /** Of all files so far. */
  get bytes(): number {
    return this.#files.values().reduce((sum, { file }) => sum + file.bytes, 0);
  }

  /** Written to a file so far. */
  rows(name: string): number {
    return this.#files.get(name)?.rows ?? 0;
  }

  /** Some of what was written to a file. @param at offset in bytes. @throws HypersceneError EXPORT_DAMAGED where less is there */
  async read(name: string, at: number, bytes: number): Promise<Buffer> {
    return (this.#files.get(name) ?? (await this.#open(name, 0))).file.read(at, bytes);
  }

  async #open(name: string, bytes: number): Promise<Growing> {
    const path = join(this.#folder, name);
    await writing(path, () => mkdir(dirname(path), { recursive: true }));
    const growing = { file: await OutputFile.open(path, bytes), rows: 0 };
    // A journal that names a part is worth nothing where a power cut takes the part's name away.
    await syncFolder(dirname(path));
    this.#files.set(name, growing);
    return growing;
  }

  /** All that was written is on the disk when this resolves. */
  async sync(): Promise<Journal['files']> {
    const files: Record<string, { bytes: number; rows: number }> = {};
    for (const [name, { file, rows }] of this.#files) files[name] = { bytes: await file.sync(), rows };
    return files;
  }

  /** Leaves the parts to be gone on with. */
  async abandon(): Promise<void> {
    const closed = await Promise.allSettled([...this.#files.values()].map(({ file }) => file.abandon()));
    this.#files.clear();
    for (const outcome of closed) if (outcome.status === 'rejected') throw outcome.reason;
  }
}
