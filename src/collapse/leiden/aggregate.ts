import { finished, type Network } from './network.ts';

/** Numbers from 0 in the order of first use, in place. @returns how many */
export const renumber = (numbers: Int32Array, below: number): number => {
  const seen = new Int32Array(below).fill(-1);
  let count = 0;
  for (let i = 0; i < numbers.length; i += 1) {
    const number = numbers[i] as number;
    if (seen[number] === -1) seen[number] = count++;
    numbers[i] = seen[number] as number;
  }
  return count;
};

/** The network whose nodes are the parts of another one. @param partOf by node, numbers from 0 below `parts` */
export const aggregate = (network: Network, partOf: Int32Array, parts: number): Network => {
  const { rows, targets, weights, loops } = network;
  const { starts, members } = grouped(partOf, parts);
  const aggregated = {
    rows: new Int32Array(parts + 1),
    targets: new Int32Array(targets.length),
    weights: new Float64Array(targets.length),
  };
  const partLoops = new Float64Array(parts);
  const place = new Int32Array(parts).fill(-1);
  let to = 0;
  for (let part = 0; part < parts; part += 1) {
    const from = to;
    let inner = 0;
    for (let i = starts[part] as number; i < (starts[part + 1] as number); i += 1) {
      const node = members[i] as number;
      partLoops[part] = (partLoops[part] as number) + (loops[node] as number);
      for (let at = rows[node] as number; at < (rows[node + 1] as number); at += 1) {
        const other = partOf[targets[at] as number] as number;
        const weight = weights[at] as number;
        if (other === part) {
          inner += weight;
          continue;
        }
        const known = place[other] as number;
        if (known >= from) aggregated.weights[known] = (aggregated.weights[known] as number) + weight;
        else {
          place[other] = to;
          aggregated.targets[to] = other;
          aggregated.weights[to] = weight;
          to += 1;
        }
      }
    }
    // Each inner edge was met from both its ends.
    partLoops[part] = (partLoops[part] as number) + inner / 2;
    aggregated.rows[part + 1] = to;
  }
  const of = {
    rows: aggregated.rows,
    targets: aggregated.targets.slice(0, to),
    weights: aggregated.weights.slice(0, to),
  };
  return finished(parts, of, partLoops);
};

/** The nodes of each part beside each other, in order. */
const grouped = (partOf: Int32Array, parts: number): { readonly starts: Int32Array; readonly members: Int32Array } => {
  const starts = new Int32Array(parts + 1);
  for (const part of partOf) starts[part + 1] = (starts[part + 1] as number) + 1;
  for (let part = 0; part < parts; part += 1)
    starts[part + 1] = (starts[part + 1] as number) + (starts[part] as number);
  const next = starts.slice();
  const members = new Int32Array(partOf.length);
  for (let node = 0; node < partOf.length; node += 1) {
    const part = partOf[node] as number;
    const at = next[part] as number;
    members[at] = node;
    next[part] = at + 1;
  }
  return { starts, members };
};
