import { HypersceneError } from '../errors.ts';
import { type Digest, isDigest } from '../scene/digest.ts';
import { LEVEL_MAX } from '../scene/hypertoken.ts';
import type { SceneId } from '../scene/scene.ts';
import type { CollapseGroup, CollapseInput, CommunityGroup } from './graph-store.ts';
import { checkWellFormed } from './indexed-key.ts';

const refuse = (expected: string, came: string): never => {
  throw new HypersceneError('BAD_ARGUMENT', 'bad collapse', { expected, came });
};

/** Looks at the groups of one collapse, one after the other, from below. */
export class CollapseCheck {
  /** Scenes, and groups as `level:place`, that are part of one already. */
  readonly #taken = new Set<string>();
  readonly #forms = new Map<Digest, string>();
  readonly #sizes: readonly number[];

  constructor({ groups, communities = [] }: CollapseInput) {
    this.#sizes = [groups, ...communities].map(({ length }) => length);
    if (this.#sizes.length > LEVEL_MAX) refuse(`${LEVEL_MAX} levels at most`, String(this.#sizes.length));
  }

  /** What the groups themselves show, before the store is looked at. @throws HypersceneError BAD_ARGUMENT, STORE_FAILED */
  check(group: CollapseGroup): void {
    const { scenes, bindings } = group;
    this.#checkForm(group);
    checkWellFormed('collapse', scenes);
    if (scenes.length === 0) refuse('a scene in each group', 'none');
    for (const id of scenes) this.#take(id);
    const slots = bindings.map(({ slot }) => slot);
    if (new Set(slots).size < slots.length) refuse('each slot bound once', slots.join(', '));
  }

  checkCommunity(group: CommunityGroup, level: number): void {
    this.#checkForm(group);
    if (group.parts.length < 2) refuse('two parts in each community', String(group.parts.length));
    for (const part of group.parts) {
      if (typeof part === 'string') {
        checkWellFormed('collapse', [part]);
        this.#take(part);
        continue;
      }
      const size = part.level >= 1 && part.level < level ? this.#sizes[part.level - 1] : undefined;
      if (size === undefined || !(Number.isInteger(part.group) && part.group >= 0 && part.group < size))
        refuse('a group of a lower level', `group ${part.group} of level ${part.level} in one of level ${level}`);
      this.#take(`${part.level}:${part.group}`);
    }
  }

  #take(part: string): void {
    if (this.#taken.has(part)) refuse('each scene, and each group, in one group', `${part} twice`);
    this.#taken.add(part);
  }

  #checkForm({ digest, form, figures }: Pick<CollapseGroup, 'digest' | 'form' | 'figures'>): void {
    if (!isDigest(digest)) refuse('a digest, 32 hex digits', JSON.stringify(digest));
    checkWellFormed('collapse', [form, ...figures]);
    const known = this.#forms.get(digest) ?? form;
    if (known !== form) throw new HypersceneError('STORE_FAILED', 'two forms have the same digest', { at: digest });
    this.#forms.set(digest, form);
  }
}

export const strayScene = (id: SceneId): HypersceneError =>
  new HypersceneError('STORE_CONFLICT', 'a collapsed scene is not in the corpus', { came: id });

/** @param agents of each scene of the corpus that a group names. @throws HypersceneError STORE_CONFLICT, BAD_ARGUMENT */
export const checkGroup = ({ scenes, bindings }: CollapseGroup, agents: ReadonlyMap<SceneId, string | null>): void => {
  const stray = scenes.find((id) => !agents.has(id));
  if (stray !== undefined) throw strayScene(stray);
  const unbound = bindings.find(({ agent }) => !scenes.some((id) => agents.get(id) === agent));
  if (unbound !== undefined) refuse('an agent of one of the scenes', `${unbound.agent} in slot ${unbound.slot}`);
};
