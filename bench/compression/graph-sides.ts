import type { MotifGroup } from '../../src/collapse/collapse-motifs.ts';
import type { CouplingGraph } from '../../src/collapse/coupling-graph.ts';
import { fromColumns, fromText, toColumns, toText, unzstd, zstd } from './columns.ts';
import { compressBare, compressByDigrams } from './grepair.ts';
import { checkSame, type LabelledGraph } from './labelled-graph.ts';
import { oursOf } from './ours.ts';

export interface GraphSide {
  readonly side: string;
  /** Of one corpus, all that a decoder needs but the names. */
  readonly bits: number;
  /** Of these, those of rules or motifs; null where there are none, or where they are not known apart. */
  readonly dictionaryBits: number | null;
  /** Rules or motifs that recur; null where the side has none. */
  readonly rules: number | null;
  /** The graph comes back with every scene in its place; else only up to the order of its scenes. */
  readonly ordered: boolean;
}

const plain = (side: string, bytes: Uint8Array): GraphSide => ({
  side,
  bits: bytes.length * 8,
  dictionaryBits: null,
  rules: null,
  ordered: true,
});

/** @throws Error when a side gives back another graph */
const bySize = (graph: LabelledGraph): readonly GraphSide[] => {
  const columns = toColumns(graph);
  const text = Buffer.from(toText(graph));
  const [zstdColumns, zstdText] = [zstd(columns), zstd(text)];
  checkSame('zstd of columns', fromColumns(unzstd(zstdColumns)), graph);
  checkSame('zstd of text', fromText(Buffer.from(unzstd(zstdText)).toString()), graph);
  return [
    plain('columns, as they are', columns),
    plain('text, as it is', text),
    plain('zstd of columns', zstdColumns),
    plain('zstd of text', zstdText),
  ];
};

const byGrammar = (graph: LabelledGraph): readonly GraphSide[] => {
  const [bare, digrams] = [compressBare(graph), compressByDigrams(graph)];
  const side = (name: string, { rules, bits, unorderedBits }: typeof bare): readonly GraphSide[] => [
    { side: name, bits, dictionaryBits: null, rules, ordered: true },
    ...(rules === 0 ? [] : [{ side: name, bits: unorderedBits, dictionaryBits: null, rules, ordered: false }]),
  ];
  return [...side('arithmetic coder, no rules', bare), ...side('gRePair-like', digrams)];
};

const byMotifs = (graph: CouplingGraph, motifs: readonly MotifGroup[]): readonly GraphSide[] =>
  [[], motifs].map((groups) => {
    const { bits, dictionaryBits } = oursOf(graph, groups);
    const rules = new Set(groups.map(({ form }) => form)).size;
    const side = groups.length === 0 ? 'ours, before' : 'ours, after';
    return { side, bits, dictionaryBits, rules, ordered: true };
  });

/** @param ours whether our own description length is there to be asked */
export const graphSides = (
  graph: LabelledGraph,
  coupled: CouplingGraph,
  motifs: readonly MotifGroup[],
  ours: boolean,
): readonly GraphSide[] => [...bySize(graph), ...byGrammar(graph), ...(ours ? byMotifs(coupled, motifs) : [])];
