import { HypersceneError } from '../errors.ts';
import type { CorpusName } from '../scene/name.ts';
import type { CorpusRecord, GraphStore } from './graph-store.ts';

/** @throws HypersceneError CORPUS_NOT_FOUND */
export const requireCorpus = async (store: GraphStore, name: CorpusName): Promise<CorpusRecord> => {
  const corpus = await store.corpus(name);
  if (corpus !== null) return corpus;
  throw new HypersceneError('CORPUS_NOT_FOUND', 'no such corpus', { came: JSON.stringify(name) });
};
