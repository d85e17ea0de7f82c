/** One run of one side, told as JSON: `own-and-graphology.ts <side> <folder> <nodes>`. */

import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import graphology from 'graphology';
import louvain from 'graphology-communities-louvain';
import { leiden } from '../../src/collapse/leiden/leiden.ts';
import type { WeightedGraph } from '../../src/collapse/leiden/weighted-graph.ts';

const [side = '', folder = '', count = ''] = process.argv.slice(2);
const nodes = Number(count);

const column = async (name: string): Promise<Int32Array> => {
  const bytes = await readFile(join(folder, name));
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};

const secondsSince = (started: number): number => (performance.now() - started) / 1000;

const version = (name: string): string =>
  (createRequire(import.meta.url)(`${name}/package.json`) as { readonly version: string }).version;

const ours = (graph: WeightedGraph) => {
  const started = performance.now();
  const { communityOf } = leiden(graph);
  return { communityOf, seconds: secondsSince(started), buildSeconds: 0, version: 'this checkout' };
};

const theirs = ({ edgeX, edgeY, weightOf }: WeightedGraph) => {
  const began = performance.now();
  const graph = new graphology.UndirectedGraph();
  for (let node = 0; node < nodes; node += 1) graph.addNode(node);
  for (const [edge, x] of edgeX.entries())
    graph.updateEdge(x, edgeY[edge], ({ weight = 0 }) => ({ weight: weight + (weightOf[edge] ?? 0) }));
  const buildSeconds = secondsSince(began);
  const started = performance.now();
  const found = (louvain as unknown as typeof louvain.default)(graph, { getEdgeWeight: 'weight' });
  const seconds = secondsSince(started);
  const communityOf = Int32Array.from({ length: nodes }, (_, node) => found[node] ?? 0);
  return { communityOf, seconds, buildSeconds, version: version('graphology-communities-louvain') };
};

const [edgeX, edgeY] = [await column('x.bin'), await column('y.bin')];
const graph = { nodes, edgeX, edgeY, weightOf: new Float64Array(edgeX.length).fill(1) };
const { communityOf, ...told } = side === 'graphology' ? theirs(graph) : ours(graph);
await writeFile(join(folder, `${side}.bin`), communityOf);
process.stdout.write(JSON.stringify({ ...told, rssMb: (process.resourceUsage().maxRSS * 1024) / 1e6 }));
