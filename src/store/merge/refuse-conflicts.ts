import { HypersceneError } from '../../errors.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { DocumentId } from '../../scene/scene.ts';
import type { AgentMerge, CorpusRecord, DocumentRecord, GraphStore } from '../graph-store.ts';
import { pagesOf } from '../pages.ts';
import { isSameReading } from '../same-reading.ts';
import type { Source } from './incoming.ts';
import { meetViews } from './meet-views.ts';
import type { IncomingCorpus, IncomingMerge } from './survey.ts';

/** Documents asked for at once. */
const DOCUMENTS = 1000;

/** Conflicts that the error names. */
const SHOWN = 5;

/** What of a corpus is there already. */
export interface Meeting {
  readonly corpus: IncomingCorpus;
  /** The corpus of this name before anything comes; null where there is none. */
  readonly before: CorpusRecord | null;
  readonly shared: ReadonlySet<DocumentId>;
  /** Its own, before any comes. */
  readonly merges: readonly AgentMerge[];
  /** It was there and has not got all the views of the backup. */
  readonly lacksViews: boolean;
}

/**
 * Looks for what cannot stand together, before anything is written.
 * @throws HypersceneError MERGE_CONFLICT
 */
export const meet = async (
  store: GraphStore,
  source: Source,
  corpora: readonly IncomingCorpus[],
): Promise<readonly Meeting[]> => {
  const conflicts: string[] = [];
  const meetings: Omit<Meeting, 'lacksViews'>[] = [];
  for (const corpus of corpora) {
    const before = await store.corpus(corpus.name);
    const merges = before === null ? [] : await mergesOf(store, corpus);
    const shared = new Set<DocumentId>();
    for (let from = 0; before !== null && from < corpus.documents.length; from += DOCUMENTS) {
      const some = corpus.documents.slice(from, from + DOCUMENTS);
      const found = await store.documentsById(some.map(({ id }) => id));
      for (const [i, document] of some.entries()) {
        const own = found[i] ?? null;
        if (own === null) continue;
        if (isSameReading(own, document)) shared.add(document.id);
        else conflicts.push(differing(own));
      }
    }
    conflicts.push(...mergeConflicts(corpus, merges));
    meetings.push({ corpus, before, shared, merges });
  }
  const there = meetings.filter(({ before, corpus }) => before !== null && corpus.views > 0);
  const views = await lookAtViews(store, source, new Set(there.map(({ corpus }) => corpus.name)));
  conflicts.push(...views.differing);
  if (conflicts.length > 0) throw conflictError(conflicts);
  return meetings.map((meeting) => ({ ...meeting, lacksViews: views.lacking.has(meeting.corpus.name) }));
};

/** Which views are there with other scenes, and which corpora lack some. One with the same scenes stays what it is. */
const lookAtViews = async (store: GraphStore, source: Source, corpora: ReadonlySet<CorpusName>) => {
  const differing: string[] = [];
  const lacking = new Set<CorpusName>();
  for await (const { corpus, met } of meetViews(store, source, corpora))
    for (const { view, own, sameScenes } of met) {
      if (own === null) lacking.add(corpus);
      else if (!sameScenes)
        differing.push(`view ${JSON.stringify(view.name)} of ${JSON.stringify(corpus)}: other scenes`);
    }
  return { differing, lacking };
};

const mergesOf = async (store: GraphStore, { name }: IncomingCorpus): Promise<readonly AgentMerge[]> => {
  const merges: AgentMerge[] = [];
  for await (const page of pagesOf((request) => store.agentMerges(name, request), undefined)) merges.push(...page);
  return merges;
};

const differing = ({ corpus, name }: DocumentRecord): string =>
  `document ${JSON.stringify(name)} of ${JSON.stringify(corpus)}: other bytes, or read as another language or with another model`;

/** An alias has one person, and nobody is an alias of himself, however many merges lead there. */
const mergeConflicts = (
  { name, merges }: IncomingCorpus,
  own: readonly Pick<IncomingMerge, 'alias' | 'into'>[],
): readonly string[] => {
  const into = new Map(own.map((merge) => [merge.alias, merge.into]));
  const found: string[] = [];
  for (const merge of merges) {
    const there = into.get(merge.alias);
    if (there === merge.into) continue;
    if (there === undefined && !leadsTo(into, merge.into, merge.alias)) into.set(merge.alias, merge.into);
    else found.push(`agent ${JSON.stringify(merge.alias)} of ${JSON.stringify(name)}: merged into another`);
  }
  return found;
};

const leadsTo = (into: ReadonlyMap<string, string>, from: string, wanted: string): boolean => {
  for (let at: string | undefined = from; at !== undefined; at = into.get(at)) if (at === wanted) return true;
  return false;
};

const conflictError = (conflicts: readonly string[]): HypersceneError =>
  new HypersceneError('MERGE_CONFLICT', 'what comes does not fit with what is there; nothing was changed', {
    expected:
      'under each name the same bytes, of each agent the same person, of each view the same scenes (restore the backup on its own, or delete one of the two)',
    came: `${conflicts.length}: ${conflicts.slice(0, SHOWN).join('; ')}${conflicts.length > SHOWN ? '; …' : ''}`,
  });
