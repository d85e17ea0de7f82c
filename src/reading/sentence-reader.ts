import type { AgentFacet, Facet } from '../scene/facet.ts';
import type { Language, SceneKind } from '../scene/scene.ts';

/** A scene before it has a document: spans are in UTF-16 code units of the sentence. */
export interface SceneDraft {
  readonly kind: SceneKind;
  readonly start: number;
  readonly end: number;
  readonly agent: AgentFacet | null;
  readonly tension: Facet | null;
  readonly context: readonly Facet[];
  readonly atmosphere: Facet | null;
  readonly archetype: Facet | null;
}

/** Port: reads one sentence at a time. Adapters: the deterministic readers of each language, and later a model. */
export interface SentenceReader {
  readonly lang: Language;
  /**
   * @param sentence one sentence without white space at either end
   * @returns one or more drafts in order, covering the sentence but for white space between them; every facet's span
   *   lies within its draft's
   */
  read(sentence: string): readonly SceneDraft[];
}
