import { mkdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { checkCancelled, HypersceneError } from '../../errors.ts';
import { DEFAULT_MODEL, fetchDefaultModel } from './default-model.ts';
import { download } from './download.ts';
import { type HubAddress, parseModelAddress, shardsOf } from './model-address.ts';
import { checkModelFile, sha256Of } from './model-file.ts';
import { writeErrorOf } from './write-error.ts';

/** A model that lies on this machine. */
export interface ResolvedModel {
  /** The file that is loaded: the first, where there are several. */
  readonly path: string;
  readonly files: readonly string[];
  /** Of the files, one each; null for those that nobody fetched here. */
  readonly sha256: readonly string[] | null;
}

export interface ModelProgress {
  /** The name of the file that is being fetched. */
  readonly file: string;
  /** Bytes of it. */
  readonly bytes: number;
  readonly total: number | null;
  /** From 0; of how many files. */
  readonly index: number;
  readonly files: number;
}

export interface ResolveModel {
  /** Absolute path of the folder of fetched models; made where it is not there. */
  readonly folder: string;
  readonly hub: { readonly url: string; readonly token: string | null };
  readonly signal?: AbortSignal | undefined;
  /** Told while something is fetched, a few times a second, and never where nothing is. */
  readonly onProgress?: ((progress: ModelProgress) => void) | undefined;
  /** ms before what failed is tried again. */
  readonly retryPause?: number | undefined;
}

/**
 * The files of a model, fetched where they are not there yet. What is there is not asked for again, so that a branch stays as it
 * was when it was first fetched, and the hub need not answer.
 * @param address `default`, a path that ends in .gguf, or `hf:OWNER/REPO/FILE.gguf[@REVISION][#sha256=…]`
 * @throws HypersceneError BAD_MODEL_ADDRESS, MODEL_NOT_FOUND, MODEL_DENIED, MODEL_UNAVAILABLE, MODEL_DAMAGED, DISK_FULL,
 * UNWRITABLE_FILE, CANCELLED
 */
export const resolveModel = async (address: string, options: ResolveModel): Promise<ResolvedModel> => {
  const parsed = parseModelAddress(address);
  checkCancelled(options);
  if (parsed.kind === 'hub') return resolveFromHub(parsed, options);
  if (parsed.kind === 'file') return resolveFile(parsed.path);
  const { folder, signal, onProgress } = options;
  const onBytes = (bytes: number, total: number): void =>
    onProgress?.({ file: basename(DEFAULT_MODEL.entry), bytes, total, index: 0, files: 1 });
  const path = await fetchDefaultModel({ folder, signal, onBytes });
  return { path, files: [path], sha256: [DEFAULT_MODEL.sha256] };
};

const resolveFile = async (path: string): Promise<ResolvedModel> => {
  const files = shardsOf(basename(path)).map((name) => join(dirname(path), name));
  for (const file of files) await checkModelFile(file);
  return { path: files[0] ?? path, files, sha256: null };
};

const resolveFromHub = async (address: HubAddress, options: ResolveModel): Promise<ResolvedModel> => {
  const { owner, repo, revision, sha256 } = address;
  const shards = shardsOf(address.file);
  const home = join(options.folder, 'hf', owner, repo, ...revision.split('/').map((name) => `@${name}`));
  const files: string[] = [];
  const sums: string[] = [];
  for (const [index, file] of shards.entries()) {
    const to = join(home, ...file.split('/'));
    const onBytes = (bytes: number, total: number | null): void =>
      options.onProgress?.({ file: basename(file), bytes, total, index, files: shards.length });
    const sum =
      (await keptSum(to)) ?? (await fetchFile(addressOf(address, file, options), to, { ...options, onBytes, sha256 }));
    if (sha256 !== null && sum !== sha256)
      throw new HypersceneError('MODEL_DAMAGED', 'the model that was fetched before is another', {
        at: to,
        expected: `SHA-256 ${sha256}; delete the file to fetch it again`,
        came: sum,
      });
    files.push(to);
    sums.push(sum);
  }
  return { path: files[0] ?? home, files, sha256: sums };
};

const addressOf = ({ owner, repo, revision }: HubAddress, file: string, { hub }: ResolveModel): string => {
  const path = file.split('/').map(encodeURIComponent).join('/');
  return `${hub.url}/${owner}/${repo}/resolve/${encodeURIComponent(revision)}/${path}`;
};

interface FetchFile extends ResolveModel {
  readonly sha256: string | null;
  readonly onBytes: (bytes: number, total: number | null) => void;
}

const fetchFile = async (
  url: string,
  to: string,
  { hub, sha256, signal, onBytes, retryPause }: FetchFile,
): Promise<string> => {
  try {
    await mkdir(dirname(to), { recursive: true });
    const sum = await download({ url, token: hub.token, to, sha256, signal, onBytes, retryPause });
    await keepSum(to, sum);
    return sum;
  } catch (error) {
    throw writeErrorOf(error, to) ?? error;
  }
};

const sumFile = (path: string): string => `${path}.sha256`;

const keepSum = (path: string, sum: string): Promise<void> =>
  writeFileAtomic(sumFile(path), `${sum}  ${basename(path)}\n`);

/** As it was when the file came, so that gigabytes are not read again at each start; null: the file is not there. */
const keptSum = async (path: string): Promise<string | null> => {
  const isThere = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isThere) return null;
  const text = await readFile(sumFile(path), 'utf8').catch(() => '');
  return /^[\da-f]{64}(?= )/u.exec(text)?.[0] ?? (await sha256Of(path));
};
