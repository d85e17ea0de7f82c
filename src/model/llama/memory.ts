import { SHARED_CONTEXTS_MAX } from './limits.ts';
import type { LoadOrder } from './messages.ts';

/** What a model takes is reckoned from. */
export interface Footprint {
  /** Of the file. */
  readonly weightBytes: number;
  /** Of keys and values; null where the header does not say, and nothing is reckoned for it. */
  readonly kvBytesPerPosition: number | null;
  readonly vocabulary: number;
  readonly embeddingLength: number;
}

/** Positions of one batch: what node-llama-cpp takes where nothing is said. */
const BATCH = 512;
/** A process of Node with the library, before a model is in it. */
const PROCESS_BYTES = 90 * 2 ** 20;
/** Bytes of a number in a compute buffer. */
const FLOAT = 4;

/**
 * Bytes that a process is reckoned to take: the weights, what its contexts keep, and for each context a buffer in which the logits of a batch
 * stand beside the widest of a layer's values, four embeddings wide for each position in the feed-forward part and four more around it.
 * @param hasAdapter two contexts are kept, so that adapters can be changed
 */
export const reckonBytes = (
  { weightBytes, kvBytesPerPosition, vocabulary, embeddingLength }: Footprint,
  { context, slots }: Pick<LoadOrder, 'context' | 'slots'>,
  hasAdapter: boolean,
): number => {
  const shared = hasAdapter ? SHARED_CONTEXTS_MAX : 1;
  // One more for what runs by itself.
  const positions = context * (slots * shared + 1);
  const computed = (shared + 1) * BATCH * (vocabulary + 8 * embeddingLength) * FLOAT;
  return PROCESS_BYTES + weightBytes + (kvBytesPerPosition ?? 0) * positions + computed;
};
