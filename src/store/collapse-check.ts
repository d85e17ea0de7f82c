import { HypersceneError } from '../errors.ts';
import { type Digest, isDigest } from '../scene/digest.ts';
import type { SceneId } from '../scene/scene.ts';
import type { CollapseGroup } from './graph-store.ts';
import { checkWellFormed } from './indexed-key.ts';

const refuse = (expected: string, came: string): never => {
  throw new HypersceneError('BAD_ARGUMENT', 'bad collapse', { expected, came });
};

/** Looks at the groups of one collapse, one after the other. */
export class CollapseCheck {
  readonly #scenes = new Set<SceneId>();
  readonly #forms = new Map<Digest, string>();

  /** What the groups themselves show, before the store is looked at. @throws HypersceneError BAD_ARGUMENT, STORE_FAILED */
  check({ scenes, bindings, digest, form, figures }: CollapseGroup): void {
    if (!isDigest(digest)) refuse('a digest, 32 hex digits', JSON.stringify(digest));
    checkWellFormed('collapse', [form, ...figures, ...scenes]);
    if (scenes.length === 0) refuse('a scene in each group', 'none');
    for (const id of scenes) {
      if (this.#scenes.has(id)) refuse('each scene in one group', `${id} twice`);
      this.#scenes.add(id);
    }
    const slots = bindings.map(({ slot }) => slot);
    if (new Set(slots).size < slots.length) refuse('each slot bound once', slots.join(', '));
    const known = this.#forms.get(digest) ?? form;
    if (known !== form) throw new HypersceneError('STORE_FAILED', 'two forms have the same digest', { at: digest });
    this.#forms.set(digest, form);
  }
}

/** @param agents of each scene of the corpus that a group names. @throws HypersceneError STORE_CONFLICT, BAD_ARGUMENT */
export const checkGroup = ({ scenes, bindings }: CollapseGroup, agents: ReadonlyMap<SceneId, string | null>): void => {
  const stray = scenes.find((id) => !agents.has(id));
  if (stray !== undefined)
    throw new HypersceneError('STORE_CONFLICT', 'a collapsed scene is not in the corpus', { came: stray });
  const unbound = bindings.find(({ agent }) => !scenes.some((id) => agents.get(id) === agent));
  if (unbound !== undefined) refuse('an agent of one of the scenes', `${unbound.agent} in slot ${unbound.slot}`);
};
