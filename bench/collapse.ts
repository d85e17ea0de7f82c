/** Leiden against its peers, and how it grows. See `bench/README.md`. */

import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { renumber } from '../src/collapse/leiden/aggregate.ts';
import { modularity } from '../src/collapse/leiden/modularity.ts';
import { type Network, networkOf } from '../src/collapse/leiden/network.ts';
import type { WeightedGraph } from '../src/collapse/leiden/weighted-graph.ts';
import { type GraphKind, plantedGraph } from './collapse/planted.ts';
import {
  COLLAPSE_PACKAGES,
  type GraphFolder,
  partitionOf,
  type Run,
  runSide,
  SIDES,
  type Side,
} from './collapse/sides.ts';
import { pythonWith } from './python.ts';
import { checkOut, inFolder, tell, writeReport } from './report.ts';
import { median } from './store/figures.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    /** The largest graph of the growth, in nodes; each node has ten edges. */
    grow: { type: 'string', default: '1000000' },
    out: { type: 'string', default: join(ROOT, 'bench/results/collapse.json') },
  },
});
const EDGES_A_NODE = 10;

interface SideFigures {
  readonly side: Side;
  readonly version: string;
  readonly seconds: number;
  readonly allSeconds: readonly number[];
  readonly buildSeconds: number;
  readonly rssMb: number;
  readonly communities: number;
  readonly modularity: number;
}

interface GrowthFigures extends Pick<SideFigures, 'seconds' | 'rssMb' | 'communities' | 'modularity'> {
  readonly nodes: number;
  readonly edges: number;
  readonly microsecondsAnEdge: number;
}

const withGraph = async <T>(
  options: { readonly kind: GraphKind; readonly nodes: number },
  act: (graph: GraphFolder, network: Network) => Promise<T>,
): Promise<T> =>
  inFolder('collapse', async (folder) => {
    const graph: WeightedGraph = plantedGraph({ ...options, edges: options.nodes * EDGES_A_NODE, seed: 11 });
    await writeFile(join(folder, 'x.bin'), graph.edgeX);
    await writeFile(join(folder, 'y.bin'), graph.edgeY);
    return act({ folder, nodes: graph.nodes }, networkOf(graph));
  });

/** By one function of ours for all sides. */
const judge = async (side: Side, graph: GraphFolder, network: Network) => {
  const communityOf = await partitionOf(side, graph);
  const communities = renumber(communityOf, network.nodes);
  return { communities, modularity: modularity(network, communityOf, communities, 1) };
};

const compare = async (
  kind: GraphKind,
  nodes: number,
  rounds: number,
  python: string,
): Promise<readonly SideFigures[]> =>
  withGraph({ kind, nodes }, async (graph, network) => {
    const runs = new Map<Side, Run[]>(SIDES.map((side) => [side, []]));
    for (let round = 0; round < rounds; round += 1)
      for (const side of round % 2 === 0 ? SIDES : SIDES.toReversed()) {
        const run = await runSide(side, graph, python);
        tell(`${kind}, ${nodes} nodes: ${side} ${run.seconds.toFixed(2)} s`);
        runs.get(side)?.push(run);
      }
    const figures: SideFigures[] = [];
    for (const [side, done] of runs)
      figures.push({
        side,
        version: done[0]?.version ?? '',
        seconds: median(done.map(({ seconds }) => seconds)),
        allSeconds: done.map(({ seconds }) => seconds),
        buildSeconds: median(done.map(({ buildSeconds }) => buildSeconds)),
        rssMb: Math.max(...done.map(({ rssMb }) => rssMb)),
        ...(await judge(side, graph, network)),
      });
    return figures;
  });

const grow = async (nodes: number, python: string): Promise<GrowthFigures> =>
  withGraph({ kind: 'even', nodes }, async (graph, network) => {
    const { seconds, rssMb } = await runSide('hyperscene', graph, python);
    const edges = nodes * EDGES_A_NODE;
    tell(`growth, ${nodes} nodes: ${seconds.toFixed(2)} s`);
    const judged = await judge('hyperscene', graph, network);
    return { nodes, edges, seconds, rssMb, microsecondsAnEdge: (seconds * 1e6) / edges, ...judged };
  });

const table = (rows: readonly (readonly (string | number)[])[]): string => {
  const [head = [], ...body] = rows;
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};

const describe = (kind: string, nodes: number, figures: readonly SideFigures[]): string => {
  const ours = figures.find(({ side }) => side === 'hyperscene');
  const rows = figures.map((one) => [
    `${one.side} ${one.version}`,
    one.seconds.toFixed(2),
    one.buildSeconds.toFixed(2),
    ours === undefined ? '' : `${(ours.seconds / one.seconds).toFixed(2)}×`,
    one.modularity.toFixed(4),
    one.communities,
    Math.round(one.rssMb),
  ]);
  return [
    `## ${kind}: ${nodes.toLocaleString('en')} nodes, ${(nodes * EDGES_A_NODE).toLocaleString('en')} edges`,
    '',
    table([
      ['', 'seconds, median', 'to build its graph', 'ours to it', 'modularity', 'communities', 'peak MB'],
      ...rows,
    ]),
    '',
  ].join('\n');
};

const describeGrowth = (growth: readonly GrowthFigures[]): string =>
  [
    '## Growth, ours alone',
    '',
    table([
      ['nodes', 'edges', 'seconds', 'µs an edge', 'peak MB', 'modularity'],
      ...growth.map((one) => [
        one.nodes.toLocaleString('en'),
        one.edges.toLocaleString('en'),
        one.seconds.toFixed(2),
        one.microsecondsAnEdge.toFixed(2),
        Math.round(one.rssMb),
        one.modularity.toFixed(4),
      ]),
    ]),
    '',
  ].join('\n');

checkOut(values.out);
const [nodes, rounds, most] = [Number(values.nodes), Number(values.rounds), Number(values.grow)];
const before = loadavg()[0] ?? 0;
const python = await pythonWith(COLLAPSE_PACKAGES);
const even = await compare('even', nodes, rounds, python);
const heavy = await compare('heavy-tailed', nodes, rounds, python);
const growth: GrowthFigures[] = [];
for (let n = 10_000; n <= most; n *= 10) growth.push(await grow(n, python));
const machine = {
  cpu: cpus()[0]?.model.trim() ?? '',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 1e9),
  system: `${process.platform} ${release()}`,
  node: process.version,
};
const result = { date: new Date().toISOString(), machine, load1Before: before, rounds, nodes, even, heavy, growth };
const head = [
  '# Leiden and its peers',
  '',
  `${result.date}. ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; Node ${machine.node}.`,
  `Load of the machine before: ${before.toFixed(2)}. ${rounds} runs of each side by turns, each in a process of its own.`,
  'How it is measured: `bench/README.md`.',
  '',
];
const text = [
  ...head,
  describe('Even communities', nodes, even),
  describe('Heavy-tailed', nodes, heavy),
  describeGrowth(growth),
];
await writeReport(values.out, result, () => text.join('\n'));
