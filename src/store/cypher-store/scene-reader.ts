import type { AgentFacet, Facet, FacetEvidence, FacetKind } from '../../scene/facet.ts';
import type { FigureKey } from '../../scene/figure.ts';
import type { Code } from '../../scene/hypertoken.ts';
import type { CorpusName, DocumentName } from '../../scene/name.ts';
import type { DocumentId, Language, SceneId, SceneKind } from '../../scene/scene.ts';
import {
  type FacetRow,
  facetsOfPlaces,
  facetsOfScenes,
  type SceneRow,
  scenesByPlace,
  scenesByUid,
  scenesWithFacets,
} from '../cypher/scene-queries.ts';
import type { CypherReader } from '../cypher-engine.ts';
import type { StoredScene } from '../graph-store.ts';
import { batches, type StoreContext } from './context.ts';

/** A scene and its place in the order of its corpus. */
export interface RankedScene {
  readonly rank: number;
  readonly scene: StoredScene;
}

/** What the facets of one scene come to. */
type SceneFacets = Pick<StoredScene, FacetKind>;

const kindOf = (row: FacetRow): FacetKind => row.kind.toLowerCase() as FacetKind;

/** Spans are kept within the scene's text. */
const toFacet = ({ key, start, end, confidence, by }: FacetRow, offset: number): Facet => ({
  key,
  start: offset + start,
  end: offset + end,
  confidence,
  by: by as FacetEvidence,
});

const toAgent = (row: FacetRow, offset: number): AgentFacet => ({
  ...toFacet(row, offset),
  entity: row.entity,
  ...(row.own === null ? {} : { own: row.own }),
});

const toFacets = (rows: readonly FacetRow[], offset: number): SceneFacets => {
  const only = (kind: FacetKind): Facet | null => {
    const row = rows.find((candidate) => kindOf(candidate) === kind);
    return row === undefined ? null : toFacet(row, offset);
  };
  const agent = rows.find((row) => kindOf(row) === 'agent');
  return {
    agent: agent === undefined ? null : toAgent(agent, offset),
    tension: only('tension'),
    context: rows
      .filter((row) => kindOf(row) === 'context')
      .sort((x, y) => x.order - y.order)
      .map((row) => toFacet(row, offset)),
    atmosphere: only('atmosphere'),
    archetype: only('archetype'),
  };
};

const toScene = (row: SceneRow, facets: readonly FacetRow[]): StoredScene => ({
  id: row.id as SceneId,
  corpus: row.corpus as CorpusName,
  document: row.document as DocumentId,
  documentName: row.documentName as DocumentName,
  position: row.position,
  kind: row.kind as SceneKind,
  start: row.start,
  end: row.end,
  text: row.text,
  lang: row.lang as Language,
  ...toFacets(facets, row.start),
  figure: row.figure as FigureKey,
  code: row.code as Code,
  ordinal: row.ordinal,
});

/** Scenes put together at once: 5 ms. */
const READ_BATCH = 1000;

type Rows = readonly [scenes: readonly SceneRow[], facets: readonly FacetRow[]];

/** The rows of the scenes of a batch and of their facets. */
type Ask = (batch: readonly string[]) => Promise<Rows>;

const parted = (rows: readonly (SceneRow & { readonly facets: readonly FacetRow[] })[]): Rows => [
  rows,
  rows.flatMap(({ facets }) => facets),
];

/**
 * Batch by batch, so that the rows of many scenes never wait to be put together in one go. Both statements are sent at
 * once: one way there and back instead of two.
 */
const readBy = async (keys: readonly string[], ask: Ask): Promise<readonly RankedScene[]> => {
  const found: RankedScene[] = [];
  for (const batch of batches(keys, READ_BATCH)) {
    const [rows, facetRows] = await ask(batch);
    const byScene = Map.groupBy(facetRows, ({ scene }) => scene);
    for (const row of rows) found.push({ rank: row.rank, scene: toScene(row, byScene.get(row.id) ?? []) });
  }
  return found;
};

/** In the order of the ids; those that are not there are left out. Two statements a thousand at most. */
export const readScenes = (
  reader: CypherReader,
  context: StoreContext,
  ids: readonly SceneId[],
): Promise<readonly RankedScene[]> =>
  readByUid(context, ids, async (scenes) =>
    context.engine.dialect === 'neo4j'
      ? parted(await reader.read(scenesWithFacets, { scenes }))
      : Promise.all([reader.read(scenesByUid, { scenes }), reader.read(facetsOfScenes, { scenes })]),
  );

/** The same as of a state of its own. */
export const lookUpScenes = (context: StoreContext, ids: readonly SceneId[]): Promise<readonly RankedScene[]> => {
  const { engine } = context;
  if (ids.length > READ_BATCH) return engine.snapshot((view) => readScenes(view, context, ids));
  return readByUid(context, ids, async (scenes) => {
    if (engine.dialect === 'embedded') return engine.readTogether([scenesByUid, facetsOfScenes] as const, { scenes });
    const [rows] = await engine.readTogether([scenesWithFacets] as const, { scenes });
    return parted(rows);
  });
};

const readByUid = async (
  { identity }: StoreContext,
  ids: readonly SceneId[],
  ask: Ask,
): Promise<readonly RankedScene[]> => {
  const found = await readBy(
    [...new Set(ids)].map((id) => identity.scene(id)),
    ask,
  );
  const scenes = new Map(found.map((ranked) => [ranked.scene.id, ranked]));
  return ids.map((id) => scenes.get(id)).filter((ranked) => ranked !== undefined);
};

/** In the order of the corpus; places where no scene stands are left out. */
export const readScenesAt = async (
  reader: CypherReader,
  places: readonly string[],
): Promise<readonly RankedScene[]> => {
  const found = await readBy(places, (batch) =>
    Promise.all([reader.read(scenesByPlace, { places: batch }), reader.read(facetsOfPlaces, { places: batch })]),
  );
  return found.toSorted((x, y) => x.rank - y.rank);
};
