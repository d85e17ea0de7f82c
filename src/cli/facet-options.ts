import type { Command } from 'commander';
import { HypersceneError } from '../errors.ts';
import { FACET_KINDS, type FacetKind } from '../scene/facet.ts';
import { ARCHETYPES, ATMOSPHERES, type Labels, TENSIONS } from '../scene/inventory.ts';
import type { CorpusName } from '../scene/name.ts';
import type { FacetRef, GraphStore } from '../store/graph-store.ts';
import { agentKey, findMerge, fold, keysMeant } from './agent-names.ts';

/** What the filters of the command line say of a scene's facets. */
export type FacetOptions = Readonly<Partial<Record<FacetKind, string>>>;

const INVENTORIES: Partial<Record<FacetKind, Readonly<Record<string, Labels>>>> = {
  tension: TENSIONS,
  atmosphere: ATMOSPHERES,
  archetype: ARCHETYPES,
};

const ABOUT: Readonly<Record<FacetKind, string>> = {
  agent: 'scenes of this person, by lemma: царь, prince',
  tension: 'scenes under this tension, by key or label: fear, страх',
  context: 'scenes in this place or circumstance, by lemma: дверь, door',
  atmosphere: 'scenes of this atmosphere, by key or label: silence, тишина',
  archetype: 'scenes of this archetype, by key or label: threshold, порог',
};

export const addFacetOptions = (command: Command): Command =>
  FACET_KINDS.reduce((chain, kind) => chain.option(`--${kind} <key>`, ABOUT[kind]), command);

/**
 * What the options ask for, as the store knows it: a lemma in whichever case it stands in the corpus, an inventory's
 * entry by its key.
 * @throws HypersceneError BAD_ARGUMENT for what the inventory does not hold; CORPUS_NOT_FOUND
 */
export const facetRefs = async (
  store: GraphStore,
  corpus: CorpusName,
  options: FacetOptions,
): Promise<readonly FacetRef[]> => {
  const refs: FacetRef[] = [];
  for (const kind of FACET_KINDS) {
    const given = options[kind];
    if (given === undefined) continue;
    const inventory = INVENTORIES[kind];
    if (kind === 'agent') refs.push({ kind, key: await personKey(store, corpus, given) });
    else if (inventory === undefined) refs.push(await commonest(store, corpus, kind, given));
    else refs.push({ kind, key: inventoryKey(kind, inventory, given) });
  }
  return refs;
};

/** Who was merged into another is found under that one. */
const personKey = async (store: GraphStore, corpus: CorpusName, given: string): Promise<string> => {
  const key = await agentKey(store, corpus, given);
  return (await findMerge(store, corpus, ({ alias }) => alias === key))?.person ?? key;
};

/** Names keep their capitals and other lemmas have none: nobody should have to know which is which. */
const commonest = async (store: GraphStore, corpus: CorpusName, kind: FacetKind, given: string): Promise<FacetRef> => {
  const refs = keysMeant(given).map((key) => ({ kind, key }));
  const counts = await store.facetCounts(corpus, refs);
  const most = counts.indexOf(Math.max(...counts));
  return refs[most] ?? { kind, key: fold(given) };
};

const inventoryKey = (kind: FacetKind, inventory: Readonly<Record<string, Labels>>, given: string): string => {
  const wanted = fold(given);
  const found = Object.entries(inventory).find(([key, { ru, en }]) =>
    [key, ru, en].some((name) => fold(name) === wanted),
  );
  if (found !== undefined) return found[0];
  throw new HypersceneError('BAD_ARGUMENT', `no such ${kind}`, {
    expected: `one of ${Object.keys(inventory).join(', ')}, or its label`,
    came: JSON.stringify(given),
  });
};
