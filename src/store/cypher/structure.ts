import { FACET_LABELS, type FACET_RELATIONSHIPS, LABELS, type RELATIONSHIPS } from './label.ts';

type Label = (typeof LABELS)[keyof typeof LABELS] | (typeof FACET_LABELS)[keyof typeof FACET_LABELS];
export type RelationshipType =
  | (typeof RELATIONSHIPS)[keyof typeof RELATIONSHIPS]
  | (typeof FACET_RELATIONSHIPS)[keyof typeof FACET_RELATIONSHIPS];

/** The labels each kind of node carries; the first is the one it is looked up by. */
export const NODE_LABELS = {
  workspace: [LABELS.workspace],
  corpus: [LABELS.corpus],
  document: [LABELS.document],
  chunk: [LABELS.chunk],
  scene: [LABELS.scene, LABELS.occurrence],
  occurrence: [LABELS.occurrence],
  hypertoken: [LABELS.hypertoken],
  agent: [LABELS.facet, FACET_LABELS.agent],
  tension: [LABELS.facet, FACET_LABELS.tension],
  context: [LABELS.facet, FACET_LABELS.context],
  atmosphere: [LABELS.facet, FACET_LABELS.atmosphere],
  archetype: [LABELS.facet, FACET_LABELS.archetype],
} as const satisfies Record<string, readonly Label[]>;

export type NodeKind = keyof typeof NODE_LABELS;

const TO_FACET = { from: LABELS.scene, to: LABELS.facet } as const;

/** Between which nodes each relationship stands. The type makes a relationship that is not listed an error. */
export const RELATIONSHIP_ENDS: Readonly<Record<RelationshipType, { readonly from: Label; readonly to: Label }>> = {
  HAS_DOCUMENT: { from: LABELS.corpus, to: LABELS.document },
  HAS_SCENE: { from: LABELS.document, to: LABELS.scene },
  HAS_CHUNK: { from: LABELS.document, to: LABELS.chunk },
  NEXT: { from: LABELS.scene, to: LABELS.scene },
  COUPLED_WITH: { from: LABELS.scene, to: LABELS.scene },
  OF: { from: LABELS.occurrence, to: LABELS.hypertoken },
  USED_IN: { from: LABELS.hypertoken, to: LABELS.corpus },
  COLLAPSES: { from: LABELS.occurrence, to: LABELS.occurrence },
  GATHERS: { from: LABELS.occurrence, to: LABELS.scene },
  SAME_AS: { from: LABELS.facet, to: LABELS.facet },
  BINDS: { from: LABELS.occurrence, to: LABELS.facet },
  AGENT: TO_FACET,
  TENSION: TO_FACET,
  CONTEXT: TO_FACET,
  ATMOSPHERE: TO_FACET,
  ARCHETYPE: TO_FACET,
};

export const isNodeKind = (text: string): text is NodeKind => Object.hasOwn(NODE_LABELS, text);

export const isRelationshipType = (text: string): text is RelationshipType => Object.hasOwn(RELATIONSHIP_ENDS, text);
