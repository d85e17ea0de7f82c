/** A small labelled graph: nodes 0 … n−1 with a label and an agent, edges with a label. */
export interface Motif {
  /** `label` is a figure's key; `agent` any name for the agent, −1 for none. */
  readonly nodes: readonly { readonly label: string; readonly agent: number }[];
  /** `x` and `y` are nodes; each pair at most once. */
  readonly edges: readonly { readonly x: number; readonly y: number; readonly label: string }[];
}

export interface CanonicalForm {
  /** Equal for two motifs exactly when they are isomorphic: figures, coupling kinds, agents as variables; no weights. */
  readonly form: string;
  /** The node that stands at each place of the form. */
  readonly order: readonly number[];
}

/** Above this, trying all orders of equal nodes would cost more than 720 encodings a motif. */
export const MOTIF_SCENES_MAX = 6;

/**
 * The canonical form of a motif: the least encoding over all orders of its nodes that respect a colouring refined by
 * neighbourhood (Weisfeiler & Leman 1968). Exact, since colours are invariant and within equal colours every order is
 * tried. Among orders of equal encoding (automorphisms) the one whose nodes come first is taken.
 */
export const canonicalForm = (motif: Motif): CanonicalForm => {
  const labels = edgeMatrix(motif);
  let best: CanonicalForm | null = null;
  for (const order of ordersByColour(refine(motif, labels))) {
    const form = encode(motif, labels, order);
    if (best === null || form < best.form || (form === best.form && comesFirst(order, best.order))) {
      best = { form, order };
    }
  }
  return best ?? { form: encode(motif, labels, []), order: [] };
};

type EdgeMatrix = readonly (readonly string[])[];

const edgeMatrix = ({ nodes, edges }: Motif): EdgeMatrix => {
  const matrix = nodes.map(() => nodes.map(() => ''));
  for (const { x, y, label } of edges) {
    const rowX = matrix[x];
    const rowY = matrix[y];
    if (rowX === undefined || rowY === undefined || x === y) throw new RangeError(`no such edge: ${x}–${y}`);
    rowX[y] = label;
    rowY[x] = label;
  }
  return matrix;
};

const refine = ({ nodes }: Motif, labels: EdgeMatrix): readonly number[] => {
  const sharers = nodes.map(({ agent }) => (agent < 0 ? 0 : nodes.filter((node) => node.agent === agent).length));
  let colours = rank(nodes.map(({ label }, i) => `${label} ${sharers[i]}`));
  for (let round = 1; round < nodes.length; round += 1) {
    const signatures = nodes.map((node, i) => {
      const around = nodes
        .map((other, j) => `${labels[i]?.[j]}/${colours[j]}/${node.agent >= 0 && node.agent === other.agent}`)
        .filter((_, j) => j !== i);
      return `${String(colours[i]).padStart(2, '0')} ${around.toSorted().join(' ')}`;
    });
    colours = rank(signatures);
  }
  return colours;
};

/** Replaces each value by its place among the distinct values in sorted order. */
const rank = (values: readonly string[]): readonly number[] => {
  const places = new Map([...new Set(values)].toSorted().map((value, i) => [value, i]));
  return values.map((value) => places.get(value) ?? 0);
};

/** Every order of the nodes in which colours do not fall. */
function* ordersByColour(colours: readonly number[], order: readonly number[] = []): Generator<readonly number[]> {
  if (order.length === colours.length) {
    if (order.length > 0) yield order;
    return;
  }
  const left = colours.map((_, node) => node).filter((node) => !order.includes(node));
  const colour = Math.min(...left.map((node) => colours[node] ?? 0));
  for (const node of left) if (colours[node] === colour) yield* ordersByColour(colours, [...order, node]);
}

const encode = ({ nodes }: Motif, labels: EdgeMatrix, order: readonly number[]): string => {
  const slots = new Map<number, number>();
  const scenes = order.map((node) => {
    const { label, agent } = nodes[node] ?? { label: '', agent: -1 };
    if (agent < 0) return label;
    const slot = slots.get(agent) ?? slots.size;
    slots.set(agent, slot);
    return `${label}@${slot}`;
  });
  const edges = order.flatMap((x, i) =>
    order.slice(0, i).flatMap((y, j) => (labels[x]?.[y] ? [`${j}-${i}:${labels[x]?.[y]}`] : [])),
  );
  return `${scenes.join(' ')} | ${edges.join(' ')}`;
};

const comesFirst = (order: readonly number[], other: readonly number[]): boolean => {
  const i = order.findIndex((node, place) => node !== other[place]);
  return i >= 0 && (order[i] ?? 0) < (other[i] ?? 0);
};
