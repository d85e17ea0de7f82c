/** Undirected; each edge once, `x` = `y` for one from a node to itself. Parallel edges add up. */
export interface WeightedGraph {
  /** How many; they are numbered from 0. */
  readonly nodes: number;
  /** By edge: its two ends. */
  readonly edgeX: Int32Array;
  readonly edgeY: Int32Array;
  /** By edge: above 0 and finite. */
  readonly weightOf: Float64Array;
}
