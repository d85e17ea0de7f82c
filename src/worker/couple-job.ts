import { RARE_COUNT_MAX } from '../coupling/candidates.ts';
import type { BlockChange } from '../coupling/couple-block.ts';
import { facetId, type PlacedScene, sharedKeys } from '../coupling/placed-scene.ts';
import { type Frequencies, RELEASE_REACH } from '../coupling/reasons.ts';
import { checkCancelled, HypersceneError } from '../errors.ts';
import type { CorpusName } from '../scene/name.ts';
import type { SceneId } from '../scene/scene.ts';
import type { CorpusRecord, FacetRef, GraphStore, SceneRange, StoredScene } from '../store/graph-store.ts';
import { requireCorpus } from '../store/require-corpus.ts';
import type { JobContext } from './job.ts';

export interface CoupleOptions {
  /** Couplings a scene may have; 16 by default. */
  readonly couplingsMax?: number | undefined;
}

export interface CoupleReport {
  /** Scenes that were coupled. */
  readonly scenes: number;
  readonly added: number;
  readonly removed: number;
}

export const COUPLINGS_MAX_DEFAULT = 16;

/**
 * Scenes coupled in one transaction. Handing a block to its thread copies it in one go: with 1,000 scenes that held the
 * event loop for 95 ms and more on 7,700 scenes of prose, with 400 for 30 to 60 ms; 200 were no better and 20 % slower.
 */
const BLOCK_SCENES = 400;

/**
 * Couples all scenes of a corpus that wait for it, block by block. Each block is one transaction that also marks its
 * scenes as coupled, so that an interrupted run goes on where it stopped and does nothing twice.
 * @throws HypersceneError CORPUS_NOT_FOUND, CANCELLED; STORE_CONFLICT while others keep writing to the corpus
 */
export const coupleCorpus = async (
  context: JobContext,
  corpus: CorpusName,
  { couplingsMax = COUPLINGS_MAX_DEFAULT }: CoupleOptions = {},
): Promise<CoupleReport> => {
  const record = await requireCorpus(context.store, corpus);
  let report: CoupleReport = { scenes: 0, added: 0, removed: 0 };
  while (true) {
    const block = await coupleUndisturbed(context, corpus, couplingsMax);
    if (block.scenes === 0) return report;
    report = {
      scenes: report.scenes + block.scenes,
      added: report.added + block.added,
      removed: report.removed + block.removed,
    };
    const total = Math.max(record.uncoupled, report.scenes);
    context.onProgress?.({ stage: 'coupling', subject: corpus, done: report.scenes, total, unit: 'scenes' });
  }
};

/** A block is computed in some 300 ms: who writes ten times in a row meanwhile is loading, and is better let finish. */
const TRIES_MAX = 10;

/** Couples a block anew when the corpus changed while it was computed: reasons of scenes that changed would stay for ever. */
const coupleUndisturbed = async (
  context: JobContext,
  corpus: CorpusName,
  couplingsMax: number,
): Promise<CoupleReport> => {
  for (let attempt = 1; ; attempt++) {
    checkCancelled(context);
    try {
      return await coupleBlock(context, corpus, couplingsMax);
    } catch (error) {
      const changed = error instanceof HypersceneError && error.code === 'STORE_CONFLICT';
      if (!changed || attempt === TRIES_MAX) throw error;
    }
  }
};

/** @throws HypersceneError STORE_CONFLICT when the corpus changed meanwhile */
const coupleBlock = async (context: JobContext, corpus: CorpusName, couplingsMax: number): Promise<CoupleReport> => {
  const { store } = context;
  const record = await requireCorpus(store, corpus);
  const scenes = await store.uncoupledScenes(corpus, BLOCK_SCENES);
  if (scenes.length === 0) return { scenes: 0, added: 0, removed: 0 };
  const change = await changeForBlock(context, record, scenes, couplingsMax);
  const coupled = scenes.map(({ id }) => id);
  await store.writeCouplings(corpus, { ...change, coupled, revision: record.revision });
  return { scenes: coupled.length, added: change.put.length, removed: change.remove.length };
};

/** Forgets the couplings of a corpus and couples it afresh: the weights then follow today's rarities. */
export const recoupleCorpus = async (
  context: JobContext,
  corpus: CorpusName,
  options: CoupleOptions = {},
): Promise<CoupleReport> => {
  await context.store.clearCouplings(corpus);
  return coupleCorpus(context, corpus, options);
};

const changeForBlock = async (
  { store, compute, signal }: JobContext,
  { name: corpus, scenes: corpusScenes }: CorpusRecord,
  scenes: readonly StoredScene[],
  couplingsMax: number,
): Promise<BlockChange> => {
  const refs = distinctFacets(scenes);
  const counts = await store.facetCounts(corpus, refs);
  const countOf = new Map(refs.map((ref, i) => [facetId(ref), counts[i] ?? 0]));
  const frequencies: Frequencies = { scenes: corpusScenes, counts: countOf };
  const rare = refs.filter((ref) => (countOf.get(facetId(ref)) ?? 0) <= RARE_COUNT_MAX);
  const inBlock = new Set<SceneId>(scenes.map(({ id }) => id));
  const around = await scenesAround(store, corpus, scenes, rare, inBlock);
  const couplings = await store.couplingsOf([...inBlock, ...around.map(({ id }) => id)], couplingsMax);
  const existing = [...new Map(couplings.flat().map((coupling) => [coupling.a + coupling.b, coupling])).values()];
  const block = { scenes: scenes.map(placed), around: around.map(placed), existing, frequencies, couplingsMax };
  return compute.couple(block, signal);
};

/** Without text, ordinal and the like: less to copy to the thread. */
const placed = ({
  id,
  document,
  position,
  agent,
  tension,
  context,
  atmosphere,
  archetype,
}: StoredScene): PlacedScene => ({
  id,
  document,
  position,
  agent,
  tension,
  context,
  atmosphere,
  archetype,
});

const distinctFacets = (scenes: readonly StoredScene[]): readonly FacetRef[] => {
  const refs = new Map<string, FacetRef>();
  for (const scene of scenes)
    for (const { kind, key } of sharedKeys(scene)) refs.set(facetId({ kind, key }), { kind, key });
  return [...refs.values()];
};

const scenesAround = async (
  store: GraphStore,
  corpus: CorpusName,
  scenes: readonly StoredScene[],
  rare: readonly FacetRef[],
  inBlock: ReadonlySet<SceneId>,
): Promise<readonly StoredScene[]> => {
  const nearby = await store.scenesInRanges(rangesAround(scenes));
  const sharing = await store.scenesSharing(corpus, rare, RARE_COUNT_MAX);
  const known = new Set<SceneId>([...inBlock, ...nearby.map(({ id }) => id)]);
  const missing = [...new Set(sharing.flat())].filter((id) => !known.has(id));
  const fetched = await store.scenesById(missing);
  return [...nearby.filter(({ id }) => !inBlock.has(id)), ...fetched.filter((scene) => scene !== null)];
};

/** The stretches of text in reach of the scenes, overlapping ones joined; `scenes` come in the order of the corpus. */
const rangesAround = (scenes: readonly StoredScene[]): readonly SceneRange[] => {
  const ranges: SceneRange[] = [];
  for (const { document, position } of scenes) {
    const from = Math.max(0, position - RELEASE_REACH);
    const to = position + RELEASE_REACH + 1;
    const last = ranges.at(-1);
    if (last !== undefined && last.document === document && from <= last.to) ranges.splice(-1, 1, { ...last, to });
    else ranges.push({ document, from, to });
  }
  return ranges;
};
