import { type AssembleScene, assemble, checkTokens, type Dropped, type Piece } from '../activation/assemble.ts';
import { type FoldedRung, type PlacedMotif, type Writing, writeMotif, writeScene } from '../activation/fold.ts';
import type { Rung } from '../activation/rung.ts';
import { HypersceneError } from '../errors.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import { type Figure, parseFigureKey } from '../scene/figure.ts';
import { formatOccurrence, type OccurrenceRef } from '../scene/hypertoken.ts';
import type { Language, SceneId } from '../scene/scene.ts';
import type { GraphStore, StoredScene } from '../store/graph-store.ts';
import { type ActivateRequest, type Activation, activate } from './activate-job.ts';
import { inCorpusOrder } from './document-order.ts';
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
  /** The scene itself, or the motif. */
  readonly occurrence: OccurrenceRef;
  /** The activated scenes that it stands for, in the order of the corpus: one, or several of a motif. */
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
 * What of the activated scenes fits into a number of positions: the most activated whole, others folded, several of one
 * motif as one hypertoken. Beside those of {@link activate} it calls the store three times, and once more for each
 * thousand documents where the scenes are of several.
 * @throws HypersceneError what {@link activate} throws
 */
export const assembleContext = async (
  context: QueryContext & { readonly tokenizer: Tokenizer },
  { tokens, rung, labels, limit = CHOICE_DEFAULT, ...request }: AssembleJobRequest,
): Promise<AssembledContext> => {
  // Before anything is read.
  checkTokens(tokens);
  const activation = await activate(context, { ...request, limit });
  return assembleActivation(context, activation, { tokens, rung, labels });
};

/** As {@link assembleContext}, of what was activated before. */
export const assembleActivation = async (
  { store, tokenizer }: { readonly store: GraphStore; readonly tokenizer: Tokenizer },
  activation: Activation,
  { tokens, rung, labels }: Pick<AssembleJobRequest, 'tokens' | 'rung' | 'labels'>,
): Promise<AssembledContext> => {
  checkTokens(tokens);
  const lit = new Map(activation.scenes.map((activated) => [activated.scene.id, activated]));
  const scenes = await inCorpusOrder(
    store,
    activation.corpus,
    activation.scenes.map(({ scene }) => scene),
  );
  const writing: Writing = { labels, count: (text) => tokenizer.count(text) };
  const { motifOf, motifs } = await motifsAmong(store, scenes);
  const assembly = assemble({
    tokens,
    motifs: new Map([...motifs].map(([key, motif]) => [key, writeMotif(motif, rung, writing).positions])),
    scenes: scenes.map((scene): AssembleScene => {
      const { score, coupled } = lit.get(scene.id) ?? { score: 0, coupled: false };
      const [whole, folded] = [writeScene(scene, 'text', writing), writeScene(scene, rung, writing)];
      const motif = motifOf.get(scene.id) ?? null;
      return { id: scene.id, score, coupled, whole: whole.positions, folded: folded.positions, motif };
    }),
  });
  const sceneOf = new Map(scenes.map((scene) => [scene.id, scene]));
  return {
    activation,
    tokenizer: tokenizer.name,
    positions: assembly.positions,
    pieces: assembly.pieces.map((piece) => writePiece(piece, { sceneOf, motifs, rung, writing })),
    dropped: assembly.dropped.map(({ scene, why }) => ({ scene: known(sceneOf, scene), why })),
  };
};

interface Written {
  readonly sceneOf: ReadonlyMap<SceneId, StoredScene>;
  readonly motifs: ReadonlyMap<string, PlacedMotif>;
  readonly rung: FoldedRung;
  readonly writing: Writing;
}

const writePiece = (piece: Piece, { sceneOf, motifs, rung, writing }: Written): WrittenPiece => {
  if (piece.form === 'motif') {
    const motif = known(motifs, piece.motif);
    const scenes = piece.scenes.map((id) => known(sceneOf, id));
    const { code, ordinal } = motif;
    return { form: 'motif', rung, ...writeMotif(motif, rung, writing), occurrence: { code, ordinal }, scenes };
  }
  const scene = known(sceneOf, piece.scene);
  const { code, ordinal } = scene;
  const written = piece.form === 'whole' ? 'text' : rung;
  return {
    form: piece.form,
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

interface Motifs {
  readonly motifOf: ReadonlyMap<SceneId, string>;
  /** By the occurrence as it is written, Δ14:7. */
  readonly motifs: ReadonlyMap<string, PlacedMotif>;
}

/** Those in which several of the scenes stand. */
const motifsAmong = async (store: GraphStore, scenes: readonly StoredScene[]): Promise<Motifs> => {
  const ids = scenes.map(({ id }) => id);
  const found = await store.motifsOfScenes(ids);
  const members = Map.groupBy(
    ids.flatMap((id, i) => (found[i] ? [{ id, ref: found[i] }] : [])),
    ({ ref }) => formatOccurrence(ref),
  );
  const several = [...members.values()].filter(({ length }) => length > 1);
  const refs = several.flatMap(([first]) => (first === undefined ? [] : [first.ref]));
  const [occurrences, hypertokens] = await Promise.all([
    store.occurrencesByRef(refs),
    store.hypertokensByCode(refs.map(({ code }) => code)),
  ]);
  const motifs = new Map<string, PlacedMotif>();
  for (const [i, { code, ordinal }] of refs.entries()) {
    const [occurrence, hypertoken] = [occurrences[i], hypertokens[i]];
    // Collapsed anew meanwhile: its scenes are folded one by one.
    if (!occurrence || !hypertoken) continue;
    const agents = occurrence.bindings.map(({ agent }) => agent);
    const figures = hypertoken.figures.map(parseFigureKey).filter((figure): figure is Figure => figure !== null);
    motifs.set(formatOccurrence({ code, ordinal }), { code, ordinal, figures, agents });
  }
  const motifOf = several.flat().map(({ id, ref }) => [id, formatOccurrence(ref)] as const);
  return { motifOf: new Map(motifOf), motifs };
};
