import type { FacetKind } from '../../scene/facet.ts';

/** Every label there is. */
export const LABELS = {
  /** Of the whole graph: the only nodes that belong to no workspace. */
  migration: 'Migration',
  workspace: 'Workspace',
  corpus: 'Corpus',
  document: 'Document',
  chunk: 'Chunk',
  scene: 'Scene',
  /** Also on every scene: a scene is its own occurrence at level 0. */
  occurrence: 'Occurrence',
  hypertoken: 'Hypertoken',
  /** Also on every Agent, Tension, Context, Atmosphere and Archetype, so that one index and one text find them all. */
  facet: 'Facet',
} as const;

/** A facet node carries `Facet` and the label of its kind. */
export const FACET_LABELS = {
  agent: 'Agent',
  tension: 'Tension',
  context: 'Context',
  atmosphere: 'Atmosphere',
  archetype: 'Archetype',
} as const satisfies Record<FacetKind, string>;

/** Every relationship type there is, beside those of the facets. */
export const RELATIONSHIPS = {
  hasDocument: 'HAS_DOCUMENT',
  hasScene: 'HAS_SCENE',
  hasChunk: 'HAS_CHUNK',
  next: 'NEXT',
  coupledWith: 'COUPLED_WITH',
  of: 'OF',
  usedIn: 'USED_IN',
  collapses: 'COLLAPSES',
  /** From a view's occurrence to each of its scenes: not COLLAPSES, so that no question about the levels meets a view. */
  gathers: 'GATHERS',
  binds: 'BINDS',
  /** From an agent, the alias, to the one it is merged into. */
  sameAs: 'SAME_AS',
} as const;

/** From a scene to each of its facets. */
export const FACET_RELATIONSHIPS = {
  agent: 'AGENT',
  tension: 'TENSION',
  context: 'CONTEXT',
  atmosphere: 'ATMOSPHERE',
  archetype: 'ARCHETYPE',
} as const satisfies Record<FacetKind, string>;

/** `AGENT|TENSION|…`, for patterns that follow a facet of any kind. */
export const ANY_FACET = Object.values(FACET_RELATIONSHIPS).join('|');
