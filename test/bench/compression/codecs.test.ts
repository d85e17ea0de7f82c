import fc from 'fast-check';
import { ArithmeticDecoder, ArithmeticEncoder } from '../../../bench/compression/arithmetic-coder.ts';
import { fromColumns, fromText, toColumns, toText, unzstd, zstd } from '../../../bench/compression/columns.ts';
import { Digrams } from '../../../bench/compression/digrams.ts';
import { decodeGrammar, derivationOrder, encodeGrammar } from '../../../bench/compression/grammar-codec.ts';
import { bareGrammar, graphGrammar } from '../../../bench/compression/graph-grammar.ts';
import { compressBare, compressByDigrams } from '../../../bench/compression/grepair.ts';
import { hyperEdgesOf } from '../../../bench/compression/hypergraph.ts';
import { checkSame, type LabelledGraph } from '../../../bench/compression/labelled-graph.ts';
import { someGraph } from './labelled-graphs.ts';

it('gives back every graph from its columns and from its text, through zstd', () => {
  fc.assert(
    fc.property(someGraph(), (graph) => {
      expect(fromColumns(unzstd(zstd(toColumns(graph))))).toEqual(graph);
      expect(fromText(toText(graph))).toEqual(graph);
    }),
  );
});

it('decodes what it coded arithmetically, whatever the bits, integers and signs', () => {
  const value = fc.record({ context: fc.constantFrom('a', 'b'), value: fc.integer({ min: -(2 ** 30), max: 2 ** 30 }) });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 300 }), (values) => {
      const encoder = new ArithmeticEncoder();
      for (const { context, value: one } of values) {
        encoder.signed(context, one);
        encoder.symbol(context, 5, Math.abs(one) % 5);
      }
      const decoder = new ArithmeticDecoder(encoder.finish());
      for (const { context, value: one } of values) {
        expect(decoder.signed(context, 0)).toBe(one);
        expect(decoder.symbol(context, 5, 0)).toBe(Math.abs(one) % 5);
      }
    }),
  );
});

it('codes a bit that is nearly sure in a small part of a bit', () => {
  const encoder = new ArithmeticEncoder();
  for (let i = 0; i < 10_000; i += 1) encoder.bit('sure', 1);
  expect(encoder.finish().length).toBeLessThan(20);
});

it('derives every graph from its grammar, with the numbers of the scenes', () => {
  fc.assert(
    fc.property(someGraph(), fc.nat(5), (graph, rankMax) => {
      expect(decodeGrammar(encodeGrammar(graphGrammar(graph, rankMax), 'kept'), 'kept')).toEqual(graph);
      expect(decodeGrammar(encodeGrammar(bareGrammar(graph), 'kept'), 'kept')).toEqual(graph);
    }),
  );
});

it('derives the same graph without the numbers, each scene once', () => {
  fc.assert(
    fc.property(someGraph(), (graph) => {
      const order = derivationOrder(graphGrammar(graph, 4));
      expect(order.toSorted((x, y) => x - y)).toEqual([...graph.figureOf.keys()]);
      expect(compressByDigrams(graph).unorderedBits).toBeGreaterThan(0);
    }),
  );
});

it('knows after every replacement the digrams that it would find anew', () => {
  fc.assert(
    fc.property(someGraph(), fc.integer({ min: 1, max: 5 }), (graph, rankMax) => {
      const digrams = new Digrams(hyperEdgesOf(graph), rankMax);
      let label = 100;
      for (let form = digrams.mostFrequent(); form !== undefined; form = digrams.mostFrequent()) {
        digrams.replace(form, label++);
        expect(digrams.forms).toEqual(new Digrams(digrams.edges, rankMax).forms);
      }
      expect(label).toBeLessThanOrEqual(100 + graph.figureOf.length * 3 + graph.edges.length);
    }),
  );
});

/** One motif of three scenes, over and over. */
const repeated = (times: number): LabelledGraph => ({
  figures: 3,
  agents: 1,
  labels: 2,
  figureOf: Array.from({ length: times * 3 }, (_, scene) => scene % 3),
  agentOf: Array.from({ length: times * 3 }, () => 0),
  edges: Array.from({ length: times }, (_, i) => [
    { x: i * 3, y: i * 3 + 1, label: 0 },
    { x: i * 3 + 1, y: i * 3 + 2, label: 1 },
  ]).flat(),
});

it('makes one rule of a motif that recurs, and attaches it to nothing', () => {
  const grammar = graphGrammar(repeated(64), 4);
  const labels = new Set(grammar.start.map(({ label }) => label));
  expect(labels.size).toBe(1);
  const [rule] = grammar.rules.toReversed();
  expect(rule).toMatchObject({ rank: 0, nodes: 3 });
  expect(rule?.edges).toHaveLength(5);
  expect(compressByDigrams(repeated(64)).unorderedBits).toBeLessThan(compressBare(repeated(64)).unorderedBits);
});

it('says which side lost something', () => {
  const graph = repeated(1);
  expect(() => checkSame('zstd', { ...graph, edges: [] }, graph)).toThrow('zstd');
});
