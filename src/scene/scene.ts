import type { Brand } from './brand.ts';
import { digestOf } from './digest.ts';
import type { AgentFacet, Facet } from './facet.ts';
import type { CorpusName, DocumentName } from './name.ts';

export type Language = 'ru' | 'en';
export const LANGUAGES: readonly Language[] = ['ru', 'en'];

export type DocumentId = Brand<string, 'DocumentId'>;
export type SceneId = Brand<string, 'SceneId'>;

/** `scene`: a whole sentence; `half`: one of several clauses of a sentence, each with its own finite verb and agent. */
export type SceneKind = 'scene' | 'half';

export interface Scene {
  readonly id: SceneId;
  /** 0, 1, 2 … in the order of the text. */
  readonly position: number;
  readonly kind: SceneKind;
  /** Span in UTF-16 code units of the document, `[start, end)`; never empty, no white space at either end. */
  readonly start: number;
  readonly end: number;
  /** Exactly the document's slice `[start, end)`. */
  readonly text: string;
  readonly lang: Language;
  readonly agent: AgentFacet | null;
  readonly tension: Facet | null;
  /** In the order of the text; each key at most once. */
  readonly context: readonly Facet[];
  readonly atmosphere: Facet | null;
  readonly archetype: Facet | null;
}

/** The same name in two corpora is two documents; ids do not depend on the workspace, the store scopes by it. */
export const documentId = (corpus: CorpusName, name: DocumentName): DocumentId =>
  digestOf('document', corpus, name) as string as DocumentId;

/**
 * The id follows the text, not the position, so that editing one paragraph leaves the other scenes alone.
 * @param nth which of the document's scenes of equal text this is: 0 for the first
 */
export const sceneId = (document: DocumentId, text: string, nth: number): SceneId =>
  digestOf('scene', document, text, String(nth)) as string as SceneId;
