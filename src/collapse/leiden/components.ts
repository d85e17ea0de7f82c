import type { Network } from './network.ts';

/**
 * Makes each connected part of a community one of its own, in place: the last move of a node may leave behind what it joined,
 * which Leiden would part only in its next iteration. Modularity can but gain.
 */
export const splitByComponents = ({ nodes, rows, targets }: Network, communityOf: Int32Array): void => {
  const componentOf = new Int32Array(nodes).fill(-1);
  const waiting = new Int32Array(nodes);
  for (let start = 0; start < nodes; start += 1) {
    if (componentOf[start] !== -1) continue;
    let count = 0;
    waiting[count++] = start;
    componentOf[start] = start;
    while (count > 0) {
      const node = waiting[--count] as number;
      for (let at = rows[node] as number; at < (rows[node + 1] as number); at += 1) {
        const target = targets[at] as number;
        if (componentOf[target] !== -1 || communityOf[target] !== communityOf[node]) continue;
        componentOf[target] = start;
        waiting[count++] = target;
      }
    }
  }
  communityOf.set(componentOf);
};
