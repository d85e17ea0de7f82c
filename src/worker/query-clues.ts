import { type Clue, clueWeight, FOUND_SHARE } from '../activation/clue.ts';
import { bareWord, contentWords } from '../activation/content-words.ts';
import { HypersceneError } from '../errors.ts';
import type { Reader } from '../reading/reader.ts';
import { type Figure, figureDigest } from '../scene/figure.ts';
import { type Code, formatCode } from '../scene/hypertoken.ts';
import type { CorpusName } from '../scene/name.ts';
import type { SceneId } from '../scene/scene.ts';
import { isOpenKind, type OpenKind } from '../store/facet-search.ts';
import { type CorpusRecord, type FacetRef, type GraphStore, PAGE_MAX } from '../store/graph-store.ts';
import { QUERY_LENGTH_MAX, QUERY_TERMS_MAX, termsOf } from '../store/search-terms.ts';
import { namedFacets } from './named-facets.ts';
import { type QueryFacet, type QueryReading, readQuery } from './query-reading.ts';

/** Scenes that are looked up of one clue, the first ones in the order of the corpus, of a code by ordinal: as many as activation starts from. */
export const CLUE_SCENES_MAX = 32;
/** Words of a query that are searched for, the longest ones. */
export const QUERY_WORDS_MAX = 8;
/** Pairs of words that are searched for, the rarest ones: 8 of the 28 find 98 % of what all do. */
const WORD_PAIRS_MAX = 8;
/** Facets of a query, the rarest ones. */
const QUERY_FACETS_MAX = 32;
/** A facet or word of more scenes is looked up only where none is rarer: one of 7,000 takes 10 ms, and the first 32 are any. */
const COMMON_MAX = 2000;
/** Figures of a query: it may be of several scenes. */
const QUERY_FIGURES_MAX = 4;

export interface QueryClues {
  readonly clues: readonly Clue[];
  /** Words with content that were not searched for, since there were more than {@link QUERY_WORDS_MAX}. */
  readonly wordsLeft: readonly string[];
}

/** How far a look-up goes. */
export interface ClueReach {
  /** Scenes that are looked up of each clue. */
  readonly scenesMax: number;
  /** Kinds whose keys stand in the text that are looked for by name, beside what the reader finds. */
  readonly named: readonly OpenKind[];
}

/** A context is a single lemma, which the reader gives. */
const ACTIVATION_REACH: ClueReach = { scenesMax: CLUE_SCENES_MAX, named: ['agent'] };

export interface QueryContext {
  readonly store: GraphStore;
  readonly reader: Reader;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What of a corpus answers to a text: the facets that the reader finds in it, those that are called by one of its words, the
 * scenes in which its words stand, and the codes of its figures. Of store calls six, one more for each further kind that is looked for
 * by name, and three for each of {@link QUERY_FIGURES_MAX} figures.
 * @throws HypersceneError BAD_ARGUMENT for a text without a word, or longer than {@link QUERY_LENGTH_MAX}
 */
export const cluesOfQuery = async (
  { store, reader, signal }: QueryContext,
  corpus: CorpusRecord,
  text: string,
  reach: ClueReach = ACTIVATION_REACH,
): Promise<QueryClues> => {
  checkQuery(text);
  // An apostrophe of its own is a letter, and no term.
  const words = contentWords(text).filter((word) => termsOf(word).length > 0);
  const searched = words.slice(0, QUERY_WORDS_MAX);
  const reading = readQuery(reader, text, searched, signal);
  const [facets, standing, codes] = await Promise.all([
    foundFacets(store, corpus, { reading, words, searched, reach }),
    wordClues(store, corpus, searched, reach),
    reading.then(({ figures }) => codeClues(store, corpus, figures.slice(0, QUERY_FIGURES_MAX), reach)),
  ]);
  return { clues: [...codes, ...facets, ...standing], wordsLeft: words.slice(QUERY_WORDS_MAX) };
};

const checkQuery = (text: string): void => {
  const refuse = (expected: string, came: string): never => {
    throw new HypersceneError('BAD_ARGUMENT', 'bad query', { expected, came });
  };
  if (text.length > QUERY_LENGTH_MAX) refuse(`at most ${QUERY_LENGTH_MAX} UTF-16 code units`, `${text.length} of them`);
  if (termsOf(text).length === 0) refuse('at least one word: letters or digits', JSON.stringify(text.slice(0, 80)));
};

/** The first content word that a facet rests on; a facet of none is a part by itself. */
const partOf = ({ kind, key, evidence }: QueryFacet, words: readonly string[]): string => {
  const known = new Set(words.map(bareWord));
  return (
    evidence
      .split(/\s+/u)
      .map(bareWord)
      .find((word) => known.has(word)) ?? `${kind} ${key}`
  );
};

interface QueryWords {
  readonly reading: Promise<QueryReading>;
  readonly words: readonly string[];
  readonly searched: readonly string[];
  readonly reach: ClueReach;
}

/** What the reader finds, and what is called by a word. */
const foundFacets = async (
  store: GraphStore,
  corpus: CorpusRecord,
  { reading, words, searched, reach }: QueryWords,
): Promise<readonly Clue[]> => {
  const [{ facets }, named] = await Promise.all([reading, namedFacets(store, corpus.name, searched, reach.named)]);
  const found = [
    ...facets.map((facet) => ({ ...facet, part: partOf(facet, words) })),
    ...named.flatMap((facets, i) => facets.map((facet) => ({ ...facet, ...asNamed(searched[i] ?? '') }))),
  ];
  return facetClues(store, corpus, await asPersons(store, corpus, found), reach);
};

type FacetFound = FacetRef & Pick<Clue, 'part'> & { readonly confidence: number };

/** The label of an inventory's entry is a word for it, and a lemma is itself. */
const asNamed = (word: string): Pick<FacetFound, 'part' | 'confidence'> => ({ part: bareWord(word), confidence: 1 });

/** Those that stand in no scene are kept: that the reader found them in the query says why little answers. */
const facetClues = async (
  store: GraphStore,
  corpus: CorpusRecord,
  refs: readonly FacetFound[],
  { scenesMax }: ClueReach,
): Promise<readonly Clue[]> => {
  const counts = await store.facetCounts(corpus.name, refs);
  const weighed = refs
    .map((facet, i) => ({ ...facet, count: counts[i] ?? 0 }))
    .map((facet) => ({ ...facet, weight: facetWeight(facet, corpus) }))
    .sort((x, y) => y.weight - x.weight)
    .slice(0, QUERY_FACETS_MAX);
  const wanted = rareEnough(weighed);
  const scenes = await store.scenesSharing(corpus.name, wanted, scenesMax);
  const scenesOf = new Map(wanted.map((facet, i) => [facet, scenes[i] ?? []]));
  return weighed.map((facet) => {
    const { kind, key, part, count, weight } = facet;
    return { kind, key, part, count, weight: count === 0 ? 0 : weight, scenes: scenesOf.get(facet) ?? [] };
  });
};

/** What is looked up: what stands anywhere and is not common, or the rarest of all. */
const rareEnough = <T extends { readonly count: number }>(found: readonly T[]): readonly T[] => {
  const standing = found.filter(({ count }) => count > 0).toSorted((x, y) => x.count - y.count);
  const rare = standing.filter(({ count }) => count <= COMMON_MAX);
  return rare.length > 0 ? rare : standing.slice(0, 1);
};

const facetWeight = (
  { kind, confidence, count }: FacetFound & { readonly count: number },
  { scenes }: CorpusRecord,
): number => clueWeight(confidence * (isOpenKind(kind) ? FOUND_SHARE : 1), count, scenes);

/** Each facet once; an agent that was merged into another stands for that one. Of merges a thousand are looked through. */
const asPersons = async (
  store: GraphStore,
  { name: corpus }: CorpusRecord,
  found: readonly FacetFound[],
): Promise<readonly FacetFound[]> => {
  const merges = found.some(({ kind }) => kind === 'agent')
    ? (await store.agentMerges(corpus, { first: PAGE_MAX })).items
    : [];
  const personOf = new Map(merges.map(({ item: { alias, person } }) => [alias, person]));
  const distinct = new Map<string, FacetFound>();
  for (const facet of found) {
    const key = facet.kind === 'agent' ? (personOf.get(facet.key) ?? facet.key) : facet.key;
    const known = distinct.get(`${facet.kind} ${key}`);
    if (known === undefined || known.confidence < facet.confidence)
      distinct.set(`${facet.kind} ${key}`, { ...facet, key });
  }
  return [...distinct.values()];
};

type WordFound = Omit<Clue, 'scenes'>;
type WordPair = readonly [rarer: WordFound, commoner: WordFound];

const wordClues = async (
  store: GraphStore,
  corpus: CorpusRecord,
  words: readonly string[],
  { scenesMax }: ClueReach,
): Promise<readonly Clue[]> => {
  const counts = await store.textCounts(corpus.name, words);
  const found = words.map((key, i): WordFound => {
    const count = counts[i] ?? 0;
    const weight = count === 0 ? 0 : clueWeight(1, count, corpus.scenes);
    return { kind: 'word', key, part: bareWord(key), count, weight };
  });
  const singles = rareEnough(found);
  const pairs = pairsOf(
    found.filter(({ count }) => count > 0),
    scenesMax,
  );
  const texts = [...pairs.map((pair) => pair.map(({ key }) => key).join(' ')), ...singles.map(({ key }) => key)];
  const scenes = texts.length === 0 ? [] : await store.scenesWithTexts(corpus.name, texts, scenesMax);
  return found.map((clue) => {
    const paired = pairs.flatMap((pair, i) => (pair.includes(clue) ? (scenes[i] ?? []) : []));
    const own = singles.includes(clue) ? (scenes[pairs.length + singles.indexOf(clue)] ?? []) : [];
    return { ...clue, scenes: [...new Set([...paired, ...own])] };
  });
};

/**
 * Of common words only the first scenes are known, or none: those in which two words stand are looked up for themselves, whatever their
 * place, by the rarer of the two. Those of three or more are among them.
 */
const pairsOf = (words: readonly WordFound[], scenesMax: number): readonly WordPair[] =>
  words
    .flatMap((x, i) => words.slice(i + 1).map((y): WordPair => (x.count <= y.count ? [x, y] : [y, x])))
    .filter(([x, y]) => y.count > scenesMax && termsOf(`${x.key} ${y.key}`).length <= QUERY_TERMS_MAX)
    .sort(([a, b], [c, d]) => c.weight + d.weight - (a.weight + b.weight))
    .slice(0, WORD_PAIRS_MAX);

/** The query read as a scene has a code of its own: scenes of the same kind answer to it. */
const codeClues = async (
  store: GraphStore,
  corpus: CorpusRecord,
  figures: readonly Figure[],
  { scenesMax }: ClueReach,
): Promise<readonly Clue[]> => {
  const filters = figures.map((figure) => ({ digest: figureDigest(figure), corpus: corpus.name }));
  const pages = await Promise.all(filters.map((filter) => store.hypertokens(filter, { first: 1 })));
  const codes = pages.flatMap(({ items }) => items.map(({ item }) => item.code));
  return Promise.all(
    codes.map(async (code) => {
      const { scenes, count } = await scenesOfCode(store, corpus.name, code, scenesMax);
      const weight = clueWeight(FOUND_SHARE, count, corpus.scenes);
      const key = formatCode(code);
      return { kind: 'code' as const, key, part: key, count, weight, scenes };
    }),
  );
};

/** The scenes of a code of level 0 by their ordinals, the first ones, and how many there are. */
export const scenesOfCode = async (
  store: GraphStore,
  corpus: CorpusName,
  code: Code,
  scenesMax: number,
): Promise<{ readonly scenes: readonly SceneId[]; readonly count: number }> => {
  const [{ items }, count] = await Promise.all([
    store.occurrences({ corpus, code }, { first: scenesMax }),
    store.countScenes({ corpus, code }),
  ]);
  return { scenes: items.map(({ item }) => item.first), count };
};
