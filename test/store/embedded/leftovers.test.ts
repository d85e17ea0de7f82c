import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf } from '../../../src/scene/digest.ts';
import { DEFAULT_WORKSPACE } from '../../../src/scene/name.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/open-embedded-store.ts';
import { StoreThread } from '../../../src/store/embedded/store-thread.ts';
import type { GraphStore } from '../../../src/store/graph-store.ts';
import { allItems } from '../../conformance/all-pages.ts';
import { CORPUS, ENGLISH, nameOf, RUSSIAN, write } from '../../conformance/prose.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-leftovers-'));
  path = join(folder, 'graph');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** How many nodes of each label and edges of each type lie in the closed store. */
const census = async (): Promise<Readonly<Record<string, number>>> => {
  const thread = new StoreThread();
  await thread.ask({ type: 'open', path });
  const count = (text: string) =>
    thread.rows<{ readonly what: string; readonly n: number }>({
      type: 'run',
      transaction: null,
      alone: false,
      statement: { name: 'census', text },
      parameters: {},
    });
  const nodes = await count('MATCH (n) UNWIND labels(n) AS what RETURN what, count(n) AS n');
  const edges = await count('MATCH ()-[r]->() RETURN type(r) AS what, count(r) AS n');
  await thread.ask({ type: 'close' });
  await thread.end();
  return Object.fromEntries([...nodes, ...edges].map(({ what, n }) => [what, n]));
};

const used = async (act: (store: GraphStore) => Promise<void>): Promise<Readonly<Record<string, number>>> => {
  const database = await openEmbeddedStore({ path });
  await act(database.workspace(DEFAULT_WORKSPACE));
  await database.close();
  return census();
};

/** Couples and collapses neighbours, so that every kind of node and edge is there. */
const fill = async (store: GraphStore): Promise<void> => {
  await write(store, { name: 'a', sentences: RUSSIAN.slice(0, 20) });
  await write(store, { name: 'b', sentences: ENGLISH.slice(0, 20), lang: 'en' });
  const scenes = await allItems((page) => store.scenes({ corpus: CORPUS }, page));
  const pairs = scenes.slice(1).map((next, i) => [scenes[i] ?? next, next] as const);
  const because = [{ kind: 'sequence' as const, key: '', weight: 0.5 }];
  const put = pairs.map(([x, y]) => {
    const [a, b] = x.id < y.id ? [x.id, y.id] : [y.id, x.id];
    return { a, b, weight: 0.5, because };
  });
  await store.writeCouplings(CORPUS, { put, remove: [], coupled: [] });
  const groups = pairs
    .filter((_, i) => i % 2 === 0)
    .map(([x, y]) => {
      const form = `${x.figure}>${y.figure}`;
      const bindings = x.agent === null ? [] : [{ slot: 0, agent: x.agent.entity }];
      return { form, digest: digestOf('m', form), figures: [x.figure, y.figure], scenes: [x.id, y.id], bindings };
    });
  const revision = (await store.corpus(CORPUS))?.revision ?? 0;
  await store.writeCollapse(CORPUS, { revision, groups });
};

/** In a chain, and so that an agent stands in a merge only. */
const merge = async (store: GraphStore): Promise<void> => {
  await store.mergeAgents(CORPUS, { alias: 'жена', into: 'Емельян' });
  await store.mergeAgents(CORPUS, { alias: 'Емельян', into: 'the Prince' });
};

it('has nothing left of a corpus but the registry of codes', async () => {
  const full = await used(async (store) => {
    await fill(store);
    await merge(store);
    // Collapses anew what the merges took apart.
    await fill(store);
  });
  const kinds = [
    'Agent',
    'Tension',
    'Context',
    'Atmosphere',
    'Archetype',
    'Chunk',
    'NEXT',
    'COUPLED_WITH',
    'COLLAPSES',
    'BINDS',
    'SAME_AS',
  ];
  for (const kind of kinds) expect(full[kind]).toBeGreaterThan(0);
  const empty = await used(async (store) => {
    await store.deleteCorpus(CORPUS);
  });
  expect(empty).toEqual({ Workspace: 1, Hypertoken: full['Hypertoken'], Migration: full['Migration'] });
});

it('has the same in it after editing to and fro as after writing once', async () => {
  const once = await used(async (store) => {
    await write(store, { name: 'a', sentences: RUSSIAN.slice(0, 20) });
  });
  await rm(folder, { recursive: true });
  const often = await used(async (store) => {
    await fill(store);
    await merge(store);
    await store.deleteDocument(CORPUS, nameOf({ name: 'b' }));
    await write(store, { name: 'a', sentences: ENGLISH.slice(0, 30), lang: 'en', reading: 2 });
    await write(store, { name: 'a', sentences: RUSSIAN.slice(3, 17).toReversed(), reading: 1 });
    await write(store, {
      name: 'a',
      sentences: [...RUSSIAN.slice(0, 10), 'Вставка.', ...RUSSIAN.slice(10, 20)],
      reading: 2,
    });
    await write(store, { name: 'a', sentences: RUSSIAN.slice(0, 20) });
    await store.writeCollapse(CORPUS, { revision: (await store.corpus(CORPUS))?.revision ?? 0, groups: [] });
    for (const alias of ['Емельян', 'жена']) await store.undoMerge(CORPUS, alias);
    await store.clearCouplings(CORPUS);
  });
  const { Hypertoken: registered, ...rest } = often;
  const { Hypertoken: few, ...expected } = once;
  expect(rest).toEqual(expected);
  expect(registered).toBeGreaterThan(few ?? 0);
});
