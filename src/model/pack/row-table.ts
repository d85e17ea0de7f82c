import { randomFillSync } from 'node:crypto';
import type { RowKey } from '../row-key.ts';

const KINDS = ['code', 'scene', 'facet'] as const;
type Kind = (typeof KINDS)[number];

const [CODE, SCENE, FACET] = [0, 1, 2] as const;
const KIND_MASK = 3;
const PREDICTED = 4;

const WORDS = 4;
/** {@link RowTable}'s hash is sound for its highest 17 bits: a million rows wait in lists of 8 on average. */
const HASH_BITS_MAX = 17;

/**
 * Keys ↔ rows in 21 bytes a row; a Map takes 85. Ids are kept as numbers in one array and found by a
 * table of lists, whose hash multiplies the halves of their words by random odd numbers and takes the highest bits: vector
 * multiply-shift (Dietzfelbinger et al. 1997; Thorup 2015, arXiv 1504.06804). Keys come from outside, and are no hashes for sure.
 */
export class RowTable {
  readonly #words: Uint32Array;
  /** Kind, and whether the output is trained. */
  readonly #kinds: Uint8Array;
  readonly #heads: Int32Array;
  readonly #next: Int32Array;
  readonly #multipliers = randomFillSync(new Uint32Array(2 * WORDS + 1)).map((n) => n | 1);
  readonly #shift: number;
  /** No more than there are morphemes. */
  readonly #facets = new Map<RowKey, number>();
  readonly #facetKeys = new Map<number, RowKey>();
  readonly #counts: Record<Kind, number> = { code: 0, scene: 0, facet: 0 };
  readonly #key = new Uint32Array(WORDS);
  #length = 0;
  #predicted = 0;

  /** @param rows at most */
  constructor(rows: number) {
    const bits = Math.min(Math.max(Math.ceil(Math.log2(rows + 1)), 1), HASH_BITS_MAX);
    this.#shift = 32 - bits;
    this.#heads = new Int32Array(2 ** bits).fill(-1);
    this.#words = new Uint32Array(WORDS * rows);
    this.#kinds = new Uint8Array(rows);
    this.#next = new Int32Array(rows);
  }

  get length(): number {
    return this.#length;
  }

  get predicted(): number {
    return this.#predicted;
  }

  count(kind: Kind): number {
    return this.#counts[kind];
  }

  /** Puts it behind the others. @returns false where it is there already */
  add(key: RowKey, predicted: boolean): boolean {
    if (this.indexOf(key) >= 0) return false;
    const index = this.#length++;
    const kind = kindOf(key);
    if (kind === FACET) {
      this.#facets.set(key, index);
      this.#facetKeys.set(index, key);
    } else {
      const bucket = this.#bucketOf(kind);
      this.#words.set(this.#key, WORDS * index);
      this.#next[index] = this.#heads[bucket] ?? -1;
      this.#heads[bucket] = index;
    }
    this.#kinds[index] = kind | (predicted ? PREDICTED : 0);
    this.#counts[KINDS[kind]]++;
    if (predicted) this.#predicted++;
    return true;
  }

  /** −1 for one that is not there. */
  indexOf(key: RowKey): number {
    const kind = kindOf(key);
    if (kind === FACET) return this.#facets.get(key) ?? -1;
    const digits = key.length - 8 * WORDS;
    for (let i = 0; i < WORDS; i++) this.#key[i] = Number.parseInt(key.slice(digits + 8 * i, digits + 8 * (i + 1)), 16);
    let index = this.#heads[this.#bucketOf(kind)] ?? -1;
    while (index >= 0 && !this.#isAt(index, kind)) index = this.#next[index] ?? -1;
    return index;
  }

  #isAt(index: number, kind: number): boolean {
    if (((this.#kinds[index] ?? 0) & KIND_MASK) !== kind) return false;
    for (let i = 0; i < WORDS; i++) if (this.#words[WORDS * index + i] !== this.#key[i]) return false;
    return true;
  }

  #bucketOf(kind: number): number {
    const by = this.#multipliers;
    let sum = Math.imul(by[2 * WORDS] ?? 0, kind);
    for (let i = 0; i < WORDS; i++) {
      const word = this.#key[i] ?? 0;
      sum = (sum + Math.imul(by[2 * i] ?? 0, word & 0xffff) + Math.imul(by[2 * i + 1] ?? 0, word >>> 16)) | 0;
    }
    return sum >>> this.#shift;
  }

  /** Undefined outside of 0 to length − 1. */
  keyAt(index: number): RowKey | undefined {
    if (!(Number.isInteger(index) && index >= 0 && index < this.#length)) return undefined;
    const kind = (this.#kinds[index] ?? 0) & KIND_MASK;
    if (kind === FACET) return this.#facetKeys.get(index);
    const words = this.#words.subarray(WORDS * index, WORDS * (index + 1));
    const digits = Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('');
    return `${kind === CODE ? 'code' : 'scene'}:${digits}` as RowKey;
  }

  isPredicted(index: number): boolean {
    return ((this.#kinds[index] ?? 0) & PREDICTED) !== 0;
  }
}

const kindOf = (key: RowKey): typeof CODE | typeof SCENE | typeof FACET => {
  if (key.startsWith('code:')) return CODE;
  return key.startsWith('scene:') ? SCENE : FACET;
};
