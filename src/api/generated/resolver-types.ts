import type { Code } from '../../scene/hypertoken.ts';
import type { OccurrenceRef } from '../../scene/hypertoken.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CorpusRecord, DocumentRecord, StoredScene, FacetRecord, AgentMerge as AgentMergeParent, HypertokenRecord, ViewRecord } from '../../store/graph-store.ts';
import type { FacetParent, AgentFacetParent, MorphemeParent, CouplingParent, SceneConnectionParent, ExpansionParent, ActivatedSceneParent, AssembledContextParent, FacetStandingParent, SearchConnectionParent, SearchHitParent, CouplePayloadParent, CollapsePayloadParent, AgentMergePayloadParent, JobResultOf, ModelParent, EmbeddingParent, ModelBudgetParent, CompletionParent, CompletionEventOf } from '../parents.ts';
import type { Figure as FigureParent } from '../../scene/figure.ts';
import type { Reason as ReasonParent } from '../../scene/coupling.ts';
import type { Occurrence as OccurrenceParent } from '../../scene/hypertoken.ts';
import type { Activation as ActivationParent } from '../../worker/activate-job.ts';
import type { Clue as ClueParent } from '../../activation/clue.ts';
import type { OccurrenceBundle } from '../../worker/bundle-job.ts';
import type { TensionStretch as TensionStretchParent, BundleSpan as BundleSpanParent } from '../../collapse/bundle.ts';
import type { Highlight as HighlightParent } from '../../worker/scene-answers.ts';
import type { ViewSelection as ViewSelectionParent } from '../../scene/view.ts';
import type { ReadReport } from '../../worker/read-job.ts';
import type { FacetsFilled } from '../../worker/model/model-facets.ts';
import type { Budget as BudgetParent } from '../../worker/budget-job.ts';
import type { LanguageStatistics, LevelStatistics, LevelPositions } from '../../activation/sequence-statistics.ts';
import type { BudgetRow } from '../../activation/budget.ts';
import type { JobRecord, JobProgress as JobProgressParent, JobError as JobErrorParent } from '../../worker/job-queue.ts';
import type { KeptExport } from '../../export/kept-exports.ts';
import type { PackSummary, ProcessStatus, Provenance as ProvenanceParent } from '../../model/language-model.ts';
import type { WrittenPart as WrittenPartParent, WrittenItem as WrittenItemParent, Substitution as SubstitutionParent } from '../../worker/model/prompt-of.ts';
import type { PredictedCodes as PredictedCodesParent, PredictedCode as PredictedCodeParent } from '../../worker/model/predict-next-codes.ts';
import type { ScoredParts, PartScore as PartScoreParent } from '../../worker/model/score-parts.ts';
import type { EmbeddedParts } from '../../worker/model/embed-parts.ts';
import type { PartBudget as PartBudgetParent, RungBudget as RungBudgetParent } from '../../worker/model/model-budget.ts';
import type { ExpandedCode, ExpandedFacet, ExpandedScene } from '../../worker/model/row-book.ts';
import type { ReadScenes } from '../../worker/model/read-scenes.ts';
import type { FilledScene } from '../../worker/model/fill-facets.ts';
import type { DroppedAnswer } from '../../worker/model/facet-answer.ts';
import type { WrittenPiece } from '../../worker/assemble-job.ts';
import type { ApiContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** The code of a hypertoken: Δ14. Read as well: D14, d14, 14 and the integer 14. */
  Code: { input: Code; output: Code; }
  /** A moment: ISO 8601 in UTC with milliseconds, 2026-11-28T03:04:05.678Z. */
  DateTime: { input: string; output: string; }
  /** One place where a code stands, code and ordinal: Δ14:7. Read as well: D14:7, d14:7 and 14:7. */
  OccurrenceRef: { input: OccurrenceRef; output: OccurrenceRef; }
};

/** A scene that lit up. */
export type ActivatedScene = {
  /** By what it answers to the source itself, by falling weight; empty for one that is reached over couplings alone. */
  readonly because: ReadonlyArray<Clue>;
  /** Does it carry any coupling? */
  readonly coupled?: Maybe<Scalars['Boolean']['output']>;
  /** The scene. */
  readonly scene: Scene;
  /** Its share of the activation, 0 to 1. */
  readonly score: Scalars['Float']['output'];
  /** The coupling by which most came to it; null for one that answers itself. */
  readonly through?: Maybe<Coupling>;
};

/** What lit up. */
export type Activation = {
  /** What was looked for, by falling weight; what nothing answers to as well. */
  readonly clues: ReadonlyArray<Clue>;
  /** Where. */
  readonly corpus?: Maybe<Corpus>;
  /** Scenes that have a score, here or not. */
  readonly litCount: Scalars['Int']['output'];
  /** The share of the activation that was not passed on, 0 to 1: what it would still change. */
  readonly residual: Scalars['Float']['output'];
  /** Times that couplings were read. */
  readonly rounds: Scalars['Int']['output'];
  /** By falling score. */
  readonly scenes: ReadonlyArray<ActivatedScene>;
  /** Scenes it started from: those that answer to most, 32 at most. */
  readonly seedCount: Scalars['Int']['output'];
  /** Scenes that answer to less, and that it did not start from. */
  readonly seedsLeft: Scalars['Int']['output'];
  /** Scenes whose couplings were read. */
  readonly touched: Scalars['Int']['output'];
  /** What kept it from going on; null where nothing did. */
  readonly truncated?: Maybe<ActivationLimit>;
  /** Words of the query that were not searched for: the longest 8 with content are. */
  readonly wordsLeft: ReadonlyArray<Scalars['String']['output']>;
};

/** What may keep activation from going on. */
export type ActivationLimit =
  /** The times that couplings may be read: 16. */
  | 'rounds'
  /** The scenes whose couplings may be read: see `budget`. */
  | 'touched';

/** From what activation spreads: exactly one of these. */
export type ActivationSource =
  /** All places in the corpus where a code stands. */
  { readonly code: Scalars['Code']['input']; readonly occurrence?: never; readonly query?: never; readonly scene?: never; }
  |  /** The scenes of one occurrence. */
  { readonly code?: never; readonly occurrence: Scalars['OccurrenceRef']['input']; readonly query?: never; readonly scene?: never; }
  |  /** A text of at most 1000 UTF-16 code units. It is read as scenes are; its facets, words and figures are looked for. */
  { readonly code?: never; readonly occurrence?: never; readonly query: Scalars['String']['input']; readonly scene?: never; }
  |  /** One scene: a global id, or a scene's `key`. */
  { readonly code?: never; readonly occurrence?: never; readonly query?: never; readonly scene: Scalars['ID']['input']; };

/** Who acts or undergoes, with the words it rests on. */
export type AgentFacet = {
  /** What it rests on. */
  readonly by: FacetEvidence;
  /** 0 to 1. */
  readonly confidence: Scalars['Float']['output'];
  /** Where they end: the span is `[start, end)`. */
  readonly end: Scalars['Int']['output'];
  /** The person it resolves to; equals `key` until an alias is known. */
  readonly entity: Scalars['String']['output'];
  /** The lemma as written. */
  readonly key: Scalars['String']['output'];
  /** Always AGENT. */
  readonly kind: FacetKind;
  /** What the facet is called. */
  readonly label: Scalars['String']['output'];
  /** The entity as the reader gave it: another one where a merge of agents leads on from it to `entity`. */
  readonly own: Scalars['String']['output'];
  /** Where they start in the document, in UTF-16 code units. */
  readonly start: Scalars['Int']['output'];
  /** The words it rests on. */
  readonly text: Scalars['String']['output'];
};


/** Who acts or undergoes, with the words it rests on. */
export type AgentFacetLabelArgs = {
  labels?: Language;
};

/** One agent is said to be another: both are one person. Scenes of `alias` have `person` as their `entity`. */
export type AgentMerge = {
  /** The entity that was merged. */
  readonly alias: Scalars['String']['output'];
  /** What the merge rests on. */
  readonly by: FacetEvidence;
  /** Whom it was merged into: the person, or another alias of it. */
  readonly into: Scalars['String']['output'];
  /** Whom its scenes lead to: the end of the merges. */
  readonly person: Scalars['String']['output'];
};

/** A page of merges. */
export type AgentMergeConnection = {
  /** The items of the page with their cursors. */
  readonly edges: ReadonlyArray<AgentMergeEdge>;
  /** The same merges without their cursors. */
  readonly nodes: ReadonlyArray<AgentMerge>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A merge and where it stands in its list. */
export type AgentMergeEdge = {
  /** For `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The merge. */
  readonly node: AgentMerge;
};

/** What a merge of agents did, or taking it back. */
export type AgentMergeJobResult = {
  /** Couplings made or changed. */
  readonly couplings: Scalars['Int']['output'];
  /** Occurrences of motifs that held any of them and were deleted; collapse the corpus to find them anew. */
  readonly occurrences: Scalars['Int']['output'];
  /** Scenes that have another agent now. */
  readonly scenes: Scalars['Int']['output'];
  /** Nothing was changed: the merge stood already, or an earlier run had taken it back. */
  readonly unchanged: Scalars['Boolean']['output'];
};

/** What a merge of agents did, or taking it back. */
export type AgentMergePayload = {
  /** The agent that was merged. */
  readonly alias: Scalars['String']['output'];
  /** As it stands now; null where it is gone again. */
  readonly corpus?: Maybe<Corpus>;
  /** Couplings made or changed. */
  readonly couplings: Scalars['Int']['output'];
  /** Whom it was merged into. */
  readonly into: Scalars['String']['output'];
  /** Occurrences of motifs that held any of them and were deleted; collapse the corpus to find them anew. */
  readonly occurrences: Scalars['Int']['output'];
  /** Whom the alias's scenes lead to now; after undoing the alias itself. */
  readonly person: Scalars['String']['output'];
  /** Scenes that have another agent now. */
  readonly scenes: Scalars['Int']['output'];
  /** The merge stood already; nothing was changed. */
  readonly unchanged: Scalars['Boolean']['output'];
};

/** All scenes within some couplings of one. */
export type AroundInput = {
  /** How many couplings away at most, 1 to 4. */
  readonly hops?: Scalars['Int']['input'];
  /** A global id, or a scene's `key`. */
  readonly seed: Scalars['ID']['input'];
  /** Only over couplings of at least this weight, 0 to 1. */
  readonly weightMin?: Scalars['Float']['input'];
};

/** What fits into a model's context. */
export type AssembledContext = {
  /** What it was chosen from. */
  readonly activation: Activation;
  /** What does not go in, in the order of the corpus. */
  readonly dropped: ReadonlyArray<DroppedScene>;
  /** In the order of the corpus; a motif or community stands where the first scene stands that it stands for. */
  readonly pieces: ReadonlyArray<ContextPiece>;
  /** Positions of all pieces together, never above `tokens`. What parts them in the context is not counted. */
  readonly positions: Scalars['Int']['output'];
  /** Whose positions are counted. */
  readonly tokenizer: Scalars['String']['output'];
  /** Positions that there are. */
  readonly tokens: Scalars['Int']['output'];
};

/** Of a corpus, the scenes that no coupling joins to another one, but that of mere sequence. */
export type BareShare = {
  /** Positions that the texts of all scenes take. */
  readonly ofPositions: Scalars['Int']['output'];
  /** Positions that their texts take in a model's context. */
  readonly positions: Scalars['Int']['output'];
  /** How many they are. */
  readonly scenes: Scalars['Int']['output'];
  /** Whose positions are counted. */
  readonly tokenizer: Scalars['String']['output'];
};

/** What ran beside an answer. */
export type BatchMode =
  /** Nothing, and from an empty cache. */
  | 'alone'
  /** Others may have been in the same batches. */
  | 'shared'
  /** A server does not tell. */
  | 'unknown';

/** One argument of an occurrence. */
export type Binding = {
  /** The agent's entity. */
  readonly agent: Scalars['String']['output'];
  /** Which variable of the form. */
  readonly slot: Scalars['Int']['output'];
};

/** Positions that scenes take in a model's context. */
export type Budget = {
  /** Figures that differ: codes of level 0. */
  readonly codeCount: Scalars['Int']['output'];
  /** Do the levels stand for what the corpus is now? Null for a text, which has level 0 alone. */
  readonly collapse?: Maybe<CollapseState>;
  /** By language and kind: Russian before English, whole scenes before clauses. */
  readonly groups: ReadonlyArray<BudgetGroup>;
  /** The same by language, Russian before English. */
  readonly languages: ReadonlyArray<BudgetLanguage>;
  /** The scenes in the codes of each level, from 0 to the highest. Level 0 alone for a text, and where there are more scenes than were counted. */
  readonly levels: ReadonlyArray<BudgetLevel>;
  /** Scenes that were counted. */
  readonly sceneCount: Scalars['Int']['output'];
  /** Tokens of the scenes' texts, each counted by itself: white space between scenes is left out. Null of no scenes. */
  readonly textTokens?: Maybe<Scalars['Float']['output']>;
  /** Whose positions are counted. */
  readonly tokenizer: Scalars['String']['output'];
  /** Are there more? */
  readonly truncated: Scalars['Boolean']['output'];
  /** Codes for each scene, 0 to 1: the less, the more they repeat. Null of no scenes. */
  readonly typeTokenRatio?: Maybe<Scalars['Float']['output']>;
  /** Scenes in which nothing of the figure stands: those of Δ0. */
  readonly withoutFigureCount: Scalars['Int']['output'];
  /** Their share of the scenes, 0 to 1. Null of no scenes. */
  readonly withoutFigureShare?: Maybe<Scalars['Float']['output']>;
};

/** Scenes of one language and kind. */
export type BudgetGroup = {
  /** Whole sentences, or clauses. */
  readonly kind: SceneKind;
  /** Their language. */
  readonly lang: Language;
  /** From whole text to one code. */
  readonly rungs: ReadonlyArray<RungBudget>;
  /** How many were counted. */
  readonly sceneCount: Scalars['Int']['output'];
};

/** Scenes of one language. */
export type BudgetLanguage = {
  /** Figures that differ: codes of level 0. */
  readonly codeCount: Scalars['Int']['output'];
  /** Tokens a half-scene. Null where there is none. */
  readonly halves?: Maybe<TokenSpread>;
  /** Which language. */
  readonly lang: Language;
  /** In the codes of each level; an occurrence of scenes in both languages counts for that of its first scene. */
  readonly levels: ReadonlyArray<BudgetLanguageLevel>;
  /** How many were counted. */
  readonly sceneCount: Scalars['Int']['output'];
  /** Tokens a sentence: a whole scene, or half-scenes put together. Null where there is none. */
  readonly sentences?: Maybe<TokenSpread>;
  /** Tokens of the scenes' texts, each counted by itself. Null of no scenes. */
  readonly textTokens?: Maybe<Scalars['Float']['output']>;
  /** Codes for each scene, 0 to 1: the less, the more they repeat. Null of no scenes. */
  readonly typeTokenRatio?: Maybe<Scalars['Float']['output']>;
  /** Scenes in which nothing of the figure stands: those of Δ0. */
  readonly withoutFigureCount: Scalars['Int']['output'];
  /** Their share of the scenes, 0 to 1. Null of no scenes. */
  readonly withoutFigureShare?: Maybe<Scalars['Float']['output']>;
};

/** Scenes of one language in the codes of one level. */
export type BudgetLanguageLevel = {
  /** Tokens of text for each position. Null where there is no position. */
  readonly compression?: Maybe<Scalars['Float']['output']>;
  /** 0: figures, 1: motifs, above: communities. */
  readonly level: Scalars['Int']['output'];
  /** One for each occurrence that makes up the level: its own, and those of lower levels that rise unchanged. */
  readonly positions: Scalars['Int']['output'];
};

/** All scenes in the codes of one level, and what a reader of these has to know beforehand. */
export type BudgetLevel = {
  /** Codes of the level itself. */
  readonly codeCount: Scalars['Int']['output'];
  /** Tokens of text for each position. Null where there is no position. */
  readonly compression?: Maybe<Scalars['Float']['output']>;
  /** Tokens of text for each position, those of the registry counted in: an upper bound, since these leave out how parts are coupled. Null where there is no position. */
  readonly compressionWithRegistry?: Maybe<Scalars['Float']['output']>;
  /** 0: figures, 1: motifs, above: communities. */
  readonly level: Scalars['Int']['output'];
  /** Occurrences of the level itself. */
  readonly occurrenceCount: Scalars['Int']['output'];
  /** One for each occurrence that makes up the level: its own, and those of lower levels that rise unchanged. */
  readonly positions: Scalars['Int']['output'];
  /** Codes of this level and those below: rows of a vocabulary. */
  readonly registryCodes: Scalars['Int']['output'];
  /** Of what tells each of these codes once, its morphemes at level 0, above it its parts. How the parts are coupled and which agents they share is left out. */
  readonly registryPositions: Scalars['Int']['output'];
  /** Codes for each occurrence of the level itself. Null where there are none. */
  readonly typeTokenRatio?: Maybe<Scalars['Float']['output']>;
};

/** Whose scenes are counted: exactly one of these. */
export type BudgetSource =
  /** The name of a corpus. */
  { readonly corpus: Scalars['String']['input']; readonly text?: never; }
  |  /** A text, which is read and not kept, in the language that is found out from it. */
  { readonly corpus?: never; readonly text: Scalars['String']['input']; };

/** What an occurrence holds together. */
export type Bundle = {
  /** Who stands in the most scenes, five at most. */
  readonly agents: ReadonlyArray<FacetStanding>;
  /** The commonest archetype; null where none stands. */
  readonly archetype?: Maybe<FacetStanding>;
  /** The commonest atmosphere; null where none stands. */
  readonly atmosphere?: Maybe<FacetStanding>;
  /** The share of its couplings that these scenes carry, by weight, 0 to 1; null where there is no coupling. */
  readonly carried?: Maybe<Scalars['Float']['output']>;
  /** The share of its scenes' couplings that stay inside, by weight, 0 to 1; null where none of them is coupled. */
  readonly coherence?: Maybe<Scalars['Float']['output']>;
  /** What stands around in the most scenes, five at most. */
  readonly contexts: ReadonlyArray<FacetStanding>;
  /** Scenes that a coupling joins to another scene of it. */
  readonly coupledCount: Scalars['Int']['output'];
  /** Of how many documents it has scenes. */
  readonly documentCount: Scalars['Int']['output'];
  /** Who, what kind of scenes, in what tension, among what, how many and where, in one line. */
  readonly gloss: Scalars['String']['output'];
  /** The labels of archetype, atmosphere and tension in one word. */
  readonly hyperlexeme: Scalars['String']['output'];
  /** What was told. */
  readonly occurrence: Occurrence;
  /** Scenes it was told by. */
  readonly scenesRead: Scalars['Int']['output'];
  /** Where its scenes stand, by falling number of them, ten documents at most. */
  readonly spans: ReadonlyArray<BundleSpan>;
  /** The scenes that together carry most of its couplings, three at most, in the order of the text. */
  readonly summary: ReadonlyArray<Scene>;
  /** The commonest tension; null where none stands. */
  readonly tension?: Maybe<FacetStanding>;
  /** How its tension runs: ten equal stretches in the order of the text, or as many as it has scenes. */
  readonly tensionCurve: ReadonlyArray<TensionStretch>;
  /** Whether the occurrence has more: it is told by the first of its form then. */
  readonly truncated: Scalars['Boolean']['output'];
};


/** What an occurrence holds together. */
export type BundleGlossArgs = {
  labels?: Language;
};


/** What an occurrence holds together. */
export type BundleHyperlexemeArgs = {
  labels?: Language;
};

/** Where the scenes of an occurrence stand in one document. */
export type BundleSpan = {
  /** The document. */
  readonly document?: Maybe<Document>;
  /** Where the last ends. */
  readonly end: Scalars['Int']['output'];
  /** Position of the first of them. */
  readonly from: Scalars['Int']['output'];
  /** How many of its scenes. */
  readonly sceneCount: Scalars['Int']['output'];
  /** Where the first begins, in UTF-16 code units of the document. */
  readonly start: Scalars['Int']['output'];
  /** Position of the last of them. */
  readonly to: Scalars['Int']['output'];
};

/** The job that was to be stopped. */
export type CancelJobPayload = {
  /** As it stands now. */
  readonly job: Job;
};

/** By what scenes answer to the source. */
export type Clue = {
  /** Of a facet its key; the word as it was asked; Δ14; Δ14:7; a scene's key. */
  readonly key: Scalars['String']['output'];
  /** What kind of clue. */
  readonly kind: ClueKind;
  /** What it is called. */
  readonly label: Scalars['String']['output'];
  /** In how many scenes of the corpus it stands. Of a code above level 0 those of its first places. */
  readonly sceneCount: Scalars['Int']['output'];
  /** How many of these were looked up: the first 32, of a word those too in which all words stand, of a code above level 0 more. None of a facet of over 2000 scenes where another is rarer. */
  readonly takenCount: Scalars['Int']['output'];
  /** What a scene gets that answers to it, 0 to 1: how rare it is, and how sure. What is named itself has 1. */
  readonly weight: Scalars['Float']['output'];
};


/** By what scenes answer to the source. */
export type ClueLabelArgs = {
  labels?: Language;
};

/** What kind of clue. */
export type ClueKind =
  /** A person of the query. */
  | 'agent'
  /** An archetype of the query. */
  | 'archetype'
  /** An atmosphere of the query. */
  | 'atmosphere'
  /** The code that was named, or that the query has as a scene. */
  | 'code'
  /** A place or circumstance of the query. */
  | 'context'
  /** The occurrence that was named. */
  | 'occurrence'
  /** The scene that was named. */
  | 'scene'
  /** A tension of the query. */
  | 'tension'
  /** A word of the query, in any form with the same stem. */
  | 'word';

/** A code that came, or may come, as a row of a pack. */
export type CodeRow = {
  /** Null where this workspace has never seen it. */
  readonly code?: Maybe<Scalars['Code']['output']>;
  /** Hash of its form, 32 hex digits, the same in every installation. */
  readonly digest: Scalars['String']['output'];
  /** Of a motif in the order of its form, of a community the commonest; none where it is not known. */
  readonly figures: ReadonlyArray<Figure>;
  /** Null where it is not known. */
  readonly hyperlexeme?: Maybe<Scalars['String']['output']>;
  /** 0 of a figure, 1 of a motif, 2 and above of a community; null where it is not known: neither seen here nor a figure. */
  readonly level?: Maybe<Scalars['Int']['output']>;
};

/** What to collapse, and how. */
export type CollapseJobInput = {
  /** Find all levels from nothing, though those of an earlier collapse stand. */
  readonly afresh?: Scalars['Boolean']['input'];
  /** The corpus's name. */
  readonly corpus: Scalars['String']['input'];
  /** Of the communities of level 2, above 0: the higher, the smaller they are. Each level above has a quarter of it. 16 unless set. */
  readonly resolution?: InputMaybe<Scalars['Float']['input']>;
  /** Of the random numbers that finding communities takes: the same gives the same. 1 unless set. */
  readonly seed?: InputMaybe<Scalars['Int']['input']>;
};

/** What a collapse did. */
export type CollapseJobResult = {
  /** Occurrences that are new. */
  readonly added: Scalars['Int']['output'];
  /** All levels were found from nothing; else only what changed since the collapse before, and what that reaches, was collapsed anew. */
  readonly afresh: Scalars['Boolean']['output'];
  /** What no coupling joins to another scene, but that of mere sequence. */
  readonly bare: BareShare;
  /** Occurrences that are no longer there. */
  readonly deleted: Scalars['Int']['output'];
  /** How much shorter the corpus is told with its motifs. */
  readonly description: DescriptionLength;
  /** Occurrences that were there before and keep code and ordinal. */
  readonly kept: Scalars['Int']['output'];
  /** From level 1 upwards. */
  readonly levels: ReadonlyArray<CollapsedLevel>;
  /** Codes allotted for the first time. */
  readonly newCodes: Scalars['Int']['output'];
  /** Occurrences of all levels above 0. */
  readonly occurrences: Scalars['Int']['output'];
  /** The revision of the corpus that was collapsed. */
  readonly revision: Scalars['Int']['output'];
  /** Scenes that stand in no motif and rise to level 1 unchanged. */
  readonly risen: Scalars['Int']['output'];
};

/** What a collapse did. */
export type CollapsePayload = {
  /** Occurrences that are new. */
  readonly added: Scalars['Int']['output'];
  /** All levels were found from nothing; else only what changed since the collapse before, and what that reaches, was collapsed anew. */
  readonly afresh: Scalars['Boolean']['output'];
  /** What no coupling joins to another scene, but that of mere sequence. */
  readonly bare: BareShare;
  /** As it stands now; null where it is gone again. */
  readonly corpus?: Maybe<Corpus>;
  /** Occurrences that are no longer there. */
  readonly deleted: Scalars['Int']['output'];
  /** How much shorter the corpus is told with its motifs. */
  readonly description: DescriptionLength;
  /** Occurrences that were there before and keep code and ordinal. */
  readonly kept: Scalars['Int']['output'];
  /** From level 1 upwards. */
  readonly levels: ReadonlyArray<CollapsedLevel>;
  /** Codes allotted for the first time. */
  readonly newCodes: Scalars['Int']['output'];
  /** Occurrences of all levels above 0. */
  readonly occurrences: Scalars['Int']['output'];
  /** The revision of the corpus that was collapsed. */
  readonly revision: Scalars['Int']['output'];
  /** Scenes that stand in no motif and rise to level 1 unchanged. */
  readonly risen: Scalars['Int']['output'];
};

/** Whether a corpus was collapsed, and whether it has changed since. */
export type CollapseState =
  /** Collapsed as it is now. */
  | 'FRESH'
  /** Never collapsed. */
  | 'NONE'
  /** Changed since it was collapsed. */
  | 'STALE';

/** What to collapse, and what to call it. */
export type CollapseViewInput = {
  /** The corpus's name. */
  readonly corpus: Scalars['String']['input'];
  /** The view's name, unique within its corpus: 1 to 255 characters, no control characters, no white space at either end. */
  readonly name: Scalars['String']['input'];
  /** Whether to put it in the place of another view of this name; without, that is a VIEW_EXISTS. */
  readonly replace?: Scalars['Boolean']['input'];
  /** Scenes at most, 1 to 10000: more are a VIEW_TOO_LARGE, none is left out. */
  readonly scenesMax?: Scalars['Int']['input'];
  /** Its scenes. */
  readonly source: ViewSource;
};

/** What collapsing a view did. */
export type CollapseViewPayload = {
  /** Its form has a code for the first time: no view of the workspace looked like it before. */
  readonly newCode: Scalars['Boolean']['output'];
  /** What stood under this name and is gone; null for nothing. */
  readonly replaced?: Maybe<Scalars['OccurrenceRef']['output']>;
  /** It stood already, with the same scenes coupled in the same way; nothing was changed. */
  readonly unchanged: Scalars['Boolean']['output'];
  /** As it stands now. */
  readonly view: View;
};

/** One level above 0, as it was collapsed. */
export type CollapsedLevel = {
  /** 1: motifs. 2 and above: communities. */
  readonly level: Scalars['Int']['output'];
  /** Of all that makes up the level, at that resolution: -1 to 1. Null for motifs. */
  readonly modularity?: Maybe<Scalars['Float']['output']>;
  /** Occurrences of the level itself, what rises to it unchanged not counted in. */
  readonly occurrences: Scalars['Int']['output'];
  /** At which its communities were found; null for motifs, 0 for the level that joins what no coupling does. */
  readonly resolution?: Maybe<Scalars['Float']['output']>;
};

/** A whole completion. */
export type Completion = {
  /** Text and rows in the order in which they came; text that touches is joined. */
  readonly pieces: ReadonlyArray<CompletionPiece>;
  /** By what it came about. */
  readonly provenance: Provenance;
  /** Why it ended. */
  readonly reason: CompletionReason;
  /** What is not written on the rung it was wanted on. */
  readonly substitutions: ReadonlyArray<Substitution>;
  /** All text that came, without rows. */
  readonly text: Scalars['String']['output'];
  /** What it took. */
  readonly usage: ModelUsage;
  /** How each part is written. */
  readonly written: ReadonlyArray<WrittenPart>;
};

/** How a completion ended. */
export type CompletionEnd = {
  /** By what it came about. */
  readonly provenance: Provenance;
  /** Why. */
  readonly reason: CompletionReason;
  /** What it took. */
  readonly usage: ModelUsage;
};

/** What a completion tells as it comes. */
export type CompletionEvent = CodeRow | CompletionEnd | CompletionText | CompletionWritten | FacetRow | SceneRow;

/** Something that came. */
export type CompletionPiece = CodeRow | CompletionText | FacetRow | SceneRow;

/** Why a completion ended. */
export type CompletionReason =
  /** The model ended it. */
  | 'end'
  /** `tokensMax`, or the context is full. */
  | 'length'
  /** One of the stop texts came. */
  | 'stop';

/** Text that came. */
export type CompletionText = {
  /** Whole characters. */
  readonly text: Scalars['String']['output'];
};

/** How the parts are written, before anything comes. */
export type CompletionWritten = {
  /** What is not written on the rung it was wanted on. */
  readonly substitutions: ReadonlyArray<Substitution>;
  /** How each part is written. */
  readonly written: ReadonlyArray<WrittenPart>;
};

/** Chooses scenes as `assemble` does, in the model's own positions. */
export type ContextPart = {
  /** Scenes whose couplings may be read: 1 to 2000. */
  readonly budget?: Scalars['Int']['input'];
  /** The name of the corpus in which a query or a code is looked for. An occurrence and a scene have theirs. */
  readonly corpus?: InputMaybe<Scalars['String']['input']>;
  /** From what activation spreads. */
  readonly from: ActivationSource;
  /** How many activated scenes to choose from: 1 to the page limit of the installation, which is 200 unless set otherwise. */
  readonly limit?: Scalars['Int']['input'];
  /** How a scene is written that does not go in whole. */
  readonly rung?: FoldedRung;
  /** Positions that it may take, from 1. */
  readonly tokens: Scalars['Int']['input'];
};

/** A part of the context. */
export type ContextPiece = {
  /** Whole, folded, or several scenes as one motif or community. */
  readonly form: PieceForm;
  /** The scene itself, the motif or the community: `expand` gives back what it stands for. */
  readonly occurrence?: Maybe<Occurrence>;
  /** What it takes. */
  readonly positions: Scalars['Int']['output'];
  /** On which rung it is written. */
  readonly rung: Rung;
  /** The scenes that it stands for, in the order of the corpus: one, or several of a motif or community. */
  readonly scenes: ReadonlyArray<Scene>;
  /** As it is written. */
  readonly text: Scalars['String']['output'];
};

/** One named body of text or dialogue, an ordered list of documents. Couplings never cross corpora. */
export type Corpus = Node & {
  /** Which of its agents were merged into others, by alias. */
  readonly agentMerges?: Maybe<AgentMergeConnection>;
  /** Do the hypertokens stand for what the corpus is now? */
  readonly collapse: CollapseState;
  /** How many couplings its scenes have. */
  readonly couplingCount: Scalars['Int']['output'];
  /** How many documents it has. */
  readonly documentCount: Scalars['Int']['output'];
  /** Its documents, in the order in which they came. */
  readonly documents?: Maybe<DocumentConnection>;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Unique. */
  readonly name: Scalars['String']['output'];
  /** Grows with every change of the corpus. */
  readonly revision: Scalars['Int']['output'];
  /** How many scenes it has. */
  readonly sceneCount: Scalars['Int']['output'];
  /** How many of its scenes wait to be coupled. */
  readonly uncoupledCount: Scalars['Int']['output'];
};


/** One named body of text or dialogue, an ordered list of documents. Couplings never cross corpora. */
export type CorpusAgentMergesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


/** One named body of text or dialogue, an ordered list of documents. Couplings never cross corpora. */
export type CorpusDocumentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};

/** A page of corpora. */
export type CorpusConnection = {
  /** The items of the page with their cursors. */
  readonly edges: ReadonlyArray<CorpusEdge>;
  /** The same corpora without their cursors. */
  readonly nodes: ReadonlyArray<Corpus>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A corpus and where it stands in its list. */
export type CorpusEdge = {
  /** For `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The corpus. */
  readonly node: Corpus;
};

/** A facet and in how many scenes of a corpus it stands. */
export type CorpusFacet = {
  /** A key of the inventory; for an agent the entity, for a context the lemma. A filter of scenes takes it as it is. */
  readonly key: Scalars['String']['output'];
  /** Which side of the scenes. */
  readonly kind: FacetKind;
  /** What the facet is called. */
  readonly label: Scalars['String']['output'];
  /** In how many scenes of the corpus it stands. */
  readonly sceneCount: Scalars['Int']['output'];
};


/** A facet and in how many scenes of a corpus it stands. */
export type CorpusFacetLabelArgs = {
  labels?: Language;
};

/** A page of facets. */
export type CorpusFacetConnection = {
  /** The items of the page with their cursors. */
  readonly edges: ReadonlyArray<CorpusFacetEdge>;
  /** The same facets without their cursors. */
  readonly nodes: ReadonlyArray<CorpusFacet>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A facet and where it stands in its list. */
export type CorpusFacetEdge = {
  /** For `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The facet. */
  readonly node: CorpusFacet;
};

/** Which corpus to couple. */
export type CoupleJobInput = {
  /** The corpus's name. */
  readonly corpus: Scalars['String']['input'];
};

/** What coupling did: of what waited, or of all afresh. */
export type CoupleJobResult = {
  /** Couplings added. */
  readonly added: Scalars['Int']['output'];
  /** Couplings removed while coupling. */
  readonly removed: Scalars['Int']['output'];
  /** Scenes that were coupled. */
  readonly scenes: Scalars['Int']['output'];
};

/** What coupling did. */
export type CouplePayload = {
  /** Couplings added. */
  readonly added: Scalars['Int']['output'];
  /** As it stands now; null where it is gone again. */
  readonly corpus?: Maybe<Corpus>;
  /** Couplings removed. */
  readonly removed: Scalars['Int']['output'];
  /** Scenes that were coupled. */
  readonly scenes: Scalars['Int']['output'];
};

/** A weighted, explained edge between two scenes of a corpus, seen from one of them. */
export type Coupling = {
  /** Why the two hang together, by falling weight; never empty. */
  readonly because: ReadonlyArray<Reason>;
  /** The scene at the other end. */
  readonly other: Scene;
  /** The scene it is seen from. */
  readonly scene: Scene;
  /** 0 to 1. */
  readonly weight: Scalars['Float']['output'];
};

/** A page of a scene's couplings. */
export type CouplingConnection = {
  /** The items of the page with their cursors. */
  readonly edges: ReadonlyArray<CouplingEdge>;
  /** The same couplings without their cursors. */
  readonly nodes: ReadonlyArray<Coupling>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A coupling and where it stands in its list. */
export type CouplingEdge = {
  /** For `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The coupling. */
  readonly node: Coupling;
};

/** What was deleted. */
export type DeleteExportPayload = {
  /** The export's global id, which names nothing any more. */
  readonly deletedId: Scalars['ID']['output'];
};

/** What was deleted with a document or corpus. */
export type DeletePayload = {
  /** Couplings deleted. */
  readonly couplings: Scalars['Int']['output'];
  /** Global id of what was deleted. */
  readonly deletedId: Scalars['ID']['output'];
  /** Documents deleted. */
  readonly documents: Scalars['Int']['output'];
  /** Occurrences deleted, those of scenes counted in. */
  readonly occurrences: Scalars['Int']['output'];
  /** Scenes deleted. */
  readonly scenes: Scalars['Int']['output'];
};

/** What was deleted with a view. */
export type DeleteViewPayload = {
  /** Its occurrence, which is gone. */
  readonly deletedRef: Scalars['OccurrenceRef']['output'];
  /** The view's name. */
  readonly name: Scalars['String']['output'];
  /** How many scenes were in it; they stay. */
  readonly size: Scalars['Int']['output'];
};

/** Bits that a corpus takes to tell: figures and agents of its scenes, its couplings but those of mere sequence; without the tables of what occurs how often. */
export type DescriptionLength = {
  /** With its motifs, each told once. */
  readonly after: Scalars['Float']['output'];
  /** Scene by scene and coupling by coupling. */
  readonly before: Scalars['Float']['output'];
  /** Of that, what the motifs are. */
  readonly dictionary: Scalars['Float']['output'];
};

/** One text of a corpus; scenes point into it by their span. */
export type Document = Node & {
  /** Bytes of UTF-8. */
  readonly bytes: Scalars['Int']['output'];
  /** The corpus it is part of. */
  readonly corpus?: Maybe<Corpus>;
  /** The model that filled the facets that the reader was unsure of, its file's SHA-256 and how it was asked; null where none did. */
  readonly filledBy?: Maybe<Scalars['String']['output']>;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** The id as it stands in exports and on the command line, 32 hex digits. */
  readonly key: Scalars['String']['output'];
  /** The language it was read in. */
  readonly lang: Language;
  /** UTF-16 code units, which the spans of scenes and facets count. */
  readonly length: Scalars['Int']['output'];
  /** Unique in its corpus; by default the name of the file it came from. */
  readonly name: Scalars['String']['output'];
  /** What the reader had to do that a person would want to know. */
  readonly notices: ReadonlyArray<Scalars['String']['output']>;
  /** How many scenes it has. */
  readonly sceneCount: Scalars['Int']['output'];
  /** Its scenes, in the order of the text. */
  readonly scenes?: Maybe<SceneConnection>;
  /** SHA-256 of the document's bytes, 64 hex digits. */
  readonly sha256: Scalars['String']['output'];
  /** The slice `[start, end)` of the text, at most 1048576 code units; slices put together are the text exactly. */
  readonly text?: Maybe<Scalars['String']['output']>;
  /** 1, and one more each time another text came under the same name, or the same was read otherwise. */
  readonly version: Scalars['Int']['output'];
};


/** One text of a corpus; scenes point into it by their span. */
export type DocumentScenesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


/** One text of a corpus; scenes point into it by their span. */
export type DocumentTextArgs = {
  end?: InputMaybe<Scalars['Int']['input']>;
  start?: Scalars['Int']['input'];
};

/** A page of documents. */
export type DocumentConnection = {
  /** The items of the page with their cursors. */
  readonly edges: ReadonlyArray<DocumentEdge>;
  /** The same documents without their cursors. */
  readonly nodes: ReadonlyArray<Document>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
  /** How many there are on all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A document and where it stands in its list. */
export type DocumentEdge = {
  /** For `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The document. */
  readonly node: Document;
};

/** Why a scene does not go in. */
export type DropReason =
  /** There was no room left. */
  | 'full'
  /** It carries no coupling, other than that it follows another scene: such scenes are dropped first. */
  | 'uncoupled';

/** Something that a model said of a facet, and that does not hold. */
export type DroppedFacet = {
  /** Which side of the scene. */
  readonly kind: FacetKind;
  /** Why it does not hold. */
  readonly why: FacetRefusal;
};

/** A scene that does not go in. */
export type DroppedScene = {
  /** The scene. */
  readonly scene: Scene;
  /** Why not. */
  readonly why: DropReason;
};

/** The vector of a list of parts. */
export type Embedding = {
  /** Its numbers as 32-bit floating point, 4 bytes each, the lowest byte first, in base64. */
  readonly base64: Scalars['String']['output'];
  /** How many numbers it has: the same for all vectors of a model. */
  readonly length: Scalars['Int']['output'];
  /** What is not written on the rung it was wanted on; `part` is the index in this list. */
  readonly substitutions: ReadonlyArray<Substitution>;
  /** Its numbers, −1 to 1, whose squares add up to 1. Counted as 4096 values: where there are many, ask for `base64`. */
  readonly vector: ReadonlyArray<Scalars['Float']['output']>;
};

/** What an occurrence stands for, exactly. */
export type Expansion = {
  /**
   * Couplings within the occurrence whose later end, in the order of the form, is one of the `scenes` of this page: the other end is
   * too, or stands before, in whatever part. A walk through all pages, all the way down, gives each once.
   */
  readonly couplings?: Maybe<ReadonlyArray<Coupling>>;
  /** What stands there. */
  readonly hypertoken: Hypertoken;
  /** What was expanded. */
  readonly occurrence: Occurrence;
  /** What it is made of at the depth that was asked for, in the order of the form. Without one, and of a scene, the scenes themselves. */
  readonly parts?: Maybe<OccurrenceConnection>;
  /** Those parts of the page that are scenes, in the order of the form; `pageInfo` is that of `parts`. `totalCount` is of the whole occurrence, all the way down. */
  readonly scenes: SceneConnection;
};

/** A corpus in files, as it stood at one revision. */
export type Export = Node & {
  /** Of all its files. */
  readonly bytes: Scalars['Float']['output'];
  /** The corpus's name. */
  readonly corpus: Scalars['String']['output'];
  /** Couplings of the corpus then. */
  readonly couplings: Scalars['Int']['output'];
  /** Documents of the corpus then. */
  readonly documents: Scalars['Int']['output'];
  /** From when on it is no longer there. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** All its files but the manifest, by path. */
  readonly files: ReadonlyArray<ExportFile>;
  /** When it was whole. */
  readonly finishedAt: Scalars['DateTime']['output'];
  /** Of the files. */
  readonly format: ExportFormat;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** Where to download `manifest.json`, which names every file with its rows and SHA-256: a path on this server. */
  readonly manifestUrl: Scalars['String']['output'];
  /** How it was written. */
  readonly options: ExportOptions;
  /** Of the corpus, when it was read. */
  readonly revision: Scalars['Int']['output'];
  /** Scenes of the corpus then. */
  readonly scenes: Scalars['Int']['output'];
  /** The base that codes were added to, or whose ids were written; null without. */
  readonly tokenizer?: Maybe<ExportTokenizer>;
};

/** A page of exports. */
export type ExportConnection = {
  /** The items of the page with their cursors. */
  readonly edges: ReadonlyArray<ExportEdge>;
  /** The items of the page. */
  readonly nodes: ReadonlyArray<Export>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** An export in a page. */
export type ExportEdge = {
  /** Its place in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The export. */
  readonly node: Export;
};

/** A file of an export. */
export type ExportFile = {
  /** Its length. */
  readonly bytes: Scalars['Float']['output'];
  /** Below the folder of the export, with slashes. */
  readonly path: Scalars['String']['output'];
  /** Of its rows, how many there are; null for a file that is not made of rows. */
  readonly rows?: Maybe<Scalars['Float']['output']>;
  /** 64 hex digits; in quotes, the ETag of its download. */
  readonly sha256: Scalars['String']['output'];
  /** Where to download it, whole or in ranges of bytes: a path on this server. */
  readonly url: Scalars['String']['output'];
};

/** What files an export is made of. */
export type ExportFormat =
  /** Token ids for nanoGPT and Megatron. */
  | 'bin'
  /** Three tables for spreadsheets: scenes, couplings, and what each code stands for. */
  | 'csv'
  /** The graph as Cypher for Neo4j 5. */
  | 'cypher'
  /** Scenes and couplings for Gephi. */
  | 'gexf'
  /** All of the corpus as lines of JSON, which `hyperscene import` brings back. */
  | 'graph'
  /** Scenes and couplings for networkx, igraph, yEd. */
  | 'graphml'
  /** Lines of JSON: scenes on every rung, sequences of codes, the registry of codes, a dataset card. */
  | 'jsonl'
  /** The same rows as Parquet. */
  | 'parquet'
  /** A tokenizer of Hugging Face with the codes behind its own tokens. */
  | 'tokenizer';

/** What to write into files, and how. The same on the same revision of the corpus give the same bytes. */
export type ExportJobInput = {
  /** The corpus's name. */
  readonly corpus: Scalars['String']['input'];
  /** Of the files. */
  readonly format: ExportFormat;
  /** Language of labels and hyperlexemes. */
  readonly labels?: Language;
  /** Of the texts, as the dataset card names it, such as cc0-1.0: a letter or digit, then up to 99 letters, digits and _ + - . Left out, the card says that it is not told. */
  readonly licence?: InputMaybe<Scalars['String']['input']>;
  /** Scenes of a row group of Parquet, which are held in memory: 1 to 50000. */
  readonly rowGroup?: Scalars['Int']['input'];
  /** How BIN writes a scene: its hypertoken unless set. Of no other format. */
  readonly rung?: InputMaybe<ExportRung>;
  /** Which documents come into which split. */
  readonly seed?: Scalars['Int']['input'];
  /** How many of the documents come into which split. */
  readonly shares?: SplitSharesInput;
  /** Of what `statistics.json` is to tell tokens. */
  readonly statistics?: ExportStatistics;
  /** The base of TOKENIZER, which must have one, and of BIN, which may: the name of a folder that the installation keeps base tokenizers in. Statistics count with it; of other formats it does nothing else, and is BAD_ARGUMENT where statistics count no tokens. UNKNOWN_TOKENIZER without the folder. */
  readonly tokenizer?: InputMaybe<Scalars['String']['input']>;
};

/** What an export wrote. */
export type ExportJobResult = {
  /** The export; null when it is no longer there. */
  readonly export?: Maybe<Export>;
  /** All its files but the manifest, by path; they can be downloaded as long as the export is there. */
  readonly files: ReadonlyArray<ExportFile>;
  /** Of the corpus, when it was read. */
  readonly revision: Scalars['Int']['output'];
  /** Scenes of the corpus then. */
  readonly scenes: Scalars['Int']['output'];
};

/** How an export was written. */
export type ExportOptions = {
  /** Language of labels and hyperlexemes. */
  readonly labels: Language;
  /** Of the texts, as the dataset card names it; null where it was not told. */
  readonly licence?: Maybe<Scalars['String']['output']>;
  /** Scenes of a row group of Parquet. */
  readonly rowGroup: Scalars['Int']['output'];
  /** How BIN wrote a scene; null unless it was told. */
  readonly rung?: Maybe<ExportRung>;
  /** Which documents came into which split. */
  readonly seed: Scalars['Int']['output'];
  /** How many of the documents came into which split. */
  readonly shares: SplitShares;
  /** Of what `statistics.json` tells tokens; null where the program that wrote it wrote none yet. */
  readonly statistics?: Maybe<ExportStatistics>;
};

/** How BIN writes a scene. */
export type ExportRung =
  /** As a token for each morpheme of its figure. */
  | 'facets'
  /** As the line of its hyperlexeme. */
  | 'hyperlexeme'
  /** As one token: its code. */
  | 'hypertoken'
  /** As its text. */
  | 'text';

/**
 * Of what `statistics.json` tells tokens: by the base tokenizer of the export, else by o200k. Codes and levels are counted in full; sentences
 * and half-scenes are those of the counted scenes.
 */
export type ExportStatistics =
  /** Of none: codes and levels alone. */
  | 'codes'
  /** Of all scenes. An export of 30,000 as lines of JSON takes 2.0 s without statistics, 2.6 s with a sample, 2.8 s with all. */
  | 'full'
  /** There is no such file. */
  | 'none'
  /** Of some 10,000 scenes, of all where there are no more. */
  | 'sample';

/** A base tokenizer. */
export type ExportTokenizer = {
  /** Of its `tokenizer.json`: 64 hex digits. */
  readonly sha256: Scalars['String']['output'];
  /** How many ids it has. */
  readonly vocabulary: Scalars['Int']['output'];
};

/** One side of a scene with the words it rests on. */
export type Facet = {
  /** What it rests on. */
  readonly by: FacetEvidence;
  /** 0 to 1. Below 0.5 the facet does not enter the figure. */
  readonly confidence: Scalars['Float']['output'];
  /** Where they end: the span is `[start, end)`. */
  readonly end: Scalars['Int']['output'];
  /** A key of the inventory, the same in every language; for a context the lemma. */
  readonly key: Scalars['String']['output'];
  /** Which side of the scene. */
  readonly kind: FacetKind;
  /** What the facet is called. */
  readonly label: Scalars['String']['output'];
  /** Where they start in the document, in UTF-16 code units. */
  readonly start: Scalars['Int']['output'];
  /** The words it rests on. */
  readonly text: Scalars['String']['output'];
};


/** One side of a scene with the words it rests on. */
export type FacetLabelArgs = {
  labels?: Language;
};

/** What a facet rests on. */
export type FacetEvidence =
  /** A syntactic position, such as a nominative subject. */
  | 'grammar'
  /** A language model's reading. */
  | 'model'
  /** A correction by hand. */
  | 'person'
  /** An inference from other evidence. */
  | 'rule'
  /** An entry of a lexicon. */
  | 'word';

/** Which facets of a corpus. All that is given must hold. */
export type FacetFilter = {
  /** The corpus's name. */
  readonly corpus: Scalars['String']['input'];
  /** Which side of the scenes. */
  readonly kind?: InputMaybe<FacetKind>;
  /** Facets in whose key, or label in either language, each of these words stands, in any form with the same stem. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** A facet to look for. */
export type FacetInput = {
  /** A key of `inventory`; for an agent the entity, for a context the lemma. */
  readonly key: Scalars['String']['input'];
  /** Which side of the scene. */
  readonly kind: FacetKind;
};

/** The sides of a scene. Agent and context are open classes, the others closed ones. */
export type FacetKind =
  /** Who acts or undergoes. */
  | 'agent'
  /** The function or figure of the tale: threshold, call, road … */
  | 'archetype'
  /** The closed class of a context: silence, dark, crowd … */
  | 'atmosphere'
  /** Where and among what. */
  | 'context'
  /** What is at stake between forces or in the heart. */
  | 'tension';

/** Why what a model said of a facet is not taken. */
export type FacetRefusal =
  /** What stands there is at least as sure. */
  | 'LESS_SURE'
  /** It is no key of the inventory. */
  | 'NOT_IN_INVENTORY'
  /** It does not stand in the scene. */
  | 'NOT_IN_TEXT'
  /** It broke off. */
  | 'NOT_WHOLE'
  /** The question does not fit the model's context: it was not asked. */
  | 'TOO_LONG';

/** A morpheme of a figure that came as a row of a pack. */
export type FacetRow = {
  /** Archetype, atmosphere or tension; null of the row of a figure in which nothing stands. */
  readonly facet?: Maybe<FacetKind>;
  /** Its label. */
  readonly hyperlexeme: Scalars['String']['output'];
  /** The facet's key; `none` of that row. */
  readonly key: Scalars['String']['output'];
};

/** In how many scenes a facet stands. */
export type FacetStanding = {
  /** The key of the inventory; of an agent the entity, of a context the lemma. */
  readonly key: Scalars['String']['output'];
  /** Which facet it is. */
  readonly kind: FacetKind;
  /** What it is called. */
  readonly label: Scalars['String']['output'];
  /** In how many of the scenes. */
  readonly sceneCount: Scalars['Int']['output'];
};


/** In how many scenes a facet stands. */
export type FacetStandingLabelArgs = {
  labels?: Language;
};

/** What kind of scene it is: archetype, atmosphere and tension, each null when none stands. */
export type Figure = {
  /** The function or figure of the tale. */
  readonly archetype?: Maybe<Morpheme>;
  /** The closed class of the context. */
  readonly atmosphere?: Maybe<Morpheme>;
  /** The labels as one word. */
  readonly hyperlexeme: Scalars['String']['output'];
  /** Its keys joined by points: threshold.silence.restraint. */
  readonly key: Scalars['String']['output'];
  /** What is at stake. */
  readonly tension?: Maybe<Morpheme>;
};


/** What kind of scene it is: archetype, atmosphere and tension, each null when none stands. */
export type FigureHyperlexemeArgs = {
  labels?: Language;
};

/** The rungs below whole text. */
export type FoldedRung =
  /** One token for scenes of its kind. */
  | 'code'
  /** A token for each morpheme of its figure. */
  | 'facets'
  /** The labels of its figure as one word, agent and context in brackets. */
  | 'hyperlexeme'
  /** One token for this very scene. */
  | 'occurrence';

/** A span of a document that answers to a search. */
export type Highlight = {
  /** Where it ends: the span is `[start, end)`, and lies within the scene. */
  readonly end: Scalars['Int']['output'];
  /** Where it starts in the document, in UTF-16 code units; within the scene's text that is less the scene's `start`. */
  readonly start: Scalars['Int']['output'];
  /** Exactly the document's slice `[start, end)`. */
  readonly text: Scalars['String']['output'];
};

/** What a code stands for: a kind of scene (a figure) or a kind of coupled subgraph (a motif). It says what, not which. */
export type Hypertoken = Node & {
  /** Δ14: allotted in the order of first use, never changed, never reused. */
  readonly code: Scalars['Code']['output'];
  /** Hash of the form, 32 hex digits, the same in every installation. */
  readonly digest: Scalars['String']['output'];
  /** The figures it holds, in the order of its canonical form; one at level 0. Above level 1 the commonest, three at most; of a view too. */
  readonly figures: ReadonlyArray<Figure>;
  /** The hyperlexemes of its figures. */
  readonly hyperlexeme: Scalars['String']['output'];
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** 0: a figure. 1: a motif. 2 and above: a community, what hangs together of the level below; the highest holds the corpus. -1: a view, made by hand outside the levels. */
  readonly level: Scalars['Int']['output'];
  /** In how many places it stands. */
  readonly occurrenceCount: Scalars['Int']['output'];
  /** The places where it stands, by ordinal. */
  readonly occurrences?: Maybe<OccurrenceConnection>;
};


/** What a code stands for: a kind of scene (a figure) or a kind of coupled subgraph (a motif). It says what, not which. */
export type HypertokenHyperlexemeArgs = {
  labels?: Language;
};


/** What a code stands for: a kind of scene (a figure) or a kind of coupled subgraph (a motif). It says what, not which. */
export type HypertokenOccurrencesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  corpus?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};

/** A page of hypertokens. */
export type HypertokenConnection = {
  /** The items of the page with their cursors. */
  readonly edges: ReadonlyArray<HypertokenEdge>;
  /** The same hypertokens without their cursors. */
  readonly nodes: ReadonlyArray<Hypertoken>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A hypertoken and where it stands in its list. */
export type HypertokenEdge = {
  /** For `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The hypertoken. */
  readonly node: Hypertoken;
};

/** Which hypertokens. All that is given must hold. */
export type HypertokenFilter = {
  /** Only those that occur in the corpus of this name. */
  readonly corpus?: InputMaybe<Scalars['String']['input']>;
  /** 0 for figures, 1 for motifs, 2 and above for communities. */
  readonly level?: InputMaybe<Scalars['Int']['input']>;
};

/** Work that outlives the request that asked for it. */
export type Job = Node & {
  /** How often it was begun since it was started or last retried by hand: more than once when its process was killed, or after an error that may pass. */
  readonly attempts: Scalars['Int']['output'];
  /** It was asked to stop and still runs. */
  readonly cancelRequested: Scalars['Boolean']['output'];
  /** The name of the corpus that it is done in. */
  readonly corpus: Scalars['String']['output'];
  /** When it was started. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The name of the document that is read; null for other kinds. */
  readonly document?: Maybe<Scalars['String']['output']>;
  /** Why its last run failed, for a job that failed and for one that waits to be tried again; null otherwise. */
  readonly error?: Maybe<JobError>;
  /** When it was over; null before. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** What is done. */
  readonly kind: JobKind;
  /** How far its last run has come in its present stage; null before it has told. */
  readonly progress?: Maybe<JobProgress>;
  /** What came of it; null unless it succeeded. */
  readonly result?: Maybe<JobResult>;
  /** When its last run began; null before the first. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  readonly state: JobState;
};

/** A page of jobs. */
export type JobConnection = {
  /** The items of the page with their cursors. */
  readonly edges: ReadonlyArray<JobEdge>;
  /** The items of the page. */
  readonly nodes: ReadonlyArray<Job>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A job in a page. */
export type JobEdge = {
  /** Its place in the list, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The job. */
  readonly node: Job;
};

/** Why a run of a job failed. */
export type JobError = {
  /** Of the registry of errors, as in `extensions.code` of an answer. */
  readonly code: Scalars['String']['output'];
  /** What was expected and what came. */
  readonly message: Scalars['String']['output'];
  /** The same may succeed later. */
  readonly retriable: Scalars['Boolean']['output'];
};

/** Which jobs. All that is given must hold. */
export type JobFilter = {
  /** Those of any of these kinds. */
  readonly kinds?: InputMaybe<ReadonlyArray<JobKind>>;
  /** Those in any of these states. */
  readonly states?: InputMaybe<ReadonlyArray<JobState>>;
};

/** What a job does. */
export type JobKind =
  /** Collapses. */
  | 'collapse'
  /** Couples what waits. */
  | 'couple'
  /** Writes a corpus into files. */
  | 'export'
  /** Merges agents. */
  | 'mergeAgents'
  /** Reads a text. */
  | 'read'
  /** Couples all afresh. */
  | 'recouple'
  /** Takes a merge of agents back. */
  | 'undoMerge';

/** How far a run has come. A job has several stages, each counted anew. */
export type JobProgress = {
  /** Units done in this stage. */
  readonly done: Scalars['Float']['output'];
  /** Of the stage, 0 to 1. */
  readonly fraction: Scalars['Float']['output'];
  /** Units per second since the stage began; null within its first second. */
  readonly rate?: Maybe<Scalars['Float']['output']>;
  /** What it is at. */
  readonly stage: JobStage;
  /** The document's or the corpus's name. */
  readonly subject: Scalars['String']['output'];
  /** Units of this stage, as far as they are known by now. */
  readonly total: Scalars['Float']['output'];
  /** What is counted. */
  readonly unit: JobUnit;
};

/** What came of a job, by its kind. What an earlier run of it did before it was cut off stood already and is not counted. */
export type JobResult = AgentMergeJobResult | CollapseJobResult | CoupleJobResult | ExportJobResult | ReadJobResult;

/** Part of a job's work. */
export type JobStage =
  /** A backup is written. */
  | 'backing up'
  /** Couplings are loaded and collapsed. */
  | 'collapsing'
  /** Scenes are coupled. */
  | 'coupling'
  /** A corpus is written into files. */
  | 'exporting'
  /** The model is asked for facets that the reader is unsure of. */
  | 'filling'
  /** A backup is merged. */
  | 'merging'
  /** Text becomes scenes. */
  | 'reading'
  /** A backup is restored. */
  | 'restoring';

/** Where a job stands. */
export type JobState =
  /** It was stopped. What it had written by then stays. */
  | 'cancelled'
  /** It failed, and is not tried again unless by hand. */
  | 'failed'
  /** It waits: for a free process, for an earlier job of its corpus, or to be tried again. */
  | 'queued'
  /** It runs. */
  | 'running'
  /** It is done. */
  | 'succeeded';

/** What to do: exactly one of these. */
export type JobTask =
  /** Put hypertokens in place of a corpus's subgraphs, level by level. */
  { readonly collapse: CollapseJobInput; readonly couple?: never; readonly export?: never; readonly mergeAgents?: never; readonly read?: never; readonly recouple?: never; readonly undoMerge?: never; }
  |  /** Couple the scenes of a corpus that wait for it. */
  { readonly collapse?: never; readonly couple: CoupleJobInput; readonly export?: never; readonly mergeAgents?: never; readonly read?: never; readonly recouple?: never; readonly undoMerge?: never; }
  |  /** Write a corpus into files, as it stands at one moment, and keep them for download. */
  { readonly collapse?: never; readonly couple?: never; readonly export: ExportJobInput; readonly mergeAgents?: never; readonly read?: never; readonly recouple?: never; readonly undoMerge?: never; }
  |  /** Say that two agents are one person, and couple the scenes that change by it anew. */
  { readonly collapse?: never; readonly couple?: never; readonly export?: never; readonly mergeAgents: MergeAgentsInput; readonly read?: never; readonly recouple?: never; readonly undoMerge?: never; }
  |  /** Read a text into a document of a corpus and couple its scenes. */
  { readonly collapse?: never; readonly couple?: never; readonly export?: never; readonly mergeAgents?: never; readonly read: ReadTextInput; readonly recouple?: never; readonly undoMerge?: never; }
  |  /** Forget all couplings of a corpus and couple it afresh. */
  { readonly collapse?: never; readonly couple?: never; readonly export?: never; readonly mergeAgents?: never; readonly read?: never; readonly recouple: CoupleJobInput; readonly undoMerge?: never; }
  |  /** Take such a merge back. */
  { readonly collapse?: never; readonly couple?: never; readonly export?: never; readonly mergeAgents?: never; readonly read?: never; readonly recouple?: never; readonly undoMerge: UndoMergeJobInput; };

/** What progress counts. */
export type JobUnit =
  /** Bytes of UTF-8. */
  | 'bytes'
  /** Couplings. */
  | 'couplings'
  /** Records of a backup. */
  | 'records'
  /** Scenes. */
  | 'scenes';

/** How keys or values are stored. */
export type KvType =
  /** 16 bits a number. */
  | 'f16'
  /** Some 4.5 bits a number. */
  | 'q4_0'
  /** Some 8.5 bits a number. */
  | 'q8_0';

/** A language of texts, and of the labels that facets, figures and hypertokens are called by. */
export type Language =
  /** English */
  | 'en'
  /** Russian */
  | 'ru';

/** Bytes of memory. */
export type MemoryBudget = {
  /** Bytes of keys and values for one position. */
  readonly bytesPerPosition: Scalars['Float']['output'];
  /** Bytes of keys and values for all positions of all slots, which are taken when the model is loaded. */
  readonly contextKvBytes: Scalars['Float']['output'];
  /** Bytes of keys and values for all positions of the prompt. */
  readonly kvBytes: Scalars['Float']['output'];
  /** Bytes of the weights and the whole context, without what computing takes: `processes` tell what is reckoned with that, and measured. */
  readonly predictedBytes: Scalars['Float']['output'];
  /** Bytes of the model's own weights, without rows of a pack. */
  readonly weightBytes: Scalars['Float']['output'];
};

/** Who is whom. */
export type MergeAgentsInput = {
  /** The entity of an agent that is merged into none yet. */
  readonly alias: Scalars['String']['input'];
  /** What the merge rests on. */
  readonly by?: FacetEvidence;
  /** The corpus's name. */
  readonly corpus: Scalars['String']['input'];
  /** The entity of the person, or of another alias of it. */
  readonly into: Scalars['String']['input'];
};

/** A language model. Null is what a server does not tell of its own. */
export type Model = {
  /** Those that are used for each token: fewer than all where experts are. */
  readonly activeParameters?: Maybe<Scalars['Float']['output']>;
  /** What kind of network it is, such as `llama`. */
  readonly architecture?: Maybe<Scalars['String']['output']>;
  /** Heads of attention. */
  readonly attention?: Maybe<ModelAttention>;
  /** Positions of one sequence: of a prompt and of what is written after it. */
  readonly context: Scalars['Int']['output'];
  /** Numbers of each of its vectors. */
  readonly embeddingLength?: Maybe<Scalars['Int']['output']>;
  /** The experts of a mixture; null where it is none. */
  readonly experts?: Maybe<ModelExperts>;
  /** On which kind of GPU it is run, as set: `cuda`, `vulkan`, `metal`, or `auto` for what there is; null on the processor alone. */
  readonly gpu?: Maybe<Scalars['String']['output']>;
  /** What it keeps of each position. */
  readonly kv?: Maybe<ModelKv>;
  /** How many layers it has. */
  readonly layers?: Maybe<Scalars['Int']['output']>;
  /** What it calls itself. */
  readonly name: Scalars['String']['output'];
  /** Those that may be named, whether loaded or not. */
  readonly packs?: Maybe<ReadonlyArray<ModelPack>>;
  /** How many numbers it has learned. */
  readonly parameters?: Maybe<Scalars['Float']['output']>;
  /** What is loaded now. */
  readonly processes: ReadonlyArray<ModelProcess>;
  /** How its weights are stored. */
  readonly quantization?: Maybe<ModelQuantization>;
  /** SHA-256 of its file, 64 hex digits; null of a server's. */
  readonly sha256?: Maybe<Scalars['String']['output']>;
  /** Sequences that it goes on with at once: each request takes one. */
  readonly slots?: Maybe<Scalars['Int']['output']>;
  /** Positions of the longest sequence that it was trained on. */
  readonly trainedContext?: Maybe<Scalars['Int']['output']>;
  /** How many tokens it knows, without those of packs. */
  readonly vocabulary?: Maybe<Scalars['Int']['output']>;
  /** How many requests wait for their turn. */
  readonly waiting: Scalars['Int']['output'];
  /** Bytes of its weights. */
  readonly weightBytes?: Maybe<Scalars['Float']['output']>;
};

/** Heads of attention. Where keys and values have fewer, several heads share one. */
export type ModelAttention = {
  /** Heads of queries in a layer. */
  readonly heads: Scalars['Int']['output'];
  /** Heads of keys and values in a layer: as many as `heads`, or fewer, by which it is divided. */
  readonly kvHeads: Scalars['Int']['output'];
};

/** What parts take in a model's context and memory. */
export type ModelBudget = {
  /** Null where the model does not tell what a position takes. */
  readonly memory?: Maybe<MemoryBudget>;
  /** In whose vocabulary it is counted. */
  readonly model?: Maybe<Model>;
  /** One for each part, in their order. */
  readonly parts: ReadonlyArray<PartBudget>;
  /** Positions of the whole prompt, one for each token and row: with what parts its items, and of a chat with what the model counts of its template. */
  readonly positions: Scalars['Int']['output'];
  /** Those that are loaded for the model and the pack, predicted and measured. */
  readonly processes: ReadonlyArray<ModelProcess>;
  /** As they are written, from text to code; given texts are in none. */
  readonly rungs: ReadonlyArray<WrittenRungBudget>;
  /** What is not written on the rung it was wanted on. */
  readonly substitutions: ReadonlyArray<Substitution>;
  /** How each part is written. */
  readonly written: ReadonlyArray<WrittenPart>;
};

/** By which pack the model is asked, and how. */
export type ModelChoice = {
  /** Name of the pack whose adapter is used in place of that pack's own; `none` for none. */
  readonly adapter?: InputMaybe<Scalars['String']['input']>;
  /** Name of a pack, whose rows and adapter are used; the bare model where it is left out. PACK_NOT_FOUND without it. */
  readonly pack?: InputMaybe<Scalars['String']['input']>;
  /** The same bytes every time on the same machine: it runs alone and from an empty cache, which takes longer. */
  readonly reproducible?: Scalars['Boolean']['input'];
};

/** The experts of a mixture. */
export type ModelExperts = {
  /** How many there are. */
  readonly all: Scalars['Int']['output'];
  /** How many of them are used for each token. */
  readonly used: Scalars['Int']['output'];
};

/** How the model is asked while a text is read. */
export type ModelFacetsInput = {
  /** Facets of a lower confidence are asked for: above 0 to 1. */
  readonly confidenceMin?: Scalars['Float']['input'];
  /**
   * Answers of this confidence or above are written, 0 to 1: it is how often such answers were right when that was measured, so that less than
   * 0.5 lets in what is more often wrong than right. The default model, and any whose `trust` is not set, has 0.11 at most: with 0.5 that is a
   * BAD_ARGUMENT.
   */
  readonly takenMin?: Scalars['Float']['input'];
  /** How often the answers of the model that is set are right, 0 to 1, where you measured it; unless set, as the default model's were. */
  readonly trust?: InputMaybe<Scalars['Float']['input']>;
};

/** What a model filled while a text was read. */
export type ModelFacetsReport = {
  /** Facets that it was asked for. */
  readonly askedCount: Scalars['Int']['output'];
  /** Facets that were taken: these are `by: MODEL`. */
  readonly filledCount: Scalars['Int']['output'];
  /** Answers less sure than what was there, or than `takenMin`: their facets are as weak as before. */
  readonly lessSureCount: Scalars['Int']['output'];
  /** What the model calls itself. */
  readonly model: Scalars['String']['output'];
  /** Facets of which it says that nothing fits. */
  readonly noneCount: Scalars['Int']['output'];
  /** Scenes that it was asked about. */
  readonly sceneCount: Scalars['Int']['output'];
  /** Facets that could not be asked for, since the scene does not fit the model's context. */
  readonly tooLongCount: Scalars['Int']['output'];
  /** Answers that are broken off, no key of the inventory, or no words of the scene: their facets are as weak as before. */
  readonly unfitCount: Scalars['Int']['output'];
};

/** Which model. */
export type ModelIdentity = {
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** SHA-256 of its file, 64 hex digits; null of a server's. */
  readonly sha256?: Maybe<Scalars['String']['output']>;
};

/** What a model keeps of each position. */
export type ModelKv = {
  /** Bytes of both for one position of one sequence, of all layers. */
  readonly bytesPerPosition: Scalars['Float']['output'];
  /** How keys are stored. */
  readonly key: KvType;
  /** How values are stored. */
  readonly value: KvType;
};

/** Rows for a model's vocabulary, as trained for it. */
export type ModelPack = {
  /** SHA-256 of the model it was trained for. */
  readonly base: Scalars['String']['output'];
  /** Rows of codes. */
  readonly codeRows: Scalars['Int']['output'];
  /** Rows of facets. */
  readonly facetRows: Scalars['Int']['output'];
  /** Has it an adapter? */
  readonly hasAdapter: Scalars['Boolean']['output'];
  /** Is it loaded now? */
  readonly loaded: Scalars['Boolean']['output'];
  /** By which it is named. */
  readonly name: Scalars['String']['output'];
  /** Rows that may be predicted. */
  readonly predictedRows: Scalars['Int']['output'];
  /** Rows of scenes. */
  readonly sceneRows: Scalars['Int']['output'];
  /** SHA-256 of its manifest, which holds those of its files: 64 hex digits. */
  readonly sha256: Scalars['String']['output'];
  /** Why it cannot be used with this model; null where it can. */
  readonly unusable?: Maybe<Scalars['String']['output']>;
};

/** A process that holds the model. */
export type ModelProcess = {
  /** The model's name. */
  readonly model: Scalars['String']['output'];
  /** Name of the pack that is loaded with it; null of the bare model. */
  readonly pack?: Maybe<Scalars['String']['output']>;
  /** Bytes that it is reckoned to take, with what was asked of it since it was loaded. */
  readonly predictedBytes: Scalars['Float']['output'];
  /** Bytes of memory that it holds now; null before it tells. */
  readonly residentBytes?: Maybe<Scalars['Float']['output']>;
  /** How often it was started anew after it had ended by itself. */
  readonly restarts: Scalars['Int']['output'];
  /** Requests that run now. */
  readonly running: Scalars['Int']['output'];
  /** How far it is. */
  readonly state: ModelProcessState;
};

/** How far a process is. */
export type ModelProcessState =
  /** It may be asked. */
  | 'ready'
  /** It loads the model. */
  | 'starting'
  /** It ends. */
  | 'stopping';

/** How weights are stored. */
export type ModelQuantization = {
  /** Bits that a parameter takes, over all weights and with the scales of their blocks: 5.74 of SmolLM2-135M as Q4_1. */
  readonly bitsPerParameter: Scalars['Float']['output'];
  /** The commonest type by bytes, such as `Q4_1`. */
  readonly type: Scalars['String']['output'];
};

/** What an answer took. */
export type ModelUsage = {
  /** Those of them that stood in a cache and were not read again: 0 where `reproducible` is asked for. */
  readonly cached: Scalars['Int']['output'];
  /** Tokens that were made. */
  readonly generated: Scalars['Int']['output'];
  /** Positions of the prompt, with the mark of the beginning and a template's. */
  readonly prompt: Scalars['Int']['output'];
  /** Milliseconds for reading the prompt, part of `time`. */
  readonly promptTime: Scalars['Float']['output'];
  /** Milliseconds in all, without waiting. */
  readonly time: Scalars['Float']['output'];
  /** Milliseconds that it waited for its turn. */
  readonly waited: Scalars['Float']['output'];
};

/** One entry of an inventory: a stable key and what it is called. */
export type Morpheme = {
  /** The same in every language. */
  readonly key: Scalars['String']['output'];
  /** Which inventory it stands in. */
  readonly kind: FacetKind;
  /** What it is called. */
  readonly label: Scalars['String']['output'];
};


/** One entry of an inventory: a stable key and what it is called. */
export type MorphemeLabelArgs = {
  labels?: Language;
};

/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type Mutation = {
  /** Stops a job: at once while it waits, between two transactions while it runs. One that is over stays as it is. JOB_NOT_FOUND without it. */
  readonly cancelJob?: Maybe<CancelJobPayload>;
  /** Puts hypertokens in place of the corpus's subgraphs, level by level until one holds the corpus. Collapsing twice changes nothing. */
  readonly collapse?: Maybe<CollapsePayload>;
  /**
   * Collapses scenes of your choice into a view with a name, a code and an occurrence of its own: `expand` gives exactly them back.
   * The same scenes again, coupled as they were, change nothing.
   */
  readonly collapseView?: Maybe<CollapseViewPayload>;
  /**
   * Lets the model go on from parts, and answers when it has ended; the subscription `completion` gives the same piece by piece. It changes
   * nothing of the graph, so that READ is enough; whoever goes away frees its slot.
   */
  readonly completeParts?: Maybe<Completion>;
  /** Couples the scenes of a corpus that wait for it, as after a merge of agents or a backup that came in. Reading couples what it reads. */
  readonly couple?: Maybe<CouplePayload>;
  /** Deletes a corpus with all its documents. */
  readonly deleteCorpus?: Maybe<DeletePayload>;
  /** Deletes a document with its scenes, their couplings and every occurrence they are part of. */
  readonly deleteDocument?: Maybe<DeletePayload>;
  /**
   * Deletes an export, or what is left of one whose job failed or was cancelled. JOB_NOT_OVER while it is being written: cancel its job first.
   * EXPORT_NOT_FOUND without it.
   */
  readonly deleteExport?: Maybe<DeleteExportPayload>;
  /** Deletes a view and its occurrence; its scenes stay. VIEW_NOT_FOUND without it. */
  readonly deleteView?: Maybe<DeleteViewPayload>;
  /** Says that two agents are one person, and couples the scenes that change by it anew. The same again changes nothing. */
  readonly mergeAgents?: Maybe<AgentMergePayload>;
  /** Reads a text into a document of a corpus and couples its scenes; makes the corpus when there is none. */
  readonly readText?: Maybe<ReadTextPayload>;
  /** Forgets all couplings of a corpus and couples it afresh, so that weights follow today's rarities. */
  readonly recouple?: Maybe<RecouplePayload>;
  /** Has a job done again that failed or was cancelled. JOB_NOT_OVER for others, JOB_TEXT_GONE when its text is no longer kept. */
  readonly retryJob?: Maybe<RetryJobPayload>;
  /**
   * Has something done that may take long, and gives the job at once: follow it with the subscription or the query `job`. It goes on when the
   * client is gone, and when the process that runs it is killed. Jobs of one corpus run one after another, in the order in which they were started.
   */
  readonly startJob?: Maybe<StartJobPayload>;
  /** Takes a merge back: scenes that the reader gave to the alias, or to an alias of it, are the alias's again. */
  readonly undoMerge?: Maybe<AgentMergePayload>;
};


/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type MutationCancelJobArgs = {
  id: Scalars['ID']['input'];
};


/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type MutationCollapseArgs = {
  afresh?: Scalars['Boolean']['input'];
  corpus: Scalars['String']['input'];
  resolution?: InputMaybe<Scalars['Float']['input']>;
  seed?: InputMaybe<Scalars['Int']['input']>;
};


/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type MutationCollapseViewArgs = {
  input: CollapseViewInput;
};


/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type MutationCompletePartsArgs = {
  choice?: ModelChoice;
  form?: PromptForm;
  labels?: Language;
  parts: ReadonlyArray<PromptPart>;
  sampling?: Sampling;
  schema?: InputMaybe<Scalars['String']['input']>;
  stop?: ReadonlyArray<Scalars['String']['input']>;
  tokensMax?: Scalars['Int']['input'];
};


/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type MutationCoupleArgs = {
  corpus: Scalars['String']['input'];
};


/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type MutationDeleteCorpusArgs = {
  name: Scalars['String']['input'];
};


/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type MutationDeleteDocumentArgs = {
  corpus: Scalars['String']['input'];
  name: Scalars['String']['input'];
};


/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type MutationDeleteExportArgs = {
  id: Scalars['ID']['input'];
};


/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type MutationDeleteViewArgs = {
  corpus: Scalars['String']['input'];
  name: Scalars['String']['input'];
};


/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type MutationMergeAgentsArgs = {
  input: MergeAgentsInput;
};


/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type MutationReadTextArgs = {
  input: ReadTextInput;
};


/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type MutationRecoupleArgs = {
  corpus: Scalars['String']['input'];
};


/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type MutationRetryJobArgs = {
  id: Scalars['ID']['input'];
};


/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type MutationStartJobArgs = {
  input: StartJobInput;
};


/** Changes take place in the order in which they are written; each is done whole or not at all. */
export type MutationUndoMergeArgs = {
  alias: Scalars['String']['input'];
  corpus: Scalars['String']['input'];
};

/** What has a global id and can be fetched again by it. */
export type Node = {
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
};

/** One place where a code stands, with its scenes and agents: the bound hypertoken. */
export type Occurrence = Node & {
  /** Which agent stands where the form has a variable. Above level 1, and of a view, none. */
  readonly bindings: ReadonlyArray<Binding>;
  /** The hypertoken's code. */
  readonly code: Scalars['Code']['output'];
  /** Its first scene in the order of the form. */
  readonly firstScene?: Maybe<Scene>;
  /** What it is a part of, one level or more up; null for what no other holds. */
  readonly holder?: Maybe<Occurrence>;
  /** What stands here. */
  readonly hypertoken?: Maybe<Hypertoken>;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** 0: a scene. 1: an occurrence of a motif. 2 and above: of a community. -1: of a view. */
  readonly level: Scalars['Int']['output'];
  /** 1, 2, 3 … within the code; never reused. */
  readonly ordinal: Scalars['Int']['output'];
  /** What it is made of, in the order of the form. A scene has no parts. */
  readonly parts?: Maybe<OccurrenceConnection>;
  /** Code and ordinal: Δ14:7. */
  readonly ref: Scalars['OccurrenceRef']['output'];
  /** In the order of the hypertoken's canonical form. Above level 1, and of a view, none: `parts` and `expand` give them by pages. */
  readonly scenes?: Maybe<ReadonlyArray<Scene>>;
  /** How many scenes are in it, on all levels below together. */
  readonly size: Scalars['Int']['output'];
};


/** One place where a code stands, with its scenes and agents: the bound hypertoken. */
export type OccurrencePartsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  depth?: InputMaybe<Scalars['Int']['input']>;
  first?: Scalars['Int']['input'];
};

/** A page of occurrences. */
export type OccurrenceConnection = {
  /** The items of the page with their cursors. */
  readonly edges: ReadonlyArray<OccurrenceEdge>;
  /** The same occurrences without their cursors. */
  readonly nodes: ReadonlyArray<Occurrence>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** An occurrence and where it stands in its list. */
export type OccurrenceEdge = {
  /** For `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The occurrence. */
  readonly node: Occurrence;
};

/** Which occurrences. All that is given must hold. */
export type OccurrenceFilter = {
  /** Those of one hypertoken. */
  readonly code?: InputMaybe<Scalars['Code']['input']>;
  /** Only those in the corpus of this name. */
  readonly corpus?: InputMaybe<Scalars['String']['input']>;
  /** Those that make up this level: its own, and those of the levels below that rise to it unchanged. Above the highest one all is as there. */
  readonly level?: InputMaybe<Scalars['Int']['input']>;
};

/** An occurrence of a prompt. */
export type OccurrencePart = {
  /** Code and ordinal. OCCURRENCE_NOT_FOUND without it. */
  readonly ref: Scalars['OccurrenceRef']['input'];
  /** How it is written: a scene on any rung, others on any below text. */
  readonly rung?: Rung;
};

/** Which pack. */
export type PackIdentity = {
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** SHA-256 of its manifest, 64 hex digits. */
  readonly sha256: Scalars['String']['output'];
};

/** Where a page stands in its list. Paging goes forward only. */
export type PageInfo = {
  /** Cursor of the page's last item, for `after`; null for an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Is there more after this page? */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Was the page asked for with `after`? */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the page's first item; null for an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** Positions of a part. */
export type PartBudget = {
  /** As it is written; 0 of an empty text. */
  readonly positions: Scalars['Int']['output'];
  /** All that it writes on each rung, whether the pack has the rows or not, from text to code. */
  readonly rungs: ReadonlyArray<PartRungBudget>;
};

/** What kind of part. */
export type PartKind =
  /** A code. */
  | 'code'
  /** What a source activates. */
  | 'context'
  /** An occurrence. */
  | 'occurrence'
  /** A scene. */
  | 'scene'
  /** A given text. */
  | 'text';

/** Positions of a part on a rung. */
export type PartRungBudget = {
  /** Null of a given text, and on the rung TEXT of what is no scene. */
  readonly positions?: Maybe<Scalars['Int']['output']>;
  /** Which rung. */
  readonly rung: Rung;
};

/** How likely a part is after those before it. */
export type PartScore = {
  /** Natural logarithm of the probability of them all: 0 or below. The perplexity is e to the power of `-sum / tokenCount`. */
  readonly sum: Scalars['Float']['output'];
  /** Tokens that have a probability: all, but the first where nothing stands before it. */
  readonly tokenCount: Scalars['Int']['output'];
};

/** Vectors of lists of parts. */
export type PartsEmbedding = {
  /** One for each list, in their order. */
  readonly embeddings: ReadonlyArray<Embedding>;
  /** By what it came about. */
  readonly provenance: Provenance;
  /** What it took. */
  readonly usage: ModelUsage;
};

/** How likely parts are. */
export type PartsScore = {
  /** One for each part, in their order. */
  readonly parts: ReadonlyArray<PartScore>;
  /** By what it came about. */
  readonly provenance: Provenance;
  /** What is not written on the rung it was wanted on. */
  readonly substitutions: ReadonlyArray<Substitution>;
  /** Natural logarithm of the probability of all tokens that have one: 0 or below. */
  readonly sum: Scalars['Float']['output'];
  /** How many tokens there are, with those of a template. */
  readonly tokenCount: Scalars['Int']['output'];
  /** Token by token. */
  readonly tokens: ReadonlyArray<TokenScore>;
  /** What it took. */
  readonly usage: ModelUsage;
};


/** How likely parts are. */
export type PartsScoreTokensArgs = {
  from?: Scalars['Int']['input'];
  most?: Scalars['Int']['input'];
};

/**
 * The path whose weights have the greatest product, both ends counted in. PATH_NOT_FOUND where no couplings lead from one end to the
 * other, PATH_TOO_FAR where the limit does not let that be found out.
 */
export type PathInput = {
  /** Scenes whose couplings may be read, 1 to 100000. */
  readonly budget?: Scalars['Int']['input'];
  /** Its one end: a global id, or a scene's `key`. */
  readonly from: Scalars['ID']['input'];
  /** The other. */
  readonly to: Scalars['ID']['input'];
};

/** How something goes into the context. */
export type PieceForm =
  /** A community in the place of several of the least activated scenes that it holds, where not all fit. */
  | 'community'
  /** A scene on the rung that was asked for. */
  | 'folded'
  /** A motif in the place of several of its scenes. */
  | 'motif'
  /** A scene as its text. */
  | 'whole';

/** A code that may follow. */
export type PredictedCode = {
  /** What it is. */
  readonly code: CodeRow;
  /** Among the model's whole vocabulary, 0 to 1. */
  readonly probability: Scalars['Float']['output'];
};

/** The codes that may follow. */
export type PredictedCodes = {
  /** By falling probability. */
  readonly codes: ReadonlyArray<PredictedCode>;
  /** That any code of the pack comes next, 0 to 1: what `codes` add up to, and what is beyond `k`. */
  readonly mass: Scalars['Float']['output'];
  /** By what it came about. */
  readonly provenance: Provenance;
  /** What of the sequence is not written as its code. */
  readonly substitutions: ReadonlyArray<Substitution>;
  /** What it took. */
  readonly usage: ModelUsage;
};

/** How parts are put to the model. */
export type PromptForm =
  /** As a user's turn, in the model's own template. */
  | 'chat'
  /** As they are. */
  | 'raw';

/**
 * What a prompt is made of: exactly one of these. Two things in words that touch are parted by a line's end; beside rows and given texts nothing
 * is put. Of one field 10000 parts at most, 4 of them contexts: PROMPT_TOO_LARGE beyond, and before that QUERY_TOO_LARGE where the answer may be long.
 */
export type PromptPart =
  /** A kind of scene, a motif, a community or a view, as its code. */
  { readonly code: Scalars['Code']['input']; readonly context?: never; readonly occurrence?: never; readonly scene?: never; readonly text?: never; }
  |  /** What of the scenes that a source activates fits into a number of positions. */
  { readonly code?: never; readonly context: ContextPart; readonly occurrence?: never; readonly scene?: never; readonly text?: never; }
  |  /** One place where a code stands. */
  { readonly code?: never; readonly context?: never; readonly occurrence: OccurrencePart; readonly scene?: never; readonly text?: never; }
  |  /** A scene. */
  { readonly code?: never; readonly context?: never; readonly occurrence?: never; readonly scene: ScenePart; readonly text?: never; }
  |  /** A text exactly as it is given, at most 1048576 UTF-16 code units: marks such as Δ14 in it are plain text. */
  { readonly code?: never; readonly context?: never; readonly occurrence?: never; readonly scene?: never; readonly text: Scalars['String']['input']; };

/** By what an answer came about. */
export type Provenance = {
  /** The pack whose adapter was used; null without. */
  readonly adapter?: Maybe<PackIdentity>;
  /** What ran beside it. */
  readonly batch: BatchMode;
  /** How keys and values are stored; null where a server does not tell. */
  readonly kv?: Maybe<ProvenanceKv>;
  /** Which model. */
  readonly model: ModelIdentity;
  /** Which pack; null of the bare model. */
  readonly pack?: Maybe<PackIdentity>;
  /** Of what was drawn: a whole number, 0 to 4294967295; null where nothing is, as at the temperature 0. */
  readonly seed?: Maybe<Scalars['Float']['output']>;
  /** Sequences that its context holds, 1 where it ran alone; null where a server does not tell. */
  readonly slots?: Maybe<Scalars['Int']['output']>;
  /** Threads that it ran on; null where a server does not tell. */
  readonly threads?: Maybe<Scalars['Int']['output']>;
};

/** How keys and values are stored. */
export type ProvenanceKv = {
  /** Keys. */
  readonly key: KvType;
  /** Values. */
  readonly value: KvType;
};

/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type Query = {
  /**
   * Lights up what hangs together with a source: scenes that answer to it, and over couplings those around them. Spreading is
   * personalised PageRank, and costs as much as it touches, however large the corpus.
   */
  readonly activate?: Maybe<Activation>;
  /**
   * Chooses what of the activated scenes fits into a model's context: the most activated whole, in half of the tokens, others
   * folded to a rung, several of one motif or community as one hypertoken. Scenes that carry no coupling are dropped first.
   */
  readonly assemble?: Maybe<AssembledContext>;
  /** Positions that scenes take in a model's context on every rung, from whole text to one code, and on every level; how their codes repeat. CORPUS_NOT_FOUND without the corpus. */
  readonly budget?: Maybe<Budget>;
  /** What an occurrence holds together: who, in what tension, where, what kind of scenes, how closely. */
  readonly bundle?: Maybe<Bundle>;
  /** All corpora, by name. */
  readonly corpora?: Maybe<CorpusConnection>;
  /** One corpus. */
  readonly corpus?: Maybe<Corpus>;
  /** One document of a corpus. */
  readonly document?: Maybe<Document>;
  /** One vector of unit length for each list of parts. */
  readonly embedParts?: Maybe<PartsEmbedding>;
  /** Gives back exactly the scenes and couplings that an occurrence stands for, page by page. OCCURRENCE_NOT_FOUND without it. */
  readonly expand?: Maybe<Expansion>;
  /** One export; null where it is not whole yet, or no longer there. */
  readonly export?: Maybe<Export>;
  /** Exports that are whole and kept for download, the newest first. */
  readonly exports?: Maybe<ExportConnection>;
  /** The facets that stand in a corpus: by kind, in the order of `FacetKind`, then by key. */
  readonly facets?: Maybe<CorpusFacetConnection>;
  /** One hypertoken. */
  readonly hypertoken?: Maybe<Hypertoken>;
  /** Hypertokens by code. */
  readonly hypertokens?: Maybe<HypertokenConnection>;
  /** The closed inventory of a kind of facet, empty for agent and context, whose keys are lemmas of the text. */
  readonly inventory: ReadonlyArray<Morpheme>;
  /** One job; null when there is none (any more). */
  readonly job?: Maybe<Job>;
  /** The jobs of the workspace, the newest first. Those that are over are remembered for a while: a week, and a thousand of them, unless set otherwise. */
  readonly jobs?: Maybe<JobConnection>;
  /**
   * The language model that this installation has; reading its file's header loads nothing. Null with MODEL_NOT_FOUND where it has none, as all
   * that asks a model: the rest is served as ever.
   */
  readonly model?: Maybe<Model>;
  /** What parts take in the model's context and memory, counted in its own vocabulary. */
  readonly modelBudget?: Maybe<ModelBudget>;
  /** The object of a global id; null when there is none (any more). */
  readonly node?: Maybe<Node>;
  /** The objects of global ids, in the order of the ids; null in the place of what is not there. At most a page at once. */
  readonly nodes?: Maybe<ReadonlyArray<Maybe<Node>>>;
  /** One occurrence. */
  readonly occurrence?: Maybe<Occurrence>;
  /** Occurrences by code, then ordinal. */
  readonly occurrences?: Maybe<OccurrenceConnection>;
  /**
   * The likeliest codes to follow a sequence of them, by a pack that was trained to predict codes: PACK_REQUIRED where none is named. READ is
   * enough for all that asks the model, since it changes nothing; callers have turns, and MODEL_BUSY says that too many wait. An operation may
   * ask the model nine times at most, fewer where the parts are many or the answers long: see `ServiceLimits.values`.
   */
  readonly predictNext?: Maybe<PredictedCodes>;
  /**
   * What the model proposes for facets that the reader is unsure of, of stored scenes or of a text that is not kept. Nothing is written. What is
   * sure stays as it is; what the model says is held to the inventories and to the text. Exactly one of `scenes` and `text`.
   */
  readonly readScenes?: Maybe<ScenesReading>;
  /** One scene. */
  readonly scene?: Maybe<Scene>;
  /** Scenes in the order of the corpus: by document, then position. */
  readonly scenes?: Maybe<SceneConnection>;
  /** How likely each part is after those before it. */
  readonly scoreParts?: Maybe<PartsScore>;
  /**
   * Finds scenes, facets and hypertokens of a corpus by a plain text, those first that answer to most of it. A word answers in any form with the
   * same stem, Russian or English; a facet by its label in either language; a hypertoken by its code (Δ14, D14:7), its hyperlexeme or the
   * labels of what it holds. Scenes that stand by others that answer, or hang together with them, rise, and are found by that alone. No character is an operator.
   */
  readonly search?: Maybe<SearchConnection>;
  /** What answers here, and within which limits. The store's migrations have been applied: a graph that lacks any is not served. */
  readonly service?: Maybe<Service>;
  /** What lies around a scene: scenes within some couplings of it, and the couplings among them. Null without the scene. */
  readonly subgraph?: Maybe<Subgraph>;
  /** One view; null without it. */
  readonly view?: Maybe<View>;
  /** The views of a corpus by name: scenes that someone collapsed by hand. Outside the levels; a scene may be in many. */
  readonly views?: Maybe<ViewConnection>;
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryActivateArgs = {
  budget?: Scalars['Int']['input'];
  corpus?: InputMaybe<Scalars['String']['input']>;
  from: ActivationSource;
  limit?: Scalars['Int']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryAssembleArgs = {
  budget?: Scalars['Int']['input'];
  corpus?: InputMaybe<Scalars['String']['input']>;
  from: ActivationSource;
  labels?: Language;
  limit?: Scalars['Int']['input'];
  rung?: FoldedRung;
  tokens: Scalars['Int']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryBudgetArgs = {
  labels?: Language;
  of: BudgetSource;
  scenesMax?: Scalars['Int']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryBundleArgs = {
  ref: Scalars['OccurrenceRef']['input'];
  scenesMax?: Scalars['Int']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryCorporaArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryCorpusArgs = {
  name: Scalars['String']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryDocumentArgs = {
  corpus: Scalars['String']['input'];
  name: Scalars['String']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryEmbedPartsArgs = {
  choice?: ModelChoice;
  form?: PromptForm;
  labels?: Language;
  lists: ReadonlyArray<ReadonlyArray<PromptPart>>;
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryExpandArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  depth?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  ref: Scalars['OccurrenceRef']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryExportArgs = {
  id: Scalars['ID']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryExportsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryFacetsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter: FacetFilter;
  first?: Scalars['Int']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryHypertokenArgs = {
  code: Scalars['Code']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryHypertokensArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: HypertokenFilter;
  first?: Scalars['Int']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryInventoryArgs = {
  kind: FacetKind;
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryJobArgs = {
  id: Scalars['ID']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryJobsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: JobFilter;
  first?: Scalars['Int']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryModelBudgetArgs = {
  choice?: ModelChoice;
  form?: PromptForm;
  labels?: Language;
  parts: ReadonlyArray<PromptPart>;
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryOccurrenceArgs = {
  ref: Scalars['OccurrenceRef']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryOccurrencesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: OccurrenceFilter;
  first?: Scalars['Int']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryPredictNextArgs = {
  choice?: ModelChoice;
  codes: ReadonlyArray<Scalars['Code']['input']>;
  k?: Scalars['Int']['input'];
  labels?: Language;
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryReadScenesArgs = {
  choice?: ModelChoice;
  confidenceMin?: Scalars['Float']['input'];
  first?: Scalars['Int']['input'];
  lang?: InputMaybe<Language>;
  scenes?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  text?: InputMaybe<Scalars['String']['input']>;
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QuerySceneArgs = {
  id: Scalars['ID']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryScenesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter: SceneFilter;
  first?: Scalars['Int']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryScorePartsArgs = {
  choice?: ModelChoice;
  form?: PromptForm;
  labels?: Language;
  parts: ReadonlyArray<PromptPart>;
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QuerySearchArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  corpus: Scalars['String']['input'];
  first?: Scalars['Int']['input'];
  kinds?: InputMaybe<ReadonlyArray<SearchKind>>;
  text: Scalars['String']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QuerySubgraphArgs = {
  hops?: Scalars['Int']['input'];
  limit?: Scalars['Int']['input'];
  scene: Scalars['ID']['input'];
  weightMin?: Scalars['Float']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryViewArgs = {
  corpus: Scalars['String']['input'];
  name: Scalars['String']['input'];
};


/** Reading changes nothing. What is not there is null, unless the description says otherwise. */
export type QueryViewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  corpus: Scalars['String']['input'];
  first?: Scalars['Int']['input'];
};

/** What reading a text did. */
export type ReadJobResult = {
  /** Couplings made or changed, those to other documents included. */
  readonly couplings: Scalars['Int']['output'];
  /** As it stands now; null when it is no longer there. */
  readonly document?: Maybe<Document>;
  /** What the model filled; null where it was not asked, as of what is unchanged. */
  readonly modelFacets?: Maybe<ModelFacetsReport>;
  /** What the reader had to do that a person would want to know. */
  readonly notices: ReadonlyArray<Scalars['String']['output']>;
  /** Scenes of the document when it was read. */
  readonly sceneCount: Scalars['Int']['output'];
  /** Scenes that are new. */
  readonly scenesAdded: Scalars['Int']['output'];
  /** Scenes that are no longer in the text. */
  readonly scenesDeleted: Scalars['Int']['output'];
  /** Scenes that stood there before and keep id, code and ordinal. */
  readonly scenesKept: Scalars['Int']['output'];
  /** The same text stood there already; nothing was changed. */
  readonly unchanged: Scalars['Boolean']['output'];
  /** Names of the views that held a scene which is gone, or is read as another figure: they went with it. */
  readonly viewsDeleted: ReadonlyArray<Scalars['String']['output']>;
};

/** A scene with what a model proposes for it. */
export type ReadScene = {
  /** Facets that were missing or unsure, and so asked for; none where the model was not asked. */
  readonly asked: ReadonlyArray<FacetKind>;
  /** What it said that does not hold. */
  readonly dropped: ReadonlyArray<DroppedFacet>;
  /** Where it ends: the span is `[start, end)`. */
  readonly end: Scalars['Int']['output'];
  /** That of the scene; of a text that is not kept one that stands in no store. */
  readonly key: Scalars['ID']['output'];
  /** For these nothing fits, says the model. */
  readonly none: ReadonlyArray<FacetKind>;
  /** What the model proposes: `by` is MODEL. */
  readonly proposed: ReadonlyArray<Facet>;
  /** By what the answer came about; null where the model was not asked. */
  readonly provenance?: Maybe<Provenance>;
  /** Where it starts in the document, in UTF-16 code units. */
  readonly start: Scalars['Int']['output'];
  /** Exactly as it stands in the text. */
  readonly text: Scalars['String']['output'];
};

/** A text to read. */
export type ReadTextInput = {
  /** The corpus's name: 1 to 255 characters, no control characters, no white space at either end. */
  readonly corpus: Scalars['String']['input'];
  /** By default found out from the text. */
  readonly lang?: InputMaybe<Language>;
  /**
   * Have the language model fill facets that the reader is unsure of; without it no model is asked. Small models are mostly wrong: see
   * `ModelFacetsInput.takenMin`. It takes seconds a scene: have longer texts read by `startJob`. The same text with another model, other
   * values here or none is read anew.
   */
  readonly modelFacets?: InputMaybe<ModelFacetsInput>;
  /** The document's name, by the same rule. A document of this name is read anew: what is the same in both texts stays. */
  readonly name: Scalars['String']['input'];
  /** The text itself. */
  readonly text: Scalars['String']['input'];
};

/** What reading a text did. */
export type ReadTextPayload = {
  /** Couplings made or changed, those to other documents included. */
  readonly couplings: Scalars['Int']['output'];
  /** As it stands now; null where it is gone again. */
  readonly document?: Maybe<Document>;
  /** What the model filled; null where it was not asked, as of what is unchanged. */
  readonly modelFacets?: Maybe<ModelFacetsReport>;
  /** What the reader had to do that a person would want to know. */
  readonly notices: ReadonlyArray<Scalars['String']['output']>;
  /** Scenes of the document. */
  readonly sceneCount: Scalars['Int']['output'];
  /** Scenes that are new. */
  readonly scenesAdded: Scalars['Int']['output'];
  /** Scenes that are no longer in the text. */
  readonly scenesDeleted: Scalars['Int']['output'];
  /** Scenes that stood there before and keep id, code and ordinal. */
  readonly scenesKept: Scalars['Int']['output'];
  /** The same text stood there already; nothing was changed. */
  readonly unchanged: Scalars['Boolean']['output'];
  /** Names of the views that held a scene which is gone, or is read as another figure: they went with it. */
  readonly viewsDeleted: ReadonlyArray<Scalars['String']['output']>;
};

/** One reason why two scenes hang together. */
export type Reason = {
  /** The shared facet's key; for RELEASE the two tensions as `fear>calm`; for SEQUENCE empty. */
  readonly key: Scalars['String']['output'];
  /** What kind of reason. */
  readonly kind: ReasonKind;
  /** The reason in words: the shared facet's label. */
  readonly label: Scalars['String']['output'];
  /** What this reason alone contributes, 0 to 1. */
  readonly weight: Scalars['Float']['output'];
};


/** One reason why two scenes hang together. */
export type ReasonLabelArgs = {
  labels?: Language;
};

/** Why two scenes hang together. */
export type ReasonKind =
  /** They share an agent. */
  | 'agent'
  /** They share an archetype. */
  | 'archetype'
  /** They share an atmosphere. */
  | 'atmosphere'
  /** They share a context. */
  | 'context'
  /** A tension raised in one is released in the other. */
  | 'release'
  /** One follows the other. */
  | 'sequence'
  /** They share a tension. */
  | 'tension';

/** What coupling a corpus afresh did. */
export type RecouplePayload = {
  /** Couplings added. */
  readonly added: Scalars['Int']['output'];
  /** As it stands now; null where it is gone again. */
  readonly corpus?: Maybe<Corpus>;
  /** Couplings removed while coupling. */
  readonly removed: Scalars['Int']['output'];
  /** Scenes that were coupled. */
  readonly scenes: Scalars['Int']['output'];
};

/** The job that waits again. */
export type RetryJobPayload = {
  /** As it stands now. */
  readonly job: Job;
};

/** How a scene is written for a model, from whole to least. */
export type Rung =
  /** One token for scenes of its kind, which needs a vocabulary that holds it. */
  | 'code'
  /** A token for each morpheme of its figure, which needs a vocabulary that holds them. */
  | 'facets'
  /** The labels of its figure as one word, agent and context in brackets. */
  | 'hyperlexeme'
  /** One token for this very scene, which needs a vocabulary that holds it. */
  | 'occurrence'
  /** Its text. */
  | 'text';

/** What scenes take on one rung, in positions. */
export type RungBudget = {
  /** What the longest takes. */
  readonly max: Scalars['Int']['output'];
  /** Of a scene, on average. */
  readonly mean: Scalars['Float']['output'];
  /** Half of the scenes take no more. */
  readonly median: Scalars['Int']['output'];
  /** Nine of ten scenes take no more. */
  readonly p90: Scalars['Int']['output'];
  /** Which rung. */
  readonly rung: Rung;
  /** All together. */
  readonly total: Scalars['Float']['output'];
};

/** How tokens are drawn. */
export type Sampling = {
  /** Those of at least this share of the likeliest's probability, 0 to 1. */
  readonly minP?: Scalars['Float']['input'];
  /** A whole number, 0 to 4294967295; the last draws as 0 does. Left out, one is drawn, which the provenance tells. */
  readonly seed?: InputMaybe<Scalars['Float']['input']>;
  /** 0 takes the likeliest each time; at most 10. */
  readonly temperature?: Scalars['Float']['input'];
  /** The likeliest so many are drawn from, from 1; 0 is all. */
  readonly topK?: Scalars['Int']['input'];
  /** The likeliest that have this share together are drawn from, above 0 to 1. */
  readonly topP?: Scalars['Float']['input'];
};

/** One situation: a sentence, or a clause of it with its own finite verb and agent. */
export type Scene = Node & {
  /** Who acts or undergoes. */
  readonly agent?: Maybe<AgentFacet>;
  /** The function or figure of the tale. */
  readonly archetype?: Maybe<Facet>;
  /** The closed class of the context. */
  readonly atmosphere?: Maybe<Facet>;
  /** What its figure is called: Δ14. */
  readonly code: Scalars['Code']['output'];
  /** Where and among what, in the order of the text. */
  readonly context: ReadonlyArray<Facet>;
  /** Its couplings by falling weight. */
  readonly couplings?: Maybe<CouplingConnection>;
  /** The document it stands in. */
  readonly document?: Maybe<Document>;
  /** Where it ends: the span is `[start, end)`. */
  readonly end: Scalars['Int']['output'];
  /** What kind of scene it is. */
  readonly figure: Figure;
  /** The labels of the figure as one word. */
  readonly hyperlexeme: Scalars['String']['output'];
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** The id as it stands in exports and on the command line, 32 hex digits. It follows from document and text. */
  readonly key: Scalars['String']['output'];
  /** A whole sentence, or a clause. */
  readonly kind: SceneKind;
  /** The language it was read in. */
  readonly lang: Language;
  /** The occurrence of a motif that holds this scene; null for a scene that stands alone, or before a collapse. */
  readonly motif?: Maybe<Occurrence>;
  /** The scene after it in the document. */
  readonly next?: Maybe<Scene>;
  /** The occurrence that is this very scene: Δ14:7. */
  readonly occurrence?: Maybe<Occurrence>;
  /** Which scene of its figure it is: 1, 2, 3 … */
  readonly ordinal: Scalars['Int']['output'];
  /** 0, 1, 2 … in the order of the document. */
  readonly position: Scalars['Int']['output'];
  /** The scene before it in the document. */
  readonly previous?: Maybe<Scene>;
  /** Where the scene starts in the document, in UTF-16 code units. */
  readonly start: Scalars['Int']['output'];
  /** What is at stake between forces or in the heart. */
  readonly tension?: Maybe<Facet>;
  /** Exactly the document's slice `[start, end)`. */
  readonly text: Scalars['String']['output'];
};


/** One situation: a sentence, or a clause of it with its own finite verb and agent. */
export type SceneCouplingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


/** One situation: a sentence, or a clause of it with its own finite verb and agent. */
export type SceneHyperlexemeArgs = {
  labels?: Language;
};

/** A page of scenes. */
export type SceneConnection = {
  /** The items of the page with their cursors. */
  readonly edges: ReadonlyArray<SceneEdge>;
  /** The same scenes without their cursors. */
  readonly nodes: ReadonlyArray<Scene>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
  /** How many there are on all pages. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A scene and where it stands in its list. */
export type SceneEdge = {
  /** For `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The scene. */
  readonly node: Scene;
};

/** Which scenes. All that is given must hold. */
export type SceneFilter = {
  /** Scenes of this figure. */
  readonly code?: InputMaybe<Scalars['Code']['input']>;
  /** The corpus's name. */
  readonly corpus: Scalars['String']['input'];
  /** The document's name. */
  readonly document?: InputMaybe<Scalars['String']['input']>;
  /** Scenes in which each of these facets stands. */
  readonly facets?: InputMaybe<ReadonlyArray<FacetInput>>;
  /** Whole sentences, or clauses. */
  readonly kind?: InputMaybe<SceneKind>;
  /** Scenes read in this language. */
  readonly lang?: InputMaybe<Language>;
  /** Scenes in whose text each of these words stands, in any form with the same stem, Russian or English. No character is an operator. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** How much of a sentence a scene is. */
export type SceneKind =
  /** One of several clauses of a sentence, each with its own finite verb and agent. */
  | 'half'
  /** A whole sentence. */
  | 'scene';

/** A scene of a prompt. */
export type ScenePart = {
  /** How it is written. What has no row in the pack is written as its hyperlexeme, and told as a substitution. */
  readonly rung?: Rung;
  /** A global id, or a scene's `key`. SCENE_NOT_FOUND without it. */
  readonly scene: Scalars['ID']['input'];
};

/** A scene that came as a row of a pack. */
export type SceneRow = {
  /** Null where it is not here. */
  readonly hyperlexeme?: Maybe<Scalars['String']['output']>;
  /** The scene's key. */
  readonly key: Scalars['String']['output'];
  /** Null where it is not here. */
  readonly scene?: Maybe<Scene>;
};

/** What a model proposes for scenes. */
export type ScenesReading = {
  /** In the order asked for, or of the text. */
  readonly scenes: ReadonlyArray<ReadScene>;
  /** The text has more scenes than were asked about. */
  readonly truncated: Scalars['Boolean']['output'];
};

/** What the key or token of a caller is good for. Where nobody need sign in, everyone may do all. */
export type Scope =
  /** To do what touches much of it at once as well. */
  | 'ADMIN'
  /** To look at the graph of one workspace. */
  | 'READ'
  /** To change it as well. */
  | 'WRITE';

/** A page of what was found. */
export type SearchConnection = {
  /** What was looked for, by falling weight; what nothing answers to as well. */
  readonly clues: ReadonlyArray<Clue>;
  /** The items of the page with their cursors. */
  readonly edges: ReadonlyArray<SearchEdge>;
  /** The same hits without their cursors. */
  readonly nodes: ReadonlyArray<SearchHit>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
  /** How many there are on all pages: 200 scenes, 50 facets and 50 hypertokens at most. */
  readonly totalCount: Scalars['Int']['output'];
  /** More may answer than was looked at: `scenes(filter: { text })` lists all in the order of the corpus. */
  readonly truncated: Scalars['Boolean']['output'];
  /** What of the text was not searched for: the longest 8 words with content are, and the first 4 codes. */
  readonly wordsLeft: ReadonlyArray<Scalars['String']['output']>;
};

/** A hit and where it stands in its list. */
export type SearchEdge = {
  /** For `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The hit. */
  readonly node: SearchHit;
};

/** One thing that was found, and why. */
export type SearchHit = {
  /** Each clue of the text that it answers to, by falling weight; empty for a scene that was found by those around it alone. */
  readonly because: ReadonlyArray<Clue>;
  /** Of a scene the one that stands by it in the text, two scenes away at most, that adds most to what it answers; null where none does, and of all else. */
  readonly beside?: Maybe<Scene>;
  /**
   * Of a scene where its words are that answer, and what the facets rest on that do, in the order of the text and apart from each other. Facets and
   * hypertokens stand in no one place: they have none.
   */
  readonly highlights: ReadonlyArray<Highlight>;
  /** What was found. */
  readonly hit: SearchResult;
  /**
   * How much of the text it answers to, 0 to 1, by the rarity of what it has of it; of a scene those beside it in the text count in part, and those
   * it hangs together with a little. Scores of two searches do not compare.
   */
  readonly score: Scalars['Float']['output'];
  /** Of a scene the coupling by which most came to it from others that answer; null where nothing did, and of all else. */
  readonly through?: Maybe<Coupling>;
};

/** What a search may find. */
export type SearchKind =
  /** Facets that stand in the corpus: of each word the first 8 agents and contexts that are called by it, 50 in all at most. */
  | 'facet'
  /** Hypertokens of any level, and occurrences that are named by Δ14:7: 50 at most. */
  | 'hypertoken'
  /** Scenes: 200 at most. */
  | 'scene';

/** What a search finds. */
export type SearchResult = CorpusFacet | Hypertoken | Occurrence | Scene;

/** How the scenes of a view were chosen. */
export type SelectionKind =
  /** All of a document. */
  | 'document'
  /** Along a path. */
  | 'path'
  /** One by one. */
  | 'scenes'
  /** By a search. */
  | 'search'
  /** Around one scene. */
  | 'seed';

/** What answers. */
export type Service = {
  /** What is refused, and beyond what. */
  readonly limits: ServiceLimits;
  /** Where the graph is stored. */
  readonly store: StoreKind;
  /** By which positions in a model's context are counted. */
  readonly tokenizer?: Maybe<Scalars['String']['output']>;
  /** The version of the program: major.minor.patch. */
  readonly version: Scalars['String']['output'];
  /** The workspace whose graph is seen here. */
  readonly workspace: Scalars['String']['output'];
};

/** Limits of requests: what goes beyond is refused with a code, not cut. */
export type ServiceLimits = {
  /** Aliases of a query. */
  readonly aliases: Scalars['Int']['output'];
  /** Couplings that a scene keeps. */
  readonly couplingsPerScene: Scalars['Int']['output'];
  /** Fields within fields of a query. */
  readonly depth: Scalars['Int']['output'];
  /** Bytes of UTF-8 of the largest text that is read. */
  readonly documentBytes: Scalars['Int']['output'];
  /** Items of the largest page. */
  readonly page: Scalars['Int']['output'];
  /** Tokens of a query's text. */
  readonly tokens: Scalars['Int']['output'];
  /** Objects and fields of an answer, counted before a query runs. */
  readonly values: Scalars['Int']['output'];
};

/** Shares of the documents, 0 to 1, that make 1 together. */
export type SplitShares = {
  /** Of those to measure it by. */
  readonly test: Scalars['Float']['output'];
  /** Of the documents to learn from. */
  readonly train: Scalars['Float']['output'];
  /** Of those to choose a model by. */
  readonly validation: Scalars['Float']['output'];
};

/** Shares of the documents, 0 to 1, that make 1 together. */
export type SplitSharesInput = {
  /** Of those to measure it by. */
  readonly test: Scalars['Float']['input'];
  /** Of the documents to learn from. */
  readonly train: Scalars['Float']['input'];
  /** Of those to choose a model by. */
  readonly validation: Scalars['Float']['input'];
};

/** What to do, and by which key to know it again. */
export type StartJobInput = {
  /** 1 to 255 characters of your own choice: the same task under the same key gives the same job, another one is a JOB_KEY_TAKEN. Forgotten with the job. */
  readonly key?: InputMaybe<Scalars['String']['input']>;
  /** What to do. */
  readonly task: JobTask;
};

/** The job that was started, or had been under the same key. */
export type StartJobPayload = {
  /** As it stands now. */
  readonly job: Job;
};

/** Where a graph is stored. */
export type StoreKind =
  /** In a folder of the machine that serves it. */
  | 'embedded'
  /** In the memory of the process, for trials. */
  | 'memory'
  /** In a Neo4j database. */
  | 'neo4j';

/** Scenes and all couplings among them. */
export type Subgraph = {
  /** All couplings among the scenes. */
  readonly couplings: ReadonlyArray<Coupling>;
  /** Nearest to the seed first, then by falling weight. */
  readonly scenes: ReadonlyArray<Scene>;
  /** The scene it was asked around. */
  readonly seed: Scene;
  /** Were more scenes in reach than `limit` lets through? */
  readonly truncated: Scalars['Boolean']['output'];
};

/** What happens, as it happens, over the WebSocket protocol graphql-transport-ws at the same address. */
export type Subscription = {
  /**
   * Lets the model go on from parts: first how they were written, then each piece as it comes, last how it ended. Whoever unsubscribes or is
   * disconnected frees its slot at once. What is wrong with the parts is an answer with an error and no stream; what fails later is null with
   * an error, and the end.
   */
  readonly completion?: Maybe<CompletionEvent>;
  /** A corpus as it stands, and again each time it has changed; null where there is none, or when it is deleted. */
  readonly corpus?: Maybe<Corpus>;
  /** A job as it stands, then after each change, until it is over. Changes that come faster than they are taken are joined. JOB_NOT_FOUND without it. */
  readonly job?: Maybe<Job>;
};


/** What happens, as it happens, over the WebSocket protocol graphql-transport-ws at the same address. */
export type SubscriptionCompletionArgs = {
  choice?: ModelChoice;
  form?: PromptForm;
  labels?: Language;
  parts: ReadonlyArray<PromptPart>;
  sampling?: Sampling;
  schema?: InputMaybe<Scalars['String']['input']>;
  stop?: ReadonlyArray<Scalars['String']['input']>;
  tokensMax?: Scalars['Int']['input'];
};


/** What happens, as it happens, over the WebSocket protocol graphql-transport-ws at the same address. */
export type SubscriptionCorpusArgs = {
  name: Scalars['String']['input'];
};


/** What happens, as it happens, over the WebSocket protocol graphql-transport-ws at the same address. */
export type SubscriptionJobArgs = {
  id: Scalars['ID']['input'];
};

/** What is not written on the rung it was wanted on. */
export type Substitution = {
  /** Code and ordinal, or the code alone: Δ14:7 or Δ14. */
  readonly name: Scalars['String']['output'];
  /** Index of the part, from 0; of `predictNext` that of the code. */
  readonly part: Scalars['Int']['output'];
  /** On which rung it was wanted. */
  readonly wanted: Rung;
  /** Why. */
  readonly why: SubstitutionReason;
  /** On which it is written. */
  readonly written: Rung;
};

/** Why something is written on another rung. */
export type SubstitutionReason =
  /** A motif, community or view has no row of its own place, and is written by that of its code. */
  | 'NOT_A_SCENE'
  /** No pack is named. */
  | 'NO_PACK'
  /** The pack does not have all of its rows. */
  | 'NO_ROW';

/** One of the equal stretches of an occurrence. */
export type TensionStretch = {
  /** Scenes of the stretch. */
  readonly sceneCount: Scalars['Int']['output'];
  /** Of them, the share in which any tension stands: 0 to 1. */
  readonly tense: Scalars['Float']['output'];
  /** The commonest tension; null where none stands. */
  readonly tension?: Maybe<FacetStanding>;
};

/** How likely a token is after those before it. */
export type TokenScore = {
  /** Natural logarithm of its probability, 0 or below; null for the first where nothing stands before it. */
  readonly logProbability?: Maybe<Scalars['Float']['output']>;
  /** Index of the part it stands in, from 0; null of what parts two of them, of a mark of the beginning and of a template. */
  readonly part?: Maybe<Scalars['Int']['output']>;
  /** As it is spelled; bytes that are no whole character as U+FFFD. */
  readonly text: Scalars['String']['output'];
};

/** How many tokens the texts of one kind take. */
export type TokenSpread = {
  /** How many texts. */
  readonly count: Scalars['Int']['output'];
  /** What the longest takes. */
  readonly max: Scalars['Int']['output'];
  /** Of a text, on average. */
  readonly mean: Scalars['Float']['output'];
  /** Half of the texts take no more. */
  readonly median: Scalars['Int']['output'];
  /** Nine of ten texts take no more. */
  readonly p90: Scalars['Int']['output'];
  /** All together. */
  readonly total: Scalars['Float']['output'];
};

/** Which merge to take back. */
export type UndoMergeJobInput = {
  /** The agent that was merged. */
  readonly alias: Scalars['String']['input'];
  /** The corpus's name. */
  readonly corpus: Scalars['String']['input'];
};

/** Scenes that someone collapsed by hand, under a name. It goes with any of its scenes that is deleted or read as another figure. */
export type View = {
  /** The corpus it is of. */
  readonly corpus?: Maybe<Corpus>;
  /** What it is called. */
  readonly name: Scalars['String']['output'];
  /** Its occurrence: `expand`, `bundle` and `activate` take it as any other. */
  readonly occurrence?: Maybe<Occurrence>;
  /** How its scenes were chosen when it was made. What has come since is not in it: make it again with `replace`. */
  readonly selection: ViewSelection;
  /** How many scenes are in it. */
  readonly size: Scalars['Int']['output'];
};

/** A page of views. */
export type ViewConnection = {
  /** The items of the page with their cursors. */
  readonly edges: ReadonlyArray<ViewEdge>;
  /** The same views without their cursors. */
  readonly nodes: ReadonlyArray<View>;
  /** Where the page stands in the list. */
  readonly pageInfo: PageInfo;
};

/** A view and where it stands in its list. */
export type ViewEdge = {
  /** For `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The view. */
  readonly node: View;
};

/** Which scenes of the corpus. All that is given must hold. */
export type ViewSearchInput = {
  /** Scenes of this figure. */
  readonly code?: InputMaybe<Scalars['Code']['input']>;
  /** The document's name. */
  readonly document?: InputMaybe<Scalars['String']['input']>;
  /** Scenes in which each of these facets stands. */
  readonly facets?: InputMaybe<ReadonlyArray<FacetInput>>;
  /** Whole sentences, or clauses. */
  readonly kind?: InputMaybe<SceneKind>;
  /** Scenes read in this language. */
  readonly lang?: InputMaybe<Language>;
  /** Scenes in whose text each of these words stands, in any form with the same stem, Russian or English. No character is an operator. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** How the scenes of a view were chosen. What has no part in it is null. */
export type ViewSelection = {
  /** By what. */
  readonly by: SelectionKind;
  /** Digest of the figure that was searched for. */
  readonly digest?: Maybe<Scalars['String']['output']>;
  /** Of a document, or a search in one: its name. */
  readonly document?: Maybe<Scalars['String']['output']>;
  /** Facets that were searched for. */
  readonly facets?: Maybe<ReadonlyArray<Morpheme>>;
  /** One end of the path. */
  readonly from?: Maybe<Scene>;
  /** How many couplings away at most. */
  readonly hops?: Maybe<Scalars['Int']['output']>;
  /** Kind of scenes that was searched for. */
  readonly kind?: Maybe<SceneKind>;
  /** Language of scenes that was searched for. */
  readonly lang?: Maybe<Language>;
  /** The scene around which they were. */
  readonly seed?: Maybe<Scene>;
  /** Words that were searched for. */
  readonly text?: Maybe<Scalars['String']['output']>;
  /** The other. */
  readonly to?: Maybe<Scene>;
  /** Only over couplings of at least this weight. */
  readonly weightMin?: Maybe<Scalars['Float']['output']>;
};

/** What a view is made of: exactly one of these. */
export type ViewSource =
  /** The scenes around one. */
  { readonly around: AroundInput; readonly document?: never; readonly path?: never; readonly scenes?: never; readonly search?: never; }
  |  /** All scenes of the document of this name. */
  { readonly around?: never; readonly document: Scalars['String']['input']; readonly path?: never; readonly scenes?: never; readonly search?: never; }
  |  /** The strongest path over couplings from one scene to another. */
  { readonly around?: never; readonly document?: never; readonly path: PathInput; readonly scenes?: never; readonly search?: never; }
  |  /** These scenes, in any order: global ids, or scenes' keys. */
  { readonly around?: never; readonly document?: never; readonly path?: never; readonly scenes: ReadonlyArray<Scalars['ID']['input']>; readonly search?: never; }
  |  /** All scenes that pass. */
  { readonly around?: never; readonly document?: never; readonly path?: never; readonly scenes?: never; readonly search: ViewSearchInput; };

/** Something as it is written. */
export type WrittenItem = {
  /** Code and ordinal, or the code alone: Δ14:7 or Δ14. Null of a given text. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** On which rung it is written. */
  readonly rung: Rung;
};

/** What the model was given for parts. */
export type WrittenPart = {
  /** Positions of a context's pieces; null of the other kinds. */
  readonly contextPositions?: Maybe<Scalars['Int']['output']>;
  /** Scenes that did not go into a context; null of the other kinds. */
  readonly droppedCount?: Maybe<Scalars['Int']['output']>;
  /** What it is written as, in the order of the prompt: one, or the pieces of a context, and none of one in which nothing lights up. */
  readonly items: ReadonlyArray<WrittenItem>;
  /** What kind of part. */
  readonly kind: PartKind;
};

/** Positions of all that is written on a rung. */
export type WrittenRungBudget = {
  /** Scenes, motifs, communities and codes. */
  readonly itemCount: Scalars['Int']['output'];
  /** Of all of them. */
  readonly positions: Scalars['Int']['output'];
  /** Which rung. */
  readonly rung: Rung;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  CompletionEvent:
    | ( ExpandedCode )
    | ( CompletionEventOf<"end"> )
    | ( CompletionEventOf<"text"> )
    | ( CompletionEventOf<"written"> )
    | ( ExpandedFacet )
    | ( ExpandedScene )
  ;
  CompletionPiece:
    | ( ExpandedCode )
    | ( CompletionEventOf<"text"> )
    | ( ExpandedFacet )
    | ( ExpandedScene )
  ;
  JobResult:
    | ( JobResultOf<"mergeAgents" | "undoMerge"> )
    | ( JobResultOf<"collapse"> )
    | ( JobResultOf<"couple" | "recouple"> )
    | ( JobResultOf<"export"> )
    | ( JobResultOf<"read"> )
  ;
  SearchResult:
    | ( FacetRecord )
    | ( HypertokenRecord )
    | ( OccurrenceParent )
    | ( StoredScene )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( CorpusRecord )
    | ( DocumentRecord )
    | ( KeptExport )
    | ( HypertokenRecord )
    | ( JobRecord )
    | ( OccurrenceParent )
    | ( StoredScene )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ActivatedScene: ResolverTypeWrapper<ActivatedSceneParent>;
  Activation: ResolverTypeWrapper<ActivationParent>;
  ActivationLimit: null;
  ActivationSource: ActivationSource;
  AgentFacet: ResolverTypeWrapper<AgentFacetParent>;
  AgentMerge: ResolverTypeWrapper<AgentMergeParent>;
  AgentMergeConnection: ResolverTypeWrapper<Omit<AgentMergeConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['AgentMergeEdge']>, nodes: ReadonlyArray<ResolversTypes['AgentMerge']> }>;
  AgentMergeEdge: ResolverTypeWrapper<Omit<AgentMergeEdge, 'node'> & { node: ResolversTypes['AgentMerge'] }>;
  AgentMergeJobResult: ResolverTypeWrapper<JobResultOf<"mergeAgents" | "undoMerge">>;
  AgentMergePayload: ResolverTypeWrapper<AgentMergePayloadParent>;
  AroundInput: AroundInput;
  AssembledContext: ResolverTypeWrapper<AssembledContextParent>;
  BareShare: ResolverTypeWrapper<BareShare>;
  BatchMode: null;
  Binding: ResolverTypeWrapper<Binding>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Budget: ResolverTypeWrapper<BudgetParent>;
  BudgetGroup: ResolverTypeWrapper<BudgetRow>;
  BudgetLanguage: ResolverTypeWrapper<LanguageStatistics>;
  BudgetLanguageLevel: ResolverTypeWrapper<LevelPositions>;
  BudgetLevel: ResolverTypeWrapper<LevelStatistics>;
  BudgetSource: BudgetSource;
  Bundle: ResolverTypeWrapper<OccurrenceBundle>;
  BundleSpan: ResolverTypeWrapper<BundleSpanParent>;
  CancelJobPayload: ResolverTypeWrapper<Omit<CancelJobPayload, 'job'> & { job: ResolversTypes['Job'] }>;
  Clue: ResolverTypeWrapper<ClueParent>;
  ClueKind: null;
  Code: ResolverTypeWrapper<Scalars['Code']['output']>;
  CodeRow: ResolverTypeWrapper<ExpandedCode>;
  CollapseJobInput: CollapseJobInput;
  CollapseJobResult: ResolverTypeWrapper<JobResultOf<"collapse">>;
  CollapsePayload: ResolverTypeWrapper<CollapsePayloadParent>;
  CollapseState: CollapseState;
  CollapseViewInput: CollapseViewInput;
  CollapseViewPayload: ResolverTypeWrapper<Omit<CollapseViewPayload, 'view'> & { view: ResolversTypes['View'] }>;
  CollapsedLevel: ResolverTypeWrapper<CollapsedLevel>;
  Completion: ResolverTypeWrapper<CompletionParent>;
  CompletionEnd: ResolverTypeWrapper<CompletionEventOf<"end">>;
  CompletionEvent: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CompletionEvent']>;
  CompletionPiece: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CompletionPiece']>;
  CompletionReason: null;
  CompletionText: ResolverTypeWrapper<CompletionEventOf<"text">>;
  CompletionWritten: ResolverTypeWrapper<CompletionEventOf<"written">>;
  ContextPart: ContextPart;
  ContextPiece: ResolverTypeWrapper<WrittenPiece>;
  Corpus: ResolverTypeWrapper<CorpusRecord>;
  CorpusConnection: ResolverTypeWrapper<Omit<CorpusConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['CorpusEdge']>, nodes: ReadonlyArray<ResolversTypes['Corpus']> }>;
  CorpusEdge: ResolverTypeWrapper<Omit<CorpusEdge, 'node'> & { node: ResolversTypes['Corpus'] }>;
  CorpusFacet: ResolverTypeWrapper<FacetRecord>;
  CorpusFacetConnection: ResolverTypeWrapper<Omit<CorpusFacetConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['CorpusFacetEdge']>, nodes: ReadonlyArray<ResolversTypes['CorpusFacet']> }>;
  CorpusFacetEdge: ResolverTypeWrapper<Omit<CorpusFacetEdge, 'node'> & { node: ResolversTypes['CorpusFacet'] }>;
  CoupleJobInput: CoupleJobInput;
  CoupleJobResult: ResolverTypeWrapper<JobResultOf<"couple" | "recouple">>;
  CouplePayload: ResolverTypeWrapper<CouplePayloadParent>;
  Coupling: ResolverTypeWrapper<CouplingParent>;
  CouplingConnection: ResolverTypeWrapper<Omit<CouplingConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['CouplingEdge']>, nodes: ReadonlyArray<ResolversTypes['Coupling']> }>;
  CouplingEdge: ResolverTypeWrapper<Omit<CouplingEdge, 'node'> & { node: ResolversTypes['Coupling'] }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteExportPayload: ResolverTypeWrapper<DeleteExportPayload>;
  DeletePayload: ResolverTypeWrapper<DeletePayload>;
  DeleteViewPayload: ResolverTypeWrapper<DeleteViewPayload>;
  DescriptionLength: ResolverTypeWrapper<DescriptionLength>;
  Document: ResolverTypeWrapper<DocumentRecord>;
  DocumentConnection: ResolverTypeWrapper<Omit<DocumentConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DocumentEdge']>, nodes: ReadonlyArray<ResolversTypes['Document']> }>;
  DocumentEdge: ResolverTypeWrapper<Omit<DocumentEdge, 'node'> & { node: ResolversTypes['Document'] }>;
  DropReason: null;
  DroppedFacet: ResolverTypeWrapper<DroppedAnswer>;
  DroppedScene: ResolverTypeWrapper<Omit<DroppedScene, 'scene'> & { scene: ResolversTypes['Scene'] }>;
  Embedding: ResolverTypeWrapper<EmbeddingParent>;
  Expansion: ResolverTypeWrapper<ExpansionParent>;
  Export: ResolverTypeWrapper<KeptExport>;
  ExportConnection: ResolverTypeWrapper<Omit<ExportConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ExportEdge']>, nodes: ReadonlyArray<ResolversTypes['Export']> }>;
  ExportEdge: ResolverTypeWrapper<Omit<ExportEdge, 'node'> & { node: ResolversTypes['Export'] }>;
  ExportFile: ResolverTypeWrapper<ExportFile>;
  ExportFormat: null;
  ExportJobInput: ExportJobInput;
  ExportJobResult: ResolverTypeWrapper<JobResultOf<"export">>;
  ExportOptions: ResolverTypeWrapper<ExportOptions>;
  ExportRung: null;
  ExportStatistics: null;
  ExportTokenizer: ResolverTypeWrapper<ExportTokenizer>;
  Facet: ResolverTypeWrapper<FacetParent>;
  FacetEvidence: null;
  FacetFilter: FacetFilter;
  FacetInput: FacetInput;
  FacetKind: null;
  FacetRefusal: FacetRefusal;
  FacetRow: ResolverTypeWrapper<ExpandedFacet>;
  FacetStanding: ResolverTypeWrapper<FacetStandingParent>;
  Figure: ResolverTypeWrapper<FigureParent>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  FoldedRung: null;
  Highlight: ResolverTypeWrapper<HighlightParent>;
  Hypertoken: ResolverTypeWrapper<HypertokenRecord>;
  HypertokenConnection: ResolverTypeWrapper<Omit<HypertokenConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['HypertokenEdge']>, nodes: ReadonlyArray<ResolversTypes['Hypertoken']> }>;
  HypertokenEdge: ResolverTypeWrapper<Omit<HypertokenEdge, 'node'> & { node: ResolversTypes['Hypertoken'] }>;
  HypertokenFilter: HypertokenFilter;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Job: ResolverTypeWrapper<JobRecord>;
  JobConnection: ResolverTypeWrapper<Omit<JobConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['JobEdge']>, nodes: ReadonlyArray<ResolversTypes['Job']> }>;
  JobEdge: ResolverTypeWrapper<Omit<JobEdge, 'node'> & { node: ResolversTypes['Job'] }>;
  JobError: ResolverTypeWrapper<JobErrorParent>;
  JobFilter: JobFilter;
  JobKind: null;
  JobProgress: ResolverTypeWrapper<JobProgressParent>;
  JobResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['JobResult']>;
  JobStage: null;
  JobState: null;
  JobTask: JobTask;
  JobUnit: null;
  KvType: null;
  Language: null;
  MemoryBudget: ResolverTypeWrapper<MemoryBudget>;
  MergeAgentsInput: MergeAgentsInput;
  Model: ResolverTypeWrapper<ModelParent>;
  ModelAttention: ResolverTypeWrapper<ModelAttention>;
  ModelBudget: ResolverTypeWrapper<ModelBudgetParent>;
  ModelChoice: ModelChoice;
  ModelExperts: ResolverTypeWrapper<ModelExperts>;
  ModelFacetsInput: ModelFacetsInput;
  ModelFacetsReport: ResolverTypeWrapper<FacetsFilled>;
  ModelIdentity: ResolverTypeWrapper<ModelIdentity>;
  ModelKv: ResolverTypeWrapper<ModelKv>;
  ModelPack: ResolverTypeWrapper<PackSummary>;
  ModelProcess: ResolverTypeWrapper<ProcessStatus>;
  ModelProcessState: null;
  ModelQuantization: ResolverTypeWrapper<ModelQuantization>;
  ModelUsage: ResolverTypeWrapper<ModelUsage>;
  Morpheme: ResolverTypeWrapper<MorphemeParent>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  Occurrence: ResolverTypeWrapper<OccurrenceParent>;
  OccurrenceConnection: ResolverTypeWrapper<Omit<OccurrenceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['OccurrenceEdge']>, nodes: ReadonlyArray<ResolversTypes['Occurrence']> }>;
  OccurrenceEdge: ResolverTypeWrapper<Omit<OccurrenceEdge, 'node'> & { node: ResolversTypes['Occurrence'] }>;
  OccurrenceFilter: OccurrenceFilter;
  OccurrencePart: OccurrencePart;
  OccurrenceRef: ResolverTypeWrapper<Scalars['OccurrenceRef']['output']>;
  PackIdentity: ResolverTypeWrapper<PackIdentity>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PartBudget: ResolverTypeWrapper<PartBudgetParent>;
  PartKind: null;
  PartRungBudget: ResolverTypeWrapper<PartRungBudget>;
  PartScore: ResolverTypeWrapper<PartScoreParent>;
  PartsEmbedding: ResolverTypeWrapper<EmbeddedParts>;
  PartsScore: ResolverTypeWrapper<ScoredParts>;
  PathInput: PathInput;
  PieceForm: null;
  PredictedCode: ResolverTypeWrapper<PredictedCodeParent>;
  PredictedCodes: ResolverTypeWrapper<PredictedCodesParent>;
  PromptForm: null;
  PromptPart: PromptPart;
  Provenance: ResolverTypeWrapper<ProvenanceParent>;
  ProvenanceKv: ResolverTypeWrapper<ProvenanceKv>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReadJobResult: ResolverTypeWrapper<JobResultOf<"read">>;
  ReadScene: ResolverTypeWrapper<FilledScene>;
  ReadTextInput: ReadTextInput;
  ReadTextPayload: ResolverTypeWrapper<ReadReport>;
  Reason: ResolverTypeWrapper<ReasonParent>;
  ReasonKind: null;
  RecouplePayload: ResolverTypeWrapper<CouplePayloadParent>;
  RetryJobPayload: ResolverTypeWrapper<Omit<RetryJobPayload, 'job'> & { job: ResolversTypes['Job'] }>;
  Rung: null;
  RungBudget: ResolverTypeWrapper<RungBudget>;
  Sampling: Sampling;
  Scene: ResolverTypeWrapper<StoredScene>;
  SceneConnection: ResolverTypeWrapper<SceneConnectionParent>;
  SceneEdge: ResolverTypeWrapper<Omit<SceneEdge, 'node'> & { node: ResolversTypes['Scene'] }>;
  SceneFilter: SceneFilter;
  SceneKind: null;
  ScenePart: ScenePart;
  SceneRow: ResolverTypeWrapper<ExpandedScene>;
  ScenesReading: ResolverTypeWrapper<ReadScenes>;
  Scope: Scope;
  SearchConnection: ResolverTypeWrapper<SearchConnectionParent>;
  SearchEdge: ResolverTypeWrapper<Omit<SearchEdge, 'node'> & { node: ResolversTypes['SearchHit'] }>;
  SearchHit: ResolverTypeWrapper<SearchHitParent>;
  SearchKind: null;
  SearchResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SearchResult']>;
  SelectionKind: null;
  Service: ResolverTypeWrapper<Service>;
  ServiceLimits: ResolverTypeWrapper<ServiceLimits>;
  SplitShares: ResolverTypeWrapper<SplitShares>;
  SplitSharesInput: SplitSharesInput;
  StartJobInput: StartJobInput;
  StartJobPayload: ResolverTypeWrapper<Omit<StartJobPayload, 'job'> & { job: ResolversTypes['Job'] }>;
  StoreKind: null;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subgraph: ResolverTypeWrapper<Omit<Subgraph, 'couplings' | 'scenes' | 'seed'> & { couplings: ReadonlyArray<ResolversTypes['Coupling']>, scenes: ReadonlyArray<ResolversTypes['Scene']>, seed: ResolversTypes['Scene'] }>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Substitution: ResolverTypeWrapper<SubstitutionParent>;
  SubstitutionReason: null;
  TensionStretch: ResolverTypeWrapper<TensionStretchParent>;
  TokenScore: ResolverTypeWrapper<TokenScore>;
  TokenSpread: ResolverTypeWrapper<TokenSpread>;
  UndoMergeJobInput: UndoMergeJobInput;
  View: ResolverTypeWrapper<ViewRecord>;
  ViewConnection: ResolverTypeWrapper<Omit<ViewConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ViewEdge']>, nodes: ReadonlyArray<ResolversTypes['View']> }>;
  ViewEdge: ResolverTypeWrapper<Omit<ViewEdge, 'node'> & { node: ResolversTypes['View'] }>;
  ViewSearchInput: ViewSearchInput;
  ViewSelection: ResolverTypeWrapper<ViewSelectionParent>;
  ViewSource: ViewSource;
  WrittenItem: ResolverTypeWrapper<WrittenItemParent>;
  WrittenPart: ResolverTypeWrapper<WrittenPartParent>;
  WrittenRungBudget: ResolverTypeWrapper<RungBudgetParent>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ActivatedScene: ActivatedSceneParent;
  Activation: ActivationParent;
  ActivationSource: ActivationSource;
  AgentFacet: AgentFacetParent;
  AgentMerge: AgentMergeParent;
  AgentMergeConnection: Omit<AgentMergeConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['AgentMergeEdge']>, nodes: ReadonlyArray<ResolversParentTypes['AgentMerge']> };
  AgentMergeEdge: Omit<AgentMergeEdge, 'node'> & { node: ResolversParentTypes['AgentMerge'] };
  AgentMergeJobResult: JobResultOf<"mergeAgents" | "undoMerge">;
  AgentMergePayload: AgentMergePayloadParent;
  AroundInput: AroundInput;
  AssembledContext: AssembledContextParent;
  BareShare: BareShare;
  Binding: Binding;
  Boolean: Scalars['Boolean']['output'];
  Budget: BudgetParent;
  BudgetGroup: BudgetRow;
  BudgetLanguage: LanguageStatistics;
  BudgetLanguageLevel: LevelPositions;
  BudgetLevel: LevelStatistics;
  BudgetSource: BudgetSource;
  Bundle: OccurrenceBundle;
  BundleSpan: BundleSpanParent;
  CancelJobPayload: Omit<CancelJobPayload, 'job'> & { job: ResolversParentTypes['Job'] };
  Clue: ClueParent;
  Code: Scalars['Code']['output'];
  CodeRow: ExpandedCode;
  CollapseJobInput: CollapseJobInput;
  CollapseJobResult: JobResultOf<"collapse">;
  CollapsePayload: CollapsePayloadParent;
  CollapseViewInput: CollapseViewInput;
  CollapseViewPayload: Omit<CollapseViewPayload, 'view'> & { view: ResolversParentTypes['View'] };
  CollapsedLevel: CollapsedLevel;
  Completion: CompletionParent;
  CompletionEnd: CompletionEventOf<"end">;
  CompletionEvent: ResolversUnionTypes<ResolversParentTypes>['CompletionEvent'];
  CompletionPiece: ResolversUnionTypes<ResolversParentTypes>['CompletionPiece'];
  CompletionText: CompletionEventOf<"text">;
  CompletionWritten: CompletionEventOf<"written">;
  ContextPart: ContextPart;
  ContextPiece: WrittenPiece;
  Corpus: CorpusRecord;
  CorpusConnection: Omit<CorpusConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['CorpusEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Corpus']> };
  CorpusEdge: Omit<CorpusEdge, 'node'> & { node: ResolversParentTypes['Corpus'] };
  CorpusFacet: FacetRecord;
  CorpusFacetConnection: Omit<CorpusFacetConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['CorpusFacetEdge']>, nodes: ReadonlyArray<ResolversParentTypes['CorpusFacet']> };
  CorpusFacetEdge: Omit<CorpusFacetEdge, 'node'> & { node: ResolversParentTypes['CorpusFacet'] };
  CoupleJobInput: CoupleJobInput;
  CoupleJobResult: JobResultOf<"couple" | "recouple">;
  CouplePayload: CouplePayloadParent;
  Coupling: CouplingParent;
  CouplingConnection: Omit<CouplingConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['CouplingEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Coupling']> };
  CouplingEdge: Omit<CouplingEdge, 'node'> & { node: ResolversParentTypes['Coupling'] };
  DateTime: Scalars['DateTime']['output'];
  DeleteExportPayload: DeleteExportPayload;
  DeletePayload: DeletePayload;
  DeleteViewPayload: DeleteViewPayload;
  DescriptionLength: DescriptionLength;
  Document: DocumentRecord;
  DocumentConnection: Omit<DocumentConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['DocumentEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Document']> };
  DocumentEdge: Omit<DocumentEdge, 'node'> & { node: ResolversParentTypes['Document'] };
  DroppedFacet: DroppedAnswer;
  DroppedScene: Omit<DroppedScene, 'scene'> & { scene: ResolversParentTypes['Scene'] };
  Embedding: EmbeddingParent;
  Expansion: ExpansionParent;
  Export: KeptExport;
  ExportConnection: Omit<ExportConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ExportEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Export']> };
  ExportEdge: Omit<ExportEdge, 'node'> & { node: ResolversParentTypes['Export'] };
  ExportFile: ExportFile;
  ExportJobInput: ExportJobInput;
  ExportJobResult: JobResultOf<"export">;
  ExportOptions: ExportOptions;
  ExportTokenizer: ExportTokenizer;
  Facet: FacetParent;
  FacetFilter: FacetFilter;
  FacetInput: FacetInput;
  FacetRow: ExpandedFacet;
  FacetStanding: FacetStandingParent;
  Figure: FigureParent;
  Float: Scalars['Float']['output'];
  Highlight: HighlightParent;
  Hypertoken: HypertokenRecord;
  HypertokenConnection: Omit<HypertokenConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['HypertokenEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Hypertoken']> };
  HypertokenEdge: Omit<HypertokenEdge, 'node'> & { node: ResolversParentTypes['Hypertoken'] };
  HypertokenFilter: HypertokenFilter;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  Job: JobRecord;
  JobConnection: Omit<JobConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['JobEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Job']> };
  JobEdge: Omit<JobEdge, 'node'> & { node: ResolversParentTypes['Job'] };
  JobError: JobErrorParent;
  JobFilter: JobFilter;
  JobProgress: JobProgressParent;
  JobResult: ResolversUnionTypes<ResolversParentTypes>['JobResult'];
  JobTask: JobTask;
  MemoryBudget: MemoryBudget;
  MergeAgentsInput: MergeAgentsInput;
  Model: ModelParent;
  ModelAttention: ModelAttention;
  ModelBudget: ModelBudgetParent;
  ModelChoice: ModelChoice;
  ModelExperts: ModelExperts;
  ModelFacetsInput: ModelFacetsInput;
  ModelFacetsReport: FacetsFilled;
  ModelIdentity: ModelIdentity;
  ModelKv: ModelKv;
  ModelPack: PackSummary;
  ModelProcess: ProcessStatus;
  ModelQuantization: ModelQuantization;
  ModelUsage: ModelUsage;
  Morpheme: MorphemeParent;
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  Occurrence: OccurrenceParent;
  OccurrenceConnection: Omit<OccurrenceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['OccurrenceEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Occurrence']> };
  OccurrenceEdge: Omit<OccurrenceEdge, 'node'> & { node: ResolversParentTypes['Occurrence'] };
  OccurrenceFilter: OccurrenceFilter;
  OccurrencePart: OccurrencePart;
  OccurrenceRef: Scalars['OccurrenceRef']['output'];
  PackIdentity: PackIdentity;
  PageInfo: PageInfo;
  PartBudget: PartBudgetParent;
  PartRungBudget: PartRungBudget;
  PartScore: PartScoreParent;
  PartsEmbedding: EmbeddedParts;
  PartsScore: ScoredParts;
  PathInput: PathInput;
  PredictedCode: PredictedCodeParent;
  PredictedCodes: PredictedCodesParent;
  PromptPart: PromptPart;
  Provenance: ProvenanceParent;
  ProvenanceKv: ProvenanceKv;
  Query: Record<PropertyKey, never>;
  ReadJobResult: JobResultOf<"read">;
  ReadScene: FilledScene;
  ReadTextInput: ReadTextInput;
  ReadTextPayload: ReadReport;
  Reason: ReasonParent;
  RecouplePayload: CouplePayloadParent;
  RetryJobPayload: Omit<RetryJobPayload, 'job'> & { job: ResolversParentTypes['Job'] };
  RungBudget: RungBudget;
  Sampling: Sampling;
  Scene: StoredScene;
  SceneConnection: SceneConnectionParent;
  SceneEdge: Omit<SceneEdge, 'node'> & { node: ResolversParentTypes['Scene'] };
  SceneFilter: SceneFilter;
  ScenePart: ScenePart;
  SceneRow: ExpandedScene;
  ScenesReading: ReadScenes;
  SearchConnection: SearchConnectionParent;
  SearchEdge: Omit<SearchEdge, 'node'> & { node: ResolversParentTypes['SearchHit'] };
  SearchHit: SearchHitParent;
  SearchResult: ResolversUnionTypes<ResolversParentTypes>['SearchResult'];
  Service: Service;
  ServiceLimits: ServiceLimits;
  SplitShares: SplitShares;
  SplitSharesInput: SplitSharesInput;
  StartJobInput: StartJobInput;
  StartJobPayload: Omit<StartJobPayload, 'job'> & { job: ResolversParentTypes['Job'] };
  String: Scalars['String']['output'];
  Subgraph: Omit<Subgraph, 'couplings' | 'scenes' | 'seed'> & { couplings: ReadonlyArray<ResolversParentTypes['Coupling']>, scenes: ReadonlyArray<ResolversParentTypes['Scene']>, seed: ResolversParentTypes['Scene'] };
  Subscription: Record<PropertyKey, never>;
  Substitution: SubstitutionParent;
  TensionStretch: TensionStretchParent;
  TokenScore: TokenScore;
  TokenSpread: TokenSpread;
  UndoMergeJobInput: UndoMergeJobInput;
  View: ViewRecord;
  ViewConnection: Omit<ViewConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ViewEdge']>, nodes: ReadonlyArray<ResolversParentTypes['View']> };
  ViewEdge: Omit<ViewEdge, 'node'> & { node: ResolversParentTypes['View'] };
  ViewSearchInput: ViewSearchInput;
  ViewSelection: ViewSelectionParent;
  ViewSource: ViewSource;
  WrittenItem: WrittenItemParent;
  WrittenPart: WrittenPartParent;
  WrittenRungBudget: RungBudgetParent;
};

export type PerParentDirectiveArgs = { };

export type PerParentDirectiveResolver<Result, Parent, ContextType = ApiContext, Args = PerParentDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequiresDirectiveArgs = {
  scope: Scope;
};

export type RequiresDirectiveResolver<Result, Parent, ContextType = ApiContext, Args = RequiresDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ActivatedSceneResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ActivatedScene'] = ResolversParentTypes['ActivatedScene']> = {
  because?: Resolver<ReadonlyArray<ResolversTypes['Clue']>, ParentType, ContextType>;
  coupled?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  scene?: Resolver<ResolversTypes['Scene'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  through?: Resolver<Maybe<ResolversTypes['Coupling']>, ParentType, ContextType>;
};

export type ActivationResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Activation'] = ResolversParentTypes['Activation']> = {
  clues?: Resolver<ReadonlyArray<ResolversTypes['Clue']>, ParentType, ContextType>;
  corpus?: Resolver<Maybe<ResolversTypes['Corpus']>, ParentType, ContextType>;
  litCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  residual?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  rounds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenes?: Resolver<ReadonlyArray<ResolversTypes['ActivatedScene']>, ParentType, ContextType>;
  seedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seedsLeft?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  touched?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  truncated?: Resolver<Maybe<ResolversTypes['ActivationLimit']>, ParentType, ContextType>;
  wordsLeft?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ActivationLimitResolvers = { ROUNDS: 'rounds', TOUCHED: 'touched' };

export type AgentFacetResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['AgentFacet'] = ResolversParentTypes['AgentFacet']> = {
  by?: Resolver<ResolversTypes['FacetEvidence'], ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  entity?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['FacetKind'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<AgentFacetLabelArgs, 'labels'>>;
  own?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AgentMergeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['AgentMerge'] = ResolversParentTypes['AgentMerge']> = {
  alias?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['FacetEvidence'], ParentType, ContextType>;
  into?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  person?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AgentMergeConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['AgentMergeConnection'] = ResolversParentTypes['AgentMergeConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AgentMergeEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AgentMerge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AgentMergeEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['AgentMergeEdge'] = ResolversParentTypes['AgentMergeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AgentMerge'], ParentType, ContextType>;
};

export type AgentMergeJobResultResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['AgentMergeJobResult'] = ResolversParentTypes['AgentMergeJobResult']> = {
  couplings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  occurrences?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AgentMergePayloadResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['AgentMergePayload'] = ResolversParentTypes['AgentMergePayload']> = {
  alias?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  corpus?: Resolver<Maybe<ResolversTypes['Corpus']>, ParentType, ContextType>;
  couplings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  into?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurrences?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  person?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scenes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AssembledContextResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['AssembledContext'] = ResolversParentTypes['AssembledContext']> = {
  activation?: Resolver<ResolversTypes['Activation'], ParentType, ContextType>;
  dropped?: Resolver<ReadonlyArray<ResolversTypes['DroppedScene']>, ParentType, ContextType>;
  pieces?: Resolver<ReadonlyArray<ResolversTypes['ContextPiece']>, ParentType, ContextType>;
  positions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tokenizer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tokens?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type BareShareResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['BareShare'] = ResolversParentTypes['BareShare']> = {
  ofPositions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  positions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tokenizer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type BatchModeResolvers = { ALONE: 'alone', SHARED: 'shared', UNKNOWN: 'unknown' };

export type BindingResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Binding'] = ResolversParentTypes['Binding']> = {
  agent?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  slot?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type BudgetResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Budget'] = ResolversParentTypes['Budget']> = {
  codeCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  collapse?: Resolver<Maybe<ResolversTypes['CollapseState']>, ParentType, ContextType>;
  groups?: Resolver<ReadonlyArray<ResolversTypes['BudgetGroup']>, ParentType, ContextType>;
  languages?: Resolver<ReadonlyArray<ResolversTypes['BudgetLanguage']>, ParentType, ContextType>;
  levels?: Resolver<ReadonlyArray<ResolversTypes['BudgetLevel']>, ParentType, ContextType>;
  sceneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  textTokens?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  tokenizer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  typeTokenRatio?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  withoutFigureCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  withoutFigureShare?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type BudgetGroupResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['BudgetGroup'] = ResolversParentTypes['BudgetGroup']> = {
  kind?: Resolver<ResolversTypes['SceneKind'], ParentType, ContextType>;
  lang?: Resolver<ResolversTypes['Language'], ParentType, ContextType>;
  rungs?: Resolver<ReadonlyArray<ResolversTypes['RungBudget']>, ParentType, ContextType>;
  sceneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type BudgetLanguageResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['BudgetLanguage'] = ResolversParentTypes['BudgetLanguage']> = {
  codeCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  halves?: Resolver<Maybe<ResolversTypes['TokenSpread']>, ParentType, ContextType>;
  lang?: Resolver<ResolversTypes['Language'], ParentType, ContextType>;
  levels?: Resolver<ReadonlyArray<ResolversTypes['BudgetLanguageLevel']>, ParentType, ContextType>;
  sceneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sentences?: Resolver<Maybe<ResolversTypes['TokenSpread']>, ParentType, ContextType>;
  textTokens?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  typeTokenRatio?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  withoutFigureCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  withoutFigureShare?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type BudgetLanguageLevelResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['BudgetLanguageLevel'] = ResolversParentTypes['BudgetLanguageLevel']> = {
  compression?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  level?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  positions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type BudgetLevelResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['BudgetLevel'] = ResolversParentTypes['BudgetLevel']> = {
  codeCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  compression?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  compressionWithRegistry?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  level?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  occurrenceCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  positions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  registryCodes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  registryPositions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  typeTokenRatio?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type BundleResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Bundle'] = ResolversParentTypes['Bundle']> = {
  agents?: Resolver<ReadonlyArray<ResolversTypes['FacetStanding']>, ParentType, ContextType>;
  archetype?: Resolver<Maybe<ResolversTypes['FacetStanding']>, ParentType, ContextType>;
  atmosphere?: Resolver<Maybe<ResolversTypes['FacetStanding']>, ParentType, ContextType>;
  carried?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  coherence?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  contexts?: Resolver<ReadonlyArray<ResolversTypes['FacetStanding']>, ParentType, ContextType>;
  coupledCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  documentCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gloss?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<BundleGlossArgs, 'labels'>>;
  hyperlexeme?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<BundleHyperlexemeArgs, 'labels'>>;
  occurrence?: Resolver<ResolversTypes['Occurrence'], ParentType, ContextType>;
  scenesRead?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  spans?: Resolver<ReadonlyArray<ResolversTypes['BundleSpan']>, ParentType, ContextType>;
  summary?: Resolver<ReadonlyArray<ResolversTypes['Scene']>, ParentType, ContextType>;
  tension?: Resolver<Maybe<ResolversTypes['FacetStanding']>, ParentType, ContextType>;
  tensionCurve?: Resolver<ReadonlyArray<ResolversTypes['TensionStretch']>, ParentType, ContextType>;
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type BundleSpanResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['BundleSpan'] = ResolversParentTypes['BundleSpan']> = {
  document?: Resolver<Maybe<ResolversTypes['Document']>, ParentType, ContextType>;
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sceneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CancelJobPayloadResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CancelJobPayload'] = ResolversParentTypes['CancelJobPayload']> = {
  job?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
};

export type ClueResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Clue'] = ResolversParentTypes['Clue']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ClueKind'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<ClueLabelArgs, 'labels'>>;
  sceneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  takenCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ClueKindResolvers = { AGENT: 'agent', ARCHETYPE: 'archetype', ATMOSPHERE: 'atmosphere', CODE: 'code', CONTEXT: 'context', OCCURRENCE: 'occurrence', SCENE: 'scene', TENSION: 'tension', WORD: 'word' };

export interface CodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Code'], any> {
  name: 'Code';
}

export type CodeRowResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CodeRow'] = ResolversParentTypes['CodeRow']> = {
  code?: Resolver<Maybe<ResolversTypes['Code']>, ParentType, ContextType>;
  digest?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  figures?: Resolver<ReadonlyArray<ResolversTypes['Figure']>, ParentType, ContextType>;
  hyperlexeme?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  level?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CollapseJobResultResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CollapseJobResult'] = ResolversParentTypes['CollapseJobResult']> = {
  added?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  afresh?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  bare?: Resolver<ResolversTypes['BareShare'], ParentType, ContextType>;
  deleted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['DescriptionLength'], ParentType, ContextType>;
  kept?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  levels?: Resolver<ReadonlyArray<ResolversTypes['CollapsedLevel']>, ParentType, ContextType>;
  newCodes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  occurrences?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  risen?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CollapsePayloadResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CollapsePayload'] = ResolversParentTypes['CollapsePayload']> = {
  added?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  afresh?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  bare?: Resolver<ResolversTypes['BareShare'], ParentType, ContextType>;
  corpus?: Resolver<Maybe<ResolversTypes['Corpus']>, ParentType, ContextType>;
  deleted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['DescriptionLength'], ParentType, ContextType>;
  kept?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  levels?: Resolver<ReadonlyArray<ResolversTypes['CollapsedLevel']>, ParentType, ContextType>;
  newCodes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  occurrences?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  risen?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CollapseViewPayloadResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CollapseViewPayload'] = ResolversParentTypes['CollapseViewPayload']> = {
  newCode?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  replaced?: Resolver<Maybe<ResolversTypes['OccurrenceRef']>, ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  view?: Resolver<ResolversTypes['View'], ParentType, ContextType>;
};

export type CollapsedLevelResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CollapsedLevel'] = ResolversParentTypes['CollapsedLevel']> = {
  level?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  modularity?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  occurrences?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resolution?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type CompletionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Completion'] = ResolversParentTypes['Completion']> = {
  pieces?: Resolver<ReadonlyArray<ResolversTypes['CompletionPiece']>, ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['CompletionReason'], ParentType, ContextType>;
  substitutions?: Resolver<ReadonlyArray<ResolversTypes['Substitution']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['ModelUsage'], ParentType, ContextType>;
  written?: Resolver<ReadonlyArray<ResolversTypes['WrittenPart']>, ParentType, ContextType>;
};

export type CompletionEndResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CompletionEnd'] = ResolversParentTypes['CompletionEnd']> = {
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['CompletionReason'], ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['ModelUsage'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CompletionEventResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CompletionEvent'] = ResolversParentTypes['CompletionEvent']> = {
  __resolveType: TypeResolveFn<'CodeRow' | 'CompletionEnd' | 'CompletionText' | 'CompletionWritten' | 'FacetRow' | 'SceneRow', ParentType, ContextType>;
};

export type CompletionPieceResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CompletionPiece'] = ResolversParentTypes['CompletionPiece']> = {
  __resolveType: TypeResolveFn<'CodeRow' | 'CompletionText' | 'FacetRow' | 'SceneRow', ParentType, ContextType>;
};

export type CompletionReasonResolvers = { END: 'end', LENGTH: 'length', STOP: 'stop' };

export type CompletionTextResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CompletionText'] = ResolversParentTypes['CompletionText']> = {
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CompletionWrittenResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CompletionWritten'] = ResolversParentTypes['CompletionWritten']> = {
  substitutions?: Resolver<ReadonlyArray<ResolversTypes['Substitution']>, ParentType, ContextType>;
  written?: Resolver<ReadonlyArray<ResolversTypes['WrittenPart']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ContextPieceResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ContextPiece'] = ResolversParentTypes['ContextPiece']> = {
  form?: Resolver<ResolversTypes['PieceForm'], ParentType, ContextType>;
  occurrence?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  positions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rung?: Resolver<ResolversTypes['Rung'], ParentType, ContextType>;
  scenes?: Resolver<ReadonlyArray<ResolversTypes['Scene']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CorpusResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Corpus'] = ResolversParentTypes['Corpus']> = {
  agentMerges?: Resolver<Maybe<ResolversTypes['AgentMergeConnection']>, ParentType, ContextType, RequireFields<CorpusAgentMergesArgs, 'first'>>;
  collapse?: Resolver<ResolversTypes['CollapseState'], ParentType, ContextType>;
  couplingCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  documentCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  documents?: Resolver<Maybe<ResolversTypes['DocumentConnection']>, ParentType, ContextType, RequireFields<CorpusDocumentsArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sceneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  uncoupledCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CorpusConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CorpusConnection'] = ResolversParentTypes['CorpusConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CorpusEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Corpus']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CorpusEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CorpusEdge'] = ResolversParentTypes['CorpusEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Corpus'], ParentType, ContextType>;
};

export type CorpusFacetResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CorpusFacet'] = ResolversParentTypes['CorpusFacet']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['FacetKind'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<CorpusFacetLabelArgs, 'labels'>>;
  sceneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CorpusFacetConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CorpusFacetConnection'] = ResolversParentTypes['CorpusFacetConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CorpusFacetEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['CorpusFacet']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CorpusFacetEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CorpusFacetEdge'] = ResolversParentTypes['CorpusFacetEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CorpusFacet'], ParentType, ContextType>;
};

export type CoupleJobResultResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CoupleJobResult'] = ResolversParentTypes['CoupleJobResult']> = {
  added?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  removed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CouplePayloadResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CouplePayload'] = ResolversParentTypes['CouplePayload']> = {
  added?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  corpus?: Resolver<Maybe<ResolversTypes['Corpus']>, ParentType, ContextType>;
  removed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CouplingResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Coupling'] = ResolversParentTypes['Coupling']> = {
  because?: Resolver<ReadonlyArray<ResolversTypes['Reason']>, ParentType, ContextType>;
  other?: Resolver<ResolversTypes['Scene'], ParentType, ContextType>;
  scene?: Resolver<ResolversTypes['Scene'], ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type CouplingConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CouplingConnection'] = ResolversParentTypes['CouplingConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CouplingEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Coupling']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CouplingEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['CouplingEdge'] = ResolversParentTypes['CouplingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Coupling'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteExportPayloadResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['DeleteExportPayload'] = ResolversParentTypes['DeleteExportPayload']> = {
  deletedId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type DeletePayloadResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['DeletePayload'] = ResolversParentTypes['DeletePayload']> = {
  couplings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  deletedId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  documents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  occurrences?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DeleteViewPayloadResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['DeleteViewPayload'] = ResolversParentTypes['DeleteViewPayload']> = {
  deletedRef?: Resolver<ResolversTypes['OccurrenceRef'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DescriptionLengthResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['DescriptionLength'] = ResolversParentTypes['DescriptionLength']> = {
  after?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  before?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  dictionary?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type DocumentResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Document'] = ResolversParentTypes['Document']> = {
  bytes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  corpus?: Resolver<Maybe<ResolversTypes['Corpus']>, ParentType, ContextType>;
  filledBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lang?: Resolver<ResolversTypes['Language'], ParentType, ContextType>;
  length?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  notices?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  sceneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenes?: Resolver<Maybe<ResolversTypes['SceneConnection']>, ParentType, ContextType, RequireFields<DocumentScenesArgs, 'first'>>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<DocumentTextArgs, 'start'>>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DocumentConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['DocumentConnection'] = ResolversParentTypes['DocumentConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DocumentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Document']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DocumentEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['DocumentEdge'] = ResolversParentTypes['DocumentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Document'], ParentType, ContextType>;
};

export type DropReasonResolvers = { FULL: 'full', UNCOUPLED: 'uncoupled' };

export type DroppedFacetResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['DroppedFacet'] = ResolversParentTypes['DroppedFacet']> = {
  kind?: Resolver<ResolversTypes['FacetKind'], ParentType, ContextType>;
  why?: Resolver<ResolversTypes['FacetRefusal'], ParentType, ContextType>;
};

export type DroppedSceneResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['DroppedScene'] = ResolversParentTypes['DroppedScene']> = {
  scene?: Resolver<ResolversTypes['Scene'], ParentType, ContextType>;
  why?: Resolver<ResolversTypes['DropReason'], ParentType, ContextType>;
};

export type EmbeddingResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Embedding'] = ResolversParentTypes['Embedding']> = {
  base64?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  length?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  substitutions?: Resolver<ReadonlyArray<ResolversTypes['Substitution']>, ParentType, ContextType>;
  vector?: Resolver<ReadonlyArray<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type ExpansionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Expansion'] = ResolversParentTypes['Expansion']> = {
  couplings?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Coupling']>>, ParentType, ContextType>;
  hypertoken?: Resolver<ResolversTypes['Hypertoken'], ParentType, ContextType>;
  occurrence?: Resolver<ResolversTypes['Occurrence'], ParentType, ContextType>;
  parts?: Resolver<Maybe<ResolversTypes['OccurrenceConnection']>, ParentType, ContextType>;
  scenes?: Resolver<ResolversTypes['SceneConnection'], ParentType, ContextType>;
};

export type ExportResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Export'] = ResolversParentTypes['Export']> = {
  bytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  corpus?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  couplings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  documents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  files?: Resolver<ReadonlyArray<ResolversTypes['ExportFile']>, ParentType, ContextType>;
  finishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  format?: Resolver<ResolversTypes['ExportFormat'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  manifestUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  options?: Resolver<ResolversTypes['ExportOptions'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tokenizer?: Resolver<Maybe<ResolversTypes['ExportTokenizer']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExportConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ExportConnection'] = ResolversParentTypes['ExportConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ExportEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Export']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ExportEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ExportEdge'] = ResolversParentTypes['ExportEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Export'], ParentType, ContextType>;
};

export type ExportFileResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ExportFile'] = ResolversParentTypes['ExportFile']> = {
  bytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rows?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExportFormatResolvers = { BIN: 'bin', CSV: 'csv', CYPHER: 'cypher', GEXF: 'gexf', GRAPH: 'graph', GRAPHML: 'graphml', JSONL: 'jsonl', PARQUET: 'parquet', TOKENIZER: 'tokenizer' };

export type ExportJobResultResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ExportJobResult'] = ResolversParentTypes['ExportJobResult']> = {
  export?: Resolver<Maybe<ResolversTypes['Export']>, ParentType, ContextType>;
  files?: Resolver<ReadonlyArray<ResolversTypes['ExportFile']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExportOptionsResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ExportOptions'] = ResolversParentTypes['ExportOptions']> = {
  labels?: Resolver<ResolversTypes['Language'], ParentType, ContextType>;
  licence?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rowGroup?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rung?: Resolver<Maybe<ResolversTypes['ExportRung']>, ParentType, ContextType>;
  seed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  shares?: Resolver<ResolversTypes['SplitShares'], ParentType, ContextType>;
  statistics?: Resolver<Maybe<ResolversTypes['ExportStatistics']>, ParentType, ContextType>;
};

export type ExportRungResolvers = { FACETS: 'facets', HYPERLEXEME: 'hyperlexeme', HYPERTOKEN: 'hypertoken', TEXT: 'text' };

export type ExportStatisticsResolvers = { CODES: 'codes', FULL: 'full', NONE: 'none', SAMPLE: 'sample' };

export type ExportTokenizerResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ExportTokenizer'] = ResolversParentTypes['ExportTokenizer']> = {
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  vocabulary?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FacetResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Facet'] = ResolversParentTypes['Facet']> = {
  by?: Resolver<ResolversTypes['FacetEvidence'], ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['FacetKind'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<FacetLabelArgs, 'labels'>>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FacetEvidenceResolvers = { GRAMMAR: 'grammar', MODEL: 'model', PERSON: 'person', RULE: 'rule', WORD: 'word' };

export type FacetKindResolvers = { AGENT: 'agent', ARCHETYPE: 'archetype', ATMOSPHERE: 'atmosphere', CONTEXT: 'context', TENSION: 'tension' };

export type FacetRowResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['FacetRow'] = ResolversParentTypes['FacetRow']> = {
  facet?: Resolver<Maybe<ResolversTypes['FacetKind']>, ParentType, ContextType>;
  hyperlexeme?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FacetStandingResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['FacetStanding'] = ResolversParentTypes['FacetStanding']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['FacetKind'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<FacetStandingLabelArgs, 'labels'>>;
  sceneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FigureResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Figure'] = ResolversParentTypes['Figure']> = {
  archetype?: Resolver<Maybe<ResolversTypes['Morpheme']>, ParentType, ContextType>;
  atmosphere?: Resolver<Maybe<ResolversTypes['Morpheme']>, ParentType, ContextType>;
  hyperlexeme?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<FigureHyperlexemeArgs, 'labels'>>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tension?: Resolver<Maybe<ResolversTypes['Morpheme']>, ParentType, ContextType>;
};

export type FoldedRungResolvers = { CODE: 'code', FACETS: 'facets', HYPERLEXEME: 'hyperlexeme', OCCURRENCE: 'occurrence' };

export type HighlightResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Highlight'] = ResolversParentTypes['Highlight']> = {
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HypertokenResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Hypertoken'] = ResolversParentTypes['Hypertoken']> = {
  code?: Resolver<ResolversTypes['Code'], ParentType, ContextType>;
  digest?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  figures?: Resolver<ReadonlyArray<ResolversTypes['Figure']>, ParentType, ContextType>;
  hyperlexeme?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<HypertokenHyperlexemeArgs, 'labels'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  occurrenceCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  occurrences?: Resolver<Maybe<ResolversTypes['OccurrenceConnection']>, ParentType, ContextType, RequireFields<HypertokenOccurrencesArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HypertokenConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['HypertokenConnection'] = ResolversParentTypes['HypertokenConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['HypertokenEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Hypertoken']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type HypertokenEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['HypertokenEdge'] = ResolversParentTypes['HypertokenEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Hypertoken'], ParentType, ContextType>;
};

export type JobResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Job'] = ResolversParentTypes['Job']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cancelRequested?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  corpus?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  document?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['JobError']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['JobKind'], ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['JobProgress']>, ParentType, ContextType>;
  result?: Resolver<Maybe<ResolversTypes['JobResult']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['JobState'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JobConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['JobConnection'] = ResolversParentTypes['JobConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['JobEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Job']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type JobEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['JobEdge'] = ResolversParentTypes['JobEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
};

export type JobErrorResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['JobError'] = ResolversParentTypes['JobError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retriable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type JobKindResolvers = { COLLAPSE: 'collapse', COUPLE: 'couple', EXPORT: 'export', MERGE_AGENTS: 'mergeAgents', READ: 'read', RECOUPLE: 'recouple', UNDO_MERGE: 'undoMerge' };

export type JobProgressResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['JobProgress'] = ResolversParentTypes['JobProgress']> = {
  done?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  fraction?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  stage?: Resolver<ResolversTypes['JobStage'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['JobUnit'], ParentType, ContextType>;
};

export type JobResultResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['JobResult'] = ResolversParentTypes['JobResult']> = {
  __resolveType: TypeResolveFn<'AgentMergeJobResult' | 'CollapseJobResult' | 'CoupleJobResult' | 'ExportJobResult' | 'ReadJobResult', ParentType, ContextType>;
};

export type JobStageResolvers = { BACKING_UP: 'backing up', COLLAPSING: 'collapsing', COUPLING: 'coupling', EXPORTING: 'exporting', FILLING: 'filling', MERGING: 'merging', READING: 'reading', RESTORING: 'restoring' };

export type JobStateResolvers = { CANCELLED: 'cancelled', FAILED: 'failed', QUEUED: 'queued', RUNNING: 'running', SUCCEEDED: 'succeeded' };

export type JobUnitResolvers = { BYTES: 'bytes', COUPLINGS: 'couplings', RECORDS: 'records', SCENES: 'scenes' };

export type KvTypeResolvers = { F16: 'f16', Q4_0: 'q4_0', Q8_0: 'q8_0' };

export type LanguageResolvers = { EN: 'en', RU: 'ru' };

export type MemoryBudgetResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['MemoryBudget'] = ResolversParentTypes['MemoryBudget']> = {
  bytesPerPosition?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  contextKvBytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  kvBytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  predictedBytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  weightBytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ModelResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Model'] = ResolversParentTypes['Model']> = {
  activeParameters?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  architecture?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  attention?: Resolver<Maybe<ResolversTypes['ModelAttention']>, ParentType, ContextType>;
  context?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  embeddingLength?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  experts?: Resolver<Maybe<ResolversTypes['ModelExperts']>, ParentType, ContextType>;
  gpu?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kv?: Resolver<Maybe<ResolversTypes['ModelKv']>, ParentType, ContextType>;
  layers?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  packs?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ModelPack']>>, ParentType, ContextType>;
  parameters?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  processes?: Resolver<ReadonlyArray<ResolversTypes['ModelProcess']>, ParentType, ContextType>;
  quantization?: Resolver<Maybe<ResolversTypes['ModelQuantization']>, ParentType, ContextType>;
  sha256?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  slots?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  trainedContext?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  vocabulary?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  weightBytes?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type ModelAttentionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ModelAttention'] = ResolversParentTypes['ModelAttention']> = {
  heads?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kvHeads?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ModelBudgetResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ModelBudget'] = ResolversParentTypes['ModelBudget']> = {
  memory?: Resolver<Maybe<ResolversTypes['MemoryBudget']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['Model']>, ParentType, ContextType>;
  parts?: Resolver<ReadonlyArray<ResolversTypes['PartBudget']>, ParentType, ContextType>;
  positions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  processes?: Resolver<ReadonlyArray<ResolversTypes['ModelProcess']>, ParentType, ContextType>;
  rungs?: Resolver<ReadonlyArray<ResolversTypes['WrittenRungBudget']>, ParentType, ContextType>;
  substitutions?: Resolver<ReadonlyArray<ResolversTypes['Substitution']>, ParentType, ContextType>;
  written?: Resolver<ReadonlyArray<ResolversTypes['WrittenPart']>, ParentType, ContextType>;
};

export type ModelExpertsResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ModelExperts'] = ResolversParentTypes['ModelExperts']> = {
  all?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  used?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ModelFacetsReportResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ModelFacetsReport'] = ResolversParentTypes['ModelFacetsReport']> = {
  askedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  filledCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lessSureCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  noneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sceneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tooLongCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unfitCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ModelIdentityResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ModelIdentity'] = ResolversParentTypes['ModelIdentity']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sha256?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ModelKvResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ModelKv'] = ResolversParentTypes['ModelKv']> = {
  bytesPerPosition?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['KvType'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['KvType'], ParentType, ContextType>;
};

export type ModelPackResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ModelPack'] = ResolversParentTypes['ModelPack']> = {
  base?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  codeRows?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  facetRows?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hasAdapter?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  loaded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  predictedRows?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sceneRows?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unusable?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ModelProcessResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ModelProcess'] = ResolversParentTypes['ModelProcess']> = {
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pack?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  predictedBytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  residentBytes?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  restarts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  running?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ModelProcessState'], ParentType, ContextType>;
};

export type ModelProcessStateResolvers = { READY: 'ready', STARTING: 'starting', STOPPING: 'stopping' };

export type ModelQuantizationResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ModelQuantization'] = ResolversParentTypes['ModelQuantization']> = {
  bitsPerParameter?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ModelUsageResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ModelUsage'] = ResolversParentTypes['ModelUsage']> = {
  cached?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  generated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  prompt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  promptTime?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  time?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  waited?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type MorphemeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Morpheme'] = ResolversParentTypes['Morpheme']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['FacetKind'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<MorphemeLabelArgs, 'labels'>>;
};

export type MutationResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelJob?: Resolver<Maybe<ResolversTypes['CancelJobPayload']>, ParentType, ContextType, RequireFields<MutationCancelJobArgs, 'id'>>;
  collapse?: Resolver<Maybe<ResolversTypes['CollapsePayload']>, ParentType, ContextType, RequireFields<MutationCollapseArgs, 'afresh' | 'corpus'>>;
  collapseView?: Resolver<Maybe<ResolversTypes['CollapseViewPayload']>, ParentType, ContextType, RequireFields<MutationCollapseViewArgs, 'input'>>;
  completeParts?: Resolver<Maybe<ResolversTypes['Completion']>, ParentType, ContextType, RequireFields<MutationCompletePartsArgs, 'choice' | 'form' | 'labels' | 'parts' | 'sampling' | 'stop' | 'tokensMax'>>;
  couple?: Resolver<Maybe<ResolversTypes['CouplePayload']>, ParentType, ContextType, RequireFields<MutationCoupleArgs, 'corpus'>>;
  deleteCorpus?: Resolver<Maybe<ResolversTypes['DeletePayload']>, ParentType, ContextType, RequireFields<MutationDeleteCorpusArgs, 'name'>>;
  deleteDocument?: Resolver<Maybe<ResolversTypes['DeletePayload']>, ParentType, ContextType, RequireFields<MutationDeleteDocumentArgs, 'corpus' | 'name'>>;
  deleteExport?: Resolver<Maybe<ResolversTypes['DeleteExportPayload']>, ParentType, ContextType, RequireFields<MutationDeleteExportArgs, 'id'>>;
  deleteView?: Resolver<Maybe<ResolversTypes['DeleteViewPayload']>, ParentType, ContextType, RequireFields<MutationDeleteViewArgs, 'corpus' | 'name'>>;
  mergeAgents?: Resolver<Maybe<ResolversTypes['AgentMergePayload']>, ParentType, ContextType, RequireFields<MutationMergeAgentsArgs, 'input'>>;
  readText?: Resolver<Maybe<ResolversTypes['ReadTextPayload']>, ParentType, ContextType, RequireFields<MutationReadTextArgs, 'input'>>;
  recouple?: Resolver<Maybe<ResolversTypes['RecouplePayload']>, ParentType, ContextType, RequireFields<MutationRecoupleArgs, 'corpus'>>;
  retryJob?: Resolver<Maybe<ResolversTypes['RetryJobPayload']>, ParentType, ContextType, RequireFields<MutationRetryJobArgs, 'id'>>;
  startJob?: Resolver<Maybe<ResolversTypes['StartJobPayload']>, ParentType, ContextType, RequireFields<MutationStartJobArgs, 'input'>>;
  undoMerge?: Resolver<Maybe<ResolversTypes['AgentMergePayload']>, ParentType, ContextType, RequireFields<MutationUndoMergeArgs, 'alias' | 'corpus'>>;
};

export type NodeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Corpus' | 'Document' | 'Export' | 'Hypertoken' | 'Job' | 'Occurrence' | 'Scene', ParentType, ContextType>;
};

export type OccurrenceResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Occurrence'] = ResolversParentTypes['Occurrence']> = {
  bindings?: Resolver<ReadonlyArray<ResolversTypes['Binding']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['Code'], ParentType, ContextType>;
  firstScene?: Resolver<Maybe<ResolversTypes['Scene']>, ParentType, ContextType>;
  holder?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  hypertoken?: Resolver<Maybe<ResolversTypes['Hypertoken']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ordinal?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  parts?: Resolver<Maybe<ResolversTypes['OccurrenceConnection']>, ParentType, ContextType, RequireFields<OccurrencePartsArgs, 'first'>>;
  ref?: Resolver<ResolversTypes['OccurrenceRef'], ParentType, ContextType>;
  scenes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Scene']>>, ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OccurrenceConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['OccurrenceConnection'] = ResolversParentTypes['OccurrenceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OccurrenceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OccurrenceEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['OccurrenceEdge'] = ResolversParentTypes['OccurrenceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Occurrence'], ParentType, ContextType>;
};

export interface OccurrenceRefScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['OccurrenceRef'], any> {
  name: 'OccurrenceRef';
}

export type PackIdentityResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['PackIdentity'] = ResolversParentTypes['PackIdentity']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PartBudgetResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['PartBudget'] = ResolversParentTypes['PartBudget']> = {
  positions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rungs?: Resolver<ReadonlyArray<ResolversTypes['PartRungBudget']>, ParentType, ContextType>;
};

export type PartKindResolvers = { CODE: 'code', CONTEXT: 'context', OCCURRENCE: 'occurrence', SCENE: 'scene', TEXT: 'text' };

export type PartRungBudgetResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['PartRungBudget'] = ResolversParentTypes['PartRungBudget']> = {
  positions?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  rung?: Resolver<ResolversTypes['Rung'], ParentType, ContextType>;
};

export type PartScoreResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['PartScore'] = ResolversParentTypes['PartScore']> = {
  sum?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  tokenCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PartsEmbeddingResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['PartsEmbedding'] = ResolversParentTypes['PartsEmbedding']> = {
  embeddings?: Resolver<ReadonlyArray<ResolversTypes['Embedding']>, ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['ModelUsage'], ParentType, ContextType>;
};

export type PartsScoreResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['PartsScore'] = ResolversParentTypes['PartsScore']> = {
  parts?: Resolver<ReadonlyArray<ResolversTypes['PartScore']>, ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  substitutions?: Resolver<ReadonlyArray<ResolversTypes['Substitution']>, ParentType, ContextType>;
  sum?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  tokenCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tokens?: Resolver<ReadonlyArray<ResolversTypes['TokenScore']>, ParentType, ContextType, RequireFields<PartsScoreTokensArgs, 'from' | 'most'>>;
  usage?: Resolver<ResolversTypes['ModelUsage'], ParentType, ContextType>;
};

export type PieceFormResolvers = { COMMUNITY: 'community', FOLDED: 'folded', MOTIF: 'motif', WHOLE: 'whole' };

export type PredictedCodeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['PredictedCode'] = ResolversParentTypes['PredictedCode']> = {
  code?: Resolver<ResolversTypes['CodeRow'], ParentType, ContextType>;
  probability?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type PredictedCodesResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['PredictedCodes'] = ResolversParentTypes['PredictedCodes']> = {
  codes?: Resolver<ReadonlyArray<ResolversTypes['PredictedCode']>, ParentType, ContextType>;
  mass?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  substitutions?: Resolver<ReadonlyArray<ResolversTypes['Substitution']>, ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['ModelUsage'], ParentType, ContextType>;
};

export type PromptFormResolvers = { CHAT: 'chat', RAW: 'raw' };

export type ProvenanceResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Provenance'] = ResolversParentTypes['Provenance']> = {
  adapter?: Resolver<Maybe<ResolversTypes['PackIdentity']>, ParentType, ContextType>;
  batch?: Resolver<ResolversTypes['BatchMode'], ParentType, ContextType>;
  kv?: Resolver<Maybe<ResolversTypes['ProvenanceKv']>, ParentType, ContextType>;
  model?: Resolver<ResolversTypes['ModelIdentity'], ParentType, ContextType>;
  pack?: Resolver<Maybe<ResolversTypes['PackIdentity']>, ParentType, ContextType>;
  seed?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  slots?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  threads?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ProvenanceKvResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ProvenanceKv'] = ResolversParentTypes['ProvenanceKv']> = {
  key?: Resolver<ResolversTypes['KvType'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['KvType'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  activate?: Resolver<Maybe<ResolversTypes['Activation']>, ParentType, ContextType, RequireFields<QueryActivateArgs, 'budget' | 'from' | 'limit'>>;
  assemble?: Resolver<Maybe<ResolversTypes['AssembledContext']>, ParentType, ContextType, RequireFields<QueryAssembleArgs, 'budget' | 'from' | 'labels' | 'limit' | 'rung' | 'tokens'>>;
  budget?: Resolver<Maybe<ResolversTypes['Budget']>, ParentType, ContextType, RequireFields<QueryBudgetArgs, 'labels' | 'of' | 'scenesMax'>>;
  bundle?: Resolver<Maybe<ResolversTypes['Bundle']>, ParentType, ContextType, RequireFields<QueryBundleArgs, 'ref' | 'scenesMax'>>;
  corpora?: Resolver<Maybe<ResolversTypes['CorpusConnection']>, ParentType, ContextType, RequireFields<QueryCorporaArgs, 'first'>>;
  corpus?: Resolver<Maybe<ResolversTypes['Corpus']>, ParentType, ContextType, RequireFields<QueryCorpusArgs, 'name'>>;
  document?: Resolver<Maybe<ResolversTypes['Document']>, ParentType, ContextType, RequireFields<QueryDocumentArgs, 'corpus' | 'name'>>;
  embedParts?: Resolver<Maybe<ResolversTypes['PartsEmbedding']>, ParentType, ContextType, RequireFields<QueryEmbedPartsArgs, 'choice' | 'form' | 'labels' | 'lists'>>;
  expand?: Resolver<Maybe<ResolversTypes['Expansion']>, ParentType, ContextType, RequireFields<QueryExpandArgs, 'ref'>>;
  export?: Resolver<Maybe<ResolversTypes['Export']>, ParentType, ContextType, RequireFields<QueryExportArgs, 'id'>>;
  exports?: Resolver<Maybe<ResolversTypes['ExportConnection']>, ParentType, ContextType, RequireFields<QueryExportsArgs, 'first'>>;
  facets?: Resolver<Maybe<ResolversTypes['CorpusFacetConnection']>, ParentType, ContextType, RequireFields<QueryFacetsArgs, 'filter' | 'first'>>;
  hypertoken?: Resolver<Maybe<ResolversTypes['Hypertoken']>, ParentType, ContextType, RequireFields<QueryHypertokenArgs, 'code'>>;
  hypertokens?: Resolver<Maybe<ResolversTypes['HypertokenConnection']>, ParentType, ContextType, RequireFields<QueryHypertokensArgs, 'filter' | 'first'>>;
  inventory?: Resolver<ReadonlyArray<ResolversTypes['Morpheme']>, ParentType, ContextType, RequireFields<QueryInventoryArgs, 'kind'>>;
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType, RequireFields<QueryJobArgs, 'id'>>;
  jobs?: Resolver<Maybe<ResolversTypes['JobConnection']>, ParentType, ContextType, RequireFields<QueryJobsArgs, 'filter' | 'first'>>;
  model?: Resolver<Maybe<ResolversTypes['Model']>, ParentType, ContextType>;
  modelBudget?: Resolver<Maybe<ResolversTypes['ModelBudget']>, ParentType, ContextType, RequireFields<QueryModelBudgetArgs, 'choice' | 'form' | 'labels' | 'parts'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['Node']>>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  occurrence?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType, RequireFields<QueryOccurrenceArgs, 'ref'>>;
  occurrences?: Resolver<Maybe<ResolversTypes['OccurrenceConnection']>, ParentType, ContextType, RequireFields<QueryOccurrencesArgs, 'filter' | 'first'>>;
  predictNext?: Resolver<Maybe<ResolversTypes['PredictedCodes']>, ParentType, ContextType, RequireFields<QueryPredictNextArgs, 'choice' | 'codes' | 'k' | 'labels'>>;
  readScenes?: Resolver<Maybe<ResolversTypes['ScenesReading']>, ParentType, ContextType, RequireFields<QueryReadScenesArgs, 'choice' | 'confidenceMin' | 'first'>>;
  scene?: Resolver<Maybe<ResolversTypes['Scene']>, ParentType, ContextType, RequireFields<QuerySceneArgs, 'id'>>;
  scenes?: Resolver<Maybe<ResolversTypes['SceneConnection']>, ParentType, ContextType, RequireFields<QueryScenesArgs, 'filter' | 'first'>>;
  scoreParts?: Resolver<Maybe<ResolversTypes['PartsScore']>, ParentType, ContextType, RequireFields<QueryScorePartsArgs, 'choice' | 'form' | 'labels' | 'parts'>>;
  search?: Resolver<Maybe<ResolversTypes['SearchConnection']>, ParentType, ContextType, RequireFields<QuerySearchArgs, 'corpus' | 'first' | 'text'>>;
  service?: Resolver<Maybe<ResolversTypes['Service']>, ParentType, ContextType>;
  subgraph?: Resolver<Maybe<ResolversTypes['Subgraph']>, ParentType, ContextType, RequireFields<QuerySubgraphArgs, 'hops' | 'limit' | 'scene' | 'weightMin'>>;
  view?: Resolver<Maybe<ResolversTypes['View']>, ParentType, ContextType, RequireFields<QueryViewArgs, 'corpus' | 'name'>>;
  views?: Resolver<Maybe<ResolversTypes['ViewConnection']>, ParentType, ContextType, RequireFields<QueryViewsArgs, 'corpus' | 'first'>>;
};

export type ReadJobResultResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ReadJobResult'] = ResolversParentTypes['ReadJobResult']> = {
  couplings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  document?: Resolver<Maybe<ResolversTypes['Document']>, ParentType, ContextType>;
  modelFacets?: Resolver<Maybe<ResolversTypes['ModelFacetsReport']>, ParentType, ContextType>;
  notices?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  sceneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenesAdded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenesDeleted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenesKept?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  viewsDeleted?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReadSceneResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ReadScene'] = ResolversParentTypes['ReadScene']> = {
  asked?: Resolver<ReadonlyArray<ResolversTypes['FacetKind']>, ParentType, ContextType>;
  dropped?: Resolver<ReadonlyArray<ResolversTypes['DroppedFacet']>, ParentType, ContextType>;
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  none?: Resolver<ReadonlyArray<ResolversTypes['FacetKind']>, ParentType, ContextType>;
  proposed?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['Provenance']>, ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReadTextPayloadResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ReadTextPayload'] = ResolversParentTypes['ReadTextPayload']> = {
  couplings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  document?: Resolver<Maybe<ResolversTypes['Document']>, ParentType, ContextType>;
  modelFacets?: Resolver<Maybe<ResolversTypes['ModelFacetsReport']>, ParentType, ContextType>;
  notices?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  sceneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenesAdded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenesDeleted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenesKept?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  viewsDeleted?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReasonResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Reason'] = ResolversParentTypes['Reason']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ReasonKind'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<ReasonLabelArgs, 'labels'>>;
  weight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ReasonKindResolvers = { AGENT: 'agent', ARCHETYPE: 'archetype', ATMOSPHERE: 'atmosphere', CONTEXT: 'context', RELEASE: 'release', SEQUENCE: 'sequence', TENSION: 'tension' };

export type RecouplePayloadResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['RecouplePayload'] = ResolversParentTypes['RecouplePayload']> = {
  added?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  corpus?: Resolver<Maybe<ResolversTypes['Corpus']>, ParentType, ContextType>;
  removed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scenes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RetryJobPayloadResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['RetryJobPayload'] = ResolversParentTypes['RetryJobPayload']> = {
  job?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
};

export type RungResolvers = { CODE: 'code', FACETS: 'facets', HYPERLEXEME: 'hyperlexeme', OCCURRENCE: 'occurrence', TEXT: 'text' };

export type RungBudgetResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['RungBudget'] = ResolversParentTypes['RungBudget']> = {
  max?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  mean?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  median?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  p90?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rung?: Resolver<ResolversTypes['Rung'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SceneResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Scene'] = ResolversParentTypes['Scene']> = {
  agent?: Resolver<Maybe<ResolversTypes['AgentFacet']>, ParentType, ContextType>;
  archetype?: Resolver<Maybe<ResolversTypes['Facet']>, ParentType, ContextType>;
  atmosphere?: Resolver<Maybe<ResolversTypes['Facet']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['Code'], ParentType, ContextType>;
  context?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType>;
  couplings?: Resolver<Maybe<ResolversTypes['CouplingConnection']>, ParentType, ContextType, RequireFields<SceneCouplingsArgs, 'first'>>;
  document?: Resolver<Maybe<ResolversTypes['Document']>, ParentType, ContextType>;
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  figure?: Resolver<ResolversTypes['Figure'], ParentType, ContextType>;
  hyperlexeme?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<SceneHyperlexemeArgs, 'labels'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SceneKind'], ParentType, ContextType>;
  lang?: Resolver<ResolversTypes['Language'], ParentType, ContextType>;
  motif?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  next?: Resolver<Maybe<ResolversTypes['Scene']>, ParentType, ContextType>;
  occurrence?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  ordinal?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  previous?: Resolver<Maybe<ResolversTypes['Scene']>, ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tension?: Resolver<Maybe<ResolversTypes['Facet']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SceneConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SceneConnection'] = ResolversParentTypes['SceneConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SceneEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Scene']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type SceneEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SceneEdge'] = ResolversParentTypes['SceneEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Scene'], ParentType, ContextType>;
};

export type SceneKindResolvers = { HALF: 'half', SCENE: 'scene' };

export type SceneRowResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SceneRow'] = ResolversParentTypes['SceneRow']> = {
  hyperlexeme?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scene?: Resolver<Maybe<ResolversTypes['Scene']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ScenesReadingResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ScenesReading'] = ResolversParentTypes['ScenesReading']> = {
  scenes?: Resolver<ReadonlyArray<ResolversTypes['ReadScene']>, ParentType, ContextType>;
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SearchConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SearchConnection'] = ResolversParentTypes['SearchConnection']> = {
  clues?: Resolver<ReadonlyArray<ResolversTypes['Clue']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['SearchEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['SearchHit']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  wordsLeft?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SearchEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SearchEdge'] = ResolversParentTypes['SearchEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SearchHit'], ParentType, ContextType>;
};

export type SearchHitResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SearchHit'] = ResolversParentTypes['SearchHit']> = {
  because?: Resolver<ReadonlyArray<ResolversTypes['Clue']>, ParentType, ContextType>;
  beside?: Resolver<Maybe<ResolversTypes['Scene']>, ParentType, ContextType>;
  highlights?: Resolver<ReadonlyArray<ResolversTypes['Highlight']>, ParentType, ContextType>;
  hit?: Resolver<ResolversTypes['SearchResult'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  through?: Resolver<Maybe<ResolversTypes['Coupling']>, ParentType, ContextType>;
};

export type SearchKindResolvers = { FACET: 'facet', HYPERTOKEN: 'hypertoken', SCENE: 'scene' };

export type SearchResultResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SearchResult'] = ResolversParentTypes['SearchResult']> = {
  __resolveType: TypeResolveFn<'CorpusFacet' | 'Hypertoken' | 'Occurrence' | 'Scene', ParentType, ContextType>;
};

export type SelectionKindResolvers = { DOCUMENT: 'document', PATH: 'path', SCENES: 'scenes', SEARCH: 'search', SEED: 'seed' };

export type ServiceResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Service'] = ResolversParentTypes['Service']> = {
  limits?: Resolver<ResolversTypes['ServiceLimits'], ParentType, ContextType>;
  store?: Resolver<ResolversTypes['StoreKind'], ParentType, ContextType>;
  tokenizer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  workspace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ServiceLimitsResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ServiceLimits'] = ResolversParentTypes['ServiceLimits']> = {
  aliases?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  couplingsPerScene?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  depth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  documentBytes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  page?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tokens?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  values?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SplitSharesResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SplitShares'] = ResolversParentTypes['SplitShares']> = {
  test?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  train?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  validation?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type StartJobPayloadResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['StartJobPayload'] = ResolversParentTypes['StartJobPayload']> = {
  job?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
};

export type StoreKindResolvers = { EMBEDDED: 'embedded', MEMORY: 'memory', NEO4J: 'neo4j' };

export type SubgraphResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Subgraph'] = ResolversParentTypes['Subgraph']> = {
  couplings?: Resolver<ReadonlyArray<ResolversTypes['Coupling']>, ParentType, ContextType>;
  scenes?: Resolver<ReadonlyArray<ResolversTypes['Scene']>, ParentType, ContextType>;
  seed?: Resolver<ResolversTypes['Scene'], ParentType, ContextType>;
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  completion?: SubscriptionResolver<Maybe<ResolversTypes['CompletionEvent']>, "completion", ParentType, ContextType, RequireFields<SubscriptionCompletionArgs, 'choice' | 'form' | 'labels' | 'parts' | 'sampling' | 'stop' | 'tokensMax'>>;
  corpus?: SubscriptionResolver<Maybe<ResolversTypes['Corpus']>, "corpus", ParentType, ContextType, RequireFields<SubscriptionCorpusArgs, 'name'>>;
  job?: SubscriptionResolver<Maybe<ResolversTypes['Job']>, "job", ParentType, ContextType, RequireFields<SubscriptionJobArgs, 'id'>>;
};

export type SubstitutionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Substitution'] = ResolversParentTypes['Substitution']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  part?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  wanted?: Resolver<ResolversTypes['Rung'], ParentType, ContextType>;
  why?: Resolver<ResolversTypes['SubstitutionReason'], ParentType, ContextType>;
  written?: Resolver<ResolversTypes['Rung'], ParentType, ContextType>;
};

export type SubstitutionReasonResolvers = { NOT_A_SCENE: 'NOT_A_SCENE', NO_PACK: 'NO_PACK', NO_ROW: 'NO_ROW' };

export type TensionStretchResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['TensionStretch'] = ResolversParentTypes['TensionStretch']> = {
  sceneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tense?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  tension?: Resolver<Maybe<ResolversTypes['FacetStanding']>, ParentType, ContextType>;
};

export type TokenScoreResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['TokenScore'] = ResolversParentTypes['TokenScore']> = {
  logProbability?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  part?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TokenSpreadResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['TokenSpread'] = ResolversParentTypes['TokenSpread']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  max?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  mean?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  median?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  p90?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ViewResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['View'] = ResolversParentTypes['View']> = {
  corpus?: Resolver<Maybe<ResolversTypes['Corpus']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurrence?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  selection?: Resolver<ResolversTypes['ViewSelection'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ViewConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ViewConnection'] = ResolversParentTypes['ViewConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ViewEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['View']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ViewEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ViewEdge'] = ResolversParentTypes['ViewEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['View'], ParentType, ContextType>;
};

export type ViewSelectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ViewSelection'] = ResolversParentTypes['ViewSelection']> = {
  by?: Resolver<ResolversTypes['SelectionKind'], ParentType, ContextType>;
  digest?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  document?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  facets?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Morpheme']>>, ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['Scene']>, ParentType, ContextType>;
  hops?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['SceneKind']>, ParentType, ContextType>;
  lang?: Resolver<Maybe<ResolversTypes['Language']>, ParentType, ContextType>;
  seed?: Resolver<Maybe<ResolversTypes['Scene']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['Scene']>, ParentType, ContextType>;
  weightMin?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type WrittenItemResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['WrittenItem'] = ResolversParentTypes['WrittenItem']> = {
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rung?: Resolver<ResolversTypes['Rung'], ParentType, ContextType>;
};

export type WrittenPartResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['WrittenPart'] = ResolversParentTypes['WrittenPart']> = {
  contextPositions?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  droppedCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  items?: Resolver<ReadonlyArray<ResolversTypes['WrittenItem']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['PartKind'], ParentType, ContextType>;
};

export type WrittenRungBudgetResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['WrittenRungBudget'] = ResolversParentTypes['WrittenRungBudget']> = {
  itemCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  positions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rung?: Resolver<ResolversTypes['Rung'], ParentType, ContextType>;
};

export type Resolvers<ContextType = ApiContext> = {
  ActivatedScene?: ActivatedSceneResolvers<ContextType>;
  Activation?: ActivationResolvers<ContextType>;
  ActivationLimit?: ActivationLimitResolvers;
  AgentFacet?: AgentFacetResolvers<ContextType>;
  AgentMerge?: AgentMergeResolvers<ContextType>;
  AgentMergeConnection?: AgentMergeConnectionResolvers<ContextType>;
  AgentMergeEdge?: AgentMergeEdgeResolvers<ContextType>;
  AgentMergeJobResult?: AgentMergeJobResultResolvers<ContextType>;
  AgentMergePayload?: AgentMergePayloadResolvers<ContextType>;
  AssembledContext?: AssembledContextResolvers<ContextType>;
  BareShare?: BareShareResolvers<ContextType>;
  BatchMode?: BatchModeResolvers;
  Binding?: BindingResolvers<ContextType>;
  Budget?: BudgetResolvers<ContextType>;
  BudgetGroup?: BudgetGroupResolvers<ContextType>;
  BudgetLanguage?: BudgetLanguageResolvers<ContextType>;
  BudgetLanguageLevel?: BudgetLanguageLevelResolvers<ContextType>;
  BudgetLevel?: BudgetLevelResolvers<ContextType>;
  Bundle?: BundleResolvers<ContextType>;
  BundleSpan?: BundleSpanResolvers<ContextType>;
  CancelJobPayload?: CancelJobPayloadResolvers<ContextType>;
  Clue?: ClueResolvers<ContextType>;
  ClueKind?: ClueKindResolvers;
  Code?: GraphQLScalarType;
  CodeRow?: CodeRowResolvers<ContextType>;
  CollapseJobResult?: CollapseJobResultResolvers<ContextType>;
  CollapsePayload?: CollapsePayloadResolvers<ContextType>;
  CollapseViewPayload?: CollapseViewPayloadResolvers<ContextType>;
  CollapsedLevel?: CollapsedLevelResolvers<ContextType>;
  Completion?: CompletionResolvers<ContextType>;
  CompletionEnd?: CompletionEndResolvers<ContextType>;
  CompletionEvent?: CompletionEventResolvers<ContextType>;
  CompletionPiece?: CompletionPieceResolvers<ContextType>;
  CompletionReason?: CompletionReasonResolvers;
  CompletionText?: CompletionTextResolvers<ContextType>;
  CompletionWritten?: CompletionWrittenResolvers<ContextType>;
  ContextPiece?: ContextPieceResolvers<ContextType>;
  Corpus?: CorpusResolvers<ContextType>;
  CorpusConnection?: CorpusConnectionResolvers<ContextType>;
  CorpusEdge?: CorpusEdgeResolvers<ContextType>;
  CorpusFacet?: CorpusFacetResolvers<ContextType>;
  CorpusFacetConnection?: CorpusFacetConnectionResolvers<ContextType>;
  CorpusFacetEdge?: CorpusFacetEdgeResolvers<ContextType>;
  CoupleJobResult?: CoupleJobResultResolvers<ContextType>;
  CouplePayload?: CouplePayloadResolvers<ContextType>;
  Coupling?: CouplingResolvers<ContextType>;
  CouplingConnection?: CouplingConnectionResolvers<ContextType>;
  CouplingEdge?: CouplingEdgeResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteExportPayload?: DeleteExportPayloadResolvers<ContextType>;
  DeletePayload?: DeletePayloadResolvers<ContextType>;
  DeleteViewPayload?: DeleteViewPayloadResolvers<ContextType>;
  DescriptionLength?: DescriptionLengthResolvers<ContextType>;
  Document?: DocumentResolvers<ContextType>;
  DocumentConnection?: DocumentConnectionResolvers<ContextType>;
  DocumentEdge?: DocumentEdgeResolvers<ContextType>;
  DropReason?: DropReasonResolvers;
  DroppedFacet?: DroppedFacetResolvers<ContextType>;
  DroppedScene?: DroppedSceneResolvers<ContextType>;
  Embedding?: EmbeddingResolvers<ContextType>;
  Expansion?: ExpansionResolvers<ContextType>;
  Export?: ExportResolvers<ContextType>;
  ExportConnection?: ExportConnectionResolvers<ContextType>;
  ExportEdge?: ExportEdgeResolvers<ContextType>;
  ExportFile?: ExportFileResolvers<ContextType>;
  ExportFormat?: ExportFormatResolvers;
  ExportJobResult?: ExportJobResultResolvers<ContextType>;
  ExportOptions?: ExportOptionsResolvers<ContextType>;
  ExportRung?: ExportRungResolvers;
  ExportStatistics?: ExportStatisticsResolvers;
  ExportTokenizer?: ExportTokenizerResolvers<ContextType>;
  Facet?: FacetResolvers<ContextType>;
  FacetEvidence?: FacetEvidenceResolvers;
  FacetKind?: FacetKindResolvers;
  FacetRow?: FacetRowResolvers<ContextType>;
  FacetStanding?: FacetStandingResolvers<ContextType>;
  Figure?: FigureResolvers<ContextType>;
  FoldedRung?: FoldedRungResolvers;
  Highlight?: HighlightResolvers<ContextType>;
  Hypertoken?: HypertokenResolvers<ContextType>;
  HypertokenConnection?: HypertokenConnectionResolvers<ContextType>;
  HypertokenEdge?: HypertokenEdgeResolvers<ContextType>;
  Job?: JobResolvers<ContextType>;
  JobConnection?: JobConnectionResolvers<ContextType>;
  JobEdge?: JobEdgeResolvers<ContextType>;
  JobError?: JobErrorResolvers<ContextType>;
  JobKind?: JobKindResolvers;
  JobProgress?: JobProgressResolvers<ContextType>;
  JobResult?: JobResultResolvers<ContextType>;
  JobStage?: JobStageResolvers;
  JobState?: JobStateResolvers;
  JobUnit?: JobUnitResolvers;
  KvType?: KvTypeResolvers;
  Language?: LanguageResolvers;
  MemoryBudget?: MemoryBudgetResolvers<ContextType>;
  Model?: ModelResolvers<ContextType>;
  ModelAttention?: ModelAttentionResolvers<ContextType>;
  ModelBudget?: ModelBudgetResolvers<ContextType>;
  ModelExperts?: ModelExpertsResolvers<ContextType>;
  ModelFacetsReport?: ModelFacetsReportResolvers<ContextType>;
  ModelIdentity?: ModelIdentityResolvers<ContextType>;
  ModelKv?: ModelKvResolvers<ContextType>;
  ModelPack?: ModelPackResolvers<ContextType>;
  ModelProcess?: ModelProcessResolvers<ContextType>;
  ModelProcessState?: ModelProcessStateResolvers;
  ModelQuantization?: ModelQuantizationResolvers<ContextType>;
  ModelUsage?: ModelUsageResolvers<ContextType>;
  Morpheme?: MorphemeResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  Occurrence?: OccurrenceResolvers<ContextType>;
  OccurrenceConnection?: OccurrenceConnectionResolvers<ContextType>;
  OccurrenceEdge?: OccurrenceEdgeResolvers<ContextType>;
  OccurrenceRef?: GraphQLScalarType;
  PackIdentity?: PackIdentityResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PartBudget?: PartBudgetResolvers<ContextType>;
  PartKind?: PartKindResolvers;
  PartRungBudget?: PartRungBudgetResolvers<ContextType>;
  PartScore?: PartScoreResolvers<ContextType>;
  PartsEmbedding?: PartsEmbeddingResolvers<ContextType>;
  PartsScore?: PartsScoreResolvers<ContextType>;
  PieceForm?: PieceFormResolvers;
  PredictedCode?: PredictedCodeResolvers<ContextType>;
  PredictedCodes?: PredictedCodesResolvers<ContextType>;
  PromptForm?: PromptFormResolvers;
  Provenance?: ProvenanceResolvers<ContextType>;
  ProvenanceKv?: ProvenanceKvResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReadJobResult?: ReadJobResultResolvers<ContextType>;
  ReadScene?: ReadSceneResolvers<ContextType>;
  ReadTextPayload?: ReadTextPayloadResolvers<ContextType>;
  Reason?: ReasonResolvers<ContextType>;
  ReasonKind?: ReasonKindResolvers;
  RecouplePayload?: RecouplePayloadResolvers<ContextType>;
  RetryJobPayload?: RetryJobPayloadResolvers<ContextType>;
  Rung?: RungResolvers;
  RungBudget?: RungBudgetResolvers<ContextType>;
  Scene?: SceneResolvers<ContextType>;
  SceneConnection?: SceneConnectionResolvers<ContextType>;
  SceneEdge?: SceneEdgeResolvers<ContextType>;
  SceneKind?: SceneKindResolvers;
  SceneRow?: SceneRowResolvers<ContextType>;
  ScenesReading?: ScenesReadingResolvers<ContextType>;
  SearchConnection?: SearchConnectionResolvers<ContextType>;
  SearchEdge?: SearchEdgeResolvers<ContextType>;
  SearchHit?: SearchHitResolvers<ContextType>;
  SearchKind?: SearchKindResolvers;
  SearchResult?: SearchResultResolvers<ContextType>;
  SelectionKind?: SelectionKindResolvers;
  Service?: ServiceResolvers<ContextType>;
  ServiceLimits?: ServiceLimitsResolvers<ContextType>;
  SplitShares?: SplitSharesResolvers<ContextType>;
  StartJobPayload?: StartJobPayloadResolvers<ContextType>;
  StoreKind?: StoreKindResolvers;
  Subgraph?: SubgraphResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Substitution?: SubstitutionResolvers<ContextType>;
  SubstitutionReason?: SubstitutionReasonResolvers;
  TensionStretch?: TensionStretchResolvers<ContextType>;
  TokenScore?: TokenScoreResolvers<ContextType>;
  TokenSpread?: TokenSpreadResolvers<ContextType>;
  View?: ViewResolvers<ContextType>;
  ViewConnection?: ViewConnectionResolvers<ContextType>;
  ViewEdge?: ViewEdgeResolvers<ContextType>;
  ViewSelection?: ViewSelectionResolvers<ContextType>;
  WrittenItem?: WrittenItemResolvers<ContextType>;
  WrittenPart?: WrittenPartResolvers<ContextType>;
  WrittenRungBudget?: WrittenRungBudgetResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = ApiContext> = {
  perParent?: PerParentDirectiveResolver<any, any, ContextType>;
  requires?: RequiresDirectiveResolver<any, any, ContextType>;
};
