import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import neo4j, { type Driver } from 'neo4j-driver';
import { FACET_KINDS } from '../../../src/scene/facet.ts';
import { formatOccurrence } from '../../../src/scene/hypertoken.ts';
import { FACET_LABELS, FACET_RELATIONSHIPS, LABELS, RELATIONSHIPS } from '../../../src/store/cypher/label.ts';
import type { StoredScene } from '../../../src/store/graph-store.ts';
import { MIGRATIONS_FOLDER } from '../../../src/store/migration-files.ts';
import { allItems } from '../../conformance/all-pages.ts';
import { classArchive } from '../../neo4j/class-archive.ts';
import { neo4jJars } from '../../neo4j/neo4j-jars.ts';
import { type Neo4jServer, startNeo4jServer } from '../../neo4j/neo4j-server.ts';
import { type HostileCorpus, openHostileCorpus } from './hostile-corpus.ts';

const NAME = "вывоз '); в / Cypher % 26";

/** A server of its own: what a file loads is in no workspace, and other tests hold that nothing stands outside of them. */
let server: Neo4jServer;
let folder: string;
let corpus: HostileCorpus;
let driver: Driver;
let text: string;
let scenes: readonly StoredScene[];

type Row = Readonly<Record<string, unknown>>;

const ask = async (query: string): Promise<readonly Row[]> =>
  (await driver.executeQuery(query, { corpus: NAME })).records.map((record) => record.toObject());

/** Statement by statement, as they stand in lines. */
const load = async (file: string): Promise<void> => {
  const session = driver.session();
  for (const line of file.split('\n')) if (line !== '' && !line.startsWith('//')) await session.run(line.slice(0, -1));
  await session.close();
};

beforeAll(async () => {
  corpus = await openHostileCorpus(NAME);
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-neo4j-'));
  const jars = await neo4jJars();
  const java = await classArchive(jars);
  server = await startNeo4jServer({ jars, home: join(folder, 'server'), password: 'cypher-export', java });
  const { uri, user, password } = server;
  driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
  scenes = await allItems((page) => corpus.store.scenes({ corpus: corpus.name }, page));
  ({ text } = await corpus.export('cypher'));
  await load(text);
});
afterAll(async () => {
  await driver.close();
  await server.kill();
  await rm(folder, { recursive: true, force: true });
  await corpus.close();
});

test('each line is a statement, and each statement a line', () => {
  const lines = text.split(/[\n\r\v\f\u0085\u2028\u2029]/u);
  expect(lines.pop()).toBe('');
  expect(lines.filter((line) => !/^(?:\/\/ |CREATE CONSTRAINT .*;$|UNWIND \[.*;$)/u.test(line))).toEqual([]);
});

test('every scene is there to the last sign, with its document, its hypertoken and its occurrence', async () => {
  const found = await ask(
    `MATCH (d:Document)-[:HAS_SCENE]->(s:Scene:Occurrence {corpus: $corpus})-[:OF]->(h:Hypertoken)
     RETURN d.name AS documentName, d.id AS document, h.code AS code, h.digest AS digest, h.level AS level, s.id AS id,
       s.position AS position, s.kind AS kind, s.lang AS lang, s.start AS start, s.end AS end, s.text AS text,
       s.figure AS figure, s.occurrence AS occurrence`,
  );
  const hypertokens = await allItems((page) => corpus.store.hypertokens({ corpus: corpus.name }, page));
  const digests = new Map(hypertokens.map(({ code, digest }) => [code, digest]));
  const expected = scenes.map((scene) => {
    const { documentName, document, code, id, position, kind, lang, start, end, text: own, figure } = scene;
    const types = { documentName, document, code, id, position, kind, lang, start, end, text: own, figure };
    return { ...types, digest: digests.get(code), level: 0, occurrence: formatOccurrence(scene) };
  });
  expect(new Map(found.map((row) => [row['id'], row]))).toEqual(new Map(expected.map((row) => [row.id, row])));
  expect(await ask('MATCH (h:Hypertoken {corpus: $corpus}) RETURN count(h) AS n')).toEqual([{ n: hypertokens.length }]);
  const figures = await ask('MATCH (h:Hypertoken {corpus: $corpus}) RETURN h.code AS code, h.figures AS figures');
  expect(new Map(figures.map((row) => [row['code'], row['figures']]))).toEqual(
    new Map(hypertokens.map((row) => [row.code, row.figures])),
  );
});

test('scenes of a document follow one another', async () => {
  const found = await ask('MATCH (a:Scene {corpus: $corpus})-[:NEXT]->(b:Scene) RETURN a.id AS a, b.id AS b');
  const pairs = scenes.slice(1).flatMap((scene, i) => {
    const before = scenes[i];
    return before?.document === scene.document ? [`${before.id} ${scene.id}`] : [];
  });
  expect(new Set(found.map(({ a, b }) => `${a} ${b}`))).toEqual(new Set(pairs));
});

test('every facet is there with what it rests on', async () => {
  for (const kind of FACET_KINDS) {
    const found = await ask(
      `MATCH (s:Scene {corpus: $corpus})-[r:${FACET_RELATIONSHIPS[kind]}]->(f:Facet:${FACET_LABELS[kind]})
       RETURN s.id AS id, f.key AS entity, f.kind AS kind, r.order AS order, r.key AS key, r.start AS start, r.end AS end,
         r.confidence AS confidence, r.by AS by`,
    );
    const expected = scenes.flatMap((scene) =>
      (kind === 'context' ? scene.context : [scene[kind] ?? []].flat()).map((facet, order) => {
        const { key, start, end, confidence, by } = facet;
        const entity = kind === 'agent' ? (scene.agent?.entity ?? null) : key;
        return { id: scene.id, entity, kind, order, key, start, end, confidence, by };
      }),
    );
    const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
    expect(sorted(found)).toEqual(sorted(expected));
    expect(found.length).toBeGreaterThan(0);
  }
});

test('the levels expand as they do in the store, part by part in their order', async () => {
  const { store, name } = corpus;
  const all = await allItems((page) => store.occurrences({ corpus: name }, page));
  const above = all.filter(({ level }) => level > 0);
  expect(new Set(above.map(({ level }) => level)).size).toBeGreaterThan(2);
  const found = await ask(
    `MATCH (h:Hypertoken)<-[:OF]-(o:Occurrence {corpus: $corpus})-[r:COLLAPSES]->(p:Occurrence)
     WITH h, o, r, p ORDER BY r.order
     RETURN o.occurrence AS occurrence, o.level AS level, o.size AS size, o.first AS first, h.level AS of,
       collect(p.occurrence) AS parts`,
  );
  const expected = new Map<string, unknown>();
  for (const occurrence of above) {
    const { level, size, first } = occurrence;
    const parts = await allItems((page) => store.parts(occurrence, { ...page, depth: 1 }));
    const names = { occurrence: formatOccurrence(occurrence), parts: parts.map(formatOccurrence) };
    expected.set(names.occurrence, { ...names, level, size, first, of: level });
  }
  expect(new Map(found.map((row) => [row['occurrence'], row]))).toEqual(expected);
  const bound = await ask(
    'MATCH (o:Occurrence {corpus: $corpus})-[r:BINDS]->(f:Agent) RETURN o.occurrence AS o, r.slot AS slot, f.key AS agent',
  );
  const bindings = above.flatMap((one) => one.bindings.map((binding) => ({ o: formatOccurrence(one), ...binding })));
  expect(new Set(bound.map((row) => JSON.stringify(row)))).toEqual(new Set(bindings.map((row) => JSON.stringify(row))));
});

test('every coupling is there, its weight a float, and what it rests on', async () => {
  const found = await ask(
    `MATCH (a:Scene {corpus: $corpus})-[c:COUPLED_WITH]->(b:Scene)
     RETURN a.id AS a, b.id AS b, c.weight AS weight, c.because AS because, valueType(c.weight) AS type`,
  );
  const couplings = await allItems((page) => corpus.store.couplings(corpus.name, page));
  expect(new Map(found.map((row) => [`${row['a']} ${row['b']}`, row]))).toEqual(
    new Map(
      couplings.map((row) => [
        `${row.a} ${row.b}`,
        { ...row, because: JSON.stringify(row.because), type: 'FLOAT NOT NULL' },
      ]),
    ),
  );
});

test('loaded again it changes nothing', async () => {
  const count = `MATCH (n {corpus: $corpus}) OPTIONAL MATCH (n)-[r]->()
    RETURN count(DISTINCT n) AS nodes, count(DISTINCT r) AS edges, sum(size(keys(n))) AS keys`;
  const before = await ask(count);
  await load(text);
  expect(await ask(count)).toEqual(before);
});

test('labels, relationships and constraints are those of the store', async () => {
  const known: readonly string[] = [...Object.values(LABELS), ...Object.values(FACET_LABELS)];
  const types: readonly string[] = [...Object.values(RELATIONSHIPS), ...Object.values(FACET_RELATIONSHIPS)];
  const nodes = await ask('MATCH (n {corpus: $corpus}) UNWIND labels(n) AS label RETURN DISTINCT label');
  expect(nodes.filter(({ label }) => !known.includes(String(label)))).toEqual([]);
  const edges = await ask('MATCH ({corpus: $corpus})-[r]->() RETURN DISTINCT type(r) AS type');
  expect(edges.filter(({ type }) => !types.includes(String(type)))).toEqual([]);
  expect(nodes).toHaveLength(11);
  expect(edges).toHaveLength(13);
  const migration = await readFile(join(MIGRATIONS_FOLDER, 'V001__graph.cypher'), 'utf8');
  const constraints = text.split('\n').filter((line) => line.startsWith('CREATE CONSTRAINT'));
  expect(constraints).toHaveLength(6);
  expect(migration.split('\n')).toEqual(expect.arrayContaining(constraints));
});

test('a corpus without scenes is a corpus and its document', async () => {
  await corpus.writeEmpty('пустой вывоз');
  const { text: own } = await corpus.export('cypher', 'пустой вывоз');
  await load(own);
  const { records } = await driver.executeQuery("MATCH (n {corpus: 'пустой вывоз'}) RETURN labels(n)[0] AS label");
  await driver.executeQuery("MATCH (n {corpus: 'пустой вывоз'}) DETACH DELETE n");
  expect(records.map((record) => record.get('label')).sort()).toEqual(['Corpus', 'Document']);
});
