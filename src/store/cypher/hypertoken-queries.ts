import { query } from './query.ts';

export interface HypertokenRow {
  readonly code: number;
  readonly level: number;
  readonly digest: string;
  readonly form: string;
  readonly figures: readonly string[];
  /** Occurrences in the workspace. */
  readonly live: number;
}

const HYPERTOKEN = `h.code AS code, h.level AS level, h.digest AS digest, h.form AS form, h.figures AS figures,
   h.live AS live`;

/** What a transaction that allots ordinals needs to know of a hypertoken. */
export interface RegistryRow {
  readonly code: number;
  readonly digest: string;
  readonly form: string;
  /** The last ordinal allotted. */
  readonly last: number;
}

export const registryByDigest = query<RegistryRow>(
  'registryByDigest',
  'UNWIND $keys AS key MATCH (h:Hypertoken {key: key}) RETURN h.code AS code, h.digest AS digest, h.form AS form, h.last AS last',
);

export const createHypertokens = query(
  'createHypertokens',
  `UNWIND $rows AS row
   CREATE (:Hypertoken {uid: row.uid, workspace: $workspace, key: row.key, code: row.code, level: row.level,
     digest: row.digest, form: row.form, figures: row.figures, last: 0, live: 0})`,
);

/**
 * What one transaction changed of each hypertoken. `last`, null for unchanged, only ever grows: an ordinal is never given
 * twice.
 *
 * How often a code stands in a corpus is kept on an edge: what pages a corpus's hypertokens and occurrences. It leads from
 * the hypertoken, which has few corpora, so that MERGE looks through few edges; a corpus has thousands of codes.
 */
export const countUses = query(
  'countUses',
  `MATCH (c:Corpus {uid: $corpus})
   UNWIND $rows AS row
   MATCH (h:Hypertoken {uid: row.uid})
   SET h.last = coalesce(row.last, h.last), h.live = h.live + row.change
   MERGE (h)-[u:USED_IN]->(c)
   ON CREATE SET u.occurrences = row.change
   ON MATCH SET u.occurrences = u.occurrences + row.change`,
);

export const forgetUnused = query(
  'forgetUnused',
  `UNWIND $hypertokens AS uid MATCH (h:Hypertoken {uid: uid})
   MATCH (h)-[u:USED_IN]->(:Corpus {uid: $corpus})
   WHERE u.occurrences = 0
   DELETE u`,
);

export const hypertokensByUid = query<HypertokenRow>(
  'hypertokensByUid',
  `UNWIND $hypertokens AS uid MATCH (h:Hypertoken {uid: uid}) RETURN ${HYPERTOKEN}`,
);

export const hypertokensByKey = query<HypertokenRow>(
  'hypertokensByKey',
  `UNWIND $keys AS key MATCH (h:Hypertoken {key: key}) RETURN ${HYPERTOKEN}`,
);

const HYPERTOKEN_PAGE = `($level IS NULL OR h.level = $level) AND h.code > $after
   RETURN ${HYPERTOKEN} ORDER BY code LIMIT $limit`;

export const hypertokenPage = query<HypertokenRow>(
  'hypertokenPage',
  `MATCH (h:Hypertoken {workspace: $workspace}) WHERE ${HYPERTOKEN_PAGE}`,
);

export const hypertokenPageOfDigest = query<HypertokenRow>(
  'hypertokenPageOfDigest',
  `MATCH (h:Hypertoken {key: $key})
   WHERE ($corpus IS NULL OR COUNT { (h)-[:USED_IN]->(:Corpus {uid: $corpus}) } > 0) AND ${HYPERTOKEN_PAGE}`,
);

export const hypertokenPageOfCorpus = query<HypertokenRow>(
  'hypertokenPageOfCorpus',
  `MATCH (c:Corpus {uid: $corpus})<-[:USED_IN]-(h:Hypertoken) WHERE ${HYPERTOKEN_PAGE}`,
);
