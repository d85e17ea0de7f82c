import { HypersceneError } from '../../errors.ts';
import type { CorpusName, DocumentName, WorkspaceName } from '../../scene/name.ts';
import {
  type CorpusRow,
  corpusByUid,
  type DocumentRow,
  documentsByUid,
  lockWorkspace,
  settleWorkspace,
  workspaceState,
} from '../cypher/document-queries.ts';
import type { CypherQuery } from '../cypher/query.ts';
import type { CypherEngine, CypherReader, CypherTransaction, Stillness } from '../cypher-engine.ts';
import { corpusImporting } from '../import-check.ts';
import type { Parameters } from '../parameter.ts';
import type { Identity } from './identity.ts';
import type { Lookups } from './kept-lookups.ts';

/** What every part of the store works with. */
export interface StoreContext {
  readonly engine: CypherEngine;
  readonly workspace: WorkspaceName;
  readonly identity: Identity;
  /** Of searches by words, as of this moment. */
  readonly lookups: () => Lookups;
}

/**
 * Rows, ids or edges a statement is given at most: at 5,000 a statement takes some 100 ms on the embedded engine, which
 * is how long a write waits that comes behind it; smaller ones pay the fixed cost of a statement more often.
 */
export const BATCH = 5000;

/** Scenes written or deleted by one round of statements: at 500 the longest of them takes some 40 ms, at 1,000
 * as long for each scene and twice as long for who waits. */
export const SCENE_BATCH = 500;

export const batches = <T>(items: readonly T[], size = BATCH): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

/** Reads with a long list of ids, batch by batch; the rows of all, in the order of the batches. */
export const readBatches = async <Row, T>(
  reader: CypherReader,
  query: CypherQuery<Row>,
  items: readonly T[],
  parameters: (batch: readonly T[]) => Parameters,
): Promise<readonly Row[]> => {
  const found: (readonly Row[])[] = [];
  for (const batch of batches(items)) found.push(await reader.read(query, parameters(batch)));
  return found.length === 1 ? (found[0] ?? []) : found.flat();
};

export const corpusNotFound = (name: CorpusName): HypersceneError =>
  new HypersceneError('CORPUS_NOT_FOUND', 'no such corpus', { came: JSON.stringify(name) });

/** @throws HypersceneError CORPUS_IMPORTING */
const checkWhole = (name: CorpusName, { importing }: CorpusRow): void => {
  if (importing !== null) throw corpusImporting(name);
};

export const documentNotFound = (name: DocumentName | string): HypersceneError =>
  new HypersceneError('DOCUMENT_NOT_FOUND', 'no such document', { came: JSON.stringify(name) });

/**
 * @param since when a restore of the workspace began, null when none is under way or was left
 * @throws HypersceneError STORE_RESTORING
 */
export const checkNotRestoring = (workspace: WorkspaceName, since: string | null): void => {
  if (since === null) return;
  throw new HypersceneError('STORE_RESTORING', 'a restore of the workspace is under way or was interrupted', {
    at: workspace,
    came: `begun ${since}`,
  });
};

/**
 * The lock came to a writer before who wrote last could say that its work is visible. Were the writer to go on, every reader
 * would wait for it; so it lets go, see {@link writeSettled}.
 */
class UnsettledError extends HypersceneError {
  constructor(workspace: WorkspaceName) {
    super('STORE_CONFLICT', 'another process wrote at the same moment', { at: workspace });
  }
}

/**
 * What every transaction that writes to a workspace begins with: no other is under way then, and none that restores it.
 * @returns its next code, null for a workspace that is not there
 * @throws HypersceneError STORE_RESTORING
 */
export const lockForWriting = async (
  { engine, workspace }: StoreContext,
  transaction: CypherTransaction,
): Promise<{ readonly nextCode: number | null }> => {
  const [row] = await transaction.read(lockWorkspace, { workspace });
  if (row === undefined) return { nextCode: null };
  checkNotRestoring(workspace, row.restoring);
  if (engine.showsCommitsPiecemeal && row.writes - 1 !== (row.settled ?? 0)) throw new UnsettledError(workspace);
  return { nextCode: row.nextCode };
};

/** Begins again each time that another process got through, having said for it that its work is visible. */
export const writeSettled = async <T>(
  engine: CypherEngine,
  work: (transaction: CypherTransaction) => Promise<T>,
  still: Stillness,
): Promise<T> => {
  while (true) {
    try {
      return await engine.write(work, still);
    } catch (error) {
      if (!(error instanceof UnsettledError)) throw error;
      await engine.hold(async () => undefined, still);
    }
  }
};

export const stillnessOf = (workspace: WorkspaceName): Stillness => ({
  state: workspaceState,
  settle: settleWorkspace,
  parameters: { workspace },
});

/**
 * For writers: one that is being imported too.
 * @throws HypersceneError CORPUS_NOT_FOUND
 */
export const requireCorpus = async (
  reader: CypherReader,
  { identity }: StoreContext,
  name: CorpusName,
): Promise<CorpusRow> => {
  const [row] = await reader.read(corpusByUid, { corpus: identity.corpus(name) });
  if (row === undefined) throw corpusNotFound(name);
  return row;
};

/** @throws HypersceneError CORPUS_NOT_FOUND, CORPUS_IMPORTING */
export const requireWhole = async (
  reader: CypherReader,
  context: StoreContext,
  name: CorpusName,
): Promise<CorpusRow> => {
  const row = await requireCorpus(reader, context, name);
  checkWhole(name, row);
  return row;
};

/**
 * As {@link requireCorpus}, asked for once between two writes.
 * @param lookups as of before `view` was opened
 * @throws HypersceneError CORPUS_NOT_FOUND
 */
export const requireStanding = async (
  view: CypherReader,
  context: StoreContext,
  { corpora }: Lookups,
  name: CorpusName,
): Promise<CorpusRow> => {
  const row = corpora.get(name) ?? (await requireCorpus(view, context, name));
  corpora.set(name, row);
  return row;
};

/** @throws HypersceneError CORPUS_NOT_FOUND, CORPUS_IMPORTING */
export const requireStandingWhole = async (
  view: CypherReader,
  context: StoreContext,
  lookups: Lookups,
  name: CorpusName,
): Promise<CorpusRow> => {
  const row = await requireStanding(view, context, lookups, name);
  checkWhole(name, row);
  return row;
};

export const findDocument = async (reader: CypherReader, uid: string): Promise<DocumentRow | null> => {
  const [row] = await reader.read(documentsByUid, { documents: [uid] });
  return row ?? null;
};
