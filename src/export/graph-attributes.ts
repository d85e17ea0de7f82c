import type { Coupling } from '../scene/coupling.ts';
import { formatOccurrence } from '../scene/hypertoken.ts';
import type { SceneRow } from './scene-row.ts';

export type AttributeType = 'string' | 'list' | 'int' | 'long' | 'double';

/** What a node or an edge of a graph file carries. */
export interface GraphAttribute<T> {
  readonly type: AttributeType;
  /** Null where it has none. */
  readonly of: (row: T) => string | number | null;
}

/** By their names. */
export type GraphAttributes<T> = Readonly<Record<string, GraphAttribute<T>>>;

/** JSON, so that no sign within an item can be taken for the end of one. */
const list = <T>(of: (row: T) => readonly unknown[]): GraphAttribute<T> => ({
  type: 'list',
  of: (row) => JSON.stringify(of(row)),
});

/** How many characters of a node or an edge the file could not hold. */
export const REPLACED = 'replaced';

/** Of a scene, beside its id. Offsets and ordinals may pass 32 bits, codes cannot. */
export const NODE_ATTRIBUTES: GraphAttributes<SceneRow> = {
  document: { type: 'string', of: ({ document }) => document },
  position: { type: 'int', of: ({ position }) => position },
  kind: { type: 'string', of: ({ kind }) => kind },
  lang: { type: 'string', of: ({ lang }) => lang },
  start: { type: 'long', of: ({ start }) => start },
  end: { type: 'long', of: ({ end }) => end },
  text: { type: 'string', of: ({ text }) => text },
  hyperlexeme: { type: 'string', of: ({ hyperlexeme }) => hyperlexeme },
  agent: { type: 'string', of: ({ agent }) => agent },
  context: list(({ context }) => context),
  facets: list(({ facets }) => facets),
  code: { type: 'int', of: ({ code }) => code },
  hypertoken: { type: 'string', of: ({ hypertoken }) => hypertoken },
  occurrence: { type: 'string', of: ({ occurrence }) => occurrence },
  motif: {
    type: 'string',
    of: ({ levels: [first] }) => (first?.level === 1 ? formatOccurrence(first) : null),
  },
  levels: list(({ levels }) => levels.map(formatOccurrence)),
};

/** Of a coupling, beside its weight. */
export const EDGE_ATTRIBUTES: GraphAttributes<Coupling> = {
  because: list(({ because }) => because.map(({ kind, key, weight }) => ({ kind, key, weight }))),
};
