/** From couplings and communities to segments of the text. Units are numbered in its order; a border is the unit before which it stands. */

export interface UnitEdges {
  readonly units: number;
  readonly edgeX: Int32Array;
  readonly edgeY: Int32Array;
  readonly weightOf: Float64Array;
}

/**
 * Makes the segmentation of highest modularity: modularity (Newman & Girvan 2004, with the resolution γ of Reichardt & Bornholdt 2006) over
 * segments, none of which has a hole, instead of any communities. Exact, by dynamic programming; time and memory grow with the square of the units.
 * @returns by γ the borders
 */
export const modularSegments = (edges: UnitEdges): ((resolution: number) => readonly number[]) => {
  const { units, edgeX, edgeY, weightOf } = edges;
  const side = units + 1;
  /** `inner[from * side + to]`: what couples the units of [from, to) with each other. */
  const inner = new Float64Array(side * side);
  const degrees = new Float64Array(side);
  let total = 0;
  for (const [edge, weight] of weightOf.entries()) {
    const [x, y] = [edgeX[edge] ?? 0, edgeY[edge] ?? 0];
    const at = Math.min(x, y) * side + Math.max(x, y) + 1;
    inner[at] = (inner[at] ?? 0) + weight;
    degrees[x + 1] = (degrees[x + 1] ?? 0) + weight;
    degrees[y + 1] = (degrees[y + 1] ?? 0) + weight;
    total += weight;
  }
  for (let unit = 1; unit < side; unit += 1) degrees[unit] = (degrees[unit] ?? 0) + (degrees[unit - 1] ?? 0);
  for (let from = units - 1; from >= 0; from -= 1)
    for (let to = from + 1; to < side; to += 1) {
      const at = from * side + to;
      const both = from + 1 < to ? (inner[at + side - 1] ?? 0) : 0;
      inner[at] = (inner[at] ?? 0) + (inner[at - 1] ?? 0) + (inner[at + side] ?? 0) - both;
    }
  return (resolution) => {
    if (total === 0) return [];
    const best = new Float64Array(side).fill(Number.NEGATIVE_INFINITY);
    const cameFrom = new Int32Array(side);
    best[0] = 0;
    for (let to = 1; to < side; to += 1)
      for (let from = 0; from < to; from += 1) {
        const expected = ((degrees[to] ?? 0) - (degrees[from] ?? 0)) / (2 * total);
        const gain = (best[from] ?? 0) + (inner[from * side + to] ?? 0) / total - resolution * expected * expected;
        if (gain > (best[to] ?? 0) || from === 0) {
          best[to] = gain;
          cameFrom[to] = from;
        }
      }
    const borders: number[] = [];
    for (let at = cameFrom[units] ?? 0; at > 0; at = cameFrom[at] ?? 0) borders.push(at);
    return borders.reverse();
  };
};

/** By gap between scenes (before scene 1, 2 …): how like the groups of the `reach` scenes on either side are, 0 to 1 (cosine). */
const likeness = (groupOf: Int32Array, reach: number): Float64Array => {
  const scores = new Float64Array(groupOf.length - 1);
  for (const gap of scores.keys()) {
    const size = Math.min(reach, gap + 1, groupOf.length - gap - 1);
    const [left, right] = [bag(groupOf, gap + 1 - size, gap + 1), bag(groupOf, gap + 1, gap + 1 + size)];
    const dot = left.entries().reduce((sum, [group, n]) => sum + n * (right.get(group) ?? 0), 0);
    scores[gap] = dot / Math.sqrt(squares(left) * squares(right));
  }
  return scores;
};

const bag = (groupOf: Int32Array, from: number, to: number): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>();
  for (const group of groupOf.subarray(from, to)) counts.set(group, (counts.get(group) ?? 0) + 1);
  return counts;
};

const squares = (counts: ReadonlyMap<number, number>): number => counts.values().reduce((sum, n) => sum + n * n, 0);

/** How deep each score lies below the nearest peaks left and right (Hearst 1997). */
export const depths = (scores: Float64Array): Float64Array =>
  scores.map((score, at) => climb(scores, at, -1) + climb(scores, at, 1) - 2 * score);

const climb = (scores: Float64Array, from: number, step: 1 | -1): number => {
  let peak = scores[from] ?? 0;
  for (let at = from + step; at >= 0 && at < scores.length && (scores[at] ?? 0) >= peak; at += step)
    peak = scores[at] ?? 0;
  return peak;
};

/** TopicTiling (Riedl & Biemann 2012) with the groups of a level for topics: by gap between scenes, how deep the likeness falls there. */
export const groupDepths = (groupOf: Int32Array, reach: number): Float64Array => depths(likeness(groupOf, reach));

/** Borders where neighbouring scenes are of different groups. */
export const changes = (groupOf: Int32Array, gaps: readonly number[]): readonly number[] =>
  gaps.filter((scene) => groupOf[scene] !== groupOf[scene - 1]);

/** The deepest gaps, deeper than `above`, `count` of them at most, none nearer to a deeper one than `apart` scenes; of equal ones the earlier. */
export const deepest = (
  gaps: readonly number[],
  depthOf: readonly number[],
  { count, above, apart }: { readonly count: number; readonly above: number; readonly apart: number },
): readonly number[] => {
  const chosen: number[] = [];
  const falling = gaps
    .map((scene, i) => ({ scene, depth: depthOf[i] ?? 0 }))
    .sort((x, y) => y.depth - x.depth || x.scene - y.scene);
  for (const { scene, depth } of falling) {
    if (chosen.length === count || depth <= above) break;
    if (chosen.every((other) => Math.abs(other - scene) >= apart)) chosen.push(scene);
  }
  return chosen.sort((x, y) => x - y);
};

/** The mean and so many standard deviations. */
export const deviating = (depthOf: readonly number[], deviations: number): number => {
  const mean = depthOf.reduce((sum, depth) => sum + depth, 0) / depthOf.length;
  const variance = depthOf.reduce((sum, depth) => sum + (depth - mean) ** 2, 0) / depthOf.length;
  return mean + deviations * Math.sqrt(variance);
};

/** Segments of equal length in scenes, each border at the nearest gap. */
export const windows = (scenes: number, gaps: readonly number[], segments: number): readonly number[] => {
  const borders = new Set<number>();
  for (let i = 1; i < segments; i += 1) {
    const ideal = (scenes * i) / segments;
    const nearest = gaps.reduce(
      (best, gap) => (Math.abs(gap - ideal) < Math.abs(best - ideal) ? gap : best),
      gaps[0] ?? 0,
    );
    if (nearest > 0) borders.add(nearest);
  }
  return [...borders];
};
