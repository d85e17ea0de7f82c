import type { Dialect } from './dialect.ts';
import { ANY_FACET, LABELS } from './label.ts';
import { type CypherQuery, query } from './query.ts';
import { REST, SCENE_KEYS, type SceneKey, WINDOW } from './scene-queries.ts';

/** What is looked up, in the ways of both dialects. */
export interface Tokens {
  /** The token to look up first; of scenes in each segment, parted by spaces: one of them must stand. */
  readonly lead: string;
  /** The digest of a second term: of the first again where there is no other. */
  readonly next: string;
  /** The digests of all further terms. */
  readonly rest: readonly string[];
  /** All of them in Lucene's syntax: `+token +token`, of scenes in ranges of segments: `+[token TO token]`. */
  readonly lucene: string;
}

/**
 * Binds the nodes in which all tokens stand and the conditions hold. This clause is the one thing for which there is no
 * common Cypher.
 *
 * Tokens are 16 hex digits, see `Identity.token`, so that no engine's tokenizer, stop words, length limits, case folding
 * or query syntax ever meets a word, and a look-up touches what its own corpus holds alone. Grafeo's `text_match` takes
 * several words as alternatives: it looks up one term, and the others are sought in what it found (`CONTAINS` cannot err
 * among digests of one length between which no hex digit stands). All conditions stand in its own WHERE, and none is an
 * equality of a property that has an index: behind a WITH, or beside `s.workspace = $workspace`, it goes another way, 1.7 s
 * in place of 60 ms for a word of 19,000 scenes.
 *
 * Each condition costs a quarter of a microsecond for each scene found, `all` a half: of 20,630 scenes a second word in `all` before
 * the others takes 30 ms, by itself before them 17, and those are asked of what it leaves.
 */
const matching = (dialect: Dialect, node: string, label: string, tokens: 'one' | 'all', conditions: string): string => {
  switch (dialect) {
    case 'embedded': {
      const found = `MATCH (${node}:${label})
   WHERE text_match(${node}.terms, $lead)`;
      if (tokens === 'one') return conditions === '' ? found : `${found} AND ${conditions}`;
      return `${found} AND ${node}.terms CONTAINS $next AND ${conditions} AND all(token IN $rest WHERE ${node}.terms CONTAINS token)`;
    }
    case 'neo4j':
      return `CALL db.index.fulltext.queryNodes('${label.toLowerCase()}_terms', $lucene) YIELD node AS ${node}${
        conditions === ''
          ? ''
          : `
   WHERE ${conditions}`
      }`;
  }
};

/**
 * The workspace and corpus again, though tokens tell them apart: no chance of two digests being equal shall show one to another. What a
 * bucket begins with is both in one condition: of 20,630 scenes 11 ms in place of 20.
 */
const OWN = 's.bucket STARTS WITH $own';
const IN_WINDOW = `${OWN} AND ${WINDOW}`;
const OF_SCENE = `${IN_WINDOW} AND ${REST} AND ($code IS NULL OR s.code = $code)`;
const OF_FACETS = `WITH s
   MATCH (s)-[:${ANY_FACET}]->(f:Facet)
   WHERE f.uid IN $facets
   WITH s, count(DISTINCT f) AS standing
   WHERE standing = $facetCount`;
const COUNT = 'RETURN count(s) AS count';
/** Of one token nearly all that is found is the corpus's own: asked of a page, and not of 20,630 scenes, that takes 9 ms in place of 14. */
const OWN_KEYS = `WITH s ORDER BY s.rank LIMIT $limit
   WHERE ${OWN}
   RETURN s.id AS id, s.rank AS rank ORDER BY rank`;

interface CountRow {
  readonly count: number;
}

export interface SceneSearch {
  readonly keys: CypherQuery<SceneKey>;
  readonly count: CypherQuery<CountRow>;
  /** Those in which the facets stand as well. */
  readonly keysOfFacets: CypherQuery<SceneKey>;
  readonly countOfFacets: CypherQuery<CountRow>;
}

interface SearchQueries {
  /** One token in all of a corpus. Conditions that let all through would cost a half more for each scene found. */
  readonly oneToken: SceneSearch;
  /** One token within a window of ranks. */
  readonly oneTokenWithin: SceneSearch;
  readonly filtered: SceneSearch;
  readonly facetKeys: CypherQuery<FacetKey>;
}

interface FacetKey {
  readonly key: string;
}
/** A merge keeps agents that stand in no scene. */
const STANDING = `f.sort > $after AND EXISTS { (f)<-[:${ANY_FACET}]-(:Scene) }`;
const FACET_KEYS = 'RETURN f.key AS key, f.sort AS sort ORDER BY sort LIMIT $limit';

const queriesOf = (dialect: Dialect): SearchQueries => {
  const named = <Row>(name: string, ...clauses: readonly string[]): CypherQuery<Row> =>
    query(`search/${dialect}/${name}`, clauses.join('\n   '));
  const sceneSearch = (name: string, scenes: string): SceneSearch => ({
    keys: named(`${name}/keys`, scenes, SCENE_KEYS),
    count: named(`${name}/count`, scenes, COUNT),
    keysOfFacets: named(`${name}/keysOfFacets`, scenes, OF_FACETS, SCENE_KEYS),
    countOfFacets: named(`${name}/countOfFacets`, scenes, OF_FACETS, COUNT),
  });
  const anyScene = matching(dialect, 's', LABELS.scene, 'one', '');
  const facets = matching(dialect, 'f', LABELS.facet, 'all', `f.uid STARTS WITH $own AND ${STANDING}`);
  return {
    oneToken: {
      ...sceneSearch('oneToken', matching(dialect, 's', LABELS.scene, 'one', OWN)),
      keys: named('oneToken/keys', anyScene, OWN_KEYS),
    },
    oneTokenWithin: sceneSearch('oneTokenWithin', matching(dialect, 's', LABELS.scene, 'one', IN_WINDOW)),
    filtered: sceneSearch('filtered', matching(dialect, 's', LABELS.scene, 'all', OF_SCENE)),
    facetKeys: named('facetKeys', facets, FACET_KEYS),
  };
};

export const SEARCH: Readonly<Record<Dialect, SearchQueries>> = {
  embedded: queriesOf('embedded'),
  neo4j: queriesOf('neo4j'),
};

/** All facets of one kind of a corpus. */
export const facetsOfShelf = query<FacetKey>(
  'facetsOfShelf',
  `MATCH (f:Facet {shelf: $shelf})
   WHERE ${STANDING}
   ${FACET_KEYS}`,
);
