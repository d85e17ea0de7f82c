import { availableParallelism } from 'node:os';
import { HypersceneError } from '../../errors.ts';
import type {
  CompleteOptions,
  CompletionPiece,
  Embeddings,
  KvTypes,
  LanguageModel,
  ModelCall,
  ModelDescription,
  ModelStatus,
  PackSummary,
  Prediction,
  PredictOptions,
  Prompt,
  Provenance,
  RowTraining,
  Scores,
  Usage,
} from '../language-model.ts';
import type { RowKey } from '../row-key.ts';
import { checkGrammarSchema } from './grammar-schema.ts';
import { type Footprint, reckonBytes } from './memory.ts';
import type { IdPrompt, LoadOrder, Task, TaskOf, TaskPiece, TaskResults } from './messages.ts';
import { type AdapterFile, type ModelFile, ModelFiles, type PackedFile } from './model-files.ts';
import { PieceStream } from './piece-stream.ts';
import { spawnModel } from './spawn-model.ts';
import { Station, type StationAnswer } from './station.ts';

export interface LlamaOptions {
  /** Where the GGUF lies, which may have to be fetched first. @throws HypersceneError MODEL_NOT_FOUND and what fetching throws */
  readonly find: (signal?: AbortSignal) => Promise<string>;
  /** Folder of the packs that may be named; null for none. */
  readonly packs: string | null;
  /** Where files that hold a pack's rows are written. */
  readonly cache: string;
  readonly gpu: LoadOrder['gpu'];
  /** 0 takes one less than there are cores, see {@link threadsOf}. */
  readonly threads: number;
  /** Positions of a sequence. */
  readonly context: number;
  /** Sequences of a process at once. */
  readonly slots: number;
  /** Processes of one model at most. */
  readonly processes: number;
  readonly kv: KvTypes;
  /** Bytes that all processes may be reckoned to take together. */
  readonly memoryMax: number;
  /** ms after which what has nothing to do is unloaded. */
  readonly idle: number;
  /** ms for which a request may run. */
  readonly timeout: number;
  /** Requests that may wait for each model. */
  readonly queueMax: number;
  /** Bytes of prefix states that each process keeps. */
  readonly prefixBytesMax: number;
}

/** A GGUF in processes of its own. It is loaded when first asked, and again after it was idle or has crashed. */
export const openLlama = (options: LlamaOptions): LanguageModel => new LlamaLanguageModel(options);

/** A model with one pack or none, loaded or to be loaded. */
interface Place {
  readonly file: PackedFile;
  readonly station: Station;
  readonly predictedBytes: number;
}

/** What an answer is told to have come by. */
interface Answered<Result> {
  readonly result: Result;
  readonly usage: Usage;
  readonly provenance: Provenance;
}

class LlamaLanguageModel implements LanguageModel {
  readonly kind = 'llama';
  readonly #options: LlamaOptions;
  readonly #files: ModelFiles;
  /** By name of the pack and its hash; empty for none. */
  readonly #places = new Map<string, Place>();
  #closed = false;

  constructor(options: LlamaOptions) {
    this.#options = options;
    this.#files = new ModelFiles(options);
  }

  async describe(): Promise<ModelDescription> {
    const { context, slots, gpu } = this.#options;
    const { description } = await this.#files.base();
    return { ...description, context, slots, gpu: gpu === 'off' ? null : gpu };
  }

  async packs(): Promise<readonly PackSummary[]> {
    const loaded = new Set(
      [...this.#places.values()].flatMap(({ file }) => (file.pack === null ? [] : [file.pack.sha256])),
    );
    const all = await this.#files.packs();
    return all.map((pack) => ({ ...pack, loaded: loaded.has(pack.sha256) }));
  }

  async rows(pack: string, keys: readonly RowKey[]): Promise<ReadonlyMap<RowKey, RowTraining>> {
    const rows = await this.#files.pack(pack);
    const found = keys.flatMap((key) => {
      const index = rows.rowIndex(key);
      return index === null ? [] : [[key, { predicted: rows.isPredicted(index) }] as const];
    });
    return new Map(found);
  }

  async count(prompts: readonly Prompt[], call: ModelCall): Promise<readonly number[]> {
    const place = await this.#place(call);
    const task = { kind: 'count', prompts: prompts.map((prompt) => idPrompt(prompt, place.file)) } as const;
    const { result } = await this.#ask(place, task, call);
    return [...result.positions];
  }

  async *complete(
    prompt: Prompt,
    options: CompleteOptions,
    call: ModelCall,
  ): AsyncGenerator<CompletionPiece, void, void> {
    if (options.schema !== undefined) checkGrammarSchema(options.schema);
    const place = await this.#place(call);
    const { file } = place;
    const seed = options.seed ?? Math.floor(Math.random() * 2 ** 32);
    const stopping = new AbortController();
    const stop = (): void => stopping.abort(call.signal?.reason);
    call.signal?.addEventListener('abort', stop, { once: true });
    if (call.signal?.aborted) stop();
    const stream = new PieceStream<CompletionPiece>();
    const task = { kind: 'complete', prompt: idPrompt(prompt, file), never: file.never, ...options, seed } as const;
    this.#ask(place, task, { ...call, signal: stopping.signal }, (piece) => stream.push(ofIds(piece, file))).then(
      ({ result, usage, provenance }) => {
        const drawn = options.temperature > 0 ? seed : null;
        stream.push({ kind: 'end', ...result, usage, provenance: { ...provenance, seed: drawn } });
        stream.end();
      },
      (error: unknown) => stream.fail(error),
    );
    try {
      yield* stream.taken();
    } finally {
      call.signal?.removeEventListener('abort', stop);
      // Who stops taking wants no more of it.
      stopping.abort();
    }
  }

  async predictNext(prompt: Prompt, { k, among }: PredictOptions, call: ModelCall): Promise<Prediction> {
    const place = await this.#place(call);
    const { rows } = place.file;
    if (rows === null)
      throw new HypersceneError('PACK_REQUIRED', 'hypertokens can be predicted with a pack only', {
        expected: 'the name of a pack',
        came: 'none',
      });
    const asked = among === undefined ? rows.predictedCodes : rows.predictedAmong(among);
    const task = { kind: 'predict', prompt: idPrompt(prompt, place.file), among: asked, k } as const;
    const { result, usage, provenance } = await this.#ask(place, task, call);
    const predicted = [...result.ids].map((id, i) => ({
      row: rows.keyOf(id),
      probability: result.probabilities[i] ?? 0,
    }));
    return { rows: predicted, mass: result.mass, usage, provenance };
  }

  async score(prompt: Prompt, call: ModelCall): Promise<Scores> {
    const place = await this.#place(call);
    const task = { kind: 'score', prompt: idPrompt(prompt, place.file) } as const;
    const { result, usage, provenance } = await this.#ask(place, task, call);
    const sum = result.tokens.reduce((all, { logProbability }) => all + (logProbability ?? 0), 0);
    return { tokens: result.tokens, sum, usage, provenance };
  }

  async embed(prompts: readonly Prompt[], call: ModelCall): Promise<Embeddings> {
    const place = await this.#place({ ...call, adapter: 'none' });
    const task = { kind: 'embed', prompts: prompts.map((prompt) => idPrompt(prompt, place.file)) } as const;
    const { result, usage, provenance } = await this.#ask(place, task, { ...call, adapter: 'none' });
    return { vectors: result.vectors, usage, provenance };
  }

  status(): ModelStatus {
    const places = [...this.#places.values()];
    return {
      waiting: places.reduce((sum, { station }) => sum + station.waiting, 0),
      processes: places.flatMap(({ file, station, predictedBytes }) =>
        station.processes.map(({ model, state, running }) => ({
          model: file.model.name,
          pack: file.pack?.name ?? null,
          state,
          pid: model.pid,
          running: running.size,
          predictedBytes,
          residentBytes: model.resident,
          restarts: station.restarts,
        })),
      ),
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#places.values()].map(({ station }) => station.close()));
    this.#places.clear();
  }

  async #ask<Kind extends Task['kind']>(
    { file, station }: Place,
    task: TaskOf<Kind>,
    { client, adapter, reproducible: alone, signal }: ModelCall,
    onPiece?: (piece: TaskPiece) => void,
  ): Promise<Answered<TaskResults[Kind]>> {
    const lora = await this.#files.adapter(file, adapter);
    const answer = await station.run({ client, task, adapter: lora?.path ?? null, alone, signal, onPiece });
    const { usage, waited } = answer;
    return {
      // A station gives back the answer to the task it was given.
      result: answer.result as TaskResults[Kind],
      usage: { ...usage, waited },
      provenance: this.#provenance(file, lora, alone, answer),
    };
  }

  #provenance(
    { model, pack }: PackedFile,
    lora: AdapterFile | null,
    alone: boolean,
    { loaded }: StationAnswer,
  ): Provenance {
    const { kv, slots } = this.#options;
    return {
      model: { name: model.name, sha256: model.sha256 },
      pack,
      adapter: lora === null ? null : { name: lora.name, sha256: lora.sha256 },
      seed: null,
      slots: alone ? 1 : slots,
      batch: alone ? 'alone' : 'shared',
      threads: loaded.threads,
      kv,
    };
  }

  async #place({ pack, signal }: ModelCall): Promise<Place> {
    const file = await this.#files.packed(pack, signal);
    if (this.#closed) throw new HypersceneError('CANCELLED', 'the model is closed');
    const key = file.pack === null ? '' : `${file.pack.name} ${file.pack.sha256}`;
    const there = this.#places.get(key);
    if (there !== undefined) return there;
    const place = this.#open(file);
    this.#places.set(key, place);
    return place;
  }

  #open(file: PackedFile): Place {
    const { processes, slots, queueMax, timeout, idle, threads, gpu, context, kv, prefixBytesMax } = this.#options;
    const predictedBytes = reckonBytes(footprint(file.model, file.weightBytes), this.#options, file.hasAdapter);
    const order = {
      path: file.path,
      firstRow: file.firstRow,
      gpu,
      threads: threadsOf(threads),
      context,
      slots,
      kv,
      prefixBytesMax,
    };
    const station = new Station({
      processesMax: processes,
      slots,
      queueMax,
      timeout,
      idle,
      spawn: () => {
        this.#makeRoom(predictedBytes, station);
        return spawnModel(order);
      },
    });
    return { file, station, predictedBytes };
  }

  /** Unloads models that have nothing to do where there is too little room. @throws HypersceneError MODEL_TOO_LARGE */
  #makeRoom(wanted: number, station: Station): void {
    const { memoryMax } = this.#options;
    const places = [...this.#places.values()];
    const taken = (): number => places.reduce((sum, place) => sum + place.predictedBytes * place.station.standing, 0);
    for (const other of places) {
      if (taken() + wanted <= memoryMax) return;
      if (other.station !== station) other.station.unloadIdle();
    }
    if (taken() + wanted <= memoryMax) return;
    throw new HypersceneError('MODEL_TOO_LARGE', 'there is too little memory for the model', {
      expected: `at most ${mebibytes(memoryMax - taken())} of ${mebibytes(memoryMax)}, the rest is taken`,
      came: mebibytes(wanted),
    });
  }
}

/**
 * By default one core is left to the service and its store: threads of llama.cpp wait for each other by spinning, and where one of them
 * has to share its core all of them wait. On two busy cores two threads took eight times as long as one.
 */
const threadsOf = (wanted: number): number => (wanted === 0 ? Math.max(1, availableParallelism() - 1) : wanted);

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;

const footprint = ({ description }: ModelFile, weightBytes: number): Footprint => ({
  weightBytes,
  kvBytesPerPosition: description.kv?.bytesPerPosition ?? null,
  vocabulary: description.vocabulary ?? 0,
  embeddingLength: description.embeddingLength ?? 0,
});

const idPrompt = ({ segments, form }: Prompt, { rows, pack }: PackedFile): IdPrompt => ({
  form,
  segments: segments.map((segment) => {
    if (segment.kind === 'text') return segment;
    const id = rows?.find(segment.row)?.id;
    if (id === undefined)
      throw new HypersceneError('INTERNAL', 'a row that is not there was to be read', {
        expected: `a row of ${pack?.name ?? 'a pack'}`,
        came: segment.row,
      });
    return { kind: 'id', id };
  }),
});

const ofIds = (piece: TaskPiece, { rows }: PackedFile): CompletionPiece => {
  if (piece.kind === 'text') return piece;
  const row = rows?.keyOf(piece.id);
  if (row === undefined) throw new HypersceneError('INTERNAL', 'the model made a token that stands for nothing');
  return { kind: 'row', row };
};
