import type { Network } from './network.ts';

/**
 * Σ over communities of (weight within / weight of all edges) − γ (strength / total strength)²: Newman & Girvan 2004, with the
 * resolution γ of Reichardt & Bornholdt 2006. −1 to 1 at γ = 1; 0 for a network without edges.
 */
export const modularity = (
  network: Network,
  communityOf: Int32Array,
  communities: number,
  resolution: number,
): number => {
  const { nodes, rows, targets, weights, loops, strengths, total } = network;
  if (total === 0) return 0;
  const strengthOf = new Float64Array(communities);
  let within = 0;
  for (let node = 0; node < nodes; node += 1) {
    const community = communityOf[node] as number;
    strengthOf[community] = (strengthOf[community] as number) + (strengths[node] as number);
    within += 2 * (loops[node] as number);
    for (let at = rows[node] as number; at < (rows[node + 1] as number); at += 1)
      if (communityOf[targets[at] as number] === community) within += weights[at] as number;
  }
  const expected = strengthOf.reduce((sum, strength) => sum + (strength / total) ** 2, 0);
  return within / total - resolution * expected;
};
