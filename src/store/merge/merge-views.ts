import { HypersceneError } from '../../errors.ts';
import type { Code, OccurrencePart } from '../../scene/hypertoken.ts';
import type { CorpusName, ViewName } from '../../scene/name.ts';
import type { DocumentId, SceneId } from '../../scene/scene.ts';
import type { GraphStore, HypertokenForm } from '../graph-store.ts';
import { requireCorpus } from '../require-corpus.ts';
import type { Source } from './incoming.ts';
import type { IncomingView } from './incoming-views.ts';
import { type MetView, meetViews } from './meet-views.ts';
import { type CodeMap, requireCode } from './merge-registry.ts';
import { readOtherwise } from './read-otherwise.ts';
import type { Renumbered } from './renumber.ts';

/** Views that are told by name. */
export interface NamedView {
  readonly corpus: CorpusName;
  readonly name: ViewName;
}

/** One that does not come: its form would not be true of the scenes as they are here. */
export interface LeftView extends NamedView {
  /** A document that both have was read otherwise, so that a scene of it is not here, or shows another figure. */
  readonly because: 'absent-scene' | 'other-figure';
}

export interface ViewsReport {
  readonly added: number;
  /** There before, with the same scenes. */
  readonly shared: number;
  /** Those of them that have another form here, as their scenes are coupled otherwise or show other figures: they stay so. */
  readonly otherForm: readonly NamedView[];
  readonly left: readonly LeftView[];
}

export interface ViewsToMerge {
  readonly corpora: ReadonlySet<CorpusName>;
  /** Documents that were there before: they may have been read otherwise. */
  readonly doubtful: ReadonlySet<DocumentId>;
}

interface Work {
  readonly store: GraphStore;
  readonly codes: CodeMap;
  /** As of before anything is looked at: what is found holds when it is written. */
  readonly revisions: ReadonlyMap<CorpusName, number>;
  readonly refigured: ReadonlySet<SceneId>;
}

/**
 * Behind the scenes and couplings of their corpora. A view comes with the form that it was given there; see
 * {@link ViewsReport} for those that do not.
 * @param onNumbered of some of one corpus
 * @throws HypersceneError STORE_CONFLICT, VIEW_EXISTS for a corpus that others write to; BACKUP_UNREADABLE, CANCELLED
 */
export const mergeViews = async (
  store: GraphStore,
  source: Source,
  codes: CodeMap,
  { corpora, doubtful }: ViewsToMerge,
  onNumbered: (some: readonly Renumbered[], corpus: CorpusName) => Promise<void>,
): Promise<ViewsReport> => {
  const report = { added: 0, shared: 0, otherForm: [] as NamedView[], left: [] as LeftView[] };
  const revisions = new Map<CorpusName, number>();
  for (const name of corpora) revisions.set(name, (await requireCorpus(store, name)).revision);
  const work = { store, codes, revisions, refigured: await readOtherwise(store, source, doubtful) };
  for await (const { corpus, met } of meetViews(store, source, corpora)) {
    const { left, written } = await bring(work, corpus, met);
    const numbered = met.map(({ view, own }): Renumbered => {
      const from = { code: view.code, ordinal: view.ordinal };
      const here = own ?? written.get(view.name) ?? null;
      const isSame = here !== null && here.code === requireCode(codes, view.code);
      if (own !== null && !isSame) report.otherForm.push({ corpus, name: view.name });
      return { from, to: isSame ? { code: here.code, ordinal: here.ordinal } : null, came: written.has(view.name) };
    });
    report.left.push(...left);
    report.added += written.size;
    report.shared += met.length - written.size - left.length;
    await onNumbered(numbered, corpus);
  }
  return report;
};

const bring = async (work: Work, corpus: CorpusName, met: readonly MetView[]) => {
  const { store, codes } = work;
  const changed = met.find(({ own, sameScenes }) => own !== null && !sameScenes);
  if (changed !== undefined) throw madeMeanwhile(changed.view);
  const lacking = met.flatMap(({ own, view }) => (own === null ? [view] : []));
  const left = await unfit(work, corpus, lacking);
  const names = new Set(left.map(({ name }) => name));
  const coming = lacking.filter(({ name }) => !names.has(name));
  const forms = await formsOf(store, codes, coming);
  const written = new Map<ViewName, OccurrencePart>();
  for (const view of coming) written.set(view.name, await write(work, forms, view));
  return { left, written };
};

const madeMeanwhile = ({ corpus, name }: IncomingView): HypersceneError =>
  new HypersceneError('STORE_CONFLICT', 'a view of this name was made meanwhile', {
    at: `corpus ${corpus}`,
    came: JSON.stringify(name),
  });

/** Scenes looked for at once. */
const SCENES = 1000;

const unfit = async (
  { store, refigured }: Work,
  corpus: CorpusName,
  views: readonly IncomingView[],
): Promise<readonly LeftView[]> => {
  const ids = [...new Set(views.flatMap(({ scenes }) => scenes))];
  const absent = new Set<SceneId>();
  for (let from = 0; from < ids.length; from += SCENES) {
    const some = ids.slice(from, from + SCENES);
    for (const [i, scene] of (await store.scenesById(some)).entries())
      if (scene?.corpus !== corpus) absent.add(some[i] as SceneId);
  }
  return views.flatMap(({ name, scenes }): readonly LeftView[] => {
    if (scenes.some((id) => absent.has(id))) return [{ corpus, name, because: 'absent-scene' }];
    return scenes.some((id) => refigured.has(id)) ? [{ corpus, name, because: 'other-figure' }] : [];
  });
};

type Forms = ReadonlyMap<Code, HypertokenForm>;

/** By their codes there: this store knows all of them by now. They are as long as the views, which come some at a time. */
const formsOf = async (store: GraphStore, codes: CodeMap, views: readonly IncomingView[]): Promise<Forms> => {
  const from = [...new Set(views.map(({ code }) => code))];
  const found = await store.hypertokensByCode(from.map((code) => requireCode(codes, code)));
  return new Map(found.flatMap((record, i) => (record === null ? [] : [[from[i] as Code, record] as const])));
};

const write = async ({ store, revisions }: Work, forms: Forms, view: IncomingView): Promise<OccurrencePart> => {
  const { corpus, name, scenes, selection, code } = view;
  const { form, digest, figures } = forms.get(code) as HypertokenForm;
  const revision = revisions.get(corpus) as number;
  const report = await store.writeView(corpus, { name, revision, form, digest, figures, scenes, selection });
  return report.view.occurrence;
};
