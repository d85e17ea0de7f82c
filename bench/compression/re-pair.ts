import { type ArithmeticCoder, ArithmeticDecoder, ArithmeticEncoder } from './arithmetic-coder.ts';
import type { CodeSequence } from './code-sequence.ts';

/** Rules and what is left of the sequences; the symbol of rule i is `codes` + i. */
export interface PairGrammar extends CodeSequence {
  readonly rules: readonly (readonly [number, number])[];
}

/**
 * Replaces the most frequent pair of neighbours by a new symbol until none recurs (Larsson & Moffat, Off-line dictionary-based
 * compression, Proc. IEEE 88, 2000), within documents. Counts anew for each rule, which takes longer than theirs and gives the same.
 */
export const rePair = ({ codes, documents }: CodeSequence): PairGrammar => {
  const rules: [number, number][] = [];
  let left = documents;
  for (let most = mostFrequentPair(left); most !== undefined; most = mostFrequentPair(left)) {
    const [first, second] = most;
    const symbol = codes + rules.length;
    left = left.map((document) => replaced(document, first, second, symbol));
    rules.push([first, second]);
  }
  return { codes, documents: left, rules };
};

/** Undefined when none is seen twice; of those seen as often, the one seen first. */
const mostFrequentPair = (documents: CodeSequence['documents']): readonly [number, number] | undefined => {
  const counts = new Map<string, { readonly pair: readonly [number, number]; count: number; lastAt: number }>();
  let most = { pair: [0, 0] as readonly [number, number], count: 1 };
  for (const [d, document] of documents.entries())
    for (let at = 1; at < document.length; at += 1) {
      const pair = [document[at - 1] ?? 0, document[at] ?? 0] as const;
      const place = d * PLACES + at;
      const seen = counts.get(pair.join());
      // In a run of one symbol, pairs that overlap count once.
      if (seen !== undefined && pair[0] === pair[1] && seen.lastAt === place - 1) continue;
      const now = seen ?? { pair, count: 0, lastAt: place };
      now.count += 1;
      now.lastAt = place;
      counts.set(pair.join(), now);
    }
  for (const seen of counts.values()) if (seen.count > most.count) most = seen;
  return most.count > 1 ? most.pair : undefined;
};

/** More than a document has codes. */
const PLACES = 2 ** 32;

const replaced = (document: readonly number[], first: number, second: number, symbol: number): readonly number[] => {
  const out: number[] = [];
  for (let at = 0; at < document.length; at += 1) {
    const isPair = document[at] === first && document[at + 1] === second;
    out.push(isPair ? symbol : (document[at] ?? 0));
    if (isPair) at += 1;
  }
  return out;
};

const expanded = ({ codes, documents, rules }: PairGrammar): CodeSequence => {
  const expand = (symbol: number): readonly number[] => rules[symbol - codes]?.flatMap(expand) ?? [symbol];
  return { codes, documents: documents.map((document) => document.flatMap(expand)) };
};

/** Pairs and what is left, by one adaptive order-0 code. */
export const encodePairs = (grammar: PairGrammar): Uint8Array => {
  const coder = new ArithmeticEncoder();
  codePairs(coder, grammar);
  return coder.finish();
};

export const decodePairs = (bytes: Uint8Array): CodeSequence =>
  expanded(codePairs(new ArithmeticDecoder(bytes), undefined));

/** Written where there is a grammar, else read. */
const codePairs = (coder: ArithmeticCoder, grammar: PairGrammar | undefined): PairGrammar => {
  const codes = coder.integer('size', grammar?.codes ?? 0);
  const documentCount = coder.integer('size', grammar?.documents.length ?? 0);
  const ruleCount = coder.integer('size', grammar?.rules.length ?? 0);
  const size = codes + ruleCount;
  const rules = Array.from({ length: ruleCount }, (_, i): readonly [number, number] => [
    coder.symbol('rule', size, grammar?.rules[i]?.[0] ?? 0),
    coder.symbol('rule', size, grammar?.rules[i]?.[1] ?? 0),
  ]);
  const documents = Array.from({ length: documentCount }, (_, d) => {
    const length = coder.integer('length', grammar?.documents[d]?.length ?? 0);
    return Array.from({ length }, (_none, i) => coder.symbol('code', size, grammar?.documents[d]?.[i] ?? 0));
  });
  return { codes, documents, rules };
};
