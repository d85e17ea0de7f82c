import { join } from 'node:path';
import { load1, type Machine, machine } from '../store/figures.ts';
import { startChild } from './child.ts';
import { type Filled, fill, questionsOf } from './fill.ts';
import { type HostileResult, measureHostile } from './hostile.ts';
import type { OperationName } from './operations.ts';
import { compare, type OperationResult, type RoundOptions, startBare } from './side-by-side.ts';
import { type SoakResult, soak } from './soak.ts';
import { subscribe } from './subscriptions.ts';

export interface ApiOptions extends RoundOptions {
  readonly corpora: string;
  readonly operations: readonly OperationName[];
  /** Of mixed load; 0 for none. */
  readonly minutes: number;
  readonly subscriptions: number;
  readonly hostile: boolean;
  /** A folder for CPU profiles of our server's threads. */
  readonly profile: string | null;
}

export interface ApiResult extends Filled, RoundOptions {
  readonly date: string;
  readonly machine: Machine;
  readonly load1Before: number;
  readonly load1After: number;
  readonly operations: readonly OperationResult[];
  readonly soak: SoakResult | null;
  readonly hostile: readonly HostileResult[] | null;
}

const PACKAGES = ['@grafeo-db/js', '@apollo/server', '@as-integrations/fastify', 'fastify', 'graphql', 'autocannon'];

export const benchApi = async (folder: string, options: ApiOptions): Promise<ApiResult> => {
  const load1Before = load1();
  const { connections, rounds, seconds } = options;
  const ours = await startChild('./hyperscene-server.ts', join(folder, 'data'), options.profile);
  const filled = await fill(ours, options.corpora);
  const questions = await questionsOf(ours);
  const bare = await startBare(
    ours,
    options.operations.flatMap((name) => questions.measured[name]),
    folder,
  );
  const operations = await compare(ours, bare, questions.measured, options.operations, {
    connections,
    rounds,
    seconds,
  });
  await bare.stop();
  const soaked = options.minutes === 0 ? null : await soakBeside(options, ours, questions);
  const hostile = options.hostile ? await measureHostile(ours) : null;
  await ours.stop();
  return {
    date: new Date().toISOString(),
    machine: machine(PACKAGES),
    load1Before,
    load1After: load1(),
    connections,
    rounds,
    seconds,
    ...filled,
    operations,
    soak: soaked,
    hostile,
  };
};

const soakBeside = async (
  { minutes, connections, subscriptions }: ApiOptions,
  ours: Parameters<typeof soak>[0],
  questions: Parameters<typeof soak>[1],
): Promise<SoakResult> => {
  const watching = subscriptions === 0 ? null : await subscribe(ours, subscriptions);
  return soak(ours, questions, { minutes, connections, subscriptions: watching });
};
