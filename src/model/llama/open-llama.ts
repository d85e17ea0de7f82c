import { availableParallelism } from 'node:os';
import { type ErrorCode, HypersceneError } from '../../errors.ts';
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
import { drawSeed, llamaSeed } from '../llama-seed.ts';
import type { RowKey } from '../row-key.ts';
import { checkGrammarSchema } from './grammar-schema.ts';
import { type Contexts, type Footprint, reckonBytes } from './memory.ts';
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
  /** That its processes have or may come to have. */
  contexts: Contexts;
  /** Of each process, with these. */
  predictedBytes: number;
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
  /** By name of the pack and its hash, empty for none: those that have a process or somebody who waits for one. */
  readonly #places = new Map<string, Place>();
  /** Of places that are no more. */
  #restartsBefore = 0;
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
    const file = await this.#file(call);
    const task = { kind: 'count', prompts: prompts.map((prompt) => idPrompt(prompt, file)) } as const;
    const { result } = await this.#ask(file, task, call);
    return [...result.positions];
  }

  async *complete(
    prompt: Prompt,
    options: CompleteOptions,
    call: ModelCall,
  ): AsyncGenerator<CompletionPiece, void, void> {
    if (options.schema !== undefined) checkGrammarSchema(options.schema);
    const file = await this.#file(call);
    const seed = options.seed ?? drawSeed();
    const stopping = new AbortController();
    const stop = (): void => stopping.abort(call.signal?.reason);
    call.signal?.addEventListener('abort', stop, { once: true });
    if (call.signal?.aborted) stop();
    const stream = new PieceStream<CompletionPiece>();
    const task = {
      kind: 'complete',
      prompt: idPrompt(prompt, file),
      never: file.never,
      ...options,
      seed: llamaSeed(seed),
    } as const;
    this.#ask(file, task, { ...call, signal: stopping.signal }, (piece) => stream.push(ofIds(piece, file))).then(
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
    const file = await this.#file(call);
    const { rows } = file;
    if (rows === null)
      throw new HypersceneError('PACK_REQUIRED', 'hypertokens can be predicted with a pack only', {
        expected: 'the name of a pack',
        came: 'none',
      });
    const asked = among === undefined ? rows.predictedCodes : rows.predictedAmong(among);
    const task = { kind: 'predict', prompt: idPrompt(prompt, file), among: asked, k } as const;
    const { result, usage, provenance } = await this.#ask(file, task, call);
    const predicted = [...result.ids].map((id, i) => ({
      row: rows.keyOf(id),
      probability: result.probabilities[i] ?? 0,
    }));
    return { rows: predicted, mass: result.mass, usage, provenance };
  }

  async score(prompt: Prompt, call: ModelCall): Promise<Scores> {
    const file = await this.#file(call);
    const task = { kind: 'score', prompt: idPrompt(prompt, file) } as const;
    const { result, usage, provenance } = await this.#ask(file, task, call);
    const sum = result.tokens.reduce((all, { logProbability }) => all + (logProbability ?? 0), 0);
    return { tokens: result.tokens, sum, usage, provenance };
  }

  async embed(prompts: readonly Prompt[], call: ModelCall): Promise<Embeddings> {
    const file = await this.#file(call);
    const task = { kind: 'embed', prompts: prompts.map((prompt) => idPrompt(prompt, file)) } as const;
    const { result, usage, provenance } = await this.#ask(file, task, { ...call, adapter: 'none' });
    return { vectors: result.vectors, usage, provenance };
  }

  status(): ModelStatus {
    const places = [...this.#places.values()];
    return {
      waiting: places.reduce((sum, { station }) => sum + station.waiting, 0),
      restarts: places.reduce((sum, { station }) => sum + station.restarts, this.#restartsBefore),
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
    file: PackedFile,
    task: TaskOf<Kind>,
    { client, workspace, adapter, reproducible: alone, signal }: ModelCall,
    onPiece?: (piece: TaskPiece) => void,
  ): Promise<Answered<TaskResults[Kind]>> {
    const lora = await this.#files.adapter(file, adapter);
    const place = this.#place(file);
    this.#reserve(place, { adapter: lora !== null, embedding: task.kind === 'embed' });
    const answer = await place.station.run({
      client,
      workspace,
      task,
      adapter: lora?.path ?? null,
      alone,
      signal,
      onPiece,
    });
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

  async #file({ pack, signal }: ModelCall): Promise<PackedFile> {
    try {
      const file = await this.#files.packed(pack, signal);
      if (pack !== null) this.#retire(pack, file);
      return file;
    } catch (error) {
      if (pack !== null && error instanceof HypersceneError && UNLOADABLE.has(error.code)) this.#retire(pack, null);
      throw error;
    }
  }

  /** Of a pack that is no longer what it was nobody asks for the former. */
  #retire(pack: string, file: PackedFile | null): void {
    for (const place of [...this.#places.values()])
      if (place.file.pack?.name === pack && place.file.pack.sha256 !== file?.pack?.sha256) place.station.retire();
  }

  /** That of a file, which has to be asked at once: one of which nothing is loaded and for which nobody waits goes. */
  #place(file: PackedFile): Place {
    if (this.#closed) throw new HypersceneError('CANCELLED', 'the model is closed');
    const key = keyOf(file);
    const there = this.#places.get(key);
    if (there !== undefined) return there;
    const place = this.#open(file);
    this.#places.set(key, place);
    return place;
  }

  #leave(place: Place): void {
    const key = keyOf(place.file);
    if (this.#places.get(key) !== place) return;
    this.#places.delete(key);
    this.#restartsBefore += place.station.restarts;
    this.#files.forget(place.file);
  }

  #open(file: PackedFile): Place {
    const { processes, slots, queueMax, timeout, idle, threads, gpu, context, kv, prefixBytesMax } = this.#options;
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
      keepsStates: prefixBytesMax > 0,
      timeout,
      idle,
      spawn: (isFirst) => {
        this.#makeRoom(place.predictedBytes, isFirst ? [...this.#places.values()] : []);
        return spawnModel(order);
      },
      onUnloaded: () => this.#leave(place),
    });
    const contexts = { adapter: file.hasAdapter, embedding: false };
    const place: Place = { file, station, contexts, predictedBytes: this.#reckon(file, contexts) };
    return place;
  }

  #reckon({ model, weightBytes }: PackedFile, contexts: Contexts): number {
    return reckonBytes(footprint(model, weightBytes), this.#options, contexts);
  }

  /** Room for a context that the first request of its kind brings: in each process, since any may get it. @throws HypersceneError MODEL_TOO_LARGE */
  #reserve(place: Place, wanted: Contexts): void {
    const contexts = {
      adapter: place.contexts.adapter || wanted.adapter,
      embedding: place.contexts.embedding || wanted.embedding,
    };
    const bytes = this.#reckon(place.file, contexts);
    const more = bytes - place.predictedBytes;
    if (more === 0) return;
    const others = [...this.#places.values()].filter((other) => other !== place);
    this.#makeRoom(more * place.station.standing, others);
    place.contexts = contexts;
    place.predictedBytes = bytes;
  }

  /**
   * For the first process of a model others are unloaded that have nothing to do, those first that have had none for longest, and none
   * in vain. A further one takes what is free: it is no more than faster, and the other model would have to be loaded again.
   * @param yielding those that may be unloaded
   * @throws HypersceneError MODEL_TOO_LARGE
   */
  #makeRoom(wanted: number, yielding: readonly Place[]): void {
    if (wanted === 0) return;
    const { memoryMax } = this.#options;
    const places = [...this.#places.values()];
    let free = memoryMax - places.reduce((sum, place) => sum + place.predictedBytes * place.station.standing, 0);
    const idle = yielding
      .flatMap(({ station, predictedBytes }) => station.idle.map((one) => ({ ...one, bytes: predictedBytes })))
      .toSorted((a, b) => a.since - b.since);
    const available = free + idle.reduce((sum, { bytes }) => sum + bytes, 0);
    if (available < wanted)
      throw new HypersceneError('MODEL_TOO_LARGE', 'there is too little memory for the model', {
        expected: `at most ${wholeMebibytes(available)} MiB of ${wholeMebibytes(memoryMax)} MiB (HYPERSCENE_MODEL_MEMORY)${
          wanted > memoryMax ? '' : ', the rest is taken by models in use'
        }`,
        came: `${Math.ceil(wanted / MIB)} MiB`,
      });
    for (const { unload, bytes } of idle) {
      if (wanted <= free) return;
      unload();
      free += bytes;
    }
  }
}

/** Why a pack cannot be loaded any more. */
const UNLOADABLE: ReadonlySet<ErrorCode> = new Set(['PACK_NOT_FOUND', 'PACK_UNREADABLE', 'PACK_MISMATCH']);

const keyOf = ({ pack }: PackedFile): string => (pack === null ? '' : `${pack.name} ${pack.sha256}`);

/**
 * By default one core is left to the service and its store: threads of llama.cpp wait for each other by spinning, and where one of them
 * has to share its core all of them wait. On two busy cores two threads took eight times as long as one.
 */
const threadsOf = (wanted: number): number => (wanted === 0 ? Math.max(1, availableParallelism() - 1) : wanted);

const MIB = 2 ** 20;

/** No more than there are, and none of what is below none: a limit may be less than what stands. */
const wholeMebibytes = (bytes: number): number => Math.max(0, Math.floor(bytes / MIB));

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
