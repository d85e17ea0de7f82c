import { RUNGS } from '../../activation/rung.ts';
import { HypersceneError } from '../../errors.ts';
import type { CompletionEnd, Prompt } from '../../model/language-model.ts';
import type { Facet, FacetKind } from '../../scene/facet.ts';
import type { Language, Scene } from '../../scene/scene.ts';
import { type CompletionEvent, completeParts } from '../../worker/model/complete-parts.ts';
import { type EmbeddedParts, embedParts } from '../../worker/model/embed-parts.ts';
import { modelBudget } from '../../worker/model/model-budget.ts';
import type { ModelContext } from '../../worker/model/model-context.ts';
import { predictNextCodes } from '../../worker/model/predict-next-codes.ts';
import type { WrittenPrompt } from '../../worker/model/prompt-of.ts';
import { type ReadScenesRequest, readScenes } from '../../worker/model/read-scenes.ts';
import { type PartsRequest, type ScoredParts, scoreParts } from '../../worker/model/score-parts.ts';
import { nameOfThing } from '../../worker/model/thing.ts';
import { type CompletionArguments, completionOptions } from '../completion-options.ts';
import { completionStream, type StreamedEvent } from '../completion-stream.ts';
import type { ApiContext } from '../context.ts';
import { facetParent } from '../facet-parent.ts';
import type { ModelChoice, PromptPart, Resolvers } from '../generated/resolver-types.ts';
import { decodeSceneId } from '../global-id.ts';
import { modelClient } from '../model-client.ts';
import { MOST_MAX } from '../model-values.ts';
import { pageSize } from '../page-request.ts';
import type { CompletionParent, CompletionPieceParent, EmbeddingParent, ModelParent } from '../parents.ts';
import { promptParts } from '../prompt-parts.ts';

export const modelResolvers = {
  Query: {
    model: async (_, __, { model }) => modelParent(await model()),
    predictNext: async (_, { codes, k, choice, labels }, context) => {
      const request = { codes, k: pageSize('k', k, context.limits.pageMax), labels };
      return predictNextCodes(await modelContext(context, choice), request);
    },
    scoreParts: async (_, { choice, ...request }, context) =>
      scoreParts(await modelContext(context, choice), partsRequest(request, context)),
    embedParts: async (_, { lists, choice, labels, form }, context) => {
      const { pageMax } = context.limits;
      pageSize('lists', lists.length, pageMax);
      const request = { lists: lists.map((parts) => promptParts(parts, pageMax)), labels, form };
      return embedParts(await modelContext(context, choice), request);
    },
    modelBudget: async (_, { choice, ...request }, context) => {
      const asked = await modelContext(context, choice);
      return { ...(await modelBudget(asked, partsRequest(request, context))), model: asked.model };
    },
    readScenes: async (_, { choice, ...request }, context) => {
      const asked = scenesRequest(request, context.limits.pageMax);
      return readScenes(await modelContext(context, choice), asked);
    },
  },
  Mutation: {
    completeParts: async (_, args, context) => wholeCompletion((await completion(args, context))(context.signal)),
  },
  Subscription: {
    completion: {
      subscribe: async (_, args, context) => completionStream(await completion(args, context), context.signal),
      resolve: ({ event, error }: StreamedEvent) => {
        if (event === undefined) throw error;
        return event.kind === 'row' ? event.row : event;
      },
    },
  },
  Model: {
    name: ({ description }) => description.name,
    sha256: ({ description }) => description.sha256,
    architecture: ({ description }) => description.architecture,
    parameters: ({ description }) => description.parameters,
    activeParameters: ({ description }) => description.activeParameters,
    weightBytes: ({ description }) => description.weightBytes,
    quantization: ({ description }) => description.quantization,
    layers: ({ description }) => description.layers,
    embeddingLength: ({ description }) => description.embeddingLength,
    vocabulary: ({ description }) => description.vocabulary,
    trainedContext: ({ description }) => description.trainedContext,
    attention: ({ description }) => description.attention,
    experts: ({ description }) => description.experts,
    kv: ({ description: { kv } }) => kv && { ...kv.types, bytesPerPosition: kv.bytesPerPosition },
    context: ({ description }) => description.context,
    slots: ({ description }) => description.slots,
    gpu: ({ description }) => description.gpu,
    packs: ({ model }) => model.packs(),
    processes: ({ model }) => model.status().processes,
    waiting: ({ model }) => model.status().waiting,
  },
  ModelPack: {
    codeRows: ({ rows }) => rows.codes,
    facetRows: ({ rows }) => rows.facets,
    sceneRows: ({ rows }) => rows.scenes,
    predictedRows: ({ predicted }) => predicted,
  },
  WrittenPart: {
    contextPositions: ({ context }) => context?.positions ?? null,
    droppedCount: ({ context }) => context?.dropped.length ?? null,
  },
  WrittenItem: { name: ({ thing }) => thing && nameOfThing(thing) },
  PredictedCode: { code: (predicted) => predicted },
  PartsScore: {
    parts: ({ ofParts }) => ofParts,
    tokens: ({ tokens, written }, { from, most }) => tokensOf(tokens, written, from, most),
    tokenCount: ({ tokens }) => tokens.length,
    substitutions: ({ written }) => written.substitutions,
  },
  PartScore: { tokenCount: ({ tokens }) => tokens },
  PartsEmbedding: { embeddings: (embedded) => embeddingsOf(embedded) },
  Embedding: {
    length: ({ vector }) => vector.length,
    vector: ({ vector }) => Array.from(vector),
    base64: ({ vector }) => littleEndian(vector).toString('base64'),
  },
  ModelBudget: {
    written: ({ written }) => written.parts,
    substitutions: ({ written }) => written.substitutions,
    model: ({ model }) => modelParent(model),
  },
  PartBudget: { rungs: ({ onRungs }) => RUNGS.map((rung) => ({ rung, positions: onRungs[rung] })) },
  WrittenRungBudget: { itemCount: ({ items }) => items },
  Completion: {
    text: ({ pieces }) => pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join(''),
    written: ({ written }) => written.parts,
    substitutions: ({ written }) => written.substitutions,
  },
  CompletionWritten: { written: ({ parts }) => parts },
  CompletionPiece: { __resolveType: ({ kind }) => PIECE_TYPES[kind] },
  CompletionEvent: { __resolveType: ({ kind }) => EVENT_TYPES[kind] },
  SceneRow: { key: ({ id }) => id },
  ReadScene: {
    key: ({ scene }) => scene.id,
    text: ({ scene }) => scene.text,
    start: ({ scene }) => scene.start,
    end: ({ scene }) => scene.end,
    proposed: ({ scene, filled }) => filled.flatMap((kind) => proposedOf(scene, kind)),
  },
} satisfies Resolvers;

const proposedOf = (scene: Scene, kind: FacetKind) => {
  const facets: readonly Facet[] = kind === 'context' ? scene.context : [scene[kind]].filter((facet) => facet !== null);
  return facets.filter(({ by }) => by === 'model').map((facet) => facetParent(scene, kind, facet));
};

interface ScenesArguments {
  readonly scenes?: readonly string[] | null | undefined;
  readonly text?: string | null | undefined;
  readonly lang?: Language | null | undefined;
  readonly first: number;
  readonly confidenceMin: number;
}

const scenesRequest = (args: ScenesArguments, pageMax: number): ReadScenesRequest => {
  const { scenes, text, lang, first, confidenceMin } = args;
  const isText = typeof text === 'string';
  if (isText === Array.isArray(scenes))
    throw new HypersceneError('BAD_ARGUMENT', 'bad source', { expected: 'exactly one of scenes and text' });
  if (isText) {
    const limit = pageSize('first', first, pageMax);
    return { source: { text, lang: lang ?? undefined, limit }, confidenceMin };
  }
  const ids = (scenes ?? []).map(decodeSceneId);
  pageSize('scenes', ids.length, pageMax);
  return { source: { scenes: ids }, confidenceMin };
};

const PIECE_TYPES = { text: 'CompletionText', code: 'CodeRow', facet: 'FacetRow', scene: 'SceneRow' } as const;
const EVENT_TYPES = { ...PIECE_TYPES, written: 'CompletionWritten', end: 'CompletionEnd' } as const;

const modelContext = async (
  context: ApiContext,
  { pack, adapter, reproducible = false }: ModelChoice,
): Promise<ModelContext> => {
  const { store, reader, model, signal } = context;
  const { workspace } = context.principal;
  const client = modelClient(context);
  const call = { client, workspace, pack: pack ?? null, adapter: adapter ?? undefined, reproducible, signal };
  return { store, reader, model: await model(), call };
};

const modelParent = async (model: ModelParent['model']): Promise<ModelParent> => ({
  model,
  description: await model.describe(),
});

interface PartsArguments {
  readonly parts: readonly PromptPart[];
  readonly labels: Language;
  readonly form: Prompt['form'];
}

const partsRequest = ({ parts, labels, form }: PartsArguments, { limits }: ApiContext): PartsRequest => ({
  parts: promptParts(parts, limits.pageMax),
  labels,
  form,
});

/** All that may be wrong with the arguments by themselves is found before the model is opened. */
const completion = async (
  { choice, ...args }: PartsArguments & CompletionArguments & { readonly choice: ModelChoice },
  context: ApiContext,
): Promise<(signal: AbortSignal) => AsyncGenerator<CompletionEvent>> => {
  const request = { ...partsRequest(args, context), options: completionOptions(args) };
  const asked = await modelContext(context, choice);
  return (signal) => completeParts({ ...asked, call: { ...asked.call, signal } }, request);
};

const wholeCompletion = async (events: AsyncIterable<CompletionEvent>): Promise<CompletionParent> => {
  const pieces: CompletionPieceParent[] = [];
  let written: WrittenPrompt | null = null;
  let end: CompletionEnd | null = null;
  for await (const event of events) {
    if (event.kind === 'written') written = event;
    else if (event.kind === 'end') end = event;
    else if (event.kind === 'row') pieces.push(event.row);
    else pieces.push(...joined(pieces, event.text));
  }
  if (written === null || end === null) throw new HypersceneError('INTERNAL', 'a completion without its end');
  return { ...end, written, pieces };
};

/** Takes the text before it off the pieces, which it goes on from. */
const joined = (pieces: CompletionPieceParent[], text: string): readonly CompletionPieceParent[] => {
  const last = pieces.at(-1);
  if (last?.kind !== 'text') return [{ kind: 'text', text }];
  pieces.pop();
  return [{ kind: 'text', text: last.text + text }];
};

const tokensOf = (tokens: ScoredParts['tokens'], { parts }: WrittenPrompt, from: number, most: number) => {
  pageSize('most', most, MOST_MAX);
  if (from < 0) throw new HypersceneError('BAD_ARGUMENT', 'bad from', { expected: '0 or above', came: String(from) });
  const partOf = new Map<number, number>();
  for (const [part, { items }] of parts.entries())
    for (const item of items) for (let at = item.from; at < item.to; at += 1) partOf.set(at, part);
  return tokens
    .slice(from, from + most)
    .map(({ segment, ...token }) => ({ ...token, part: partOf.get(segment) ?? null }));
};

const embeddingsOf = ({ vectors, written }: EmbeddedParts): readonly EmbeddingParent[] =>
  vectors.map((vector, i) => ({ vector, substitutions: written[i]?.substitutions ?? [] }));

/** Whatever the machine's own order is. */
const littleEndian = (vector: Float32Array): Buffer => {
  const bytes = Buffer.alloc(4 * vector.length);
  for (const [i, value] of vector.entries()) bytes.writeFloatLE(value, 4 * i);
  return bytes;
};
