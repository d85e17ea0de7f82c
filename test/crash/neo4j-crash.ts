import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import neo4j, { type Driver } from 'neo4j-driver';
import { openNeo4jStore } from '../../src/store/neo4j/open-neo4j-store.ts';
import { classArchive } from '../neo4j/class-archive.ts';
import { neo4jJars } from '../neo4j/neo4j-jars.ts';
import { type Neo4jServer, startNeo4jServer } from '../neo4j/neo4j-server.ts';
import { storeOptions } from '../neo4j/store-options.ts';
import { type CrashReport, type Kill, reportOf } from './crash-report.ts';
import type { CrashRun } from './embedded-crash.ts';
import { Ledger, type Verdict } from './ledger.ts';
import { LANES } from './operations.ts';
import { startWriter, type Writer } from './writer-process.ts';

/** From the first acknowledgement to the kill, ms: an operation takes some 100. */
const LOADING_MAX = 2000;
/** What the migration of an empty graph takes from its first constraint on, ms. */
const MIGRATION_MAX = 2000;
/** How long the writer that goes on tries again, ms: longer than a server takes to start on a busy machine. */
const PATIENCE = 300_000;

/** A server on a folder and port of its own, for as long as it is killed and started again. */
const serverOn = async (home: string, before?: Neo4jServer): Promise<Neo4jServer> => {
  const jars = await neo4jJars();
  return startNeo4jServer({
    jars,
    home,
    password: 'kill and start again',
    java: await classArchive(jars),
    ...(before === undefined ? {} : { port: before.port }),
  });
};

const writerOf = (server: Neo4jServer, ledger: Ledger, most?: number): Writer =>
  startWriter({
    store: { kind: 'neo4j', options: storeOptions(server, { retryTimeout: PATIENCE }) },
    from: ledger.next,
    ...(most === undefined ? {} : { most }),
  });

const judge = async (server: Neo4jServer, ledger: Ledger, writer: Writer): Promise<Verdict> => {
  const database = await openNeo4jStore(storeOptions(server));
  try {
    return await ledger.judge(database, writer.lines);
  } finally {
    await database.close();
  }
};

const underWay = ({ lines }: Writer): number => {
  const count = (verb: string): number => lines.filter((line) => line.startsWith(verb)).length;
  return count('begin ') - count('ack ');
};

/**
 * Kills the server again and again, on one folder. Every second time the writer is killed as well, so that the store is
 * judged as the kill left it; the other times it goes on once the server is back, as if nothing had been.
 */
export const killServerWhileLoading = async ({ folder, kills, random }: CrashRun): Promise<CrashReport> => {
  const started = performance.now();
  const home = join(folder, 'loading');
  const ledger = new Ledger();
  const found: Kill[] = [];
  let server = await serverOn(home);
  try {
    for (let i = 0; i < kills; i++) {
      const writer = writerOf(server, ledger);
      await writer.told('ack', LANES);
      await setTimeout(random() * LOADING_MAX);
      await server.kill();
      const met = underWay(writer) > 0;
      if (i % 2 === 0) await writer.kill();
      server = await serverOn(home, server);
      if (i % 2 === 1) await goOn(writer);
      found.push({ ...(await judge(server, ledger, writer)), met });
    }
  } finally {
    await server.kill();
  }
  return reportOf({ store: 'Neo4j', killed: 'the server', moment: 'loading' }, found, started);
};

/** Until each lane has written something on the new server. */
const goOn = async (writer: Writer): Promise<void> => {
  const acknowledged = (lane: number): number => writer.lines.filter((line) => line.startsWith(`ack ${lane} `)).length;
  for (let lane = 0; lane < LANES; lane++) await writer.told(`ack ${lane} `, acknowledged(lane) + 2);
  await writer.stop();
  if (!writer.lines.includes('closed')) throw new Error(`the writer did not go on: ${writer.lines.at(-1)}`);
};

/** Resolves when the first index or constraint is being made. */
const migrationBegun = (server: Neo4jServer): Promise<void> =>
  withDriver(server, async (driver) => {
    // Two are the server's own.
    while ((await driver.executeQuery('SHOW INDEXES')).records.length <= 2) await setTimeout(5);
  });

/** Of the migration's, those that stand or were begun. */
const begunIndexes = (server: Neo4jServer): Promise<number> =>
  withDriver(server, async (driver) => (await driver.executeQuery('SHOW INDEXES')).records.length - 2);

const withDriver = async <T>({ uri, user, password }: Neo4jServer, act: (driver: Driver) => Promise<T>): Promise<T> => {
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
  try {
    return await act(driver);
  } finally {
    await driver.close();
  }
};

/** Each time a new server, killed while its empty graph is migrated; after the restart a writer migrates it and writes. */
export const killServerWhileMigrating = async ({ folder, kills, random }: CrashRun): Promise<CrashReport> => {
  const started = performance.now();
  const found: Kill[] = [];
  for (let i = 0; i < kills; i++) {
    const home = join(folder, `migration ${i}`);
    const ledger = new Ledger();
    let server = await serverOn(home);
    try {
      const writer = writerOf(server, ledger);
      await migrationBegun(server);
      await setTimeout(random() * MIGRATION_MAX);
      await server.kill();
      const unfinished = !writer.lines.includes('open');
      await writer.kill();
      server = await serverOn(home, server);
      const met = unfinished && (await begunIndexes(server)) > 0;
      const { halves } = await judge(server, ledger, writer);
      const next = writerOf(server, ledger, 4);
      await next.told('closed');
      await next.ended;
      const verdict = await judge(server, ledger, next);
      found.push({ ...verdict, met, halves: [...halves, ...verdict.halves] });
    } finally {
      await server.kill();
    }
  }
  return reportOf({ store: 'Neo4j', killed: 'the server', moment: 'migration' }, found, started);
};
