import {
  type AssembleRequest,
  type AssembleScene,
  assemble,
  checkTokens,
  type Dropped,
  type Piece,
} from '../activation/assemble.ts';
import {
  type FoldedRung,
  type PlacedHypertoken,
  type Writing,
  writeHypertoken,
  writeScene,
} from '../activation/fold.ts';
import type { Rung } from '../activation/rung.ts';
import type { TextCounter } from '../activation/text-counter.ts';
import { HypersceneError } from '../errors.ts';
import type { OccurrenceRef } from '../scene/hypertoken.ts';
import type { Language, SceneId } from '../scene/scene.ts';
import type { StoredScene } from '../store/graph-store.ts';
import { type ActivateRequest, type Activation, activate } from './activate-job.ts';
import { type ContextScene, contextScenes } from './context-scenes.ts';
import { inCorpusOrder } from './document-order.ts';
import { type HypertokensAmong, hypertokensAmong } from './hypertokens-among.ts';
import type { QueryContext } from './query-clues.ts';

export interface AssembleJobRequest extends ActivateRequest {
  /** Positions that there are in the model's context. */
  readonly tokens: number;
  /** On which rung what does not go in whole is written. */
  readonly rung: FoldedRung;
  /** The language of hyperlexemes. */
  readonly labels: Language;
}

/** A part of the context, as it is written. */
export interface WrittenPiece {
  readonly form: Piece['form'];
  readonly rung: Rung;
  readonly text: string;
  readonly positions: number;
  /** The scene itself, the motif or the community. */
  readonly occurrence: OccurrenceRef;
  /** The scenes that it stands for, in the order of the corpus: one, or several of a motif or community. */
  readonly scenes: readonly StoredScene[];
}

export interface AssembledContext {
  readonly activation: Activation;
  /** Whose positions are counted. */
  readonly tokenizer: string;
  /** Of all pieces together: at most `tokens`. */
  readonly positions: number;
  /** In the order of the corpus. */
  readonly pieces: readonly WrittenPiece[];
  readonly dropped: readonly { readonly scene: StoredScene; readonly why: Dropped['why'] }[];
}

/** Activated scenes that are chosen from. */
export const CHOICE_DEFAULT = 200;

/**
 * α of a context, by default: what answers to the question itself matters more to it than what may be reached from there. See
 * `docs/decisions/0012-activation.md`.
 */
export const CONTEXT_ALPHA = 0.5;

/** Whose positions are counted, many texts at once. */
export type PositionCounter = Pick<TextCounter, 'name' | 'count'>;

/**
 * What of the activated scenes, and of those that stand beside the most activated, fits into a number of positions: the most activated
 * whole, others folded, several of one motif or community as one hypertoken. What it calls the store for beside {@link activate}:
 * {@link readContext}.
 * @throws HypersceneError what {@link activate} throws
 */
export const assembleContext = async (
  context: QueryContext & { readonly counter: PositionCounter },
  { rung, labels, ...request }: AssembleJobRequest,
): Promise<AssembledContext> => {
  const material = await readContext(context, request);
  return (await prepareContext(context, material, { rungOf: () => rung, labels })).within(request.tokens);
};

/** All that is read of the store to assemble a context, and neither written nor counted yet. */
export interface ContextMaterial extends HypertokensAmong {
  readonly activation: Activation;
  /** What may go in, in the order of the corpus. */
  readonly candidates: readonly ContextScene[];
}

/**
 * Activates, and reads what may go into a context of it: six calls of the store more, once for each level above motifs, and once for
 * each thousand documents where the scenes are of several.
 * @throws HypersceneError what {@link activate} throws
 */
export const readContext = async (
  context: QueryContext,
  { tokens, limit = CHOICE_DEFAULT, alpha = CONTEXT_ALPHA, ...request }: Omit<AssembleJobRequest, 'rung' | 'labels'>,
): Promise<ContextMaterial> => {
  // Before anything is read.
  checkTokens(tokens);
  const { store } = context;
  const activation = await activate(context, { ...request, limit, alpha });
  const found = await contextScenes(store, activation);
  const scenes = found.map(({ scene }) => scene);
  const ordered = await inCorpusOrder(store, activation.corpus, scenes);
  const ofContext = new Map(found.map((candidate) => [candidate.scene.id, candidate]));
  const candidates = ordered.map(({ id }) => known(ofContext, id));
  return { activation, candidates, ...(await hypertokensAmong(store, ordered)) };
};

export interface ContextWriting {
  /** On which rung a scene, motif or community that does not go in whole is written. */
  readonly rungOf: (folded: OccurrenceRef) => FoldedRung;
  /** The language of hyperlexemes. */
  readonly labels: Language;
}

/** From which contexts of any size are assembled. */
export interface PreparedContext {
  /** What may go in, in the order of the corpus. */
  readonly scenes: readonly AssembleScene[];
  /** @throws HypersceneError BAD_ARGUMENT */
  within(tokens: number): AssembledContext;
}

/** Counts everything by one call, each text once. @throws HypersceneError what the counter throws */
export const prepareContext = async (
  { counter, signal }: { readonly counter: PositionCounter; readonly signal?: AbortSignal | undefined },
  material: ContextMaterial,
  { rungOf, labels }: ContextWriting,
): Promise<PreparedContext> => {
  const { activation } = material;
  const writeAll = (writing: Writing) => writeCandidates(material, rungOf, writing);
  const writing = { labels, count: await countOnce(counter, (count) => writeAll({ labels, count }), signal) };
  const request = writeAll(writing);
  const sceneOf = new Map(material.candidates.map(({ scene }) => [scene.id, scene]));
  const hypertokens = new Map([...material.motifs, ...material.communities]);
  const written = { sceneOf, hypertokens, rungOf, writing };
  return {
    scenes: request.scenes,
    within: (tokens) => {
      const { pieces, dropped, positions } = assemble({ ...request, tokens });
      return {
        activation,
        tokenizer: counter.name,
        positions,
        pieces: pieces.map((piece) => writePiece(piece, written)),
        dropped: dropped.map(({ scene, why }) => ({ scene: known(sceneOf, scene), why })),
      };
    },
  };
};

type Count = Writing['count'];

/** @param write is called to learn which texts it counts */
const countOnce = async (
  counter: PositionCounter,
  write: (count: Count) => unknown,
  signal: AbortSignal | undefined,
): Promise<Count> => {
  const texts = new Set<string>();
  write((text) => {
    texts.add(text);
    return 0;
  });
  const counts = await counter.count([...texts], signal);
  const positions = new Map([...texts].map((text, i) => [text, counts[i] ?? 0]));
  return (text) => known(positions, text);
};

const writeCandidates = (
  { candidates, motifOf, communitiesOf, motifs, communities }: ContextMaterial,
  rungOf: ContextWriting['rungOf'],
  writing: Writing,
): Omit<AssembleRequest, 'tokens'> => {
  const positionsIn = (placed: ReadonlyMap<string, PlacedHypertoken>): ReadonlyMap<string, number> =>
    new Map([...placed].map(([key, each]) => [key, writeHypertoken(each, rungOf(each), writing).positions]));
  return {
    motifs: positionsIn(motifs),
    communities: positionsIn(communities),
    scenes: candidates.map(({ scene, score, coupled }) => ({
      id: scene.id,
      score,
      coupled,
      whole: writeScene(scene, 'text', writing).positions,
      folded: writeScene(scene, rungOf(scene), writing).positions,
      motif: motifOf.get(scene.id) ?? null,
      communities: communitiesOf.get(scene.id) ?? [],
    })),
  };
};

interface Written {
  readonly sceneOf: ReadonlyMap<SceneId, StoredScene>;
  readonly hypertokens: ReadonlyMap<string, PlacedHypertoken>;
  readonly rungOf: ContextWriting['rungOf'];
  readonly writing: Writing;
}

const writePiece = (piece: Piece, { sceneOf, hypertokens, rungOf, writing }: Written): WrittenPiece => {
  const { form } = piece;
  if (form === 'motif' || form === 'community') {
    const placed = known(hypertokens, form === 'motif' ? piece.motif : piece.community);
    const scenes = piece.scenes.map((id) => known(sceneOf, id));
    const { code, ordinal } = placed;
    const rung = rungOf(placed);
    return { form, rung, ...writeHypertoken(placed, rung, writing), occurrence: { code, ordinal }, scenes };
  }
  const scene = known(sceneOf, piece.scene);
  const { code, ordinal } = scene;
  const written = form === 'whole' ? 'text' : rungOf(scene);
  return {
    form,
    rung: written,
    ...writeScene(scene, written, writing),
    occurrence: { code, ordinal },
    scenes: [scene],
  };
};

/** What was put in comes out again. */
const known = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value => {
  const value = map.get(key);
  if (value === undefined) throw new HypersceneError('INTERNAL', 'assembled what was not given', { came: String(key) });
  return value;
};
