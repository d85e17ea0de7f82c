import type {
  CompletionPiece,
  LanguageModel,
  ModelCall,
  Prompt,
  Provenance,
  Segment,
  Usage,
} from '../../../src/model/language-model.ts';
import type { RowKey } from '../../../src/model/row-key.ts';

const USAGE: Usage = { prompt: 0, cached: 0, generated: 0, waited: 0, promptTime: 0, time: 0 };

export const PACK = 'pack';

export interface Asked {
  readonly method: string;
  readonly prompts: readonly Prompt[];
  readonly call: ModelCall | null;
}

export interface RecordingModel extends LanguageModel {
  /** Every call but `describe` and `status`, in order. */
  readonly asked: Asked[];
}

export interface Answers {
  /** Rows of the pack, or which there are. */
  readonly rows?: (row: RowKey) => boolean;
  readonly pieces?: (prompt: Prompt, call: ModelCall) => AsyncIterable<CompletionPiece> | Iterable<CompletionPiece>;
  readonly predicted?: readonly RowKey[];
  /** Of a token by its text; −1. */
  readonly logProbability?: (text: string, prompt: Prompt) => number;
}

export const provenance = (call: ModelCall): Provenance => ({
  model: { name: 'recording', sha256: null },
  pack: call.pack === null ? null : { name: call.pack, sha256: '0'.repeat(64) },
  adapter: null,
  seed: null,
  slots: 1,
  batch: 'alone',
  threads: 1,
  kv: null,
});

export const end = (call: ModelCall): CompletionPiece => ({
  kind: 'end',
  reason: 'end',
  tokens: null,
  usage: USAGE,
  provenance: provenance(call),
});

/** Words and line's ends are tokens of a text, and a row is one. */
const tokensOf = (segment: Segment): readonly string[] =>
  segment.kind === 'row' ? [segment.row] : (segment.text.match(/\n|\S+/gu) ?? []);

/** A port that answers what it is told to and keeps what it was asked: for what is written and read around a model. */
export const recordingModel = ({
  rows = () => true,
  pieces = (_, call) => [end(call)],
  predicted = [],
  logProbability = () => -1,
}: Answers = {}): RecordingModel => {
  const asked: Asked[] = [];
  const note = (method: string, prompts: readonly Prompt[], call: ModelCall | null): void => {
    asked.push({ method, prompts, call });
  };
  return {
    kind: 'llama',
    asked,
    describe: async () => ({
      name: 'recording',
      sha256: null,
      architecture: null,
      parameters: null,
      activeParameters: null,
      weightBytes: 1000,
      quantization: null,
      layers: null,
      embeddingLength: null,
      vocabulary: null,
      trainedContext: null,
      attention: null,
      experts: null,
      kv: { types: { key: 'f16', value: 'f16' }, bytesPerPosition: 10 },
      context: 100,
      slots: 2,
      gpu: null,
    }),
    packs: async () => [],
    rows: async (_, keys) => {
      note('rows', [], null);
      return new Map(keys.filter((key) => rows(key)).map((key) => [key, { predicted: true }]));
    },
    count: async (prompts, call) => {
      note('count', prompts, call);
      return prompts.map(({ segments }) => segments.flatMap(tokensOf).length);
    },
    complete: async function* (prompt, _, call) {
      note('complete', [prompt], call);
      yield* pieces(prompt, call);
    },
    predictNext: async (prompt, { k }, call) => {
      note('predictNext', [prompt], call);
      const likeliest = predicted.slice(0, k).map((row, i) => ({ row, probability: 2 ** -(i + 1) }));
      return { rows: likeliest, mass: 0.5, usage: USAGE, provenance: provenance(call) };
    },
    score: async (prompt, call) => {
      note('score', [prompt], call);
      const tokens = prompt.segments.flatMap((segment, i) =>
        tokensOf(segment).map((text) => ({ segment: i, text, logProbability: logProbability(text, prompt) })),
      );
      const sum = tokens.reduce((all, token) => all + token.logProbability, 0);
      return { tokens, sum, usage: USAGE, provenance: provenance(call) };
    },
    embed: async (prompts, call) => {
      note('embed', prompts, call);
      const vectors = prompts.map((_, i) => Float32Array.of(i, 1));
      return { vectors, usage: USAGE, provenance: provenance(call) };
    },
    status: () => ({
      processes: [
        {
          model: 'recording',
          pack: PACK,
          state: 'ready',
          pid: 1,
          running: 0,
          predictedBytes: 3000,
          residentBytes: 2500,
          restarts: 0,
        },
      ],
      waiting: 0,
      restarts: 0,
    }),
    close: async () => {},
  };
};

export const CALL: ModelCall = { client: 'test', workspace: 'test', pack: null, reproducible: true };
export const WITH_PACK: ModelCall = { ...CALL, pack: PACK };
