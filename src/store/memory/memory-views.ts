import { HypersceneError } from '../../errors.ts';
import { VIEW_LEVEL } from '../../scene/hypertoken.ts';
import type { CorpusName, ViewName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import { strayScene } from '../collapse-check.ts';
import type { ViewInput, ViewRecord, ViewReport } from '../graph-store.ts';
import { checkRevision } from '../revision-check.ts';
import { compareText } from '../text-order.ts';
import { checkView, viewExists, viewNotFound } from '../view-check.ts';
import {
  asStored,
  learn,
  type MemoryCorpus,
  type MemoryView,
  requireCorpus,
  requireWhole,
  type WorkspaceState,
} from './workspace-state.ts';

export const writeMemoryView = (state: WorkspaceState, name: CorpusName, input: ViewInput): ViewReport => {
  checkView(input);
  const corpus = requireCorpus(state, name);
  checkRevision(corpus.revision, input.revision);
  const stray = input.scenes.find((id) => state.scenes.get(id)?.corpus !== name);
  if (stray !== undefined) throw strayScene(stray);
  checkForm(state, input);
  const { digest, form, figures, scenes } = input;
  const standing = corpus.views.get(input.name);
  const sameScenes = scenes.join() === standing?.leaves.join();
  if (standing !== undefined && standing.digest === digest && sameScenes)
    return { view: viewRecord(corpus)(standing), unchanged: true, replaced: null, newCode: false };
  if (standing !== undefined && input.replace !== true)
    throw viewExists(viewRecord(corpus)(standing), input, sameScenes);
  const codes = state.registry.size;
  const entry = learn(state, { level: VIEW_LEVEL, digest, form, figures });
  entry.last += 1;
  const view: MemoryView = {
    code: entry.code,
    ordinal: entry.last,
    level: VIEW_LEVEL,
    digest,
    parts: [...scenes],
    leaves: [...scenes],
    bindings: [],
    name: input.name,
    selection: asStored(input.selection),
  };
  corpus.views.set(input.name, view);
  const replaced = standing === undefined ? null : { code: standing.code, ordinal: standing.ordinal };
  return { view: viewRecord(corpus)(view), unchanged: false, replaced, newCode: state.registry.size > codes };
};

/** Before anything is changed. */
const checkForm = ({ registry }: WorkspaceState, { digest, form }: ViewInput): void => {
  const known = registry.get(digest);
  if (known !== undefined && known.form !== form)
    throw new HypersceneError('STORE_FAILED', 'two forms have the same digest', { at: digest });
};

const viewRecord =
  ({ name: corpus }: MemoryCorpus) =>
  ({ name, code, ordinal, level, leaves, selection }: MemoryView): ViewRecord => ({
    corpus,
    name,
    occurrence: { code, ordinal, level, size: leaves.length, first: leaves[0] as SceneId },
    selection,
  });

/** By name. */
export const memoryViews = (state: WorkspaceState, name: CorpusName): readonly ViewRecord[] => {
  const corpus = requireWhole(state, name);
  return [...corpus.views.values()].sort((x, y) => compareText(x.name, y.name)).map(viewRecord(corpus));
};

export const findMemoryView = (state: WorkspaceState, name: CorpusName, view: ViewName): ViewRecord | null => {
  const corpus = requireWhole(state, name);
  const found = corpus.views.get(view);
  return found === undefined ? null : viewRecord(corpus)(found);
};

export const memoryScenesOfViews = (
  state: WorkspaceState,
  name: CorpusName,
  views: readonly ViewName[],
): readonly (readonly SceneId[])[] => {
  const corpus = requireWhole(state, name);
  return views.map((view) => [...(corpus.views.get(view)?.leaves ?? [])]);
};

export const deleteMemoryView = (state: WorkspaceState, name: CorpusName, view: ViewName): ViewRecord => {
  const corpus = requireCorpus(state, name);
  const found = corpus.views.get(view);
  if (found === undefined) throw viewNotFound(name, view);
  corpus.views.delete(view);
  return viewRecord(corpus)(found);
};
