import { canonicalForm, MOTIF_SCENES_MAX, type Motif } from './canonical-form.ts';
import { type CodeLengths, codeLengths, deltaLength } from './code-lengths.ts';
import type { CouplingGraph } from './coupling-graph.ts';
import { MotifCosts } from './motif-costs.ts';
import { Partition } from './partition.ts';
import { share, type Units, unitsLength, unitsWithout } from './units-length.ts';

/** A coupled subgraph of 2 to {@link MOTIF_SCENES_MAX} scenes and the motif that it is an occurrence of. */
export interface MotifGroup {
  readonly form: string;
  /** Scenes by number, in the order of the form. */
  readonly scenes: readonly number[];
  /** Agents by number, one for each variable of the form, in the order of the slots. */
  readonly agents: readonly number[];
}

export interface MotifOptions {
  /** Those of the corpus, where the graph is a part of it. */
  readonly lengths?: CodeLengths | undefined;
  /** Motifs that stand elsewhere in the corpus, by form, and how often: what they are has been told. */
  readonly known?: ReadonlyMap<string, number> | undefined;
}

/** Groups grow by joining two; from 6 single scenes to one motif of 6 it takes 5 rounds at most. */
const ROUNDS_MAX = 5;

/**
 * Level 1: parts the scenes of a corpus into coupled subgraphs. A scene that no group takes rises alone.
 *
 * Motifs are what makes the corpus shorter to tell (minimum description length; SUBDUE: Cook & Holder 1994): a form that recurs is told once, and of each
 * occurrence where its scenes stand and who is bound (`docs/decisions/0015-description-length.md`). Each round joins neighbouring groups pair
 * by pair, all occurrences of the form that saves most first, as Re-Pair (Larsson & Moffat 2000) does with digrams of a sequence and gRePair
 * (Maneth & Peternek 2018) with those of a graph; a chain of scenes that follow one another is the case whose places cost
 * nearly nothing. A form is taken only if it saves more than its entry costs, and given up if, in the end, it does not. The same corpus
 * gives the same groups whatever the order in which its documents came. Near-linear: every round looks at each edge once and sorts.
 * @returns groups by the corpus order of their first scene
 */
export const collapseMotifs = (graph: CouplingGraph, options: MotifOptions = {}): readonly MotifGroup[] => {
  const search = new MotifSearch(graph, options);
  for (let round = 0; round < ROUNDS_MAX; round += 1) if (!search.joinRound(round)) break;
  while (search.giveUp());
  return search.groups().toSorted((x, y) => Math.min(...x.scenes) - Math.min(...y.scenes));
};

interface Join {
  readonly left: number;
  readonly right: number;
  /** In the order of the text. */
  readonly scenes: readonly number[];
  /** What it saves, but for the form's entry and saying that it stands here. */
  readonly gain: number;
}

/** The joins of one form. */
interface Candidate {
  readonly form: string;
  readonly motif: Motif;
  readonly joins: Join[];
}

class MotifSearch {
  readonly #graph: CouplingGraph;
  readonly #costs: MotifCosts;
  readonly #partition: Partition;
  readonly #known: ReadonlyMap<string, number>;
  /** By group: the form of those that are motifs. */
  readonly #formOf = new Map<number, string>();
  readonly #counts = new Map<string, number>();
  readonly #motifs = new Map<string, Motif>();
  readonly #pairForms = new Map<string, string>();
  readonly #scenes: number;

  constructor(graph: CouplingGraph, { lengths = codeLengths(graph), known = new Map() }: MotifOptions) {
    this.#graph = graph;
    this.#costs = new MotifCosts(graph, lengths);
    this.#partition = new Partition(graph);
    this.#known = known;
    this.#scenes = lengths.scenes;
  }

  groups(): readonly MotifGroup[] {
    return [...this.#formOf.keys()].map((group) =>
      motifGroup(this.#graph, this.#partition, this.#partition.members(group)),
    );
  }

  /** @returns whether anything was joined */
  joinRound(round: number): boolean {
    const scored = this.#candidates(round)
      .map((candidate) => ({ candidate, saving: this.#best(candidate, new Set()).saving }))
      .filter(({ saving }) => saving > 0)
      .toSorted((x, y) => y.saving - x.saving || (x.candidate.form < y.candidate.form ? -1 : 1));
    const taken = new Set<number>();
    for (const { candidate } of scored) {
      const { joins, saving } = this.#best(candidate, taken);
      if (saving <= 0) continue;
      for (const join of joins) this.#take(candidate, join, taken);
    }
    return taken.size > 0;
  }

  /**
   * Gives up the forms that save nothing any more, now that others have taken what they were made of, and the one that saves least where all
   * together save nothing: each was taken at what it would cost if motifs were few. @returns whether there were any
   */
  giveUp(): boolean {
    const byForm = Map.groupBy(this.#formOf.keys(), (group) => this.#formOf.get(group) ?? '');
    const units = this.#units();
    let [all, none] = [0, units];
    const forms = [...byForm].map(([form, groups]) => {
      const saved = groups.reduce((sum, group) => sum + this.#saved(this.#partition.members(group)), 0);
      const net = saved - this.#entry(form, groups.length);
      const scenes = groups.reduce((sum, group) => sum + this.#partition.members(group).length, 0);
      const own = { occurrences: groups.length, scenes, count: this.#count(form) };
      all += net;
      none = unitsWithout(none, own);
      return { form, groups, net: net - unitsLength(units) + unitsLength(unitsWithout(units, own)) };
    });
    all -= unitsLength(units) - unitsLength(none);
    const losing = forms.filter(({ form, net }) => net <= 0 || this.#count(form) < 2);
    if (losing.length === 0 && all <= 0) losing.push(...forms.toSorted((x, y) => x.net - y.net).slice(0, 1));
    for (const group of losing.flatMap(({ groups }) => groups)) {
      this.#forget(group);
      this.#partition.dissolve(group);
    }
    return losing.length > 0;
  }

  /** What is beyond the graph counts as single scenes, but for the motifs that are known. */
  #units(): Units {
    const outside = this.#scenes - this.#graph.figureOf.length;
    const forms = new Set([...this.#counts.keys(), ...this.#known.keys()]);
    const counts = [...forms].map((form) => this.#count(form)).toSorted((x, y) => x - y);
    return {
      lone: this.#partition.size - this.#formOf.size + outside,
      motifs: counts.reduce((sum, count) => sum + count, 0),
      shares: counts.reduce((sum, count) => sum + share(count), 0),
    };
  }

  /** What an occurrence saves against its scenes alone, but for its kind. */
  #saved(scenes: readonly number[]): number {
    const alone = scenes.reduce((sum, scene) => sum + this.#costs.lone(scene), 0);
    const edges = this.#partition.edgesAmong(scenes).reduce((sum, edge) => sum + this.#costs.edge(edge), 0);
    return alone + edges - this.#costs.occurrence(scenes);
  }

  /** Those that can be joined beside what is taken, as many as save more than their kind costs, and what they save in all. */
  #best(
    { form, motif, joins }: Candidate,
    taken: ReadonlySet<number>,
  ): { readonly joins: readonly Join[]; readonly saving: number } {
    const own = new Set<number>();
    const free = joins.filter(({ left, right }) => {
      if (taken.has(left) || taken.has(right) || own.has(left) || own.has(right)) return false;
      own.add(left).add(right);
      return true;
    });
    const elsewhere = this.#count(form);
    const entry = elsewhere > 0 ? 0 : this.#costs.entry(motif);
    let [count, saving, sum] = [0, 0, 0];
    for (const [i, { gain }] of free.entries()) {
      sum += gain;
      if (i + 1 + elsewhere < 2) continue;
      const saved = sum - entry - (i + 1) * this.#costs.kind(i + 1 + elsewhere, this.#scenes);
      if (saved > saving) [count, saving] = [i + 1, saved];
    }
    return { joins: free.slice(0, count), saving };
  }

  #take({ form, motif }: Candidate, { left, right, scenes }: Join, taken: Set<number>): void {
    taken.add(left).add(right);
    for (const group of [left, right]) this.#forget(group);
    this.#partition.join(left, right, scenes);
    this.#formOf.set(left, form);
    this.#counts.set(form, (this.#counts.get(form) ?? 0) + 1);
    this.#motifs.set(form, motif);
  }

  #forget(group: number): void {
    const form = this.#formOf.get(group);
    if (form === undefined) return;
    this.#formOf.delete(group);
    this.#counts.set(form, (this.#counts.get(form) ?? 1) - 1);
  }

  #count(form: string): number {
    return (this.#counts.get(form) ?? 0) + (this.#known.get(form) ?? 0);
  }

  #kind(form: string): number {
    return this.#costs.kind(Math.max(1, this.#count(form)), this.#scenes);
  }

  #entry(form: string, occurrences: number): number {
    const motif = this.#motifs.get(form);
    return this.#known.has(form) || motif === undefined ? 0 : this.#costs.entry(motif) + deltaLength(occurrences);
  }

  /** By form, the joins that save most first. */
  #candidates(round: number): readonly Candidate[] {
    const { edgeX, edgeY } = this.#graph;
    const byForm = new Map<string, Candidate>();
    const pairs = round === 0 ? allPairs(this.#graph) : heaviestPairs(this.#graph, this.#partition);
    for (const { left, right, edge } of pairs) {
      const members = [...this.#partition.members(left), ...this.#partition.members(right)];
      if (members.length > MOTIF_SCENES_MAX) continue;
      const scenes = this.#partition.inOrder(members);
      const isPair = scenes.length === 2;
      const form = isPair
        ? this.#pairForm(edgeX[edge] ?? 0, edgeY[edge] ?? 0, edge)
        : canonicalForm(this.#partition.motif(scenes)).form;
      const candidate = byForm.get(form) ?? { form, motif: this.#partition.motif(scenes), joins: [] };
      byForm.set(form, candidate);
      const gain = isPair ? this.#savedByPair(scenes, edge) : this.#gain(left, right, scenes);
      candidate.joins.push({ left, right, scenes, gain });
    }
    const placeOf = ({ scenes }: Join, i: number): number => this.#graph.placeOf[scenes.at(i) ?? 0] ?? 0;
    for (const { joins } of byForm.values())
      joins.sort((x, y) => y.gain - x.gain || placeOf(x, 0) - placeOf(y, 0) || placeOf(x, -1) - placeOf(y, -1));
    return [...byForm.values()];
  }

  /** {@link #saved} of two scenes that an edge joins, there being one of each pair at most. */
  #savedByPair(scenes: readonly number[], edge: number): number {
    const alone = scenes.reduce((sum, scene) => sum + this.#costs.lone(scene), 0);
    return alone + this.#costs.edge(edge) - this.#costs.occurrence(scenes);
  }

  /** Against the two as they are. */
  #gain(left: number, right: number, scenes: readonly number[]): number {
    const kinds = [left, right].reduce((sum, group) => {
      const own = this.#formOf.get(group);
      return own === undefined ? sum : sum + this.#kind(own);
    }, 0);
    return this.#saved(scenes) - this.#savedBy(left) - this.#savedBy(right) + kinds;
  }

  #savedBy(group: number): number {
    return this.#formOf.has(group) ? this.#saved(this.#partition.members(group)) : 0;
  }

  /**
   * The form of an edge and its two scenes. There are few different ones and many edges, so each is computed once: on a
   * corpus of 1,000 scenes that is 30 times fewer canonical forms.
   */
  #pairForm(x: number, y: number, edge: number): string {
    const { figureOf, agentOf, labelOf } = this.#graph;
    const [agentX, agentY] = [agentOf[x] ?? -1, agentOf[y] ?? -1];
    const key = `${figureOf[x]} ${agentX < 0} ${figureOf[y]} ${agentY < 0} ${agentX === agentY} ${labelOf[edge]}`;
    const form = this.#pairForms.get(key) ?? canonicalForm(this.#partition.motif([x, y])).form;
    this.#pairForms.set(key, form);
    return form;
  }
}

interface GroupPair {
  readonly left: number;
  readonly right: number;
  readonly weight: number;
  /** The heaviest edge between the two. */
  readonly edge: number;
}

function* allPairs({ edgeX, edgeY, weightOf }: CouplingGraph): Generator<GroupPair> {
  for (const [edge, weight] of weightOf.entries()) {
    yield { left: edgeX[edge] ?? 0, right: edgeY[edge] ?? 0, weight, edge };
  }
}

/** From the second round on a group proposes only its heaviest neighbour: forms of 6 scenes are dear to compute. */
const heaviestPairs = (graph: CouplingGraph, partition: Partition): Iterable<GroupPair> => {
  const { edgeX, edgeY, weightOf, placeOf } = graph;
  const place = (group: number): number => placeOf[group] ?? 0;
  const before = (x: GroupPair, y: GroupPair): boolean =>
    x.weight > y.weight ||
    (x.weight === y.weight && (place(x.left) - place(y.left) || place(x.right) - place(y.right)) < 0);
  const heaviest = new Map<number, GroupPair>();
  for (const [edge, weight] of weightOf.entries()) {
    const ofX = partition.groupOf(edgeX[edge] ?? 0);
    const ofY = partition.groupOf(edgeY[edge] ?? 0);
    if (ofX === ofY) continue;
    const [left, right] = place(ofX) < place(ofY) ? [ofX, ofY] : [ofY, ofX];
    const pair = { left, right, weight, edge };
    for (const group of [left, right]) {
      const best = heaviest.get(group);
      if (best === undefined || before(pair, best)) heaviest.set(group, pair);
    }
  }
  return new Map([...heaviest.values()].map((pair) => [`${pair.left} ${pair.right}`, pair])).values();
};

const motifGroup = (graph: CouplingGraph, partition: Partition, members: readonly number[]): MotifGroup => {
  const { form, order } = canonicalForm(partition.motif(members));
  const scenes = order.map((node) => members[node] ?? 0);
  const agents = [...new Set(scenes.map((scene) => graph.agentOf[scene] ?? -1).filter((agent) => agent >= 0))];
  return { form, scenes, agents };
};
