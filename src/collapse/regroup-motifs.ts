import { canonicalForm, type Motif } from './canonical-form.ts';
import { codeLengths } from './code-lengths.ts';
import { collapseMotifs, type MotifGroup } from './collapse-motifs.ts';
import type { CouplingGraph } from './coupling-graph.ts';
import { motifDigest } from './motif-digest.ts';
import { levelOf, NEW, type StandingCollapse } from './standing-collapse.ts';

/** A motif and its number among what stands, {@link NEW} where it does not. */
export interface NumberedMotif extends MotifGroup {
  readonly number: number;
}

/**
 * Level 1 where an earlier collapse stands: a motif that still has its form stays. Grouped are the scenes that stand nowhere
 * any more or yet, and those that stood alone and are coupled with one of them; all others stay alone, though their form may
 * recur in what came.
 * @returns motifs by the corpus order of their first scene
 */
export const regroupMotifs = (graph: CouplingGraph, standing: StandingCollapse): readonly NumberedMotif[] => {
  const kept = standingMotifs(graph, standing);
  const { part, scenes } = induced(graph, freeScenes(graph, standing, kept));
  const known = new Map([...Map.groupBy(kept, ({ form }) => form)].map(([form, some]) => [form, some.length]));
  const found = collapseMotifs(part, { known, lengths: codeLengths(graph) }).map((motif) => ({
    ...motif,
    scenes: motif.scenes.map((scene) => scenes[scene] ?? 0),
    number: NEW,
  }));
  return [...kept, ...found].sort((x, y) => Math.min(...x.scenes) - Math.min(...y.scenes));
};

/** By scene: 1 for those that are to be grouped. */
const freeScenes = (
  { figureOf, edgeX, edgeY }: CouplingGraph,
  standing: StandingCollapse,
  kept: readonly NumberedMotif[],
): Uint8Array => {
  const isKept = new Uint8Array(figureOf.length);
  for (const { scenes } of kept) for (const scene of scenes) isKept[scene] = 1;
  const isAdrift = Uint8Array.from(figureOf, (_, scene) => {
    const holder = standing.holderOf[scene] ?? NEW;
    return isKept[scene] === 0 && (holder === NEW || levelOf(standing, holder) === 1) ? 1 : 0;
  });
  const isFree = isAdrift.slice();
  for (const [edge, x] of edgeX.entries()) {
    const y = edgeY[edge] ?? 0;
    if (isAdrift[x] === 1 && isKept[y] === 0) isFree[y] = 1;
    if (isAdrift[y] === 1 && isKept[x] === 0) isFree[x] = 1;
  }
  return isFree;
};

/** Those that have the form that they had. */
const standingMotifs = (graph: CouplingGraph, standing: StandingCollapse): readonly NumberedMotif[] => {
  const members = new Map<number, number[]>();
  for (let scene = 0; scene < standing.scenes; scene += 1) {
    const holder = standing.holderOf[scene] ?? NEW;
    if (holder === NEW || levelOf(standing, holder) !== 1) continue;
    const held = members.get(holder);
    if (held === undefined) members.set(holder, [scene]);
    else held.push(scene);
  }
  const { agentOf, placeOf } = graph;
  const motifOf = motifReader(graph, members);
  const kept: NumberedMotif[] = [];
  for (const [number, held] of members) {
    const byPlace = held.toSorted((x, y) => (placeOf[x] ?? 0) - (placeOf[y] ?? 0));
    const { form, order } = canonicalForm(motifOf(byPlace));
    if (motifDigest(form) !== standing.digestOf[number - standing.scenes]) continue;
    const scenes = order.map((node) => byPlace[node] ?? 0);
    const agents = [...new Set(scenes.map((scene) => agentOf[scene] ?? -1).filter((agent) => agent >= 0))];
    kept.push({ form, scenes, agents, number });
  }
  return kept;
};

/** The subgraph among the scenes of one group, its nodes numbered by their place in the list. */
const motifReader = (graph: CouplingGraph, groups: ReadonlyMap<number, readonly number[]>) => {
  const { figures, figureOf, agentOf, edgeX, edgeY, labels, labelOf } = graph;
  const groupOf = new Int32Array(figureOf.length).fill(-1);
  for (const [group, scenes] of groups) for (const scene of scenes) groupOf[scene] = group;
  const edgesOf = new Map<number, number[]>();
  for (const [edge, x] of edgeX.entries()) {
    const group = groupOf[x] ?? -1;
    if (group === -1 || groupOf[edgeY[edge] ?? 0] !== group) continue;
    const held = edgesOf.get(group);
    if (held === undefined) edgesOf.set(group, [edge]);
    else held.push(edge);
  }
  return (scenes: readonly number[]): Motif => {
    const nodes = scenes.map((scene) => ({ label: figures[figureOf[scene] ?? 0] ?? '', agent: agentOf[scene] ?? -1 }));
    const edges = (edgesOf.get(groupOf[scenes[0] ?? 0] ?? -1) ?? []).map((edge) => {
      const [a, b] = [scenes.indexOf(edgeX[edge] ?? 0), scenes.indexOf(edgeY[edge] ?? 0)];
      return { x: Math.min(a, b), y: Math.max(a, b), label: labels[labelOf[edge] ?? 0] ?? '' };
    });
    return { nodes, edges };
  };
};

/** The graph among some of the scenes, without the couplings of mere sequence, and which scenes its numbers stand for. */
const induced = (graph: CouplingGraph, isIn: Uint8Array) => {
  const scenes = [...isIn.keys()].filter((scene) => isIn[scene] === 1);
  const numberOf = new Int32Array(isIn.length);
  for (const [number, scene] of scenes.entries()) numberOf[scene] = number;
  const edges = [...graph.edgeX.keys()].filter(
    (edge) => isIn[graph.edgeX[edge] ?? 0] === 1 && isIn[graph.edgeY[edge] ?? 0] === 1,
  );
  const byScene = (column: Int32Array): Int32Array => Int32Array.from(scenes, (scene) => column[scene] ?? 0);
  const ends = (column: Int32Array): Int32Array => Int32Array.from(edges, (edge) => numberOf[column[edge] ?? 0] ?? 0);
  const part: CouplingGraph = {
    figures: graph.figures,
    labels: graph.labels,
    figureOf: byScene(graph.figureOf),
    agentOf: byScene(graph.agentOf),
    placeOf: byScene(graph.placeOf),
    edgeX: ends(graph.edgeX),
    edgeY: ends(graph.edgeY),
    weightOf: Float64Array.from(edges, (edge) => graph.weightOf[edge] ?? 0),
    labelOf: Int32Array.from(edges, (edge) => graph.labelOf[edge] ?? 0),
    sequenceX: new Int32Array(),
    sequenceY: new Int32Array(),
    sequenceWeightOf: new Float64Array(),
  };
  return { part, scenes };
};
