import type { Code } from '../../scene/hypertoken.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { Language, SceneKind } from '../../scene/scene.ts';
import { orderOf, RANKS_END } from '../corpus-order.ts';
import type { SceneKey } from '../cypher/scene-queries.ts';
import { type SceneSearch, SEARCH, type Tokens } from '../cypher/search-queries.ts';
import type { CypherReader } from '../cypher-engine.ts';
import type { Parameters } from '../parameter.ts';
import { requireCorpus, type StoreContext } from './context.ts';
import { growingRanges, SEGMENTS_AT_ONCE, type SegmentRange, segmentMark, segmentOf } from './search-segment.ts';

/** What else is asked of a scene: a window of ranks, kind and language, as `sceneKeysOfFacets` takes them. */
interface Conditions extends Parameters {
  /** Ranks between the two, neither of them included. */
  readonly after: number;
  readonly before: number;
  /** None, or uids of facets that stand in the scene. */
  readonly facets: readonly string[];
  readonly kind: SceneKind | null;
  readonly lang: Language | null;
  readonly code: Code | null;
  /** The window leaves nothing out. */
  readonly isWhole: boolean;
}

interface PageConditions extends Conditions {
  readonly limit: number;
}

const digestsOf = ({ identity }: StoreContext, corpus: CorpusName, terms: readonly string[]): readonly string[] =>
  terms.map((term) => identity.token(corpus, term));

/** @param terms at least one, the one to look up first */
export const facetTokens = (
  context: StoreContext,
  corpus: CorpusName,
  terms: readonly string[],
): Tokens & Parameters => {
  const [lead = '', next = lead, ...rest] = digestsOf(context, corpus, terms);
  return { lead, next, rest, lucene: [lead, next, ...rest].map((token) => `+${token}`).join(' ') };
};

const sceneTokens = (
  [lead = '', next = lead, ...rest]: readonly string[],
  { from, to }: SegmentRange,
): Tokens & Parameters => {
  const marks = Array.from({ length: to - from + 1 }, (_, i) => segmentMark(from + i));
  const [first, last] = [marks[0], marks.at(-1)];
  return {
    lead: marks.map((mark) => `${lead}${mark}`).join(' '),
    next,
    rest,
    lucene: [lead, next, ...rest].map((token) => `+[${token}${first} TO ${token}${last}]`).join(' '),
  };
};

const searchOf = (
  context: StoreContext,
  terms: readonly string[],
  { kind, lang, code, isWhole }: Conditions,
): SceneSearch => {
  const { oneToken, oneTokenWithin, filtered } = SEARCH[context.engine.dialect];
  if (terms.length > 1 || kind !== null || lang !== null || code !== null) return filtered;
  return isWhole ? oneToken : oneTokenWithin;
};

/** What every statement of one search is given beside the tokens. */
const commonOf = (context: StoreContext, corpus: CorpusName, conditions: Conditions): Parameters => ({
  ...conditions,
  facetCount: conditions.facets.length,
  own: context.identity.ownBuckets(corpus),
});

/** Scenes of the corpus in which all terms stand, by rank. @throws HypersceneError CORPUS_NOT_FOUND */
export const searchScenes = async (
  view: CypherReader,
  context: StoreContext,
  corpus: CorpusName,
  terms: readonly string[],
  conditions: PageConditions,
): Promise<readonly SceneKey[]> => {
  const { keys, keysOfFacets } = searchOf(context, terms, conditions);
  const query = conditions.facets.length === 0 ? keys : keysOfFacets;
  const common = commonOf(context, corpus, conditions);
  const digests = digestsOf(context, corpus, terms);
  const found: SceneKey[] = [];
  let last = conditions.before < RANKS_END ? segmentOf(orderOf(conditions.before - 1)) : null;
  for (const { from, to } of growingRanges(segmentOf(orderOf(conditions.after + 1)))) {
    const range = { from, to: last === null ? to : Math.min(to, last) };
    const limit = conditions.limit - found.length;
    if (range.from <= range.to)
      found.push(...(await view.read(query, { ...common, ...sceneTokens(digests, range), limit })));
    if (found.length >= conditions.limit) break;
    // Asked for only now: a page of a common word is full with the first segment.
    last ??= segmentOf(Math.max(0, (await requireCorpus(view, context, corpus)).nextDocument - 1));
    if (to >= last) break;
  }
  return found;
};

export const countSearched = async (
  view: CypherReader,
  context: StoreContext,
  corpus: CorpusName,
  terms: readonly string[],
  conditions: Conditions,
): Promise<number> => {
  const { count, countOfFacets } = searchOf(context, terms, conditions);
  const query = conditions.facets.length === 0 ? count : countOfFacets;
  const common = commonOf(context, corpus, conditions);
  const digests = digestsOf(context, corpus, terms);
  const last = segmentOf(orderOf(Math.max(0, conditions.before - 1)));
  let total = 0;
  for (let from = segmentOf(orderOf(conditions.after + 1)); from <= last; from += SEGMENTS_AT_ONCE) {
    const range = { from, to: Math.min(from + SEGMENTS_AT_ONCE - 1, last) };
    const [row] = await view.read(query, { ...common, ...sceneTokens(digests, range) });
    total += row?.count ?? 0;
  }
  return total;
};
