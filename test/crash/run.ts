/**
 * Kills both stores at every kind of moment, traces the system calls of a writer, and writes down what came of it:
 * `npm run test:crash`. `KILLS=100` for a night, `CRASH_SEED=…` to repeat the moments of another run; the names of moments
 * as arguments do these alone and put their figures in place of the old ones.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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

type SeededReport = CrashReport & { readonly seed: number };

interface Results {
  readonly date: string;
  readonly command: string;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly crashes: readonly SeededReport[];
  readonly trace: TraceReport;
}

/** With the share of the kills: a checkpoint is waited for 5 s, a new server for 20 s. */
const SCENARIOS: readonly (readonly [string, (run: CrashRun) => Promise<CrashReport>, number])[] = [
  ['loading', killWhileLoading, 1],
  ['loading-neo4j', killServerWhileLoading, 1],
  ['opening', killWhileOpening, 1],
  ['closing', killWhileClosing, 1],
  ['checkpoint', killWhileCheckpointing, 1 / 3],
  ['migration-neo4j', killServerWhileMigrating, 1 / 3],
];

const inFolder = async <T>(act: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-crash-'));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const versionIn = async (file: string, pattern: RegExp): Promise<string> =>
  pattern.exec(await readFile(join(import.meta.dirname, '../..', file), 'utf8'))?.[1] ?? 'unknown';

const machine = async (strace: string): Promise<Results['machine']> => ({
  commit: execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim(),
  cpu: cpus()[0]?.model.trim() ?? '',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${release()}`,
  node: process.version,
  grafeo: await versionIn('node_modules/@grafeo-db/js/package.json', /"version": "([^"]+)"/u),
  neo4j: await versionIn('test/neo4j/pom.xml', /<neo4j\.version>([^<]+)/u),
  strace,
});

const row = (report: SeededReport): string => {
  const { store, killed, moment, kills, met, acknowledged, committed, lost, halves, reopened, seconds, seed } = report;
  return `| ${[store, killed, moment, kills, met, acknowledged, committed, lost, halves.length, reopened, seconds, seed].join(' | ')} |`;
};

const markdown = ({ date, command, machine: on, crashes, trace }: Results): string => `# What kills did to the stores

${date}, \`${command}\`. ${Object.entries(on)
  .map(([key, value]) => `${key} ${value}`)
  .join(' · ')}

| store | killed (SIGKILL) | moment | kills | that met it under way | writes acknowledged | done, not acknowledged | lost | half | opened again | s | seed |
|---|---|---|---|---|---|---|---|---|---|---|---|
${crashes.map(row).join('\n')}

Writes acknowledged: for the first opening and the migration, by the writer that came after the kill. Lost: workspaces that were neither as
acknowledged nor one whole operation further. Rows with a seed of their own were run on their own, by naming the moment.

System calls of one writer (embedded store): ${trace.acknowledgements} acknowledgements, ${trace.logWrites} writes to ${trace.logFiles} log files,
${trace.logSyncs} synchronisations of them, ${trace.checkpoints} logs removed by checkpoints; in the wrong order: ${trace.faults.length}.
`;

const previous = async (): Promise<Pick<Results, 'crashes' | 'trace'>> =>
  JSON.parse(await readFile(join(RESULTS, 'crash.json'), 'utf8')) as Results;

const traceAll = async (): Promise<TraceReport> => {
  const trace = await inFolder((folder) => traceWriter(folder));
  console.log(trace);
  return trace;
};

const main = async (only: readonly string[]): Promise<void> => {
  const before = only.length > 0 ? await previous() : null;
  const strace = await requireStrace();
  await neo4jJars();
  console.log(`${KILLS} kills of each kind, seed ${SEED}`);
  const trace = before?.trace ?? (await traceAll());
  const crashes: SeededReport[] = [];
  for (const [i, [name, scenario, share]] of SCENARIOS.entries()) {
    const old = before?.crashes[i];
    if (old !== undefined && !only.includes(name)) {
      crashes.push(old);
      continue;
    }
    const kills = Math.ceil(KILLS * share);
    const report = await inFolder((folder) => scenario({ folder, kills, random: seeded(SEED) }));
    crashes.push({ ...report, seed: SEED });
    console.log(crashes.at(-1));
  }
  const date = new Date().toISOString().slice(0, 10);
  const command = `KILLS=${KILLS} npm run test:crash`;
  const results: Results = { date, command, machine: await machine(strace), crashes, trace };
  await mkdir(RESULTS, { recursive: true });
  await writeFile(join(RESULTS, 'crash.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(RESULTS, 'crash.md'), markdown(results));
  const bad = crashes.some(({ lost, halves }) => lost > 0 || halves.length > 0) || trace.faults.length > 0;
  process.exitCode = bad ? 1 : 0;
};

await main(process.argv.slice(2));
