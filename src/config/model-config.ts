import type { ModelGpu, ModelKv } from './model-settings.ts';
import { SECOND, type SettingReader } from './setting-reader.ts';

/** The base model: which, where it comes from, and what it may take. */
export interface ModelConfig {
  /** `default`, `hf:…` or an absolute path; null: there is none. */
  readonly address: string | null;
  /** Absolute path of the folder of fetched models. */
  readonly folder: string;
  readonly hub: ModelHubConfig;
  /** A server that is asked in place of a model run here; null: there is none. */
  readonly server: ModelServerConfig | null;
  readonly gpu: ModelGpu;
  /** Positions of the longest sequence. */
  readonly context: number;
  /** Sequences at once. */
  readonly slots: number;
  readonly processes: number;
  /** Of each process; 0: one less than there are cores. */
  readonly threads: number;
  readonly kv: ModelKv;
  /** Bytes that all models may take together. */
  readonly memory: number;
  /** ms without a request, after which a model is unloaded. */
  readonly idle: number;
  /** ms that a request may run. */
  readonly timeout: number;
  /** Requests that may wait. */
  readonly queue: number;
  /** Bytes of kept beginnings of sequences. */
  readonly prefixes: number;
  /** Absolute path of the folder of packs; null: there are none. */
  readonly packs: string | null;
}

/** Where `hf:` addresses are fetched from. */
export interface ModelHubConfig {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string | null;
}

/** A server that speaks as OpenAI does. */
export interface ModelServerConfig {
  /** Base address, without a slash at its end. */
  readonly url: string;
  readonly key: string | null;
  /** The model's name there; null: none is named. */
  readonly name: string | null;
}

export const readModel = (read: SettingReader): ModelConfig => {
  const url = read('modelServerUrl');
  const server = { key: read('modelServerKey'), name: read('modelName') };
  return Object.freeze({
    address: read('model'),
    folder: read('modelsFolder'),
    hub: Object.freeze({ url: read('modelHub'), token: read('modelHubToken') }),
    server: url === null ? null : Object.freeze({ url, ...server }),
    gpu: read('modelGpu'),
    context: read('modelContext'),
    slots: read('modelSlots'),
    processes: read('modelProcesses'),
    threads: read('modelThreads'),
    kv: read('modelKv'),
    memory: read('modelMemory'),
    idle: read('modelIdle') * SECOND,
    timeout: read('modelTimeout') * SECOND,
    queue: read('modelQueue'),
    prefixes: read('modelPrefixes'),
    packs: read('packsFolder'),
  });
};
