import type { Standing } from '../collapse/bundle.ts';
import type { CompletionEnd, LanguageModel, ModelDescription } from '../model/language-model.ts';
import type { Coupling } from '../scene/coupling.ts';
import type { AgentFacet, Facet, FacetKind } from '../scene/facet.ts';
import type { CorpusName } from '../scene/name.ts';
import type { SceneId } from '../scene/scene.ts';
import type { Expansion } from '../store/expand.ts';
import type { StoredScene } from '../store/graph-store.ts';
import type { ActivatedScene } from '../worker/activate-job.ts';
import type { AssembledContext } from '../worker/assemble-job.ts';
import type { CollapseSummary } from '../worker/collapse-job.ts';
import type { CoupleReport } from '../worker/couple-job.ts';
import type { JobKindName, JobResult } from '../worker/job-kinds.ts';
import type { MergeAgentsReport } from '../worker/merge-agents-job.ts';
import type { CompletionEvent } from '../worker/model/complete-parts.ts';
import type { ModelBudget } from '../worker/model/model-budget.ts';
import type { Substitution, WrittenPrompt } from '../worker/model/prompt-of.ts';
import type { ExpandedRow } from '../worker/model/row-book.ts';
import type { SearchAnswer, SearchHit } from '../worker/search-job.ts';
import type { Connection } from './connection.ts';

/** What objects of the schema are resolved from where the domain has no type of that shape. */

export interface FacetParent extends Facet {
  readonly kind: FacetKind;
  /** The words it rests on. */
  readonly text: string;
}

export interface AgentFacetParent extends AgentFacet {
  readonly kind: FacetKind;
  readonly text: string;
}

export interface MorphemeParent {
  readonly kind: FacetKind;
  readonly key: string;
}

export interface CouplingParent {
  readonly coupling: Coupling;
  /** The end it is seen from: `coupling.a` or `coupling.b`. */
  readonly from: SceneId;
}

export interface SceneConnectionParent extends Connection<StoredScene> {
  /** Called only when a query asks for the count. */
  readonly countAll: () => number | Promise<number>;
}

export interface ExpansionParent extends Expansion {
  /** The cursor that the page was asked for with. */
  readonly after: string | null | undefined;
}

export interface ActivatedSceneParent extends Omit<ActivatedScene, 'through'> {
  readonly through: CouplingParent | null;
}

export interface FacetStandingParent extends Standing {
  readonly kind: FacetKind;
}

export interface AssembledContextParent extends AssembledContext {
  readonly tokens: number;
}

/** A change is done when its answer is put together: that the corpus cannot be read then is an error of that field alone. */
export interface OfCorpus {
  readonly corpus: CorpusName;
}

export interface CollapsePayloadParent extends Omit<CollapseSummary, 'bare'>, OfCorpus {
  readonly bare: {
    readonly scenes: number;
    readonly positions: number;
    readonly ofPositions: number;
    readonly tokenizer: string;
  };
}

export interface CouplePayloadParent extends CoupleReport, OfCorpus {}

export interface AgentMergePayloadParent extends MergeAgentsReport, OfCorpus {}
export interface SearchHitParent extends Omit<SearchHit, 'through'> {
  readonly through: CouplingParent | null;
}

export interface SearchConnectionParent
  extends Connection<SearchHitParent>,
    Pick<SearchAnswer, 'truncated' | 'clues' | 'wordsLeft'> {
  readonly totalCount: number;
}

/** What came of a job of some kinds. */
export type JobResultOf<Kind extends JobKindName> = Extract<JobResult, { readonly kind: Kind }>;

export interface ModelParent {
  readonly model: LanguageModel;
  readonly description: ModelDescription;
}

export interface EmbeddingParent {
  readonly vector: Float32Array;
  readonly substitutions: readonly Substitution[];
}

export interface ModelBudgetParent extends ModelBudget {
  readonly model: LanguageModel;
}

export type CompletionEventOf<Kind extends CompletionEvent['kind']> = Extract<CompletionEvent, { readonly kind: Kind }>;

export type CompletionPieceParent = CompletionEventOf<'text'> | ExpandedRow;

/** A whole completion. */
export interface CompletionParent extends CompletionEnd {
  readonly written: WrittenPrompt;
  readonly pieces: readonly CompletionPieceParent[];
}
