import { HypersceneError } from '../../errors.ts';
import type { Coupling, Neighbour, Reason } from '../../scene/coupling.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import { byPair, heaviestFirst } from '../coupling-check.ts';
import {
  type CouplingOfRow,
  type CouplingRow,
  couplingPage,
  couplingsFromScenes,
  couplingsOfPairs,
  couplingsOfScenes,
  facetCounts as facetCountsQuery,
  neighboursOfScenes,
  pendingDocuments,
  scenesOfFacets,
  uncoupledScenes as uncoupledScenesQuery,
  waitingAmong,
} from '../cypher/coupling-queries.ts';
import type { CypherReader } from '../cypher-engine.ts';
import type { FacetRef, Page, PageRequest, StoredScene } from '../graph-store.ts';
import { checkLimit, openPage, toPage } from '../paging.ts';
import type { LookUp } from '../together.ts';
import { readBatches, requireStanding, requireWhole, type StoreContext } from './context.ts';
import { BUCKETS, bucketOf } from './identity.ts';
import { readScenes } from './scene-reader.ts';

const toCoupling = ({ a, b, weight, because }: CouplingRow): Coupling => ({
  a: a as SceneId,
  b: b as SceneId,
  weight,
  because: JSON.parse(because) as readonly Reason[],
});

const fromScene = ({ scene, other, weight, because }: CouplingOfRow): Coupling =>
  toCoupling(scene < other ? { a: scene, b: other, weight, because } : { a: other, b: scene, weight, because });

/** Of each scene its rows, the heaviest first. */
const byWeight = <Row extends Omit<CouplingOfRow, 'because'>>(
  ids: readonly SceneId[],
  rows: readonly Row[],
): readonly (readonly Row[])[] => {
  const byScene = Map.groupBy(rows, ({ scene }) => scene);
  return ids.map((id) => (byScene.get(id) ?? []).toSorted(heaviestFirst));
};

/** All couplings of each scene, the heaviest first. */
export const couplingRows = async (
  { engine, identity }: StoreContext,
  ids: readonly SceneId[],
): Promise<readonly (readonly CouplingOfRow[])[]> => {
  const rows = await readBatches(engine, couplingsOfScenes, [...new Set(ids)], (batch) => ({
    scenes: batch.map((id) => identity.scene(id)),
  }));
  return byWeight(ids, rows);
};

export const couplingsOf = async (
  rowsOf: LookUp<SceneId, readonly CouplingOfRow[]>,
  ids: readonly SceneId[],
  limit: number,
): Promise<readonly (readonly Coupling[])[]> => {
  checkLimit('limit', limit);
  return (await rowsOf(ids)).map((own) => own.slice(0, limit).map(fromScene));
};

export const neighboursOf = async (
  { engine, identity }: StoreContext,
  ids: readonly SceneId[],
): Promise<readonly (readonly Neighbour[])[]> => {
  const rows = await readBatches(engine, neighboursOfScenes, [...new Set(ids)], (batch) => ({
    scenes: batch.map((id) => identity.scene(id)),
  }));
  return byWeight(ids, rows).map((own) => own.map(({ other, weight }) => ({ id: other as SceneId, weight })));
};

export const readCouplingsAmong = async (
  reader: CypherReader,
  { identity }: StoreContext,
  ids: readonly SceneId[],
): Promise<readonly Coupling[]> => {
  const among = new Set<string>(ids);
  const rows = await readBatches(reader, couplingsFromScenes, [...among], (batch) => ({
    scenes: batch.map((id) => identity.scene(id as SceneId)),
  }));
  return rows
    .filter(({ b }) => among.has(b))
    .toSorted(byPair)
    .map(toCoupling);
};

export const couplingsBetween = async (
  { engine, identity }: StoreContext,
  pairs: readonly (readonly [SceneId, SceneId])[],
): Promise<readonly (Coupling | null)[]> => {
  const ordered = new Map(pairs.map((pair) => [pairKey(pair), pair.toSorted()]));
  const rows = await readBatches(engine, couplingsOfPairs, [...ordered.values()], (batch) => ({
    rows: batch.map(([a, b]) => ({ a: identity.scene(a as SceneId), b: identity.scene(b as SceneId) })),
  }));
  const found = new Map(rows.map((row) => [pairKey([row.a, row.b]), toCoupling(row)]));
  return pairs.map((pair) => found.get(pairKey(pair)) ?? null);
};

const pairKey = (pair: readonly [string, string]): string => pair.toSorted().join(' ');

export const pageCouplings = (
  context: StoreContext,
  corpus: CorpusName,
  page: PageRequest,
): Promise<Page<Coupling>> => {
  const [a = '', b = ''] = (openPage('couplings', page) ?? []) as readonly string[];
  return context.engine.snapshot(async (view) => {
    const { couplings } = await requireWhole(view, context, corpus);
    const rows: CouplingRow[] = [];
    const limit = page.first + 1;
    for (const buckets of bucketGroups(a, couplings, limit)) {
      const keys = buckets.map((bucket) => context.identity.bucket(corpus, bucket));
      rows.push(...(await view.read(couplingPage, { buckets: keys, a, b, limit: limit - rows.length })));
      if (rows.length >= limit) break;
    }
    return toPage('couplings', page, rows.map(toCoupling), (coupling) => [coupling.a, coupling.b]);
  });
};

/**
 * The buckets from where the page begins: first as many as should hold it, were the couplings spread evenly, and half
 * as many again; then twice as many each time. Ids are digests, so that the first group is nearly always enough.
 */
function* bucketGroups(after: string, couplings: number, wanted: number): Generator<readonly number[]> {
  let size = Math.ceil((1.5 * wanted * BUCKETS) / Math.max(1, couplings)) + 1;
  for (let from = after === '' ? 0 : bucketOf(after as SceneId); from < BUCKETS; size *= 2) {
    const to = Math.min(BUCKETS, from + size);
    yield Array.from({ length: to - from }, (_, i) => from + i);
    from = to;
  }
}

export const uncoupledScenes = (
  context: StoreContext,
  corpus: CorpusName,
  limit: number,
): Promise<readonly StoredScene[]> => {
  checkLimit('limit', limit);
  return context.engine.snapshot(async (view) => {
    await requireWhole(view, context, corpus);
    const pending = await view.read(pendingDocuments, { corpus: context.identity.corpus(corpus), limit });
    const documents: string[] = [];
    for (let held = 0, i = 0; held < limit && i < pending.length; i++) {
      const document = pending[i];
      if (document === undefined) break;
      documents.push(document.uid);
      held += document.uncoupled;
    }
    const keys = await view.read(uncoupledScenesQuery, { documents, limit });
    const scenes = await readScenes(
      view,
      context,
      keys.map(({ id }) => id as SceneId),
    );
    return scenes.map(({ scene }) => scene);
  });
};

export const waitToBeCoupled = (
  context: StoreContext,
  corpusName: CorpusName,
  ids: readonly SceneId[],
): Promise<readonly boolean[]> =>
  context.engine.snapshot(async (view) => {
    await requireWhole(view, context, corpusName);
    const rows = await readBatches(view, waitingAmong, [...new Set(ids)], (batch) => ({
      scenes: batch.map((id) => context.identity.scene(id)),
      corpusName,
    }));
    const waiting = new Set(rows.map(({ id }) => id));
    return ids.map((id) => waiting.has(id));
  });

const facetUids = ({ identity }: StoreContext, corpus: CorpusName, facets: readonly FacetRef[]): readonly string[] =>
  facets.map(({ kind, key }) => identity.facet(corpus, kind, key));

export const facetCounts = (
  context: StoreContext,
  corpus: CorpusName,
  facets: readonly FacetRef[],
): Promise<readonly number[]> => {
  const lookups = context.lookups();
  return context.engine.snapshot(async (view) => {
    const uids = facetUids(context, corpus, facets);
    const rows = await readBatches(view, facetCountsQuery, [...new Set(uids)], (batch) => ({ facets: batch }));
    // What stands in a corpus shows that it is there.
    if (rows.every(({ count }) => count === 0)) await requireStanding(view, context, lookups, corpus);
    const counts = new Map(rows.map(({ uid, count }) => [uid, count]));
    return uids.map((uid) => counts.get(uid) ?? 0);
  });
};

/** Scene ids one call may ask for, facets times limit. */
export const SHARING_MAX = 1_000_000;

/** @throws HypersceneError CORPUS_NOT_FOUND, BAD_ARGUMENT, PAGE_TOO_LARGE */
export const scenesSharing = (
  context: StoreContext,
  corpus: CorpusName,
  facets: readonly FacetRef[],
  limit: number,
): Promise<readonly (readonly SceneId[])[]> => {
  checkLimit('limit', limit);
  const uids = facetUids(context, corpus, facets);
  const distinct = [...new Set(uids)];
  if (distinct.length * limit > SHARING_MAX)
    throw new HypersceneError('PAGE_TOO_LARGE', 'too many facets', {
      expected: `facets × limit up to ${SHARING_MAX}`,
      came: `${distinct.length} × ${limit}`,
    });
  const lookups = context.lookups();
  return context.engine.snapshot(async (view) => {
    const rows = await readBatches(view, scenesOfFacets, distinct, (batch) => ({ facets: batch, limit }));
    if (rows.length === 0) await requireStanding(view, context, lookups, corpus);
    const byFacet = Map.groupBy(rows, ({ facet }) => facet);
    return uids.map((uid) => (byFacet.get(uid) ?? []).map(({ id }) => id as SceneId));
  });
};
