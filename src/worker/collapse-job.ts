import type { MotifGroup } from '../collapse/collapse-motifs.ts';
import { CouplingGraphBuilder } from '../collapse/coupling-graph.ts';
import { HypersceneError } from '../errors.ts';
import { digestOf } from '../scene/digest.ts';
import type { CorpusName } from '../scene/name.ts';
import type { SceneId } from '../scene/scene.ts';
import type { CollapseGroup, CollapseReport, CorpusRecord, StoredScene } from '../store/graph-store.ts';
import { pagesOf } from '../store/pages.ts';
import { checkCancelled, type JobContext } from './job.ts';

export interface CollapseSummary extends CollapseReport {
  /** The revision of the corpus that was collapsed. */
  readonly revision: number;
  /** Level-1 occurrences. */
  readonly occurrences: number;
  /** Scenes that no coupling joins to others: they rise to level 1 alone. */
  readonly risen: number;
}

/**
 * Collapses a corpus into its coupled level. Level 0 stands since the scenes were written.
 * @throws HypersceneError CORPUS_NOT_FOUND, CANCELLED; STORE_CONFLICT when the corpus changed meanwhile
 */
export const collapseCorpus = async (context: JobContext, corpus: CorpusName): Promise<CollapseSummary> => {
  const { store, compute, signal } = context;
  const record = await store.corpus(corpus);
  if (record === null)
    throw new HypersceneError('CORPUS_NOT_FOUND', 'no such corpus', { came: JSON.stringify(corpus) });
  const { builder, figureOf } = await loadGraph(context, record);
  const motifs = await compute.collapse(builder.build(), signal);
  checkCancelled(context);
  const groups = motifs.map((motif) => collapseGroup(motif, builder, figureOf));
  const report = await store.writeCollapse(corpus, { level: 1, revision: record.revision, groups });
  const joined = groups.reduce((sum, { scenes }) => sum + scenes.length, 0);
  return { ...report, revision: record.revision, occurrences: groups.length, risen: builder.ids.length - joined };
};

type FigureOf = ReadonlyMap<SceneId, StoredScene['figure']>;

const loadGraph = async (
  context: JobContext,
  { name, scenes, couplings }: CorpusRecord,
): Promise<{ readonly builder: CouplingGraphBuilder; readonly figureOf: FigureOf }> => {
  const { store, signal } = context;
  const builder = new CouplingGraphBuilder();
  const figureOf = new Map<SceneId, StoredScene['figure']>();
  const total = scenes + couplings;
  let done = 0;
  const report = (count: number): void => {
    done += count;
    context.onProgress?.({ stage: 'collapsing', subject: name, done: Math.min(done, total), total, unit: 'couplings' });
  };
  for await (const page of pagesOf((request) => store.scenes({ corpus: name }, request), signal)) {
    builder.addScenes(page.map((scene) => ({ ...scene, agent: scene.agent?.entity ?? null })));
    for (const { id, figure } of page) figureOf.set(id, figure);
    report(page.length);
  }
  for await (const page of pagesOf((request) => store.couplings(name, request), signal)) {
    builder.addCouplings(page);
    report(page.length);
  }
  return { builder, figureOf };
};

const collapseGroup = (motif: MotifGroup, builder: CouplingGraphBuilder, figureOf: FigureOf): CollapseGroup => {
  const scenes = motif.scenes.map((scene) => builder.ids[scene]).filter((id) => id !== undefined);
  return {
    form: motif.form,
    digest: digestOf('motif', motif.form),
    figures: scenes.map((id) => figureOf.get(id)).filter((figure) => figure !== undefined),
    scenes,
    bindings: motif.agents.map((agent, slot) => ({ slot, agent: builder.agents[agent] ?? '' })),
  };
};
