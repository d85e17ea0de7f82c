import { HypersceneError } from '../errors.ts';
import type { Digest } from '../scene/digest.ts';
import type { SceneId } from '../scene/scene.ts';
import type { CollapseGroup, CollapseInput } from './graph-store.ts';
import { checkLevel } from './level.ts';

const refuse = (expected: string, came: string): never => {
  throw new HypersceneError('BAD_ARGUMENT', 'bad collapse', { expected, came });
};

/** What the input itself shows, before the store is looked at. @throws HypersceneError BAD_ARGUMENT, STORE_FAILED */
export const checkCollapse = ({ level, groups }: CollapseInput): void => {
  checkLevel(level, 1);
  const scenes = new Set<SceneId>();
  const forms = new Map<Digest, string>();
  for (const group of groups) {
    if (group.scenes.length === 0) refuse('a scene in each group', 'none');
    for (const id of group.scenes) {
      if (scenes.has(id)) refuse('each scene in one group', `${id} twice`);
      scenes.add(id);
    }
    const slots = group.bindings.map(({ slot }) => slot);
    if (new Set(slots).size < slots.length) refuse('each slot bound once', slots.join(', '));
    const form = forms.get(group.digest);
    if (form !== undefined && form !== group.form)
      throw new HypersceneError('STORE_FAILED', 'two forms have the same digest', { at: group.digest });
    forms.set(group.digest, group.form);
  }
};

/** @param agents of each scene of the corpus that a group names. @throws HypersceneError STORE_CONFLICT, BAD_ARGUMENT */
export const checkGroups = (groups: readonly CollapseGroup[], agents: ReadonlyMap<SceneId, string | null>): void => {
  for (const { scenes, bindings } of groups) {
    const stray = scenes.find((id) => !agents.has(id));
    if (stray !== undefined)
      throw new HypersceneError('STORE_CONFLICT', 'a collapsed scene is not in the corpus', { came: stray });
    const present = new Set(scenes.map((id) => agents.get(id)));
    const unbound = bindings.find(({ agent }) => !present.has(agent));
    if (unbound !== undefined) refuse('an agent of one of the scenes', `${unbound.agent} in slot ${unbound.slot}`);
  }
};
