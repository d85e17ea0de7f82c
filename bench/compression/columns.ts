import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { LabelledEdge, LabelledGraph } from './labelled-graph.ts';

/** The strongest that zstd has without a dictionary. */
export const ZSTD_LEVEL = 22;

export const zstd = (bytes: Uint8Array): Uint8Array =>
  zstdCompressSync(bytes, {
    params: {
      [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL,
      // Neither is needed to decode, and each would cost 4 bytes or more.
      [constants.ZSTD_c_checksumFlag]: 0,
      [constants.ZSTD_c_contentSizeFlag]: 0,
    },
  });

export const unzstd = (bytes: Uint8Array): Uint8Array => zstdDecompressSync(bytes);

/** Integers from 0, seven bits a byte, the lowest first (LEB128). */
export const varints = (values: Iterable<number>): Uint8Array => {
  const bytes: number[] = [];
  for (const value of values) {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
    bytes.push(rest);
  }
  return Uint8Array.from(bytes);
};

export const readVarints = (bytes: Uint8Array): readonly number[] => {
  const values: number[] = [];
  let value = 0;
  let unit = 1;
  for (const byte of bytes) {
    value += (byte % 128) * unit;
    unit *= 128;
    if (byte > 127) continue;
    values.push(value);
    value = 0;
    unit = 1;
  }
  return values;
};

/** Figures, agents, how many couplings go on from each scene, how far each goes, its label: column after column. */
export const toColumns = ({ figures, agents, labels, figureOf, agentOf, edges }: LabelledGraph): Uint8Array => {
  const counts = new Array<number>(figureOf.length).fill(0);
  for (const { x } of edges) counts[x] = (counts[x] ?? 0) + 1;
  const gaps = edges.map(({ x, y }, i) => {
    const before = edges[i - 1];
    return y - (before?.x === x ? before.y : x) - 1;
  });
  const head = [figureOf.length, figures, agents, labels];
  return varints([...head, ...figureOf, ...agentOf, ...counts, ...gaps, ...edges.map(({ label }) => label)]);
};

export const fromColumns = (bytes: Uint8Array): LabelledGraph => {
  const values = readVarints(bytes);
  const [scenes = 0, figures = 0, agents = 0, labels = 0] = values;
  let at = 4;
  const take = (length: number): readonly number[] => {
    at += length;
    return values.slice(at - length, at);
  };
  const figureOf = take(scenes);
  const agentOf = take(scenes);
  const counts = take(scenes);
  const edgeCount = counts.reduce((sum, count) => sum + count, 0);
  const gaps = take(edgeCount);
  const labelOf = take(edgeCount);
  const edges: LabelledEdge[] = [];
  for (const [x, count] of counts.entries()) {
    let y = x;
    for (let i = 0; i < count; i += 1) {
      y += 1 + (gaps[edges.length] ?? 0);
      edges.push({ x, y, label: labelOf[edges.length] ?? 0 });
    }
  }
  return { figures, agents, labels, figureOf, agentOf, edges };
};

/** A line for the sizes, a line a scene, a line a coupling. */
export const toText = ({ figures, agents, labels, figureOf, agentOf, edges }: LabelledGraph): string =>
  [
    `${figures} ${agents} ${labels}`,
    ...figureOf.map((figure, scene) => `${figure} ${agentOf[scene]}`),
    ...edges.map(({ x, y, label }) => `${x} ${y} ${label}`),
    '',
  ].join('\n');

export const fromText = (text: string): LabelledGraph => {
  const [head = [], ...lines] = text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' ').map(Number));
  const [figures = 0, agents = 0, labels = 0] = head;
  const scenes = lines.filter(({ length }) => length === 2);
  return {
    figures,
    agents,
    labels,
    figureOf: scenes.map(([figure = 0]) => figure),
    agentOf: scenes.map(([, agent = 0]) => agent),
    edges: lines.filter(({ length }) => length === 3).map(([x = 0, y = 0, label = 0]) => ({ x, y, label })),
  };
};
