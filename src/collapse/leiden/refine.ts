import type { Network } from './network.ts';
import { type Random, shuffled } from './random.ts';

/** Randomness of merging, of the mean weight of an edge: Traag, Waltman & van Eck (2019) take 0.01. */
const THETA = 0.01;

/**
 * Parts each community into well connected ones (Traag, Waltman & van Eck 2019, algorithm A.2, MergeNodesSubset): every node
 * begins alone, and one that is still alone and well connected to its community joins one of the parts that are so too, by
 * chance in favour of what modularity gains. What joins is connected, so that parts are.
 * @param reached by node, the same for all of a community: 0 where the community stays one part
 * @returns by node, the number of a node of its part
 */
export const refine = (
  network: Network,
  communityOf: Int32Array,
  resolution: number,
  random: Random,
  reached: Uint8Array,
): Int32Array => {
  const { nodes, rows, targets, weights, strengths, total } = network;
  const scale = resolution / total;
  const theta = targets.length === 0 ? THETA : THETA * (sum(weights) / targets.length);
  const communityStrength = new Float64Array(nodes);
  for (let node = 0; node < nodes; node += 1) {
    const community = communityOf[node] as number;
    communityStrength[community] = (communityStrength[community] as number) + (strengths[node] as number);
  }
  const partOf = wholeWhere(reached, communityOf);
  const partStrength = strengths.slice();
  const isAlone = new Uint8Array(nodes).fill(1);
  // The weight between a part and the rest of its community.
  const outward = new Float64Array(nodes);
  for (let node = 0; node < nodes; node += 1)
    for (let at = rows[node] as number; at < (rows[node + 1] as number); at += 1)
      if (communityOf[targets[at] as number] === communityOf[node])
        outward[node] = (outward[node] as number) + (weights[at] as number);
  const weightTo = new Float64Array(nodes);
  const touched = new Int32Array(nodes);
  const odds = new Float64Array(nodes);
  for (const node of shuffled(nodes, random)) {
    if (reached[node] === 0) continue;
    const community = communityOf[node] as number;
    const whole = communityStrength[community] as number;
    const strength = strengths[node] as number;
    if (isAlone[node] === 0 || (outward[node] as number) < scale * strength * (whole - strength)) continue;
    let count = 0;
    for (let at = rows[node] as number; at < (rows[node + 1] as number); at += 1) {
      const target = targets[at] as number;
      if (communityOf[target] !== community) continue;
      const part = partOf[target] as number;
      const weight = weightTo[part] as number;
      if (weight === 0) touched[count++] = part;
      weightTo[part] = weight + (weights[at] as number);
    }
    const chosen = choose(count, random, theta, odds, (i) => {
      const part = touched[i] as number;
      const held = partStrength[part] as number;
      if ((outward[part] as number) < scale * held * (whole - held)) return -1;
      return (weightTo[part] as number) - scale * strength * held;
    });
    if (chosen >= 0) {
      const part = touched[chosen] as number;
      partOf[node] = part;
      isAlone[part] = 0;
      partStrength[part] = (partStrength[part] as number) + strength;
      outward[part] = (outward[part] as number) + (outward[node] as number) - 2 * (weightTo[part] as number);
    }
    for (let i = 0; i < count; i += 1) weightTo[touched[i] as number] = 0;
  }
  return partOf;
};

/** Every node a part of its own, but a community that was not reached one part, by its first node. */
const wholeWhere = (reached: Uint8Array, communityOf: Int32Array): Int32Array => {
  const first = new Int32Array(reached.length).fill(-1);
  return Int32Array.from(reached, (isReached, node) => {
    if (isReached === 1) return node;
    const community = communityOf[node] as number;
    if (first[community] === -1) first[community] = node;
    return first[community] as number;
  });
};

const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);

/** One of `count` by exp(gain / θ), none that loses; staying alone gains 0. @returns −1 for none */
const choose = (
  count: number,
  random: Random,
  theta: number,
  odds: Float64Array,
  gainOf: (i: number) => number,
): number => {
  let most = 0;
  for (let i = 0; i < count; i += 1) {
    const gain = gainOf(i);
    odds[i] = gain;
    if (gain > most) most = gain;
  }
  let all = Math.exp(-most / theta);
  for (let i = 0; i < count; i += 1) {
    const gain = odds[i] as number;
    // Taken from the most, lest exp overflow.
    if (gain >= 0) all += Math.exp((gain - most) / theta);
    odds[i] = gain >= 0 ? all : -1;
  }
  const drawn = random() * all;
  if (drawn < Math.exp(-most / theta)) return -1;
  for (let i = 0; i < count; i += 1) if ((odds[i] as number) > drawn) return i;
  return -1;
};
