import type { Network } from './network.ts';
import { type Random, shuffled } from './random.ts';

/**
 * Fast local moving (Traag, Waltman & van Eck 2019): each node goes to the community where modularity gains most, or to one of
 * its own; the neighbours of one that moved are looked at again, and nobody else.
 * @param communityOf by node, numbers below `network.nodes`; changed in place
 * @param reached by node: 1 for those that are looked at first. In place 1 afterwards for every node of a community that had
 *   one of them, or that a node joined or left
 */
export const moveNodes = (
  network: Network,
  communityOf: Int32Array,
  resolution: number,
  random: Random,
  reached: Uint8Array,
): void => {
  const { nodes, rows, targets, weights, strengths, total } = network;
  const scale = resolution / total;
  const strengthOf = new Float64Array(nodes);
  const sizeOf = new Int32Array(nodes);
  for (let node = 0; node < nodes; node += 1) {
    const community = communityOf[node] as number;
    strengthOf[community] = (strengthOf[community] as number) + (strengths[node] as number);
    sizeOf[community] = (sizeOf[community] as number) + 1;
  }
  const empty: number[] = [];
  for (let community = nodes - 1; community >= 0; community -= 1) if (sizeOf[community] === 0) empty.push(community);
  const queue = new Int32Array(nodes);
  const isQueued = reached.slice();
  const isReached = new Uint8Array(nodes);
  let waiting = 0;
  for (const node of shuffled(nodes, random)) {
    if (reached[node] === 0) continue;
    queue[waiting++] = node;
    isReached[communityOf[node] as number] = 1;
  }
  const weightTo = new Float64Array(nodes);
  const touched = new Int32Array(nodes);
  // A ring: as many places as nodes, each of which stands in it once at most.
  for (let head = 0; waiting > 0; head = head + 1 === nodes ? 0 : head + 1, waiting -= 1) {
    const node = queue[head] as number;
    isQueued[node] = 0;
    const old = communityOf[node] as number;
    const strength = strengths[node] as number;
    const end = rows[node + 1] as number;
    let count = 0;
    for (let at = rows[node] as number; at < end; at += 1) {
      const community = communityOf[targets[at] as number] as number;
      const weight = weightTo[community] as number;
      if (weight === 0) touched[count++] = community;
      weightTo[community] = weight + (weights[at] as number);
    }
    strengthOf[old] = (strengthOf[old] as number) - strength;
    const factor = scale * strength;
    let best = old;
    let most = (weightTo[old] as number) - factor * (strengthOf[old] as number);
    // Staying must be beaten by more than the error of the sums, or two nodes may change places for ever.
    const staying = most + EPSILON * strength;
    let bar = staying;
    for (let i = 0; i < count; i += 1) {
      const community = touched[i] as number;
      const gain = (weightTo[community] as number) - factor * (strengthOf[community] as number);
      weightTo[community] = 0;
      if (community !== old && gain > bar) {
        best = community;
        most = gain;
        bar = gain;
      }
    }
    if (most < 0 && (sizeOf[old] as number) > 1 && 0 > staying) best = empty.pop() as number;
    strengthOf[best] = (strengthOf[best] as number) + strength;
    if (best === old) continue;
    isReached[old] = isReached[best] = 1;
    communityOf[node] = best;
    sizeOf[best] = (sizeOf[best] as number) + 1;
    const left = (sizeOf[old] as number) - 1;
    sizeOf[old] = left;
    if (left === 0) {
      strengthOf[old] = 0;
      empty.push(old);
    }
    for (let at = rows[node] as number; at < end; at += 1) {
      const neighbour = targets[at] as number;
      if (isQueued[neighbour] === 1 || communityOf[neighbour] === best) continue;
      isQueued[neighbour] = 1;
      // `waiting` still counts the node itself, so that the place behind the last is head + waiting.
      const tail = head + waiting;
      queue[tail >= nodes ? tail - nodes : tail] = neighbour;
      waiting += 1;
    }
  }
  for (let node = 0; node < nodes; node += 1) reached[node] = isReached[communityOf[node] as number] as number;
};

/** Of a node's strength. */
const EPSILON = 1e-10;
