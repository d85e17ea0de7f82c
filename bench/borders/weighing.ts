import type { Edges } from '../../src/collapse/gather-edges.ts';
import type { ReadDocument } from './pipeline.ts';

/** How couplings are weighed for the order of the text. */
export interface Weighing {
  /** What the weight of a coupling of mere sequence is multiplied by. */
  readonly sequence: number;
  /** Scenes; a coupling over d scenes weighs e^(−d / decay) of what it did. */
  readonly decay: number;
}

export const AS_THEY_ARE: Weighing = { sequence: 1, decay: Number.POSITIVE_INFINITY };
export const WEIGHINGS: readonly Weighing[] = [0, 1, 4].flatMap((sequence) =>
  [Number.POSITIVE_INFINITY, 40, 20, 10].map((decay) => ({ sequence, decay })),
);
export const labelOf = ({ sequence, decay }: Weighing): string => `sequence × ${sequence}, decay ${decay}`;

export const weighed = (
  { graph: { edgeX, edgeY, weightOf, sequenceX, sequenceY, sequenceWeightOf } }: Pick<ReadDocument, 'graph'>,
  { sequence, decay }: Weighing,
): Edges => {
  const edges: { readonly x: number; readonly y: number; readonly weight: number }[] = [];
  const put = (xs: Int32Array, ys: Int32Array, weights: Float64Array, factor: number): void => {
    for (const [edge, own] of weights.entries()) {
      const [x, y] = [xs[edge] ?? 0, ys[edge] ?? 0];
      const weight = own * factor * Math.exp(-Math.abs(x - y) / decay);
      if (weight > 0) edges.push({ x, y, weight });
    }
  };
  put(edgeX, edgeY, weightOf, 1);
  put(sequenceX, sequenceY, sequenceWeightOf, sequence);
  return {
    edgeX: Int32Array.from(edges, ({ x }) => x),
    edgeY: Int32Array.from(edges, ({ y }) => y),
    weightOf: Float64Array.from(edges, ({ weight }) => weight),
  };
};
