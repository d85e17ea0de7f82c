import { HypersceneError } from '../errors.ts';
import type { DocumentPart } from './graph-store.ts';

/**
 * Content that is held in memory before the store is locked. A document of common size is read whole first, so that
 * its reader, which takes seconds, keeps no other writer waiting; a larger one streams on under the lock.
 */
export const PREFETCH_UNITS_MAX = 32 * 2 ** 20;

/** What a scene weighs beside its text, in the same units: facets and fields. */
const SCENE_UNITS = 512;

const weightOf = (part: DocumentPart): number => {
  if (part.type === 'text') return part.text.length;
  if (part.type === 'notices') return 0;
  return part.scenes.reduce((sum, { text }) => sum + text.length + SCENE_UNITS, 0);
};

/**
 * Content of which a beginning, or all, has been read. It may be iterated again, as a repeated transaction does, unless it
 * went on beyond what is held in memory: then the second iteration throws STORE_CONFLICT, and the caller has to begin with
 * the source anew.
 */
export interface PrefetchedContent extends AsyncIterable<DocumentPart> {
  /** Tells the source that no more is wanted. */
  close(): Promise<void>;
}

/** @throws whatever the source throws */
export const prefetch = async (
  content: AsyncIterable<DocumentPart>,
  unitsMax = PREFETCH_UNITS_MAX,
): Promise<PrefetchedContent> => {
  const iterator = content[Symbol.asyncIterator]();
  const parts: DocumentPart[] = [];
  let done = false;
  let streamed = false;
  for (let units = 0; units < unitsMax && !done; ) {
    const next = await iterator.next();
    if (next.done) done = true;
    else {
      parts.push(next.value);
      units += weightOf(next.value);
    }
  }
  return {
    async *[Symbol.asyncIterator]() {
      if (streamed)
        throw new HypersceneError(
          'STORE_CONFLICT',
          'the transaction broke off, and the document is too large to repeat it',
          {
            expected: `at most ${unitsMax} UTF-16 code units held for that`,
          },
        );
      yield* parts;
      while (!done) {
        streamed = true;
        const next = await iterator.next();
        if (next.done) done = true;
        else yield next.value;
      }
    },
    async close() {
      if (done) return;
      done = true;
      await iterator.return?.();
    },
  };
};
