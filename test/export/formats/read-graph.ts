import { figureOf } from '../../../src/scene/figure.ts';
import { hyperlexeme } from '../../../src/scene/hyperlexeme.ts';
import { formatOccurrence } from '../../../src/scene/hypertoken.ts';
import type { GraphStore, StoredScene } from '../../../src/store/graph-store.ts';
import { allItems } from '../../conformance/all-pages.ts';
import { runPython } from '../../python/run-python.ts';
import type { HostileCorpus } from './hostile-corpus.ts';

type Attributes = Readonly<Record<string, unknown>>;

export interface ReadGraph {
  readonly directed: boolean;
  readonly graph: Attributes;
  readonly nodes: Readonly<Record<string, Attributes>>;
  /** Ends in the order of their ids. */
  readonly edges: readonly (readonly [string, string, Attributes])[];
}

/** By networkx; NaN and the like would break the JSON. */
export const readGraph = async (reader: 'read_graphml' | 'read_gexf', path: string): Promise<ReadGraph> =>
  (await runPython(
    `import json, sys, networkx
g = networkx.${reader}(sys.argv[1])
edges = sorted([*sorted([a, b]), d] for a, b, d in g.edges(data=True))
own = {k: v for k, v in g.graph.items() if not isinstance(v, dict)}
print(json.dumps({"directed": g.is_directed(), "graph": own, "nodes": dict(g.nodes(data=True)), "edges": edges}))`,
    path,
  )) as ReadGraph;

/** As XML can hold it. */
const held = (text: string): string =>
  text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
const lost = (text: string): number => [...text].filter((sign) => held(sign) !== sign).length;

const asHeld = (attributes: Readonly<Record<string, string | number | null>>): Attributes => {
  const present = Object.entries(attributes).filter(([, value]) => value !== null);
  const replaced = present.reduce((sum, [, value]) => sum + lost(String(value)), 0);
  const all = present.map(([name, value]) => [name, typeof value === 'string' ? held(value) : value] as const);
  return { ...Object.fromEntries(all), ...(replaced === 0 ? {} : { replaced }) };
};

const levelsOf = async (store: GraphStore, scene: StoredScene): Promise<readonly string[]> => {
  const levels: string[] = [];
  for (let [at] = await store.holdersOf([scene]); at !== null && at !== undefined; [at] = await store.holdersOf([at]))
    levels.push(formatOccurrence(at));
  return levels;
};

interface ExpectedGraph extends Pick<ReadGraph, 'nodes' | 'edges'> {
  readonly codes: number;
}

/** What a graph file is to hold, from the store, as networkx tells it. */
export const expectedGraph = async ({ store, name: corpus }: HostileCorpus): Promise<ExpectedGraph> => {
  const scenes = await allItems((page) => store.scenes({ corpus }, page));
  const motifs = await store.motifsOfScenes(scenes.map(({ id }) => id));
  const nodes: Record<string, Attributes> = {};
  for (const [i, scene] of scenes.entries()) {
    const { archetype, atmosphere, tension } = figureOf(scene);
    const facets = Object.entries({ archetype, atmosphere, tension }).filter(([, key]) => key !== 'none');
    const motif = motifs[i] ?? null;
    nodes[scene.id] = asHeld({
      document: scene.documentName,
      position: scene.position,
      kind: scene.kind,
      lang: scene.lang,
      start: scene.start,
      end: scene.end,
      text: scene.text,
      hyperlexeme: hyperlexeme(figureOf(scene), 'ru'),
      agent: scene.agent?.entity ?? null,
      context: JSON.stringify(scene.context.map(({ key }) => key)),
      facets: JSON.stringify(facets.map((facet) => facet.join(':'))),
      code: scene.code,
      hypertoken: `Δ${scene.code}`,
      occurrence: `Δ${scene.code}:${scene.ordinal}`,
      motif: motif === null ? null : formatOccurrence(motif),
      levels: JSON.stringify(await levelsOf(store, scene)),
    });
  }
  const couplings = await allItems((page) => store.couplings(corpus, page));
  const edges = couplings.map(
    ({ a, b, weight, because }) => [a, b, { ...asHeld({ because: JSON.stringify(because) }), weight }] as const,
  );
  const codes = await allItems((page) => store.hypertokens({ corpus }, page));
  return { nodes, edges, codes: codes.length };
};

/** Sum of what nodes and edges say was replaced. */
export const replacedIn = ({ nodes, edges }: Pick<ReadGraph, 'nodes' | 'edges'>): number =>
  [...Object.values(nodes), ...edges.map(([, , attributes]) => attributes)].reduce(
    (sum, { replaced = 0 }) => sum + Number(replaced),
    0,
  );
