import type { ArithmeticCoder } from './arithmetic-coder.ts';
import type { GraphRule } from './graph-grammar.ts';
import { type Alphabet, type HyperEdge, terminalRank, terminals } from './hypergraph.ts';

type BareEdge = Pick<HyperEdge, 'label' | 'nodes'>;

export interface GrammarSizes {
  readonly scenes: number;
  /** Numbers that nodes of the start graph may have. */
  readonly places: number;
}

/**
 * Both directions of a grammar's code in one: each method takes what is to be written, or undefined where it is to be read, and
 * returns what was coded.
 */
export class GrammarCode {
  readonly alphabet: Alphabet;
  readonly sizes: GrammarSizes;
  readonly #coder: ArithmeticCoder;
  readonly #ranks: number[] = [];

  constructor(coder: ArithmeticCoder, alphabet: Alphabet | undefined, sizes: GrammarSizes | undefined) {
    this.#coder = coder;
    const size = (value: number | undefined): number => coder.integer('size', value ?? 0);
    this.alphabet = {
      labels: size(alphabet?.labels),
      figures: size(alphabet?.figures),
      agents: size(alphabet?.agents),
    };
    this.sizes = { scenes: size(sizes?.scenes), places: size(sizes?.places) };
  }

  codeRules(rules: readonly GraphRule[] | undefined): readonly GraphRule[] {
    const count = this.#coder.integer('rules', rules?.length ?? 0);
    return Array.from({ length: count }, (_, i) => this.#codeRule(terminals(this.alphabet) + i, rules?.[i]));
  }

  #codeRule(label: number, rule: GraphRule | undefined): GraphRule {
    const coder = this.#coder;
    const rank = coder.integer('rule rank', rule?.rank ?? 0);
    const nodes = coder.integer('rule nodes', (rule?.nodes ?? 0) - rank) + rank;
    const count = coder.integer('rule edges', rule?.edges.length ?? 0);
    const edges = Array.from({ length: count }, (_, i): BareEdge => {
      const edge = rule?.edges[i];
      const coded = coder.symbol('rule label', label, edge?.label ?? 0);
      const at = Array.from({ length: this.#rankOf(coded) }, (_none, j) =>
        coder.symbol(`rule node ${nodes}`, nodes, edge?.nodes[j] ?? 0),
      );
      return { label: coded, nodes: at };
    });
    this.#ranks.push(rank);
    return { label, rank, nodes, edges };
  }

  /** The start graph's edges whose first node is `place`, label after label until the one that ends them. */
  codePlace(place: number, edges: readonly BareEdge[] | undefined): readonly BareEdge[] {
    const coded: BareEdge[] = [];
    const size = terminals(this.alphabet) + this.#ranks.length + 1;
    for (let before = 'none'; ; before = this.#contextOf(coded.at(-1)?.label ?? 0)) {
      const edge = edges?.[coded.length];
      const label = this.#coder.symbol(`after ${before}`, size, edge === undefined ? 0 : edge.label + 1) - 1;
      if (label < 0) return coded;
      // The couplings of a scene come by the other scene, so that its distance from the last one's is short.
      const from = coded.at(-1)?.nodes[1] ?? place;
      coded.push({ label, nodes: place < 0 ? [] : this.#codeNodes(place, from, { label, nodes: edge?.nodes ?? [] }) });
    }
  }

  #codeNodes(place: number, from: number, { label, nodes }: BareEdge): readonly number[] {
    const coded = [place];
    while (coded.length < this.#rankOf(label)) {
      const before = coded.length === 1 ? from : (coded.at(-1) ?? place);
      const context = `${this.#kindOf(label)} node ${coded.length} ${coded.length === 1 && from === place}`;
      coded.push(before + this.#coder.signed(context, (nodes[coded.length] ?? 0) - before));
    }
    return coded;
  }

  /** A scene that a rule adds, by its distance from one that is known. */
  codeInner(from: number, inner: number | undefined): number {
    return from + this.#coder.signed('inner', (inner ?? 0) - from);
  }

  #rankOf(label: number): number {
    return this.#ranks[label - terminals(this.alphabet)] ?? terminalRank(this.alphabet, label);
  }

  /** What a label says of the next one of its scene: of couplings each does, of all others their kind. */
  #contextOf(label: number): string {
    return label < this.alphabet.labels ? `coupling ${label}` : this.#kindOf(label);
  }

  #kindOf(label: number): string {
    const { labels, figures } = this.alphabet;
    if (label >= terminals(this.alphabet)) return 'nonterminal';
    if (label < labels) return 'coupling';
    return label < labels + figures ? 'figure' : 'agent';
  }
}
