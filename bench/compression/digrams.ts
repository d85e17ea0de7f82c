import type { HyperEdge } from './hypergraph.ts';

/** Two edges that share a node, in the order of their rule, and what a nonterminal in their place attaches to. */
interface Digram {
  readonly form: string;
  readonly first: number;
  readonly second: number;
  /** The nodes that other edges attach to as well. */
  readonly external: readonly number[];
}

/** Pairs that look the same. */
interface Occurrences {
  readonly form: string;
  readonly pairs: Set<number>;
  /** How many come one after the other without sharing an edge; undefined where that was not counted since it changed. */
  apart: number | undefined;
}

/** The edges of a graph by number, and all pairs that share a node, by what they look like. Kept up as edges come and go. */
export class Digrams {
  readonly #rankMax: number;
  readonly #edges = new Map<number, HyperEdge>();
  readonly #edgesAt = new Map<number, Set<number>>();
  readonly #pairsOf = new Map<number, Set<number>>();
  readonly #byForm = new Map<string, Occurrences>();
  readonly #byPair = new Map<number, Occurrences>();
  /** What is seen at least twice. */
  readonly #recurring = new Set<Occurrences>();
  #next = 0;

  /** @param rankMax nodes that a nonterminal may attach to */
  constructor(edges: readonly HyperEdge[], rankMax: number) {
    this.#rankMax = rankMax;
    for (const edge of edges) this.#attach(edge);
    for (const number of this.#edges.keys()) this.#addPairs(number);
  }

  get edges(): readonly HyperEdge[] {
    return [...this.#edges.values()];
  }

  /** How many pairs look like each form, whether they share an edge or not. */
  get forms(): ReadonlyMap<string, number> {
    return new Map([...this.#byForm.values()].map(({ form, pairs }) => [form, pairs.size]));
  }

  /** The form seen most often, counted without sharing an edge; undefined when none is seen twice. */
  mostFrequent(): string | undefined {
    let most: string | undefined;
    let count = 1;
    for (const held of this.#recurring) {
      if ((held.apart ?? held.pairs.size) <= count) continue;
      held.apart ??= this.#apart(held).length;
      if (held.apart > count) [most, count] = [held.form, held.apart];
    }
    return most;
  }

  /** Puts a nonterminal in the place of every occurrence of a form that still looks like it when its turn comes. */
  replace(form: string, label: number): void {
    const held = this.#byForm.get(form);
    if (held === undefined) return;
    for (const pair of this.#apart(held)) if (this.#byPair.get(pair)?.form === form) this.#replaceOne(pair, label);
  }

  #replaceOne(pair: number, label: number): void {
    const { first, second, external } = this.#describe(...endsOf(pair));
    const [one, other] = [this.#edge(first), this.#edge(second)];
    for (const number of [first, second]) this.#detach(number);
    const number = this.#attach({ label, nodes: external, parts: [one, other] });
    // A node that both were attached to has an edge less: with at most two left, pairs around it may be all there is to it.
    const around = new Set([number]);
    for (const node of one.nodes) {
      const left = this.#edgesAt.get(node);
      if (left !== undefined && left.size <= 2 && other.nodes.includes(node)) for (const near of left) around.add(near);
    }
    for (const near of around) this.#dropPairs(near);
    for (const near of around) this.#addPairs(near);
  }

  #edge(number: number): HyperEdge {
    const edge = this.#edges.get(number);
    if (edge === undefined) throw new Error(`no edge ${number}`);
    return edge;
  }

  #attach(edge: HyperEdge): number {
    const number = this.#next++;
    this.#edges.set(number, edge);
    this.#pairsOf.set(number, new Set());
    for (const node of edge.nodes) {
      const at = this.#edgesAt.get(node);
      if (at === undefined) this.#edgesAt.set(node, new Set([number]));
      else at.add(number);
    }
    return number;
  }

  #detach(number: number): void {
    this.#dropPairs(number);
    for (const node of this.#edge(number).nodes) this.#edgesAt.get(node)?.delete(number);
    this.#edges.delete(number);
    this.#pairsOf.delete(number);
  }

  #dropPairs(number: number): void {
    for (const pair of this.#pairsOf.get(number) ?? []) {
      const held = this.#byPair.get(pair);
      this.#byPair.delete(pair);
      for (const end of endsOf(pair)) this.#pairsOf.get(end)?.delete(pair);
      if (held === undefined) continue;
      held.pairs.delete(pair);
      this.#noteChange(held);
    }
  }

  #addPairs(number: number): void {
    const near = new Set(this.#edge(number).nodes.flatMap((node) => [...(this.#edgesAt.get(node) ?? [])]));
    for (const other of near) {
      const ends = [Math.min(number, other), Math.max(number, other)] as const;
      const pair = pairOf(...ends);
      if (other === number || this.#byPair.has(pair)) continue;
      const { form, external } = this.#describe(...ends);
      if (external.length > this.#rankMax) continue;
      const held = this.#byForm.get(form) ?? { form, pairs: new Set<number>(), apart: undefined };
      this.#byForm.set(form, held);
      this.#byPair.set(pair, held);
      for (const end of ends) this.#pairsOf.get(end)?.add(pair);
      held.pairs.add(pair);
      this.#noteChange(held);
    }
  }

  #noteChange(held: Occurrences): void {
    held.apart = undefined;
    if (held.pairs.size >= 2) this.#recurring.add(held);
    else this.#recurring.delete(held);
    if (held.pairs.size === 0) this.#byForm.delete(held.form);
  }

  /** The form of two edges: the lesser of the two orders' where they have one label. */
  #describe(one: number, other: number): Digram {
    const [labelOne, labelOther] = [this.#edge(one).label, this.#edge(other).label];
    if (labelOne < labelOther) return this.#ordered(one, other);
    if (labelOne > labelOther) return this.#ordered(other, one);
    const [straight, turned] = [this.#ordered(one, other), this.#ordered(other, one)];
    return turned.form < straight.form ? turned : straight;
  }

  #ordered(first: number, second: number): Digram {
    const [one, other] = [this.#edge(first), this.#edge(second)];
    const nodes = [...new Set([...one.nodes, ...other.nodes])];
    const external = nodes.filter((node) => {
      const ours = Number(one.nodes.includes(node)) + Number(other.nodes.includes(node));
      return (this.#edgesAt.get(node)?.size ?? 0) > ours;
    });
    const shared = other.nodes.map((node) => nodes.indexOf(node));
    const outside = external.map((node) => nodes.indexOf(node));
    return { form: `${one.label} ${other.label} ${shared} ${outside}`, first, second, external };
  }

  /** As many pairs as come one after the other without sharing an edge. */
  #apart({ pairs }: Occurrences): readonly number[] {
    const taken = new Set<number>();
    return [...pairs].filter((pair) => {
      const [one, other] = endsOf(pair);
      if (taken.has(one) || taken.has(other)) return false;
      taken.add(one).add(other);
      return true;
    });
  }
}

/** More edges than a graph has here; two numbers below it fit into one exactly. */
const EDGES = 2 ** 26;

/** @param lesser the smaller number of the two */
const pairOf = (lesser: number, greater: number): number => lesser * EDGES + greater;

const endsOf = (pair: number): readonly [number, number] => [Math.floor(pair / EDGES), pair % EDGES];
