import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase } from '../../src/store/graph-store.ts';
import { openNeo4jStore } from '../../src/store/neo4j/open-neo4j-store.ts';
import { storeOptions } from '../../test/neo4j/store-options.ts';
import type { LoadFigures } from './loading.ts';
import type { ReadFigures, Sample } from './reading.ts';

export interface ServerAddress {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
}

/** Where a graph lies: a file, or the server and a workspace on it. */
export type Place =
  | { readonly engine: 'embedded'; readonly path: string }
  | { readonly engine: 'neo4j'; readonly server: ServerAddress };

export interface CorpusChoice {
  /** A folder of text files. */
  readonly corpora: string;
  readonly scenes: number;
}

/** Who loads: the store through its port, or Cypher written by hand. */
export type By = 'store' | 'hand';

/** Where the bare embedded engine runs that is read by hand: in the thread of the caller, or in one of its own as the store's. */
export type HandIn = 'caller' | 'thread';

/** What a process of its own is asked to do, so that no run sees the heap or the warmed-up code of another. */
export type Job =
  | {
      readonly type: 'load';
      readonly by: By;
      readonly place: Place;
      readonly workspace: string;
      readonly corpus: CorpusChoice;
    }
  | {
      readonly type: 'read';
      readonly store: Place;
      readonly storeWorkspace: string;
      readonly hand: Place;
      readonly handWorkspace: string;
      readonly handIn: HandIn;
      readonly sample: Sample;
      readonly repetitions: number;
    };

export type Result =
  | { readonly type: 'load'; readonly figures: LoadFigures; readonly sample: Sample }
  | {
      readonly type: 'read';
      readonly reads: readonly ReadFigures[];
      readonly openSeconds: number;
      readonly rssMb: number;
    };

export type Message =
  | { readonly type: 'progress'; readonly text: string }
  | { readonly type: 'result'; readonly result: Result };

export const openStore = (place: Place): Promise<GraphDatabase> => {
  if (place.engine === 'embedded') return openEmbeddedStore({ path: place.path });
  return openNeo4jStore(storeOptions(place.server, { readTimeout: 120_000, writeTimeout: 600_000 }));
};
