import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf } from '../../src/scene/digest.ts';
import { workspaceName } from '../../src/scene/name.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { allItems, failing } from '../conformance/all-pages.ts';
import { dump } from '../conformance/isolation.ts';
import { CORPUS, ENGLISH, type ProseDocument, RUSSIAN, write } from '../conformance/prose.ts';

const DOCUMENTS: readonly ProseDocument[] = [
  { name: 'tales', sentences: ENGLISH.slice(0, 12), lang: 'en' },
  { name: 'сказка', sentences: RUSSIAN.slice(0, 12) },
  { name: 'ещё', sentences: RUSSIAN.slice(6, 20) },
];

let folder: string;
let database: GraphDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-dump-'));
  database = await openEmbeddedStore({ path: join(folder, 'graph') });
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

/** Couples each scene of a document with the next, and collapses them two by two. */
const join2 = async (store: GraphStore): Promise<void> => {
  const scenes = await allItems((page) => store.scenes({ corpus: CORPUS }, page));
  const pairs = scenes.flatMap((scene, i) => {
    const next = scenes[i + 1];
    return next?.document === scene.document && scene.position % 2 === 0 ? [[scene, next] as const] : [];
  });
  const because = [{ kind: 'sequence' as const, key: '', weight: 0.25 }];
  const put = pairs
    .map(([x, y]) => ({ a: x.id, b: y.id, weight: 0.25, because }))
    .map((one) => (one.a < one.b ? one : { ...one, a: one.b, b: one.a }));
  await store.writeCouplings(CORPUS, { put, remove: [], coupled: [] });
  const revision = (await store.corpus(CORPUS))?.revision ?? 0;
  const groups = pairs.map(([x, y]) => {
    const form = `${x.figure}>${y.figure}`;
    return { form, digest: digestOf('motif', form), figures: [x.figure, y.figure], scenes: [x.id, y.id], bindings: [] };
  });
  await store.writeCollapse(CORPUS, { revision, groups });
};

const storeOf = (name: string): GraphStore => database.workspace(workspaceName(name));

it('is the same for the same texts in whatever order they came, but for the numbers', async () => {
  const [forth, back] = [storeOf('forth'), storeOf('back')];
  for (const document of DOCUMENTS) await write(forth, document);
  await write(back, { name: 'tales', sentences: RUSSIAN });
  for (const document of DOCUMENTS.toReversed()) await write(back, document);
  await join2(forth);
  await join2(back);
  expect(await dump(back, CORPUS, false)).toEqual(await dump(forth, CORPUS, false));
  expect(await dump(back, CORPUS, true)).not.toEqual(await dump(forth, CORPUS, true));
});

it('holds every document, scene, motif and coupling once, and tells of any change', async () => {
  const store = storeOf('whole');
  for (const document of DOCUMENTS) await write(store, document);
  await join2(store);
  const lines = await dump(store);
  const types = lines.map((line) => (JSON.parse(line) as { readonly type: string }).type);
  const count = (type: string): number => types.filter((other) => other === type).length;
  expect([count('document'), count('scene'), count('occurrence'), count('coupling')]).toEqual([3, 38, 19, 19]);
  await write(store, { ...DOCUMENTS[0], sentences: ENGLISH.slice(0, 12), name: 'tales', lang: 'ru' });
  expect(await dump(store)).not.toEqual(lines);
});

it('tells of merged agents, and of whom the reader took them for', async () => {
  const store = storeOf('merged');
  for (const document of DOCUMENTS) await write(store, document);
  const before = await dump(store);
  await store.mergeAgents(CORPUS, { alias: 'Емельян', into: 'жена' });
  await store.mergeAgents(CORPUS, { alias: 'the Prince', into: 'жена', by: 'model' });
  const lines = await dump(store);
  expect(lines.slice(-2).map((line) => JSON.parse(line))).toEqual([
    { type: 'merge', alias: 'the Prince', into: 'жена', by: 'model' },
    { type: 'merge', alias: 'Емельян', into: 'жена', by: 'person' },
  ]);
  const agentLines = lines.map((line) => (JSON.parse(line) as { readonly agent?: readonly unknown[] | null }).agent);
  expect(agentLines.filter((agent) => agent?.at(-2) === 'жена' && agent.at(-1) === 'Емельян')).not.toEqual([]);
  for (const alias of ['Емельян', 'the Prince']) await store.undoMerge(CORPUS, alias);
  expect(await dump(store)).toEqual(before);
});

it('fails for a corpus that is not there', async () => {
  expect(await failing(dump(storeOf('empty')))).toBe('CORPUS_NOT_FOUND');
});
