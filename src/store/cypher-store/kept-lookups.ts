import type { CorpusName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import type { CorpusRow } from '../cypher/document-queries.ts';
import type { CypherEngine } from '../cypher-engine.ts';

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
 * Who asks for what was found gets that of the engine's present generation, and puts there what it finds as of it: should something
 * be written meanwhile, it is put where nobody looks any more. Nothing is kept where other processes write to the same graph.
 *
 * The most common words of a text make up most of what is asked (Zipf 1949), and they are what takes long to count: 11 ms for a word of
 * 20,630 scenes.
 */
export const keptLookups = (engine: Pick<CypherEngine, 'generation'>, max = KEPT_MAX): (() => Lookups) => {
  let of = -1;
  let lookups = nothing();
  return () => {
    const now = engine.generation();
    if (now === null) return nothing();
    if (now !== of || lookups.counts.size + lookups.scenes.size + lookups.facets.size > max) {
      of = now;
      lookups = nothing();
    }
    return lookups;
  };
};
