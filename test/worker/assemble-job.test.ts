import fc from 'fast-check';
import { FOLDED_RUNGS } from '../../src/activation/fold.ts';
import { poolAlongText } from '../../src/activation/pool.ts';
import { openO200k } from '../../src/model/o200k/open-o200k.ts';
import { counterOf, type Tokenizer } from '../../src/model/tokenizer.ts';
import { LEVEL_MAX } from '../../src/scene/hypertoken.ts';
import { corpusName } from '../../src/scene/name.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import { expandOccurrence } from '../../src/store/expand.ts';
import { pagesOf } from '../../src/store/pages.ts';
import { type AssembledContext, type AssembleJobRequest, assembleContext } from '../../src/worker/assemble-job.ts';
import { contextScenes } from '../../src/worker/context-scenes.ts';
import { sketchDocument } from '../arbitrary/corpus.ts';
import { countingCalls, type OpenStories, openStories } from './open-stories.ts';

let stories: OpenStories;
let tokenizer: Tokenizer;

beforeAll(async () => {
  [stories, tokenizer] = await Promise.all([openStories(), openO200k()]);
});

afterAll(() => stories.close());

const QUERIES = ['тихая тоска перед дождём', 'quiet longing before the rain', 'царь ждёт у двери', 'the black clock'];

const choose = (query: string, rest: Partial<AssembleJobRequest> = {}): Promise<AssembledContext> =>
  assembleContext(
    { ...stories, counter: counterOf(tokenizer) },
    { source: { query }, corpus: stories.corpus, tokens: 300, rung: 'hyperlexeme', labels: 'ru', ...rest },
  );

const idsOf = ({ pieces }: AssembledContext): readonly string[] =>
  pieces.flatMap(({ scenes }) => scenes.map(({ id }) => id));

test('whatever is asked, it never takes more than there is, and every activated scene and each beside it is whole, folded or dropped, once', async () => {
  const property = fc.asyncProperty(
    fc.constantFrom(...QUERIES),
    fc.integer({ min: 1, max: 600 }),
    fc.constantFrom(...FOLDED_RUNGS),
    fc.constantFrom('ru' as const, 'en' as const),
    async (query, tokens, rung, labels) => {
      const context = await choose(query, { tokens, rung, labels });
      expect(context.positions).toBeLessThanOrEqual(tokens);
      expect(context.pieces.reduce((sum, { positions }) => sum + positions, 0)).toBe(context.positions);
      const placed = [...idsOf(context), ...context.dropped.map(({ scene }) => scene.id)];
      const lit = context.activation.scenes.map(({ scene }) => scene.id);
      expect(new Set(placed).size).toBe(placed.length);
      expect(placed).toEqual(expect.arrayContaining(lit));
      const places = new Map(stories.scenes.map((scene) => [scene.id as string, scene]));
      for (const id of placed.filter((each) => !lit.includes(each as SceneId))) {
        const isBeside = context.activation.scenes.slice(0, 16).some(({ scene }) => {
          const { document, position } = places.get(id) ?? scene;
          return document === scene.document && Math.abs(position - scene.position) <= 2;
        });
        expect(isBeside).toBe(true);
      }
      for (const { form, rung: on, text, positions, scenes } of context.pieces) {
        expect(on).toBe(form === 'whole' ? 'text' : rung);
        if (form === 'whole') expect(text).toBe(scenes[0]?.text);
        if (form === 'whole' || rung === 'hyperlexeme') expect(positions).toBe(tokenizer.count(text));
        if (form !== 'whole' && (rung === 'occurrence' || rung === 'code')) expect(positions).toBe(1);
        expect(scenes.length > 1).toBe(form === 'motif' || form === 'community');
      }
    },
  );
  await fc.assert(property, { numRuns: 40 });
});

test.each(QUERIES)(
  'the most activated go in whole, less activated ones folded, in the order of the corpus (%s)',
  async (query) => {
    const context = await choose(query);
    const lit = new Map(context.activation.scenes.map((each) => [each.scene.id, each.score]));
    const score: ReadonlyMap<string, number> = poolAlongText(
      stories.scenes.map(({ id, document, position }) => ({ id, document, position, score: lit.get(id) ?? 0 })),
    );
    const mean = (ids: readonly string[]): number =>
      ids.reduce((sum, id) => sum + (score.get(id) ?? 0), 0) / ids.length;
    const scenesOf = (isWanted: (form: string) => boolean): readonly string[] =>
      context.pieces.filter(({ form }) => isWanted(form)).flatMap(({ scenes }) => scenes.map(({ id }) => id));
    const [whole, folded] = [scenesOf((form) => form === 'whole'), scenesOf((form) => form !== 'whole')];
    const dropped = context.dropped.map(({ scene }) => scene.id as string);
    expect(mean(whole)).toBeGreaterThan(mean([...folded, ...dropped]));
    expect(mean([...whole, ...folded])).toBeGreaterThan(mean(dropped));
    const order = new Map(stories.scenes.map(({ id }, i) => [id as string, i]));
    const firsts = context.pieces.map(({ scenes: [first] }) => order.get(first?.id ?? '') ?? -1);
    expect(firsts).toEqual(firsts.toSorted((x, y) => x - y));
  },
);

test('several scenes of one motif are one hypertoken, which expands back to them', async () => {
  const { pieces } = await choose('царь ждёт у двери', { rung: 'occurrence', tokens: 100 });
  const motifs = pieces.filter(({ form }) => form === 'motif');
  expect(motifs.length).toBeGreaterThan(3);
  for (const { occurrence, scenes, text } of motifs) {
    expect(text).toBe(`Δ${occurrence.code}:${occurrence.ordinal}`);
    const expansion = await expandOccurrence(stories.store, occurrence);
    const held = expansion.scenes.items.map(({ item }) => item.id);
    expect(held).toEqual(expect.arrayContaining(scenes.map(({ id }) => id)));
  }
  // No motif twice, and no scene of it beside it but whole.
  expect(new Set(motifs.map(({ text }) => text)).size).toBe(motifs.length);
});

const highestLevel = async ({ store, corpus }: OpenStories): Promise<number> =>
  (await store.occurrences({ corpus, level: LEVEL_MAX }, { first: 1 })).items[0]?.item.level ?? 0;

test.each([
  ['царь ждёт у двери', 'hyperlexeme'],
  ['the black clock', 'hyperlexeme'],
] as const)(
  'where not all fit, the least activated are one hypertoken of their community, which expands back to them (%s)',
  async (query, rung) => {
    const { pieces } = await choose(query, { rung, tokens: 150 });
    const communities = pieces.filter(({ form }) => form === 'community');
    expect(communities.length).toBeGreaterThan(0);
    for (const { occurrence, scenes } of communities) {
      const [stored] = await stories.store.occurrencesByRef([occurrence]);
      expect(stored?.level).toBeGreaterThan(1);
      const parts = await Array.fromAsync(pagesOf((request) => stories.store.parts(occurrence, request), undefined));
      const held = parts.flat().map(({ first }) => first);
      expect(held).toEqual(expect.arrayContaining(scenes.map(({ id }) => id)));
    }
    // Where everything fits, nothing is gathered.
    const all = await choose(query, { rung: 'occurrence', tokens: 2000 });
    expect(all.pieces.filter(({ form }) => form === 'community')).toEqual([]);
  },
);

test('what stands between two activated scenes comes before what is activated less, though it answers nothing itself', async () => {
  const corpus = corpusName('печи');
  const silent = (text: string) => ({ text });
  await stories.write(
    sketchDocument(corpus, 'а', [
      silent('Кочерга упала.'),
      silent('Никто не заметил.'),
      silent('Кочерга звенела.'),
      ...Array.from({ length: 8 }, (_, i) => silent(`Прошёл день ${String(i)}.`)),
    ]),
  );
  const { pieces } = await choose('кочерга', { corpus, tokens: 24 });
  const whole = pieces.filter(({ form }) => form === 'whole').map(({ text }) => text);
  expect(whole.slice(0, 3)).toEqual(['Кочерга упала.', 'Никто не заметил.', 'Кочерга звенела.']);
});

test('more tokens never leave less in', async () => {
  const kept = [];
  for (const tokens of [50, 100, 200, 400, 800]) kept.push(idsOf(await choose('страх смерти', { tokens })).length);
  expect(kept).toEqual(kept.toSorted((x, y) => x - y));
  expect(kept.at(-1)).toBeGreaterThan(kept[0] ?? 0);
});

test('what carries no coupling is dropped first, however well it answers; documents stand in the order in which they came', async () => {
  const corpus = corpusName('дожди');
  const rain = { text: 'Шёл дождь и дождь.', agent: 'анна', tension: 'longing', context: ['дождь'] };
  await stories.write(sketchDocument(corpus, 'яблоня', [rain, { text: 'Анна ждала дождя.', agent: 'анна' }]));
  await stories.write(sketchDocument(corpus, 'берёза', [{ text: 'Анна и дождь.', agent: 'анна', tension: 'longing' }]));
  await stories.write(sketchDocument(corpus, 'азбука', [{ text: 'Гроза.' }]));
  const all = await choose('дождь и гроза', { corpus, tokens: 500 });
  expect(all.pieces.map(({ form, text }) => [form, text])).toEqual([
    ['whole', 'Шёл дождь и дождь.'],
    ['whole', 'Анна ждала дождя.'],
    ['whole', 'Анна и дождь.'],
    ['whole', 'Гроза.'],
  ]);
  // That Анна waits follows what was before and is coupled with it by nothing else; that she acts in every scene says nothing.
  const candidates = await contextScenes(stories.store, all.activation);
  const bare = candidates.filter(({ coupled }) => !coupled).map(({ scene }) => scene);
  expect(bare.map(({ text }) => text).toSorted()).toEqual(['Анна ждала дождя.', 'Гроза.']);
  const positions = [0, 2].reduce((sum, i) => sum + (all.pieces[i]?.positions ?? 0), 0);
  const few = await choose('дождь и гроза', { corpus, tokens: positions });
  expect(few.dropped.map(({ scene, why }) => [scene.text, why])).toEqual([
    ['Анна ждала дождя.', 'uncoupled'],
    ['Гроза.', 'uncoupled'],
  ]);
  expect(few.pieces.map(({ text }) => text)).toEqual(['Шёл дождь и дождь.', 'Анна и дождь.']);
});

test('the store is asked a number of times that grows with the levels alone, and once for the documents', async () => {
  const { store, calls } = countingCalls(stories.store);
  await assembleContext(
    { ...stories, store, counter: counterOf(tokenizer) },
    { source: { query: 'the black clock' }, corpus: stories.corpus, tokens: 300, rung: 'code', labels: 'en' },
  );
  const names = ['scenesInRanges', 'motifsOfScenes', 'occurrencesByRef', 'hypertokensByCode', 'documents'];
  expect(names.map((name) => calls.get(name))).toEqual([1, 1, 1, 1, 1]);
  // Of the activated scenes, and of those beside them.
  expect(calls.get('couplingsOf')).toBe(2);
  expect(calls.get('holdersOf')).toBeLessThanOrEqual(await highestLevel(stories));
});

test.each([0, -5, 2.5])('%p tokens are refused before anything is read', async (tokens) => {
  const before = stories.store.statistics().reads;
  await expect(choose('царь', { tokens })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  expect(stories.store.statistics().reads).toBe(before);
});

test('where nothing lights up, nothing is put in', async () => {
  expect(await choose('бегемот')).toMatchObject({ positions: 0, pieces: [], dropped: [] });
});
