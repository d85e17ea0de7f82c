import fc from 'fast-check';
import { inTextOrder, ViewFormBuilder, type ViewScene } from '../../src/collapse/view-form.ts';
import type { FigureKey } from '../../src/scene/figure.ts';
import type { DocumentId, SceneId } from '../../src/scene/scene.ts';

const FIGURES: readonly FigureKey[] = ['threshold.silence.restraint', 'none.cold.fear', 'none.none.none'];

type Pair = readonly [number, number];

const scene = (i: number, figure: FigureKey, name = ''): ViewScene => ({
  id: `${name}scene ${String(i).padStart(3, '0')}` as SceneId,
  document: `${name}document ${i % 3}` as DocumentId,
  position: Math.floor(i / 3),
  figure,
});

const formOf = (scenes: readonly ViewScene[], pairs: readonly (readonly [SceneId, SceneId])[]) => {
  const builder = new ViewFormBuilder(inTextOrder(scenes));
  for (const { id } of scenes) {
    const others = pairs.flatMap(([a, b]) => (a === id ? [b] : b === id ? [a] : []));
    builder.addNeighbours(id, [...others, 'a scene elsewhere' as SceneId]);
  }
  return builder.build();
};

const anyView = fc.array(fc.constantFrom(...FIGURES), { minLength: 1, maxLength: 9 }).chain((figures) => {
  const all = figures.flatMap((_, y) => figures.slice(0, y).map((__, x): Pair => [x, y]));
  return fc.record({ figures: fc.constant(figures), pairs: fc.subarray(all) });
});

const idPairs = (scenes: readonly ViewScene[], pairs: readonly Pair[]) =>
  pairs.map(([x, y]) => [scenes[x]?.id, scenes[y]?.id] as [SceneId, SceneId]);

test('a form does not depend on how scenes and couplings were found, nor on texts', () => {
  const property = fc.property(anyView, fc.infiniteStream(fc.nat()), ({ figures, pairs }, numbers) => {
    const scenes = figures.map((figure, i) => scene(i, figure));
    const form = formOf(scenes, idPairs(scenes, pairs));
    const shuffled = scenes.map((one) => ({ one, by: numbers.next().value ?? 0 })).sort((x, y) => x.by - y.by);
    const turned = pairs.toReversed().map(([x, y]) => [y, x] as const);
    expect(
      formOf(
        shuffled.map(({ one }) => one),
        idPairs(scenes, turned),
      ),
    ).toEqual(form);
    const others = figures.map((figure, i) => scene(i, figure, 'other '));
    expect(formOf(others, idPairs(others, pairs))).toEqual(form);
  });
  fc.assert(property, { numRuns: 200 });
});

test('two forms are equal exactly when figures and couplings are, in the order of the text', () => {
  // One scene a document, so that places are numbers.
  const place = (figures: readonly FigureKey[]) =>
    figures.map((figure, i) => ({ ...scene(i, figure), document: 'one' as DocumentId, position: i }));
  const property = fc.property(anyView, anyView, (x, y) => {
    const [left, right] = [place(x.figures), place(y.figures)];
    const text = ({ figures, pairs }: typeof x) =>
      JSON.stringify([figures, pairs.map(String).toSorted((a, b) => (a < b ? -1 : 1))]);
    const [one, other] = [formOf(left, idPairs(left, x.pairs)), formOf(right, idPairs(right, y.pairs))];
    expect(one.form === other.form).toBe(text(x) === text(y));
    expect(one.digest === other.digest).toBe(text(x) === text(y));
  });
  fc.assert(property, { numRuns: 500 });
});

test('is what it always was: stored graphs and exports hold it', () => {
  const scenes = [0, 1, 2].map((i) => scene(i, FIGURES[i] as FigureKey));
  expect(
    formOf(
      scenes,
      idPairs(scenes, [
        [0, 2],
        [0, 1],
      ]),
    ),
  ).toEqual({
    form: 'f5f5c97bb2c536452ab0d70e69be70d0 8628659c2055fc6e9e81d0610bdff550 5f88c380d4234951e2b98e74cf7299a9 | 0-1 0-2',
    digest: '2afcb09a213463ccec6b9906699feb8c',
    figures: ['none.cold.fear', 'threshold.silence.restraint'],
  });
});
