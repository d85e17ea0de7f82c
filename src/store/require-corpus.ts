import { HypersceneError } from '../errors.ts';
import type { CorpusName } from '../scene/name.ts';
import type { CorpusRecord, GraphStore } from './graph-store.ts';
import { corpusImporting } from './import-check.ts';

/** @throws HypersceneError CORPUS_NOT_FOUND */
export const requireCorpus = async (store: GraphStore, name: CorpusName): Promise<CorpusRecord> => {
  const corpus = await store.corpus(name);
  if (corpus !== null) return corpus;
  if ((await store.imports()).some((one) => one.name === name)) throw corpusImporting(name);
  throw new HypersceneError('CORPUS_NOT_FOUND', 'no such corpus', { came: JSON.stringify(name) });
};
