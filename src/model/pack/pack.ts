import { basename, join, resolve } from 'node:path';
import { HypersceneError } from '../../errors.ts';
import type { PackIdentity } from '../language-model.ts';
import type { RowKey } from '../row-key.ts';
import { PackFile, type Stamp, unreadable } from './pack-file.ts';
import { ADAPTER, type PackManifest, ROWS, readManifest, TENSORS } from './pack-manifest.ts';
import { linesOf, type PackRow, parseRow } from './pack-row.ts';
import { RowTable } from './row-table.ts';
import { isZeroRow, rowBlocks } from './row-values.ts';
import { type RowTensor, readSafetensors, rowTensor } from './safetensors.ts';

/** Names of the tensors in `rows.safetensors`. */
export const EMBEDDING = 'embedding';
export const OUTPUT = 'output';

/** Bytes of `rows.jsonl` that are read at a time. */
const READ_BYTES = 2 ** 16;

/**
 * What teaches a model to read and predict hypertokens, as its folder was when it was opened. The streams read the files anew, in
 * blocks of whole rows, each a Float32Array of its own of about a mebibyte; a file that is another one by then is
 * PACK_UNREADABLE.
 */
export interface Pack {
  readonly identity: PackIdentity;
  readonly manifest: PackManifest;
  /** Rows by kind, and those that may be predicted. */
  readonly counts: Readonly<Record<'codes' | 'facets' | 'scenes' | 'predicted', number>>;
  /** Null for one it does not have. */
  rowIndex(key: RowKey): number | null;
  /** @param index 0 to rows − 1. @throws HypersceneError BAD_ARGUMENT for another */
  keyOf(index: number): RowKey;
  /** Whether the row's output is trained. @param index 0 to rows − 1 */
  isPredicted(index: number): boolean;
  /** What the rows stand for, in their order. @throws HypersceneError PACK_UNREADABLE, CANCELLED */
  descriptions(signal?: AbortSignal): AsyncIterable<PackRow>;
  /** Rows for the model's embeddings. @throws HypersceneError PACK_UNREADABLE, CANCELLED */
  embedding(signal?: AbortSignal): AsyncIterable<Float32Array>;
  /** Rows for its output, zero where not predicted; null where none is. @throws HypersceneError PACK_UNREADABLE, CANCELLED */
  output(signal?: AbortSignal): AsyncIterable<Float32Array> | null;
  /** Path of a LoRA in GGUF; null where there is none. */
  readonly adapter: string | null;
}

/**
 * Reads a pack, compares every file with its SHA-256 and looks at every number: some 5 s of a core for 200,000 rows of 576
 * numbers in 16 bits, embeddings and outputs, 500 MB.
 * @throws HypersceneError PACK_UNREADABLE, CANCELLED
 */
export const openPack = (folder: string, signal?: AbortSignal): Promise<Pack> =>
  loadPack(folder, { label: basename(resolve(folder)), isChecked: false, signal });

export interface LoadOptions {
  /** As errors name the pack. */
  readonly label: string;
  /** The very files were checked before: neither hashes nor numbers are looked at. */
  readonly isChecked: boolean;
  readonly signal: AbortSignal | undefined;
}

/** @throws HypersceneError PACK_UNREADABLE, CANCELLED */
export const loadPack = async (folder: string, { label, isChecked, signal }: LoadOptions): Promise<Pack> => {
  const { manifest, sha256 } = await readManifest(folder, label);
  const source: Source = { folder, label, manifest, stamps: await stampsOf(folder, label, manifest) };
  if (!isChecked) await checkDigests(source, signal);
  const table = await readTable(source, signal);
  const tensors = await readTensors(source, table);
  if (!isChecked) {
    await checkAdapter(source);
    await checkValues(source, tensors, table, signal);
  }
  return new OpenPack({ name: manifest.name, sha256 }, source, table, tensors);
};

interface Source {
  readonly folder: string;
  readonly label: string;
  readonly manifest: PackManifest;
  readonly stamps: ReadonlyMap<string, Stamp>;
}

const atOf = (label: string, name: string): string => `${label}/${name}`;

/** Once for all, so that nothing is hashed for long before a file turns out not to be there. */
const stampsOf = async (
  folder: string,
  label: string,
  { files }: PackManifest,
): Promise<ReadonlyMap<string, Stamp>> => {
  const stamps = new Map<string, Stamp>();
  for (const { path, bytes } of files) {
    await using file = await PackFile.open(join(folder, path), atOf(label, path));
    if (file.size !== bytes) throw unreadable(file.at, { expected: `${bytes} bytes`, came: `${file.size}` });
    stamps.set(path, file.stamp);
  }
  return stamps;
};

/** The same file that was looked at first. */
const reopen = ({ folder, label, stamps }: Source, name: string): Promise<PackFile> =>
  PackFile.open(join(folder, name), atOf(label, name), stamps.get(name));

const checkDigests = async (source: Source, signal: AbortSignal | undefined): Promise<void> => {
  for (const { path, sha256 } of source.manifest.files) {
    await using file = await reopen(source, path);
    const came = await file.digest(signal);
    if (came !== sha256) throw unreadable(file.at, { expected: `SHA-256 ${sha256}`, came });
  }
};

async function* rowsOf(source: Source, signal: AbortSignal | undefined): AsyncGenerator<PackRow> {
  await using file = await reopen(source, ROWS);
  const { rows } = source.manifest;
  let row = 0;
  for await (const line of linesOf(file.pieces(READ_BYTES, signal), file.at)) {
    if (row === rows) throw unreadable(`${file.at} line ${row + 1}`, { expected: `${rows} rows`, came: 'more' });
    yield parseRow(line, row, `${file.at} line ${row + 1}`);
    row++;
  }
  if (row < rows) throw unreadable(file.at, { expected: `${rows} rows`, came: `${row}` });
}

const readTable = async (source: Source, signal: AbortSignal | undefined): Promise<RowTable> => {
  const table = new RowTable(source.manifest.rows);
  for await (const { key, predicted } of rowsOf(source, signal)) {
    if (table.add(key, predicted)) continue;
    throw unreadable(`${atOf(source.label, ROWS)} line ${table.length + 1}`, {
      expected: 'each key once',
      came: `${key}, as row ${table.indexOf(key)}`,
    });
  }
  return table;
};

interface Tensors {
  readonly embedding: RowTensor;
  readonly output: RowTensor | null;
}

const readTensors = async (source: Source, table: RowTable): Promise<Tensors> => {
  await using file = await reopen(source, TENSORS);
  const found = await readSafetensors(file);
  const form = { rows: source.manifest.rows, length: source.manifest.base.embeddingLength };
  const embedding = rowTensor(found, EMBEDDING, form, file.at);
  if (embedding === null) throw unreadable(file.at, { expected: `a tensor ${EMBEDDING}`, came: 'none' });
  const output = rowTensor(found, OUTPUT, form, file.at);
  if (output === null && table.predicted > 0)
    throw unreadable(file.at, { expected: `a tensor ${OUTPUT} for ${table.predicted} predicted rows`, came: 'none' });
  return { embedding, output };
};

async function* blocksOf(
  source: Source,
  name: string,
  tensor: RowTensor,
  signal: AbortSignal | undefined,
): AsyncGenerator<Float32Array> {
  await using file = await reopen(source, TENSORS);
  yield* rowBlocks(file, tensor, `${file.at} tensor ${name}`, signal);
}

/** An output that is not trained must not win: it has to be zero, and a zero one is not trained. */
const checkValues = async (
  source: Source,
  { embedding, output }: Tensors,
  table: RowTable,
  signal: AbortSignal | undefined,
): Promise<void> => {
  for await (const _ of blocksOf(source, EMBEDDING, embedding, signal));
  if (output === null) return;
  let row = 0;
  for await (const block of blocksOf(source, OUTPUT, output, signal))
    for (let i = 0; i < block.length / output.length; i++, row++) {
      if (isZeroRow(block, i, output.length) !== table.isPredicted(row)) continue;
      const [expected, came] = ['zeros, since it is not predicted', 'others'];
      throw unreadable(
        `${atOf(source.label, TENSORS)} tensor ${OUTPUT} row ${row}`,
        table.isPredicted(row)
          ? { expected: 'what was trained, since it is predicted', came: 'zeros' }
          : { expected, came },
      );
    }
};

const GGUF_MAGIC = 'GGUF';

/** That it is no other kind of file; what is in it says whoever loads it. */
const checkAdapter = async (source: Source): Promise<void> => {
  if (!source.stamps.has(ADAPTER)) return;
  await using file = await reopen(source, ADAPTER);
  const head = new Uint8Array(GGUF_MAGIC.length);
  await file.read(head, 0);
  const came = Buffer.from(head).toString('latin1');
  if (came !== GGUF_MAGIC) throw unreadable(`${file.at} byte 0`, { expected: GGUF_MAGIC, came: JSON.stringify(came) });
};

class OpenPack implements Pack {
  readonly identity: PackIdentity;
  readonly manifest: PackManifest;
  readonly counts: Pack['counts'];
  readonly adapter: string | null;
  readonly #source: Source;
  readonly #table: RowTable;
  readonly #tensors: Tensors;

  constructor(identity: PackIdentity, source: Source, table: RowTable, tensors: Tensors) {
    this.identity = Object.freeze(identity);
    this.manifest = source.manifest;
    this.counts = Object.freeze({
      codes: table.count('code'),
      facets: table.count('facet'),
      scenes: table.count('scene'),
      predicted: table.predicted,
    });
    this.adapter = source.stamps.has(ADAPTER) ? resolve(source.folder, ADAPTER) : null;
    this.#source = source;
    this.#table = table;
    this.#tensors = tensors;
    Object.freeze(this);
  }

  rowIndex(key: RowKey): number | null {
    const index = this.#table.indexOf(key);
    return index < 0 ? null : index;
  }

  keyOf(index: number): RowKey {
    const key = this.#table.keyAt(index);
    if (key !== undefined) return key;
    const expected = `a row from 0 to ${this.#table.length - 1}`;
    throw new HypersceneError('BAD_ARGUMENT', 'no such row in the pack', { expected, came: String(index) });
  }

  isPredicted(index: number): boolean {
    return this.#table.isPredicted(index);
  }

  descriptions(signal?: AbortSignal): AsyncIterable<PackRow> {
    return rowsOf(this.#source, signal);
  }

  embedding(signal?: AbortSignal): AsyncIterable<Float32Array> {
    return blocksOf(this.#source, EMBEDDING, this.#tensors.embedding, signal);
  }

  output(signal?: AbortSignal): AsyncIterable<Float32Array> | null {
    const { output } = this.#tensors;
    return output === null || this.counts.predicted === 0 ? null : blocksOf(this.#source, OUTPUT, output, signal);
  }
}
