import { HypersceneError } from '../errors.ts';
import type { CorpusName } from '../scene/name.ts';
import type { CorpusRecord, DocumentInput, ImportedState } from './graph-store.ts';

/** Of one that is not whole. */
export const corpusImporting = (name: CorpusName): HypersceneError =>
  new HypersceneError('CORPUS_IMPORTING', 'an import of the corpus is under way or was interrupted', {
    came: JSON.stringify(name),
  });

/** @param importing what it is an import of; null for one that is whole */
export const corpusExists = (name: CorpusName, importing: string | null): HypersceneError =>
  new HypersceneError(
    'CORPUS_EXISTS',
    importing === null ? 'a corpus of this name is there' : 'an import of something else was begun under this name',
    { expected: 'a name that no corpus has, or to delete what has it', came: JSON.stringify(name) },
  );

const COUNTS = ['documents', 'scenes', 'couplings', 'uncoupled'] as const;

/**
 * Before an import is ended.
 * @throws HypersceneError STORE_CONFLICT
 */
export const checkImported = (
  standing: CorpusRecord & { readonly importing: string | null },
  expected: ImportedState,
): void => {
  const conflict = (wanted: string, came: string) =>
    new HypersceneError('STORE_CONFLICT', 'the corpus is not what was imported', {
      at: standing.name,
      expected: wanted,
      came,
    });
  if (standing.importing === null) throw conflict('an import that is under way', 'a corpus that is whole');
  for (const count of COUNTS)
    if (standing[count] !== expected[count]) throw conflict(`${expected[count]} ${count}`, `${standing[count]}`);
};

/**
 * Before a document is written.
 * @param importing what its corpus is an import of; null for one that is whole or not there
 * @throws HypersceneError CORPUS_IMPORTING; STORE_CONFLICT where the import is not under way any more
 */
export const checkImports = ({ corpus, imported }: DocumentInput, importing: string | null): void => {
  if (importing !== null && imported === undefined) throw corpusImporting(corpus);
  if (importing === null && imported !== undefined)
    throw new HypersceneError('STORE_CONFLICT', 'the corpus is not being imported', { came: JSON.stringify(corpus) });
};
