import fc from 'fast-check';
import { gather } from '../../src/collapse/gather-edges.ts';

const anyEdges = fc.integer({ min: 1, max: 12 }).chain((nodes) =>
  fc.record({
    edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.double({ min: 0.01, max: 1, noNaN: true })), {
      maxLength: 60,
    }),
    unitOf: fc.array(fc.nat(5), { minLength: nodes, maxLength: nodes }),
  }),
);

type Given = readonly (readonly [number, number, number])[];

const columns = (edges: Given) => ({
  edgeX: Int32Array.from(edges, ([x]) => x),
  edgeY: Int32Array.from(edges, ([, y]) => y),
  weightOf: Float64Array.from(edges, ([, , weight]) => weight),
});

test('each pair of units stands once, in order, with the weight of all that joins it', () => {
  fc.assert(
    fc.property(anyEdges, ({ edges, unitOf }) => {
      const { edgeX, edgeY, weightOf } = gather(columns(edges), Int32Array.from(unitOf), 6);
      const expected = new Map<string, number>();
      for (const [x, y, weight] of edges) {
        const [a = 0, b = 0] = [unitOf[x] ?? 0, unitOf[y] ?? 0].sort((i, j) => i - j);
        expected.set(`${a} ${b}`, (expected.get(`${a} ${b}`) ?? 0) + weight);
      }
      const keys = [...edgeX].map((x, i) => `${x} ${edgeY[i]}`);
      expect(keys).toEqual([...expected.keys()].toSorted());
      for (const [i, key] of keys.entries()) expect(weightOf[i]).toBeCloseTo(expected.get(key) ?? -1, 10);
    }),
  );
});

test('the order of the edges and of their ends changes nothing, to the last bit', () => {
  fc.assert(
    fc.property(anyEdges, fc.infiniteStream(fc.nat()), ({ edges, unitOf }, stream) => {
      const keys = new Map(edges.map((edge) => [edge, stream.next().value ?? 0]));
      const others = edges
        .toSorted((x, y) => (keys.get(x) ?? 0) - (keys.get(y) ?? 0))
        .map(([x, y, weight], i) => (i % 2 === 0 ? ([x, y, weight] as const) : ([y, x, weight] as const)));
      const units = Int32Array.from(unitOf);
      expect(gather(columns(others), units, 6)).toEqual(gather(columns(edges), units, 6));
    }),
  );
});
