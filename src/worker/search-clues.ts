import type { Clue } from '../activation/clue.ts';
import { FACET_KINDS, type FacetKind } from '../scene/facet.ts';
import type { SceneId } from '../scene/scene.ts';
import type { CorpusRecord, FacetRef, GraphStore } from '../store/graph-store.ts';
import { QUERY_TERMS_MAX, termsOf } from '../store/search-terms.ts';
import { namedCodes } from './named-codes.ts';
import { cluesOfQuery, type QueryClues, type QueryContext } from './query-clues.ts';

/** Scenes that are looked up of each clue, the first ones in the order of the corpus: as many as a search ranks. */
export const SEARCH_SCENES_MAX = 200;
/** Pairs of a facet with a word or another facet that are looked up, the rarest ones. */
const FACET_PAIRS_MAX = 4;

/**
 * What of a corpus answers to a text: what activation looks for ({@link cluesOfQuery}), further for contexts by name, for what is
 * called by its code, and for the scenes in which a common facet stands together with another one or a word.
 * @throws HypersceneError BAD_ARGUMENT
 */
export const cluesOfSearch = async (context: QueryContext, corpus: CorpusRecord, text: string): Promise<QueryClues> => {
  const { store } = context;
  const [{ clues, wordsLeft }, named] = await Promise.all([
    cluesOfQuery(context, corpus, text, { scenesMax: SEARCH_SCENES_MAX, named: ['agent', 'context'] }),
    namedCodes(store, corpus.name, text, SEARCH_SCENES_MAX),
  ]);
  const known = new Map(clues.map((clue) => [`${clue.kind} ${clue.key}`, clue]));
  // Named itself it says more than as the figure of what the reader read.
  for (const clue of named) known.set(`${clue.kind} ${clue.key}`, clue);
  return { clues: await withPairs(store, corpus, [...known.values()]), wordsLeft };
};

export const isFacetKind = (kind: Clue['kind']): kind is FacetKind => FACET_KINDS.some((each) => each === kind);

/**
 * Of what is common only the first scenes are known, which are any: those in which two such clues stand are looked up for themselves.
 * Pairs of words are among what {@link cluesOfQuery} finds.
 */
const withPairs = async (store: GraphStore, corpus: CorpusRecord, clues: readonly Clue[]): Promise<readonly Clue[]> => {
  const common = clues.filter(({ kind, count }) => count > SEARCH_SCENES_MAX && (isFacetKind(kind) || kind === 'word'));
  const pairs = common
    .flatMap((x, i) => common.slice(i + 1).map((y) => [x, y] as const))
    .filter(([x, y]) => x.part !== y.part && !(x.kind === 'word' && y.kind === 'word'))
    .toSorted(([a, b], [c, d]) => c.weight + d.weight - (a.weight + b.weight))
    .slice(0, FACET_PAIRS_MAX);
  const found = await Promise.all(pairs.map((pair) => scenesOfPair(store, corpus, pair)));
  return clues.map((clue) => {
    const more = pairs.flatMap((pair, i) => (pair.includes(clue) ? (found[i] ?? []) : []));
    return more.length === 0 ? clue : { ...clue, scenes: [...new Set([...more, ...clue.scenes])] };
  });
};

const scenesOfPair = (
  store: GraphStore,
  { name: corpus }: CorpusRecord,
  pair: readonly Clue[],
): Promise<readonly SceneId[]> => {
  const facets = pair.flatMap(({ kind, key }): readonly FacetRef[] => (isFacetKind(kind) ? [{ kind, key }] : []));
  const word = pair.find(({ kind }) => kind === 'word')?.key;
  const isLong = word !== undefined && termsOf(word).length > QUERY_TERMS_MAX;
  return store.sceneIds({ corpus, facets, text: isLong ? undefined : word }, SEARCH_SCENES_MAX);
};
