import { LABELS } from './label.ts';
import { type CypherQuery, query } from './query.ts';

/** What is looked up by more than `uid`. All look-ups are for equality: Grafeo's indexes know no ranges. */
const INDEXED = [
  [LABELS.corpus, 'workspace'],
  [LABELS.document, 'pending'],
  [LABELS.scene, 'place'],
  [LABELS.scene, 'bucket'],
  [LABELS.scene, 'uncoupled'],
  [LABELS.occurrence, 'ref'],
  [LABELS.occurrence, 'layer'],
  [LABELS.hypertoken, 'key'],
  [LABELS.hypertoken, 'workspace'],
] as const;

const UNIQUE = [
  LABELS.workspace,
  LABELS.corpus,
  LABELS.document,
  LABELS.chunk,
  LABELS.scene,
  LABELS.hypertoken,
  LABELS.facet,
  LABELS.occurrence,
] as const;

const name = (label: string, property: string): string => `${label.toLowerCase()}_${property}`;

/**
 * Constraints and indexes, to be run at every opening. A constraint first, then an index on the same key: on Neo4j the
 * index is a no-op, on Grafeo a look-up without it is 200 times slower.
 */
export const SCHEMA: readonly CypherQuery<never>[] = [
  ...UNIQUE.flatMap((label) => [
    query(
      `schema/${name(label, 'uid')}_unique`,
      `CREATE CONSTRAINT ${name(label, 'uid')}_unique IF NOT EXISTS FOR (n:${label}) REQUIRE n.uid IS UNIQUE`,
    ),
    query(
      `schema/${name(label, 'uid')}`,
      `CREATE INDEX ${name(label, 'uid')} IF NOT EXISTS FOR (n:${label}) ON (n.uid)`,
    ),
  ]),
  ...INDEXED.map(([label, property]) =>
    query(
      `schema/${name(label, property)}`,
      `CREATE INDEX ${name(label, property)} IF NOT EXISTS FOR (n:${label}) ON (n.${property})`,
    ),
  ),
];
