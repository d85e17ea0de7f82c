import type { CorpusName, ViewName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import type { GraphStore, ViewRecord } from '../graph-store.ts';
import { pagesOf } from '../pages.ts';
import { requireCorpus } from '../require-corpus.ts';
import { checkCancelled, type Source } from './incoming.ts';
import { type IncomingView, incomingViews } from './incoming-views.ts';
import { type CodeMap, requireCode } from './merge-registry.ts';
import type { Renumbered } from './renumber.ts';

export interface ViewsReport {
  readonly added: number;
  /** There before, with the same scenes. */
  readonly shared: number;
  /** Names of those that hold a scene which is not here, since a document that both have was read otherwise: they do not come. */
  readonly left: readonly ViewName[];
}

/**
 * The names of views that are there with other scenes. One with the same scenes stays what it is, though they may be coupled
 * otherwise here.
 */
export const differingViews = async (store: GraphStore, source: Source, corpora: ReadonlySet<CorpusName>) => {
  const differing: string[] = [];
  for await (const views of incomingViews(source, corpora))
    for (const view of views) {
      const own = await store.viewByName(view.corpus, view.name);
      if (own !== null && !(await holds(store, own, view.scenes)))
        differing.push(`view ${JSON.stringify(view.name)} of ${JSON.stringify(view.corpus)}: other scenes`);
    }
  return differing;
};

/**
 * Behind the scenes and couplings of their corpora.
 * @throws HypersceneError STORE_CONFLICT for a corpus that others write to
 */
export const mergeViews = async (
  store: GraphStore,
  source: Source,
  codes: CodeMap,
  corpora: ReadonlySet<CorpusName>,
  onNumbered: (some: readonly Renumbered[], corpus: CorpusName) => Promise<void>,
): Promise<ViewsReport> => {
  let [added, shared] = [0, 0];
  const left: ViewName[] = [];
  for await (const views of incomingViews(source, corpora))
    for (const view of views) {
      checkCancelled(source);
      const own = await store.viewByName(view.corpus, view.name);
      if (own === null && !(await areHere(store, view.scenes))) {
        left.push(view.name);
        await onNumbered([{ from: { code: view.code, ordinal: view.ordinal }, to: null, came: false }], view.corpus);
        continue;
      }
      if (own === null) added += 1;
      else shared += 1;
      const { occurrence } = own ?? (await write(store, codes, view));
      const { code, ordinal } = occurrence;
      await onNumbered(
        [{ from: { code: view.code, ordinal: view.ordinal }, to: { code, ordinal }, came: own === null }],
        view.corpus,
      );
    }
  return { added, shared, left };
};

/** Scenes looked for at once. */
const SCENES = 1000;

const areHere = async (store: GraphStore, ids: readonly SceneId[]): Promise<boolean> => {
  for (let from = 0; from < ids.length; from += SCENES)
    if ((await store.scenesById(ids.slice(from, from + SCENES))).includes(null)) return false;
  return true;
};

const write = async (store: GraphStore, codes: CodeMap, view: IncomingView): Promise<ViewRecord> => {
  const [record] = await store.hypertokensByCode([requireCode(codes, view.code)]);
  const { form = '', digest, figures = [] } = record ?? {};
  const { revision } = await requireCorpus(store, view.corpus);
  const { name, scenes, selection } = view;
  return (
    await store.writeView(view.corpus, {
      name,
      revision,
      form,
      digest: digest as NonNullable<typeof digest>,
      figures,
      scenes,
      selection,
    })
  ).view;
};

const holds = async (store: GraphStore, { occurrence }: ViewRecord, scenes: readonly SceneId[]): Promise<boolean> => {
  if (occurrence.size !== scenes.length) return false;
  let at = 0;
  for await (const page of pagesOf((request) => store.parts(occurrence, request), undefined))
    for (const { first } of page) if (first !== scenes[at++]) return false;
  return true;
};
