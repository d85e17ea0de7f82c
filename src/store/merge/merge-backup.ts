import { HypersceneError } from '../../errors.ts';
import type { Code, OccurrenceRef } from '../../scene/hypertoken.ts';
import type { CorpusName, WorkspaceName } from '../../scene/name.ts';
import type { DocumentId } from '../../scene/scene.ts';
import type { CheckedBackup } from '../backup/read-backup.ts';
import type { CorpusRecord, GraphStore } from '../graph-store.ts';
import { loadMigrations } from '../migration-files.ts';
import { requireCorpus } from '../require-corpus.ts';
import { examineCorpora } from './examine.ts';
import type { Source } from './incoming.ts';
import { mergeCouplings, settleScenes, type Way } from './merge-couplings.ts';
import { mergeDocuments } from './merge-documents.ts';
import { mergeLevels } from './merge-levels.ts';
import { type CodeMap, mergeRegistry } from './merge-registry.ts';
import { mergeViews, type ViewsReport } from './merge-views.ts';
import { type Meeting, meet } from './refuse-conflicts.ts';
import { type Renumbered, renumberedOccurrences, renumberedScenes } from './renumber.ts';
import { type IncomingDocument, type LevelState, surveyBackup } from './survey.ts';

export interface MergeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: MergeProgress) => void) | undefined;
  /** What codes of the backup are called here, in the order of the backup's. */
  readonly onCodes?: ((codes: readonly RenamedCode[]) => Promise<void>) | undefined;
  /** What each occurrence of the backup is called here. */
  readonly onOccurrences?: ((occurrences: readonly Renumbered[]) => Promise<void>) | undefined;
}

export interface MergeProgress {
  readonly stage: 'documents' | 'couplings' | 'numbers';
  readonly done: number;
  readonly total: number;
}

export interface RenamedCode {
  readonly from: Code;
  readonly to: Code;
}

/** What this merge did; one that was interrupted before did a part of it. */
export interface MergeReport {
  readonly corpora: {
    /** Not there before. */
    readonly added: number;
    /** There before, and something came. */
    readonly changed: number;
    readonly unchanged: number;
  };
  readonly documents: { readonly added: number; readonly shared: number };
  readonly scenes: number;
  readonly couplings: number;
  readonly agentMerges: number;
  /** Occurrences above level 0 that came. */
  readonly occurrences: number;
  readonly views: ViewsReport;
  readonly hypertokens: { readonly added: number; readonly shared: number };
  /** Occurrences of what came that are called otherwise here: by another code, or another ordinal. */
  readonly renumbered: number;
  /** Scenes of the corpora of the backup that wait to be coupled. */
  readonly waiting: number;
  /** Corpora of the backup that are to be collapsed again. */
  readonly stale: readonly CorpusName[];
}

/**
 * Brings a workspace of a checked backup into a store that may hold anything. Codes and ordinals that stand are never changed;
 * hypertokens of a digest that is known get its code. Made of the store's own writes, each of which leaves a whole graph:
 * where it stops, merging the same backup again goes on, and once it is done changes nothing.
 * @param workspace as it is called in the backup; in the store it is the store's
 * @throws HypersceneError MERGE_CONFLICT before anything is written; BACKUP_TOO_NEW, BACKUP_UNREADABLE, CANCELLED;
 *   STORE_CONFLICT when others write to the same corpora
 */
export const mergeBackup = async (
  store: GraphStore,
  backup: CheckedBackup,
  workspace: WorkspaceName,
  options: MergeOptions = {},
): Promise<MergeReport> => {
  await checkAge(backup);
  const source: Source = { backup, workspace, signal: options.signal };
  // A corpus is there with its first document: one without any brings nothing.
  const corpora = (await surveyBackup(source)).filter(({ documents }) => documents.length > 0);
  const meetings = await meet(store, source, corpora);
  const codes = await mergeRegistry(store, source);
  await tellCodes(codes, options);
  const work: Work = { store, source, options, codes, meetings };
  const came = await bringDocuments(work);
  const agentMerges = await bringAgentMerges(work);
  const { couplings, occurrences, raised } = await bringStructure(work);
  const numbers = await renumber(work, came.ids, raised);
  const { views, viewed, renumbered } = await bringViews(work, numbers);
  return { ...came.counts, agentMerges, couplings, occurrences, views, renumbered, ...(await summary(work, viewed)) };
};

/** Its records are read by what they say today; those of older graphs say the same. */
const checkAge = async ({ header, path }: CheckedBackup): Promise<void> => {
  const own = Math.max(0, ...(await loadMigrations('embedded')).map(({ version }) => version));
  if (header.migration <= own) return;
  throw new HypersceneError('BACKUP_TOO_NEW', 'the backup is of a newer graph', {
    at: path,
    expected: `migration ${own} at most`,
    came: `${header.migration}`,
  });
};

interface Work {
  readonly store: GraphStore;
  readonly source: Source;
  readonly options: MergeOptions;
  readonly codes: CodeMap;
  readonly meetings: readonly Meeting[];
}

/** Codes told at once. */
const CODES = 1000;

const tellCodes = async (codes: CodeMap, { onCodes }: MergeOptions): Promise<void> => {
  for (let first = 0; onCodes !== undefined && first < codes.size; first += CODES) {
    const some = Array.from({ length: Math.min(CODES, codes.size - first) }, (_, i) => (first + i) as Code);
    await onCodes(
      some.flatMap((from) => {
        const to = codes.get(from);
        return to === null ? [] : [{ from, to }];
      }),
    );
  }
};

const bringDocuments = async ({ store, source, options, meetings }: Work) => {
  const wanted = new Map<DocumentId, IncomingDocument>();
  let shared = 0;
  let total = 0;
  for (const meeting of meetings) {
    shared += meeting.shared.size;
    for (const document of meeting.corpus.documents) {
      if (meeting.shared.has(document.id)) continue;
      wanted.set(document.id, document);
      total += document.scenes;
    }
  }
  const { documents, scenes } = await mergeDocuments(store, source, wanted, (done) =>
    options.onProgress?.({ stage: 'documents', done: done.scenes, total }),
  );
  return { ids: new Set(wanted.keys()), counts: { documents: { added: documents, shared }, scenes } };
};

/** Behind the documents, since a corpus begins with its first one. @returns how many came */
const bringAgentMerges = async ({ store, meetings }: Work): Promise<number> => {
  let done = 0;
  for (const { corpus, merges } of meetings) {
    const standing = new Set(merges.map(({ alias }) => alias));
    for (const merge of corpus.merges) {
      if (standing.has(merge.alias)) continue;
      await store.mergeAgents(corpus.name, { ...merge, unseen: true });
      done += 1;
    }
  }
  return done;
};

const bringStructure = async (work: Work) => {
  const { store, source, codes, options } = work;
  const ways = await decideWays(work);
  const total = work.meetings.reduce((sum, { corpus }) => sum + corpus.couplings, 0);
  const couplings = await mergeCouplings(store, source, ways, (done) =>
    options.onProgress?.({ stage: 'couplings', done, total }),
  );
  await settleScenes(store, source, new Set([...ways].flatMap(([name, way]) => (way === 'whole' ? [name] : []))));
  const raised = await uncollapsed(work, ways);
  const occurrences = await mergeLevels(store, source, codes, raised);
  return { couplings, occurrences, raised };
};

const decideWays = async ({ store, source, codes, meetings }: Work): Promise<ReadonlyMap<CorpusName, Way>> => {
  const doubtful = new Set<CorpusName>();
  const ways = new Map<CorpusName, Way>();
  for (const { corpus, before, merges } of meetings) {
    const { documents } = await requireCorpus(store, corpus.name);
    const known = new Set(corpus.merges.map(({ alias }) => alias));
    const isWithin = documents === corpus.documents.length && merges.every(({ alias }) => known.has(alias));
    ways.set(corpus.name, isWithin && before === null ? 'whole' : 'beside');
    if (isWithin && before !== null) doubtful.add(corpus.name);
  }
  for (const name of await examineCorpora(store, source, codes, doubtful)) ways.set(name, 'whole');
  return ways;
};

/** Corpora that come whole, have levels in the backup and none here; and how these stand there. */
const uncollapsed = async (
  { store, meetings }: Work,
  ways: ReadonlyMap<CorpusName, Way>,
): Promise<ReadonlyMap<CorpusName, LevelState>> => {
  const found = new Map<CorpusName, LevelState>();
  for (const { corpus } of meetings) {
    if (corpus.collapsed === null || ways.get(corpus.name) !== 'whole') continue;
    const { collapsedRevision } = await requireCorpus(store, corpus.name);
    if (collapsedRevision === null) found.set(corpus.name, corpus.collapsed);
  }
  return found;
};

const isStale = ({ revision, collapsedRevision }: CorpusRecord): boolean =>
  collapsedRevision !== null && collapsedRevision < revision;

/** @returns how many occurrences of what came are called otherwise */
const renumber = async (
  { store, source, codes, options, meetings }: Work,
  came: ReadonlySet<DocumentId>,
  raised: ReadonlyMap<CorpusName, LevelState>,
): Promise<number> => {
  const { onOccurrences } = options;
  const total = meetings.reduce(
    (sum, { corpus }) => sum + corpus.documents.reduce((n, { scenes }) => n + scenes, 0),
    0,
  );
  let [count, done] = [0, 0];
  const add = async (some: readonly Renumbered[]): Promise<void> => {
    count += some.filter((one) => one.came && one.to !== null && !isSameRef(one.from, one.to)).length;
    done += some.length;
    options.onProgress?.({ stage: 'numbers', done: Math.min(done, total), total });
    await onOccurrences?.(some);
  };
  if (onOccurrences !== undefined || came.size > 0)
    for await (const some of renumberedScenes(store, source, codes, came)) await add(some);
  const corpora = new Set(onOccurrences === undefined ? raised.keys() : meetings.map(({ corpus }) => corpus.name));
  if (corpora.size > 0)
    for await (const some of renumberedOccurrences(store, source, codes, corpora, new Set(raised.keys())))
      await add(some);
  return count;
};

/** @param numbers how many occurrences are called otherwise already */
const bringViews = async ({ store, source, codes, options, meetings }: Work, numbers: number) => {
  let renumbered = numbers;
  const corpora = new Set(meetings.flatMap(({ corpus }) => (corpus.views > 0 ? [corpus.name] : [])));
  const doubtful = new Set(meetings.flatMap(({ shared, lacksViews }) => (lacksViews ? [...shared] : [])));
  const viewed = new Set<CorpusName>();
  const views = await mergeViews(store, source, codes, { corpora, doubtful }, async (some, corpus) => {
    if (some.some(({ came }) => came)) viewed.add(corpus);
    renumbered += some.filter(({ from, to, came }) => came && to !== null && !isSameRef(from, to)).length;
    await options.onOccurrences?.(some);
  });
  return { views, viewed, renumbered };
};

const isSameRef = (x: OccurrenceRef, y: OccurrenceRef): boolean => x.code === y.code && x.ordinal === y.ordinal;

/** @param viewed corpora to which views came: a view leaves the revision alone */
const summary = async ({ store, codes, meetings }: Work, viewed: ReadonlySet<CorpusName>) => {
  const after = await Promise.all(meetings.map(({ corpus }) => requireCorpus(store, corpus.name)));
  const isChanged = ({ before, corpus }: Meeting, i: number): boolean =>
    before !== null &&
    (viewed.has(corpus.name) ||
      before.revision !== after[i]?.revision ||
      before.collapsedRevision !== after[i]?.collapsedRevision);
  const added = meetings.filter(({ before }) => before === null).length;
  const changed = meetings.filter(isChanged).length;
  return {
    corpora: { added, changed, unchanged: meetings.length - added - changed },
    hypertokens: { added: codes.newCodes, shared: codes.size - codes.newCodes },
    waiting: after.reduce((sum, { uncoupled }) => sum + uncoupled, 0),
    stale: after.filter(isStale).map(({ name }) => name),
  };
};
