import { z } from 'zod';
import { HypersceneError } from '../errors.ts';
import type { CorpusName } from '../scene/name.ts';
import type { GraphView } from '../store/graph-store.ts';
import { cursorPages } from './corpus-pages.ts';
import type { Outputs } from './outputs.ts';
import { SPLITS, type Split } from './split.ts';

/** As nanoGPT names them. */
const NAMES: Readonly<Record<Split, string>> = { train: 'train', validation: 'val', test: 'test' };
export const binOf = (split: Split): string => `${NAMES[split]}.bin`;
export const indexOf = (split: Split): string => `${NAMES[split]}.idx`;

export type TokenType = 'uint16' | 'int32';
/** uint16 as long as it holds all ids. @param vocabulary one more than the highest id */
export const tokenType = (vocabulary: number): TokenType => (vocabulary <= 2 ** 16 ? 'uint16' : 'int32');
const BYTES: Readonly<Record<TokenType, number>> = { uint16: 2, int32: 4 };
/** Megatron's numbers of types. */
const CODES: Readonly<Record<TokenType, number>> = { int32: 4, uint16: 8 };

/**
 * Ids as a file holds them, little-endian.
 * @throws HypersceneError BAD_TOKENIZER for one outside of the vocabulary: it would come to be another one
 */
export const packIds = (ids: ArrayLike<number>, vocabulary: number): Buffer => {
  const type = tokenType(vocabulary);
  const packed = Buffer.alloc(ids.length * BYTES[type]);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] ?? -1;
    if (!(Number.isInteger(id) && id >= 0 && id < vocabulary))
      throw new HypersceneError('BAD_TOKENIZER', 'an id outside of the vocabulary', {
        expected: `a whole number from 0 to ${vocabulary - 1}`,
        came: String(id),
      });
    if (type === 'uint16') packed.writeUInt16LE(id, 2 * i);
    else packed.writeInt32LE(id, 4 * i);
  }
  return packed;
};

const MAGIC = 'MMIDIDX\0\0';
const HEAD_BYTES = 34;
const SIZE_MAX = 2 ** 31 - 1;
/** Entries of an index that are made at a time. */
const BLOCK = 8192;

/** Of a `.idx` of Megatron: one sequence a document; its list of documents has one entry more, for the end. */
const indexHead = (documents: number, type: TokenType): Buffer => {
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(MAGIC, 'latin1');
  head.writeBigUInt64LE(1n, 9);
  head.writeUInt8(CODES[type], 17);
  head.writeBigUInt64LE(BigInt(documents), 18);
  head.writeBigUInt64LE(BigInt(documents + 1), 26);
  return head;
};

const int64s = (numbers: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(8 * numbers.length);
  for (const [i, n] of numbers.entries()) bytes.writeBigInt64LE(BigInt(n), 8 * i);
  return bytes;
};

const counts = z.object({ train: z.int().min(0), validation: z.int().min(0), test: z.int().min(0) });
const stateShape = z.object({
  /** Documents that there will be, and that are whole. */
  expected: counts,
  written: counts,
  open: z.object({ document: z.string(), size: z.int().min(0) }).nullable(),
});
type State = z.infer<typeof stateShape>;

const noState = (): State => ({
  expected: { train: 0, validation: 0, test: 0 },
  written: { train: 0, validation: 0, test: 0 },
  open: null,
});

/** What the ids are written by. */
export interface TokenFilesOptions {
  readonly splitOf: (document: string) => Split;
  /** Behind each document; null puts nothing there. */
  readonly endOfDocument: number | null;
}

/**
 * The ids of documents: a `.bin` for each split, raw, and its `.idx`. The sizes of documents stand first in an index, and go
 * right there as documents end; what comes behind them is made of them at the end.
 */
export class TokenFiles {
  readonly #outputs: Outputs;
  readonly #options: TokenFilesOptions;
  #state: State = noState();

  constructor(outputs: Outputs, options: TokenFilesOptions) {
    this.#outputs = outputs;
    this.#options = options;
  }

  /** Counts the documents of each split, which an index tells before all else. */
  async begin(view: GraphView, corpus: CorpusName, vocabulary: number): Promise<void> {
    const { expected } = this.#state;
    const pages = cursorPages((request) => view.documents(corpus, request), undefined);
    for await (const { items } of pages) for (const { name } of items) expected[this.#options.splitOf(name)]++;
    for (const split of SPLITS) {
      await this.#outputs.begin(binOf(split));
      await this.#outputs.write(indexOf(split), indexHead(expected[split], tokenType(vocabulary)), 0);
    }
  }

  /** Ids of a document's next scenes; whatever document was open before is whole. */
  async add(document: string, ids: ArrayLike<number>, vocabulary: number): Promise<void> {
    if (this.#state.open?.document !== document) {
      await this.finish(vocabulary);
      this.#state.open = { document, size: 0 };
    }
    await this.#write(document, ids, vocabulary);
  }

  async #write(document: string, ids: ArrayLike<number>, vocabulary: number): Promise<void> {
    const { open } = this.#state;
    if (open === null) return;
    open.size += ids.length;
    if (open.size > SIZE_MAX)
      throw new HypersceneError('DOCUMENT_TOO_LARGE', 'a document has more tokens than an index can tell', {
        at: document,
        expected: `${SIZE_MAX} at most`,
      });
    await this.#outputs.write(binOf(this.#options.splitOf(document)), packIds(ids, vocabulary), ids.length);
  }

  /** Ends the document that is open. */
  async finish(vocabulary: number): Promise<void> {
    const { open, written } = this.#state;
    if (open === null) return;
    const { endOfDocument, splitOf } = this.#options;
    if (endOfDocument !== null) await this.#write(open.document, [endOfDocument], vocabulary);
    const size = Buffer.alloc(4);
    size.writeInt32LE(open.size);
    const split = splitOf(open.document);
    await this.#outputs.write(indexOf(split), size, 1);
    written[split]++;
    this.#state.open = null;
  }

  /** Where in the `.bin` each document begins, in bytes, and which sequences are whose. */
  async end(vocabulary: number): Promise<void> {
    await this.finish(vocabulary);
    for (const split of SPLITS) await this.#endIndex(split, BYTES[tokenType(vocabulary)]);
  }

  async #endIndex(split: Split, bytes: number): Promise<void> {
    const documents = this.#state.written[split];
    if (documents !== this.#state.expected[split])
      throw new HypersceneError('STORE_FAILED', 'the store tells of other documents than it has scenes of', {
        expected: `${this.#state.expected[split]}`,
        came: `${documents}`,
      });
    let pointer = 0;
    for (let from = 0; from < documents; from += BLOCK) {
      const count = Math.min(BLOCK, documents - from);
      const sizes = await this.#outputs.read(indexOf(split), HEAD_BYTES + 4 * from, 4 * count);
      const pointers = Array.from({ length: count }, (_, i) => {
        const at = pointer;
        pointer += sizes.readInt32LE(4 * i) * bytes;
        return at;
      });
      await this.#outputs.write(indexOf(split), int64s(pointers), 0);
    }
    for (let from = 0; from <= documents; from += BLOCK) {
      const count = Math.min(BLOCK, documents + 1 - from);
      await this.#outputs.write(indexOf(split), int64s(Array.from({ length: count }, (_, i) => from + i)), 0);
    }
  }

  get state(): unknown {
    return this.#state;
  }

  restore(state: unknown): void {
    this.#state = state === null ? noState() : stateShape.parse(state);
  }
}
