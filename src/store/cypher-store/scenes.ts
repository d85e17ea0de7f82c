import type { DocumentId, Language, SceneId, SceneKind } from '../../scene/scene.ts';
import { DOCUMENTS_MAX, orderOf, POSITIONS_MAX, positionOf, RANKS_END, rankOf } from '../corpus-order.ts';
import { type DocumentSpan, documentSpans, documentsByUid } from '../cypher/document-queries.ts';
import { codeCountOfCorpus } from '../cypher/occurrence-queries.ts';
import {
  countScenesOfCode,
  countScenesOfDocuments,
  countScenesOfFacets,
  type SceneKey,
  sceneKeysOfCode,
  sceneKeysOfDocuments,
  sceneKeysOfFacets,
  scenesByPlace,
} from '../cypher/scene-queries.ts';
import type { CypherReader } from '../cypher-engine.ts';
import type { Page, PageRequest, SceneFilter, SceneRange, StoredScene } from '../graph-store.ts';
import { checkLimit, openPage, toPage } from '../paging.ts';
import { checkRanges, clampRanges, positionsOf } from '../scene-range.ts';
import { queryTerms } from '../search-terms.ts';
import { documentNotFound, findDocument, readBatches, requireCorpus, type StoreContext } from './context.ts';
import { lookUpScenes, readScenes, readScenesAt } from './scene-reader.ts';
import { countSearched, searchScenes } from './scene-search.ts';

/** A stretch of a corpus by rank, `[from, before)`. */
interface Window {
  readonly from: number;
  readonly before: number;
}

/** And how many scenes of all kinds it holds. */
interface Stretch extends Window {
  readonly scenes: number;
}

const stretchOf = async (reader: CypherReader, context: StoreContext, filter: SceneFilter): Promise<Stretch> => {
  const corpus = await requireCorpus(reader, context, filter.corpus);
  if (filter.document === undefined) return { from: 0, before: rankOf(corpus.nextDocument, 0), scenes: corpus.scenes };
  const document = await findDocument(reader, context.identity.document(filter.document));
  if (document === null || document.corpus !== filter.corpus) throw documentNotFound(filter.document);
  const from = rankOf(document.order, 0);
  return { from, before: from + POSITIONS_MAX, scenes: document.scenes };
};

const WHOLE: Window = { from: 0, before: RANKS_END };

/** What stands in a corpus shows that it is there: only one of which nothing was found is looked up. */
const inStretch = async <T>(
  view: CypherReader,
  context: StoreContext,
  filter: SceneFilter,
  read: (window: Window) => Promise<readonly T[]>,
): Promise<readonly T[]> => {
  if (filter.document !== undefined) return read(await stretchOf(view, context, filter));
  const found = await read(WHOLE);
  if (found.length === 0) await requireCorpus(view, context, filter.corpus);
  return found;
};

const distinctFacets = ({ identity }: StoreContext, { corpus, facets = [] }: SceneFilter): readonly string[] => [
  ...new Set(facets.map(({ kind, key }) => identity.facet(corpus, kind, key))),
];

/** What the filter asks of a scene beside its corpus, as parameters. */
const restOf = (filter: SceneFilter): { readonly kind: SceneKind | null; readonly lang: Language | null } => ({
  kind: filter.kind ?? null,
  lang: filter.lang ?? null,
});

/** @throws HypersceneError BAD_ARGUMENT */
const termsIn = ({ text }: SceneFilter): readonly string[] | null => (text === undefined ? null : queryTerms(text));

const isPlain = ({ kind, lang, code, facets = [], text }: SceneFilter): boolean =>
  kind === undefined && lang === undefined && code === undefined && facets.length === 0 && text === undefined;

export const pageScenes = async (
  context: StoreContext,
  filter: SceneFilter,
  page: PageRequest,
): Promise<Page<StoredScene>> => {
  const [after] = openPage('scenes', page) ?? [-1];
  const terms = termsIn(filter);
  return context.engine.snapshot(async (view) => {
    const limit = page.first + 1;
    const scenes = await inStretch(view, context, filter, async (stretch) => {
      const window = { ...stretch, from: Math.max(stretch.from, Number(after) + 1) };
      return isPlain(filter)
        ? readScenesAt(view, await placesOf(view, context, filter, window, limit))
        : readScenes(view, context, await findScenes(view, context, filter, terms, window, limit));
    });
    const { items, hasNextPage } = toPage('scenes', page, scenes, ({ rank }) => [rank]);
    return { items: items.map(({ cursor, item }) => ({ cursor, item: item.scene })), hasNextPage };
  });
};

/** @throws HypersceneError as {@link pageScenes}; PAGE_TOO_LARGE */
export const sceneIds = async (
  context: StoreContext,
  filter: SceneFilter,
  limit: number,
): Promise<readonly SceneId[]> => {
  checkLimit('limit', limit);
  const terms = termsIn(filter);
  return context.engine.snapshot((view) =>
    inStretch(view, context, filter, async (window) => {
      if (!isPlain(filter)) return findScenes(view, context, filter, terms, window, limit);
      const rows = await view.read(scenesByPlace, { places: await placesOf(view, context, filter, window, limit) });
      return ids(rows.toSorted((x, y) => x.rank - y.rank));
    }),
  );
};

/**
 * Without conditions the places of a page follow from the lengths of the documents, so that the scenes are found by
 * exact look-ups: 1 ms for 100 of 100,000, where scanning by rank takes 20 to 40.
 */
const placesOf = async (
  view: CypherReader,
  { identity }: StoreContext,
  { corpus }: SceneFilter,
  { from, before }: Window,
  limit: number,
): Promise<readonly string[]> => {
  const spans = await view.read(documentSpans, {
    corpus: identity.corpus(corpus),
    from: orderOf(from),
    to: orderOf(before - 1),
    limit: limit + 1,
  });
  const places: string[] = [];
  for (const { id, order, scenes } of spans) {
    const start = order === orderOf(from) ? positionOf(from) : 0;
    for (let position = start; position < scenes && places.length < limit; position++)
      places.push(identity.place(id as DocumentId, position));
    if (places.length === limit) break;
  }
  return places;
};

const findScenes = async (
  view: CypherReader,
  context: StoreContext,
  filter: SceneFilter,
  terms: readonly string[] | null,
  { from, before }: Window,
  limit: number,
): Promise<readonly SceneId[]> => {
  const { identity } = context;
  const facets = distinctFacets(context, filter);
  const window = { after: from - 1, before, limit, ...restOf(filter) };
  const code = filter.code ?? null;
  const isWhole = from === WHOLE.from && before === WHOLE.before;
  if (terms !== null)
    return ids(await searchScenes(view, context, filter.corpus, terms, { ...window, facets, code, isWhole }));
  if (facets.length > 0)
    return ids(await view.read(sceneKeysOfFacets, { ...window, facets, facetCount: facets.length, code }));
  if (code !== null)
    return ids(
      await view.read(sceneKeysOfCode, { ...window, hypertoken: identity.hypertoken(code), corpusName: filter.corpus }),
    );
  return scanDocuments(view, context, filter, { from, before }, limit);
};

const ids = (keys: readonly SceneKey[]): readonly SceneId[] => keys.map(({ id }) => id as SceneId);

/** Documents of a scan's first statement hold this many times the scenes that are wanted. */
const SCAN_FACTOR = 8;

/**
 * Kind and language are in no index: documents are scanned in order, as many at once as hold some times the page, then
 * twice as many each time, so that even a filter which nothing passes takes a logarithm of statements.
 */
const scanDocuments = async (
  view: CypherReader,
  { identity }: StoreContext,
  filter: SceneFilter,
  { from, before }: Window,
  limit: number,
): Promise<readonly SceneId[]> => {
  const spans = await view.read(documentSpans, {
    corpus: identity.corpus(filter.corpus),
    from: orderOf(from),
    to: orderOf(before - 1),
    limit: DOCUMENTS_MAX,
  });
  const found: SceneId[] = [];
  for (const group of growingGroups(spans, limit * SCAN_FACTOR)) {
    const documents = group.map(({ id }) => identity.document(id as DocumentId));
    const window = { after: from - 1, before, limit: limit - found.length };
    found.push(...ids(await view.read(sceneKeysOfDocuments, { documents, ...window, ...restOf(filter) })));
    if (found.length >= limit) break;
  }
  return found;
};

/** Cuts the documents into groups of at least `scenes` scenes, each group at least twice the one before. */
function* growingGroups(spans: readonly DocumentSpan[], scenes: number): Generator<readonly DocumentSpan[]> {
  let group: DocumentSpan[] = [];
  let held = 0;
  let wanted = scenes;
  for (const span of spans) {
    group.push(span);
    held += span.scenes;
    if (held < wanted) continue;
    yield group;
    group = [];
    held = 0;
    wanted *= 2;
  }
  if (group.length > 0) yield group;
}

export const countScenes = async (context: StoreContext, filter: SceneFilter): Promise<number> => {
  const terms = termsIn(filter);
  return context.engine.snapshot(async (view) => {
    const { from, before, scenes } = await stretchOf(view, context, filter);
    if (isPlain(filter)) return scenes;
    const { identity } = context;
    const facets = distinctFacets(context, filter);
    const window = { after: from - 1, before, ...restOf(filter) };
    const code = filter.code ?? null;
    const isWhole = filter.document === undefined;
    if (terms !== null) return countSearched(view, context, filter.corpus, terms, { ...window, facets, code, isWhole });
    if (facets.length > 0)
      return one(await view.read(countScenesOfFacets, { ...window, facets, facetCount: facets.length, code }));
    if (code !== null) {
      const hypertoken = identity.hypertoken(code);
      if (isOfCode(filter)) return keptCount(view, hypertoken, identity.corpus(filter.corpus));
      return one(await view.read(countScenesOfCode, { ...window, hypertoken, corpusName: filter.corpus }));
    }
    const limits = { from: orderOf(from), to: orderOf(before - 1), limit: DOCUMENTS_MAX };
    const spans = await view.read(documentSpans, { corpus: identity.corpus(filter.corpus), ...limits });
    const documents = spans.map(({ id }) => identity.document(id as DocumentId));
    return one(await view.read(countScenesOfDocuments, { documents, ...restOf(filter) }));
  });
};

/** Nothing else is asked for than a code. */
const isOfCode = ({ code, document, kind, lang }: SceneFilter): boolean =>
  code !== undefined && document === undefined && kind === undefined && lang === undefined;

/** How often a code stands in a corpus is kept: counting 50,000 scenes takes 20 ms. */
const keptCount = async (view: CypherReader, hypertoken: string, corpus: string): Promise<number> =>
  one((await view.read(codeCountOfCorpus, { hypertoken, corpus })).filter(({ level }) => level === 0));

const one = (rows: readonly { readonly count: number }[]): number => rows[0]?.count ?? 0;

export const scenesById = async (
  context: StoreContext,
  wanted: readonly SceneId[],
): Promise<readonly (StoredScene | null)[]> => {
  const found = new Map((await lookUpScenes(context, wanted)).map(({ scene }) => [scene.id, scene]));
  return wanted.map((id) => found.get(id) ?? null);
};

/** @throws HypersceneError BAD_ARGUMENT, PAGE_TOO_LARGE */
export const scenesInRanges = (
  context: StoreContext,
  ranges: readonly SceneRange[],
): Promise<readonly StoredScene[]> => {
  checkRanges(ranges);
  return context.engine.snapshot(async (view) => {
    const { identity } = context;
    const lengths = await documentLengths(view, context, ranges);
    const places = clampRanges(ranges, (document) => lengths.get(document) ?? 0).flatMap((range) =>
      positionsOf(range).map((position) => identity.place(range.document, position)),
    );
    const scenes = await readScenesAt(view, [...new Set(places)]);
    const byPlace = new Map(scenes.map(({ scene }) => [identity.place(scene.document, scene.position), scene]));
    return places.map((place) => byPlace.get(place)).filter((scene) => scene !== undefined);
  });
};

/** How many scenes each document of the ranges has, so that a range may end anywhere behind it. */
const documentLengths = async (
  view: CypherReader,
  { identity }: StoreContext,
  ranges: readonly SceneRange[],
): Promise<ReadonlyMap<DocumentId, number>> => {
  const documents = [...new Set(ranges.map(({ document }) => document))];
  const rows = await readBatches(view, documentsByUid, documents, (batch) => ({
    documents: batch.map((id) => identity.document(id)),
  }));
  return new Map(rows.map(({ id, scenes }) => [id as DocumentId, scenes]));
};
