import { HypersceneError } from '../../errors.ts';
import { MARK_CLOSE, MARK_OPEN } from '../../scene/token-mark.ts';
import type { Pack } from '../pack/pack.ts';
import type { RowKey } from '../row-key.ts';

/** The rows of a pack as ids of a vocabulary that has them behind its own. */
export class PackRows {
  readonly #pack: Pack;
  readonly #first: number;
  readonly count: number;
  /** Ids of all codes that may be predicted. */
  readonly predictedCodes: Int32Array;
  /** Ids of those of any kind that may not. */
  readonly unpredicted: Int32Array;

  /** @param first id of the first */
  constructor(pack: Pack, first: number) {
    this.#pack = pack;
    this.#first = first;
    this.count = pack.manifest.rows;
    const indices = Array.from({ length: this.count }, (_, i) => i);
    const isCode = (i: number): boolean => pack.keyOf(i).startsWith('code:');
    this.predictedCodes = this.#idsOf(indices.filter((i) => pack.isPredicted(i) && isCode(i)));
    this.unpredicted = this.#idsOf(indices.filter((i) => !pack.isPredicted(i)));
  }

  /** Null for one that the pack does not have. */
  find(key: RowKey): { readonly id: number; readonly predicted: boolean } | null {
    const index = this.#pack.rowIndex(key);
    return index === null ? null : { id: this.#first + index, predicted: this.#pack.isPredicted(index) };
  }

  /** @throws HypersceneError BAD_ARGUMENT for an id that is no row's */
  keyOf(id: number): RowKey {
    return this.#pack.keyOf(id - this.#first);
  }

  /** Ids of those of the keys that may be predicted. @throws HypersceneError BAD_ARGUMENT where there are none */
  predictedAmong(keys: readonly RowKey[]): Int32Array {
    const ids = keys.flatMap((key) => {
      const row = this.find(key);
      return row?.predicted ? [row.id] : [];
    });
    if (ids.length > 0) return Int32Array.from(new Set(ids));
    throw new HypersceneError('BAD_ARGUMENT', 'none of the codes may be predicted', {
      expected: 'a code whose output row the pack has trained',
    });
  }

  /** Names in the vocabulary. No text is ever parsed into them: they are of type CONTROL, and asked for by id. */
  get names(): readonly string[] {
    return Array.from({ length: this.count }, (_, i) => `${MARK_OPEN}${this.#pack.keyOf(i)}${MARK_CLOSE}`);
  }

  #idsOf(indices: readonly number[]): Int32Array {
    return Int32Array.from(indices, (i) => this.#first + i);
  }
}
