import fc from 'fast-check';
import { FOLDED_RUNGS } from '../../src/activation/fold.ts';
import { openO200k } from '../../src/model/o200k/open-o200k.ts';
import type { Tokenizer } from '../../src/model/tokenizer.ts';
import { corpusName } from '../../src/scene/name.ts';
import { expandOccurrence } from '../../src/store/expand.ts';
import { type AssembledContext, type AssembleJobRequest, assembleContext } from '../../src/worker/assemble-job.ts';
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
    { ...stories, tokenizer },
    { source: { query }, corpus: stories.corpus, tokens: 300, rung: 'hyperlexeme', labels: 'ru', ...rest },
  );

const idsOf = ({ pieces }: AssembledContext): readonly string[] =>
  pieces.flatMap(({ scenes }) => scenes.map(({ id }) => id));

test('whatever is asked, it never takes more than there is, and every activated scene is whole, folded or dropped', async () => {
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
      expect(placed.toSorted()).toEqual(context.activation.scenes.map(({ scene }) => scene.id).toSorted());
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
    const score = new Map(context.activation.scenes.map((each) => [each.scene.id as string, each.score]));
    const mean = (form: string): number => {
      const ids = context.pieces
        .filter((piece) => piece.form === form)
        .flatMap(({ scenes }) => scenes.map(({ id }) => id));
      return ids.reduce((sum, id) => sum + (score.get(id) ?? 0), 0) / ids.length;
    };
    expect(mean('whole')).toBeGreaterThan(mean('folded'));
    const dropped = context.dropped.map(({ scene }) => score.get(scene.id) ?? 0);
    expect(mean('folded')).toBeGreaterThan(dropped.reduce((sum, n) => sum + n, 0) / dropped.length);
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
  const bare = all.activation.scenes.find(({ coupled }) => !coupled);
  expect(bare?.scene.text).toBe('Гроза.');
  const { positions } = all;
  const few = await choose('дождь и гроза', { corpus, tokens: positions - (all.pieces.at(-1)?.positions ?? 0) });
  expect(few.dropped).toContainEqual({ scene: bare?.scene, why: 'uncoupled' });
  expect(few.pieces).toHaveLength(3);
});

test('the store is asked three times beside what activation asks, and once for the documents', async () => {
  const { store, calls } = countingCalls(stories.store);
  await assembleContext(
    { ...stories, store, tokenizer },
    { source: { query: 'the black clock' }, corpus: stories.corpus, tokens: 300, rung: 'code', labels: 'en' },
  );
  const counts = ['motifsOfScenes', 'occurrencesByRef', 'hypertokensByCode', 'documents'].map((name) =>
    calls.get(name),
  );
  expect(counts).toEqual([1, 1, 1, 1]);
});

test.each([0, -5, 2.5])('%p tokens are refused before anything is read', async (tokens) => {
  const before = stories.store.statistics().reads;
  await expect(choose('царь', { tokens })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  expect(stories.store.statistics().reads).toBe(before);
});

test('where nothing lights up, nothing is put in', async () => {
  expect(await choose('бегемот')).toMatchObject({ positions: 0, pieces: [], dropped: [] });
});
