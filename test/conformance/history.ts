import fc from 'fast-check';
import type { Coupling } from '../../src/scene/coupling.ts';
import { digestOf } from '../../src/scene/digest.ts';
import { ownEntity } from '../../src/scene/facet.ts';
import type { OccurrenceRef } from '../../src/scene/hypertoken.ts';
import { corpusName, viewName } from '../../src/scene/name.ts';
import { LANGUAGES, type Language, type SceneId } from '../../src/scene/scene.ts';
import { expandOccurrence } from '../../src/store/expand.ts';
import type {
  AgentMerge,
  CollapseGroup,
  CommunityGroup,
  CommunityPart,
  GraphStore,
  StoredScene,
} from '../../src/store/graph-store.ts';
import { compareText } from '../../src/store/text-order.ts';
import { allItems, outcome } from './all-pages.ts';
import { dump } from './isolation.ts';
import { ENGLISH, inputOf, nameOf, partsOf, RUSSIAN, UNICODE, write } from './prose.ts';

/** Few, so that they meet again; one stands twice in a text. */
const SENTENCES = [...RUSSIAN.slice(0, 6), ...ENGLISH.slice(0, 4), ...UNICODE.slice(0, 2)];
const CORPORA = ['сказки', 'tales'];
const NAMES = ['a', 'b', 'c'];

interface DocumentChoice {
  readonly corpus: string;
  readonly name: string;
  readonly lang: Language;
  readonly reading: number;
  readonly sentences: readonly number[];
}

/** Something that happens to a store. Scenes and agents are chosen by where they stand, so that a choice means the same in two stores. */
export type Step =
  | { readonly do: 'write'; readonly document: DocumentChoice }
  | { readonly do: 'fail'; readonly document: DocumentChoice; readonly after: number }
  | {
      readonly do: 'couple';
      readonly corpus: string;
      readonly pairs: readonly (readonly [number, number, number])[];
      readonly remove: readonly number[];
      readonly coupled: readonly number[];
      readonly stale: boolean;
    }
  | {
      readonly do: 'collapse';
      readonly corpus: string;
      readonly sizes: readonly number[];
      readonly skip: number;
      /** How many neighbouring parts each level above joins to one. */
      readonly joins: readonly number[];
      readonly stale: boolean;
    }
  | {
      readonly do: 'make view';
      readonly corpus: string;
      readonly name: string;
      readonly places: readonly number[];
      readonly replace: boolean;
      readonly stale: boolean;
    }
  | { readonly do: 'delete view'; readonly corpus: string; readonly name: string }
  | { readonly do: 'merge agents'; readonly corpus: string; readonly alias: number; readonly into: number }
  | { readonly do: 'undo merge'; readonly corpus: string; readonly merge: number }
  | { readonly do: 're-read'; readonly document: DocumentChoice }
  | { readonly do: 'expand'; readonly corpus: string; readonly occurrence: number; readonly first: number }
  | { readonly do: 'clear'; readonly corpus: string }
  | { readonly do: 'delete document'; readonly corpus: string; readonly name: string }
  | { readonly do: 'delete corpus'; readonly corpus: string }
  | { readonly do: 'page while writing'; readonly corpus: string; readonly document: DocumentChoice }
  | { readonly do: 'reopen' };

const anyDocument: fc.Arbitrary<DocumentChoice> = fc.record({
  corpus: fc.constantFrom(...CORPORA),
  name: fc.constantFrom(...NAMES),
  lang: fc.constantFrom(...LANGUAGES),
  reading: fc.nat(2),
  sentences: fc.array(fc.nat(SENTENCES.length - 1), { maxLength: 9 }),
});

const anyCorpus = fc.constantFrom(...CORPORA);
const place = fc.nat(15);
const anyView = fc.constantFrom('порог', 'the door');

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('write' as const), document: anyDocument }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), document: anyDocument, after: fc.nat(3) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('couple' as const),
      corpus: anyCorpus,
      pairs: fc.array(fc.tuple(place, place, fc.nat(1000)), { maxLength: 8 }),
      remove: fc.array(place, { maxLength: 3 }),
      coupled: fc.array(place, { maxLength: 12 }),
      stale: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('collapse' as const),
      corpus: anyCorpus,
      sizes: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 5 }),
      skip: fc.nat(2),
      joins: fc.array(fc.integer({ min: 2, max: 4 }), { maxLength: 3 }),
      stale: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('make view' as const),
      corpus: anyCorpus,
      name: anyView,
      places: fc.array(fc.nat(5), { maxLength: 5 }),
      replace: fc.boolean(),
      stale: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('delete view' as const), corpus: anyCorpus, name: anyView }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('merge agents' as const), corpus: anyCorpus, alias: place, into: place }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('undo merge' as const), corpus: anyCorpus, merge: place }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('re-read' as const), document: anyDocument }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('expand' as const),
      corpus: anyCorpus,
      occurrence: fc.nat(20),
      first: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const), corpus: anyCorpus }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('delete document' as const),
      corpus: anyCorpus,
      name: fc.constantFrom(...NAMES),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete corpus' as const), corpus: anyCorpus }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('page while writing' as const), corpus: anyCorpus, document: anyDocument }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
);

/** So that what comes finds scenes: from nothing, most steps would only be refused. */
const anyBeginning: fc.Arbitrary<readonly Step[]> = fc.constantFrom(0, 1, 2).map((corpora) =>
  CORPORA.slice(0, corpora).map((corpus) => ({
    do: 'write' as const,
    document: { corpus, name: 'a', lang: 'ru' as const, reading: 0, sentences: SENTENCES.map((_, i) => i) },
  })),
);

/** By itself a merge would rarely be met by the undoing of it. */
const anyMergeUndone: fc.Arbitrary<readonly Step[]> = fc
  .tuple(anyCorpus, place, place, anyStep, place)
  .map(([corpus, alias, into, between, merge]) => [
    { do: 'merge agents', corpus, alias, into },
    between,
    { do: 'undo merge', corpus, merge },
  ]);

const anySteps = fc.oneof(
  { weight: 6, arbitrary: anyStep.map((step) => [step]) },
  { weight: 1, arbitrary: anyMergeUndone },
);

export const anyHistory: fc.Arbitrary<readonly Step[]> = fc
  .tuple(anyBeginning, fc.array(anySteps, { minLength: 1, maxLength: 14 }))
  .map(([beginning, steps]) => [...beginning, ...steps.flat()]);

const proseOf = ({ sentences, ...rest }: DocumentChoice) => ({
  ...rest,
  sentences: sentences.map((i) => SENTENCES[i] ?? ''),
});

const scenesIn = async (store: GraphStore, corpus: string): Promise<readonly StoredScene[]> =>
  (await store.corpus(corpusName(corpus))) === null
    ? []
    : allItems((page) => store.scenes({ corpus: corpusName(corpus) }, page));

const at = <T>(items: readonly T[], i: number): T | undefined =>
  items.length === 0 ? undefined : items[i % items.length];

/** Does one step and tells what came of it. */
export const take = async (store: GraphStore, step: Exclude<Step, { do: 'reopen' }>): Promise<unknown> => {
  switch (step.do) {
    case 'write':
      return outcome(write(store, proseOf(step.document)));
    case 'fail':
      return outcome(store.writeDocument(inputOf(proseOf(step.document)), breaking(step.document, step.after)));
    case 'couple':
      return couple(store, step);
    case 'collapse':
      return collapse(store, step);
    case 'make view':
      return makeView(store, step);
    case 'delete view':
      return outcome(store.deleteView(corpusName(step.corpus), viewName(step.name)));
    case 'merge agents':
      return merge(store, step);
    case 'undo merge':
      return undoMerge(store, step);
    case 're-read':
      return reread(store, step.document);
    case 'expand':
      return outcome(expand(store, step));
    case 'clear':
      return outcome(store.clearCouplings(corpusName(step.corpus)));
    case 'delete document':
      return outcome(store.deleteDocument(corpusName(step.corpus), nameOf(step)));
    case 'delete corpus':
      return outcome(store.deleteCorpus(corpusName(step.corpus)));
    case 'page while writing':
      return outcome(pageWhileWriting(store, step.corpus, step.document));
  }
};

async function* breaking(document: DocumentChoice, after: number) {
  let parts = 0;
  for await (const part of partsOf(proseOf(document))) {
    if (parts++ === after) throw new Error('broken');
    yield part;
  }
  throw new Error('broken');
}

const couple = async (store: GraphStore, step: Extract<Step, { do: 'couple' }>): Promise<unknown> => {
  const scenes = await scenesIn(store, step.corpus);
  const put = new Map<string, Coupling>();
  for (const [x, y, weight] of step.pairs) {
    const [a, b] = [at(scenes, x)?.id, at(scenes, y)?.id].sort();
    if (a === undefined || b === undefined || a === b) continue;
    put.set(a + b, { a, b, weight: weight / 1000, because: [{ kind: 'sequence', key: '', weight: weight / 1000 }] });
  }
  const standing = scenes.length === 0 ? [] : await store.couplingsAmong(scenes.map(({ id }) => id));
  const remove = step.remove
    .map((i) => standing[i])
    .filter((coupling) => coupling !== undefined)
    .filter(({ a, b }) => !put.has(a + b));
  const coupled = step.coupled.map((i) => at(scenes, i)?.id).filter((id) => id !== undefined);
  const revision = await revisionOf(store, step);
  const change = { revision, put: [...put.values()], remove: [...new Set(remove)], coupled };
  return outcome(store.writeCouplings(corpusName(step.corpus), change));
};

/** That of the corpus, or the one before. */
const revisionOf = async (
  store: GraphStore,
  { corpus, stale }: { readonly corpus: string; readonly stale: boolean },
): Promise<number> => ((await store.corpus(corpusName(corpus)))?.revision ?? 0) - (stale ? 1 : 0);

/** Groups of neighbouring scenes; the form says their figures, so that it recurs. */
const collapse = async (store: GraphStore, step: Extract<Step, { do: 'collapse' }>): Promise<unknown> => {
  const scenes = await scenesIn(store, step.corpus);
  const groups: CollapseGroup[] = [];
  let from = step.skip;
  for (const size of step.sizes) {
    const those = scenes.slice(from, from + size);
    from += size + (step.skip % 2);
    if (those.length === 0) continue;
    const form = those.map(({ figure }) => figure.split('.')[0]).join('|');
    const agents = [...new Set(those.map(({ agent }) => agent?.entity).filter((agent) => agent !== undefined))];
    groups.push({
      form,
      digest: digestOf('test motif', form),
      figures: those.map(({ figure }) => figure),
      scenes: those.map(({ id }) => id),
      bindings: agents.map((agent, slot) => ({ slot, agent })),
    });
  }
  const revision = await revisionOf(store, step);
  const communities = communitiesOf(scenes, groups, step.joins);
  return outcome(store.writeCollapse(corpusName(step.corpus), { revision, groups, communities }));
};

/** Level by level neighbours are joined; what is left over rises. The form says how many scenes there are, so that it recurs. */
const communitiesOf = (
  scenes: readonly StoredScene[],
  groups: readonly CollapseGroup[],
  joins: readonly number[],
): readonly (readonly CommunityGroup[])[] => {
  const grouped = new Set(groups.flatMap((group) => group.scenes));
  let parts: readonly { readonly part: CommunityPart; readonly size: number }[] = [
    ...groups.map((group, i) => ({ part: { level: 1, group: i }, size: group.scenes.length })),
    ...scenes.filter(({ id }) => !grouped.has(id)).map(({ id }) => ({ part: id, size: 1 })),
  ];
  return joins.map((join, i) => {
    const level = i + 2;
    const joined: CommunityGroup[] = [];
    const above: (typeof parts)[number][] = [];
    for (let from = 0; from < parts.length; from += join + 1) {
      const some = parts.slice(from, from + join);
      const size = some.reduce((sum, part) => sum + part.size, 0);
      if (some.length > 1) {
        const form = `${level}: ${some.map((part) => part.size).join(' ')}`;
        above.push({ part: { level, group: joined.length }, size });
        joined.push({
          form,
          digest: digestOf('test community', form),
          figures: [],
          parts: some.map(({ part }) => part),
        });
      } else above.push(...some);
      above.push(...parts.slice(from + join, from + join + 1));
    }
    parts = above;
    return joined;
  });
};

/** Of a few scenes, some of them twice: what is refused must change nothing. The form says their figures, so that it recurs. */
const makeView = async (store: GraphStore, step: Extract<Step, { do: 'make view' }>): Promise<unknown> => {
  const all = await scenesIn(store, step.corpus);
  const scenes = step.places.map((i) => at(all, i)).filter((scene) => scene !== undefined);
  const form = scenes.map(({ figure }) => figure.split('.')[0]).join('|');
  const view = {
    name: viewName(step.name),
    revision: await revisionOf(store, step),
    form,
    digest: digestOf('test view', form),
    figures: scenes.map(({ figure }) => figure),
    scenes: scenes.map(({ id }) => id),
    selection: { by: 'search' as const, text: step.name },
    replace: step.replace,
  };
  return outcome(store.writeView(corpusName(step.corpus), view));
};

const mergesIn = async (store: GraphStore, corpus: string): Promise<readonly AgentMerge[]> =>
  (await store.corpus(corpusName(corpus))) === null
    ? []
    : allItems((page) => store.agentMerges(corpusName(corpus), page));

/** Those who stand in scenes, as read and as resolved, and those whom merges name. */
const agentsIn = async (store: GraphStore, corpus: string): Promise<readonly string[]> => {
  const inScenes = (await scenesIn(store, corpus)).flatMap(({ agent }) =>
    agent === null ? [] : [agent.entity, ownEntity(agent)],
  );
  const inMerges = (await mergesIn(store, corpus)).flatMap(({ alias, into }) => [alias, into]);
  return [...new Set([...inScenes, ...inMerges])].toSorted(compareText);
};

const merge = async (store: GraphStore, step: Extract<Step, { do: 'merge agents' }>): Promise<unknown> => {
  const agents = await agentsIn(store, step.corpus);
  // Sometimes one who is not there, or one with itself.
  const alias = (step.alias === 15 ? undefined : at(agents, step.alias)) ?? 'никто';
  const others = step.into === 15 ? [alias] : agents.filter((agent) => agent !== alias);
  const into = at(others, step.into) ?? 'никого';
  const by = step.alias % 2 === 0 ? {} : { by: 'model' as const };
  return outcome(store.mergeAgents(corpusName(step.corpus), { alias, into, ...by }));
};

const undoMerge = async (store: GraphStore, step: Extract<Step, { do: 'undo merge' }>): Promise<unknown> => {
  const merges = await mergesIn(store, step.corpus);
  return outcome(store.undoMerge(corpusName(step.corpus), at(merges, step.merge)?.alias ?? 'никто'));
};

/** The same bytes a second time: nothing may change, the revision neither. */
const reread = async (store: GraphStore, document: DocumentChoice): Promise<unknown> => {
  const written = await outcome(write(store, proseOf(document)));
  const before = await glance(store);
  const again = await outcome(write(store, proseOf(document)));
  expect(await glance(store)).toEqual(before);
  return { written, again };
};

/** One of the occurrences, counted from the highest code down, so that motifs come before figures. */
const expand = async (store: GraphStore, step: Extract<Step, { do: 'expand' }>): Promise<unknown> => {
  const all = await allItems((page) => store.occurrences({ corpus: corpusName(step.corpus) }, page));
  const ref = all.toReversed()[step.occurrence] ?? { code: 0 as never, ordinal: 1 };
  const page = await expandOccurrence(store, ref, { first: step.first });
  const after = page.scenes.items.at(-1)?.cursor;
  return { page, next: await expandOccurrence(store, ref, { first: step.first, after }) };
};

const pageWhileWriting = async (store: GraphStore, corpus: string, document: DocumentChoice): Promise<unknown> => {
  const filter = { corpus: corpusName(corpus) };
  const first = await store.scenes(filter, { first: 3 });
  const report = await write(store, proseOf(document));
  const rest = first.hasNextPage ? await store.scenes(filter, { first: 100, after: first.items.at(-1)?.cursor }) : null;
  return { first, report, rest };
};

const FACETS = [
  { kind: 'agent' as const, key: 'Емельян' },
  { kind: 'agent' as const, key: 'царь' },
  { kind: 'tension' as const, key: 'restraint' },
  { kind: 'context' as const, key: 'дверь' },
];

/** Frequent and rare ones, of both languages, of several words, and with characters of query languages. */
const SEARCHES = ['и', 'Емельяну', 'the', '+в -царь', 'стоит "рядом"', 'prince'];

/** All that can be seen of a store by its port. */
export const observe = async (store: GraphStore): Promise<unknown> => {
  const corpora = await allItems((page) => store.corpora(page), 1);
  const seen: unknown[] = [corpora, await allItems((page) => store.hypertokens({}, page), 5)];
  seen.push(await allItems((page) => store.occurrences({}, page), 4));
  for (const { name: corpus } of corpora) {
    const scenes = await allItems((page) => store.scenes({ corpus }, page), 4);
    const ids: readonly SceneId[] = scenes.map(({ id }) => id);
    seen.push(scenes, await dump(store, corpus, true), await dump(store, corpus, false));
    seen.push(await allItems((page) => store.documents(corpus, page), 1));
    for (const level of [0, 1]) seen.push(await allItems((page) => store.occurrences({ corpus, level }, page), 3));
    // Whole pages from here on: each is some statements, and the pages below level 2 have shown that they join.
    for (const level of [2, 3]) seen.push(await allItems((page) => store.occurrences({ corpus, level }, page), 100));
    const collapsed = await allItems((page) => store.occurrences({ corpus }, page), 100);
    seen.push(collapsed, await store.holdersOf(collapsed));
    const highest = collapsed.findLast(({ level }) => level > 1);
    for (const depth of highest === undefined ? [] : [1, undefined])
      seen.push(
        await store.placesWithin(highest as OccurrenceRef, ids),
        await allItems((page) => store.parts(highest as OccurrenceRef, { ...page, depth }), 4),
      );
    const views = await allItems((page) => store.views(corpus, page), 1);
    seen.push(views, await store.holdersOf(views.map(({ occurrence }) => occurrence)));
    seen.push(
      await store.scenesOfViews(
        corpus,
        views.map(({ name }) => name),
      ),
    );
    for (const { name, occurrence } of views) {
      seen.push(await store.viewByName(corpus, name), await store.placesWithin(occurrence, ids));
      seen.push(await allItems((page) => store.parts(occurrence, page), 2), await expandOccurrence(store, occurrence));
    }
    seen.push(await allItems((page) => store.hypertokens({ corpus }, page), 2));
    seen.push(await allItems((page) => store.couplings(corpus, page), 2));
    seen.push(await allItems((page) => store.agentMerges(corpus, page), 1));
    seen.push(
      await store.couplingsOf(ids, 3),
      await store.neighboursOf(ids),
      await store.couplingsAmong(ids.slice(0, 5)),
      await store.couplingsBetween(ids.slice(1, 8).map((id, i) => [id, ids[i] ?? id])),
      await store.motifsOfScenes(ids),
    );
    seen.push(await store.uncoupledScenes(corpus, 5), await store.facetCounts(corpus, FACETS));
    seen.push(await store.scenesSharing(corpus, FACETS, 2), await store.countScenes({ corpus, kind: 'half' }));
    seen.push(await store.scenes({ corpus, facets: FACETS.slice(0, 1), lang: 'ru' }, { first: 3 }));
    seen.push(await store.scenes({ corpus, code: 1 as never }, { first: 3 }));
    for (const text of SEARCHES) {
      seen.push(
        await allItems((page) => store.scenes({ corpus, text }, page), 2),
        await store.countScenes({ corpus, text }),
      );
      seen.push(await store.scenes({ corpus, text, lang: 'ru', facets: FACETS.slice(0, 1) }, { first: 3 }));
      seen.push(await allItems((page) => store.facets({ corpus, text }, page), 1));
    }
    seen.push(await store.textCounts(corpus, SEARCHES), await store.scenesWithTexts(corpus, SEARCHES, 2));
    for (const kind of ['agent', 'context'] as const) seen.push(await store.facetsWithTexts(corpus, kind, SEARCHES, 2));
    seen.push(await allItems((page) => store.facets({ corpus }, page), 3));
    for (const id of ids.slice(0, 2)) seen.push(await store.subgraph(id, { hops: 2, limit: 4, weightMin: 0.1 }));
  }
  return seen;
};

/** What each corpus holds, quickly. */
export const glance = async (store: GraphStore): Promise<unknown> => {
  const corpora = await allItems((page) => store.corpora(page));
  const dumps = [];
  for (const { name } of corpora) dumps.push(await dump(store, name));
  return { corpora, dumps };
};
