import { seededRandom } from '../../src/collapse/leiden/random.ts';
import { lognormal, pareto } from './draws.ts';

export interface CorporaOptions {
  readonly seed: number;
  /** In all. */
  readonly scenes: number;
  /** Scenes of the smallest corpus, and the exponent of the law of sizes: P(more than x) = (least ⁄ x)^α. */
  readonly least: number;
  readonly alpha: number;
}

/** Sizes of corpora, in scenes, in the order in which they are begun; the last is cut so that all of them together have as many as asked for. */
export const drawCorpora = ({ seed, scenes, least, alpha }: CorporaOptions): Float64Array => {
  const random = seededRandom(seed);
  const sizes: number[] = [];
  for (let left = scenes; left > 0; ) {
    const size = Math.min(left, Math.round(pareto(random, least, alpha)));
    sizes.push(size);
    left -= size;
  }
  return Float64Array.from(sizes);
};

export interface DocumentLaw {
  readonly mu: number;
  readonly sigma: number;
}

/** Documents of a corpus, in scenes: drawn until it is full. */
export const drawDocuments = (seed: number, scenes: number, { mu, sigma }: DocumentLaw): readonly number[] => {
  const random = seededRandom(seed);
  const documents: number[] = [];
  for (let left = scenes; left > 0; ) {
    const size = Math.min(left, Math.max(1, Math.round(lognormal(random, mu, sigma))));
    documents.push(size);
    left -= size;
  }
  return documents;
};
