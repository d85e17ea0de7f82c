import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { HypersceneError } from '../../errors.ts';
import { FileSource } from '../gguf/byte-source.ts';
import { describeGguf } from '../gguf/describe-gguf.ts';
import { extendVocabulary } from '../gguf/extend-vocabulary.ts';
import type { GgmlType } from '../gguf/ggml-type.ts';
import { type GgufHeader, textOf } from '../gguf/gguf-header.ts';
import { kvBytesPerToken } from '../gguf/kv-bytes.ts';
import { readGguf } from '../gguf/read-gguf.ts';
import type { KvType, KvTypes, ModelDescription, PackIdentity, PackSummary } from '../language-model.ts';
import { checkBase } from '../pack/check-base.ts';
import type { Pack } from '../pack/pack.ts';
import { PackFolder } from '../pack/pack-folder.ts';
import { sha256Of } from './model-file.ts';
import { PackRows } from './pack-rows.ts';

/** The bare model's file. */
export interface ModelFile {
  readonly path: string;
  readonly name: string;
  readonly sha256: string;
  readonly description: Omit<ModelDescription, 'context' | 'slots' | 'gpu'>;
}

/** The file that a process loads: the bare model's, or one that has a pack's rows as well. */
export interface PackedFile {
  readonly model: ModelFile;
  readonly path: string;
  readonly weightBytes: number;
  readonly pack: PackIdentity | null;
  readonly rows: PackRows | null;
  readonly hasAdapter: boolean;
  /** Id of the first row; tokens below are the model's own. */
  readonly firstRow: number;
  /** Ids of rows whose output is not trained, and which are never to come out. */
  readonly never: Int32Array;
}

export interface AdapterFile extends PackIdentity {
  readonly path: string;
}

export interface ModelFilesOptions {
  readonly find: (signal?: AbortSignal) => Promise<string>;
  readonly packs: string | null;
  readonly cache: string;
  readonly kv: KvTypes;
}

/** Files that hold the rows of packs and are kept: each is as large as the model. */
const EXTENDED_MAX = 4;
const EXTENDED = /^[0-9a-f]{16}-[0-9a-f]{16}\.gguf$/u;

/** The files of one model: its own, its packs', and those that hold both. */
export class ModelFiles {
  readonly #options: ModelFilesOptions;
  readonly #folder: PackFolder;
  #base: Promise<ModelFile> | undefined;
  /** By SHA-256 of the pack; those that are being written too. */
  readonly #packed = new Map<string, Promise<PackedFile>>();

  /** SHA-256 of packs whose adapter was looked at, by name. */
  readonly #checked = new Map<string, string>();

  constructor(options: ModelFilesOptions) {
    this.#options = options;
    this.#folder = new PackFolder(options.packs);
  }

  /** Found, hashed and described once; what failed is tried again. @throws HypersceneError what finding and reading it throw */
  base(signal?: AbortSignal): Promise<ModelFile> {
    this.#base ??= this.#find(signal).catch((error: unknown) => {
      this.#base = undefined;
      throw error;
    });
    return this.#base;
  }

  /** Those that may be named, with why one of them cannot be used. `loaded` is left to the caller. */
  async packs(): Promise<readonly PackSummary[]> {
    const { sha256, description } = await this.base();
    const { vocabulary, embeddingLength } = description;
    return this.#folder.list({ model: { sha256, vocabulary, embeddingLength } });
  }

  /** @throws HypersceneError PACK_NOT_FOUND, PACK_UNREADABLE, PACK_MISMATCH */
  async pack(name: string, signal?: AbortSignal): Promise<Pack> {
    const [{ sha256, description }, pack] = await Promise.all([this.base(signal), this.#folder.open(name, signal)]);
    const { vocabulary, embeddingLength } = description;
    checkBase(pack.manifest, { sha256, vocabulary, embeddingLength });
    return pack;
  }

  /**
   * The file to load, which is written where a pack is used for the first time.
   * @param name of a pack; null for the bare model
   * @throws HypersceneError PACK_NOT_FOUND, PACK_UNREADABLE, PACK_MISMATCH, what writing throws
   */
  async packed(name: string | null, signal?: AbortSignal): Promise<PackedFile> {
    const model = await this.base(signal);
    if (name === null) return bare(model);
    const pack = await this.pack(name, signal);
    const key = pack.identity.sha256;
    const before = this.#packed.get(key);
    if (before !== undefined) {
      const file = await before;
      if (await isThere(file.path)) return file;
      // It went when others needed its room on the disk.
      if (this.#packed.get(key) === before) this.#packed.delete(key);
    }
    const made = this.#packed.get(key) ?? this.#extend(model, pack);
    this.#packed.set(key, made);
    made.catch(() => this.#packed.delete(key));
    return made;
  }

  /** The rows of a pack that is not loaded any more are not kept in memory; its file is. */
  forget({ pack }: PackedFile): void {
    if (pack !== null) this.#packed.delete(pack.sha256);
  }

  /**
   * The LoRA that a request runs with.
   * @param name of a pack; `none` for none; undefined for that of the file's own pack
   * @throws HypersceneError PACK_NOT_FOUND also for a pack that has none; PACK_UNREADABLE for a file that is no LoRA for such a model
   */
  async adapter({ pack }: PackedFile, name: string | undefined): Promise<AdapterFile | null> {
    const wanted = name ?? pack?.name;
    if (wanted === undefined || wanted === 'none') return null;
    const [{ identity, adapter }, { description }] = await Promise.all([this.pack(wanted), this.base()]);
    if (adapter !== null) {
      // A pack's hash is that of its files too: what was looked at once stays as it is.
      if (this.#checked.get(wanted) !== identity.sha256) await checkAdapter(adapter, wanted, description.architecture);
      this.#checked.set(wanted, identity.sha256);
      return { ...identity, path: adapter };
    }
    if (name === undefined) return null;
    throw new HypersceneError('PACK_NOT_FOUND', 'the pack has no adapter', { came: name });
  }

  async #find(signal: AbortSignal | undefined): Promise<ModelFile> {
    const path = await this.#options.find(signal);
    await using source = await FileSource.open(path);
    const header = await readGguf(source, signal);
    const sha256 = await sha256Of(path, signal);
    const name = basename(path).replace(/\.gguf$/iu, '');
    return { path, name, sha256, description: describe(header, { name, sha256, kv: this.#options.kv }) };
  }

  async #extend(model: ModelFile, pack: Pack): Promise<PackedFile> {
    const vocabulary = model.description.vocabulary ?? 0;
    const rows = new PackRows(pack, vocabulary);
    const common = { model, pack: pack.identity, rows, hasAdapter: pack.adapter !== null, firstRow: vocabulary };
    // One that only brings an adapter.
    if (rows.count === 0)
      return { ...common, path: model.path, weightBytes: await sizeOf(model.path), never: rows.unpredicted };
    const { cache } = this.#options;
    await mkdir(cache, { recursive: true });
    const path = join(cache, `${model.sha256.slice(0, 16)}-${pack.identity.sha256.slice(0, 16)}.gguf`);
    await this.#write(model, pack, rows, path);
    return { ...common, path, weightBytes: await sizeOf(path), never: rows.unpredicted };
  }

  async #write(model: ModelFile, pack: Pack, rows: PackRows, target: string): Promise<void> {
    if (await isThere(target)) return utimes(target, new Date(), new Date());
    await clear(this.#options.cache);
    const output = pack.output();
    const written = extendVocabulary({
      source: model.path,
      target,
      tokens: rows.names,
      rows: pack.embedding(),
      outputRows: output ?? undefined,
      metadata: { 'hyperscene.pack': pack.identity.sha256, 'hyperscene.base': model.sha256 },
    });
    await written.catch((error: unknown) => {
      // Another process was first; it wrote the same.
      if (!(error instanceof HypersceneError && error.code === 'FILE_EXISTS')) throw error;
    });
  }
}

/** llama.cpp would say no more than that it could not load it. */
const checkAdapter = async (path: string, pack: string, architecture: string | null): Promise<void> => {
  const at = `${pack}/adapter.gguf`;
  await using source = await FileSource.open(path, at);
  const header = await readGguf(source).catch((error: unknown) => {
    if (!(error instanceof HypersceneError)) throw error;
    // Its message tells all the rest; its code would be taken for the model's own file.
    throw new HypersceneError('PACK_UNREADABLE', `the adapter cannot be read: ${error.message}`, { cause: error });
  });
  const [type, of] = [textOf(header, 'general.type') ?? null, textOf(header, 'general.architecture') ?? null];
  if (type === 'adapter' && of === architecture) return;
  throw new HypersceneError('PACK_UNREADABLE', 'the adapter is of another kind', {
    at,
    expected: `general.type adapter, general.architecture ${architecture}`,
    came: `${type}, ${of}`,
  });
};

const bare = (model: ModelFile): PackedFile => ({
  model,
  path: model.path,
  weightBytes: model.description.weightBytes ?? 0,
  pack: null,
  rows: null,
  hasAdapter: false,
  firstRow: model.description.vocabulary ?? Number.MAX_SAFE_INTEGER,
  never: new Int32Array(),
});

const sizeOf = async (path: string): Promise<number> => (await stat(path)).size;

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Leaves room for one more: those go that were opened longest ago. One that is loaded stays on disk until its process ends. */
const clear = async (cache: string): Promise<void> => {
  const names = (await readdir(cache)).filter((name) => EXTENDED.test(name));
  const files = await Promise.all(names.map(async (name) => ({ name, used: (await stat(join(cache, name))).mtimeMs })));
  const old = files.toSorted((a, b) => b.used - a.used).slice(EXTENDED_MAX - 1);
  for (const { name } of old) await rm(join(cache, name), { force: true });
};

const GGML_OF = { f16: 'F16', q8_0: 'Q8_0', q4_0: 'Q4_0' } as const satisfies Record<KvType, GgmlType>;

const describe = (
  header: GgufHeader,
  { name, sha256, kv }: { readonly name: string; readonly sha256: string; readonly kv: KvTypes },
): ModelFile['description'] => {
  const about = describeGguf(header);
  const { bytes } = kvBytesPerToken(header, { key: GGML_OF[kv.key], value: GGML_OF[kv.value] });
  const heads = most(about.heads);
  const kvHeads = most(about.keyValueHeads);
  const { commonestType, weightBytes, parameters, experts } = about;
  return {
    name,
    sha256,
    architecture: about.architecture,
    parameters,
    activeParameters: about.activeParameters,
    weightBytes,
    quantization:
      commonestType === null ? null : { type: commonestType, bitsPerParameter: (8 * weightBytes) / parameters },
    layers: about.layers,
    embeddingLength: about.embeddingLength,
    vocabulary: about.vocabulary,
    trainedContext: about.contextLength,
    attention: heads === null || kvHeads === null ? null : { heads, kvHeads },
    experts: experts === null ? null : { all: experts.count, used: most(experts.used) ?? experts.count },
    kv: bytes === null ? null : { types: kv, bytesPerPosition: bytes },
  };
};

/** Of a figure that may differ from layer to layer. */
const most = (of: number | readonly number[] | null): number | null =>
  of === null || typeof of === 'number' ? of : Math.max(...of);
