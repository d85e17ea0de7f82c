import { createHash } from 'node:crypto';
import type { GraphRecord, NodeRecord } from '../graph-archive.ts';
import { recordText } from '../record-text.ts';

const MODULUS = 1n << 256n;

/**
 * A digest of a multiset of records, whatever their order: the sum of their SHA-256 modulo 2²⁵⁶ (AdHash; Bellare and
 * Micciancio 1997). It tells accidents apart, and is no proof against someone who chooses the records.
 */
export class RecordSum {
  #sum = 0n;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(record: GraphRecord): void {
    const text = recordText('node' in record ? comparable(record) : record);
    this.#sum = (this.#sum + BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)) % MODULUS;
    this.#count += 1;
  }

  digest(): string {
    return `${this.#count}:${this.#sum.toString(16)}`;
  }
}

/** Without the sum over corpora, which is counted anew. */
const comparable = ({ node, properties }: NodeRecord): NodeRecord => {
  if (node !== 'hypertoken') return { node, properties };
  const { live: _, ...rest } = properties;
  return { node, properties: rest };
};
