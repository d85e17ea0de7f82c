import fc from 'fast-check';
import {
  type AssembleRequest,
  type AssembleScene,
  type Assembly,
  assemble,
  type Piece,
} from '../../src/activation/assemble.ts';
import type { SceneId } from '../../src/scene/scene.ts';

const scene = (name: string, score: number, rest: Partial<AssembleScene> = {}): AssembleScene => ({
  id: name as SceneId,
  score,
  whole: 20,
  folded: 5,
  coupled: true,
  motif: null,
  communities: [],
  ...rest,
});

const formsOf = ({ pieces, dropped }: Assembly): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...pieces.flatMap((piece) =>
      piece.form === 'motif'
        ? piece.scenes.map((id) => [id, piece.motif] as const)
        : piece.form === 'community'
          ? piece.scenes.map((id) => [id, piece.community] as const)
          : ([[piece.scene, piece.form]] as const),
    ),
    ...dropped.map(({ scene: id, why }) => [id, why] as const),
  ]);

const NO_MOTIFS = new Map<string, number>();

/** Without communities. */
const assembled = (request: Omit<AssembleRequest, 'communities'>): Assembly =>
  assemble({ ...request, communities: new Map() });

const scenesOf = (piece: Piece): readonly SceneId[] => ('scenes' in piece ? piece.scenes : [piece.scene]);

test('the most activated go in whole into half of the tokens, the next folded, the last are dropped', () => {
  const scenes = [scene('a', 0.1), scene('b', 0.5), scene('c', 0.2), scene('d', 0.05), scene('e', 0.4)];
  const assembly = assembled({ scenes, motifs: NO_MOTIFS, tokens: 52 });
  // 20 of 26 whole, then 5 each, and e whole for 15 more does not fit any more.
  expect(formsOf(assembly)).toEqual({ a: 'folded', b: 'whole', c: 'folded', d: 'folded', e: 'folded' });
  expect(assembly.positions).toBe(40);
  expect(formsOf(assembled({ scenes, motifs: NO_MOTIFS, tokens: 34 }))).toEqual({
    a: 'folded',
    b: 'folded',
    c: 'folded',
    d: 'folded',
    e: 'folded',
  });
  expect(formsOf(assembled({ scenes, motifs: NO_MOTIFS, tokens: 14 }))).toMatchObject({
    b: 'folded',
    e: 'folded',
    c: 'full',
    a: 'full',
    d: 'full',
  });
});

test('what is left over makes whole what was folded, the most activated first', () => {
  const scenes = [scene('a', 0.2), scene('b', 0.5), scene('c', 0.4)];
  expect(formsOf(assembled({ scenes, motifs: NO_MOTIFS, tokens: 45 }))).toEqual({
    a: 'folded',
    b: 'whole',
    c: 'whole',
  });
});

test('a scene that does not fit is passed over', () => {
  const scenes = [scene('long', 0.9, { whole: 90, folded: 30 }), scene('short', 0.1, { whole: 6, folded: 3 })];
  expect(formsOf(assembled({ scenes, motifs: NO_MOTIFS, tokens: 12 }))).toEqual({ long: 'full', short: 'whole' });
});

test('a scene whose text takes no more than it folded is never folded', () => {
  const scenes = [scene('a', 0.9, { whole: 3, folded: 9 }), scene('b', 0.5, { whole: 3, folded: 9 })];
  expect(formsOf(assembled({ scenes, motifs: NO_MOTIFS, tokens: 6 }))).toEqual({ a: 'whole', b: 'whole' });
});

test('where nothing takes less folded, the most activated goes in whole though it takes more than half of the tokens', () => {
  const scenes = [scene('long', 0.9, { whole: 30, folded: 30 }), scene('short', 0.5, { whole: 10, folded: 10 })];
  expect(formsOf(assembled({ scenes, motifs: NO_MOTIFS, tokens: 35 }))).toEqual({ long: 'whole', short: 'full' });
});

test('scenes without a coupling are dropped first, however activated, and kept where there is room for all', () => {
  const scenes = [scene('bare', 0.9, { coupled: false }), scene('a', 0.1), scene('b', 0.05)];
  expect(formsOf(assembled({ scenes, motifs: NO_MOTIFS, tokens: 6 }))).toEqual({
    bare: 'uncoupled',
    a: 'folded',
    b: 'full',
  });
  expect(formsOf(assembled({ scenes, motifs: NO_MOTIFS, tokens: 45 }))).toEqual({
    bare: 'folded',
    a: 'whole',
    b: 'whole',
  });
  expect(formsOf(assembled({ scenes, motifs: NO_MOTIFS, tokens: 60 }))).toEqual({
    bare: 'whole',
    a: 'whole',
    b: 'whole',
  });
});

test('several scenes of a motif that would be folded are one hypertoken, at the place of the first', () => {
  const scenes = [scene('a', 0.2, { motif: 'Δ9:1' }), scene('x', 0.5), scene('b', 0.1, { motif: 'Δ9:1' })];
  const { pieces, positions } = assembled({ scenes, motifs: new Map([['Δ9:1', 1]]), tokens: 20 });
  expect(pieces).toEqual([
    { form: 'motif', motif: 'Δ9:1', scenes: ['a', 'b'], positions: 1 },
    { form: 'folded', scene: 'x', positions: 5 },
  ]);
  expect(positions).toBe(6);
});

test('room that a motif gives back goes to the most activated of those that were passed over', () => {
  const scenes = [
    scene('m', 0.5, { motif: 'Δ9:1', folded: 10 }),
    scene('x', 0.4),
    scene('n', 0.3, { motif: 'Δ9:1', folded: 10 }),
    scene('y', 0.2),
  ];
  expect(formsOf(assembled({ scenes, motifs: new Map([['Δ9:1', 1]]), tokens: 10 }))).toEqual({
    m: 'Δ9:1',
    n: 'Δ9:1',
    x: 'folded',
    y: 'full',
  });
});

test('a single scene of a motif is folded by itself, and so are several where the motif takes more', () => {
  const one = [scene('a', 0.2, { motif: 'Δ9:1' }), scene('x', 0.5)];
  expect(formsOf(assembled({ scenes: one, motifs: new Map([['Δ9:1', 1]]), tokens: 12 }))['a']).toBe('folded');
  const two = [scene('a', 0.2, { motif: 'Δ9:1' }), scene('b', 0.1, { motif: 'Δ9:1' })];
  expect(formsOf(assembled({ scenes: two, motifs: new Map([['Δ9:1', 11]]), tokens: 12 }))).toEqual({
    a: 'folded',
    b: 'folded',
  });
});

test('where not all fit, the least activated are gathered into the communities that hold them, the lowest level first', () => {
  const scenes = [
    ...['a', 'b', 'c', 'd', 'e'].map((name, i) => scene(name, 0.9 - i / 10, { communities: ['Δ20:1', 'Δ30:1'] })),
    scene('f', 0.2, { communities: ['Δ20:2', 'Δ30:1'] }),
    scene('g', 0.1, { communities: ['Δ20:3', 'Δ30:1'] }),
  ];
  const communities = new Map(['Δ20:1', 'Δ20:2', 'Δ20:3', 'Δ30:1'].map((community) => [community, 4]));
  const { pieces, positions, dropped } = assemble({ scenes, motifs: NO_MOTIFS, communities, tokens: 40 });
  expect(pieces).toEqual([
    { form: 'whole', scene: 'a', positions: 20 },
    { form: 'folded', scene: 'b', positions: 5 },
    { form: 'folded', scene: 'c', positions: 5 },
    { form: 'community', community: 'Δ20:1', scenes: ['d', 'e'], positions: 4 },
    { form: 'community', community: 'Δ30:1', scenes: ['f', 'g'], positions: 4 },
  ]);
  expect([positions, dropped]).toEqual([38, []]);
});

test('nothing is gathered into communities where everything fits folded', () => {
  const scenes = [scene('a', 0.9, { communities: ['Δ20:1'] }), scene('b', 0.5, { communities: ['Δ20:1'] })];
  const communities = new Map([['Δ20:1', 1]]);
  expect(formsOf(assemble({ scenes, motifs: NO_MOTIFS, communities, tokens: 10 }))).toEqual({
    a: 'folded',
    b: 'folded',
  });
});

test.each([0, -1, 1.5, Number.NaN, Infinity])('%p tokens are refused', (tokens) => {
  expect(() => assembled({ scenes: [], motifs: NO_MOTIFS, tokens })).toThrow(
    expect.objectContaining({ code: 'BAD_ARGUMENT' }),
  );
});

const MOTIFS = ['Δ9:1', 'Δ9:2'];
const COMMUNITIES = ['Δ20:1', 'Δ20:2', 'Δ30:1'];

const anyRequest: fc.Arbitrary<AssembleRequest> = fc.record({
  tokens: fc.integer({ min: 1, max: 200 }),
  motifs: fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
    .map((positions) => new Map(MOTIFS.map((motif, i) => [motif, positions[i] ?? 1]))),
  communities: fc
    .tuple(fc.constantFrom(...[[], COMMUNITIES, COMMUNITIES.slice(0, 2)]), fc.integer({ min: 1, max: 12 }))
    .map(([held, positions]) => new Map(held.map((community) => [community, positions]))),
  scenes: fc
    .array(
      fc.record({
        score: fc.integer({ min: 1, max: 20 }).map((n) => n / 100),
        whole: fc.integer({ min: 1, max: 40 }),
        folded: fc.integer({ min: 1, max: 12 }),
        coupled: fc.boolean(),
        motif: fc.constantFrom(null, ...MOTIFS),
        communities: fc.constantFrom<readonly string[]>([], ['Δ20:1', 'Δ30:1'], ['Δ20:2', 'Δ30:1'], ['Δ30:1']),
      }),
      { maxLength: 12 },
    )
    // What stands in a motif is coupled.
    .map((rows) =>
      rows.map((row, i) => scene(`s${String(i)}`, row.score, { ...row, coupled: row.coupled || row.motif !== null })),
    ),
});

describe('whatever is asked', () => {
  const holds = (check: (request: AssembleRequest, assembly: Assembly) => void): void =>
    fc.assert(
      fc.property(anyRequest, (request) => check(request, assemble(request))),
      { numRuns: 500 },
    );
  const indexOf = ({ scenes }: AssembleRequest, id: SceneId | undefined): number =>
    scenes.findIndex((each) => each.id === id);

  test('the positions are those of the pieces and never above the tokens', () => {
    holds(({ tokens }, { pieces, positions }) => {
      expect(positions).toBe(pieces.reduce((sum, piece) => sum + piece.positions, 0));
      expect(positions).toBeLessThanOrEqual(tokens);
    });
  });

  test('every scene is whole, folded or dropped, once', () => {
    holds(({ scenes }, { pieces, dropped }) => {
      const placed = pieces.flatMap(scenesOf);
      expect([...placed, ...dropped.map((each) => each.scene)].toSorted()).toEqual(
        scenes.map(({ id }) => id).toSorted(),
      );
    });
  });

  test('pieces stand in the order of the corpus, and so do the scenes of a motif or community', () => {
    holds((request, { pieces }) => {
      const firsts = pieces.map((piece) => indexOf(request, scenesOf(piece)[0]));
      expect(firsts).toEqual(firsts.toSorted((x, y) => x - y));
      for (const piece of pieces)
        if ('scenes' in piece) {
          const places = piece.scenes.map((id) => indexOf(request, id));
          expect(places).toEqual(places.toSorted((x, y) => x - y));
          expect(places.length).toBeGreaterThan(1);
        }
    });
  });

  test('no scene is gathered into a community that does not hold it, and none that carries no coupling', () => {
    holds(({ scenes, communities }, { pieces }) => {
      for (const piece of pieces)
        if (piece.form === 'community') {
          expect(piece.positions).toBe(communities.get(piece.community));
          for (const id of piece.scenes) {
            const of = scenes.find((each) => each.id === id);
            expect([of?.coupled, of?.communities.includes(piece.community)]).toEqual([true, true]);
          }
        }
    });
  });

  test('no community and no motif stands twice', () => {
    holds((_, { pieces }) => {
      const names = pieces.flatMap((piece) =>
        piece.form === 'motif' ? [piece.motif] : piece.form === 'community' ? [piece.community] : [],
      );
      expect(new Set(names).size).toBe(names.length);
    });
  });

  test('no scene without a coupling goes in while one with couplings is dropped', () => {
    holds(({ scenes }, { dropped }) => {
      const out = new Set(dropped.map((each) => each.scene));
      const isCut = scenes.some(({ id, coupled }) => coupled && out.has(id));
      if (isCut) for (const { id, coupled } of scenes) if (!coupled) expect(out).toContain(id);
    });
  });

  test('where there is room for everything, everything is whole', () => {
    holds(({ scenes, motifs, communities }) => {
      const tokens = Math.max(
        1,
        scenes.reduce((sum, { whole }) => sum + whole, 0),
      );
      const { pieces, dropped } = assemble({ scenes, motifs, communities, tokens });
      expect(dropped).toEqual([]);
      for (const { form } of pieces) expect(form).toBe('whole');
    });
  });

  test('of two scenes that take the same and stand in no motif or community, the more activated is never the worse off', () => {
    const LADDER = ['full', 'folded', 'whole'];
    holds(({ scenes }, assembly) => {
      const forms = formsOf(assembly);
      const alone = scenes.filter(
        ({ motif, communities, coupled }) => motif === null && communities.length === 0 && coupled,
      );
      for (const x of alone)
        for (const y of alone)
          if (x.score > y.score && x.whole === y.whole && x.folded === y.folded)
            expect(LADDER.indexOf(forms[x.id] ?? '')).toBeGreaterThanOrEqual(LADDER.indexOf(forms[y.id] ?? ''));
    });
  });

  test('the order of the corpus changes the order of the pieces alone', () => {
    holds((request, assembly) => {
      const turned = assemble({ ...request, scenes: request.scenes.toReversed() });
      expect(formsOf(turned)).toEqual(formsOf(assembly));
    });
  });
});
