/** The closed-class and open-class facets of a scene. `atmosphere` is the closed class of its contexts. */
export const FACET_KINDS = ['agent', 'tension', 'context', 'atmosphere', 'archetype'] as const;
export type FacetKind = (typeof FACET_KINDS)[number];

/**
 * What a facet rests on: `word`, an entry of a lexicon; `grammar`, a syntactic position (a nominative subject);
 * `rule`, an inference from other evidence; `model`, a language model's reading; `person`, a correction by hand.
 */
export const FACET_EVIDENCE = ['word', 'grammar', 'rule', 'model', 'person'] as const;
export type FacetEvidence = (typeof FACET_EVIDENCE)[number];

export interface Facet {
  /**
   * For tension, atmosphere and archetype a key of the inventory; for agent and context the lemma as written.
   * Never empty.
   */
  readonly key: string;
  /** Span of the evidence in UTF-16 code units of the document, `[start, end)`, within the scene's own span. */
  readonly start: number;
  readonly end: number;
  /** 0 to 1. */
  readonly confidence: number;
  readonly by: FacetEvidence;
}

export interface AgentFacet extends Facet {
  /** The person the agent resolves to; equals `key` until an alias is known. */
  readonly entity: string;
  /** The entity as the reader gave it, where a merge of agents leads on from it to another; absent elsewhere. */
  readonly own?: string;
}

/** The entity as the reader gave it, merged or not. */
export const ownEntity = ({ entity, own }: AgentFacet): string => own ?? entity;

/** A facet below this confidence stands as `none` in the figure: no guess is better than a bad one. */
export const FIGURE_CONFIDENCE_MIN = 0.5;
