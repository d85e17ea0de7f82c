/**
 * A process that writes until its standard input ends, or until it or its store is killed: `node writer.ts '<WriterTask>'`.
 * It tells, a line each: `opening`, `open`, `begin <lane> <i>` before an operation writes, `ack <lane> <i>` when its promise
 * has resolved, `closing`, `closed`, or `failed <message>`.
 */
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase } from '../../src/store/graph-store.ts';
import { type Neo4jStoreOptions, openNeo4jStore } from '../../src/store/neo4j/open-neo4j-store.ts';
import { laneWorkspace, perform } from './operations.ts';

export interface WriterTask {
  readonly store:
    | { readonly kind: 'embedded'; readonly path: string }
    | { readonly kind: 'neo4j'; readonly options: Neo4jStoreOptions };
  /** The first operation of each lane. */
  readonly from: readonly number[];
  /** Operations of each lane at most. */
  readonly most?: number;
}

const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

let stopping = false;
process.stdin.on('end', () => {
  stopping = true;
});
process.stdin.resume();

const open = ({ store }: WriterTask): Promise<GraphDatabase> =>
  store.kind === 'embedded' ? openEmbeddedStore({ path: store.path }) : openNeo4jStore(store.options);

const run = async (task: WriterTask): Promise<void> => {
  tell('opening');
  const database = await open(task);
  tell('open');
  try {
    await Promise.all(task.from.map((from, lane) => writeLane(database, lane, from, from + (task.most ?? 1e9))));
  } finally {
    tell('closing');
    await database.close();
    tell('closed');
  }
};

const writeLane = async (database: GraphDatabase, lane: number, from: number, to: number): Promise<void> => {
  const store = database.workspace(laneWorkspace(lane));
  for (let i = from; i < to && !stopping; i++) {
    await perform(store, lane, i, () => tell(`begin ${lane} ${i}`));
    tell(`ack ${lane} ${i}`);
  }
};

try {
  await run(JSON.parse(process.argv[2] ?? '') as WriterTask);
} catch (error) {
  const { code = 'INTERNAL', message } = error as Error & { readonly code?: string };
  tell(`failed ${code} ${message}`);
}
process.stdin.destroy();
