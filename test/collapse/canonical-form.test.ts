import fc from 'fast-check';
import { canonicalForm, type Motif } from '../../src/collapse/canonical-form.ts';

const LABELS = ['threshold.silence.restraint', 'none.none.none', 'road.cold.none'];

const anyMotif = (max = 5): fc.Arbitrary<Motif> =>
  fc
    .array(fc.record({ label: fc.constantFrom(...LABELS), agent: fc.integer({ min: -1, max: 2 }) }), {
      minLength: 1,
      maxLength: max,
    })
    .chain((nodes) => {
      const pairs = nodes.flatMap((_, x) => nodes.slice(0, x).map((_, y) => ({ x, y })));
      return fc
        .array(fc.option(fc.constantFrom('sequence', 'agent,context')), {
          minLength: pairs.length,
          maxLength: pairs.length,
        })
        .map((labels) => ({
          nodes,
          edges: pairs.flatMap((pair, i) => (labels[i] ? [{ ...pair, label: labels[i] }] : [])),
        }));
    });

const permutations = (n: number): number[][] =>
  n === 0 ? [[]] : permutations(n - 1).flatMap((p) => Array.from({ length: n }, (_, i) => p.toSpliced(i, 0, n - 1)));

/** Node i of the motif becomes node `to[i]`, agents are renamed and edges turned round. */
const renamed = ({ nodes, edges }: Motif, to: readonly number[]): Motif => ({
  nodes: nodes.map((_, place) => {
    const node = nodes[to.indexOf(place)];
    if (node === undefined) throw new Error('not a permutation');
    return { label: node.label, agent: node.agent < 0 ? -1 : 7 - node.agent };
  }),
  edges: edges.toReversed().map(({ x, y, label }) => ({ x: to[y] ?? 0, y: to[x] ?? 0, label })),
});

/** Isomorphism by trying everything: the specification. */
const isomorphic = (m: Motif, n: Motif): boolean => {
  const label = ({ edges }: Motif, x: number, y: number) =>
    edges.find((edge) => (edge.x === x && edge.y === y) || (edge.x === y && edge.y === x))?.label;
  return (
    m.nodes.length === n.nodes.length &&
    permutations(m.nodes.length).some((to) =>
      m.nodes.every((node, i) => {
        const image = n.nodes[to[i] ?? 0];
        return (
          node.label === image?.label &&
          node.agent < 0 === image.agent < 0 &&
          m.nodes.every((other, j) => {
            const otherImage = n.nodes[to[j] ?? 0];
            return (
              label(m, i, j) === label(n, to[i] ?? 0, to[j] ?? 0) &&
              (node.agent < 0 || (node.agent === other.agent) === (image.agent === otherImage?.agent))
            );
          })
        );
      }),
    )
  );
};

test('renumbered scenes and renamed agents have the same form', () => {
  fc.assert(
    fc.property(
      anyMotif(6).chain((motif) =>
        fc.tuple(
          fc.constant(motif),
          fc.shuffledSubarray(
            motif.nodes.map((_, i) => i),
            { minLength: motif.nodes.length },
          ),
        ),
      ),
      ([motif, to]) => expect(canonicalForm(renamed(motif, to)).form).toBe(canonicalForm(motif).form),
    ),
  );
});

test('two motifs have one form exactly when they are isomorphic', () => {
  fc.assert(
    fc.property(anyMotif(4), anyMotif(4), (m, n) => {
      expect(canonicalForm(m).form === canonicalForm(n).form).toBe(isomorphic(m, n));
    }),
    { numRuns: 500 },
  );
});

test('one changed agent, figure or coupling gives another form unless the motifs are isomorphic', () => {
  fc.assert(
    fc.property(anyMotif(4), fc.nat(3), fc.integer({ min: -1, max: 2 }), (motif, node, agent) => {
      const changed = { ...motif, nodes: motif.nodes.map((old, i) => (i === node ? { ...old, agent } : old)) };
      expect(canonicalForm(motif).form === canonicalForm(changed).form).toBe(isomorphic(motif, changed));
    }),
    { numRuns: 500 },
  );
});

test('the form and its order never change', () => {
  const motif: Motif = {
    nodes: [
      { label: 'road.cold.none', agent: 4 },
      { label: 'none.none.none', agent: 4 },
      { label: 'none.none.none', agent: -1 },
    ],
    edges: [
      { x: 0, y: 1, label: 'agent,sequence' },
      { x: 1, y: 2, label: 'context' },
    ],
  };
  // A release that changed this would give every stored motif a new code.
  expect(canonicalForm(motif)).toEqual({
    form: 'none.none.none none.none.none@0 road.cold.none@0 | 0-1:context 1-2:agent,sequence',
    order: [2, 1, 0],
  });
});

test('six equal scenes, each coupled with each, have a form', () => {
  const nodes = Array.from({ length: 6 }, () => ({ label: 'none.none.none', agent: -1 }));
  const edges = nodes.flatMap((_, x) => nodes.slice(0, x).map((_, y) => ({ x, y, label: 'context' })));
  expect(canonicalForm({ nodes, edges }).order).toEqual([0, 1, 2, 3, 4, 5]);
});
