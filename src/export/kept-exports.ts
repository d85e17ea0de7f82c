import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TextCounter } from '../activation/text-counter.ts';
import { HypersceneError } from '../errors.ts';
import type { CorpusName, WorkspaceName } from '../scene/name.ts';
import type { GraphStore, Page, PageRequest } from '../store/graph-store.ts';
import { baseCounter } from './base-counter.ts';
import { type ExportProgress, type ExportRequest, exportCorpus } from './export-corpus.ts';
import { type ExportOptions, type FormatName, isCounting, isOfFiles } from './export-format.ts';
import { type ExportId, isExportId } from './export-id.ts';
import { encodeExportCursor, openExportPage } from './export-page.ts';
import { folderBytes } from './folder-bytes.ts';
import { MANIFEST, type Manifest, readManifest } from './manifest.ts';
import { openNamedTokenizer } from './named-tokenizer.ts';
import { writing } from './output-file.ts';

/** An export that is whole. */
export interface KeptExport {
  readonly id: ExportId;
  /** Absolute: never told to callers. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** When it was whole, and from when on it is no longer there; ms since 1970. */
  readonly finishedAt: number;
  readonly expiresAt: number;
}

export interface KeptExportRequest {
  readonly id: ExportId;
  readonly store: GraphStore;
  readonly corpus: CorpusName;
  readonly format: FormatName;
  readonly options: ExportOptions;
  /** The name of a base in the folder of tokenizers: of the files, and to count with; of most formats to count with alone. */
  readonly tokenizer?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExportProgress) => void) | undefined;
}

/** The exports of one workspace: no other workspace's are to be seen or touched from here. */
export interface WorkspaceExports {
  /** Null for one that is not there (any more) or not whole yet. @throws HypersceneError EXPORT_DAMAGED, UNREADABLE_FILE */
  find(id: ExportId): Promise<KeptExport | null>;
  /** Something of it is there, though it is not whole: it is being written, or was cut off. */
  isBegun(id: ExportId): Promise<boolean>;
  /** Those that are whole, the newest first. @throws HypersceneError BAD_ARGUMENT, PAGE_TOO_LARGE, BAD_CURSOR */
  page(request: PageRequest): Promise<Page<KeptExport>>;
  /**
   * Writes an export to its end, going on with what an earlier run left; one that is whole stays as it is. What cannot be gone
   * on with, since the corpus has another revision or files are not what they were, begins anew.
   * @throws HypersceneError EXPORTS_FULL, UNKNOWN_TOKENIZER, and as {@link exportCorpus}; nothing is left then, unless it was
   *   cancelled or may pass
   */
  write(request: KeptExportRequest): Promise<KeptExport>;
  /** Whole or not. @returns whether there was anything */
  remove(id: ExportId): Promise<boolean>;
}

export interface KeptExportsPolicy {
  /** Holds a folder for each workspace that has exports. */
  readonly folder: string;
  /** ms for which a whole export is kept. */
  readonly keptFor: number;
  /** Bytes that all exports may take, those being written counted in. */
  readonly bytesMax: number;
  /** Of base tokenizers; null for none. */
  readonly tokenizers: string | null;
  /** Counts tokens for the statistics of an export without a base tokenizer; it is closed here. */
  readonly counter: () => TextCounter;
  readonly product: ExportRequest['product'];
}

/** ms after the last entry of its journal for which an export that is not whole is kept at most. */
const BEGUN_KEPT_FOR = 86_400_000;
/** ms between two looks for what is no longer to be kept. */
const TIDY_EVERY = 60_000;
/** Bytes that an export grows by between two looks at what the others take: it may go beyond what is allowed by as much. */
const LOOK_EVERY = 2 ** 24;
/** Of what is being deleted. */
const GONE = '.gone';

/** Exports that a service keeps for those who asked for them: by workspace, for a time, in a number of bytes. */
export class KeptExports {
  readonly #policy: KeptExportsPolicy;

  constructor(policy: KeptExportsPolicy) {
    this.#policy = policy;
  }

  workspace(name: WorkspaceName): WorkspaceExports {
    const folder = join(this.#policy.folder, folderOf(name));
    return {
      find: (id) => this.#find(folder, id),
      isBegun: async (id) => {
        const [folderAt, wholeAt] = [await modifiedAt(join(folder, id)), await modifiedAt(join(folder, id, MANIFEST))];
        return folderAt !== null && wholeAt === null;
      },
      page: (request) => this.#page(folder, request),
      write: (request) => this.#write(folder, request),
      remove: (id) => remove(folder, id),
    };
  }

  /** Deletes what is no longer to be kept, now and from time to time. @returns ends it */
  keepTidy(onError: (error: unknown) => void): () => void {
    const tidy = (): void => void this.tidy(Date.now()).catch(onError);
    const timer = setInterval(tidy, TIDY_EVERY).unref();
    tidy();
    return () => clearInterval(timer);
  }

  /** @param now ms since 1970 */
  async tidy(now: number): Promise<void> {
    const failures: unknown[] = [];
    // What cannot be deleted keeps nothing else from being deleted.
    for (const workspace of (await entriesOf(this.#policy.folder)).filter(isFolderOfWorkspace))
      for (const entry of await entriesOf(join(this.#policy.folder, workspace)))
        await this.#tidyOne(join(this.#policy.folder, workspace), entry, now).catch((error) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'some exports could not be deleted');
  }

  async #tidyOne(folder: string, entry: string, now: number): Promise<void> {
    if (entry.endsWith(GONE)) return rm(join(folder, entry), { recursive: true, force: true });
    if (!isExportId(entry)) return;
    const whole = await modifiedAt(join(folder, entry, MANIFEST));
    const expiresAt =
      whole === null ? ((await modifiedAt(join(folder, entry))) ?? now) + BEGUN_KEPT_FOR : whole + this.#policy.keptFor;
    if (expiresAt <= now) await remove(folder, entry);
  }

  async #find(workspace: string, id: ExportId): Promise<KeptExport | null> {
    const folder = join(workspace, id);
    const finishedAt = await modifiedAt(join(folder, MANIFEST));
    if (finishedAt === null) return null;
    const expiresAt = finishedAt + this.#policy.keptFor;
    if (expiresAt <= Date.now()) return null;
    const manifest = await readManifest(folder).catch((error: unknown) => {
      // Deleted since it was looked for.
      if (error instanceof HypersceneError && isGone(error.cause)) return null;
      throw withoutFolder(error, folder);
    });
    if (manifest === null) return null;
    return { id, folder, manifest, finishedAt, expiresAt };
  }

  async #page(workspace: string, request: PageRequest): Promise<Page<KeptExport>> {
    const after = openExportPage(request);
    const ids = (await entriesOf(workspace)).filter(isExportId).filter((id) => after === null || id < after);
    const items: KeptExport[] = [];
    for (const id of ids.sort().reverse()) {
      // Whoever asks for a damaged one is told; the list is of the others.
      const kept = await this.#find(workspace, id).catch(() => null);
      if (kept === null) continue;
      if (items.length === request.first) return { items: items.map(toItem), hasNextPage: true };
      items.push(kept);
    }
    return { items: items.map(toItem), hasNextPage: false };
  }

  async #write(workspace: string, request: KeptExportRequest): Promise<KeptExport> {
    const { id, signal } = request;
    const standing = await this.#find(workspace, id);
    if (standing !== null) return standing;
    const out = join(workspace, id);
    try {
      await writing(workspace, () => mkdir(workspace, { recursive: true, mode: 0o700 }));
      await this.#export(out, request);
    } catch (error) {
      // What cannot be deleted where nothing can be written goes in its time; told is why it could not be written.
      if (signal?.aborted !== true && !mayPass(error)) await remove(workspace, id).catch(() => false);
      throw withoutFolder(error, out, workspace, this.#policy.folder, this.#policy.tokenizers);
    }
    const kept = await this.#find(workspace, id);
    if (kept !== null) return kept;
    throw new HypersceneError('EXPORT_NOT_FOUND', 'the export was deleted when it was hardly whole', { came: id });
  }

  async #export(out: string, { id: _, tokenizer: name, ...request }: KeptExportRequest): Promise<void> {
    const base = name === undefined ? null : await openNamedTokenizer(this.#policy.tokenizers, name);
    const counter = base === null ? this.#counterFor(request.options) : baseCounter(base);
    const tokenizer = isOfFiles(request.format) ? base : null;
    const once = () => exportCorpus(request.store, { ...this.#requestOf(out, request), tokenizer, counter });
    try {
      await once().catch(async (error: unknown) => {
        if (!isOutdated(error)) throw error;
        await rm(out, { recursive: true, force: true });
        await once();
      });
    } finally {
      await counter?.close();
    }
  }

  #counterFor({ statistics }: ExportOptions): TextCounter | null {
    return isCounting(statistics) ? this.#policy.counter() : null;
  }

  #requestOf(
    out: string,
    { corpus, format, options, signal, onProgress }: Omit<KeptExportRequest, 'id' | 'tokenizer'>,
  ): ExportRequest {
    const { product } = this.#policy;
    const checkBytes = this.#roomFor(out);
    return { corpus, format, out, options, resume: true, product, signal, onProgress, checkBytes };
  }

  /** @returns throws EXPORTS_FULL for more bytes than the others leave */
  #roomFor(out: string): (bytes: number) => Promise<void> {
    const { folder, bytesMax } = this.#policy;
    let [looked, others] = [Number.NEGATIVE_INFINITY, 0];
    return async (bytes) => {
      const isFull = () => others + bytes > bytesMax;
      // Less than before: it began anew. Full: others may have gone since.
      if (bytes < looked || bytes - looked >= LOOK_EVERY || isFull()) {
        others = (await bytesOfExports(folder)) - (await folderBytes(out));
        looked = bytes;
      }
      if (!isFull()) return;
      throw new HypersceneError('EXPORTS_FULL', 'exports take more bytes than they may', {
        expected: `${bytesMax} bytes at most, ${others} of them taken by other exports: delete some, or wait until they expire`,
        came: 'more',
      });
    };
  }
}

const toItem = (item: KeptExport) => ({ cursor: encodeExportCursor(item.id), item });

/** Names of workspaces may hold what no file system takes, and be too long for it when it is escaped. */
const folderOf = (workspace: WorkspaceName): string => createHash('sha256').update(workspace).digest('hex');

/** A volume may have other things at its root, `lost+found` say. */
const isFolderOfWorkspace = (name: string): boolean => /^[0-9a-f]{64}$/u.test(name);

const bytesOfExports = async (folder: string): Promise<number> => {
  let sum = 0;
  for (const name of (await entriesOf(folder)).filter(isFolderOfWorkspace))
    sum += await folderBytes(join(folder, name));
  return sum;
};

const isGone = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');

const nullWhereGone = (error: unknown): null => {
  if (isGone(error)) return null;
  throw error;
};

/** ms since 1970; null where nothing is. */
const modifiedAt = (path: string): Promise<number | null> => stat(path).then(({ mtimeMs }) => mtimeMs, nullWhereGone);

const entriesOf = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(nullWhereGone)) ?? [];

/** Out of sight at once, whole or not, though deleting takes its time. */
const remove = async (workspace: string, id: ExportId): Promise<boolean> => {
  const gone = join(workspace, id + GONE);
  await rm(gone, { recursive: true, force: true }).catch(nullWhereGone);
  const wasThere = await rename(join(workspace, id), gone).then(() => true, nullWhereGone);
  if (wasThere === null) return false;
  await rm(gone, { recursive: true, force: true });
  return true;
};

/** What stands there is of no use for what is asked now. */
const isOutdated = (error: unknown): boolean =>
  error instanceof HypersceneError && ['EXPORT_CHANGED', 'EXPORT_DAMAGED', 'EXPORT_EXISTS'].includes(error.code);

/** A full disk does not, while the parts of the export fill it. */
const mayPass = (error: unknown): boolean =>
  error instanceof HypersceneError && error.retriable && error.code !== 'DISK_FULL';

/** Where the installation keeps its files is nothing that callers are told. */
const withoutFolder = (error: unknown, ...folders: readonly (string | null)[]): unknown => {
  if (!(error instanceof HypersceneError)) return error;
  const message = folders.reduce<string>(
    (text, folder) => (folder === null ? text : text.replaceAll(`${folder}/`, '').replaceAll(folder, 'the folder')),
    error.message,
  );
  return message === error.message ? error : new HypersceneError(error.code, message, { cause: error });
};
