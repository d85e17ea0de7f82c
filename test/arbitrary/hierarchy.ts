import fc from 'fast-check';
import { digestOf } from '../../src/scene/digest.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import type { CollapseGroup, CommunityGroup, CommunityPart, StoredScene } from '../../src/store/graph-store.ts';

/** What is collapsed into what, over scenes told by their positions. */
export interface HierarchyChoice {
  /** All positions, in the order in which they are put together. */
  readonly order: readonly number[];
  /** Of each level, from 1, how many neighbours are made one, over and over; 1 leaves a part to rise. */
  readonly sizes: readonly (readonly number[])[];
}

export const anyHierarchy = (scenes: number): fc.Arbitrary<HierarchyChoice> => {
  const positions = Array.from({ length: scenes }, (_, i) => i);
  const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
  return fc.record({
    order: fc.shuffledSubarray(positions, { minLength: scenes }),
    sizes: fc.array(sizes, { minLength: 1, maxLength: 4 }),
  });
};

export interface Hierarchy {
  readonly groups: readonly CollapseGroup[];
  readonly communities: readonly (readonly CommunityGroup[])[];
  /** The scenes of each group and community in order. */
  readonly held: readonly { readonly level: number; readonly scenes: readonly SceneId[] }[];
}

interface Part {
  readonly part: CommunityPart;
  readonly scenes: readonly SceneId[];
}

/** A collapse as the store takes it; all of one level and size have one form, so that codes recur. */
export const hierarchyOf = (scenes: readonly StoredScene[], { order, sizes }: HierarchyChoice): Hierarchy => {
  let parts: readonly Part[] = order.map((position) => {
    const id = scenes[position]?.id as SceneId;
    return { part: id, scenes: [id] };
  });
  const levels = sizes.map((own, i) => {
    const level = i + 1;
    const cut = cutUp(parts, own);
    const joined = cut.filter(({ length }) => length > 1);
    parts = cut.map((some) => {
      const group = joined.indexOf(some);
      return group < 0 ? (some[0] as Part) : { part: { level, group }, scenes: some.flatMap((one) => one.scenes) };
    });
    return joined;
  });
  const [motifs = [], ...above] = levels;
  const formOf = (level: number, some: readonly Part[]) => {
    const form = `${level}: ${some.map((one) => one.scenes.length).join(' ')}`;
    return { form, digest: digestOf('test hierarchy', form), figures: [] };
  };
  return {
    groups: motifs.map((some) => ({ ...formOf(1, some), scenes: some.flatMap((one) => one.scenes), bindings: [] })),
    communities: above.map((some, i) =>
      some.map((one) => ({ ...formOf(i + 2, one), parts: one.map(({ part }) => part) })),
    ),
    held: levels.flatMap((some, i) =>
      some.map((one) => ({ level: i + 1, scenes: one.flatMap((part) => part.scenes) })),
    ),
  };
};

const cutUp = (parts: readonly Part[], sizes: readonly number[]): readonly (readonly Part[])[] => {
  const cut: (readonly Part[])[] = [];
  for (let from = 0, i = 0; from < parts.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    cut.push(parts.slice(from, from + size));
    from += size;
  }
  return cut;
};
