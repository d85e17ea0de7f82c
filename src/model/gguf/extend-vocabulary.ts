import { checkCancelled, HypersceneError } from '../../errors.ts';
import { type ByteSource, FileSource } from './byte-source.ts';
import { type Piece, planExtension, vocabularyOf } from './extension-plan.ts';
import { rowBytes } from './ggml-type.ts';
import { checkNewTokens } from './new-tokens.ts';
import { PartFile } from './part-file.ts';
import { quantizeRows } from './quantize-rows.ts';
import { readGguf } from './read-gguf.ts';

/** What is copied or quantized at once. */
const CHUNK_BYTES = 2 ** 22;

/** Vectors in order, some whole ones in each block. Of a block nothing is kept. */
export type Rows = AsyncIterable<Float32Array> | Iterable<Float32Array>;

export interface VocabularyExtension {
  /** Path of the base. */
  readonly source: string;
  /** Path of the new model; nothing may be there. */
  readonly target: string;
  /** Names of the new tokens in the order of their ids, the first of which is the size of the base's vocabulary. */
  readonly tokens: readonly string[];
  /** The embedding of each token. */
  readonly rows: Rows;
  /** The output row of each; all zeros where not given, so that the model never says them. */
  readonly outputRows?: Rows | undefined;
  /** Texts that are added to the metadata, such as `hyperscene.pack`; keys that the base has not. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** After each piece of up to 4 MiB. */
  readonly onProgress?: ((progress: { readonly bytes: number; readonly total: number }) => void) | undefined;
}

export interface ExtendedModel {
  /** Id of the first new token. */
  readonly firstToken: number;
  /** Tokens that were added. */
  readonly count: number;
  /** The new file's length. */
  readonly bytes: number;
}

/**
 * Writes a model that has more tokens than its base, and is the same in all else: every other tensor's bytes are the base's.
 *
 * The tokens are of type CONTROL, so that no text becomes them unless llama.cpp is asked to look for special tokens in it;
 * they are given to a model by id. Where the base makes its output with the embedding, the new model has an output of its own: a
 * row that was not trained for it would take over what the model says. Memory does not grow with the file nor with the number
 * of rows; the names are held.
 *
 * Names that llama.cpp knows as ends of a turn (`<|im_end|>`) it would take for one here too; they are the caller's to avoid.
 * @throws HypersceneError BAD_NAME, BAD_ARGUMENT, TOKEN_EXISTS, BAD_VECTOR, GGUF_NOT_EXTENDABLE, FILE_EXISTS, UNWRITABLE_FILE,
 * DISK_FULL, CANCELLED, and what {@link readGguf} throws; nothing is left of the target then
 */
export const extendVocabulary = async (extension: VocabularyExtension): Promise<ExtendedModel> => {
  const { tokens, metadata = {}, outputRows, signal } = extension;
  if (tokens.length === 0) throw new HypersceneError('BAD_ARGUMENT', 'no tokens to add', { expected: '1 or more' });
  await using source = await FileSource.open(extension.source);
  const header = await readGguf(source, signal);
  const vocabulary = vocabularyOf(header);
  const plan = planExtension(header, { tokens, metadata, outputRows: outputRows !== undefined });
  await checkNewTokens(source, header, vocabulary, tokens, signal);
  const file = await PartFile.create(extension.target);
  try {
    const chunks = new Chunks(source, extension, plan.embeddingLength);
    for (const piece of plan.pieces)
      for await (const chunk of chunks.of(piece)) {
        checkCancelled({ signal });
        await file.write(chunk);
        extension.onProgress?.({ bytes: file.bytes, total: plan.bytes });
      }
    checkCancelled({ signal });
    await file.finish();
  } catch (error) {
    await file.abandon();
    throw error;
  }
  return { firstToken: vocabulary.count, count: tokens.length, bytes: plan.bytes };
};

/** The bytes of pieces, at most 4 MiB at once; a chunk is good until the next one is asked for. */
class Chunks {
  readonly #source: ByteSource;
  readonly #extension: VocabularyExtension;
  readonly #embeddingLength: number;
  // One for all: a model has hundreds of tensors, whose buffers would wait to be collected.
  readonly #buffer = Buffer.allocUnsafe(CHUNK_BYTES);

  constructor(source: ByteSource, extension: VocabularyExtension, embeddingLength: number) {
    this.#source = source;
    this.#extension = extension;
    this.#embeddingLength = embeddingLength;
  }

  of(piece: Piece): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
    switch (piece.kind) {
      case 'bytes':
        return [piece.bytes];
      case 'zeros':
        return this.#zeros(piece.length);
      case 'copy':
        return this.#copy(piece.offset, piece.length);
      case 'rows':
        return this.#rows(piece);
      default:
        return piece satisfies never;
    }
  }

  *#zeros(length: number): Generator<Uint8Array> {
    this.#buffer.fill(0, 0, Math.min(length, CHUNK_BYTES));
    for (let left = length; left > 0; left -= CHUNK_BYTES) yield this.#buffer.subarray(0, Math.min(left, CHUNK_BYTES));
  }

  async *#copy(offset: number, length: number): AsyncGenerator<Uint8Array> {
    for (let done = 0; done < length; done += CHUNK_BYTES) {
      const chunk = this.#buffer.subarray(0, Math.min(length - done, CHUNK_BYTES));
      if ((await this.#source.read(chunk, offset + done)) < chunk.byteLength)
        throw new HypersceneError('GGUF_TRUNCATED', 'the model got shorter while it was read', {
          at: this.#source.name,
        });
      yield chunk;
    }
  }

  async *#rows({ of, type }: Extract<Piece, { kind: 'rows' }>): AsyncGenerator<Uint8Array> {
    const { rows, outputRows = [], tokens } = this.#extension;
    const length = this.#embeddingLength;
    const atOnce = Math.max(1, Math.floor(CHUNK_BYTES / rowBytes(type, length))) * length;
    let given = 0;
    for await (const block of of === 'embedding' ? rows : outputRows) {
      given += block.length / length;
      if (!Number.isInteger(given) || given > tokens.length) throw wrongRows(of, tokens.length, length, given);
      for (let from = 0; from < block.length; from += atOnce)
        yield quantizeRows(type, block.subarray(from, from + atOnce));
    }
    if (given !== tokens.length) throw wrongRows(of, tokens.length, length, given);
  }
}

const wrongRows = (of: 'embedding' | 'output', count: number, length: number, came: number): HypersceneError =>
  new HypersceneError('BAD_VECTOR', `not as many ${of} rows as tokens`, {
    expected: `${count} of ${length} numbers each, whole ones in each block`,
    came: `${came}`,
  });
