import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { digestOf } from '../../src/scene/digest.ts';
import { corpusName, documentName, workspaceName } from '../../src/scene/name.ts';
import { documentId, type Scene, type SceneId, sceneId } from '../../src/scene/scene.ts';
import { FACET_LABELS, FACET_RELATIONSHIPS, LABELS, RELATIONSHIPS } from '../../src/store/cypher/label.ts';
import { type CypherQuery, query } from '../../src/store/cypher/query.ts';
import type { CypherEngine } from '../../src/store/cypher-engine.ts';
import { createCypherDatabase } from '../../src/store/cypher-graph-store.ts';
import type { DocumentPart, GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { KEY_LENGTH_MAX } from '../../src/store/indexed-key.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { encodeCursor } from '../../src/store/paging.ts';
import type { Parameters } from '../../src/store/parameter.ts';
import { strayKeys } from '../store/cypher/anchor.ts';
import { namedQueries } from '../store/cypher/named-queries.ts';
import { ENGINES, overheard } from '../store/test-engines.ts';
import { outcome } from './all-pages.ts';
import { observe } from './history.ts';
import { anyHostileName, anyHostileText } from './hostile.ts';
import { RUSSIAN, write } from './prose.ts';

/** Assaults on each engine; one over Bolt takes some 0.7 s. */
const RUNS = {
  embedded: Number(process.env['HISTORIES'] ?? 40),
  neo4j: Number(process.env['HISTORIES'] ?? 20),
} as const;
const RUN_TIMEOUT = 20_000;

/** Now and then with half a surrogate pair. */
const anyText = fc.oneof(
  { weight: 20, arbitrary: anyHostileText },
  { weight: 1, arbitrary: anyHostileText.map((text) => `${text}\ud83d`) },
);

const anyKey = fc.oneof(
  { weight: 40, arbitrary: anyHostileText },
  { weight: 1, arbitrary: fc.constantFrom('ж', '%', '漢').map((unit) => unit.repeat(KEY_LENGTH_MAX)) },
  { weight: 1, arbitrary: fc.constant('x'.repeat(KEY_LENGTH_MAX + 1)) },
);

const anyCursor = fc.oneof(
  anyHostileText,
  anyHostileText.map((text) => encodeCursor('corpora', [text])),
  anyHostileText.map((text) => encodeCursor('couplings', [text, text])),
);

/** Every string there is that a caller can give. */
const anyAssault = fc.record({
  workspace: anyHostileName,
  corpus: anyHostileName,
  document: anyHostileName,
  sentences: fc.array(anyText, { minLength: 1, maxLength: 4 }),
  keys: fc.array(anyKey, { minLength: 5, maxLength: 5 }),
  notice: anyText,
  reason: anyText,
  form: anyText,
  id: anyHostileText,
  cursor: anyCursor,
});
type Assault = typeof anyAssault extends fc.Arbitrary<infer T> ? T : never;

const scenesOf = ({ sentences, keys }: Assault, id: (text: string, nth: number) => SceneId): readonly Scene[] => {
  let end = -1;
  return sentences.map((text, position) => {
    const start = end + 1;
    end = start + text.length;
    const facet = (i: number) => ({ key: keys[i] ?? '', start, end, confidence: 0.75, by: 'word' as const });
    return {
      id: id(text, position),
      position,
      kind: 'scene' as const,
      start,
      end,
      text,
      lang: 'ru' as const,
      agent: position % 2 === 0 ? { ...facet(0), entity: keys[1] ?? '' } : null,
      tension: facet(2),
      context: keys[3] === keys[4] ? [facet(3)] : [facet(3), facet(4)],
      atmosphere: facet(3),
      archetype: facet(4),
    };
  });
};

/** Writes with all of the strings, looks up by all of them, and tells what came of it. */
const assault = async (store: GraphStore, given: Assault): Promise<readonly unknown[]> => {
  const seen: unknown[] = [];
  const tell = async (act: () => Promise<unknown>): Promise<void> => {
    seen.push(await outcome(act()));
  };
  let corpus = corpusName('корпус');
  let name = documentName('документ');
  await tell(async () => {
    corpus = corpusName(given.corpus);
  });
  await tell(async () => {
    name = documentName(given.document);
  });
  const document = documentId(corpus, name);
  const scenes = scenesOf(given, (text, nth) => sceneId(document, text, nth));
  async function* parts(): AsyncGenerator<DocumentPart> {
    yield { type: 'text', text: given.sentences.map((text) => `${text} `).join('') };
    yield { type: 'scenes', scenes };
    yield { type: 'notices', notices: [given.notice] };
  }
  const sha256 = 'a'.repeat(64);
  await tell(() => store.writeDocument({ corpus, name, lang: 'ru', sha256, bytes: 1 }, parts()));
  const [a, b] = scenes.map(({ id }) => id).sort();
  if (a !== undefined && b !== undefined) {
    const because = [{ kind: 'context' as const, key: given.reason, weight: 0.5 }];
    await tell(() => store.writeCouplings(corpus, { put: [{ a, b, weight: 0.5, because }], remove: [], coupled: [a] }));
  }
  const bindings = [{ slot: 0, agent: given.keys[1] ?? '' }];
  const group = { form: given.form, figures: [given.form as never], scenes: scenes.map(({ id }) => id), bindings };
  for (const digest of [digestOf('form', given.form), given.id as never])
    await tell(() =>
      store.writeCollapse(corpus, { revision: b === undefined ? 1 : 2, groups: [{ ...group, digest }] }),
    );
  const id = given.id as never;
  await tell(() => store.scenesById([id, ...scenes.map((scene) => scene.id)]));
  await tell(() => store.documentsById([id, document]));
  await tell(() => store.couplingsOf([id], 3));
  await tell(() => store.motifsOfScenes([id]));
  await tell(() => store.placesWithin({ code: 1 as never, ordinal: 1 }, [id]));
  await tell(() => store.subgraph(id, { hops: 2, limit: 3 }));
  await tell(() => store.hypertokens({ digest: id }, { first: 3 }));
  await tell(() => store.scenes({ corpus, document: id }, { first: 3 }));
  const facets = given.keys.flatMap((key) => (['agent', 'context', 'tension'] as const).map((kind) => ({ kind, key })));
  await tell(() => store.facetCounts(corpus, facets));
  await tell(() => store.scenesSharing(corpus, facets, 3));
  await tell(() => store.scenes({ corpus, facets: facets.slice(0, 1) }, { first: 3 }));
  await tell(() => store.corpora({ first: 3, after: given.cursor }));
  await tell(() => store.couplings(corpus, { first: 3, after: given.cursor }));
  await tell(() => store.scenes({ corpus }, { first: 3, after: given.cursor }));
  await tell(async () => {
    const chunks = [];
    for await (const chunk of store.documentText(document)) chunks.push(chunk);
    return chunks.join('');
  });
  seen.push(await observe(store));
  await tell(() => store.deleteDocument(corpus, name));
  seen.push(await observe(store));
  return seen;
};

const labels = query<{ readonly what: string }>('labels', 'MATCH (n) UNWIND labels(n) AS what RETURN DISTINCT what');
const types = query<{ readonly what: string }>('types', 'MATCH ()-[r]->() RETURN DISTINCT type(r) AS what');
const indexes = query<{ readonly name: string }>('indexes', 'SHOW INDEXES');
const constraints = query<{ readonly name: string }>('constraints', 'SHOW CONSTRAINTS');

describe.each(ENGINES)('the graph of the $kind engine', ({ kind, open }) => {
  const run = randomBytes(4).toString('hex');
  const heard = new Map<string, string>();
  let folder: string;
  let engine: CypherEngine;
  let database: GraphDatabase;
  let canary: GraphStore;
  let assaults = 0;
  let accepted = 0;

  const listen = ({ name, text }: CypherQuery<unknown>, parameters: Parameters): void => {
    heard.set(text, name);
    strays.push(...strayKeys(name, parameters, own));
  };
  let own = '';
  const strays: string[] = [];

  const schema = async (): Promise<unknown> => {
    const names = async (statement: CypherQuery<{ readonly name: string }>): Promise<readonly string[]> =>
      (await engine.read(statement, {})).map((row) => row.name).sort();
    return { indexes: await names(indexes), constraints: await names(constraints) };
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hyperscene-injection-'));
    engine = await open(join(folder, 'graph'));
    database = createCypherDatabase({
      kind,
      location: folder,
      engine: overheard(engine, listen),
      close: () => engine.close(),
    });
    own = `canary ${run}`;
    canary = database.workspace(workspaceName(own));
    await write(canary, { sentences: RUSSIAN.slice(0, 6) });
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'takes whatever text it is given as text, or refuses it, and nothing else happens',
    async () => {
      const before = await observe(canary);
      const schemaBefore = await schema();
      await fc.assert(
        fc.asyncProperty(anyAssault, async (given) => {
          assaults += 1;
          const named = await outcome(
            (async () => workspaceName(`${run}.${assaults} ${given.workspace}`.slice(0, 255)))(),
          );
          if (typeof named !== 'object' || named === null || !('value' in named))
            return expect(named).toEqual({ error: 'BAD_NAME' });
          const workspace = named.value as ReturnType<typeof workspaceName>;
          own = workspace;
          const expected = await assault(openMemoryStore().workspace(workspace), given);
          expect(await assault(database.workspace(workspace), given)).toEqual(expected);
          if (expected.some((came) => JSON.stringify(came)?.includes('"scenesAdded"'))) accepted += 1;
        }),
        { numRuns: RUNS[kind] },
      );
      own = canary.workspace;
      expect(await observe(canary)).toEqual(before);
      expect(await schema()).toEqual(schemaBefore);
      expect(strays).toEqual([]);
      expect(accepted).toBeGreaterThan(assaults / 3);
    },
    RUNS[kind] * RUN_TIMEOUT,
  );

  it('is sent the named texts alone', () => {
    const known = new Set(namedQueries.map(({ text }) => text));
    expect(heard.size).toBeGreaterThan(40);
    expect([...heard].filter(([text]) => !known.has(text))).toEqual([]);
  });

  it('has the labels and relationship types of the allow-list alone', async () => {
    const found = async (statement: CypherQuery<{ readonly what: string }>): Promise<readonly string[]> =>
      (await engine.read(statement, {})).map(({ what }) => what);
    const allowedLabels: readonly string[] = [...Object.values(LABELS), ...Object.values(FACET_LABELS)];
    const allowedTypes: readonly string[] = [...Object.values(RELATIONSHIPS), ...Object.values(FACET_RELATIONSHIPS)];
    expect((await found(labels)).filter((label) => !allowedLabels.includes(label))).toEqual([]);
    expect((await found(types)).filter((type) => !allowedTypes.includes(type))).toEqual([]);
  });
});
