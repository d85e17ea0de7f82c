import { FACET_KINDS, type FacetKind } from '../../scene/facet.ts';
import type { CorpusName } from '../../scene/name.ts';
import { facetCounts } from '../cypher/coupling-queries.ts';
import { facetsOfShelf, SEARCH } from '../cypher/search-queries.ts';
import type { CypherReader } from '../cypher-engine.ts';
import { facetText, isOpenKind } from '../facet-search.ts';
import type { FacetFilter, FacetRecord, FacetRef, Page, PageRequest } from '../graph-store.ts';
import { openPage, toPage } from '../paging.ts';
import { hasTerms, queryTerms } from '../search-terms.ts';
import { sortKey } from '../text-order.ts';
import { readBatches, requireStanding, type StoreContext } from './context.ts';
import { facetTokens } from './scene-search.ts';

interface Request {
  readonly corpus: CorpusName;
  readonly kind: FacetKind;
  readonly terms: readonly string[] | null;
  readonly after: string;
  readonly limit: number;
}

/** A statement for each kind, and one for the counts. */
export const pageFacets = async (
  context: StoreContext,
  { corpus, kind, text }: FacetFilter,
  page: PageRequest,
): Promise<Page<FacetRecord>> => {
  const [fromKind = 0, afterKey = ''] = openPage('facets', page) ?? [];
  const terms = text === undefined ? null : queryTerms(text);
  const lookups = context.lookups();
  return context.engine.snapshot(async (view) => {
    const found: FacetRef[] = [];
    for (const [i, one] of FACET_KINDS.entries()) {
      if (i < Number(fromKind) || (kind !== undefined && one !== kind)) continue;
      const after = i === fromKind ? sortKey(String(afterKey)) : '';
      const limit = page.first + 1 - found.length;
      if (limit === 0) break;
      const keys = await readKeys(view, context, { corpus, kind: one, terms, after, limit });
      found.push(...keys.map((key) => ({ kind: one, key })));
    }
    // What stands in a corpus shows that it is there.
    if (found.length === 0) await requireStanding(view, context, lookups, corpus);
    const records = await withCounts(view, context, corpus, found);
    return toPage('facets', page, records, (record) => [FACET_KINDS.indexOf(record.kind), record.key]);
  });
};

/** Keys of one kind behind `after`, a sort key, in order. */
export const readKeys = async (
  view: CypherReader,
  context: StoreContext,
  { corpus, kind, terms, after, limit }: Request,
): Promise<readonly string[]> => {
  const shelf = context.identity.shelf(corpus, kind);
  if (terms !== null && !isOpenKind(kind)) return searchShelf(view, shelf, kind, terms, after, limit);
  const rows =
    terms === null
      ? await view.read(facetsOfShelf, { shelf, after, limit })
      : await view.read(SEARCH[context.engine.dialect].facetKeys, {
          ...facetTokens(context, corpus, terms),
          own: context.identity.ownFacets(corpus, kind),
          after,
          limit,
        });
  return rows.map(({ key }) => key);
};

/** An inventory has some forty keys: one batch holds them all. */
const SHELF_BATCH = 1000;

/** Goes over all keys of a closed kind, since what they are called is not stored. */
const searchShelf = async (
  view: CypherReader,
  shelf: string,
  kind: FacetKind,
  terms: readonly string[],
  after: string,
  limit: number,
): Promise<readonly string[]> => {
  const found: string[] = [];
  for (let from: string | undefined = after; from !== undefined && found.length < limit; ) {
    const rows: readonly { readonly key: string }[] = await view.read(facetsOfShelf, {
      shelf,
      after: from,
      limit: SHELF_BATCH,
    });
    found.push(...rows.map(({ key }) => key).filter((key) => hasTerms(facetText(kind, key), terms)));
    const last = rows.length === SHELF_BATCH ? rows.at(-1)?.key : undefined;
    from = last === undefined ? undefined : sortKey(last);
  }
  return found.slice(0, limit);
};

const withCounts = async (
  view: CypherReader,
  { identity }: StoreContext,
  corpus: CorpusName,
  refs: readonly FacetRef[],
): Promise<readonly FacetRecord[]> => {
  const uids = refs.map(({ kind, key }) => identity.facet(corpus, kind, key));
  const rows = await readBatches(view, facetCounts, uids, (batch) => ({ facets: batch }));
  const counts = new Map(rows.map(({ uid, count }) => [uid, count]));
  return refs.map((ref, i) => ({ ...ref, scenes: counts.get(uids[i] ?? '') ?? 0 }));
};
