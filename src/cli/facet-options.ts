import type { Command } from 'commander';
import { HypersceneError } from '../errors.ts';
import { FACET_KINDS, type FacetKind } from '../scene/facet.ts';
import { ARCHETYPES, ATMOSPHERES, type Labels, TENSIONS } from '../scene/inventory.ts';
import type { FacetRef } from '../store/graph-store.ts';

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

/** @throws HypersceneError BAD_ARGUMENT for a key that the inventory does not hold */
export const facetRefs = (options: FacetOptions): readonly FacetRef[] =>
  FACET_KINDS.flatMap((kind) => {
    const given = options[kind];
    return given === undefined ? [] : [{ kind, key: facetKey(kind, given) }];
  });

/** Lemmas are kept in lower case, ё as е; an inventory is searched by key, then by label of either language. */
const facetKey = (kind: FacetKind, given: string): string => {
  const wanted = fold(given);
  const inventory = INVENTORIES[kind];
  if (inventory === undefined) return wanted;
  const found = Object.entries(inventory).find(([key, { ru, en }]) =>
    [key, ru, en].some((name) => fold(name) === wanted),
  );
  if (found !== undefined) return found[0];
  throw new HypersceneError('BAD_ARGUMENT', `no such ${kind}`, {
    expected: `one of ${Object.keys(inventory).join(', ')}, or its label`,
    came: JSON.stringify(given),
  });
};

const fold = (text: string): string => text.normalize('NFC').trim().toLowerCase().replaceAll('ё', 'е');
