import fc from 'fast-check';
import { ownEntity } from '../../src/scene/facet.ts';
import { corpusName } from '../../src/scene/name.ts';
import type { Scene } from '../../src/scene/scene.ts';
import type { GraphStore, StoredScene } from '../../src/store/graph-store.ts';
import { type Sketch, type SketchedDocument, sketchDocument } from '../arbitrary/corpus.ts';
import { inconsistencies } from '../store/consistency.ts';
import { allItems, failing } from './all-pages.ts';
import { dump } from './isolation.ts';
import { CORPUS, RUSSIAN, scenesOf, write as writeProse } from './prose.ts';
import type { OpenStore } from './store-adapter.ts';

interface Cast {
  readonly lang: 'ru' | 'en';
  readonly person: string;
  readonly aliases: readonly [string, string];
  readonly other: string;
  readonly verbs: readonly string[];
}

const CASTS: readonly Cast[] = [
  {
    lang: 'ru',
    person: 'Раскольников',
    aliases: ['Родион', 'Родя'],
    other: 'Разумихин',
    verbs: ['стоял у двери', 'боялся', 'вышел на мост', 'молчал'],
  },
  {
    lang: 'en',
    person: 'Holmes',
    aliases: ['Sherlock', 'the detective'],
    other: 'Watson',
    verbs: ['stood at the door', 'was afraid', 'went out to the bridge', 'kept silent'],
  },
];

const STORY = 'story';
const BOOK = corpusName('роман и novel');

const sketch = (agent: string, verb: string, tension: string): Sketch => ({
  text: `${agent} ${verb}.`,
  agent,
  tension,
});

/** Everybody does everything once, by turns. */
const sketches = ({ person, aliases, other, verbs }: Cast): readonly Sketch[] =>
  verbs.flatMap((verb, i) =>
    [person, ...aliases, other].map((agent) => sketch(agent, verb, i % 2 === 0 ? 'restraint' : 'fear')),
  );

const document = (cast: Cast, name = STORY, lines = sketches(cast)): SketchedDocument =>
  sketchDocument(BOOK, name, lines, cast.lang);

const write = (store: GraphStore, { input, parts }: SketchedDocument) => store.writeDocument(input, parts());

const scenesIn = (store: GraphStore): Promise<readonly StoredScene[]> =>
  allItems((page) => store.scenes({ corpus: BOOK }, page));

const agentOf = (key: string) => ({ kind: 'agent' as const, key });

/** Everything but what only grows and which scenes wait. */
const picture = async (store: GraphStore): Promise<unknown> => {
  const record = await store.corpus(BOOK);
  return [await scenesIn(store), await dump(store, BOOK), record?.couplings, record?.scenes];
};

const coupleAll = async (store: GraphStore): Promise<void> => {
  const coupled = (await scenesIn(store)).map(({ id }) => id);
  await store.writeCouplings(BOOK, { put: [], remove: [], coupled });
};

/** One motif of each two neighbours. */
const collapsePairs = async (store: GraphStore): Promise<void> => {
  const scenes = await scenesIn(store);
  const pairs = scenes.flatMap((scene, i) => (i % 2 === 0 ? [[scene, scenes[i + 1] ?? scene] as const] : []));
  const groups = pairs.map(([x, y]) => ({
    form: `${x.figure}+${y.figure}`,
    digest: Buffer.from(x.figure + y.figure)
      .toString('hex')
      .slice(0, 32)
      .padEnd(32, '0') as never,
    figures: [x.figure, y.figure],
    scenes: [x.id, y.id],
    bindings: [...new Set([x, y].flatMap(({ agent }) => agent?.entity ?? []))].map((agent, slot) => ({ slot, agent })),
  }));
  const revision = (await store.corpus(BOOK))?.revision ?? 0;
  await store.writeCollapse(BOOK, { revision, groups });
};

/** Who is one person with whom, and taking that back. */
export const describeAgents = ({ store, reopen, adapter }: OpenStore): void => {
  describe.each(CASTS)('of a story in $lang', (cast) => {
    const {
      person,
      aliases: [alias, pet],
      other,
    } = cast;
    beforeEach(() => write(store(), document(cast)));

    it("leads the alias's scenes to the person, and leaves the lemma and the reader's entity in them", async () => {
      const before = await scenesIn(store());
      const report = await store().mergeAgents(BOOK, { alias, into: person });
      expect(report).toEqual({ alias, into: person, person, unchanged: false, scenes: 4, occurrences: 0 });
      const after = await scenesIn(store());
      expect(after).toEqual(
        before.map((scene) =>
          scene.agent?.key === alias ? { ...scene, agent: { ...scene.agent, entity: person, own: alias } } : scene,
        ),
      );
      const facets = [person, alias, pet, other].map(agentOf);
      expect(await store().facetCounts(BOOK, facets)).toEqual([8, 0, 4, 4]);
      const sharing = await store().scenesSharing(BOOK, facets.slice(0, 2), 100);
      expect(sharing).toEqual([after.filter((scene) => scene.agent?.entity === person).map(({ id }) => id), []]);
      expect(await store().countScenes({ corpus: BOOK, facets: [agentOf(person)] })).toBe(8);
      const bound = (await allItems((page) => store().occurrences({ corpus: BOOK }, page))).flatMap(
        (one) => one.bindings,
      );
      expect(bound.filter(({ agent }) => agent === person)).toHaveLength(8);
      expect(bound.filter(({ agent }) => agent === alias)).toHaveLength(0);
    });

    it('gives back exactly what was there when it is undone', async () => {
      const before = await picture(store());
      await store().mergeAgents(BOOK, { alias, into: person });
      expect(await picture(store())).not.toEqual(before);
      const report = await store().undoMerge(BOOK, alias);
      expect(report).toEqual({ alias, into: person, person: alias, unchanged: false, scenes: 4, occurrences: 0 });
      expect(await picture(store())).toEqual(before);
      expect(await allItems((page) => store().agentMerges(BOOK, page))).toEqual([]);
      expect(await inconsistencies(store())).toEqual([]);
    });

    it('makes the scenes wait to be coupled, and no others, and the collapse stale', async () => {
      await coupleAll(store());
      await collapsePairs(store());
      const was = await store().corpus(BOOK);
      for (const change of [
        () => store().mergeAgents(BOOK, { alias, into: person }),
        () => store().undoMerge(BOOK, alias),
      ]) {
        await coupleAll(store());
        const revision = (await store().corpus(BOOK))?.revision ?? 0;
        await change();
        const waiting = await store().uncoupledScenes(BOOK, 100);
        expect(waiting.map(({ agent }) => agent?.key)).toEqual(Array(4).fill(alias));
        expect(await store().corpus(BOOK)).toMatchObject({
          uncoupled: 4,
          revision: revision + 1,
          collapsedRevision: was?.collapsedRevision,
        });
      }
    });

    it('deletes the occurrences that hold a changed scene and leaves the others', async () => {
      await collapsePairs(store());
      const motifs = async () => store().motifsOfScenes((await scenesIn(store())).map(({ id }) => id));
      const before = await motifs();
      expect(before).not.toContain(null);
      // Pairs are (person, alias) and (pet, other) by turns.
      expect(await store().mergeAgents(BOOK, { alias, into: other })).toMatchObject({ scenes: 4, occurrences: 4 });
      expect(await motifs()).toEqual(before.map((ref, i) => (i % 4 < 2 ? null : ref)));
      expect(await inconsistencies(store())).toEqual([]);
    });

    it('takes the aliases of an alias along, there and back', async () => {
      await store().mergeAgents(BOOK, { alias: pet, into: alias, by: 'model' });
      const between = await picture(store());
      const report = await store().mergeAgents(BOOK, { alias, into: person });
      expect(report).toMatchObject({ person, scenes: 8 });
      expect(await store().facetCounts(BOOK, [person, alias, pet].map(agentOf))).toEqual([12, 0, 0]);
      expect(await allItems((page) => store().agentMerges(BOOK, page), 1)).toEqual(
        [
          { alias, into: person, person, by: 'person' },
          { alias: pet, into: alias, person, by: 'model' },
        ].toSorted((x, y) => (x.alias < y.alias ? -1 : 1)),
      );
      expect(await store().undoMerge(BOOK, alias)).toMatchObject({ person: alias, scenes: 8 });
      expect(await picture(store())).toEqual(between);
    });

    it('takes back a merge in the middle of a chain and leaves those above and below', async () => {
      await store().mergeAgents(BOOK, { alias: pet, into: alias });
      await store().mergeAgents(BOOK, { alias, into: person });
      await store().mergeAgents(BOOK, { alias: person, into: other });
      expect(await store().facetCounts(BOOK, [agentOf(other)])).toEqual([16]);
      await store().undoMerge(BOOK, alias);
      expect(await store().facetCounts(BOOK, [person, alias, pet, other].map(agentOf))).toEqual([0, 8, 0, 8]);
      await store().undoMerge(BOOK, pet);
      expect(await store().facetCounts(BOOK, [person, alias, pet, other].map(agentOf))).toEqual([0, 4, 4, 8]);
    });

    it('changes nothing when the same is said again', async () => {
      await store().mergeAgents(BOOK, { alias, into: person });
      const [before, record] = [await picture(store()), await store().corpus(BOOK)];
      const again = await store().mergeAgents(BOOK, { alias, into: person, by: 'model' });
      expect(again).toEqual({ alias, into: person, person, unchanged: true, scenes: 0, occurrences: 0 });
      expect([await picture(store()), await store().corpus(BOOK)]).toEqual([before, record]);
    });

    it('holds for documents that come later, and those written anew', async () => {
      await store().mergeAgents(BOOK, { alias: pet, into: alias });
      await store().mergeAgents(BOOK, { alias, into: person });
      await write(store(), document(cast, 'second', [sketch(pet, cast.verbs[0] ?? '', 'joy')]));
      expect(await store().facetCounts(BOOK, [agentOf(person), agentOf(pet)])).toEqual([13, 0]);
      const [last] = (await scenesIn(store())).slice(-1);
      expect(last?.agent).toMatchObject({ key: pet, entity: person, own: pet });
      await store().undoMerge(BOOK, pet);
      expect(await store().facetCounts(BOOK, [agentOf(person), agentOf(pet)])).toEqual([8, 5]);
    });

    it('leaves the other scenes alone, and the merge standing, when a paragraph is put in', async () => {
      await store().mergeAgents(BOOK, { alias, into: person });
      await coupleAll(store());
      await collapsePairs(store());
      const before = await scenesIn(store());
      const motifs = await store().motifsOfScenes(before.map(({ id }) => id));
      const edited = [...sketches(cast), sketch(alias, cast.lang === 'ru' ? 'проснулся' : 'woke', 'joy')];
      const report = await write(store(), document(cast, STORY, edited));
      expect(report).toMatchObject({ scenesAdded: 1, scenesKept: 16, scenesDeleted: 0 });
      const after = await scenesIn(store());
      expect(after.slice(0, 16)).toEqual(before);
      expect(after[16]?.agent).toMatchObject({ entity: person, own: alias });
      // Only the new scene and the one before it, whose neighbour it is.
      expect((await store().uncoupledScenes(BOOK, 100)).map(({ position }) => position)).toEqual([15, 16]);
      expect(await store().motifsOfScenes(before.map(({ id }) => id))).toEqual(motifs);
    });

    it('outlives the documents that name its agents', async () => {
      await store().mergeAgents(BOOK, { alias, into: person });
      await write(store(), document(cast, 'second', [sketch(other, 'x', 'joy')]));
      const { name } = document(cast).input;
      await store().deleteDocument(BOOK, name);
      expect(await store().facetCounts(BOOK, [person, alias].map(agentOf))).toEqual([0, 0]);
      await write(store(), document(cast));
      expect(await store().facetCounts(BOOK, [person, alias].map(agentOf))).toEqual([8, 0]);
      await store().deleteDocument(BOOK, name);
      await store().undoMerge(BOOK, alias);
      // Neither stands in a scene or a merge any more.
      expect(await failing(store().mergeAgents(BOOK, { alias, into: other }))).toBe('AGENT_NOT_FOUND');
      expect(await failing(store().mergeAgents(BOOK, { alias: other, into: person }))).toBe('AGENT_NOT_FOUND');
    });

    it('goes with the corpus', async () => {
      await store().mergeAgents(BOOK, { alias: pet, into: alias });
      await store().mergeAgents(BOOK, { alias, into: person });
      await store().deleteCorpus(BOOK);
      await write(store(), document(cast));
      expect(await allItems((page) => store().agentMerges(BOOK, page))).toEqual([]);
      expect(await store().facetCounts(BOOK, [person, alias, pet].map(agentOf))).toEqual([4, 4, 4]);
    });

    it('is refused for what cannot be', async () => {
      const refusal = (one: string, into: string) => failing(store().mergeAgents(BOOK, { alias: one, into }));
      expect(await refusal(alias, alias)).toBe('BAD_ARGUMENT');
      expect(await refusal('', alias)).toBe('BAD_ARGUMENT');
      expect(await refusal('\ud800', alias)).toBe('BAD_ARGUMENT');
      expect(await refusal(alias, 'никто')).toBe('AGENT_NOT_FOUND');
      expect(await refusal('nobody', person)).toBe('AGENT_NOT_FOUND');
      // A facet of another kind is no agent.
      expect(await refusal('fear', person)).toBe('AGENT_NOT_FOUND');
      await store().mergeAgents(BOOK, { alias: pet, into: alias });
      await store().mergeAgents(BOOK, { alias, into: person });
      expect(await refusal(person, alias)).toBe('BAD_ARGUMENT');
      expect(await refusal(person, pet)).toBe('BAD_ARGUMENT');
      expect(await refusal(alias, other)).toBe('BAD_ARGUMENT');
      const elsewhere = corpusName('нет такого');
      expect(await failing(store().mergeAgents(elsewhere, { alias, into: person }))).toBe('CORPUS_NOT_FOUND');
      expect(await failing(store().undoMerge(elsewhere, alias))).toBe('CORPUS_NOT_FOUND');
      expect(await failing(store().agentMerges(elsewhere, { first: 1 }))).toBe('CORPUS_NOT_FOUND');
      for (const key of [person, other, 'никто'])
        expect(await failing(store().undoMerge(BOOK, key))).toBe('MERGE_NOT_FOUND');
    });

    it('holds in its own corpus only, and after opening again', async () => {
      const elsewhere = corpusName('другой');
      const { parts, input } = sketchDocument(elsewhere, STORY, sketches(cast), cast.lang);
      await store().writeDocument(input, parts());
      await store().mergeAgents(BOOK, { alias, into: person });
      expect(await store().facetCounts(elsewhere, [person, alias].map(agentOf))).toEqual([4, 4]);
      expect(await allItems((page) => store().agentMerges(elsewhere, page))).toEqual([]);
      if (!adapter.persistent) return;
      const before = await picture(store());
      await reopen();
      expect(await picture(store())).toEqual(before);
      expect(await store().undoMerge(BOOK, alias)).toMatchObject({ scenes: 4 });
    });
  });

  it('moves thousands of scenes of many documents, over the bounds of a batch, there and back', async () => {
    const [count, documents] = [5200, 4];
    for (let n = 0; n < documents; n++) {
      const lines = Array.from({ length: count / documents }, (_, i) => ({ text: `Емеля ${n} ${i}.`, agent: 'Емеля' }));
      await write(store(), sketchDocument(BOOK, `сказка ${n}`, [...lines, { text: 'Емельян.', agent: 'Емельян' }]));
    }
    const names = ['Емеля', 'Емельян'].map(agentOf);
    expect(await store().mergeAgents(BOOK, { alias: 'Емеля', into: 'Емельян' })).toMatchObject({ scenes: count });
    expect(await store().facetCounts(BOOK, names)).toEqual([0, count + documents]);
    const statements = store().statistics();
    expect(await store().undoMerge(BOOK, 'Емеля')).toMatchObject({ scenes: count });
    const { reads, writes } = store().statistics();
    expect(reads + writes - statements.reads - statements.writes).toBeLessThan(100);
    expect(await store().facetCounts(BOOK, names)).toEqual([count, documents]);
    expect(await store().corpus(BOOK)).toMatchObject({ uncoupled: count + documents });
  });

  it('whatever is merged and undone in whatever order, a scene is of the person its own entity leads to', async () => {
    await writeProse(store(), { sentences: RUSSIAN.slice(0, 40) });
    const agents = [...new Set(scenesOf({ sentences: RUSSIAN.slice(0, 40) }).flatMap(entityOf))];
    expect(agents.length).toBeGreaterThan(2);
    const anyChange = fc.tuple(fc.boolean(), fc.constantFrom(...agents), fc.constantFrom(...agents));
    const property = fc.asyncProperty(fc.array(anyChange, { maxLength: 6 }), async (changes) => {
      for (const [undo, one, two] of changes)
        await failing(undo ? store().undoMerge(CORPUS, one) : store().mergeAgents(CORPUS, { alias: one, into: two }));
      const merges = await allItems((page) => store().agentMerges(CORPUS, page));
      const into = new Map(merges.map((merge) => [merge.alias, merge.into]));
      const end = (key: string): string => (into.has(key) ? end(into.get(key) ?? key) : key);
      for (const merge of merges) expect(merge.person).toBe(end(merge.alias));
      for (const { agent } of await allItems((page) => store().scenes({ corpus: CORPUS }, page)))
        if (agent !== null) expect(agent.entity).toBe(end(ownEntity(agent)));
      for (const { alias } of merges) await store().undoMerge(CORPUS, alias);
      const read = scenesOf({ sentences: RUSSIAN.slice(0, 40) }).map(({ agent }) => agent);
      const scenes = await allItems((page) => store().scenes({ corpus: CORPUS }, page));
      expect(scenes.map(({ agent }) => agent)).toEqual(read);
    });
    await fc.assert(property, { numRuns: adapter.kind === 'neo4j' ? 5 : 20 });
  });
};

const entityOf = ({ agent }: Scene): readonly string[] => (agent === null ? [] : [agent.entity]);
