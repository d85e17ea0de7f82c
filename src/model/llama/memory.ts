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
/**
 * A process of Node with the library and what both work with. SmolLM2-135M takes 154 MiB once it is loaded beside its weights, keys, values and
 * buffers.
 */
const PROCESS_BYTES = 160 * 2 ** 20;
/** Bytes of a number in a compute buffer. */
const FLOAT = 4;

/** Contexts that come with what is asked for, and stay. */
export interface Contexts {
  /** Two of several sequences are kept, so that adapters can be changed. */
  readonly adapter: boolean;
  /** One for embeddings, which reads a whole context in one batch. */
  readonly embedding: boolean;
}

/**
 * Bytes that a process is reckoned to take: the weights, what its contexts keep, and for each context a buffer in which the logits of a batch
 * stand beside the widest of a layer's values, four embeddings wide for each position in the feed-forward part and four more around it.
 */
export const reckonBytes = (
  { weightBytes, kvBytesPerPosition, vocabulary, embeddingLength }: Footprint,
  { context, slots }: Pick<LoadOrder, 'context' | 'slots'>,
  { adapter, embedding }: Contexts,
): number => {
  const shared = adapter ? SHARED_CONTEXTS_MAX : 1;
  // One more for what runs by itself.
  const positions = context * (slots * shared + 1 + (embedding ? 1 : 0));
  const batched = (shared + 1) * BATCH + (embedding ? context : 0);
  const computed = batched * (vocabulary + 8 * embeddingLength) * FLOAT;
  return PROCESS_BYTES + weightBytes + (kvBytesPerPosition ?? 0) * positions + computed;
};
