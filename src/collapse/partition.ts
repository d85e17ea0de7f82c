import type { Motif } from './canonical-form.ts';
import type { CouplingGraph } from './coupling-graph.ts';

/** Which group each scene is in; a group is named by one of its scenes, and begins with that alone. */
export class Partition {
  readonly #graph: CouplingGraph;
  readonly #groupOf: Int32Array;
  readonly #members: Map<number, readonly number[]>;
  /** Edges by scene, in compressed rows: those of scene i are `#edges[#rows[i] … #rows[i + 1])`. */
  readonly #rows: Int32Array;
  readonly #edges: Int32Array;

  constructor(graph: CouplingGraph) {
    this.#graph = graph;
    const scenes = graph.figureOf.length;
    this.#groupOf = Int32Array.from({ length: scenes }, (_, i) => i);
    this.#members = new Map(Array.from({ length: scenes }, (_, i) => [i, [i]]));
    this.#rows = new Int32Array(scenes + 1);
    for (const x of graph.edgeX) this.#rows[x + 1] = (this.#rows[x + 1] ?? 0) + 1;
    for (const y of graph.edgeY) this.#rows[y + 1] = (this.#rows[y + 1] ?? 0) + 1;
    for (let i = 0; i < scenes; i += 1) this.#rows[i + 1] = (this.#rows[i + 1] ?? 0) + (this.#rows[i] ?? 0);
    this.#edges = new Int32Array(graph.edgeX.length * 2);
    const next = this.#rows.slice();
    for (const column of [graph.edgeX, graph.edgeY]) {
      for (const [edge, scene] of column.entries()) {
        const at = next[scene] ?? 0;
        this.#edges[at] = edge;
        next[scene] = at + 1;
      }
    }
  }

  get size(): number {
    return this.#members.size;
  }

  groupOf(scene: number): number {
    return this.#groupOf[scene] ?? scene;
  }

  /** In the order of the text. */
  members(group: number): readonly number[] {
    return this.#members.get(group) ?? [];
  }

  groups(): readonly (readonly number[])[] {
    return [...this.#members.values()];
  }

  /** Those of two scenes in order. */
  inOrder(scenes: readonly number[]): readonly number[] {
    return scenes.toSorted((x, y) => (this.#graph.placeOf[x] ?? 0) - (this.#graph.placeOf[y] ?? 0));
  }

  /** The edges among the scenes. */
  edgesAmong(scenes: readonly number[]): readonly number[] {
    const { edgeX, edgeY } = this.#graph;
    const among: number[] = [];
    for (const scene of scenes)
      for (let row = this.#rows[scene] ?? 0; row < (this.#rows[scene + 1] ?? 0); row += 1) {
        const edge = this.#edges[row] ?? 0;
        if (edgeX[edge] === scene && scenes.includes(edgeY[edge] ?? 0)) among.push(edge);
      }
    return among;
  }

  /** The subgraph among the given scenes, its nodes numbered by their place in the list. */
  motif(scenes: readonly number[]): Motif {
    const { figures, figureOf, agentOf, edgeX, edgeY, labels, labelOf } = this.#graph;
    const nodes = scenes.map((scene) => ({ label: figures[figureOf[scene] ?? 0] ?? '', agent: agentOf[scene] ?? -1 }));
    const edges = this.edgesAmong(scenes).map((edge) => {
      const [a, b] = [scenes.indexOf(edgeX[edge] ?? 0), scenes.indexOf(edgeY[edge] ?? 0)];
      return { x: Math.min(a, b), y: Math.max(a, b), label: labels[labelOf[edge] ?? 0] ?? '' };
    });
    return { nodes, edges };
  }

  /** The second group goes into the first. */
  join(left: number, right: number, scenes: readonly number[]): void {
    this.#members.set(left, scenes);
    this.#members.delete(right);
    for (const scene of scenes) this.#groupOf[scene] = left;
  }

  /** Each scene of the group alone again. */
  dissolve(group: number): void {
    for (const scene of this.members(group)) {
      this.#groupOf[scene] = scene;
      this.#members.set(scene, [scene]);
    }
  }
}
