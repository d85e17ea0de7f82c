import type { RowKey } from './row-key.ts';

/**
 * Port: a causal language model that reads text and rows of a pack, and predicts both. Adapters: {@link ./llama/open-llama.ts}, a
 * GGUF in processes of its own; {@link ./openai/open-openai.ts}, any server that speaks OpenAI's API.
 *
 * Every method that asks the model waits for its turn, and throws HypersceneError CANCELLED when the signal aborts, MODEL_BUSY when
 * too many wait, MODEL_TIMEOUT, MODEL_CRASHED, MODEL_UNAVAILABLE, MODEL_TOO_LARGE for memory, CONTEXT_FULL for more positions than
 * the context has, PACK_NOT_FOUND, PACK_UNREADABLE, PACK_MISMATCH.
 */
export interface LanguageModel {
  readonly kind: 'llama' | 'openai';
  /** What it is and what it takes; reads the file's header and loads nothing. */
  describe(): Promise<ModelDescription>;
  /** Those that may be named, whether loaded or not. */
  packs(): Promise<readonly PackSummary[]>;
  /** Which of the rows a pack has. @returns what is missing is not in it */
  rows(pack: string, keys: readonly RowKey[]): Promise<ReadonlyMap<RowKey, RowTraining>>;
  /** Positions of each prompt, the mark of the beginning not counted. */
  count(prompts: readonly Prompt[], call: ModelCall): Promise<readonly number[]>;
  /** Pieces as they come, and last how it ended. Whoever stops taking frees its slot. */
  complete(prompt: Prompt, options: CompleteOptions, call: ModelCall): AsyncIterable<CompletionPiece>;
  /** The likeliest rows that may follow. @throws HypersceneError PACK_REQUIRED where the choice names no pack */
  predictNext(prompt: Prompt, options: PredictOptions, call: ModelCall): Promise<Prediction>;
  /** Natural logarithm of the probability of each position after those before it. */
  score(prompt: Prompt, call: ModelCall): Promise<Scores>;
  /** Of each prompt one vector of unit length. */
  embed(prompts: readonly Prompt[], call: ModelCall): Promise<Embeddings>;
  /** What is loaded, waits and runs. */
  status(): ModelStatus;
  /** Ends what runs with CANCELLED, and its processes. */
  close(): Promise<void>;
}

/** A stretch of a prompt. Text is plain text whatever it spells; a row is one position. */
export type Segment = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'row'; readonly row: RowKey };

export interface Prompt {
  readonly segments: readonly Segment[];
  /** `chat` puts it as a user's turn into the model's own template. */
  readonly form: 'raw' | 'chat';
}

/** A row may be read; only one whose output is trained may be predicted. */
export interface RowTraining {
  readonly predicted: boolean;
}

/** Who asks, and of what. */
export interface ModelCall {
  /** Turns go round among these, e.g. a workspace; what one asks in a row keeps its order. */
  readonly client: string;
  /**
   * Beginnings that a cache holds are used again within one workspace only: how many positions were there already, and how soon an answer
   * came, would tell one how another's texts begin.
   */
  readonly workspace: string;
  /** Name of a pack, whose rows and adapter are used; null for the bare model. */
  readonly pack: string | null;
  /** Name of the pack whose adapter is used in place of that pack's own; `none` for none; undefined for its own. */
  readonly adapter?: string | undefined;
  /** The same bytes every time on the same machine: it runs alone and from an empty cache. */
  readonly reproducible: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface CompleteOptions {
  /** Tokens at most, rows included. */
  readonly tokensMax: number;
  /** 0 takes the likeliest each time. */
  readonly temperature: number;
  /** The likeliest so many are drawn from; 0 is all. */
  readonly topK: number;
  /** The likeliest that have this share together are drawn from, above 0 to 1. */
  readonly topP: number;
  /** Those of at least this share of the likeliest's probability, 0 to 1. */
  readonly minP: number;
  /** 0 to 2³² − 1; undefined draws one, which the answer tells. */
  readonly seed?: number | undefined;
  /** Ends before any of these texts, which is not given out. */
  readonly stop: readonly string[];
  /** JSON schema that the answer obeys. */
  readonly schema?: JsonSchema | undefined;
  /** Tells how likely each token was: {@link CompletionEnd.tokens}. By default it does not, which is faster. */
  readonly probabilities?: boolean | undefined;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

export type CompletionPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'row'; readonly row: RowKey }
  | ({ readonly kind: 'end' } & CompletionEnd);

export interface CompletionEnd {
  /** `end`: by the model; `stop`: by one of the stop texts; `length`: `tokensMax`, or the context is full. */
  readonly reason: 'end' | 'stop' | 'length';
  /** In their order; null where it was not asked for, and of a server, which tells nothing of what a schema leaves. */
  readonly tokens: readonly MadeToken[] | null;
  readonly usage: Usage;
  readonly provenance: Provenance;
}

/** A token of a completion. */
export interface MadeToken {
  /** UTF-16 code units of text, that of a stop text counted in, up to its end; bytes of a character count with its last one. */
  readonly end: number;
  /** Among the tokens that the schema allows there, and at a temperature above 0 as sampling leaves and weighs them: above 0 to 1. */
  readonly probability: number;
}

export interface Usage {
  /** Positions of the prompt, with the mark of the beginning and a template's. */
  readonly prompt: number;
  /** Those of them that stood in a cache and were not read again. */
  readonly cached: number;
  /** Tokens that were made. */
  readonly generated: number;
  /** ms. */
  readonly waited: number;
  /** ms for reading the prompt. */
  readonly promptTime: number;
  /** ms in all, without waiting. */
  readonly time: number;
}

/** By what an answer came about. */
export interface Provenance {
  readonly model: ModelIdentity;
  readonly pack: PackIdentity | null;
  readonly adapter: PackIdentity | null;
  /** Null where nothing is drawn. */
  readonly seed: number | null;
  /** Sequences that its context holds; null where a server does not tell. */
  readonly slots: number | null;
  /** `alone`: nothing else ran beside it, from an empty cache; `shared`: others may have been in the same batches. */
  readonly batch: 'alone' | 'shared' | 'unknown';
  readonly threads: number | null;
  readonly kv: KvTypes | null;
}

export interface ModelIdentity {
  readonly name: string;
  /** Of its file, 64 hex digits; null of a server's. */
  readonly sha256: string | null;
}

export interface PackIdentity {
  readonly name: string;
  /** Of its manifest, 64 hex digits, which holds those of its files. */
  readonly sha256: string;
}

export const KV_TYPES = ['f16', 'q8_0', 'q4_0'] as const;
export type KvType = (typeof KV_TYPES)[number];
export interface KvTypes {
  readonly key: KvType;
  readonly value: KvType;
}

export interface PredictOptions {
  /** Rows at most. */
  readonly k: number;
  /** Those that are asked for; undefined is all codes of the pack. */
  readonly among?: readonly RowKey[] | undefined;
}

export interface Prediction {
  /** By falling probability. */
  readonly rows: readonly PredictedRow[];
  /** That the next token is one of those asked for, 0 to 1. */
  readonly mass: number;
  readonly usage: Usage;
  readonly provenance: Provenance;
}

export interface PredictedRow {
  readonly row: RowKey;
  /** Among the whole vocabulary, 0 to 1. */
  readonly probability: number;
}

export interface Scores {
  readonly tokens: readonly TokenScore[];
  /** Of those that have one. */
  readonly sum: number;
  readonly usage: Usage;
  readonly provenance: Provenance;
}

export interface TokenScore {
  /** Index of the segment it stands in; −1 for a mark of the beginning or of a template. */
  readonly segment: number;
  /** As it is spelled; bytes that are no whole character as U+FFFD. */
  readonly text: string;
  /** Null for the first where nothing stands before it. */
  readonly logProbability: number | null;
}

export interface Embeddings {
  readonly vectors: readonly Float32Array[];
  readonly usage: Usage;
  readonly provenance: Provenance;
}

/** A pack as its manifest tells it. */
export interface PackSummary extends PackIdentity {
  /** SHA-256 of the model it was trained for. */
  readonly base: string;
  readonly rows: Readonly<Record<'codes' | 'facets' | 'scenes', number>>;
  /** Rows that may be predicted. */
  readonly predicted: number;
  readonly hasAdapter: boolean;
  readonly loaded: boolean;
  /** Why it cannot be used with this model; null where it can. */
  readonly unusable: string | null;
}

/** A model from its file's header; null is what a server does not tell. */
export interface ModelDescription extends ModelIdentity {
  readonly architecture: string | null;
  readonly parameters: number | null;
  /** Those that are used for each token: fewer than all where experts are. */
  readonly activeParameters: number | null;
  readonly weightBytes: number | null;
  /** Commonest type of the weights by bytes, e.g. `Q4_1`, and bits a parameter over all. */
  readonly quantization: { readonly type: string; readonly bitsPerParameter: number } | null;
  readonly layers: number | null;
  readonly embeddingLength: number | null;
  readonly vocabulary: number | null;
  /** Positions that it was trained on. */
  readonly trainedContext: number | null;
  /** Grouped attention: so many heads share one of the others. */
  readonly attention: { readonly heads: number; readonly kvHeads: number } | null;
  /** Mixture of experts. */
  readonly experts: { readonly all: number; readonly used: number } | null;
  readonly kv: { readonly types: KvTypes; readonly bytesPerPosition: number } | null;
  /** Positions of one sequence. */
  readonly context: number;
  readonly slots: number | null;
  readonly gpu: string | null;
}

export interface ModelStatus {
  readonly processes: readonly ProcessStatus[];
  readonly waiting: number;
  /** Processes that ended by themselves, since this was opened. */
  readonly restarts: number;
}

export interface ProcessStatus {
  readonly model: string;
  readonly pack: string | null;
  readonly state: 'starting' | 'ready' | 'stopping';
  readonly pid: number | null;
  readonly running: number;
  /** Bytes it is reckoned to take, with what it was asked for since it was loaded. */
  readonly predictedBytes: number;
  /** Bytes resident; null before it tells. */
  readonly residentBytes: number | null;
  readonly restarts: number;
}
