import type { CorpusName } from '../../scene/name.ts';
import {
  corporaByUid,
  corpusByUid,
  corpusNames,
  createCorpus,
  markImporting,
  settleImport,
} from '../cypher/document-queries.ts';
import type { CorpusImport, ImportBegun, ImportedState } from '../graph-store.ts';
import { checkImported, corpusExists } from '../import-check.ts';
import { checkWellFormed } from '../indexed-key.ts';
import { compareText } from '../text-order.ts';
import { lockForWriting, requireCorpus, type StoreContext } from './context.ts';
import { toCorpus } from './documents.ts';
import { openBook } from './open-book.ts';
import { writeRepeatable } from './write-repeatable.ts';

/** @throws HypersceneError CORPUS_EXISTS */
export const beginImport = async (context: StoreContext, name: CorpusName, of: string): Promise<ImportBegun> => {
  checkWellFormed('import', [name, of]);
  const corpus = context.identity.corpus(name);
  return writeRepeatable<ImportBegun>(context, { nothingLeft: ({ resumed }) => resumed }, async (transaction) => {
    const book = await openBook(context, transaction);
    const [row] = await transaction.read(corpusByUid, { corpus });
    if (row !== undefined && row.importing !== of) throw corpusExists(name, row.importing);
    if (row !== undefined) return { resumed: true };
    await transaction.write(createCorpus, { corpus, workspace: context.workspace, name });
    await transaction.write(markImporting, { corpus, importing: of });
    await book.close(corpus);
    return { resumed: false };
  });
};

export const imports = ({ engine, workspace }: StoreContext): Promise<readonly CorpusImport[]> =>
  engine.snapshot(async (view) => {
    const uids = (await view.read(corpusNames, { workspace })).flatMap(({ uid, importing }) =>
      importing === null ? [] : [uid],
    );
    const rows = uids.length === 0 ? [] : await view.read(corporaByUid, { corpora: uids });
    return rows
      .flatMap((row) => (row.importing === null ? [] : [{ ...toCorpus(row), of: row.importing }]))
      .sort((x, y) => compareText(x.name, y.name));
  });

/** @throws HypersceneError CORPUS_NOT_FOUND, STORE_CONFLICT */
export const endImport = (context: StoreContext, name: CorpusName, state: ImportedState): Promise<void> =>
  writeRepeatable<void>(context, { gone: 'STORE_CONFLICT' }, async (transaction) => {
    await lockForWriting(context, transaction);
    const row = await requireCorpus(transaction, context, name);
    checkImported({ ...toCorpus(row), importing: row.importing }, state);
    const { revision, collapsedRevision } = state;
    await transaction.write(settleImport, { corpus: context.identity.corpus(name), revision, collapsedRevision });
  });
