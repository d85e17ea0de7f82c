import { EMPTY_FIGURE } from '../../scene/figure.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { CorpusImport, ImportBegun, ImportedState } from '../graph-store.ts';
import { checkImported, corpusExists } from '../import-check.ts';
import { checkWellFormed } from '../indexed-key.ts';
import { compareText } from '../text-order.ts';
import { corpusRecord } from './memory-records.ts';
import { emptyCorpus, learnFigure, requireCorpus, type WorkspaceState } from './workspace-state.ts';

export const beginMemoryImport = (state: WorkspaceState, name: CorpusName, of: string): ImportBegun => {
  checkWellFormed('import', [name, of]);
  const found = state.corpora.get(name);
  if (found !== undefined && found.importing !== of) throw corpusExists(name, found.importing);
  // As with a first document.
  learnFigure(state, EMPTY_FIGURE);
  if (found === undefined) state.corpora.set(name, emptyCorpus(name, of));
  return { resumed: found !== undefined };
};

export const memoryImports = ({ corpora }: WorkspaceState): readonly CorpusImport[] =>
  [...corpora.values()]
    .flatMap((corpus) => (corpus.importing === null ? [] : [{ ...corpusRecord(corpus), of: corpus.importing }]))
    .sort((x, y) => compareText(x.name, y.name));

export const endMemoryImport = (state: WorkspaceState, name: CorpusName, standing: ImportedState): void => {
  const corpus = requireCorpus(state, name);
  checkImported({ ...corpusRecord(corpus), importing: corpus.importing }, standing);
  corpus.importing = null;
  corpus.revision = standing.revision;
  corpus.collapsedRevision = standing.collapsedRevision;
};
