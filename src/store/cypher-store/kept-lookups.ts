import type { CorpusName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import type { CorpusRow } from '../cypher/document-queries.ts';
import type { CypherEngine } from '../cypher-engine.ts';
import { perGeneration } from '../per-generation.ts';

/** What was found since the last write. */
export interface Lookups {
  readonly corpora: Map<CorpusName, CorpusRow>;
  readonly counts: Map<string, number>;
  readonly scenes: Map<string, readonly SceneId[]>;
  /** Keys of facets. */
  readonly facets: Map<string, readonly string[]>;
}

/** Searches that are kept, 33 scenes each: some 10 MB. */
const KEPT_MAX = 5000;

const nothing = (): Lookups => ({ corpora: new Map(), counts: new Map(), scenes: new Map(), facets: new Map() });

/**
 * Searches that are kept until the next write. The most common words of a text make up most of what is asked (Zipf 1949), and
 * they are what takes long to count: 11 ms for a word of 20,630 scenes.
 */
export const keptLookups = (engine: Pick<CypherEngine, 'generation'>, max = KEPT_MAX): (() => Lookups) =>
  perGeneration(
    () => engine.generation(),
    nothing,
    ({ counts, scenes, facets }) => counts.size + scenes.size + facets.size > max,
  );
