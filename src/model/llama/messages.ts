import type { ErrorMessage } from '../../errors.ts';
import type { JsonSchema, KvTypes, MadeToken, Prompt } from '../language-model.ts';

/** What a process is to load, once, when it begins. */
export interface LoadOrder {
  /** Of a GGUF, absolute. */
  readonly path: string;
  /** Tokens from this id on are rows of a pack; that of the first. */
  readonly firstRow: number;
  readonly gpu: 'off' | 'auto' | 'cuda' | 'vulkan' | 'metal';
  readonly threads: number;
  /** Positions of a sequence. */
  readonly context: number;
  /** Sequences at once. */
  readonly slots: number;
  readonly kv: KvTypes;
  /** Where states of prefixes are kept, and how many bytes of them; 0 is none. */
  readonly prefixes: { readonly folder: string; readonly bytesMax: number };
}

/** A prompt whose rows are ids. */
export interface IdPrompt {
  readonly segments: readonly IdSegment[];
  readonly form: Prompt['form'];
}
export type IdSegment = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'id'; readonly id: number };

interface Sampling {
  readonly tokensMax: number;
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly minP: number;
  readonly seed: number;
  readonly stop: readonly string[];
  readonly schema?: JsonSchema | undefined;
  readonly probabilities?: boolean | undefined;
  /** Ids that never come out: rows whose output is not trained. */
  readonly never: Int32Array;
}

export type Task =
  | ({ readonly kind: 'complete'; readonly prompt: IdPrompt } & Sampling)
  | { readonly kind: 'predict'; readonly prompt: IdPrompt; readonly among: Int32Array; readonly k: number }
  | { readonly kind: 'score'; readonly prompt: IdPrompt }
  | { readonly kind: 'embed'; readonly prompts: readonly IdPrompt[] }
  | { readonly kind: 'count'; readonly prompts: readonly IdPrompt[] };
export type TaskOf<Kind extends Task['kind']> = Extract<Task, { readonly kind: Kind }>;

/** How long it took and what it read; ms. */
export interface TaskUsage {
  readonly prompt: number;
  readonly cached: number;
  readonly generated: number;
  readonly promptTime: number;
  readonly time: number;
}

export interface TaskResults {
  readonly complete: { readonly reason: 'end' | 'stop' | 'length'; readonly tokens: readonly MadeToken[] | null };
  readonly predict: { readonly ids: Int32Array; readonly probabilities: Float64Array; readonly mass: number };
  readonly score: {
    readonly tokens: readonly {
      readonly segment: number;
      readonly text: string;
      readonly logProbability: number | null;
    }[];
  };
  readonly embed: { readonly vectors: readonly Float32Array[] };
  readonly count: { readonly positions: Int32Array };
}

export type TaskPiece = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'id'; readonly id: number };

export type ToProcess =
  | { readonly type: 'load'; readonly order: LoadOrder }
  | {
      readonly type: 'run';
      readonly id: number;
      readonly task: Task;
      /** Path of a LoRA; null for none. */
      readonly adapter: string | null;
      /** In a context of its own, from an empty cache. */
      readonly alone: boolean;
      /** What it holds of others is not used. */
      readonly workspace: string;
    }
  | { readonly type: 'cancel'; readonly id: number };

/** What a process tells once it has loaded. */
export interface Loaded {
  readonly threads: number;
  /** Of the device that layers were put on; `off` for none. */
  readonly gpu: string;
  readonly bos: boolean;
}

export type FromProcess =
  | { readonly type: 'loaded'; readonly loaded: Loaded }
  | { readonly type: 'unloadable'; readonly error: ErrorMessage }
  | { readonly type: 'piece'; readonly id: number; readonly piece: TaskPiece }
  | {
      readonly type: 'done';
      readonly id: number;
      readonly result: TaskResults[Task['kind']];
      readonly usage: TaskUsage;
    }
  | { readonly type: 'failed'; readonly id: number; readonly error: ErrorMessage }
  /** Bytes resident, after each task. */
  | { readonly type: 'memory'; readonly resident: number };
