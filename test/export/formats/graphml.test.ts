import { type HostileCorpus, openHostileCorpus, UNHOLDABLE } from './hostile-corpus.ts';
import { expectedGraph, readGraph, replacedIn } from './read-graph.ts';

let corpus: HostileCorpus;
beforeAll(async () => {
  corpus = await openHostileCorpus('корпус <a> & "b"');
});
afterAll(() => corpus.close());

test('networkx reads every scene and every coupling, with the types and texts that they have', async () => {
  const { path, manifest } = await corpus.export('graphml');
  const { directed, graph, nodes, edges } = await readGraph('read_graphml', path);
  const expected = await expectedGraph(corpus);
  expect(nodes).toEqual(expected.nodes);
  expect(edges).toEqual(expected.edges);
  expect(edges.length).toBeGreaterThan(100);
  expect(directed).toBe(false);
  expect(manifest.files.map((file) => [file.path, file.rows])).toEqual([
    ['codes.jsonl', expected.codes],
    ['graph.graphml', manifest.scenes + manifest.couplings],
    ['statistics.json', null],
  ]);
  expect(graph).toMatchObject({ corpus: 'корпус <a> & "b"', revision: manifest.revision });
}, 900_000);

test('what XML cannot hold is replaced, and counted where it stood and as a whole', async () => {
  const { path } = await corpus.export('graphml');
  const { graph, nodes, edges } = await readGraph('read_graphml', path);
  const node = Object.values(nodes).find(({ text }) => String(text).startsWith('нуль'));
  expect(node).toMatchObject({ text: UNHOLDABLE.replaceAll(/\p{Cc}|[\ufffe\uffff]/gu, '\ufffd'), replaced: 6 });
  expect(graph['replaced']).toBe(replacedIn({ nodes, edges }));
});

test('a corpus without scenes is a graph without nodes', async () => {
  await corpus.writeEmpty('пустой');
  const { path } = await corpus.export('graphml', 'пустой');
  expect(await readGraph('read_graphml', path)).toMatchObject({ nodes: {}, edges: [], graph: { replaced: 0 } });
});
