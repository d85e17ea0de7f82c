import type { Code } from '../../scene/hypertoken.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { Language, SceneKind } from '../../scene/scene.ts';
import type { SceneKey } from '../cypher/scene-queries.ts';
import { type SceneSearch, SEARCH, type Tokens } from '../cypher/search-queries.ts';
import type { CypherReader } from '../cypher-engine.ts';
import type { Parameters } from '../parameter.ts';
import type { StoreContext } from './context.ts';

/** What else is asked of a scene: a window of ranks, kind and language, as `sceneKeysOfFacets` takes them. */
interface Conditions extends Parameters {
  /** None, or uids of facets that stand in the scene. */
  readonly facets: readonly string[];
  readonly kind: SceneKind | null;
  readonly lang: Language | null;
  readonly code: Code | null;
  /** The window leaves nothing out. */
  readonly isWhole: boolean;
}

/** @param terms at least one, the one to look up first */
export const tokensOf = (
  { identity }: StoreContext,
  corpus: CorpusName,
  terms: readonly string[],
): Tokens & Parameters => {
  const [lead = '', ...rest] = terms.map((term) => identity.token(corpus, term));
  return { lead, rest, lucene: [lead, ...rest].map((token) => `+${token}`).join(' ') };
};

const parametersOf = (
  context: StoreContext,
  corpus: CorpusName,
  terms: readonly string[],
  conditions: Conditions,
): Parameters => ({
  ...conditions,
  ...tokensOf(context, corpus, terms),
  facetCount: conditions.facets.length,
  own: context.identity.ownScenes,
  corpusName: corpus,
});

const searchOf = (
  context: StoreContext,
  terms: readonly string[],
  { kind, lang, code, isWhole }: Conditions,
): SceneSearch => {
  const { oneToken, oneTokenWithin, filtered } = SEARCH[context.engine.dialect];
  if (terms.length > 1 || kind !== null || lang !== null || code !== null) return filtered;
  return isWhole ? oneToken : oneTokenWithin;
};

/** Scenes of the corpus in which all terms stand, by rank. */
export const searchScenes = (
  view: CypherReader,
  context: StoreContext,
  corpus: CorpusName,
  terms: readonly string[],
  conditions: Conditions,
): Promise<readonly SceneKey[]> => {
  const { keys, keysOfFacets } = searchOf(context, terms, conditions);
  const query = conditions.facets.length === 0 ? keys : keysOfFacets;
  return view.read(query, parametersOf(context, corpus, terms, conditions));
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
  const [row] = await view.read(query, parametersOf(context, corpus, terms, conditions));
  return row?.count ?? 0;
};
