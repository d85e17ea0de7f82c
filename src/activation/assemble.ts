import { HypersceneError } from '../errors.ts';
import type { SceneId } from '../scene/scene.ts';

/** An activated scene, as far as its place in a budget goes. */
export interface AssembleScene {
  readonly id: SceneId;
  readonly score: number;
  /** Positions of its text. */
  readonly whole: number;
  /** Positions of it folded. */
  readonly folded: number;
  /** It carries a coupling, other than that it follows another scene. */
  readonly coupled: boolean;
  /** The motif that it stands in; null for none. */
  readonly motif: string | null;
  /** The communities that hold it, from the lowest level up. */
  readonly communities: readonly string[];
}

export interface AssembleRequest {
  /** In the order of the corpus, each once. */
  readonly scenes: readonly AssembleScene[];
  /** Positions of each motif as one hypertoken. */
  readonly motifs: ReadonlyMap<string, number>;
  /** Positions of each community as one hypertoken; those that are not in it are not folded into. */
  readonly communities: ReadonlyMap<string, number>;
  /** Positions that there are. */
  readonly tokens: number;
}

/** What goes into the model's context. */
export type Piece =
  | { readonly form: 'whole' | 'folded'; readonly scene: SceneId; readonly positions: number }
  | {
      readonly form: 'motif';
      readonly motif: string;
      /** The activated ones that it stands for, two or more. */
      readonly scenes: readonly SceneId[];
      readonly positions: number;
    }
  | {
      readonly form: 'community';
      readonly community: string;
      /** Those of the least activated that it stands for, two or more. */
      readonly scenes: readonly SceneId[];
      readonly positions: number;
    };

export interface Dropped {
  readonly scene: SceneId;
  /** It carries no coupling and so goes first; or there was no room left. */
  readonly why: 'uncoupled' | 'full';
}

export interface Assembly {
  /** In the order of the corpus; a motif or community stands where the first scene stands that it stands for. */
  readonly pieces: readonly Piece[];
  /** In the order of the corpus. */
  readonly dropped: readonly Dropped[];
  /** Of all pieces together, never above `tokens`. What parts them in the context is not counted. */
  readonly positions: number;
}

/** The half of the tokens is for whole text, see `docs/decisions/0012-activation.md`. */
const WHOLE_SHARE = 0.5;
/** Up to here scenes are folded one by one and into motifs, where not all fit: what is left is for communities. */
const FOLDED_SHARE = 0.75;

/**
 * Chooses what fits into a number of tokens, by falling activation:
 *
 * 1. scenes whole, as long as they fit into a half of the tokens;
 * 2. the other ones folded, several of one motif as one hypertoken, as long as they fit;
 * 3. where not all fit, only into three quarters of the tokens, and those left over as hypertokens of the communities that hold two or
 *    more of them, the lowest level first;
 * 4. with what is left, those that were folded whole after all;
 * 5. scenes that carry no coupling come last: whole or else folded, and only if none with couplings was dropped.
 *
 * One that does not fit is passed over, and less activated ones have their turn. A scene whose text takes no more than it
 * folded is never folded.
 * @throws HypersceneError BAD_ARGUMENT
 */
export const assemble = ({ scenes, motifs, communities, tokens }: AssembleRequest): Assembly => {
  checkTokens(tokens);
  const ordered = scenes.toSorted((x, y) => y.score - x.score || (x.id < y.id ? -1 : 1));
  const [coupled, bare] = [ordered.filter(isCoupled), ordered.filter((scene) => !isCoupled(scene))];
  // Where nothing takes less folded, there is nothing to leave the other half to.
  const wholeShare = coupled.some(({ whole, folded }) => folded < whole) ? WHOLE_SHARE : 1;
  const folding = (positionsMax: number): Room => {
    const room = new Room(motifs);
    for (const scene of coupled) room.putWhole(scene, tokens * wholeShare);
    foldAll(coupled, room, positionsMax);
    return room;
  };
  let room = folding(tokens);
  if (communities.size > 0 && !coupled.every((scene) => room.has(scene))) {
    room = folding(tokens * FOLDED_SHARE);
    gather(coupled, communities, room, tokens);
    foldAll(coupled, room, tokens);
  }
  for (const scene of coupled) if (room.isFolded(scene)) room.putWhole(scene, tokens);
  if (coupled.every((scene) => room.has(scene)))
    for (const scene of bare) if (!room.putWhole(scene, tokens)) room.fold(scene, tokens);
  const dropped = scenes.filter((scene) => !room.has(scene));
  return {
    pieces: room.pieces(scenes),
    dropped: dropped.map(({ id, coupled: carries }) => ({ scene: id, why: carries ? 'full' : 'uncoupled' })),
    positions: room.positions,
  };
};

/** What has no place yet, level by level into the communities that hold two or more of it: those first of which most is activated. */
const gather = (
  scenes: readonly AssembleScene[],
  communities: ReadonlyMap<string, number>,
  room: Room,
  tokens: number,
): void => {
  const levels = scenes.reduce((most, scene) => Math.max(most, scene.communities.length), 0);
  for (let level = 0; level < levels; level += 1) {
    const rest = scenes.filter((scene) => !room.has(scene) && scene.communities[level] !== undefined);
    const groups = [...Map.groupBy(rest, (scene) => scene.communities[level] ?? '')].map(([community, members]) => ({
      community,
      members,
      score: members.reduce((sum, { score }) => sum + score, 0),
    }));
    for (const { community, members } of groups.toSorted(
      (x, y) => y.score - x.score || (x.community < y.community ? -1 : 1),
    )) {
      const positions = communities.get(community);
      if (positions !== undefined) room.putTogether(community, members, { positions, tokens });
    }
  }
};

/** @throws HypersceneError BAD_ARGUMENT */
export const checkTokens = (tokens: number): void => {
  if (Number.isSafeInteger(tokens) && tokens >= 1) return;
  throw new HypersceneError('BAD_ARGUMENT', 'bad tokens', {
    expected: 'a whole number from 1 on',
    came: String(tokens),
  });
};

/** A motif that takes less than its scenes did by themselves gives back room: who was passed over before has a turn again. */
const foldAll = (scenes: readonly AssembleScene[], room: Room, tokens: number): void => {
  for (let i = 0; i < scenes.length; i += 1) {
    const scene = scenes[i];
    if (scene === undefined || room.has(scene)) continue;
    const before = room.positions;
    room.fold(scene, tokens);
    if (room.positions < before) i = -1;
  }
};

const isCoupled = ({ coupled }: AssembleScene): boolean => coupled;

/** What has been put in, and what it takes. */
class Room {
  positions = 0;
  readonly #motifs: ReadonlyMap<string, number>;
  readonly #whole = new Set<SceneId>();
  /** Folded scenes by motif; one without a motif by its own id. */
  readonly #folded = new Map<string, readonly AssembleScene[]>();
  /** By scene the community that it is gathered into. */
  readonly #gathered = new Map<SceneId, { readonly community: string; readonly positions: number }>();

  constructor(motifs: ReadonlyMap<string, number>) {
    this.#motifs = motifs;
  }

  has(scene: AssembleScene): boolean {
    return this.#whole.has(scene.id) || this.#gathered.has(scene.id) || this.isFolded(scene);
  }

  /** By itself or in a motif. */
  isFolded(scene: AssembleScene): boolean {
    return (this.#folded.get(groupOf(scene)) ?? []).some(({ id }) => id === scene.id);
  }

  /** Two or more, or any into a community that is there. @param scenes those that have no place yet */
  putTogether(
    community: string,
    scenes: readonly AssembleScene[],
    { positions, tokens }: { readonly positions: number; readonly tokens: number },
  ): void {
    const isThere = [...this.#gathered.values()].some((each) => each.community === community);
    const added = isThere ? 0 : positions;
    if ((!isThere && scenes.length < 2) || this.positions + added > tokens) return;
    for (const { id } of scenes) this.#gathered.set(id, { community, positions });
    this.positions += added;
  }

  /** In whatever form it was before. @returns whether it is whole now */
  putWhole(scene: AssembleScene, positionsMax: number): boolean {
    if (this.#whole.has(scene.id)) return true;
    const group = this.#folded.get(groupOf(scene)) ?? [];
    const rest = group.filter(({ id }) => id !== scene.id);
    const positions = this.positions + scene.whole + this.#cost(rest) - this.#cost(group);
    if (positions > positionsMax) return false;
    this.#folded.set(groupOf(scene), rest);
    this.#whole.add(scene.id);
    this.positions = positions;
    return true;
  }

  fold(scene: AssembleScene, positionsMax: number): void {
    if (scene.whole <= scene.folded) {
      this.putWhole(scene, positionsMax);
      return;
    }
    const group = this.#folded.get(groupOf(scene)) ?? [];
    const positions = this.positions + this.#cost([...group, scene]) - this.#cost(group);
    if (positions > positionsMax) return;
    this.#folded.set(groupOf(scene), [...group, scene]);
    this.positions = positions;
  }

  /** @param scenes in the order of the corpus */
  pieces(scenes: readonly AssembleScene[]): readonly Piece[] {
    return scenes.flatMap((scene): readonly Piece[] => {
      if (this.#whole.has(scene.id)) return [{ form: 'whole', scene: scene.id, positions: scene.whole }];
      const gathered = this.#gathered.get(scene.id);
      if (gathered !== undefined) {
        const { community, positions } = gathered;
        const members = scenes.filter(({ id }) => this.#gathered.get(id)?.community === community).map(({ id }) => id);
        return members[0] === scene.id ? [{ form: 'community', community, scenes: members, positions }] : [];
      }
      if (!this.isFolded(scene)) return [];
      const group = this.#folded.get(groupOf(scene)) ?? [];
      if (!this.#isOne(group)) return [{ form: 'folded', scene: scene.id, positions: scene.folded }];
      const together = new Set(group.map(({ id }) => id));
      const members = scenes.filter(({ id }) => together.has(id)).map(({ id }) => id);
      if (members[0] !== scene.id) return [];
      return [{ form: 'motif', motif: groupOf(scene), scenes: members, positions: this.#cost(group) }];
    });
  }

  #cost(group: readonly AssembleScene[]): number {
    const apart = group.reduce((sum, { folded }) => sum + folded, 0);
    return this.#isOne(group) ? (this.#motifOf(group) ?? apart) : apart;
  }

  /** Two or more, unless the motif takes more than they do by themselves: it names all of its scenes. */
  #isOne(group: readonly AssembleScene[]): boolean {
    const together = this.#motifOf(group);
    return group.length > 1 && together !== undefined && together <= group.reduce((sum, { folded }) => sum + folded, 0);
  }

  #motifOf([scene]: readonly AssembleScene[]): number | undefined {
    return scene?.motif === null || scene === undefined ? undefined : this.#motifs.get(scene.motif);
  }
}

const groupOf = ({ id, motif }: AssembleScene): string => motif ?? id;
