import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit, { type LimitFunction } from 'p-limit';
import { checkCancelled, HypersceneError } from '../../errors.ts';
import type { PackSummary } from '../language-model.ts';
import { type BaseModel, checkBase } from './check-base.ts';
import { loadPack, type Pack } from './pack.ts';
import { type Stamp, stampAt, unreadable } from './pack-file.ts';
import { PACKS_MAX, ROWS_KEPT_MAX } from './pack-limits.ts';
import { isPackName, MANIFEST, type PackManifest, readManifest } from './pack-manifest.ts';

/** Names that an error lists. */
const LISTED_MAX = 20;

export interface ListOptions {
  /** Whose packs are looked for: others are listed as unusable. Undefined asks nothing of their base. */
  readonly model?: BaseModel | undefined;
  /** Whether a pack of this name is in use. */
  readonly isLoaded?: ((name: string) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A folder with a folder for each pack, of its name. What is put there, changed or taken away is seen at the next call: pack.json
 * and the files that it names are looked at by device, inode, size and times, and only what is new or other is hashed. A pack's
 * folder may be a symbolic link, since whoever keeps the packs made it; a pack's files may not.
 */
export class PackFolder {
  readonly #folder: string | null;
  readonly #rowsKeptMax: number;
  /** By name; who was opened last stands last. */
  readonly #known = new Map<string, KnownPack>();

  /**
   * @param folder null where this installation has none
   * @param rowsKeptMax of packs that are kept in memory; one that was let go is read again at its next use, but not hashed
   */
  constructor(folder: string | null, rowsKeptMax: number = ROWS_KEPT_MAX) {
    this.#folder = folder;
    this.#rowsKeptMax = rowsKeptMax;
  }

  /**
   * By name. Of one that cannot be read, what is not known is empty or 0, and `unusable` says why.
   * @throws HypersceneError PACK_UNREADABLE for the folder itself; CANCELLED
   */
  async list({ model, isLoaded = () => false, signal }: ListOptions = {}): Promise<readonly PackSummary[]> {
    const summaries: PackSummary[] = [];
    for (const name of await this.#names()) {
      const found = await this.#packOf(name).look(signal);
      summaries.push({ ...summaryOf(name, found, model), loaded: isLoaded(name) });
      this.#bound();
    }
    return summaries;
  }

  /** @throws HypersceneError PACK_NOT_FOUND with the names that there are, PACK_UNREADABLE, CANCELLED */
  async open(name: string, signal?: AbortSignal): Promise<Pack> {
    const names = await this.#names();
    if (!names.includes(name))
      throw new HypersceneError('PACK_NOT_FOUND', 'no such pack', {
        expected: this.#folder === null ? 'none: no folder of packs is set (HYPERSCENE_PACKS)' : listed(names),
        came: JSON.stringify(name.slice(0, 200)),
      });
    const known = this.#packOf(name);
    // Behind the others: it is the last to be let go.
    this.#known.delete(name);
    this.#known.set(name, known);
    const pack = await known.open(signal);
    this.#bound();
    return pack;
  }

  /** Folders with a name that a pack may have, sorted by code point. */
  async #names(): Promise<readonly string[]> {
    const folder = this.#folder;
    if (folder === null) return [];
    const entries = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
      // As one that holds nothing yet.
      if (cause.code === 'ENOENT') return [];
      throw unreadable('the folder of packs', { expected: 'a folder', came: cause.code ?? String(cause), cause });
    });
    const names: string[] = [];
    for (const name of entries.filter(isPackName).sort()) {
      const isFolder = await stat(join(folder, name)).then(
        (found) => found.isDirectory(),
        () => false,
      );
      if (isFolder) names.push(name);
    }
    if (names.length > PACKS_MAX)
      throw unreadable('the folder of packs', { expected: `${PACKS_MAX} packs at most`, came: `${names.length}` });
    for (const name of this.#known.keys()) if (!names.includes(name)) this.#known.delete(name);
    return names;
  }

  #packOf(name: string): KnownPack {
    const known = this.#known.get(name) ?? new KnownPack(join(this.#folder ?? '', name), name);
    this.#known.set(name, known);
    return known;
  }

  /** Lets go of the tables of those that were not opened for longest. */
  #bound(): void {
    let rows = 0;
    for (const known of [...this.#known.values()].reverse()) {
      rows += known.rowsKept;
      if (rows > this.#rowsKeptMax) rows -= known.letGo();
    }
  }
}

const listed = (names: readonly string[]): string =>
  names.length === 0
    ? 'none: the folder of packs is empty'
    : `one of ${names.slice(0, LISTED_MAX).join(', ')}${names.length > LISTED_MAX ? ', …' : ''}`;

/** What was found out about a pack, and the files it was found out from. */
interface Finding {
  readonly stamp: Stamp;
  readonly files: readonly string[];
  readonly manifest: PackManifest | null;
  /** '' where it could not be read. */
  readonly sha256: string;
  readonly counts: Pack['counts'];
  readonly hasAdapter: boolean;
  readonly error: HypersceneError | null;
}

const NO_COUNTS: Pack['counts'] = { codes: 0, facets: 0, scenes: 0, predicted: 0 };

const summaryOf = (
  name: string,
  { manifest, sha256, counts: { predicted, ...rows }, hasAdapter, error }: Finding,
  model: BaseModel | undefined,
): Omit<PackSummary, 'loaded'> => {
  const base = manifest?.base.sha256 ?? '';
  const unusable = error?.message ?? (manifest === null ? null : mismatchOf(manifest, model));
  return { name, sha256, base, rows, predicted, hasAdapter, unusable };
};

const mismatchOf = (manifest: PackManifest, model: BaseModel | undefined): string | null => {
  if (model === undefined) return null;
  try {
    checkBase(manifest, model);
    return null;
  } catch (error) {
    if (error instanceof HypersceneError) return error.message;
    throw error;
  }
};

/** One folder of a folder of packs, and what was last found in it. */
class KnownPack {
  readonly #folder: string;
  readonly #name: string;
  /** Whoever asks for the same pack waits for the one reading of it. */
  readonly #one: LimitFunction = pLimit(1);
  #finding: Finding | null = null;
  #pack: Pack | null = null;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
  }

  get rowsKept(): number {
    return this.#pack?.manifest.rows ?? 0;
  }

  /** @returns rows that are kept no more */
  letGo(): number {
    const rows = this.rowsKept;
    this.#pack = null;
    return rows;
  }

  /** @throws HypersceneError CANCELLED */
  look(signal: AbortSignal | undefined): Promise<Finding> {
    return orCancelled(
      this.#one(() => this.#look(signal)),
      signal,
    );
  }

  /** @throws HypersceneError PACK_UNREADABLE, CANCELLED */
  open(signal: AbortSignal | undefined): Promise<Pack> {
    return orCancelled(
      this.#one(async () => {
        const { error, stamp, files } = await this.#look(signal);
        if (error !== null) throw error;
        if (this.#pack !== null) return this.#pack;
        const pack = await loadPack(this.#folder, { label: this.#name, isChecked: true, signal });
        if ((await this.#stampOf(files)) !== stamp)
          throw unreadable(this.#name, { expected: 'the files that were checked', came: 'others meanwhile' });
        this.#pack = pack;
        return pack;
      }),
      signal,
    );
  }

  async #look(signal: AbortSignal | undefined): Promise<Finding> {
    checkCancelled({ signal });
    const before = this.#finding;
    if (before !== null && before.stamp === (await this.#stampOf(before.files))) return before;
    this.#finding = null;
    this.#pack = null;
    const finding = await this.#find(signal);
    if (!isOfSystem(finding.error)) this.#finding = finding;
    return finding;
  }

  async #find(signal: AbortSignal | undefined): Promise<Finding> {
    let finding: Finding = {
      // Taken before anything is read: what is changed meanwhile is seen the next time.
      stamp: await this.#stampOf([MANIFEST]),
      files: [MANIFEST],
      manifest: null,
      sha256: '',
      counts: NO_COUNTS,
      hasAdapter: false,
      error: null,
    };
    try {
      const { manifest, sha256 } = await readManifest(this.#folder, this.#name);
      const names = manifest.files.map(({ path }) => path);
      const stamp = [finding.stamp, await this.#stampOf(names)].join('\n');
      finding = { ...finding, stamp, files: [MANIFEST, ...names], manifest, sha256 };
      if (manifest.name !== this.#name)
        throw unreadable(`${this.#name}/${MANIFEST}`, {
          expected: `the name of its folder, ${this.#name}`,
          came: manifest.name,
        });
      this.#pack = await loadPack(this.#folder, { label: this.#name, isChecked: false, signal });
      const { identity, counts, adapter } = this.#pack;
      return {
        ...finding,
        manifest: this.#pack.manifest,
        sha256: identity.sha256,
        counts,
        hasAdapter: adapter !== null,
      };
    } catch (error) {
      if (!(error instanceof HypersceneError) || error.code === 'CANCELLED') throw error;
      return { ...finding, error };
    }
  }

  /** Of all of them, in their order. */
  async #stampOf(files: readonly string[]): Promise<Stamp> {
    const stamps: Stamp[] = [];
    for (const file of files) stamps.push(await stampAt(join(this.#folder, file)));
    return stamps.join('\n');
  }
}

/** Whether it is one of the file system, which may come right without any file being changed. */
const isOfSystem = (error: HypersceneError | null): boolean =>
  (error?.details.cause as NodeJS.ErrnoException | undefined)?.errno !== undefined;

/** Does not wait for a reading that somebody else began. @throws HypersceneError CANCELLED */
const orCancelled = async <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (signal === undefined) return work;
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(new HypersceneError('CANCELLED', 'cancelled', { cause: signal.reason }));
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
};
