import { watch } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Random } from '../../src/collapse/leiden/random.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import { type CrashReport, type Kill, reportOf } from './crash-report.ts';
import { Ledger } from './ledger.ts';
import { startWriter, type Writer } from './writer-process.ts';

/** From the first acknowledgement to the kill, ms: an operation takes some 20. */
const LOADING_MAX = 700;
/** What each takes on 2 cores at least, ms, so that most kills fall into it; opening from its first file on. */
const OPENING_MAX = 60;
const CLOSING_MAX = 25;
const CHECKPOINT_MAX = 25;

export interface CrashRun {
  /** An empty one. */
  readonly folder: string;
  readonly kills: number;
  readonly random: Random;
}

type Moment = (writer: Writer, path: string) => Promise<void>;

/** Kills the writing process again and again, on one store. */
const killWriters = async (run: CrashRun, moment: string, reach: Moment): Promise<CrashReport> => {
  const started = performance.now();
  const path = join(run.folder, 'graph');
  const ledger = new Ledger();
  const kills: Kill[] = [];
  for (let i = 0; i < run.kills; i++) {
    const writer = startWriter({ store: { kind: 'embedded', path }, from: ledger.next });
    await reach(writer, path);
    await writer.kill();
    kills.push(await judge(ledger, path, writer, moment));
  }
  return reportOf({ store: 'embedded', killed: 'the writing process', moment }, kills, started);
};

const judge = async (ledger: Ledger, path: string, writer: Writer, moment: string): Promise<Kill> => {
  const logs = (await readdir(`${path}.wal`).catch(() => [])).filter((name) => name.endsWith('.log'));
  const database = await openEmbeddedStore({ path });
  try {
    const verdict = await ledger.judge(database, writer.lines);
    // The old log goes when the checkpoint is done.
    const inCheckpoint = logs.length > 1;
    const unfinished = !writer.lines.includes('closed');
    const met = moment === 'checkpoint' ? inCheckpoint : moment === 'closing' ? unfinished : verdict.underWay > 0;
    return { ...verdict, met };
  } finally {
    await database.close();
  }
};

export const killWhileLoading = (run: CrashRun): Promise<CrashReport> =>
  killWriters(run, 'loading', async (writer) => {
    await writer.told('ack');
    await setTimeout(run.random() * LOADING_MAX);
  });

export const killWhileClosing = (run: CrashRun): Promise<CrashReport> =>
  killWriters(run, 'closing', async (writer) => {
    await writer.told('ack', 4 + Math.floor(run.random() * 8));
    writer.child.stdin?.end();
    await writer.told('closing');
    await setTimeout(run.random() * CLOSING_MAX);
  });

/** The database checkpoints every five seconds, into a new log: its appearance is the beginning. */
export const killWhileCheckpointing = (run: CrashRun): Promise<CrashReport> =>
  killWriters(run, 'checkpoint', async (writer, path) => {
    await writer.told('ack');
    await newFile(`${path}.wal`, '.log');
    await setTimeout(run.random() * CHECKPOINT_MAX);
  });

const newFile = (folder: string, ending: string): Promise<void> =>
  new Promise((resolve) => {
    const watcher = watch(folder, (event, name) => {
      if (event !== 'rename' || name?.endsWith(ending) !== true) return;
      watcher.close();
      resolve();
    });
  });

/** Each time a store of its own, killed while its file is made and migrated; then another process writes into it. */
export const killWhileOpening = async ({ folder, kills, random }: CrashRun): Promise<CrashReport> => {
  const started = performance.now();
  const found: Kill[] = [];
  for (let i = 0; i < kills; i++) {
    const path = join(folder, String(i), 'graph');
    const ledger = new Ledger();
    await mkdir(dirname(path));
    const begun = newFile(dirname(path), '');
    const writer = startWriter({ store: { kind: 'embedded', path }, from: ledger.next });
    await begun;
    await setTimeout(random() * OPENING_MAX);
    await writer.kill();
    const met = !writer.lines.includes('open');
    const { halves } = await judge(ledger, path, writer, 'opening');
    const next = startWriter({ store: { kind: 'embedded', path }, from: ledger.next, most: 4 });
    await next.told('closed');
    await next.ended;
    const verdict = await judge(ledger, path, next, 'opening');
    found.push({ ...verdict, met, halves: [...halves, ...verdict.halves] });
  }
  return reportOf({ store: 'embedded', killed: 'the writing process', moment: 'first opening' }, found, started);
};
