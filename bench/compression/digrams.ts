import type { HyperEdge } from './hypergraph.ts';

/** Two edges that share a node, in the order of their rule, and what a nonterminal in their place attaches to. */
export interface Occurrence {
  readonly first: number;
  readonly second: number;
  /** The nodes that other edges attach to as well. */
  readonly external: readonly number[];
}

/** The edges of a graph by number, and all pairs that share a node, by what they look like. Kept up as edges come and go. */
export class Digrams {
  readonly #rankMax: number;
  readonly #edges = new Map<number, HyperEdge>();
  readonly #edgesAt = new Map<number, Set<number>>();
  readonly #pairsOf = new Map<number, Set<string>>();
  readonly #formOf = new Map<string, string>();
  readonly #occurrences = new Map<string, Map<string, Occurrence>>();
  /** Forms that are seen at least twice, and how often without sharing an edge where that was counted since. */
  readonly #recurring = new Map<string, number | undefined>();
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

  /** The form seen most often, counted without sharing an edge; undefined when none is seen twice. */
  mostFrequent(): string | undefined {
    let most: string | undefined;
    let count = 1;
    for (const [form, known] of this.#recurring) {
      if ((known ?? this.#occurrences.get(form)?.size ?? 0) <= count) continue;
      const apart = known ?? this.#apart(form).length;
      this.#recurring.set(form, apart);
      if (apart > count) [most, count] = [form, apart];
    }
    return most;
  }

  /** Puts a nonterminal in the place of every occurrence of a form that still looks like it when its turn comes. */
  replace(form: string, label: number): void {
    for (const { first, second } of this.#apart(form)) {
      const now = this.#occurrences.get(form)?.get(pairOf(first, second));
      if (now !== undefined) this.#replaceOne(now, label);
    }
  }

  #replaceOne({ first, second, external }: Occurrence, label: number): void {
    const parts = [this.#edge(first), this.#edge(second)];
    for (const number of [first, second]) this.#detach(number);
    const number = this.#attach({ label, nodes: external, parts });
    const [one, other] = parts as [HyperEdge, HyperEdge];
    // A node that both were attached to has an edge less, so pairs around it may look different now.
    const around = new Set([number]);
    for (const node of one.nodes)
      if (other.nodes.includes(node)) for (const near of this.#edgesAt.get(node) ?? []) around.add(near);
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
      const form = this.#formOf.get(pair) ?? '';
      const held = this.#occurrences.get(form);
      held?.delete(pair);
      this.#formOf.delete(pair);
      this.#noteChange(form);
      for (const end of pair.split(',')) this.#pairsOf.get(Number(end))?.delete(pair);
    }
  }

  #addPairs(number: number): void {
    const near = new Set(this.#edge(number).nodes.flatMap((node) => [...(this.#edgesAt.get(node) ?? [])]));
    for (const other of near) {
      const pair = pairOf(number, other);
      if (other === number || this.#formOf.has(pair)) continue;
      const { form, ...occurrence } = this.#describe(Math.min(number, other), Math.max(number, other));
      if (occurrence.external.length > this.#rankMax) continue;
      this.#formOf.set(pair, form);
      for (const end of [number, other]) this.#pairsOf.get(end)?.add(pair);
      const held = this.#occurrences.get(form);
      if (held === undefined) this.#occurrences.set(form, new Map([[pair, occurrence]]));
      else held.set(pair, occurrence);
      this.#noteChange(form);
    }
  }

  #noteChange(form: string): void {
    const seen = this.#occurrences.get(form)?.size ?? 0;
    if (seen >= 2) this.#recurring.set(form, undefined);
    else this.#recurring.delete(form);
    if (seen === 0) this.#occurrences.delete(form);
  }

  /** The form of two edges: the lesser of the two orders' where they have one label. */
  #describe(one: number, other: number): Occurrence & { readonly form: string } {
    const [labelOne, labelOther] = [this.#edge(one).label, this.#edge(other).label];
    if (labelOne < labelOther) return this.#ordered(one, other);
    if (labelOne > labelOther) return this.#ordered(other, one);
    const [straight, turned] = [this.#ordered(one, other), this.#ordered(other, one)];
    return turned.form < straight.form ? turned : straight;
  }

  #ordered(first: number, second: number): Occurrence & { readonly form: string } {
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

  /** As many occurrences as come one after the other without sharing an edge. */
  #apart(form: string): readonly Occurrence[] {
    const taken = new Set<number>();
    return [...(this.#occurrences.get(form)?.values() ?? [])].filter(({ first, second }) => {
      if (taken.has(first) || taken.has(second)) return false;
      taken.add(first).add(second);
      return true;
    });
  }
}

const pairOf = (one: number, other: number): string => (one < other ? `${one},${other}` : `${other},${one}`);
