/**
 * Kills both stores at every kind of moment, traces the system calls of a writer, and writes down what came of it:
 * `npm run test:crash`. `KILLS=100` for a night, `CRASH_SEED=…` to repeat the moments of another run.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { neo4jJars } from '../neo4j/neo4j-jars.ts';
import type { CrashReport } from './crash-report.ts';
import {
  type CrashRun,
  killWhileCheckpointing,
  killWhileClosing,
  killWhileLoading,
  killWhileOpening,
} from './embedded-crash.ts';
import { killServerWhileLoading, killServerWhileMigrating } from './neo4j-crash.ts';
import { SEED, seeded } from './random.ts';
import type { TraceReport } from './trace.ts';
import { requireStrace, traceWriter } from './trace-run.ts';

const KILLS = Number(process.env['KILLS'] ?? 30);
const RESULTS = join(import.meta.dirname, 'results');

interface Results {
  readonly date: string;
  readonly command: string;
  readonly seed: number;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly crashes: readonly CrashReport[];
  readonly trace: TraceReport;
}

/** With the share of the kills: a checkpoint is waited for 5 s, a new server for 20 s. */
const SCENARIOS: readonly (readonly [(run: CrashRun) => Promise<CrashReport>, number])[] = [
  [killWhileLoading, 1],
  [killServerWhileLoading, 1],
  [killWhileOpening, 1],
  [killWhileClosing, 1],
  [killWhileCheckpointing, 1 / 3],
  [killServerWhileMigrating, 1 / 3],
];

const inFolder = async <T>(act: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-crash-'));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const machine = async (): Promise<Results['machine']> => ({
  cpu: cpus()[0]?.model.trim() ?? '',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${release()}`,
  node: process.version,
  grafeo: '0.6.0',
  neo4j: '5.26.30',
  strace: await requireStrace(),
});

const row = (report: CrashReport): string => {
  const { store, killed, moment, kills, met, acknowledged, committed, lost, halves, reopened, seconds } = report;
  return `| ${[store, killed, moment, kills, met, acknowledged, committed, lost, halves.length, reopened, seconds].join(' | ')} |`;
};

const markdown = ({
  date,
  command,
  seed,
  machine: on,
  crashes,
  trace,
}: Results): string => `# What kills did to the stores

${date}, \`${command}\`, seed ${seed}. ${Object.entries(on)
  .map(([key, value]) => `${key} ${value}`)
  .join(' · ')}

| store | killed (SIGKILL) | moment | kills | that met it under way | writes acknowledged | done, not acknowledged | lost | half | opened again | s |
|---|---|---|---|---|---|---|---|---|---|---|
${crashes.map(row).join('\n')}

System calls of one writer (embedded store): ${trace.acknowledgements} acknowledgements, ${trace.logWrites} writes to ${trace.logFiles} log files,
${trace.logSyncs} synchronisations of them, ${trace.checkpoints} logs removed by checkpoints; in the wrong order: ${trace.faults.length}.
`;

const main = async (): Promise<void> => {
  await requireStrace();
  await neo4jJars();
  console.log(`${KILLS} kills of each kind, seed ${SEED}`);
  const trace = await inFolder((folder) => traceWriter(folder));
  console.log(trace);
  const crashes: CrashReport[] = [];
  for (const [scenario, share] of SCENARIOS) {
    const kills = Math.ceil(KILLS * share);
    const report = await inFolder((folder) => scenario({ folder, kills, random: seeded(SEED) }));
    console.log(report);
    crashes.push(report);
  }
  const date = new Date().toISOString().slice(0, 10);
  const command = `KILLS=${KILLS} npm run test:crash`;
  const results: Results = { date, command, seed: SEED, machine: await machine(), crashes, trace };
  await mkdir(RESULTS, { recursive: true });
  await writeFile(join(RESULTS, 'crash.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(RESULTS, 'crash.md'), markdown(results));
  const bad = crashes.some(({ lost, halves }) => lost > 0 || halves.length > 0) || trace.faults.length > 0;
  process.exitCode = bad ? 1 : 0;
};

await main();
