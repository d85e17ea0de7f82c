import fc from 'fast-check';
import { digestOf } from '../../src/scene/digest.ts';
import { EMPTY_FIGURE, figureDigest } from '../../src/scene/figure.ts';
import { formatOccurrence, type OccurrenceRef } from '../../src/scene/hypertoken.ts';
import { corpusName, workspaceName } from '../../src/scene/name.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import type { GraphStore, StoredScene } from '../../src/store/graph-store.ts';
import { mergeBackup } from '../../src/store/merge/merge-backup.ts';
import { inconsistencies } from '../store/consistency.ts';
import { allItems, failing } from './all-pages.ts';
import { changes } from './every-method.ts';
import { anyHistory, observe, type Step, take } from './history.ts';
import { dump } from './isolation.ts';
import { CORPUS, ENGLISH, idOf, nameOf, RUSSIAN, UNICODE, write } from './prose.ts';
import type { OpenStore } from './store-adapter.ts';
import { useMerging } from './use-merging.ts';

/** Pairs of histories merged on each store: over Bolt one takes 100 times as long as in memory. */
const RUNS = { memory: 10, embedded: 4, neo4j: 1 } as const;
const RUN_MS = 240_000;

type Taken = Exclude<Step, { readonly do: 'reopen' }>;

/** What happens to a store, in corpora of the same names or, with a mark, of others. */
const takeAll = async (store: GraphStore, steps: readonly Step[], mark = ''): Promise<void> => {
  for (const step of steps) {
    if (step.do === 'reopen') continue;
    await take(store, mark === '' ? step : elsewhere(step, mark));
  }
};

const elsewhere = (step: Taken, mark: string): Taken => {
  const moved = 'corpus' in step ? { ...step, corpus: `${step.corpus}${mark}` } : step;
  if (!('document' in moved)) return moved;
  return { ...moved, document: { ...moved.document, corpus: `${moved.document.corpus}${mark}` } };
};

const longHistory = fc.array(anyHistory, { minLength: 1, maxLength: 3 }).map((some) => some.flat());

const corporaOf = (store: GraphStore) => allItems((page) => store.corpora(page));

/** All that a merge must bring, without numbers; a corpus without documents is none. */
const contentOf = async (store: GraphStore, suffix = '') => {
  const corpora = (await corporaOf(store)).filter(({ name, documents }) => name.endsWith(suffix) && documents > 0);
  return Promise.all(
    corpora.map(async ({ name, revision, collapsedRevision, ...counts }) => ({
      name,
      ...counts,
      levels: collapsedRevision === null ? 'none' : collapsedRevision < revision ? 'stale' : 'fresh',
      dump: (await dump(store, name, false)).map(withoutFigures),
    })),
  );
};

/** A history makes up forms that do not say their figures: those of a code are whichever came first. */
const withoutFigures = (line: string): string => {
  const { figures: _, ...rest } = JSON.parse(line) as Record<string, unknown>;
  return JSON.stringify(rest);
};

const digestsOf = async (store: GraphStore): Promise<readonly string[]> =>
  (await allItems((page) => store.hypertokens({}, page), 100)).map(({ digest }) => digest).toSorted();

/** Merging of backups. What comes was kept in an embedded store. */
export const describeMerging = ({ adapter, database, store }: OpenStore): void => {
  const numRuns = RUNS[adapter.kind];
  const { others, fresh, backupOf, merge, namesOf, expanded } = useMerging({ store });

  it('give codes to forms that are none yet, in the order given, and leave the others theirs', async () => {
    const form = (n: number) => ({ level: n % 3, digest: digestOf('form', `${n}`), form: `форма ${n}`, figures: [] });
    expect(await store().learnHypertokens([])).toEqual({ codes: [], newCodes: 0 });
    expect(await store().learnHypertokens([form(1), form(2), form(1)])).toEqual({ codes: [1, 2, 1], newCodes: 2 });
    expect(await store().learnHypertokens([form(2), form(1)])).toEqual({ codes: [2, 1], newCodes: 0 });
    expect(await store().learnHypertokens([form(3), form(2)])).toEqual({ codes: [3, 2], newCodes: 1 });
    const zero = { level: 0, digest: figureDigest(EMPTY_FIGURE), form: 'none.none.none', figures: [] };
    expect(await store().learnHypertokens([zero])).toEqual({ codes: [0], newCodes: 0 });
    const records = await allItems((page) => store().hypertokens({}, page));
    expect(records.slice(1)).toEqual([1, 2, 3].map((n) => ({ ...form(n), code: n, occurrences: 0 })));
    await write(store(), { sentences: RUSSIAN.slice(0, 5) });
    expect(await inconsistencies(store())).toEqual([]);
    expect((await allItems((page) => store().hypertokens({}, page))).slice(1, 4)).toEqual(records.slice(1));
    for (const bad of [
      { ...form(4), level: -2 },
      { ...form(4), digest: 'x' as never },
    ])
      expect(await failing(store().learnHypertokens([form(5), bad]))).toBe('BAD_ARGUMENT');
    expect(await failing(store().learnHypertokens([form(5), { ...form(1), form: 'другая' }]))).toBe('STORE_FAILED');
    expect(await failing(store().learnHypertokens([form(5), { ...form(5), form: 'другая' }]))).toBe('STORE_FAILED');
    expect(await allItems((page) => store().hypertokens({ digest: form(5).digest }, page))).toEqual([]);
  });

  it('know which scenes wait to be coupled', async () => {
    await write(store(), { sentences: RUSSIAN.slice(0, 5) });
    await write(store(), { sentences: RUSSIAN.slice(0, 5), corpus: 'другой' });
    const scenes = await allItems((page) => store().scenes({ corpus: CORPUS }, page));
    const ids = scenes.map(({ id }) => id);
    await store().writeCouplings(CORPUS, { put: [], remove: [], coupled: ids.slice(0, 2) });
    const [other] = await allItems((page) => store().scenes({ corpus: corpusName('другой') }, page));
    const asked = [...ids, ids[4] ?? '', other?.id ?? '', 'nothing'] as typeof ids;
    expect(await store().waitToBeCoupled(CORPUS, asked)).toEqual([false, false, true, true, true, true, false, false]);
    expect(await store().waitToBeCoupled(CORPUS, [])).toEqual([]);
  });

  it('merge agents that nobody has seen, and refuse a document that would replace another, when asked to', async () => {
    await write(store(), { sentences: RUSSIAN.slice(0, 5) });
    const unseen = { alias: 'царевич', into: 'the King', unseen: true };
    expect(await failing(store().mergeAgents(CORPUS, { ...unseen, unseen: false }))).toBe('AGENT_NOT_FOUND');
    expect(await store().mergeAgents(CORPUS, unseen)).toMatchObject({ unchanged: false, scenes: 0 });
    expect(await store().mergeAgents(CORPUS, unseen)).toMatchObject({ unchanged: true });
    expect(await allItems((page) => store().agentMerges(CORPUS, page))).toMatchObject([{ alias: 'царевич' }]);
    expect(await failing(write(store(), { sentences: RUSSIAN.slice(0, 6), replace: false }))).toBe('STORE_CONFLICT');
    expect(await write(store(), { sentences: RUSSIAN.slice(0, 5), replace: false })).toMatchObject({ unchanged: true });
    expect(await store().corpus(CORPUS)).toMatchObject({ scenes: 5 });
  });

  it(
    'brings whole corpora: every occurrence expands to what it was, own codes stay, twice is once',
    async () => {
      const property = fc.asyncProperty(longHistory, longHistory, async (own, others_) => {
        const [into, other] = [fresh(database()), fresh(others())];
        await takeAll(into, own);
        await takeAll(other, others_, ' иные');
        const [before, registry] = [await contentOf(into), await allItems((page) => into.hypertokens({}, page), 100)];
        const numbered = await Promise.all((await corporaOf(into)).map(({ name }) => dump(into, name)));
        const report = await merge(into, other);
        const after = await corporaOf(into);
        const came = (await contentOf(other)).map(({ name }) => name);
        expect(await contentOf(into, ' иные')).toEqual(await contentOf(other));
        const mine = after.filter(({ name }) => !came.includes(name)).map(({ name }) => name);
        expect(await Promise.all(mine.map((name) => dump(into, name)))).toEqual(numbered);
        expect((await contentOf(into)).filter(({ name }) => mine.includes(name))).toEqual(before);
        const now = await allItems((page) => into.hypertokens({}, page), 100);
        expect(now.slice(0, registry.length).map(({ digest }) => digest)).toEqual(registry.map(({ digest }) => digest));
        const digests = new Set(now.map(({ digest }) => digest));
        for (const digest of await digestsOf(other)) expect(digests.has(digest as never)).toBe(true);
        expect(report.hypertokens.added).toBe(now.length - Math.max(registry.length, now.length > 0 ? 1 : 0));
        expect(report).toMatchObject({ corpora: { added: came.length, changed: 0, unchanged: 0 } });
        const seen = await observe(into);
        const again = await merge(into, other);
        expect(again).toMatchObject({ scenes: 0, couplings: 0, agentMerges: 0, occurrences: 0, renumbered: 0 });
        expect(again).toMatchObject({ corpora: { added: 0, changed: 0 }, hypertokens: { added: 0 } });
        expect(await observe(into)).toEqual(seen);
        const names = await namesOf(into, other);
        for (const occurrence of await allItems((page) => other.occurrences({}, page), 100)) {
          const name = names.get(formatOccurrence(occurrence));
          expect(await expanded(into, name as OccurrenceRef)).toEqual(await expanded(other, occurrence));
        }
        expect(await inconsistencies(into)).toEqual([]);
      });
      await fc.assert(property, { numRuns });
    },
    numRuns * RUN_MS,
  );

  it(
    'comes to the same, numbers aside, in whichever order two stores are merged',
    async () => {
      const property = fc.asyncProperty(longHistory, longHistory, async (first, second) => {
        const [one, two] = [fresh(others()), fresh(others())];
        await takeAll(one, first);
        await takeAll(two, second, ' иные');
        const [forth, back] = [fresh(database()), fresh(database())];
        for (const from of [one, two]) await merge(forth, from);
        for (const from of [two, one]) await merge(back, from);
        expect(await contentOf(forth)).toEqual(await contentOf(back));
        expect(await digestsOf(forth)).toEqual(await digestsOf(back));
        expect((await contentOf(forth)).length).toBe((await contentOf(one)).length + (await contentOf(two)).length);
      });
      await fc.assert(property, { numRuns });
    },
    numRuns * RUN_MS,
  );

  it(
    'leaves a whole graph where it breaks off, and goes on when it is done again',
    async () => {
      const property = fc.asyncProperty(
        longHistory,
        anyHistory,
        fc.nat(),
        fc.boolean(),
        async (theirs, own, at, after) => {
          const other = fresh(others());
          await takeAll(other, theirs, ' иные');
          const [smooth, broken] = [fresh(database()), fresh(database())];
          for (const into of [smooth, broken]) await takeAll(into, own);
          const backup = await backupOf(other);
          const whole = breaking(smooth, Number.POSITIVE_INFINITY, after);
          await mergeBackup(whole.store, backup, other.workspace);
          fc.pre(whole.writes() > 0);
          const once = breaking(broken, at % whole.writes(), after);
          expect(await failing(mergeBackup(once.store, backup, other.workspace))).toBe('Error: broken');
          expect(await inconsistencies(broken)).toEqual([]);
          const twice = breaking(broken, at % 3, !after);
          await failing(mergeBackup(twice.store, backup, other.workspace));
          expect(await inconsistencies(broken)).toEqual([]);
          await mergeBackup(broken, backup, other.workspace);
          expect(await contentOf(broken)).toEqual(await contentOf(smooth));
          expect(await digestsOf(broken)).toEqual(await digestsOf(smooth));
        },
      );
      await fc.assert(property, { numRuns });
    },
    numRuns * RUN_MS,
  );

  it('stops when it is told to, and goes on from there', async () => {
    const other = fresh(others());
    for (const name of ['a', 'b', 'c']) await write(other, { sentences: ENGLISH.slice(0, 9), name, lang: 'en' });
    const stop = new AbortController();
    expect(await failing(merge(store(), other, { signal: stop.signal, onProgress: () => stop.abort() }))).toBe(
      'CANCELLED',
    );
    expect(await store().corpus(CORPUS)).toMatchObject({ documents: 1 });
    expect(await merge(store(), other)).toMatchObject({ documents: { added: 2, shared: 1 } });
    expect(await contentOf(store())).toEqual(await contentOf(other));
  });

  it('brings what is kept in one kind of store into the other', async () => {
    if (database().archive === null) return expect(adapter.kind).toBe('memory');
    await write(store(), { sentences: [...RUSSIAN.slice(0, 30), ...UNICODE] });
    await write(store(), { sentences: ENGLISH.slice(0, 30), corpus: 'tales', lang: 'en' });
    const ids = (await allItems((page) => store().scenes({ corpus: CORPUS }, page))).map(({ id }) => id);
    await store().writeCouplings(CORPUS, { put: [], remove: [], coupled: ids.slice(0, 20) });
    const backup = await backupOf(store(), database());
    const into = fresh(others());
    await write(into, { sentences: RUSSIAN.slice(20, 40), corpus: 'своё' });
    await mergeBackup(into, backup, store().workspace);
    const came = (await contentOf(into)).filter(({ name }) => name !== 'своё');
    expect(came).toEqual(await contentOf(store()));
  });

  it('brings documents beside those of a corpus of the same name, to be coupled with them', async () => {
    const because = [{ kind: 'sequence' as const, key: '', weight: 0.5 }];
    const chain = async (of: GraphStore): Promise<void> => {
      const ids = (await allItems((page) => of.scenes({ corpus: CORPUS }, page))).map(({ id }) => id);
      const pairs = ids.slice(1).map((id, i) => [id, ids[i] ?? id].toSorted() as [SceneId, SceneId]);
      const put = pairs.map(([a, b]) => ({ a, b, weight: 0.5, because }));
      await of.writeCouplings(CORPUS, { put, remove: [], coupled: ids });
    };
    const other = fresh(others());
    for (const name of ['общий', 'их']) await write(other, { sentences: RUSSIAN.slice(0, 8), name });
    await chain(other);
    for (const name of ['общий', 'свой']) await write(store(), { sentences: RUSSIAN.slice(0, 8), name });
    await chain(store());
    const { revision = 0 } = (await store().corpus(CORPUS)) ?? {};
    await store().writeCollapse(CORPUS, { revision, groups: [] });
    const before = await allItems((page) => store().occurrences({}, page));
    const report = await merge(store(), other);
    expect(report).toMatchObject({
      corpora: { added: 0, changed: 1, unchanged: 0 },
      documents: { added: 1, shared: 1 },
      scenes: 8,
      // Of its 15 those within the document that came; the one that leads to a scene which is coupled here is left out.
      couplings: 7,
      waiting: 8,
      stale: [CORPUS],
      hypertokens: { added: 0 },
      renumbered: 8,
    });
    expect(await store().corpus(CORPUS)).toMatchObject({ documents: 3, scenes: 24, couplings: 22, uncoupled: 8 });
    expect(await inconsistencies(store())).toEqual([]);
    const names = new Map(
      (await allItems((page) => store().occurrences({}, page))).map((one) => [formatOccurrence(one), one]),
    );
    for (const occurrence of before) expect(names.get(formatOccurrence(occurrence))).toEqual(occurrence);
    const theirs = (of: GraphStore) =>
      allItems((page) => of.scenes({ corpus: CORPUS, document: idOf({ name: 'их' }) }, page));
    const numberless = (scenes: readonly StoredScene[]) => scenes.map(({ code: _, ordinal: __, ...scene }) => scene);
    expect(numberless(await theirs(store()))).toEqual(numberless(await theirs(other)));
    const seen = await observe(store());
    expect(await merge(store(), other)).toMatchObject({ scenes: 0, couplings: 0, documents: { added: 0, shared: 2 } });
    expect(await observe(store())).toEqual(seen);
  });

  it('leaves what was coupled or read otherwise as it is', async () => {
    const other = fresh(others());
    await write(other, { sentences: RUSSIAN.slice(0, 8) });
    await write(store(), { sentences: RUSSIAN.slice(0, 8), reading: 1 });
    await write(other, { sentences: ENGLISH.slice(0, 4), corpus: 'tales' });
    const [own, theirs] = await Promise.all(
      [store(), other].map(async (of) =>
        (await allItems((page) => of.scenes({ corpus: CORPUS }, page))).map(({ id }) => id),
      ),
    );
    await other.writeCouplings(CORPUS, { put: [], remove: [], coupled: theirs ?? [] });
    await store().writeCouplings(CORPUS, { put: [], remove: [], coupled: (own ?? []).slice(0, 2) });
    const before = await dump(store());
    const report = await merge(store(), other);
    expect(report).toMatchObject({
      corpora: { added: 1, changed: 0, unchanged: 1 },
      documents: { added: 1, shared: 1 },
    });
    expect(await dump(store())).toEqual(before);
    expect(await store().corpus(CORPUS)).toMatchObject({ uncoupled: 6 });
  });

  it('refuses documents of the same name with other bytes, and agents who are someone else, before it writes', async () => {
    const other = fresh(others());
    await write(other, { sentences: ENGLISH.slice(0, 5), corpus: 'alone' });
    await write(other, { sentences: RUSSIAN.slice(0, 5), name: 'письмо' });
    await write(store(), { sentences: RUSSIAN.slice(0, 6), name: 'письмо' });
    const seen = await observe(store());
    const refused = merge(store(), other);
    await expect(refused).rejects.toMatchObject({ code: 'MERGE_CONFLICT', message: expect.stringContaining('письмо') });
    expect(await observe(store())).toEqual(seen);
    await other.deleteDocument(CORPUS, nameOf({ name: 'письмо' }));
    // The same bytes have other facets where a model filled them.
    await write(other, { sentences: RUSSIAN.slice(0, 6), name: 'письмо', filledBy: 'модель, 1' });
    await expect(merge(store(), other)).rejects.toMatchObject({ code: 'MERGE_CONFLICT' });
    await write(other, { sentences: RUSSIAN.slice(0, 6), name: 'письмо' });
    await other.mergeAgents(CORPUS, { alias: 'a', into: 'b', unseen: true });
    await store().mergeAgents(CORPUS, { alias: 'b', into: 'a', unseen: true });
    expect(await failing(merge(store(), other))).toBe('MERGE_CONFLICT');
    await store().undoMerge(CORPUS, 'b');
    await other.mergeAgents(CORPUS, { alias: 'b', into: 'c', unseen: true });
    expect(await merge(store(), other)).toMatchObject({ agentMerges: 2, corpora: { added: 1, changed: 1 } });
    expect(await allItems((page) => store().agentMerges(CORPUS, page))).toEqual(
      await allItems((page) => other.agentMerges(CORPUS, page)),
    );
  });

  it('takes Russian, English and hostile text, under another workspace name as well', async () => {
    const other = others().workspace(workspaceName(`${store().workspace} a/b%2F`));
    const nasty = [
      'default/ x',
      'a\u2028b \u2029 c\u0085 d',
      '{"section":1,"whole":false}',
      '\u0000\u0007 \\u0000',
      '𝔘 \ufeff ﷺ',
    ];
    await write(other, { name: 'ru', sentences: [...RUSSIAN, ...UNICODE] });
    await write(other, { name: 'en', lang: 'en', sentences: [...ENGLISH, ...nasty] });
    await write(other, { name: '{"node":"scene"}', corpus: 'a/b%2Fc', sentences: nasty });
    await other.mergeAgents(CORPUS, { alias: 'царь/ %2F', into: '%25', unseen: true });
    await write(store(), { sentences: RUSSIAN.slice(0, 30), corpus: 'своё' });
    await merge(store(), other);
    for (const corpus of [CORPUS, corpusName('a/b%2Fc')])
      expect(await dump(store(), corpus, false)).toEqual(await dump(other, corpus, false));
    for (const text of ['царь', 'princes'])
      expect(await store().countScenes({ corpus: CORPUS, text })).toBe(
        await other.countScenes({ corpus: CORPUS, text }),
      );
  });
};

/** The store, of which the write after so many fails: it was not done, or nobody heard that it was. */
const breaking = (
  store: GraphStore,
  writesLeft: number,
  after: boolean,
): { readonly store: GraphStore; readonly writes: () => number } => {
  let writes = 0;
  const get = (target: GraphStore, name: keyof GraphStore): unknown => {
    const member = target[name];
    if (typeof member !== 'function' || !changes(name as Parameters<typeof changes>[0])) return bound(target, member);
    return async (...parameters: readonly unknown[]) => {
      const breaks = writes++ === writesLeft;
      if (breaks && !after) throw new Error('broken');
      const result = await Reflect.apply(member, target, parameters);
      if (breaks) throw new Error('broken');
      return result;
    };
  };
  return {
    store: new Proxy(store, { get: (target, name) => get(target, name as keyof GraphStore) }),
    writes: () => writes,
  };
};

const bound = (target: GraphStore, member: unknown): unknown =>
  member instanceof Function ? (member.bind(target) as unknown) : member;
