import { createHash } from 'node:crypto';

/** As Hugging Face's datasets call them. */
export const SPLITS = ['train', 'validation', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** Shares of the documents, 0 to 1, that make 1 together. */
export type SplitShares = Readonly<Record<Split, number>>;

export const DEFAULT_SHARES: SplitShares = { train: 0.9, validation: 0.05, test: 0.05 };

const RANGE = 2 ** 48;

/**
 * Which split a document is in: by the hash of seed and name alone, so that scenes of one document are never torn apart and a
 * document that comes later moves no other.
 * @param document its name
 */
export const splitOf = (document: string, seed: number, { train, validation }: SplitShares): Split => {
  const place = createHash('sha256').update(`${seed}\0${document}`).digest().readUIntBE(0, 6) / RANGE;
  if (place < train) return 'train';
  return place < train + validation ? 'validation' : 'test';
};

/** {@link splitOf} of scenes in the order of their documents: it is asked once a document. */
export const splitter = (seed: number, shares: SplitShares): ((document: string) => Split) => {
  let last: readonly [document: string, split: Split] | null = null;
  return (document) => {
    if (last?.[0] !== document) last = [document, splitOf(document, seed, shares)];
    return last[1];
  };
};
