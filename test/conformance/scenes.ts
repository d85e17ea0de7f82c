import { type Digest, digestOf } from '../../src/scene/digest.ts';
import type { FacetKind } from '../../src/scene/facet.ts';
import type { Code } from '../../src/scene/hypertoken.ts';
import { type CorpusName, corpusName } from '../../src/scene/name.ts';
import type { DocumentId, SceneId } from '../../src/scene/scene.ts';
import { type FacetRef, PAGE_MAX, type SceneFilter, type StoredScene } from '../../src/store/graph-store.ts';
import { allItems, failing } from './all-pages.ts';
import { CORPUS, ENGLISH, idOf, nameOf, RUSSIAN, write } from './prose.ts';
import type { OpenStore } from './store-adapter.ts';

const refsOf = (scene: StoredScene): readonly FacetRef[] => [
  ...(scene.agent === null ? [] : [{ kind: 'agent' as const, key: scene.agent.entity }]),
  ...(['tension', 'atmosphere', 'archetype'] as const).flatMap((kind) => {
    const facet = scene[kind];
    return facet === null ? [] : [{ kind, key: facet.key }];
  }),
  ...scene.context.map(({ key }) => ({ kind: 'context' as FacetKind, key })),
];

const has = (scene: StoredScene, facet: FacetRef): boolean =>
  refsOf(scene).some(({ kind, key }) => kind === facet.kind && key === facet.key);

/** Looking scenes up, filtering and paging them. */
export const describeScenes = ({ store }: OpenStore): void => {
  let all: readonly StoredScene[];
  beforeEach(async () => {
    await write(store(), { sentences: RUSSIAN.slice(0, 25), name: 'ru' });
    await write(store(), { sentences: ENGLISH.slice(0, 25), name: 'en', lang: 'en' });
    await write(store(), { sentences: RUSSIAN.slice(0, 25), name: 'другой', corpus: 'другой' });
    await write(store(), { sentences: RUSSIAN.slice(25, 30), name: 'ru 2' });
    all = await allItems((page) => store().scenes({ corpus: CORPUS }, page));
  });

  it('come in the order of the corpus, whatever the page', async () => {
    expect(all.map(({ text }) => text)).toEqual([
      ...RUSSIAN.slice(0, 25),
      ...ENGLISH.slice(0, 25),
      ...RUSSIAN.slice(25, 30),
    ]);
    for (const first of [1, 7, 24, 25, 26, 54, 55, 56])
      expect(await allItems((page) => store().scenes({ corpus: CORPUS }, page), first)).toEqual(all);
  });

  it('are those that every part of the filter lets through', async () => {
    const tension = all.find((scene) => scene.tension !== null)?.tension?.key ?? '';
    const agent = all.find((scene) => scene.agent !== null)?.agent?.entity ?? '';
    const facets: readonly FacetRef[] = [
      { kind: 'tension', key: tension },
      { kind: 'agent', key: agent },
    ];
    const code = all.find((scene) => scene.code !== 0)?.code ?? (0 as Code);
    const document = idOf({ name: 'ru' });
    const filters: readonly Omit<SceneFilter, 'corpus'>[] = [
      {},
      { document },
      { kind: 'half' },
      { lang: 'en' },
      { lang: 'en', document },
      { code },
      { code, kind: 'half' },
      { facets: [facets[0] as FacetRef] },
      { facets },
      { facets: [...facets, ...facets] },
      { facets, document, kind: 'scene', lang: 'ru' },
      { facets: [facets[1] as FacetRef], code },
      { facets: [{ kind: 'agent', key: 'никто' }] },
      { code: 999_999 as Code },
    ];
    for (const filter of filters) {
      const expected = all.filter(
        (scene) =>
          (filter.document === undefined || scene.document === filter.document) &&
          (filter.kind === undefined || scene.kind === filter.kind) &&
          (filter.lang === undefined || scene.lang === filter.lang) &&
          (filter.code === undefined || scene.code === filter.code) &&
          (filter.facets ?? []).every((facet) => has(scene, facet)),
      );
      const found = await allItems((page) => store().scenes({ corpus: CORPUS, ...filter }, page), 3);
      expect(found.map(({ text }) => text)).toEqual(expected.map(({ text }) => text));
      expect(await store().countScenes({ corpus: CORPUS, ...filter })).toBe(expected.length);
      for (const limit of [2, 100])
        expect(await store().sceneIds({ corpus: CORPUS, ...filter }, limit)).toEqual(
          expected.slice(0, limit).map(({ id }) => id),
        );
    }
    expect(await failing(store().sceneIds({ corpus: CORPUS }, 0))).toBe('BAD_ARGUMENT');
    expect(await failing(store().sceneIds({ corpus: 'нет' as CorpusName }, 1))).toBe('CORPUS_NOT_FOUND');
  });

  it('are found by id in the order asked for, null for what is not there, as often as asked', async () => {
    const ids = [all[30]?.id, 'nothing' as SceneId, all[0]?.id, all[30]?.id].filter((id) => id !== undefined);
    expect(await store().scenesById(ids)).toEqual([all[30], null, all[0], all[30]]);
    expect(await store().scenesById([])).toEqual([]);
  });

  it('are found by ranges of positions, in the order of the ranges', async () => {
    const [ru, en] = [idOf({ name: 'ru' }), idOf({ name: 'en' })];
    const ranges = [
      { document: en, from: 3, to: 5 },
      { document: ru, from: -4, to: 2 },
      { document: ru, from: 23, to: 1000 },
      { document: idOf({ name: 'x' }), from: 0, to: 9 },
      { document: en, from: 7, to: 7 },
      { document: en, from: 4, to: 6 },
    ];
    const expected = [28, 29, 0, 1, 23, 24, 29, 30].map((i) => all[i]);
    expect(await store().scenesInRanges(ranges)).toEqual(expected);
    expect(await failing(store().scenesInRanges([{ document: ru, from: 0.5, to: 2 }]))).toBe('BAD_ARGUMENT');
  });

  it('are counted by facet, and listed by facet in the order of the corpus', async () => {
    const refs = [...new Map(all.flatMap(refsOf).map((ref) => [`${ref.kind} ${ref.key}`, ref])).values()];
    expect(refs.length).toBeGreaterThan(8);
    const asked = [...refs, { kind: 'agent' as const, key: 'никто' }, refs[0] as FacetRef];
    const expected = asked.map((ref) => all.filter((scene) => has(scene, ref)).map(({ id }) => id));
    expect(await store().facetCounts(CORPUS, asked)).toEqual(expected.map(({ length }) => length));
    expect(await store().scenesSharing(CORPUS, asked, 4)).toEqual(expected.map((ids) => ids.slice(0, 4)));
  });

  it('are paged without gap or repetition while other documents come and go', async () => {
    const walked: StoredScene[] = [];
    let after: string | undefined;
    let turn = 0;
    do {
      const page = await store().scenes({ corpus: CORPUS }, { first: 4, after });
      walked.push(...page.items.map(({ item }) => item));
      after = page.hasNextPage ? page.items.at(-1)?.cursor : undefined;
      turn += 1;
      if (turn % 3 === 1) await write(store(), { sentences: ENGLISH.slice(turn, turn + 3), name: `gast ${turn}` });
      if (turn % 3 === 2) await store().deleteDocument(CORPUS, nameOf({ name: `gast ${turn - 1}` }));
    } while (after !== undefined);
    const stayed = walked.filter(({ documentName }) => !documentName.startsWith('gast'));
    expect(stayed.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  });

  it('refuse pages that are none', async () => {
    const scenes = (first: number, after?: string) => failing(store().scenes({ corpus: CORPUS }, { first, after }));
    expect(await scenes(0)).toBe('BAD_ARGUMENT');
    expect(await scenes(1.5)).toBe('BAD_ARGUMENT');
    expect(await scenes(PAGE_MAX + 1)).toBe('PAGE_TOO_LARGE');
    for (const cursor of ['', 'x', 'e30', 'bnVsbA', Buffer.from('["scenes","a"]').toString('base64url')])
      expect(await scenes(1, cursor)).toBe('BAD_CURSOR');
    const foreign = (await store().documents(CORPUS, { first: 1 })).items[0]?.cursor;
    expect(await scenes(1, foreign)).toBe('BAD_CURSOR');
    expect(await failing(store().corpora({ first: 1, after: foreign }))).toBe('BAD_CURSOR');
    expect(await failing(store().hypertokens({}, { first: 1, after: foreign }))).toBe('BAD_CURSOR');
    expect(await failing(store().occurrences({}, { first: 1, after: foreign }))).toBe('BAD_CURSOR');
    expect(await failing(store().couplings(CORPUS, { first: 1, after: foreign }))).toBe('BAD_CURSOR');
    expect(await failing(store().uncoupledScenes(CORPUS, PAGE_MAX + 1))).toBe('PAGE_TOO_LARGE');
  });

  it('belong to corpora that come by name and count what they hold', async () => {
    await write(store(), { sentences: RUSSIAN.slice(0, 1), corpus: '\u{1f600} эмодзи', name: 'x' });
    await write(store(), { sentences: RUSSIAN.slice(0, 1), corpus: '\ufb01n', name: 'x' });
    const records = await allItems((page) => store().corpora(page), 2);
    expect(records.map(({ name }) => name)).toEqual(['другой', CORPUS, '\ufb01n', '\u{1f600} эмодзи']);
    expect(records[1]).toEqual(await store().corpus(CORPUS));
    expect(records[1]).toEqual({
      name: CORPUS,
      documents: 3,
      scenes: 55,
      couplings: 0,
      uncoupled: 55,
      revision: 3,
      collapsedRevision: null,
      collapsedBy: null,
    });
    const documents = await allItems((page) => store().documents(CORPUS, page), 1);
    expect(documents.map(({ name }) => name)).toEqual(['ru', 'en', 'ru 2']);
    expect(await store().corpus(corpusName('Другой'))).toBeNull();
  });

  it('are not looked up by half a surrogate pair, nor is anything else', async () => {
    const bad = `${all[0]?.id}\ud800`;
    const scene = bad as SceneId;
    const document = bad as DocumentId;
    const first = { first: 5 };
    const facets = [{ kind: 'context' as const, key: bad }];
    const group = { form: 'x', digest: digestOf('x'), figures: [], scenes: [scene], bindings: [] };
    const revision = (await store().corpus(CORPUS))?.revision ?? -1;
    const asked: Readonly<Record<string, () => Promise<unknown>>> = {
      corpus: () => store().corpus(bad as CorpusName),
      documents: () => store().documents(bad as CorpusName, first),
      documentsById: () => store().documentsById([document]),
      documentText: () => store().documentText(document)[Symbol.asyncIterator]().next(),
      scenes: () => store().scenes({ corpus: CORPUS, document }, first),
      scenesOfFacets: () => store().scenes({ corpus: CORPUS, facets }, first),
      countScenes: () => store().countScenes({ corpus: CORPUS, facets }),
      scenesById: () => store().scenesById([scene]),
      scenesInRanges: () => store().scenesInRanges([{ document, from: 0, to: 1 }]),
      couplingsOf: () => store().couplingsOf([scene], 5),
      sceneIds: () => store().sceneIds({ corpus: CORPUS, document }, 5),
      neighboursOf: () => store().neighboursOf([scene]),
      couplingsAmong: () => store().couplingsAmong([scene]),
      couplingsBetween: () => store().couplingsBetween([[scene, scene]]),
      subgraph: () => store().subgraph(scene, { hops: 1, limit: 5 }),
      facetCounts: () => store().facetCounts(CORPUS, facets),
      scenesSharing: () => store().scenesSharing(CORPUS, facets, 5),
      hypertokens: () => store().hypertokens({ digest: bad as Digest }, first),
      motifsOfScenes: () => store().motifsOfScenes([scene]),
      placesWithin: () => store().placesWithin({ code: 1 as Code, ordinal: 1 }, [scene]),
      mergeAgents: () => store().mergeAgents(CORPUS, { alias: bad, into: 'x' }),
      undoMerge: () => store().undoMerge(CORPUS, bad),
      writeCollapse: () => store().writeCollapse(CORPUS, { revision, groups: [group] }),
    };
    for (const [what, ask] of Object.entries(asked))
      expect({ what, code: await failing(ask()) }).toEqual({ what, code: 'BAD_ARGUMENT' });
  });

  it('take a number of statements that does not grow with their number', async () => {
    let written = 0;
    const statements = async (act: () => Promise<unknown>): Promise<number> => {
      // What was looked up is kept until the next write, whatever is written.
      await write(store(), { corpus: corpusName('beside'), name: 'beside', sentences: [`Он ждал ${written++}.`] });
      const before = store().statistics();
      await act();
      const { reads, writes } = store().statistics();
      return reads + writes - before.reads - before.writes;
    };
    const ids = all.map(({ id }) => id);
    const calls: readonly ((n: number) => Promise<unknown>)[] = [
      (n) => store().scenes({ corpus: CORPUS }, { first: n }),
      (n) => store().scenesById(ids.slice(0, n)),
      (n) => store().couplingsOf(ids.slice(0, n), 5),
      (n) => store().neighboursOf(ids.slice(0, n)),
      (n) => store().couplingsBetween(ids.slice(1, n).map((id, i) => [ids[i] ?? id, id])),
      (n) => store().sceneIds({ corpus: CORPUS }, n),
      (n) => store().occurrences({ corpus: CORPUS }, { first: n }),
      (n) => store().motifsOfScenes(ids.slice(0, n)),
      (n) => store().placesWithin({ code: 1 as Code, ordinal: 1 }, ids.slice(0, n)),
    ];
    // One more by chance: a server that others write to is asked every second whether it is being restored.
    for (const call of calls)
      expect(Math.abs((await statements(() => call(50))) - (await statements(() => call(2))))).toBeLessThanOrEqual(1);
  });
};
