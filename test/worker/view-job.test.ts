import fc from 'fast-check';
import { roundWeight } from '../../src/scene/coupling.ts';
import type { OccurrenceRef } from '../../src/scene/hypertoken.ts';
import { corpusName, documentName, viewName } from '../../src/scene/name.ts';
import type { Language, SceneId } from '../../src/scene/scene.ts';
import { expandOccurrence } from '../../src/store/expand.ts';
import { VIEW_SCENES_MAX } from '../../src/store/graph-store.ts';
import { pagesOf } from '../../src/store/pages.ts';
import { bundleOccurrence } from '../../src/worker/bundle-job.ts';
import { collapseView } from '../../src/worker/view-job.ts';
import type { ViewSource } from '../../src/worker/view-scenes.ts';
import { sketchDocument } from '../arbitrary/corpus.ts';
import { countingCalls, type OpenStories, openStories } from './open-stories.ts';

let stories: OpenStories;
beforeAll(async () => {
  stories = await openStories();
});
afterAll(() => stories.close());

let views = 0;
const make = (source: ViewSource, rest: { readonly scenesMax?: number; readonly name?: string } = {}) => {
  const { store, corpus } = stories;
  const name = viewName(rest.name ?? `вид ${++views}`);
  return collapseView({ store }, { corpus, name, source, scenesMax: rest.scenesMax });
};
const refused = async (source: ViewSource, rest = {}): Promise<unknown> =>
  make(source, rest).then(
    () => null,
    (error: { readonly code?: unknown }) => error.code,
  );

const idsIn = async (ref: OccurrenceRef): Promise<readonly SceneId[]> => {
  const pages = pagesOf((request) => stories.store.parts(ref, request), undefined);
  return (await Array.fromAsync(pages)).flat().map(({ first }) => first);
};
const idsOf = (lang: Language): readonly SceneId[] =>
  stories.scenes.filter((scene) => scene.lang === lang).map(({ id }) => id);
const documents = { ru: 'tolstoy-rabotnik-emelyan.txt', en: 'poe-masque-of-the-red-death.txt' } as const;

it('whatever scenes a view is made of, it gives exactly them back, with what couples them, in the order of the text', async () => {
  const property = fc.asyncProperty(
    fc.uniqueArray(fc.nat(10_000), { minLength: 1, maxLength: 40 }),
    async (numbers) => {
      const chosen = [...new Set(numbers.map((n) => stories.scenes[n % stories.scenes.length]?.id as SceneId))];
      const { view } = await make({ scenes: chosen });
      const { scenes, couplings } = await expandOccurrence(stories.store, view.occurrence);
      const held = scenes.items.map(({ item }) => item);
      expect(held.map(({ id }) => id).toSorted()).toEqual(chosen.toSorted());
      for (const scene of held) expect(scene).toEqual(stories.scenes.find(({ id }) => id === scene.id));
      const places = held.map(({ document, position }) => `${document} ${String(position).padStart(9, '0')}`);
      expect(places).toEqual(places.toSorted());
      expect(couplings).toEqual(await stories.store.couplingsAmong(chosen));
      const again = await make({ scenes: chosen.toReversed() });
      expect(again.view.occurrence).toMatchObject({ code: view.occurrence.code, first: view.occurrence.first });
    },
  );
  await fc.assert(property, { numRuns: 40 });
});

it.each(['ru', 'en'] as const)('a document in %s is a view of all its scenes', async (lang) => {
  const { view } = await make({ document: documentName(documents[lang]) });
  expect(view.selection).toEqual({ by: 'document', document: documents[lang] });
  expect(await idsIn(view.occurrence)).toEqual(idsOf(lang));
  const { bundle, truncated } = await bundleOccurrence(
    { store: stories.store, signal: undefined },
    { ref: view.occurrence },
  );
  expect([bundle.scenes, bundle.documents, truncated]).toEqual([idsOf(lang).length, 1, false]);
});

it.each([
  ['ru', 'царь', { kind: 'agent', key: 'царь' }],
  ['en', 'prince', { kind: 'context', key: 'chamber' }],
] as const)('a search in %s is a view of what it finds, and keeps what was searched for', async (lang, text, facet) => {
  const { store, corpus } = stories;
  for (const search of [{ text }, { facets: [facet] }, { text, lang, kind: 'scene' as const }]) {
    const { view } = await make({ search });
    const found = await store.scenes({ corpus, ...search }, { first: 1000 });
    expect(new Set(await idsIn(view.occurrence))).toEqual(new Set(found.items.map(({ item }) => item.id)));
    expect(view.selection).toEqual({ by: 'search', ...search });
  }
});

it('a search by code keeps the digest, since codes are numbers of one store alone', async () => {
  const [scene] = stories.scenes.filter(({ figure }) => figure !== 'none.none.none');
  const code = scene?.code;
  const { view } = await make({ search: { code, document: scene?.document } });
  const [hypertoken] = await stories.store.hypertokensByCode(code === undefined ? [] : [code]);
  expect(view.selection).toEqual({ by: 'search', digest: hypertoken?.digest, document: scene?.documentName });
});

it.each(['ru', 'en'] as const)('around a scene in %s is what couplings of enough weight lead to', async (lang) => {
  const seed = idsOf(lang)[7] as SceneId;
  const { store } = stories;
  for (const [hops, weightMin] of [
    [1, 0],
    [2, 0.3],
    [3, 0.4],
  ] as const) {
    const { view } = await make({ seed, hops, weightMin });
    const subgraph = await store.subgraph(seed, { hops, weightMin, limit: 1000 });
    expect(subgraph?.truncated).toBe(false);
    expect(new Set(await idsIn(view.occurrence))).toEqual(new Set(subgraph?.scenes.map(({ id }) => id)));
    expect(view.selection).toEqual({ by: 'seed', seed, hops, weightMin });
  }
});

it.each(['ru', 'en'] as const)('a path in %s joins its ends, each scene coupled with another', async (lang) => {
  const [from, to] = [idsOf(lang)[0] as SceneId, idsOf(lang).at(-1) as SceneId];
  const { view } = await make({ path: { from, to } });
  const held = await idsIn(view.occurrence);
  expect([held[0], held.at(-1)]).toEqual([from, to]);
  const couplings = await stories.store.couplingsAmong(held);
  // No stronger way within: each coupling of the path is worth more than any way around it.
  expect(new Set(couplings.flatMap(({ a, b }) => [a, b]))).toEqual(new Set(held));
  expect(couplings.every(({ weight }) => weight === roundWeight(weight))).toBe(true);
  expect(view.selection).toEqual({ by: 'path', from, to });
});

it('takes a number of calls that grows with the batches of its scenes alone', async () => {
  const { store, calls } = countingCalls(stories.store);
  const ids = stories.scenes.map(({ id }) => id);
  await collapseView({ store }, { corpus: stories.corpus, name: viewName('все'), source: { scenes: ids } });
  const batches = Math.ceil(ids.length / 500);
  expect(Object.fromEntries(calls)).toEqual({ corpus: 1, scenesById: batches, neighboursOf: batches, writeView: 1 });
});

it('refuses what is not there, and more scenes than allowed, and leaves none out', async () => {
  const [ru, en] = [idsOf('ru'), idsOf('en')];
  const { corpus, store, scenes } = stories;
  await stories.write(sketchDocument('другой', 'остров', [{ text: 'Остров.' }]));
  const [alone] = (await store.scenes({ corpus: corpusName('другой') }, { first: 1 })).items;
  const other = alone?.item.id as SceneId;
  const count = async () =>
    (await Array.fromAsync(pagesOf((request) => store.views(corpus, request), undefined))).flat().length;
  const before = await count();
  expect(await refused({ scenes: [] })).toBe('BAD_ARGUMENT');
  for (const id of ['нет' as SceneId, other]) {
    expect(await refused({ scenes: [ru[0] as SceneId, id] })).toBe('SCENE_NOT_FOUND');
    expect(await refused({ seed: id })).toBe('SCENE_NOT_FOUND');
    expect(await refused({ path: { from: ru[0] as SceneId, to: id } })).toBe('SCENE_NOT_FOUND');
  }
  expect(await refused({ document: documentName('нет') })).toBe('DOCUMENT_NOT_FOUND');
  expect(await refused({ search: { text: 'синхрофазотрон' } })).toBe('SCENE_NOT_FOUND');
  expect(await refused({ search: { text: '…' } })).toBe('BAD_ARGUMENT');
  expect(await refused({ seed: ru[0] as SceneId, hops: 5 })).toBe('BAD_ARGUMENT');
  expect(await refused({ seed: ru[0] as SceneId, weightMin: 2 })).toBe('BAD_ARGUMENT');
  for (const scenesMax of [0, 1.5, VIEW_SCENES_MAX + 1])
    expect(await refused({ scenes: ru.slice(0, 1) }, { scenesMax })).toBe('BAD_ARGUMENT');
  const limit = { scenesMax: 20 };
  expect(await refused({ scenes: scenes.slice(0, 21).map(({ id }) => id) }, limit)).toBe('VIEW_TOO_LARGE');
  expect(await refused({ document: documentName(documents.en) }, limit)).toBe('VIEW_TOO_LARGE');
  expect(await refused({ seed: ru[0] as SceneId, hops: 4 }, limit)).toBe('VIEW_TOO_LARGE');
  expect(await refused({ search: { lang: 'ru' } }, limit)).toBe('VIEW_TOO_LARGE');
  const far = { from: en[0] as SceneId, to: en.at(-1) as SceneId };
  expect(await refused({ path: far }, { scenesMax: 1 })).toBe('VIEW_TOO_LARGE');
  expect(await refused({ path: { ...far, touchedMax: 2 } })).toBe('PATH_TOO_FAR');
  expect(await count()).toBe(before);
  const signal = AbortSignal.abort();
  const request = { corpus, name: viewName('x'), source: { scenes: ru } };
  await expect(collapseView({ store, signal }, request)).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(collapseView({ store }, { ...request, corpus: corpusName('нет') })).rejects.toMatchObject({
    code: 'CORPUS_NOT_FOUND',
  });
});

it('says that no couplings lead from one scene to the other', async () => {
  const corpus = corpusName('острова');
  for (const [name, text] of [
    ['один', 'Остров.'],
    ['два', 'Маяк горел.'],
  ] as const)
    await stories.write(sketchDocument(corpus, name, [{ text }]));
  const [from, to] = (await stories.store.scenes({ corpus }, { first: 2 })).items.map(({ item }) => item.id);
  const path = { from: from as SceneId, to: to as SceneId };
  await expect(
    collapseView({ store: stories.store }, { corpus, name: viewName('мост'), source: { path } }),
  ).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
});
