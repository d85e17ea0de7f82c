/** Does one job in a process of its own: forked by `processes.ts`, which sends the job. */

import { workspaceName } from '../../src/scene/name.ts';
import { HandLoader } from './by-hand.ts';
import { type Census, takeCensus } from './census.ts';
import { askGrafeo, openHandGrafeo } from './hand-grafeo.ts';
import { askNeo4j, connect, handNeo4j } from './hand-neo4j.ts';
import { HandReader } from './hand-reader.ts';
import { HandThread } from './hand-thread.ts';
import { type HandIn, type Job, type Message, openStore, type Place, type Result } from './job.ts';
import { type Loader, load } from './loading.ts';
import { compareReads, type Reader } from './reading.ts';
import { readSentences } from './sentences.ts';
import { storeLoader } from './store-loader.ts';
import { storeReader } from './store-reader.ts';

interface Opened<T> {
  readonly what: T;
  close(): Promise<void>;
}

const send = (message: Message): void => {
  process.send?.(message);
};
const tell = (text: string): void => send({ type: 'progress', text });

const loaderByStore = async (place: Place, workspace: string): Promise<Opened<Loader>> => {
  const database = await openStore(place);
  return { what: storeLoader(database.workspace(workspaceName(workspace))), close: () => database.close() };
};

const loaderByHand = async (place: Place, workspace: string): Promise<Opened<Loader>> => {
  if (place.engine === 'embedded') {
    const { database, engine } = await openHandGrafeo(place.path);
    return { what: new HandLoader(engine, workspace), close: async () => database.close() };
  }
  // The store makes its constraints and indexes; both share them on one server.
  await (await openStore(place)).close();
  const driver = connect(place.server);
  return { what: new HandLoader(handNeo4j(driver), workspace), close: () => driver.close() };
};

const readerByStore = async (place: Place, workspace: string): Promise<Opened<Reader>> => {
  const database = await openStore(place);
  return { what: storeReader(database.workspace(workspaceName(workspace))), close: () => database.close() };
};

const readerByHand = async (place: Place, workspace: string, handIn: HandIn): Promise<Opened<Reader>> => {
  if (place.engine === 'embedded' && handIn === 'thread') {
    const thread = await HandThread.open(place.path);
    return { what: new HandReader(thread.ask, workspace), close: () => thread.close() };
  }
  if (place.engine === 'embedded') {
    const { database } = await openHandGrafeo(place.path);
    return { what: new HandReader(askGrafeo(database), workspace), close: async () => database.close() };
  }
  const driver = connect(place.server);
  return { what: new HandReader(askNeo4j(driver), workspace), close: () => driver.close() };
};

const doLoad = async ({ by, place, workspace, corpus }: Extract<Job, { type: 'load' }>): Promise<Result> => {
  const sentences = await readSentences(corpus.corpora, corpus.scenes);
  const loader = await (by === 'store' ? loaderByStore : loaderByHand)(place, workspace);
  const loaded = await load(loader.what, { sentences, scenes: corpus.scenes }, tell);
  await loader.close();
  tell('counting what lies in the graph');
  const { figures, sample } = loaded;
  return { type: 'load', figures: { ...figures, graph: await censusOf(place, workspace) }, sample };
};

/** By the bare engine, once the loader has closed. */
const censusOf = async (place: Place, workspace: string): Promise<Census> => {
  if (place.engine === 'embedded') {
    const { database } = await openHandGrafeo(place.path);
    const census = await takeCensus(askGrafeo(database).ask, workspace);
    database.close();
    return census;
  }
  const driver = connect(place.server);
  const census = await takeCensus(askNeo4j(driver).ask, workspace);
  await driver.close();
  return census;
};

const doRead = async (job: Extract<Job, { type: 'read' }>): Promise<Result> => {
  const started = performance.now();
  const store = await readerByStore(job.store, job.storeWorkspace);
  const openSeconds = (performance.now() - started) / 1000;
  const rssMb = process.memoryUsage().rss / 1e6;
  const hand = await readerByHand(job.hand, job.handWorkspace, job.handIn);
  const reads = await compareReads(store.what, hand.what, job.sample, job.repetitions, tell);
  await store.close();
  await hand.close();
  return { type: 'read', reads, openSeconds, rssMb };
};

// The channel alone keeps no process alive, nor does a statement under way in the engine.
const awake = setInterval(() => undefined, 60_000);
process.once('message', async (job: Job) => {
  const result = await (job.type === 'load' ? doLoad(job) : doRead(job));
  clearInterval(awake);
  // Disconnecting at once would drop what of a long answer is not written yet.
  process.send?.({ type: 'result', result } satisfies Message, () => process.disconnect());
});
