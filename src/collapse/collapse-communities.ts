import { type Digest, digestOf } from '../scene/digest.ts';
import { EMPTY_FIGURE, type FigureKey, figureKey, figureKeyDigest } from '../scene/figure.ts';
import { FIGURES_SHOWN } from '../scene/hypertoken.ts';
import type { MotifGroup } from './collapse-motifs.ts';
import type { CouplingGraph } from './coupling-graph.ts';
import { type Edges, gather } from './gather-edges.ts';
import { leiden } from './leiden/leiden.ts';
import { motifDigest } from './motif-digest.ts';

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

export interface CommunityLevel {
  /** γ that it was found at; 0 for the last, which holds what no coupling joins. */
  readonly resolution: number;
  /** Of all that makes up the level, what rose to it too, at this resolution. */
  readonly modularity: number;
  readonly communities: readonly Community[];
}

export interface CommunityOptions {
  /** γ of level 2: the higher, the smaller its communities. By default {@link RESOLUTION}. */
  readonly resolution?: number | undefined;
  /** By default {@link SEED}. */
  readonly seed?: number | undefined;
}

export const RESOLUTION = 16;
export const SEED = 1;
/** Each level has a quarter of the resolution of the one below, so that it has some fourth of its communities. */
const COARSENING = 4;

/**
 * Level 2 and above, until one community holds the corpus: Leiden communities (Traag, Waltman & van Eck 2019) of what makes up
 * the level below, over all couplings, those of mere sequence too. Each is connected but the last, which joins what no coupling
 * does. A level has half as many communities and lone parts as the one below at most; where a resolution gives more, the
 * next is tried. The same corpus gives the same communities whatever the order in which its documents came.
 */
export const collapseCommunities = (
  graph: CouplingGraph,
  motifs: readonly MotifGroup[],
  { resolution = RESOLUTION, seed = SEED }: CommunityOptions = {},
): readonly CommunityLevel[] => {
  const levels: CommunityLevel[] = [];
  let layer = firstLayer(graph, motifs);
  let lone = loneUnits(layer);
  for (let gamma = resolution; lone < layer.units.length; gamma /= COARSENING) {
    const found = leiden({ nodes: layer.units.length, ...layer }, { resolution: gamma, seed });
    const isCoarse = (found.communities - lone) * 2 <= layer.units.length - lone;
    if (!isCoarse && gamma > RESOLUTION_MIN) continue;
    const above = join(layer, found.communityOf, levels.length + 2, graph.figures);
    levels.push({ resolution: gamma, modularity: found.modularity, communities: above.communities });
    layer = above.layer;
    lone = loneUnits(layer);
  }
  if (layer.units.length > 1) {
    const { communities } = join(layer, new Int32Array(layer.units.length), levels.length + 2, graph.figures);
    levels.push({ resolution: 0, modularity: 0, communities });
  }
  return levels;
};

/** Below, every connected part of any graph that memory holds is one community. */
const RESOLUTION_MIN = 1e-12;

/** What makes up a level. */
interface Unit {
  readonly part: CommunityPart;
  readonly digest: Digest;
  /** Of its first scene in the order of the text. */
  readonly place: number;
  /** How many scenes show each figure, by its number. */
  readonly figures: ReadonlyMap<number, number>;
}

interface Layer extends Edges {
  /** In the order of the text. */
  readonly units: readonly Unit[];
}

/** How many units no coupling joins to others. */
const loneUnits = ({ units, edgeX, edgeY }: Layer): number => {
  const isJoinedTo = new Uint8Array(units.length);
  for (const [edge, x] of edgeX.entries()) {
    const y = edgeY[edge] ?? 0;
    if (x !== y) isJoinedTo[x] = isJoinedTo[y] = 1;
  }
  return units.length - isJoinedTo.reduce((sum, joined) => sum + joined, 0);
};

const firstLayer = (graph: CouplingGraph, motifs: readonly MotifGroup[]): Layer => {
  const { figures, figureOf, placeOf } = graph;
  const unitOf = new Int32Array(figureOf.length).fill(-1);
  const digests = figures.map(figureKeyDigest);
  const found: { readonly unit: Unit; readonly scenes: readonly number[] }[] = [];
  for (const [group, { form, scenes }] of motifs.entries()) {
    const counts = new Map<number, number>();
    for (const scene of scenes) counts.set(figureOf[scene] ?? 0, (counts.get(figureOf[scene] ?? 0) ?? 0) + 1);
    const place = scenes.reduce((least, scene) => Math.min(least, placeOf[scene] ?? 0), Number.POSITIVE_INFINITY);
    found.push({ unit: { part: { level: 1, group }, digest: motifDigest(form), place, figures: counts }, scenes });
    for (const scene of scenes) unitOf[scene] = 0;
  }
  for (let scene = 0; scene < figureOf.length; scene += 1) {
    if (unitOf[scene] === 0) continue;
    const figure = figureOf[scene] ?? 0;
    const unit = { part: scene, digest: digests[figure] as Digest, place: placeOf[scene] ?? 0 };
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

/** Communities of two and more become groups of the level; a unit alone rises unchanged. */
const join = (
  layer: Layer,
  communityOf: Int32Array,
  level: number,
  figures: readonly FigureKey[],
): { readonly layer: Layer; readonly communities: readonly Community[] } => {
  const members = new Map<number, number[]>();
  for (const [unit, community] of communityOf.entries()) {
    const held = members.get(community);
    if (held === undefined) members.set(community, [unit]);
    else held.push(unit);
  }
  const coupled = coupledPairs(layer, communityOf, members);
  const communities: Community[] = [];
  const units: Unit[] = [];
  const above = new Int32Array(layer.units.length);
  // Units lie in the order of the text, and so do communities by the first of theirs.
  for (const [community, held] of members) {
    const parts = held.map((unit) => layer.units[unit] as Unit);
    for (const unit of held) above[unit] = units.length;
    if (parts.length === 1) {
      units.push(parts[0] as Unit);
      continue;
    }
    const form = `${parts.map(({ digest }) => digest).join(' ')} | ${(coupled.get(community) ?? []).join(' ')}`;
    const digest = digestOf('community', form);
    const counts = sumOf(parts.map((unit) => unit.figures));
    units.push({
      part: { level, group: communities.length },
      digest,
      place: parts[0]?.place ?? 0,
      figures: counts,
    });
    communities.push({ form, digest, figures: commonest(counts, figures), parts: parts.map(({ part }) => part) });
  }
  return { layer: { units, ...gather(layer, above, units.length) }, communities };
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
