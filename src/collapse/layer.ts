import { type Digest, digestOf } from '../scene/digest.ts';
import { EMPTY_FIGURE, type FigureKey, figureKey, figureKeyDigest } from '../scene/figure.ts';
import { FIGURES_SHOWN } from '../scene/hypertoken.ts';
import type { CouplingGraph } from './coupling-graph.ts';
import { type Edges, gather } from './gather-edges.ts';
import { motifDigest } from './motif-digest.ts';
import type { NumberedMotif } from './regroup-motifs.ts';
import { NEW } from './standing-collapse.ts';

/** A scene by number, or a group of a lower level by its place in its list; motifs are level 1. */
export type CommunityPart = number | { readonly level: number; readonly group: number };

/** What hangs together of the level below. */
export interface Community {
  /** The digests of the parts in the order of the text, and which of them are coupled. */
  readonly form: string;
  readonly digest: Digest;
  /** The commonest, {@link FIGURES_SHOWN} at most. */
  readonly figures: readonly FigureKey[];
  /** Two or more, in the order of the text. */
  readonly parts: readonly CommunityPart[];
}

/** What makes up a level. */
export interface Unit {
  readonly part: CommunityPart;
  readonly digest: Digest;
  /** Of its first scene in the order of the text. */
  readonly place: number;
  /** How many scenes show each figure, by its number. */
  readonly figures: ReadonlyMap<number, number>;
  /** Its number among what stands, {@link NEW} where it does not. */
  readonly number: number;
}

/** All that makes up a level, and the couplings among it. */
export interface Layer extends Edges {
  /** In the order of the text. */
  readonly units: readonly Unit[];
}

/** Level 1: the motifs, and the scenes that stand in none. */
export const firstLayer = (graph: CouplingGraph, motifs: readonly NumberedMotif[]): Layer => {
  const { figures, figureOf, placeOf } = graph;
  const unitOf = new Int32Array(figureOf.length).fill(-1);
  const digests = figures.map(figureKeyDigest);
  const found: { readonly unit: Unit; readonly scenes: readonly number[] }[] = [];
  for (const [group, { form, scenes, number }] of motifs.entries()) {
    const counts = new Map<number, number>();
    for (const scene of scenes) counts.set(figureOf[scene] ?? 0, (counts.get(figureOf[scene] ?? 0) ?? 0) + 1);
    const place = scenes.reduce((least, scene) => Math.min(least, placeOf[scene] ?? 0), Number.POSITIVE_INFINITY);
    const unit = { part: { level: 1, group }, digest: motifDigest(form), place, figures: counts, number };
    found.push({ unit, scenes });
    for (const scene of scenes) unitOf[scene] = 0;
  }
  for (let scene = 0; scene < figureOf.length; scene += 1) {
    if (unitOf[scene] === 0) continue;
    const figure = figureOf[scene] ?? 0;
    const unit = { part: scene, digest: digests[figure] as Digest, place: placeOf[scene] ?? 0, number: scene };
    found.push({ unit: { ...unit, figures: new Map([[figure, 1]]) }, scenes: [scene] });
  }
  found.sort((x, y) => x.unit.place - y.unit.place);
  for (const [i, { scenes }] of found.entries()) for (const scene of scenes) unitOf[scene] = i;
  const { edgeX, edgeY, weightOf, sequenceX, sequenceY, sequenceWeightOf } = graph;
  const edges = {
    edgeX: joinColumns(Int32Array, edgeX, sequenceX),
    edgeY: joinColumns(Int32Array, edgeY, sequenceY),
    weightOf: joinColumns(Float64Array, weightOf, sequenceWeightOf),
  };
  return { units: found.map(({ unit }) => unit), ...gather(edges, unitOf, found.length) };
};

const joinColumns = <Column extends Int32Array | Float64Array>(
  make: new (length: number) => Column,
  first: Column,
  second: Column,
): Column => {
  const joined = new make(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
};

/** How many units no coupling joins to others. */
export const loneUnits = ({ units, edgeX, edgeY }: Layer): number => {
  const isJoinedTo = new Uint8Array(units.length);
  for (const [edge, x] of edgeX.entries()) {
    const y = edgeY[edge] ?? 0;
    if (x !== y) isJoinedTo[x] = isJoinedTo[y] = 1;
  }
  return units.length - isJoinedTo.reduce((sum, joined) => sum + joined, 0);
};

interface Joined {
  readonly layer: Layer;
  readonly communities: readonly Community[];
}

/**
 * Communities of two and more become groups of the level; a unit alone rises unchanged.
 * @param communityOf by unit
 * @param numberOf among what stands, of the community that these units, in this form, are
 */
export const joinUnits = (
  layer: Layer,
  communityOf: Int32Array,
  level: number,
  figures: readonly FigureKey[],
  numberOf: (units: readonly Unit[], digest: Digest) => number = () => NEW,
): Joined => {
  const members = membersOf(communityOf);
  const formOf = communityForms(layer, communityOf, members);
  const communities: Community[] = [];
  const units: Unit[] = [];
  const above = new Int32Array(layer.units.length);
  // Units lie in the order of the text, and so do communities by the first of theirs.
  for (const [community, held] of members) {
    const parts = held.map((unit) => layer.units[unit] as Unit);
    for (const unit of held) above[unit] = units.length;
    const [first] = parts as [Unit];
    if (parts.length === 1) {
      units.push(first);
      continue;
    }
    const form = formOf(community);
    const digest = digestOf('community', form);
    const counts = sumOf(parts.map((unit) => unit.figures));
    const part = { level, group: communities.length };
    units.push({ part, digest, place: first.place, figures: counts, number: numberOf(parts, digest) });
    communities.push({ form, digest, figures: commonest(counts, figures), parts: parts.map((unit) => unit.part) });
  }
  return { layer: { units, ...gather(layer, above, units.length) }, communities };
};

/** The units of each community in order; communities by their first unit. */
export const membersOf = (communityOf: Int32Array): ReadonlyMap<number, readonly number[]> => {
  const members = new Map<number, number[]>();
  for (const [unit, community] of communityOf.entries()) {
    const held = members.get(community);
    if (held === undefined) members.set(community, [unit]);
    else held.push(unit);
  }
  return members;
};

/** What each community is made of, in words: the digests of its parts, and which of them are coupled. */
export const communityForms = (
  layer: Layer,
  communityOf: Int32Array,
  members: ReadonlyMap<number, readonly number[]>,
): ((community: number) => string) => {
  const coupled = coupledPairs(layer, communityOf, members);
  return (community) => {
    const digests = (members.get(community) ?? []).map((unit) => layer.units[unit]?.digest);
    return `${digests.join(' ')} | ${(coupled.get(community) ?? []).join(' ')}`;
  };
};

/** Of each community the pairs of its parts that are coupled, by their places among the parts: `0-3`. */
const coupledPairs = (
  { edgeX, edgeY }: Layer,
  communityOf: Int32Array,
  members: ReadonlyMap<number, readonly number[]>,
): ReadonlyMap<number, readonly string[]> => {
  const placeAmong = new Int32Array(communityOf.length);
  for (const held of members.values()) for (const [place, unit] of held.entries()) placeAmong[unit] = place;
  const pairs = new Map<number, string[]>();
  for (const [edge, x] of edgeX.entries()) {
    const y = edgeY[edge] ?? 0;
    const community = communityOf[x] ?? 0;
    if (x === y || communityOf[y] !== community) continue;
    const found = pairs.get(community) ?? [];
    pairs.set(community, found);
    found.push(`${placeAmong[x]}-${placeAmong[y]}`);
  }
  return pairs;
};

const sumOf = (counts: readonly ReadonlyMap<number, number>[]): ReadonlyMap<number, number> => {
  const sum = new Map<number, number>();
  for (const count of counts) for (const [figure, n] of count) sum.set(figure, (sum.get(figure) ?? 0) + n);
  return sum;
};

const EMPTY = figureKey(EMPTY_FIGURE);

/** The figure of all `none` only where there is no other. */
export const commonest = (counts: ReadonlyMap<number, number>, figures: readonly FigureKey[]): readonly FigureKey[] => {
  const shown = [...counts]
    .map(([figure, count]) => ({ key: figures[figure] ?? EMPTY, count }))
    .filter(({ key }) => key !== EMPTY)
    .sort((x, y) => y.count - x.count || (x.key < y.key ? -1 : 1))
    .slice(0, FIGURES_SHOWN)
    .map(({ key }) => key);
  return shown.length > 0 ? shown : [EMPTY];
};
