import { ArithmeticDecoder, ArithmeticEncoder } from './arithmetic-coder.ts';
import { GrammarCode } from './grammar-code.ts';
import { type GraphGrammar, nodesOf } from './graph-grammar.ts';
import { type HyperEdge, labelledGraphFrom, terminals } from './hypergraph.ts';
import type { LabelledGraph } from './labelled-graph.ts';

/**
 * `kept`: every scene comes back with its number. `free`: what comes back is the same graph, its scenes in the order of
 * {@link derivationOrder}, which is all that a grammar of graphs tells by itself.
 */
export type SceneOrder = 'kept' | 'free';

export const encodeGrammar = (grammar: GraphGrammar, order: SceneOrder): Uint8Array => {
  const coder = new ArithmeticEncoder();
  const placed = order === 'kept' ? grammar.scenes : placesOf(grammar).length;
  const code = new GrammarCode(coder, grammar.alphabet, { scenes: grammar.scenes, places: placed });
  code.codeRules(grammar.rules);
  const placeOf = new Map(order === 'kept' ? [] : placesOf(grammar).map((scene, place) => [scene, place]));
  for (const [scene, here] of startByScene(grammar)) {
    const place = order === 'kept' || scene === NOWHERE ? scene : placeOf.get(scene);
    if (place === undefined) continue;
    const moved = here.map(({ label, nodes }) => ({ label, nodes: nodes.map((node) => placeOf.get(node) ?? node) }));
    code.codePlace(place, moved);
    if (order === 'kept')
      for (const edge of here) for (const { from, inner } of innerNodes(edge)) code.codeInner(from, inner);
  }
  return coder.finish();
};

export const decodeGrammar = (bytes: Uint8Array, order: SceneOrder): LabelledGraph => {
  const coder = new ArithmeticDecoder(bytes);
  const code = new GrammarCode(coder, undefined, undefined);
  const rules = code.codeRules(undefined);
  const { scenes, places } = code.sizes;
  const edges: HyperEdge[] = [];
  let next = places;
  const derive = ({ label, nodes }: BareEdge): void => {
    const rule = rules[label - terminals(code.alphabet)];
    if (rule === undefined) {
      edges.push({ label, nodes, parts: [] });
      return;
    }
    const from = nodes[0] ?? 0;
    const inner = Array.from({ length: rule.nodes - rule.rank }, () =>
      order === 'kept' ? code.codeInner(from, undefined) : next++,
    );
    const all = [...nodes, ...inner];
    for (const edge of rule.edges) derive({ label: edge.label, nodes: edge.nodes.map((node) => all[node] ?? 0) });
  };
  for (let place = NOWHERE; place < places; place += 1)
    for (const edge of code.codePlace(place, undefined)) derive(edge);
  return labelledGraphFrom(code.alphabet, scenes, edges);
};

/** The scenes in the order in which a decoder meets them that is told no numbers. */
export const derivationOrder = (grammar: GraphGrammar): readonly number[] => [
  ...placesOf(grammar),
  ...[...startByScene(grammar).values()].flat().flatMap((edge) => innerNodes(edge).map(({ inner }) => inner)),
];

type BareEdge = Pick<HyperEdge, 'label' | 'nodes'>;

/** Where edges stand that attach to no node. */
const NOWHERE = -1;

/** The scenes that are nodes of the start graph. */
const placesOf = ({ start, scenes }: GraphGrammar): readonly number[] => {
  const isPlace = new Uint8Array(scenes);
  for (const { nodes } of start) for (const node of nodes) isPlace[node] = 1;
  return [...isPlace.keys()].filter((scene) => isPlace[scene] === 1);
};

/** The start graph's edges by the first scene that they attach to, for every scene, those of none first. */
const startByScene = (grammar: GraphGrammar): ReadonlyMap<number, readonly HyperEdge[]> => {
  const byScene = Map.groupBy(grammar.start, ({ nodes }) => nodes[0] ?? NOWHERE);
  const inOrder = (one: HyperEdge, other: HyperEdge): number =>
    (one.nodes[1] ?? NOWHERE) - (other.nodes[1] ?? NOWHERE) || one.label - other.label;
  return new Map(
    [NOWHERE, ...Array(grammar.scenes).keys()].map((at) => [at, (byScene.get(at) ?? []).toSorted(inOrder)]),
  );
};

/** What a derivation adds, in its order, each with a scene that is known by then. */
const innerNodes = (edge: HyperEdge): readonly { readonly from: number; readonly inner: number }[] => {
  if (edge.parts.length === 0) return [];
  const own = nodesOf(edge).slice(edge.nodes.length);
  return [...own.map((inner) => ({ from: edge.nodes[0] ?? 0, inner })), ...edge.parts.flatMap(innerNodes)];
};
