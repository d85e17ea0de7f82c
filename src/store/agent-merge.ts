import { HypersceneError } from '../errors.ts';
import { type AgentFacet, FACET_EVIDENCE, ownEntity } from '../scene/facet.ts';
import type { Scene } from '../scene/scene.ts';
import type { AgentMergeInput } from './graph-store.ts';
import { checkKey } from './indexed-key.ts';

const refuse = (expected: string, came: string): never => {
  throw new HypersceneError('BAD_ARGUMENT', 'bad merge of agents', { expected, came });
};

/** What can be said of a merge without a store. @throws HypersceneError BAD_ARGUMENT */
export const checkMerge = ({ alias, into, by }: AgentMergeInput): void => {
  for (const key of [alias, into]) checkAgentKey(key);
  if (alias === into) refuse('two agents', `${JSON.stringify(alias)} twice`);
  if (by !== undefined && !FACET_EVIDENCE.includes(by)) refuse(`one of ${FACET_EVIDENCE.join(', ')}`, String(by));
};

/** @throws HypersceneError BAD_ARGUMENT */
export const checkAgentKey = (key: string): void => checkKey('agent', key);

/** What a store knows of an agent of a corpus. */
export interface KnownAgent {
  /** Whom it is merged into; null for one that stands for itself. */
  readonly into: string | null;
  /** At the end of its merges; itself where there are none. */
  readonly person: string;
}

/**
 * Whether the merge stands already.
 * @param known the agents of the corpus among the two
 * @throws HypersceneError AGENT_NOT_FOUND; BAD_ARGUMENT for an alias of another, or of its own alias
 */
export const mergeStands = ({ alias, into }: AgentMergeInput, known: ReadonlyMap<string, KnownAgent>): boolean => {
  const [one, other] = [alias, into].map((key) => known.get(key) ?? agentNotFound(key));
  if (one?.into === into) return true;
  const merged = JSON.stringify(alias);
  if (one?.into)
    refuse(
      `an agent that is merged into none (undo its merge first)`,
      `${merged}, merged into ${JSON.stringify(one.into)}`,
    );
  if (other?.person === alias) refuse(`an agent that is no alias of ${merged}`, JSON.stringify(into));
  return false;
};

const agentNotFound = (key: string): never => {
  throw new HypersceneError('AGENT_NOT_FOUND', 'no such agent', { came: JSON.stringify(key) });
};

export const mergeNotFound = (alias: string): HypersceneError =>
  new HypersceneError('MERGE_NOT_FOUND', 'no such merge', {
    expected: 'an agent that is merged into another',
    came: JSON.stringify(alias),
  });

/** The scene with its agent led on to the person that the reader's entity is merged into. */
export const resolveAgent = <S extends Pick<Scene, 'agent'>>(scene: S, personOf: (entity: string) => string): S =>
  scene.agent === null ? scene : { ...scene, agent: leadOn(scene.agent, personOf) };

const leadOn = (agent: AgentFacet, personOf: (entity: string) => string): AgentFacet => {
  const { own: _, ...rest } = agent;
  const own = ownEntity(agent);
  const entity = personOf(own);
  return entity === own ? { ...rest, entity } : { ...rest, entity, own };
};
