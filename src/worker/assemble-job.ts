import { type AssembleScene, assemble, checkTokens, type Dropped, type Piece } from '../activation/assemble.ts';
import {
  type FoldedRung,
  type PlacedHypertoken,
  type Writing,
  writeHypertoken,
  writeScene,
} from '../activation/fold.ts';
import type { Rung } from '../activation/rung.ts';
import { HypersceneError } from '../errors.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import type { OccurrenceRef } from '../scene/hypertoken.ts';
import type { Language, SceneId } from '../scene/scene.ts';
import type { GraphStore, StoredScene } from '../store/graph-store.ts';
import { type ActivateRequest, type Activation, activate } from './activate-job.ts';
import { contextScenes } from './context-scenes.ts';
import { inCorpusOrder } from './document-order.ts';
import { hypertokensAmong } from './hypertokens-among.ts';
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

/**
 * What of the activated scenes, and of those that stand beside the most activated, fits into a number of positions: the most activated
 * whole, others folded, several of one motif or community as one hypertoken. What it calls the store for beside {@link activate}:
 * {@link prepareContext}.
 * @throws HypersceneError what {@link activate} throws
 */
export const assembleContext = async (
  context: QueryContext & { readonly tokenizer: Tokenizer },
  { tokens, rung, labels, limit = CHOICE_DEFAULT, alpha = CONTEXT_ALPHA, ...request }: AssembleJobRequest,
): Promise<AssembledContext> => {
  // Before anything is read.
  checkTokens(tokens);
  const activation = await activate(context, { ...request, limit, alpha });
  return (await prepareContext(context, activation, { rung, labels })).within(tokens);
};

/** All that is read of the store to assemble contexts of any size. */
export interface PreparedContext {
  /** What may go in, in the order of the corpus. */
  readonly scenes: readonly AssembleScene[];
  /** @throws HypersceneError BAD_ARGUMENT */
  within(tokens: number): AssembledContext;
}

/** Calls the store six times, once for each level above motifs, and once for each thousand documents where the scenes are of several. */
export const prepareContext = async (
  { store, tokenizer }: { readonly store: GraphStore; readonly tokenizer: Tokenizer },
  activation: Activation,
  { rung, labels }: Pick<AssembleJobRequest, 'rung' | 'labels'>,
): Promise<PreparedContext> => {
  const candidates = await contextScenes(store, activation);
  const ofContext = new Map(candidates.map((candidate) => [candidate.scene.id, candidate]));
  const ordered = await inCorpusOrder(
    store,
    activation.corpus,
    candidates.map(({ scene }) => scene),
  );
  const writing: Writing = { labels, count: (text) => tokenizer.count(text) };
  const { motifOf, communitiesOf, motifs, communities } = await hypertokensAmong(store, ordered);
  const positionsIn = (placed: ReadonlyMap<string, PlacedHypertoken>): ReadonlyMap<string, number> =>
    new Map([...placed].map(([key, each]) => [key, writeHypertoken(each, rung, writing).positions]));
  const request = { motifs: positionsIn(motifs), communities: positionsIn(communities) };
  const scenes = ordered.map((scene): AssembleScene => {
    const { id } = scene;
    const { score, coupled } = known(ofContext, id);
    const [whole, folded] = [writeScene(scene, 'text', writing), writeScene(scene, rung, writing)];
    return {
      id,
      score,
      coupled,
      whole: whole.positions,
      folded: folded.positions,
      motif: motifOf.get(id) ?? null,
      communities: communitiesOf.get(id) ?? [],
    };
  });
  const sceneOf = new Map(ordered.map((scene) => [scene.id, scene]));
  const written = { sceneOf, hypertokens: new Map([...motifs, ...communities]), rung, writing };
  return {
    scenes,
    within: (tokens) => {
      const { pieces, dropped, positions } = assemble({ ...request, scenes, tokens });
      return {
        activation,
        tokenizer: tokenizer.name,
        positions,
        pieces: pieces.map((piece) => writePiece(piece, written)),
        dropped: dropped.map(({ scene, why }) => ({ scene: known(sceneOf, scene), why })),
      };
    },
  };
};

interface Written {
  readonly sceneOf: ReadonlyMap<SceneId, StoredScene>;
  readonly hypertokens: ReadonlyMap<string, PlacedHypertoken>;
  readonly rung: FoldedRung;
  readonly writing: Writing;
}

const writePiece = (piece: Piece, { sceneOf, hypertokens, rung, writing }: Written): WrittenPiece => {
  const { form } = piece;
  if (form === 'motif' || form === 'community') {
    const placed = known(hypertokens, form === 'motif' ? piece.motif : piece.community);
    const scenes = piece.scenes.map((id) => known(sceneOf, id));
    const { code, ordinal } = placed;
    return { form, rung, ...writeHypertoken(placed, rung, writing), occurrence: { code, ordinal }, scenes };
  }
  const scene = known(sceneOf, piece.scene);
  const { code, ordinal } = scene;
  const written = form === 'whole' ? 'text' : rung;
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
