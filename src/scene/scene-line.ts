import type { AgentFacet, Facet, FacetKind } from './facet.ts';
import { facetLabel } from './facet-label.ts';
import { type FigureKey, figureOf } from './figure.ts';
import { hyperlexeme } from './hyperlexeme.ts';
import { type Code, formatCode } from './hypertoken.ts';
import type { DocumentName } from './name.ts';
import type { Language, Scene, SceneKind } from './scene.ts';

/** A scene that a store has given its code. */
export interface CodedScene extends Scene {
  readonly documentName: DocumentName;
  readonly figure: FigureKey;
  readonly code: Code;
  readonly ordinal: number;
}

export interface FacetLine extends Facet {
  readonly label: string;
}

export interface AgentLine extends FacetLine {
  readonly entity: string;
}

/** A scene as one line of JSON, for programs: fields in this order, spans in UTF-16 code units of the document. */
export interface SceneLine {
  readonly id: string;
  readonly document: string;
  readonly position: number;
  readonly kind: SceneKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly lang: Language;
  readonly agent: AgentLine | null;
  readonly tension: FacetLine | null;
  readonly context: readonly FacetLine[];
  readonly atmosphere: FacetLine | null;
  readonly archetype: FacetLine | null;
  /** `threshold.silence.restraint` */
  readonly figure: FigureKey;
  readonly hyperlexeme: string;
  /** `Δ14` */
  readonly code: string;
  readonly ordinal: number;
}

const facetLine = (kind: FacetKind, facet: Facet, labels: Language): FacetLine => ({
  key: facet.key,
  label: facetLabel(kind, facet.key, labels),
  start: facet.start,
  end: facet.end,
  confidence: facet.confidence,
  by: facet.by,
});

const agentLine = ({ entity, ...agent }: AgentFacet, labels: Language): AgentLine => {
  const { key, label, ...rest } = facetLine('agent', agent, labels);
  return { key, label, entity, ...rest };
};

const orNull = (kind: FacetKind, facet: Facet | null, labels: Language): FacetLine | null =>
  facet === null ? null : facetLine(kind, facet, labels);

/** @param labels language of labels and hyperlexeme; keys are the same in every language */
export const sceneLine = (scene: CodedScene, labels: Language): SceneLine => ({
  id: scene.id,
  document: scene.documentName,
  position: scene.position,
  kind: scene.kind,
  start: scene.start,
  end: scene.end,
  text: scene.text,
  lang: scene.lang,
  agent: scene.agent === null ? null : agentLine(scene.agent, labels),
  tension: orNull('tension', scene.tension, labels),
  context: scene.context.map((facet) => facetLine('context', facet, labels)),
  atmosphere: orNull('atmosphere', scene.atmosphere, labels),
  archetype: orNull('archetype', scene.archetype, labels),
  figure: scene.figure,
  hyperlexeme: hyperlexeme(figureOf(scene), labels),
  code: formatCode(scene.code),
  ordinal: scene.ordinal,
});
