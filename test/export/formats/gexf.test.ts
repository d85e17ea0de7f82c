import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runPython } from '../../python/run-python.ts';
import { type HostileCorpus, openHostileCorpus, UNHOLDABLE } from './hostile-corpus.ts';
import { expectedGraph, readGraph, replacedIn } from './read-graph.ts';

/** Of the schema that Gephi publishes. */
const violations = (path: string): Promise<unknown> =>
  runPython(
    `import json, sys
from lxml import etree
schema = etree.XMLSchema(etree.parse(sys.argv[1]))
schema.validate(etree.parse(sys.argv[2], etree.XMLParser(huge_tree=True)))
print(json.dumps([str(error) for error in schema.error_log]))`,
    join(import.meta.dirname, 'gexf-1.3/gexf.xsd'),
    path,
  );

let corpus: HostileCorpus;
beforeAll(async () => {
  corpus = await openHostileCorpus('корпус <a> & "b"');
});
afterAll(() => corpus.close());

test('networkx reads every scene and every coupling, with the types and texts that they have', async () => {
  const { path, manifest } = await corpus.export('gexf');
  const { directed, nodes, edges } = await readGraph('read_gexf', path);
  const expected = await expectedGraph(corpus);
  const labelled = Object.entries(expected.nodes).map(([id, node]) => [id, { ...node, label: node['occurrence'] }]);
  expect(nodes).toEqual(Object.fromEntries(labelled));
  expect(edges).toEqual(expected.edges);
  expect(edges.length).toBeGreaterThan(100);
  expect(directed).toBe(false);
  expect(manifest.files.map((file) => [file.path, file.rows])).toEqual([
    ['codes.jsonl', expected.codes],
    ['graph.gexf', manifest.scenes + manifest.couplings],
    ['statistics.json', null],
  ]);
}, 900_000);

test('it is valid by the schema of GEXF 1.3, which a file that is not is told from', async () => {
  const { path, text } = await corpus.export('gexf');
  expect(await violations(path)).toEqual([]);
  for (const broken of [text.replace('<edges>', '<edges><node id="z"/>'), text.replace('weight="', 'weight="heavy ')]) {
    await writeFile(path, broken);
    expect(await violations(path)).not.toEqual([]);
  }
});

test('what XML cannot hold is replaced, and counted where it stood and as a whole', async () => {
  const { path, text } = await corpus.export('gexf');
  const { nodes, edges } = await readGraph('read_gexf', path);
  const node = Object.values(nodes).find(({ text }) => String(text).startsWith('нуль'));
  expect(node).toMatchObject({ text: UNHOLDABLE.replaceAll(/\p{Cc}|[\ufffe\uffff]/gu, '\ufffd'), replaced: 6 });
  expect(/cannot hold: (\d+) -->/u.exec(text)?.[1]).toBe(String(replacedIn({ nodes, edges })));
});

test('a corpus without scenes is a graph without nodes', async () => {
  await corpus.writeEmpty('пустой');
  const { path } = await corpus.export('gexf', 'пустой');
  expect(await readGraph('read_gexf', path)).toMatchObject({ nodes: {}, edges: [] });
  expect(await violations(path)).toEqual([]);
});
