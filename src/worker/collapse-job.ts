import { type CommunityLevel, type CommunityOptions, RESOLUTION, SEED } from '../collapse/collapse-communities.ts';
import type { MotifGroup } from '../collapse/collapse-motifs.ts';
import { type CouplingGraph, CouplingGraphBuilder } from '../collapse/coupling-graph.ts';
import type { DescriptionLength } from '../collapse/graph-description.ts';
import type { Community } from '../collapse/layer.ts';
import { motifDigest } from '../collapse/motif-digest.ts';
import { nothingStanding, type StandingCollapse } from '../collapse/standing-collapse.ts';
import { checkCancelled, HypersceneError } from '../errors.ts';
import type { CorpusName } from '../scene/name.ts';
import type { SceneId } from '../scene/scene.ts';
import type { CollapseGroup, CollapseReport, CommunityGroup, CorpusRecord, StoredScene } from '../store/graph-store.ts';
import { pagesOf } from '../store/pages.ts';
import { requireCorpus } from '../store/require-corpus.ts';
import { inTurns } from '../store/turns.ts';
import type { JobContext } from './job.ts';
import { loadStanding } from './load-standing.ts';

export interface CollapseOptions extends CommunityOptions {
  /** Find all levels from nothing, though those of an earlier collapse stand. */
  readonly afresh?: boolean | undefined;
  /** Positions of a text: where given, how many stand in bare scenes is told. */
  readonly count?: ((text: string) => number) | undefined;
}

export interface CollapseSummary extends CollapseReport {
  /** The revision of the corpus that was collapsed. */
  readonly revision: number;
  /** All levels were found from nothing; else those that stood were gone on from. */
  readonly afresh: boolean;
  /** Occurrences of all levels above 0. */
  readonly occurrences: number;
  /** Scenes that stand in no motif: they rise to level 1 alone. */
  readonly risen: number;
  /** How many bits the scenes' figures and agents and the couplings take, told with the motifs and without any. */
  readonly description: DescriptionLength;
  /** What no coupling joins to another scene, but that of mere sequence. */
  readonly bare: BareShare;
  /** From level 1 upwards. */
  readonly levels: readonly LevelSummary[];
}

/** Of a corpus's scenes, those that are bare. */
export interface BareShare {
  readonly scenes: number;
  /** Positions of their texts and of all texts; null where they were not counted. */
  readonly positions: { readonly bare: number; readonly all: number } | null;
}

export interface LevelSummary {
  readonly level: number;
  /** Those of the level itself. */
  readonly occurrences: number;
  /** γ that its communities were found at; null for motifs, 0 for the level that joins what no coupling does. */
  readonly resolution: number | null;
  /** Of what makes up the level, at that resolution. */
  readonly modularity: number | null;
}

/**
 * Collapses a corpus into all levels above 0: motifs, then communities until one holds the corpus. Level 0 stands since the
 * scenes were written. A corpus that was collapsed at the same resolution and seed is collapsed only where it changed, and
 * where that reaches, until it is {@link GROWTH_MAX} times as large or as small: then its levels no longer fit it. Its
 * couplings are read as a whole.
 * @throws HypersceneError CORPUS_NOT_FOUND, BAD_ARGUMENT, CANCELLED; STORE_CONFLICT when the corpus changed meanwhile
 */
export const collapseCorpus = async (
  context: JobContext,
  corpus: CorpusName,
  { resolution = RESOLUTION, seed = SEED, afresh = false, count }: CollapseOptions = {},
): Promise<CollapseSummary> => {
  checkOptions({ resolution, seed });
  const { store, compute, signal } = context;
  const record = await requireCorpus(store, corpus);
  const { builder, figureOf, positionsOf } = await loadGraph(context, record, count);
  const goesOn = !afresh && canGoOn(record, { resolution, seed });
  const standing = goesOn ? await standingOf(context, record, builder) : nothingStanding(builder.ids.length);
  const task = { graph: builder.build(), standing, options: { resolution, seed } };
  const { motifs, levels, description } = await compute.collapse(task, signal);
  checkCancelled(context);
  const groups: CollapseGroup[] = [];
  await inTurns(motifs, (motif) => groups.push(collapseGroup(motif, builder, figureOf)));
  const communities = levels.map((level) => level.communities.map((community) => communityGroup(community, builder)));
  const method = {
    resolution,
    seed,
    resolutions: levels.map((level) => level.resolution),
    scenes: goesOn ? (record.collapsedBy?.scenes ?? 0) : builder.ids.length,
  };
  const report = await store.writeCollapse(corpus, { revision: record.revision, groups, communities, method });
  const joined = groups.reduce((sum, { scenes }) => sum + scenes.length, 0);
  const summaries = [{ occurrences: groups.length, resolution: null, modularity: null }, ...levels.map(summaryOf)];
  return {
    ...report,
    revision: record.revision,
    afresh: !goesOn,
    occurrences: summaries.reduce((sum, { occurrences }) => sum + occurrences, 0),
    risen: builder.ids.length - joined,
    description,
    bare: bareShare(task.graph, count === undefined ? null : positionsOf),
    levels: summaries.map((summary, i) => ({ level: i + 1, ...summary })),
  };
};

/**
 * A level's γ fits a corpus of some size: of 450 scenes γ = 16 joins too few for a level, of 2,200 it makes one of 158
 * communities. At twice the size all is found anew, which costs no more, on the whole, than having found it once.
 */
const GROWTH_MAX = 2;

const canGoOn = ({ collapsedBy, scenes }: CorpusRecord, { resolution, seed }: Required<CommunityOptions>): boolean =>
  collapsedBy !== null &&
  collapsedBy.resolution === resolution &&
  collapsedBy.seed === seed &&
  scenes < collapsedBy.scenes * GROWTH_MAX &&
  scenes * GROWTH_MAX > collapsedBy.scenes;

/** Here, since what a thread throws arrives without its code. */
const checkOptions = ({ resolution, seed }: CommunityOptions): void => {
  if (resolution !== undefined && !(Number.isFinite(resolution) && resolution > 0))
    throw new HypersceneError('BAD_ARGUMENT', 'bad resolution', { expected: 'above 0', came: String(resolution) });
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0))
    throw new HypersceneError('BAD_ARGUMENT', 'bad seed', { expected: 'an integer from 0', came: String(seed) });
};

const bareShare = ({ edgeX, edgeY, figureOf }: CouplingGraph, positionsOf: readonly number[] | null): BareShare => {
  const isJoined = new Uint8Array(figureOf.length);
  for (const ends of [edgeX, edgeY]) for (const scene of ends) isJoined[scene] = 1;
  const sum = (positions: readonly number[]): number => positions.reduce((all, one) => all + one, 0);
  return {
    scenes: isJoined.reduce((bare, joined) => bare + 1 - joined, 0),
    positions: positionsOf && {
      bare: sum(positionsOf.filter((_, scene) => isJoined[scene] === 0)),
      all: sum(positionsOf),
    },
  };
};

const summaryOf = ({ communities, resolution, modularity }: CommunityLevel) => ({
  occurrences: communities.length,
  resolution,
  modularity,
});

const communityGroup = (
  { form, digest, figures, parts }: Community,
  { ids }: CouplingGraphBuilder,
): CommunityGroup => ({
  form,
  digest,
  figures,
  parts: parts.map((part) => (typeof part === 'number' ? (ids[part] as SceneId) : part)),
});

const standingOf = (
  { store, signal }: JobContext,
  { name, collapsedBy }: CorpusRecord,
  builder: CouplingGraphBuilder,
): Promise<StandingCollapse> =>
  loadStanding(store, {
    corpus: name,
    numberOf: (scene) => builder.numberOf(scene),
    scenes: builder.ids.length,
    resolutions: collapsedBy?.resolutions ?? [],
    signal,
  });

type FigureOf = ReadonlyMap<SceneId, StoredScene['figure']>;

interface Loaded {
  readonly builder: CouplingGraphBuilder;
  readonly figureOf: FigureOf;
  /** By scene, where they are counted. */
  readonly positionsOf: readonly number[];
}

const loadGraph = async (
  context: JobContext,
  { name, scenes, couplings }: CorpusRecord,
  count: CollapseOptions['count'],
): Promise<Loaded> => {
  const { store, signal } = context;
  const builder = new CouplingGraphBuilder();
  const figureOf = new Map<SceneId, StoredScene['figure']>();
  const positionsOf: number[] = [];
  const total = scenes + couplings;
  let done = 0;
  const report = (count: number): void => {
    done += count;
    context.onProgress?.({ stage: 'collapsing', subject: name, done: Math.min(done, total), total, unit: 'couplings' });
  };
  for await (const page of pagesOf((request) => store.scenes({ corpus: name }, request), signal)) {
    builder.addScenes(page.map((scene) => ({ ...scene, agent: scene.agent?.entity ?? null })));
    for (const { id, figure } of page) figureOf.set(id, figure);
    if (count !== undefined) for (const { text } of page) positionsOf.push(count(text));
    report(page.length);
  }
  for await (const page of pagesOf((request) => store.couplings(name, request), signal)) {
    builder.addCouplings(page);
    report(page.length);
  }
  return { builder, figureOf, positionsOf };
};

const collapseGroup = (motif: MotifGroup, builder: CouplingGraphBuilder, figureOf: FigureOf): CollapseGroup => {
  const scenes = motif.scenes.map((scene) => builder.ids[scene]).filter((id) => id !== undefined);
  return {
    form: motif.form,
    digest: motifDigest(motif.form),
    figures: scenes.map((id) => figureOf.get(id)).filter((figure) => figure !== undefined),
    scenes,
    bindings: motif.agents.map((agent, slot) => ({ slot, agent: builder.agents[agent] ?? '' })),
  };
};
