import { ASSUMED } from './assumptions.ts';
import { writerMs } from './documents.ts';
import type { Inputs } from './inputs.ts';
import { capacityOf, costsOf } from './plan.ts';

export type Basis = 'measured' | 'computed' | 'cited' | 'assumed';

export interface Limit {
  readonly what: string;
  readonly scenes: number;
  /** Of one shard, of one corpus, or of all. */
  readonly of: 'machine' | 'database' | 'corpus' | 'workspace and day' | 'queue and second';
  readonly basis: string;
}

/** Of the store formats standard and, with its like records, aligned: Neo4j's knowledge base, `docs/scale.md`. */
const NEO4J_RELATIONSHIPS = 34e9;
const NEO4J_PROPERTIES = 68e9;
/** HAS_SCENE, NEXT and OF; four facets; and COLLAPSES, of which a scene is a part once a level until its group is one. */
const RELATIONSHIPS_A_SCENE = 3 + 4 + 1.5;
/** Twenty of the node, six of each of four facets, two of a coupling: the census of the load of 1,000,000 scenes. */
const PROPERTIES_A_SCENE = 20 + 4 * 6;
/** Columns of half-edges are counted in 32 bits. */
const HALF_EDGES = 2 ** 31;

/** Where each thing ends, the nearest first: what breaks first. */
export const limitsOf = (inputs: Inputs): readonly Limit[] => {
  const { machine } = ASSUMED;
  const { couplingsAScene } = inputs;
  const day = 86_400 * 1000;
  const embedded = costsOf(inputs, 'embedded');
  const neo4j = costsOf(inputs, 'neo4j');
  const limits: readonly Limit[] = [
    {
      what: 'Embedded: memory of 128 GB, of which 80 %',
      ...{ scenes: capacityOf(embedded), of: 'machine', basis: 'computed from a slope measured up to 1,000,000' },
    },
    {
      what: 'Neo4j: memory of 128 GB, all of the store in the page cache',
      ...{ scenes: capacityOf(neo4j), of: 'machine', basis: 'computed from bytes measured at 7,740' },
    },
    {
      what: 'Neo4j: memory of 128 GB, a tenth in the page cache',
      scenes: capacityOf(costsOf(inputs, 'neo4j, a tenth cached')),
      ...{ of: 'machine', basis: 'computed; what answers then take is not measured' },
    },
    {
      what: 'Neo4j: 4 TB of disk, of which 80 %',
      scenes: (machine.diskBytes * machine.usable) / neo4j.diskBytes,
      ...{ of: 'machine', basis: 'computed from bytes measured at 7,740' },
    },
    {
      what: 'Neo4j, Community’s format: 34 billion relationships',
      scenes: NEO4J_RELATIONSHIPS / (RELATIONSHIPS_A_SCENE + couplingsAScene),
      ...{ of: 'database', basis: 'cited, by edges counted' },
    },
    {
      what: 'Neo4j, Community’s format: 68 billion properties',
      scenes: NEO4J_PROPERTIES / (PROPERTIES_A_SCENE + 2 * couplingsAScene),
      ...{ of: 'database', basis: 'cited, by properties counted' },
    },
    {
      what: 'Leiden: memory of 128 GB, of which 80 %',
      scenes: (machine.memoryBytes * machine.usable) / (inputs.leidenBytesAnEdge * couplingsAScene),
      ...{ of: 'corpus', basis: 'computed from bytes measured at 10,000,000 edges' },
    },
    {
      what: 'Leiden: half-edges counted in 32 bits',
      scenes: HALF_EDGES / (2 * couplingsAScene),
      ...{ of: 'corpus', basis: 'the code' },
    },
    {
      what: 'Embedded: one writer, never idle',
      scenes: day / writerMs(embedded, true),
      ...{ of: 'workspace and day', basis: 'computed from ms measured' },
    },
    {
      what: 'Neo4j: one writer, never idle',
      scenes: day / writerMs(neo4j, false),
      ...{ of: 'workspace and day', basis: 'computed from ms measured and derived' },
    },
    {
      what: 'BullMQ: Redis’ thread, a job a document',
      scenes: (1000 / inputs.redisMsAJob) * inputs.lengths.meanOfLaw,
      ...{ of: 'queue and second', basis: 'computed from ms measured' },
    },
    {
      what: 'BullMQ: Redis’ thread, were a job a scene',
      scenes: 1000 / inputs.redisMsAJob,
      ...{ of: 'queue and second', basis: 'measured' },
    },
  ];
  return limits;
};
