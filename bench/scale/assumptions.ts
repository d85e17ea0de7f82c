/**
 * What was not measured here. Every one is a parameter of the simulation, and told as assumed in what it writes.
 * Sources: `docs/scale.md`.
 */
export const ASSUMED = {
  seed: 20_260,
  /** A machine of a class that every cloud has. */
  machine: { cores: 16, memoryBytes: 128e9, diskBytes: 4e12, usable: 0.8 },
  /** The share of a shard's room above which corpora are moved away. */
  fill: 0.8,
  /** Of corpora: 10,000 scenes are three novels. Web sites' numbers of pages follow a power law (Huberman & Adamic 1999). */
  corpora: { least: 5000, alpha: 1.2, steps: 10 },
  /** How a job's cost varies around what its scenes cost on average: σ of the logarithm. */
  costSigma: 0.2,
  /** Heap of a Neo4j server, as its makers advise for large memory, and what it keeps of the store in the page cache. */
  neo4j: { heapBytes: 16e9, pageCacheOfStore: 1.1 },
  /** Of an occurrence above level 0 in the embedded engine's memory; not measured apart from scenes. */
  occurrenceBytes: 1000,
  /** On Neo4j four jobs ask and compute while a fifth writes. */
  workers: { coresAShard: 8, runningAShard: 8 },
  /** BullMQ's own defaults, but for how often a job may stall: its default of 1 gives up jobs that were killed twice. */
  faults: {
    meanTimeBetweenKills: 30 * 86_400,
    restartSeconds: 120,
    lockSeconds: 30,
    stalledInterval: 30,
    stalledMax: 10,
    failureShare: 0.001,
    backoffSeconds: 5,
    attempts: 5,
  },
  /** A stream comes at this share of what the fullest shard can take. */
  streamLoad: 0.7,
  /** Answers asked for in a second, a scene and at most; of popularities by Zipf's law. */
  reads: { aScene: 1e-6, most: 1000 },
  /** Answers that a shard works at at once: the embedded store's own bound; a core each on a server. */
  readsAtOnce: { embedded: 4, neo4j: 16 },
  /** Positions that a model reads and writes a scene, were it to name the facets. */
  model: { tokensInAScene: 200, tokensOutAScene: 30 },
  /**
   * Of a 4-bit model of 135 million parameters on two cores, measured before, not by this program; of vLLM with a model of 8 billion on
   * one H100, its makers' figure for MLPerf 5.1, counted in tokens written.
   */
  modelSpeed: { smallIn: 400, smallOut: 68, smallBytes: 300e6, vllmOut: 5777 },
} as const;
