import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf } from '../../src/scene/digest.ts';
import { documentName, workspaceName } from '../../src/scene/name.ts';
import type { CypherEngine } from '../../src/store/cypher-engine.ts';
import { createCypherDatabase } from '../../src/store/cypher-graph-store.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { failing } from '../conformance/all-pages.ts';
import { CORPUS, RUSSIAN, write } from '../conformance/prose.ts';
import { ENGINES } from './test-engines.ts';

let folder: string;
let engine: CypherEngine;
let database: GraphDatabase;
const name = workspaceName('main');
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-restoring-'));
  const open = ENGINES.find(({ kind }) => kind === 'embedded')?.open;
  if (open === undefined) throw new Error('no embedded engine');
  engine = await open(join(folder, 'graph'));
  database = createCypherDatabase({ kind: 'embedded', location: folder, engine, close: () => engine.close() });
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const WRITES: Readonly<Record<string, (store: GraphStore) => Promise<unknown>>> = {
  writeDocument: (store) => write(store, { sentences: RUSSIAN.slice(0, 3), name: 'b' }),
  deleteDocument: (store) => store.deleteDocument(CORPUS, documentName('a')),
  mergeAgents: (store) => store.mergeAgents(CORPUS, { alias: 'Емельян', into: 'царь' }),
  undoMerge: (store) => store.undoMerge(CORPUS, 'Емельян'),
  writeCouplings: (store) => store.writeCouplings(CORPUS, { put: [], remove: [], coupled: [] }),
  clearCouplings: (store) => store.clearCouplings(CORPUS),
  learnHypertokens: (store) =>
    store.learnHypertokens([{ level: 1, digest: digestOf('any'), form: 'any', figures: [] }]),
  writeCollapse: (store) => store.writeCollapse(CORPUS, { revision: 1, groups: [] }),
  deleteCorpus: (store) => store.deleteCorpus(CORPUS),
};

test.each(Object.entries(WRITES))('%s that waited its turn is refused once a restore has begun', async (_, act) => {
  const store = database.workspace(name);
  await write(store, { sentences: RUSSIAN.slice(0, 12), name: 'a' });
  const mark = (restoring: string | null): Promise<void> =>
    engine.write((transaction) =>
      transaction.write(
        { name: 'mark', text: 'MATCH (w:Workspace {uid: $name}) SET w.restoring = $restoring' },
        { name, restoring },
      ),
    );
  await mark('2026-01-01T00:00:00Z');
  expect(await failing(act(store))).toBe('STORE_RESTORING');
  await mark(null);
  expect(await store.corpus(CORPUS)).toMatchObject({ documents: 1, scenes: 12 });
});
