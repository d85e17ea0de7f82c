import { checkCancelled } from '../../errors.ts';
import type { OccurrencePart } from '../../scene/hypertoken.ts';
import type { CorpusName, ViewName } from '../../scene/name.ts';
import type { GraphStore } from '../graph-store.ts';
import { pagesOf } from '../pages.ts';
import type { Source } from './incoming.ts';
import { type IncomingView, incomingViews } from './incoming-views.ts';

/** A view that comes, and what has its name here. */
export interface MetView {
  readonly view: IncomingView;
  /** Null where nothing has. */
  readonly own: OccurrencePart | null;
  /** `own` holds the same scenes in the same order. */
  readonly sameScenes: boolean;
}

/**
 * The views of a backup beside what stands under their names, some of one corpus at a time. The views that stand are listed
 * once a corpus, the scenes of those that may be the same are asked for together: how often the store is asked does not
 * depend on how many views come. Memory holds the names of the views of one corpus here, beside what
 * {@link incomingViews} holds.
 * @throws HypersceneError BACKUP_UNREADABLE, CANCELLED
 */
export async function* meetViews(
  store: GraphStore,
  source: Source,
  corpora: ReadonlySet<CorpusName>,
): AsyncGenerator<{ readonly corpus: CorpusName; readonly met: readonly MetView[] }> {
  if (corpora.size === 0) return;
  let last: CorpusName | null = null;
  let standing: ReadonlyMap<ViewName, OccurrencePart> = new Map();
  for await (const views of incomingViews(source, corpora)) {
    checkCancelled(source);
    const corpus = views[0]?.corpus as CorpusName;
    if (corpus !== last) standing = await standingViews(store, corpus);
    last = corpus;
    yield { corpus, met: await compare(store, corpus, standing, views) };
  }
}

const standingViews = async (store: GraphStore, corpus: CorpusName): Promise<ReadonlyMap<ViewName, OccurrencePart>> => {
  const standing = new Map<ViewName, OccurrencePart>();
  for await (const page of pagesOf((request) => store.views(corpus, request), undefined))
    for (const { name, occurrence } of page) standing.set(name, occurrence);
  return standing;
};

/** Scenes are asked for of views of the same size alone: no more of them come than the backup's views hold. */
const compare = async (
  store: GraphStore,
  corpus: CorpusName,
  standing: ReadonlyMap<ViewName, OccurrencePart>,
  views: readonly IncomingView[],
): Promise<readonly MetView[]> => {
  const alike = views.filter(({ name, scenes }) => standing.get(name)?.size === scenes.length);
  const names = alike.map(({ name }) => name);
  const found = names.length === 0 ? [] : await store.scenesOfViews(corpus, names);
  const same = new Set(
    alike.filter(({ scenes }, i) => scenes.every((id, place) => id === found[i]?.[place])).map(({ name }) => name),
  );
  return views.map((view) => ({
    view,
    own: standing.get(view.name) ?? null,
    sameScenes: same.has(view.name),
  }));
};
