import type { Clue } from '../activation/clue.ts';
import { heaviestFirst } from '../activation/clue.ts';
import { checkCancelled } from '../errors.ts';
import type { Coupling } from '../scene/coupling.ts';
import type { Occurrence } from '../scene/hypertoken.ts';
import type { CorpusName } from '../scene/name.ts';
import type { SceneId } from '../scene/scene.ts';
import type {
  FacetRecord,
  GraphStore,
  HypertokenRecord,
  Page,
  PageRequest,
  StoredScene,
} from '../store/graph-store.ts';
import { checkLimit } from '../store/paging.ts';
import { requireCorpus } from '../store/require-corpus.ts';
import { checkQuery, type QueryContext } from './query-clues.ts';
import { type Highlight, highlightsOf } from './scene-answers.ts';
import { cluesOfSearch } from './search-clues.ts';
import { passedHits, searchCursor } from './search-cursor.ts';
import { searchFacets } from './search-facets.ts';
import { searchHypertokens, searchOccurrences } from './search-hypertokens.ts';
import { type FoundScene, searchScenes } from './search-scenes.ts';
import { couplingsThrough } from './spread-over.ts';

export const SEARCH_KINDS = ['scene', 'facet', 'hypertoken'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** Facets, and hypertokens, that are found at most. */
export const NAMED_HITS_MAX = 50;

export interface SearchRequest extends PageRequest {
  readonly corpus: CorpusName;
  readonly text: string;
  /** All of them where it is left out. */
  readonly kinds?: readonly SearchKind[] | undefined;
}

export type SearchResult =
  | { readonly type: 'scene'; readonly scene: StoredScene }
  | { readonly type: 'facet'; readonly facet: FacetRecord }
  | { readonly type: 'hypertoken'; readonly hypertoken: HypertokenRecord }
  | { readonly type: 'occurrence'; readonly occurrence: Occurrence };

export interface SearchHit {
  /** 0 to 1; scores of two searches do not compare. */
  readonly score: number;
  readonly result: SearchResult;
  /** The clues it answers to, by falling weight; empty for a scene that was found by those around it alone. */
  readonly because: readonly Clue[];
  /** Of a scene the coupling by which most came to it. */
  readonly through: Coupling | null;
  /** Of a scene the one that stands by it in the text, two away at most, and adds most to what it answers. */
  readonly beside: StoredScene | null;
  /** Of a scene, in the order of the text. */
  readonly highlights: readonly Highlight[];
}

export interface SearchAnswer {
  readonly page: Page<SearchHit>;
  /** Hits on all pages. */
  readonly total: number;
  /** More may answer than was looked at. */
  readonly truncated: boolean;
  /** What was looked for, by falling weight. */
  readonly clues: readonly Clue[];
  /** Words with content that were not searched for. */
  readonly wordsLeft: readonly string[];
}

/** Of a hit what is known before its page is chosen. */
interface Ranked extends Omit<SearchHit, 'through' | 'highlights'> {
  readonly from: SceneId | null;
}

/**
 * Finds scenes, facets and hypertokens of a corpus by a text, those first that answer to most of it: see `docs/decisions/0022-search.md`.
 * The same state of the corpus gives the same ranking; every page of it is cut from the whole, by a number of store calls that {@link cluesOfSearch} and
 * the rounds of spreading bound, whatever the page.
 * @throws HypersceneError CORPUS_NOT_FOUND; BAD_ARGUMENT for a text without a word or too long; BAD_CURSOR; PAGE_TOO_LARGE; CANCELLED
 */
export const search = async (context: QueryContext, request: SearchRequest): Promise<SearchAnswer> => {
  checkCancelled(context);
  const { text, first, after } = request;
  checkLimit('first', first);
  // Before anything of it is looked at: it may be of megabytes.
  checkQuery(text);
  const { store } = context;
  const kinds = SEARCH_KINDS.filter((kind) => request.kinds?.includes(kind) ?? true);
  const corpus = await requireCorpus(store, request.corpus);
  const { clues, wordsLeft, facetsLeft } = await cluesOfSearch(context, corpus, text);
  const state = { corpus, text, kinds, clues };
  const passed = passedHits(after, state);
  const { hits, truncated } = await rankAll(context, request, kinds, clues);
  const shown = hits.slice(passed, passed + first);
  const [cursorAt, items] = [searchCursor(state), await completed(store, shown)];
  return {
    page: {
      items: items.map((item, i) => ({ cursor: cursorAt(passed + i + 1), item })),
      hasNextPage: hits.length > passed + first,
    },
    total: hits.length,
    truncated: truncated || facetsLeft,
    clues: clues.toSorted(heaviestFirst),
    wordsLeft,
  };
};

/** All that is found, by falling score; of equal ones hypertokens come before facets, and these before scenes. */
const rankAll = async (
  context: QueryContext,
  { corpus, text }: SearchRequest,
  kinds: readonly SearchKind[],
  clues: readonly Clue[],
): Promise<{ readonly hits: readonly Ranked[]; readonly truncated: boolean }> => {
  const { store } = context;
  const isWanted = (kind: SearchKind): boolean => kinds.includes(kind);
  const scenes =
    isWanted('scene') || isWanted('hypertoken')
      ? await searchScenes(context, corpus, clues)
      : { scenes: [], truncated: false };
  const named = isWanted('hypertoken') ? await namedHits(store, clues, scenes.scenes) : [];
  const facets = isWanted('facet') ? searchFacets(clues, text).map(facetHit) : [];
  return {
    hits: [
      ...named.slice(0, NAMED_HITS_MAX),
      ...facets.slice(0, NAMED_HITS_MAX),
      ...(isWanted('scene') ? scenes.scenes.map(sceneHit) : []),
    ].toSorted((x, y) => y.score - x.score),
    truncated: scenes.truncated || named.length > NAMED_HITS_MAX || facets.length > NAMED_HITS_MAX,
  };
};

/** Facets and hypertokens stand in no one place. */
const NOWHERE = { from: null, beside: null } as const;

const namedHits = async (
  store: GraphStore,
  clues: readonly Clue[],
  scenes: readonly FoundScene[],
): Promise<readonly Ranked[]> => {
  const [occurrences, hypertokens] = await Promise.all([
    searchOccurrences(store, clues),
    searchHypertokens(store, clues, scenes),
  ]);
  return [
    ...occurrences.map(
      ({ occurrence, ...rest }): Ranked => ({ ...rest, result: { type: 'occurrence', occurrence }, ...NOWHERE }),
    ),
    ...hypertokens.map(
      ({ hypertoken, ...rest }): Ranked => ({ ...rest, result: { type: 'hypertoken', hypertoken }, ...NOWHERE }),
    ),
  ].toSorted((x, y) => y.score - x.score);
};

const facetHit = ({ facet, ...rest }: ReturnType<typeof searchFacets>[number]): Ranked => ({
  ...rest,
  result: { type: 'facet', facet },
  ...NOWHERE,
});

const sceneHit = ({ scene, ...rest }: FoundScene): Ranked => ({ ...rest, result: { type: 'scene', scene } });

/** What only the hits of a page need: one call of the store. */
const completed = async (store: GraphStore, hits: readonly Ranked[]): Promise<readonly SearchHit[]> => {
  const from = hits.flatMap(({ result, from }) =>
    result.type === 'scene' && from !== null ? [[result.scene.id, from] as const] : [],
  );
  const through = await couplingsThrough(store, new Map(from));
  return hits.map(({ from: _, ...hit }) =>
    hit.result.type === 'scene'
      ? {
          ...hit,
          through: through.get(hit.result.scene.id) ?? null,
          highlights: highlightsOf(hit.result.scene, hit.because),
        }
      : { ...hit, through: null, highlights: [] },
  );
};
