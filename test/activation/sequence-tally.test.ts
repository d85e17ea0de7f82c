import fc from 'fast-check';
import { SequenceTally, type TalliedScene } from '../../src/activation/sequence-tally.ts';
import type { Facet } from '../../src/scene/facet.ts';
import { figureKey, figureOf } from '../../src/scene/figure.ts';
import { morphemes } from '../../src/scene/hyperlexeme.ts';
import type { Language, Scene } from '../../src/scene/scene.ts';
import { anyScene } from '../arbitrary/scene.ts';

/** Words, as positions go here. */
const words = async (texts: readonly string[]): Promise<readonly number[]> =>
  texts.map((text) => text.split(/\s+/u).length);

const facet = (key: string): Facet => ({ key, start: 0, end: 1, confidence: 0.9, by: 'word' });

const sceneOf = (position: number, text: string, lang: Language, of: Partial<Scene> = {}): Scene => ({
  id: `${lang} ${position}` as Scene['id'],
  position,
  kind: 'scene',
  start: 0,
  end: text.length,
  text,
  lang,
  agent: null,
  tension: null,
  context: [],
  atmosphere: null,
  archetype: null,
  ...of,
});

const at = (scene: Scene, ...places: readonly (readonly [level: number, isFirst: boolean])[]): TalliedScene => ({
  scene,
  levels: places.map(([level]) => ({ level })),
  firsts: places.map(([, isFirst]) => isFirst),
});

/** Two documents: in the Russian one a motif of two scenes and one that rises alone, in the English one two half-scenes of one sentence. */
const threshold = { archetype: facet('threshold'), tension: facet('restraint') };
const CORPUS: readonly TalliedScene[] = [
  at(sceneOf(0, 'Он стоял у двери.', 'ru', threshold), [1, true], [2, true]),
  at(sceneOf(1, 'Тихо.', 'ru'), [2, false]),
  at(sceneOf(2, 'Он молчал.', 'ru', threshold), [1, false], [2, false]),
  at(sceneOf(0, 'The girl came in,', 'en', { kind: 'half', archetype: facet('threshold') }), [2, false]),
  at(sceneOf(1, 'and the candle went out.', 'en', { kind: 'half' }), [2, false]),
];
/** A motif of two figures, a community of four parts. */
const REGISTRY = new Map([
  [1, { codes: 1, parts: 2 }],
  [2, { codes: 1, parts: 4 }],
]);

const tallyOf = async (scenes: readonly TalliedScene[], page = scenes.length): Promise<SequenceTally> => {
  const tally = new SequenceTally('en', words);
  for (let from = 0; from < scenes.length; from += page) await tally.add(scenes.slice(from, from + page));
  return tally;
};

test('a corpus of five scenes in two languages, counted by hand', async () => {
  const tally = await tallyOf(CORPUS);
  await tally.end();
  const { languages, levels, rungs, ...all } = tally.statistics(REGISTRY);
  // Δ of threshold and restraint twice, of the threshold once, Δ0 in both languages.
  expect(all).toEqual({
    scenes: 5,
    withoutFigure: 2,
    withoutFigureShare: 0.4,
    codes: 3,
    typeTokenRatio: 0.6,
    counted: 5,
    textTokens: 4 + 1 + 2 + 4 + 5,
  });
  const [ru, en] = languages;
  expect(ru).toMatchObject({ lang: 'ru', scenes: 3, withoutFigure: 1, codes: 2, textTokens: 7, halves: null });
  expect(ru?.sentences).toEqual({ count: 3, total: 7, mean: 7 / 3, median: 2, p90: 4, max: 4 });
  expect(en).toMatchObject({ lang: 'en', scenes: 2, withoutFigure: 1, codes: 2, textTokens: 9 });
  expect(en?.sentences).toEqual({ count: 1, total: 9, mean: 9, median: 9, p90: 9, max: 9 });
  expect(en?.halves).toEqual({ count: 2, total: 9, mean: 4.5, median: 4, p90: 5, max: 5 });
  expect(ru?.levels.map(({ positions }) => positions)).toEqual([3, 2, 1]);
  // The community of both begins in Russian and counts there.
  expect(en?.levels).toEqual([
    { level: 0, positions: 2, compression: 4.5 },
    { level: 1, positions: 2, compression: 4.5 },
    { level: 2, positions: 0, compression: null },
  ]);
  expect(levels).toEqual([
    // Two morphemes, one, and one for Δ0.
    levelOf({ level: 0, positions: 5, occurrences: 5, codes: 3, registryCodes: 3, registryPositions: 4 }),
    levelOf({ level: 1, positions: 4, occurrences: 1, codes: 1, registryCodes: 4, registryPositions: 6 }),
    levelOf({ level: 2, positions: 1, occurrences: 1, codes: 1, registryCodes: 5, registryPositions: 10 }),
  ]);
  expect(rungs?.map(({ lang, kind, scenes, positions }) => [lang, kind, scenes, positions.text.total])).toEqual([
    ['ru', 'scene', 3, 7],
    ['en', 'half', 2, 9],
  ]);
});

const levelOf = (of: {
  readonly level: number;
  readonly positions: number;
  readonly occurrences: number;
  readonly codes: number;
  readonly registryCodes: number;
  readonly registryPositions: number;
}) => ({
  ...of,
  typeTokenRatio: of.codes / of.occurrences,
  compression: 16 / of.positions,
  compressionWithRegistry: 16 / (of.positions + of.registryPositions),
});

test('without a tokenizer codes and levels are told, and nothing of text', async () => {
  const tally = new SequenceTally('ru', null);
  await tally.add(CORPUS);
  await tally.end();
  const { textTokens, counted, rungs, languages, levels, codes } = tally.statistics(REGISTRY);
  expect([textTokens, counted, rungs, codes]).toEqual([null, 0, null, 3]);
  for (const { sentences, halves } of languages) expect([sentences, halves]).toEqual([null, null]);
  expect(levels.map(({ positions, compression }) => [positions, compression])).toEqual([
    [5, null],
    [4, null],
    [1, null],
  ]);
});

test('of nothing it says nothing', async () => {
  const tally = await tallyOf([]);
  await tally.end();
  expect(tally.statistics(new Map())).toMatchObject({
    scenes: 0,
    withoutFigureShare: null,
    typeTokenRatio: null,
    textTokens: null,
    languages: [],
    levels: [],
    rungs: [],
  });
});

test('of a sample texts are those of some scenes, always the same, and all else is of all', async () => {
  const anyId = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 });
  const anyScenes = fc.array(
    fc.tuple(anyScene, anyId).map(([scene, id]) => at({ ...scene, id: id as Scene['id'], kind: 'scene' })),
  );
  await fc.assert(
    fc.asyncProperty(anyScenes, fc.double({ min: 0, max: 1, noNaN: true }), async (scenes, share) => {
      const drawn = scenes.filter(
        ({ scene }) => share >= 1 || Number.parseInt(scene.id.slice(0, 8), 16) / 2 ** 32 < share,
      );
      const sample = new SequenceTally('en', words, share);
      await sample.add(scenes);
      const { languages, levels, rungs, counted, withoutFigure, codes } = sample.statistics(new Map());
      const whole = (await tallyOf(scenes)).statistics(new Map());
      const ofDrawn = (await tallyOf(drawn)).statistics(new Map());
      expect([withoutFigure, codes]).toEqual([whole.withoutFigure, whole.codes]);
      expect(levels.map(({ positions }) => positions)).toEqual(whole.levels.map(({ positions }) => positions));
      expect([counted, rungs]).toEqual([drawn.length, ofDrawn.rungs]);
      for (const { lang, scenes: n, counted: some, textTokens, sentences } of languages) {
        const own = ofDrawn.languages.find((one) => one.lang === lang);
        expect(sentences).toEqual(own?.sentences ?? null);
        expect(textTokens).toBe(own === undefined ? null : Math.round(((own.textTokens ?? 0) * n) / some));
      }
    }),
  );
});

test('of a language of which no scene was drawn nothing of its texts is told, and in the sum it is taken to be like the other', async () => {
  const ids = ['0', 'f', 'f'].map((digit) => digit.repeat(32) as Scene['id']);
  const texts = [
    ['ru', 'Он стоял у двери.'],
    ['ru', 'Тихо.'],
    ['en', 'The girl came in.'],
  ] as const;
  const scenes = texts.map(([lang, text], i) => at(sceneOf(i, text, lang, { id: ids[i] as Scene['id'] })));
  const sample = new SequenceTally('en', words, 0.5);
  await sample.add(scenes);
  await sample.end();
  const { languages, textTokens, counted, levels } = sample.statistics(new Map());
  expect([counted, textTokens]).toEqual([1, 12]);
  expect(levels).toMatchObject([{ positions: 3, compression: 4 }]);
  expect(languages).toMatchObject([
    { lang: 'ru', scenes: 2, counted: 1, textTokens: 8, levels: [{ positions: 2, compression: 4 }] },
    { lang: 'en', scenes: 1, counted: 0, textTokens: null, levels: [{ positions: 1, compression: null }] },
  ]);
});

/** Scenes whose occurrences are groups of a random partition, level upon level. */
const anyPlacedScenes: fc.Arbitrary<readonly TalliedScene[]> = fc
  .array(anyScene, { minLength: 1, maxLength: 30 })
  .chain((scenes) =>
    fc
      .array(fc.array(fc.nat(5), { minLength: scenes.length, maxLength: scenes.length }), { maxLength: 4 })
      .map((partitions) => placed(scenes, partitions)),
  );

/** A group of one is no occurrence: what it holds rises alone. */
const placed = (scenes: readonly Scene[], partitions: readonly (readonly number[])[]): readonly TalliedScene[] => {
  let unit = scenes.map((_, i) => `${i}`);
  const places: { level: number; of: string }[][] = scenes.map(() => []);
  for (const [i, groups] of partitions.entries()) {
    // What was together stays so: the group of a unit is that of its first scene.
    const groupOf = unit.map((of) => groups[unit.indexOf(of)] ?? 0);
    const next = unit.map((of, s) => {
      const isAlone = new Set(unit.filter((_, t) => groupOf[t] === groupOf[s])).size === 1;
      return isAlone ? of : `${i + 1}:${groupOf[s]}`;
    });
    for (const [s, of] of next.entries()) if (of !== unit[s]) places[s]?.push({ level: i + 1, of });
    unit = next;
  }
  const seen = new Set<string>();
  return scenes.map((scene, s) => {
    const own = places[s] ?? [];
    const firsts = own.map(({ of }) => !seen.has(of));
    for (const { of } of own) seen.add(of);
    return { scene, levels: own, firsts };
  });
};

test('each level has as many positions as occurrences make it up', async () => {
  await fc.assert(
    fc.asyncProperty(anyPlacedScenes, async (scenes) => {
      const { levels } = (await tallyOf(scenes)).statistics(new Map());
      const places = scenes.map(
        ({ levels: own }, s) => [{ level: 0, of: `${s}` }, ...own] as { level: number; of: string }[],
      );
      const expected = levels.map(
        ({ level }) => new Set(places.map((own) => own.findLast((p) => p.level <= level)?.of)).size,
      );
      expect(levels.map(({ positions }) => positions)).toEqual(expected);
      const figures = new Map(scenes.map(({ scene }) => [figureKey(figureOf(scene)), figureOf(scene)]));
      const told = [...figures.values()].reduce((sum, figure) => sum + Math.max(1, morphemes(figure, 'ru').length), 0);
      expect(levels[0]).toMatchObject({ codes: figures.size, registryPositions: told });
    }),
  );
});

test('pages and order change nothing but where half-scenes are put together, and a state goes on as it was', async () => {
  await fc.assert(
    fc.asyncProperty(anyPlacedScenes, fc.integer({ min: 1, max: 7 }), fc.nat(), async (scenes, page, cut) => {
      const whole = await tallyOf(scenes);
      const [head, tail] = [scenes.slice(0, cut % scenes.length), scenes.slice(cut % scenes.length)];
      const goneOn = new SequenceTally('en', words);
      goneOn.restore(JSON.parse(JSON.stringify((await tallyOf(head, page)).state)));
      for (const scene of tail) await goneOn.add([scene]);
      const turned = await tallyOf(scenes.toReversed());
      for (const tally of [whole, goneOn, turned]) await tally.end();
      expect(goneOn.statistics(new Map())).toEqual(whole.statistics(new Map()));
      const sentences = expect.anything();
      const anyJoined = ({ languages, ...rest }: ReturnType<SequenceTally['statistics']>) => ({
        ...rest,
        languages: languages.map((one) => ({ ...one, sentences: one.sentences === null ? null : sentences })),
      });
      expect(turned.statistics(new Map())).toEqual(anyJoined(whole.statistics(new Map())));
    }),
  );
});
