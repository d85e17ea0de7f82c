import { setTimeout as delay } from 'node:timers/promises';
import type { IdPrompt, TaskOf } from '../../../src/model/llama/messages.ts';
import { type SpawnedModel, spawnModel } from '../../../src/model/llama/spawn-model.ts';
import {
  Station,
  type StationAnswer,
  type StationOptions,
  type StationRequest,
} from '../../../src/model/llama/station.ts';

/** What was given to which process, in the order in which it was. */
export interface Given {
  readonly pid: number;
  readonly text: string;
}

export interface RecordedStation {
  readonly station: Station;
  readonly slots: number;
  readonly given: readonly Given[];
  /** All that were started. */
  readonly spawned: readonly SpawnedModel[];
  ask(text: string, request?: Partial<StationRequest> & { readonly tokensMax?: number }): Promise<StationAnswer>;
  /** That of the process which was given the text last. */
  pidOf(text: string): number;
}

export interface RecordOptions extends Partial<Omit<StationOptions, 'spawn'>> {
  readonly path: string;
  readonly spawn?: (start: () => SpawnedModel, isFirst: boolean) => SpawnedModel;
}

/** Real processes of a real model behind a station, which is told on what it gives to whom. */
export const recordedStation = ({ path, spawn, ...options }: RecordOptions): RecordedStation => {
  const given: Given[] = [];
  const spawned: SpawnedModel[] = [];
  const slots = options.slots ?? 1;
  const start = (): SpawnedModel => {
    const model = startModel(path, slots);
    spawned.push(model);
    return recorded(model, given);
  };
  const station = new Station({
    spawn: (isFirst) => spawn?.(start, isFirst) ?? start(),
    onUnloaded: () => undefined,
    processesMax: 2,
    slots,
    queueMax: 64,
    keepsStates: true,
    timeout: 600_000,
    idle: 600_000,
    ...options,
  });
  return {
    station,
    slots,
    given,
    spawned,
    ask: async (text, { tokensMax = 2, ...request } = {}) =>
      station.run({
        client: 'test',
        workspace: 'test',
        task: completion(text, tokensMax),
        adapter: null,
        alone: false,
        ...request,
      }),
    pidOf: (text) => {
      const one = given.findLast((each) => each.text === text);
      if (one === undefined) throw new Error(`nobody was given ${text}`);
      return one.pid;
    },
  };
};

/** A process of a model of which nothing is recorded. */
export const startModel = (path: string, slots = 1): SpawnedModel =>
  spawnModel({
    path,
    firstRow: Number.MAX_SAFE_INTEGER,
    gpu: 'off',
    threads: 1,
    context: 512,
    slots,
    kv: { key: 'f16', value: 'f16' },
    prefixBytesMax: 2 ** 26,
  });

const recorded = (model: SpawnedModel, given: Given[]): SpawnedModel => ({
  get pid() {
    return model.pid;
  },
  get resident() {
    return model.resident;
  },
  loaded: model.loaded,
  ended: model.ended,
  run: (request, handler) => {
    const { task } = request;
    const text = 'prompt' in task ? textOf(task.prompt) : task.kind;
    given.push({ pid: model.pid ?? 0, text });
    return model.run(request, handler);
  },
  kill: () => model.kill(),
});

const textOf = ({ segments }: IdPrompt): string =>
  segments.map((segment) => (segment.kind === 'text' ? segment.text : '')).join('');

export const completion = (text: string, tokensMax: number): TaskOf<'complete'> => ({
  kind: 'complete',
  prompt: { form: 'raw', segments: [{ kind: 'text', text }] },
  tokensMax,
  temperature: 0,
  topK: 0,
  topP: 1,
  minP: 0,
  seed: 1,
  stop: [],
  never: new Int32Array(),
});

/** Waits, however long that takes: the test's own limit ends it. */
export const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await delay(10);
};
