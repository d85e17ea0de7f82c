/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What may keep activation from going on. */
export type ActivationLimit =
  /** The times that couplings may be read: 16. */
  | 'ROUNDS'
  /** The scenes whose couplings may be read: see `budget`. */
  | 'TOUCHED';

/** From what activation spreads: exactly one of these. */
export type ActivationSource =
  {   /** All places in the corpus where a code stands. */
  readonly code: string | number; readonly occurrence?: never; readonly query?: never; readonly scene?: never; }
  |  { readonly code?: never;   /** The scenes of one occurrence. */
  readonly occurrence: string; readonly query?: never; readonly scene?: never; }
  |  { readonly code?: never; readonly occurrence?: never;   /** A text of at most 1000 UTF-16 code units. It is read as scenes are; its facets, words and figures are looked for. */
  readonly query: string; readonly scene?: never; }
  |  { readonly code?: never; readonly occurrence?: never; readonly query?: never;   /** One scene: a global id, or a scene's `key`. */
  readonly scene: string; };

/** All scenes within some couplings of one. */
export type AroundInput = {
  /** How many couplings away at most, 1 to 4. */
  readonly hops?: number;
  /** A global id, or a scene's `key`. */
  readonly seed: string;
  /** Only over couplings of at least this weight, 0 to 1. */
  readonly weightMin?: number;
};

/** What ran beside an answer. */
export type BatchMode =
  /** Nothing, and from an empty cache. */
  | 'ALONE'
  /** Others may have been in the same batches. */
  | 'SHARED'
  /** A server does not tell. */
  | 'UNKNOWN';

/** Whose scenes are counted: exactly one of these. */
export type BudgetSource =
  {   /** The name of a corpus. */
  readonly corpus: string; readonly text?: never; }
  |  { readonly corpus?: never;   /** A text, which is read and not kept, in the language that is found out from it. */
  readonly text: string; };

/** What kind of clue. */
export type ClueKind =
  /** A person of the query. */
  | 'AGENT'
  /** An archetype of the query. */
  | 'ARCHETYPE'
  /** An atmosphere of the query. */
  | 'ATMOSPHERE'
  /** The code that was named, or that the query has as a scene. */
  | 'CODE'
  /** A place or circumstance of the query. */
  | 'CONTEXT'
  /** The occurrence that was named. */
  | 'OCCURRENCE'
  /** The scene that was named. */
  | 'SCENE'
  /** A tension of the query. */
  | 'TENSION'
  /** A word of the query, in any form with the same stem. */
  | 'WORD';

/** What to collapse, and how. */
export type CollapseJobInput = {
  /** Find all levels from nothing, though those of an earlier collapse stand. */
  readonly afresh?: boolean;
  /** The corpus's name. */
  readonly corpus: string;
  /** Of the communities of level 2, above 0: the higher, the smaller they are. Each level above has a quarter of it. 16 unless set. */
  readonly resolution?: number | null | undefined;
  /** Of the random numbers that finding communities takes: the same gives the same. 1 unless set. */
  readonly seed?: number | null | undefined;
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
  readonly corpus: string;
  /** The view's name, unique within its corpus: 1 to 255 characters, no control characters, no white space at either end. */
  readonly name: string;
  /** Whether to put it in the place of another view of this name; without, that is a VIEW_EXISTS. */
  readonly replace?: boolean;
  /** Scenes at most, 1 to 10000: more are a VIEW_TOO_LARGE, none is left out. */
  readonly scenesMax?: number;
  /** Its scenes. */
  readonly source: ViewSource;
};

/** Why a completion ended. */
export type CompletionReason =
  /** The model ended it. */
  | 'END'
  /** `tokensMax`, or the context is full. */
  | 'LENGTH'
  /** One of the stop texts came. */
  | 'STOP';

/** Chooses scenes as `assemble` does, in the model's own positions. */
export type ContextPart = {
  /** Scenes whose couplings may be read: 1 to 2000. */
  readonly budget?: number;
  /** The name of the corpus in which a query or a code is looked for. An occurrence and a scene have theirs. */
  readonly corpus?: string | null | undefined;
  /** From what activation spreads. */
  readonly from: ActivationSource;
  /** How many activated scenes to choose from: 1 to the page limit of the installation, which is 200 unless set otherwise. */
  readonly limit?: number;
  /** How a scene is written that does not go in whole. */
  readonly rung?: FoldedRung;
  /** Positions that it may take, from 1. */
  readonly tokens: number;
};

/** Which corpus to couple. */
export type CoupleJobInput = {
  /** The corpus's name. */
  readonly corpus: string;
};

/** Why a scene does not go in. */
export type DropReason =
  /** There was no room left. */
  | 'FULL'
  /** It carries no coupling, other than that it follows another scene: such scenes are dropped first. */
  | 'UNCOUPLED';

/** What files an export is made of. */
export type ExportFormat =
  /** Token ids for nanoGPT and Megatron. */
  | 'BIN'
  /** Three tables for spreadsheets: scenes, couplings, and what each code stands for. */
  | 'CSV'
  /** The graph as Cypher for Neo4j 5. */
  | 'CYPHER'
  /** Scenes and couplings for Gephi. */
  | 'GEXF'
  /** All of the corpus as lines of JSON, which `hyperscene import` brings back. */
  | 'GRAPH'
  /** Scenes and couplings for networkx, igraph, yEd. */
  | 'GRAPHML'
  /** Lines of JSON: scenes on every rung, sequences of codes, the registry of codes, a dataset card. */
  | 'JSONL'
  /** The same rows as Parquet. */
  | 'PARQUET'
  /** A tokenizer of Hugging Face with the codes behind its own tokens. */
  | 'TOKENIZER';

/** What to write into files, and how. The same on the same revision of the corpus give the same bytes. */
export type ExportJobInput = {
  /** The corpus's name. */
  readonly corpus: string;
  /** Of the files. */
  readonly format: ExportFormat;
  /** Language of labels and hyperlexemes. */
  readonly labels?: Language;
  /** Of the texts, as the dataset card names it, such as cc0-1.0: a letter or digit, then up to 99 letters, digits and _ + - . Left out, the card says that it is not told. */
  readonly licence?: string | null | undefined;
  /** Scenes of a row group of Parquet, which are held in memory: 1 to 50000. */
  readonly rowGroup?: number;
  /** How BIN writes a scene: its hypertoken unless set. Of no other format. */
  readonly rung?: ExportRung | null | undefined;
  /** Which documents come into which split. */
  readonly seed?: number;
  /** How many of the documents come into which split. */
  readonly shares?: SplitSharesInput;
  /** Of what `statistics.json` is to tell tokens. */
  readonly statistics?: ExportStatistics;
  /** The base of TOKENIZER, which must have one, and of BIN, which may: the name of a folder that the installation keeps base tokenizers in. Statistics count with it; of other formats it does nothing else, and is BAD_ARGUMENT where statistics count no tokens. UNKNOWN_TOKENIZER without the folder. */
  readonly tokenizer?: string | null | undefined;
};

/** How BIN writes a scene. */
export type ExportRung =
  /** As a token for each morpheme of its figure. */
  | 'FACETS'
  /** As the line of its hyperlexeme. */
  | 'HYPERLEXEME'
  /** As one token: its code. */
  | 'HYPERTOKEN'
  /** As its text. */
  | 'TEXT';

/**
 * Of what `statistics.json` tells tokens: by the base tokenizer of the export, else by o200k. Codes and levels are counted in full; sentences
 * and half-scenes are those of the counted scenes.
 */
export type ExportStatistics =
  /** Of none: codes and levels alone. */
  | 'CODES'
  /** Of all scenes. An export of 30,000 as lines of JSON takes 2.0 s without statistics, 2.6 s with a sample, 2.8 s with all. */
  | 'FULL'
  /** There is no such file. */
  | 'NONE'
  /** Of some 10,000 scenes, of all where there are no more. */
  | 'SAMPLE';

/** What a facet rests on. */
export type FacetEvidence =
  /** A syntactic position, such as a nominative subject. */
  | 'GRAMMAR'
  /** A language model's reading. */
  | 'MODEL'
  /** A correction by hand. */
  | 'PERSON'
  /** An inference from other evidence. */
  | 'RULE'
  /** An entry of a lexicon. */
  | 'WORD';

/** Which facets of a corpus. All that is given must hold. */
export type FacetFilter = {
  /** The corpus's name. */
  readonly corpus: string;
  /** Which side of the scenes. */
  readonly kind?: FacetKind | null | undefined;
  /** Facets in whose key, or label in either language, each of these words stands, in any form with the same stem. */
  readonly text?: string | null | undefined;
};

/** A facet to look for. */
export type FacetInput = {
  /** A key of `inventory`; for an agent the entity, for a context the lemma. */
  readonly key: string;
  /** Which side of the scene. */
  readonly kind: FacetKind;
};

/** The sides of a scene. Agent and context are open classes, the others closed ones. */
export type FacetKind =
  /** Who acts or undergoes. */
  | 'AGENT'
  /** The function or figure of the tale: threshold, call, road … */
  | 'ARCHETYPE'
  /** The closed class of a context: silence, dark, crowd … */
  | 'ATMOSPHERE'
  /** Where and among what. */
  | 'CONTEXT'
  /** What is at stake between forces or in the heart. */
  | 'TENSION';

/** The rungs below whole text. */
export type FoldedRung =
  /** One token for scenes of its kind. */
  | 'CODE'
  /** A token for each morpheme of its figure. */
  | 'FACETS'
  /** The labels of its figure as one word, agent and context in brackets. */
  | 'HYPERLEXEME'
  /** One token for this very scene. */
  | 'OCCURRENCE';

/** Which hypertokens. All that is given must hold. */
export type HypertokenFilter = {
  /** Only those that occur in the corpus of this name. */
  readonly corpus?: string | null | undefined;
  /** 0 for figures, 1 for motifs, 2 and above for communities. */
  readonly level?: number | null | undefined;
};

/** Which jobs. All that is given must hold. */
export type JobFilter = {
  /** Those of any of these kinds. */
  readonly kinds?: ReadonlyArray<JobKind> | null | undefined;
  /** Those in any of these states. */
  readonly states?: ReadonlyArray<JobState> | null | undefined;
};

/** What a job does. */
export type JobKind =
  /** Collapses. */
  | 'COLLAPSE'
  /** Couples what waits. */
  | 'COUPLE'
  /** Writes a corpus into files. */
  | 'EXPORT'
  /** Merges agents. */
  | 'MERGE_AGENTS'
  /** Reads a text. */
  | 'READ'
  /** Couples all afresh. */
  | 'RECOUPLE'
  /** Takes a merge of agents back. */
  | 'UNDO_MERGE';

/** Part of a job's work. */
export type JobStage =
  /** A backup is written. */
  | 'BACKING_UP'
  /** Couplings are loaded and collapsed. */
  | 'COLLAPSING'
  /** Scenes are coupled. */
  | 'COUPLING'
  /** A corpus is written into files. */
  | 'EXPORTING'
  /** The model is asked for facets that the reader is unsure of. */
  | 'FILLING'
  /** A backup is merged. */
  | 'MERGING'
  /** Text becomes scenes. */
  | 'READING'
  /** A backup is restored. */
  | 'RESTORING';

/** Where a job stands. */
export type JobState =
  /** It was stopped. What it had written by then stays. */
  | 'CANCELLED'
  /** It failed, and is not tried again unless by hand. */
  | 'FAILED'
  /** It waits: for a free process, for an earlier job of its corpus, or to be tried again. */
  | 'QUEUED'
  /** It runs. */
  | 'RUNNING'
  /** It is done. */
  | 'SUCCEEDED';

/** What to do: exactly one of these. */
export type JobTask =
  {   /** Put hypertokens in place of a corpus's subgraphs, level by level. */
  readonly collapse: CollapseJobInput; readonly couple?: never; readonly export?: never; readonly mergeAgents?: never; readonly read?: never; readonly recouple?: never; readonly undoMerge?: never; }
  |  { readonly collapse?: never;   /** Couple the scenes of a corpus that wait for it. */
  readonly couple: CoupleJobInput; readonly export?: never; readonly mergeAgents?: never; readonly read?: never; readonly recouple?: never; readonly undoMerge?: never; }
  |  { readonly collapse?: never; readonly couple?: never;   /** Write a corpus into files, as it stands at one moment, and keep them for download. */
  readonly export: ExportJobInput; readonly mergeAgents?: never; readonly read?: never; readonly recouple?: never; readonly undoMerge?: never; }
  |  { readonly collapse?: never; readonly couple?: never; readonly export?: never;   /** Say that two agents are one person, and couple the scenes that change by it anew. */
  readonly mergeAgents: MergeAgentsInput; readonly read?: never; readonly recouple?: never; readonly undoMerge?: never; }
  |  { readonly collapse?: never; readonly couple?: never; readonly export?: never; readonly mergeAgents?: never;   /** Read a text into a document of a corpus and couple its scenes. */
  readonly read: ReadTextInput; readonly recouple?: never; readonly undoMerge?: never; }
  |  { readonly collapse?: never; readonly couple?: never; readonly export?: never; readonly mergeAgents?: never; readonly read?: never;   /** Forget all couplings of a corpus and couple it afresh. */
  readonly recouple: CoupleJobInput; readonly undoMerge?: never; }
  |  { readonly collapse?: never; readonly couple?: never; readonly export?: never; readonly mergeAgents?: never; readonly read?: never; readonly recouple?: never;   /** Take such a merge back. */
  readonly undoMerge: UndoMergeJobInput; };

/** What progress counts. */
export type JobUnit =
  /** Bytes of UTF-8. */
  | 'BYTES'
  /** Couplings. */
  | 'COUPLINGS'
  /** Records of a backup. */
  | 'RECORDS'
  /** Scenes. */
  | 'SCENES';

/** How keys or values are stored. */
export type KvType =
  /** 16 bits a number. */
  | 'F16'
  /** Some 4.5 bits a number. */
  | 'Q4_0'
  /** Some 8.5 bits a number. */
  | 'Q8_0';

/** A language of texts, and of the labels that facets, figures and hypertokens are called by. */
export type Language =
  /** English */
  | 'EN'
  /** Russian */
  | 'RU';

/** Who is whom. */
export type MergeAgentsInput = {
  /** The entity of an agent that is merged into none yet. */
  readonly alias: string;
  /** What the merge rests on. */
  readonly by?: FacetEvidence;
  /** The corpus's name. */
  readonly corpus: string;
  /** The entity of the person, or of another alias of it. */
  readonly into: string;
};

/** By which pack the model is asked, and how. */
export type ModelChoice = {
  /** Name of the pack whose adapter is used in place of that pack's own; `none` for none. */
  readonly adapter?: string | null | undefined;
  /** Name of a pack, whose rows and adapter are used; the bare model where it is left out. PACK_NOT_FOUND without it. */
  readonly pack?: string | null | undefined;
  /** The same bytes every time on the same machine: it runs alone and from an empty cache, which takes longer. */
  readonly reproducible?: boolean;
};

/** How the model is asked while a text is read. */
export type ModelFacetsInput = {
  /** Facets of a lower confidence are asked for: above 0 to 1. */
  readonly confidenceMin?: number;
  /**
   * Answers of this confidence or above are written, 0 to 1: it is how often such answers were right when that was measured, so that less than
   * 0.5 lets in what is more often wrong than right. The default model, and any whose `trust` is not set, has 0.11 at most: with 0.5 that is a
   * BAD_ARGUMENT.
   */
  readonly takenMin?: number;
  /** How often the answers of the model that is set are right, 0 to 1, where you measured it; unless set, as the default model's were. */
  readonly trust?: number | null | undefined;
};

/** How far a process is. */
export type ModelProcessState =
  /** It may be asked. */
  | 'READY'
  /** It loads the model. */
  | 'STARTING'
  /** It ends. */
  | 'STOPPING';

/** Which occurrences. All that is given must hold. */
export type OccurrenceFilter = {
  /** Those of one hypertoken. */
  readonly code?: string | number | null | undefined;
  /** Only those in the corpus of this name. */
  readonly corpus?: string | null | undefined;
  /** Those that make up this level: its own, and those of the levels below that rise to it unchanged. Above the highest one all is as there. */
  readonly level?: number | null | undefined;
};

/** An occurrence of a prompt. */
export type OccurrencePart = {
  /** Code and ordinal. OCCURRENCE_NOT_FOUND without it. */
  readonly ref: string;
  /** How it is written: a scene on any rung, others on any below text. */
  readonly rung?: Rung;
};

/** What kind of part. */
export type PartKind =
  /** A code. */
  | 'CODE'
  /** What a source activates. */
  | 'CONTEXT'
  /** An occurrence. */
  | 'OCCURRENCE'
  /** A scene. */
  | 'SCENE'
  /** A given text. */
  | 'TEXT';

/**
 * The path whose weights have the greatest product, both ends counted in. PATH_NOT_FOUND where no couplings lead from one end to the
 * other, PATH_TOO_FAR where the limit does not let that be found out.
 */
export type PathInput = {
  /** Scenes whose couplings may be read, 1 to 100000. */
  readonly budget?: number;
  /** Its one end: a global id, or a scene's `key`. */
  readonly from: string;
  /** The other. */
  readonly to: string;
};

/** How something goes into the context. */
export type PieceForm =
  /** A community in the place of several of the least activated scenes that it holds, where not all fit. */
  | 'COMMUNITY'
  /** A scene on the rung that was asked for. */
  | 'FOLDED'
  /** A motif in the place of several of its scenes. */
  | 'MOTIF'
  /** A scene as its text. */
  | 'WHOLE';

/** How parts are put to the model. */
export type PromptForm =
  /** As a user's turn, in the model's own template. */
  | 'CHAT'
  /** As they are. */
  | 'RAW';

/**
 * What a prompt is made of: exactly one of these. Two things in words that touch are parted by a line's end; beside rows and given texts nothing
 * is put. Of one field 10000 parts at most, 4 of them contexts: PROMPT_TOO_LARGE beyond, and before that QUERY_TOO_LARGE where the answer may be long.
 */
export type PromptPart =
  {   /** A kind of scene, a motif, a community or a view, as its code. */
  readonly code: string | number; readonly context?: never; readonly occurrence?: never; readonly scene?: never; readonly text?: never; }
  |  { readonly code?: never;   /** What of the scenes that a source activates fits into a number of positions. */
  readonly context: ContextPart; readonly occurrence?: never; readonly scene?: never; readonly text?: never; }
  |  { readonly code?: never; readonly context?: never;   /** One place where a code stands. */
  readonly occurrence: OccurrencePart; readonly scene?: never; readonly text?: never; }
  |  { readonly code?: never; readonly context?: never; readonly occurrence?: never;   /** A scene. */
  readonly scene: ScenePart; readonly text?: never; }
  |  { readonly code?: never; readonly context?: never; readonly occurrence?: never; readonly scene?: never;   /** A text exactly as it is given, at most 1048576 UTF-16 code units: marks such as Δ14 in it are plain text. */
  readonly text: string; };

/** A text to read. */
export type ReadTextInput = {
  /** The corpus's name: 1 to 255 characters, no control characters, no white space at either end. */
  readonly corpus: string;
  /** By default found out from the text. */
  readonly lang?: Language | null | undefined;
  /**
   * Have the language model fill facets that the reader is unsure of; without it no model is asked. Small models are mostly wrong: see
   * `ModelFacetsInput.takenMin`. It takes seconds a scene: have longer texts read by `startJob`. The same text with another model, other
   * values here or none is read anew.
   */
  readonly modelFacets?: ModelFacetsInput | null | undefined;
  /** The document's name, by the same rule. A document of this name is read anew: what is the same in both texts stays. */
  readonly name: string;
  /** The text itself. */
  readonly text: string;
};

/** Why two scenes hang together. */
export type ReasonKind =
  /** They share an agent. */
  | 'AGENT'
  /** They share an archetype. */
  | 'ARCHETYPE'
  /** They share an atmosphere. */
  | 'ATMOSPHERE'
  /** They share a context. */
  | 'CONTEXT'
  /** A tension raised in one is released in the other. */
  | 'RELEASE'
  /** One follows the other. */
  | 'SEQUENCE'
  /** They share a tension. */
  | 'TENSION';

/** How a scene is written for a model, from whole to least. */
export type Rung =
  /** One token for scenes of its kind, which needs a vocabulary that holds it. */
  | 'CODE'
  /** A token for each morpheme of its figure, which needs a vocabulary that holds them. */
  | 'FACETS'
  /** The labels of its figure as one word, agent and context in brackets. */
  | 'HYPERLEXEME'
  /** One token for this very scene, which needs a vocabulary that holds it. */
  | 'OCCURRENCE'
  /** Its text. */
  | 'TEXT';

/** How tokens are drawn. */
export type Sampling = {
  /** Those of at least this share of the likeliest's probability, 0 to 1. */
  readonly minP?: number;
  /** A whole number, 0 to 4294967295; the last draws as 0 does. Left out, one is drawn, which the provenance tells. */
  readonly seed?: number | null | undefined;
  /** 0 takes the likeliest each time; at most 10. */
  readonly temperature?: number;
  /** The likeliest so many are drawn from, from 1; 0 is all. */
  readonly topK?: number;
  /** The likeliest that have this share together are drawn from, above 0 to 1. */
  readonly topP?: number;
};

/** Which scenes. All that is given must hold. */
export type SceneFilter = {
  /** Scenes of this figure. */
  readonly code?: string | number | null | undefined;
  /** The corpus's name. */
  readonly corpus: string;
  /** The document's name. */
  readonly document?: string | null | undefined;
  /** Scenes in which each of these facets stands. */
  readonly facets?: ReadonlyArray<FacetInput> | null | undefined;
  /** Whole sentences, or clauses. */
  readonly kind?: SceneKind | null | undefined;
  /** Scenes read in this language. */
  readonly lang?: Language | null | undefined;
  /** Scenes in whose text each of these words stands, in any form with the same stem, Russian or English. No character is an operator. */
  readonly text?: string | null | undefined;
};

/** How much of a sentence a scene is. */
export type SceneKind =
  /** One of several clauses of a sentence, each with its own finite verb and agent. */
  | 'HALF'
  /** A whole sentence. */
  | 'SCENE';

/** A scene of a prompt. */
export type ScenePart = {
  /** How it is written. What has no row in the pack is written as its hyperlexeme, and told as a substitution. */
  readonly rung?: Rung;
  /** A global id, or a scene's `key`. SCENE_NOT_FOUND without it. */
  readonly scene: string;
};

/** What a search may find. */
export type SearchKind =
  /** Facets that stand in the corpus: of each word the first 8 agents and contexts that are called by it, 50 in all at most. */
  | 'FACET'
  /** Hypertokens of any level, and occurrences that are named by Δ14:7: 50 at most. */
  | 'HYPERTOKEN'
  /** Scenes: 200 at most. */
  | 'SCENE';

/** How the scenes of a view were chosen. */
export type SelectionKind =
  /** All of a document. */
  | 'DOCUMENT'
  /** Along a path. */
  | 'PATH'
  /** One by one. */
  | 'SCENES'
  /** By a search. */
  | 'SEARCH'
  /** Around one scene. */
  | 'SEED';

/** Shares of the documents, 0 to 1, that make 1 together. */
export type SplitSharesInput = {
  /** Of those to measure it by. */
  readonly test: number;
  /** Of the documents to learn from. */
  readonly train: number;
  /** Of those to choose a model by. */
  readonly validation: number;
};

/** What to do, and by which key to know it again. */
export type StartJobInput = {
  /** 1 to 255 characters of your own choice: the same task under the same key gives the same job, another one is a JOB_KEY_TAKEN. Forgotten with the job. */
  readonly key?: string | null | undefined;
  /** What to do. */
  readonly task: JobTask;
};

/** Where a graph is stored. */
export type StoreKind =
  /** In a folder of the machine that serves it. */
  | 'EMBEDDED'
  /** In the memory of the process, for trials. */
  | 'MEMORY'
  /** In a Neo4j database. */
  | 'NEO4J';

/** Why something is written on another rung. */
export type SubstitutionReason =
  /** A motif, community or view has no row of its own place, and is written by that of its code. */
  | 'NOT_A_SCENE'
  /** No pack is named. */
  | 'NO_PACK'
  /** The pack does not have all of its rows. */
  | 'NO_ROW';

/** Which merge to take back. */
export type UndoMergeJobInput = {
  /** The agent that was merged. */
  readonly alias: string;
  /** The corpus's name. */
  readonly corpus: string;
};

/** Which scenes of the corpus. All that is given must hold. */
export type ViewSearchInput = {
  /** Scenes of this figure. */
  readonly code?: string | number | null | undefined;
  /** The document's name. */
  readonly document?: string | null | undefined;
  /** Scenes in which each of these facets stands. */
  readonly facets?: ReadonlyArray<FacetInput> | null | undefined;
  /** Whole sentences, or clauses. */
  readonly kind?: SceneKind | null | undefined;
  /** Scenes read in this language. */
  readonly lang?: Language | null | undefined;
  /** Scenes in whose text each of these words stands, in any form with the same stem, Russian or English. No character is an operator. */
  readonly text?: string | null | undefined;
};

/** What a view is made of: exactly one of these. */
export type ViewSource =
  {   /** The scenes around one. */
  readonly around: AroundInput; readonly document?: never; readonly path?: never; readonly scenes?: never; readonly search?: never; }
  |  { readonly around?: never;   /** All scenes of the document of this name. */
  readonly document: string; readonly path?: never; readonly scenes?: never; readonly search?: never; }
  |  { readonly around?: never; readonly document?: never;   /** The strongest path over couplings from one scene to another. */
  readonly path: PathInput; readonly scenes?: never; readonly search?: never; }
  |  { readonly around?: never; readonly document?: never; readonly path?: never;   /** These scenes, in any order: global ids, or scenes' keys. */
  readonly scenes: ReadonlyArray<string>; readonly search?: never; }
  |  { readonly around?: never; readonly document?: never; readonly path?: never; readonly scenes?: never;   /** All scenes that pass. */
  readonly search: ViewSearchInput; };

export type ActivateQueryVariables = Exact<{
  from: ActivationSource;
  corpus?: string | null | undefined;
  labels?: Language;
  limit?: number;
  budget?: number;
}>;


export type ActivateQuery = { readonly activate: { readonly wordsLeft: ReadonlyArray<string>, readonly seedCount: number, readonly litCount: number, readonly touched: number, readonly truncated: ActivationLimit | null, readonly scenes: ReadonlyArray<{ readonly score: number, readonly scene: { readonly id: string, readonly key: string, readonly position: number, readonly kind: SceneKind, readonly start: number, readonly end: number, readonly text: string, readonly lang: Language, readonly hyperlexeme: string, readonly code: string, readonly ordinal: number, readonly agent: { readonly key: string, readonly entity: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly tension: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly context: ReadonlyArray<{ readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence }>, readonly atmosphere: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly archetype: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null }, readonly because: ReadonlyArray<{ readonly kind: ClueKind, readonly key: string, readonly label: string, readonly weight: number }> }>, readonly clues: ReadonlyArray<{ readonly kind: ClueKind, readonly key: string, readonly label: string, readonly weight: number, readonly sceneCount: number, readonly takenCount: number }> } | null };

export type AssembleQueryVariables = Exact<{
  from: ActivationSource;
  tokens: number;
  corpus?: string | null | undefined;
  rung?: FoldedRung;
  labels?: Language;
  limit?: number;
  budget?: number;
}>;


export type AssembleQuery = { readonly assemble: { readonly tokenizer: string, readonly tokens: number, readonly positions: number, readonly pieces: ReadonlyArray<{ readonly form: PieceForm, readonly rung: Rung, readonly text: string, readonly positions: number, readonly occurrence: { readonly id: string, readonly ref: string, readonly code: string, readonly ordinal: number, readonly level: number, readonly size: number } | null, readonly scenes: ReadonlyArray<{ readonly id: string }> }>, readonly dropped: ReadonlyArray<{ readonly why: DropReason, readonly scene: { readonly id: string } }> } | null };

export type ActivationFieldsFragment = { readonly wordsLeft: ReadonlyArray<string>, readonly seedCount: number, readonly litCount: number, readonly touched: number, readonly truncated: ActivationLimit | null, readonly clues: ReadonlyArray<{ readonly kind: ClueKind, readonly key: string, readonly label: string, readonly weight: number, readonly sceneCount: number, readonly takenCount: number }> };

export type ReadTextMutationVariables = Exact<{
  input: ReadTextInput;
}>;


export type ReadTextMutation = { readonly readText: { readonly unchanged: boolean, readonly sceneCount: number, readonly scenesAdded: number, readonly scenesKept: number, readonly scenesDeleted: number, readonly viewsDeleted: ReadonlyArray<string>, readonly couplings: number, readonly notices: ReadonlyArray<string>, readonly document: { readonly id: string, readonly key: string, readonly name: string, readonly lang: Language, readonly version: number, readonly sha256: string, readonly bytes: number, readonly length: number, readonly notices: ReadonlyArray<string>, readonly sceneCount: number } | null } | null };

export type CoupleMutationVariables = Exact<{
  corpus: string;
}>;


export type CoupleMutation = { readonly couple: { readonly scenes: number, readonly added: number, readonly removed: number } | null };

export type CollapseMutationVariables = Exact<{
  corpus: string;
  resolution?: number | null | undefined;
  seed?: number | null | undefined;
  afresh?: boolean;
}>;


export type CollapseMutation = { readonly collapse: { readonly revision: number, readonly occurrences: number, readonly afresh: boolean, readonly risen: number, readonly added: number, readonly kept: number, readonly deleted: number, readonly newCodes: number, readonly levels: ReadonlyArray<{ readonly level: number, readonly occurrences: number }> } | null };

export type CollapseViewMutationVariables = Exact<{
  input: CollapseViewInput;
}>;


export type CollapseViewMutation = { readonly collapseView: { readonly unchanged: boolean, readonly replaced: string | null, readonly newCode: boolean, readonly view: { readonly name: string, readonly size: number, readonly occurrence: { readonly id: string, readonly ref: string, readonly code: string, readonly ordinal: number, readonly level: number, readonly size: number } | null, readonly selection: { readonly by: SelectionKind } } } | null };

export type DeleteViewMutationVariables = Exact<{
  corpus: string;
  name: string;
}>;


export type DeleteViewMutation = { readonly deleteView: { readonly name: string, readonly deletedRef: string, readonly size: number } | null };

export type MergeAgentsMutationVariables = Exact<{
  input: MergeAgentsInput;
}>;


export type MergeAgentsMutation = { readonly mergeAgents: { readonly alias: string, readonly into: string, readonly person: string, readonly unchanged: boolean, readonly scenes: number, readonly occurrences: number, readonly couplings: number } | null };

export type UndoMergeMutationVariables = Exact<{
  corpus: string;
  alias: string;
}>;


export type UndoMergeMutation = { readonly undoMerge: { readonly alias: string, readonly into: string, readonly person: string, readonly unchanged: boolean, readonly scenes: number, readonly occurrences: number, readonly couplings: number } | null };

export type DeleteDocumentMutationVariables = Exact<{
  corpus: string;
  name: string;
}>;


export type DeleteDocumentMutation = { readonly deleteDocument: { readonly deletedId: string, readonly documents: number, readonly scenes: number, readonly couplings: number, readonly occurrences: number } | null };

export type DeleteCorpusMutationVariables = Exact<{
  name: string;
}>;


export type DeleteCorpusMutation = { readonly deleteCorpus: { readonly deletedId: string, readonly documents: number, readonly scenes: number, readonly couplings: number, readonly occurrences: number } | null };

export type DeletePayloadFieldsFragment = { readonly deletedId: string, readonly documents: number, readonly scenes: number, readonly couplings: number, readonly occurrences: number };

export type ServiceQueryVariables = Exact<{ [key: string]: never; }>;


export type ServiceQuery = { readonly service: { readonly version: string, readonly store: StoreKind, readonly workspace: string, readonly tokenizer: string | null, readonly limits: { readonly documentBytes: number, readonly page: number, readonly couplingsPerScene: number, readonly depth: number, readonly aliases: number, readonly tokens: number, readonly values: number } } | null };

export type CorporaQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type CorporaQuery = { readonly corpora: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly documentCount: number, readonly sceneCount: number, readonly couplingCount: number, readonly uncoupledCount: number, readonly revision: number, readonly collapse: CollapseState }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type CorpusQueryVariables = Exact<{
  name: string;
}>;


export type CorpusQuery = { readonly corpus: { readonly id: string, readonly name: string, readonly documentCount: number, readonly sceneCount: number, readonly couplingCount: number, readonly uncoupledCount: number, readonly revision: number, readonly collapse: CollapseState } | null };

export type DocumentsQueryVariables = Exact<{
  corpus: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type DocumentsQuery = { readonly corpus: { readonly documents: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly key: string, readonly name: string, readonly lang: Language, readonly version: number, readonly sha256: string, readonly bytes: number, readonly length: number, readonly notices: ReadonlyArray<string>, readonly sceneCount: number }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type DocumentTextQueryVariables = Exact<{
  corpus: string;
  name: string;
  start?: number;
  end?: number | null | undefined;
}>;


export type DocumentTextQuery = { readonly document: { readonly text: string | null, readonly id: string, readonly key: string, readonly name: string, readonly lang: Language, readonly version: number, readonly sha256: string, readonly bytes: number, readonly length: number, readonly notices: ReadonlyArray<string>, readonly sceneCount: number } | null };

export type BudgetQueryVariables = Exact<{
  of: BudgetSource;
  labels?: Language;
  scenesMax?: number;
}>;


export type BudgetQuery = { readonly budget: { readonly tokenizer: string, readonly sceneCount: number, readonly truncated: boolean, readonly withoutFigureCount: number, readonly withoutFigureShare: number | null, readonly codeCount: number, readonly typeTokenRatio: number | null, readonly textTokens: number | null, readonly languages: ReadonlyArray<{ readonly lang: Language, readonly sceneCount: number, readonly withoutFigureCount: number, readonly withoutFigureShare: number | null, readonly codeCount: number, readonly typeTokenRatio: number | null, readonly textTokens: number | null, readonly sentences: { readonly count: number, readonly total: number, readonly mean: number, readonly median: number, readonly p90: number, readonly max: number } | null, readonly halves: { readonly count: number, readonly total: number, readonly mean: number, readonly median: number, readonly p90: number, readonly max: number } | null, readonly levels: ReadonlyArray<{ readonly level: number, readonly positions: number, readonly compression: number | null }> }>, readonly levels: ReadonlyArray<{ readonly level: number, readonly positions: number, readonly compression: number | null, readonly occurrenceCount: number, readonly codeCount: number, readonly typeTokenRatio: number | null, readonly registryCodes: number, readonly registryPositions: number, readonly compressionWithRegistry: number | null }>, readonly groups: ReadonlyArray<{ readonly lang: Language, readonly kind: SceneKind, readonly sceneCount: number, readonly rungs: ReadonlyArray<{ readonly rung: Rung, readonly total: number, readonly mean: number, readonly median: number, readonly p90: number, readonly max: number }> }> } | null };

export type TokenSpreadFieldsFragment = { readonly count: number, readonly total: number, readonly mean: number, readonly median: number, readonly p90: number, readonly max: number };

export type PageFieldsFragment = { readonly hasNextPage: boolean, readonly endCursor: string | null };

export type CorpusFieldsFragment = { readonly id: string, readonly name: string, readonly documentCount: number, readonly sceneCount: number, readonly couplingCount: number, readonly uncoupledCount: number, readonly revision: number, readonly collapse: CollapseState };

export type DocumentFieldsFragment = { readonly id: string, readonly key: string, readonly name: string, readonly lang: Language, readonly version: number, readonly sha256: string, readonly bytes: number, readonly length: number, readonly notices: ReadonlyArray<string>, readonly sceneCount: number };

export type ExportFieldsFragment = { readonly id: string, readonly corpus: string, readonly revision: number, readonly format: ExportFormat, readonly documents: number, readonly scenes: number, readonly couplings: number, readonly bytes: number, readonly manifestUrl: string, readonly finishedAt: string, readonly expiresAt: string, readonly files: ReadonlyArray<{ readonly path: string, readonly bytes: number, readonly rows: number | null, readonly sha256: string, readonly url: string }> };

export type ExportsQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
}>;


export type ExportsQuery = { readonly exports: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly corpus: string, readonly revision: number, readonly format: ExportFormat, readonly documents: number, readonly scenes: number, readonly couplings: number, readonly bytes: number, readonly manifestUrl: string, readonly finishedAt: string, readonly expiresAt: string, readonly files: ReadonlyArray<{ readonly path: string, readonly bytes: number, readonly rows: number | null, readonly sha256: string, readonly url: string }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type ExportQueryVariables = Exact<{
  id: string;
}>;


export type ExportQuery = { readonly export: { readonly id: string, readonly corpus: string, readonly revision: number, readonly format: ExportFormat, readonly documents: number, readonly scenes: number, readonly couplings: number, readonly bytes: number, readonly manifestUrl: string, readonly finishedAt: string, readonly expiresAt: string, readonly files: ReadonlyArray<{ readonly path: string, readonly bytes: number, readonly rows: number | null, readonly sha256: string, readonly url: string }> } | null };

export type DeleteExportMutationVariables = Exact<{
  id: string;
}>;


export type DeleteExportMutation = { readonly deleteExport: { readonly deletedId: string } | null };

export type HypertokensQueryVariables = Exact<{
  filter?: HypertokenFilter;
  labels?: Language;
  first?: number;
  after?: string | null | undefined;
}>;


export type HypertokensQuery = { readonly hypertokens: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly code: string, readonly level: number, readonly digest: string, readonly hyperlexeme: string, readonly occurrenceCount: number }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type OccurrencesQueryVariables = Exact<{
  filter?: OccurrenceFilter;
  first?: number;
  after?: string | null | undefined;
}>;


export type OccurrencesQuery = { readonly occurrences: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly ref: string, readonly code: string, readonly ordinal: number, readonly level: number, readonly size: number }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type ExpandQueryVariables = Exact<{
  ref: string;
  labels?: Language;
  depth?: number | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ExpandQuery = { readonly expand: { readonly occurrence: { readonly id: string, readonly ref: string, readonly code: string, readonly ordinal: number, readonly level: number, readonly size: number }, readonly hypertoken: { readonly id: string, readonly code: string, readonly level: number, readonly hyperlexeme: string }, readonly parts: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly ref: string, readonly code: string, readonly ordinal: number, readonly level: number, readonly size: number }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null, readonly scenes: { readonly totalCount: number | null, readonly nodes: ReadonlyArray<{ readonly id: string, readonly key: string, readonly position: number, readonly kind: SceneKind, readonly start: number, readonly end: number, readonly text: string, readonly lang: Language, readonly hyperlexeme: string, readonly code: string, readonly ordinal: number, readonly agent: { readonly key: string, readonly entity: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly tension: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly context: ReadonlyArray<{ readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence }>, readonly atmosphere: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly archetype: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null }> }, readonly couplings: ReadonlyArray<{ readonly weight: number, readonly because: ReadonlyArray<{ readonly kind: ReasonKind, readonly key: string, readonly label: string, readonly weight: number }>, readonly scene: { readonly id: string, readonly text: string }, readonly other: { readonly id: string, readonly text: string } }> | null } | null };

export type BundleQueryVariables = Exact<{
  ref: string;
  labels?: Language;
  scenesMax?: number;
}>;


export type BundleQuery = { readonly bundle: { readonly scenesRead: number, readonly truncated: boolean, readonly hyperlexeme: string, readonly gloss: string, readonly documentCount: number, readonly coherence: number | null, readonly agents: ReadonlyArray<{ readonly key: string, readonly label: string, readonly sceneCount: number }>, readonly summary: ReadonlyArray<{ readonly id: string, readonly text: string }> } | null };

export type ViewsQueryVariables = Exact<{
  corpus: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type ViewsQuery = { readonly views: { readonly nodes: ReadonlyArray<{ readonly name: string, readonly size: number, readonly occurrence: { readonly id: string, readonly ref: string, readonly code: string, readonly ordinal: number, readonly level: number, readonly size: number } | null, readonly selection: { readonly by: SelectionKind } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type OccurrenceFieldsFragment = { readonly id: string, readonly ref: string, readonly code: string, readonly ordinal: number, readonly level: number, readonly size: number };

export type ViewFieldsFragment = { readonly name: string, readonly size: number, readonly occurrence: { readonly id: string, readonly ref: string, readonly code: string, readonly ordinal: number, readonly level: number, readonly size: number } | null, readonly selection: { readonly by: SelectionKind } };

export type JobFieldsFragment = { readonly id: string, readonly kind: JobKind, readonly corpus: string, readonly state: JobState, readonly attempts: number, readonly progress: { readonly stage: JobStage, readonly subject: string, readonly done: number, readonly total: number, readonly unit: JobUnit, readonly fraction: number } | null, readonly error: { readonly code: string, readonly message: string, readonly retriable: boolean } | null };

export type StartJobMutationVariables = Exact<{
  input: StartJobInput;
}>;


export type StartJobMutation = { readonly startJob: { readonly job: { readonly id: string, readonly kind: JobKind, readonly corpus: string, readonly state: JobState, readonly attempts: number, readonly progress: { readonly stage: JobStage, readonly subject: string, readonly done: number, readonly total: number, readonly unit: JobUnit, readonly fraction: number } | null, readonly error: { readonly code: string, readonly message: string, readonly retriable: boolean } | null } } | null };

export type CancelJobMutationVariables = Exact<{
  id: string;
}>;


export type CancelJobMutation = { readonly cancelJob: { readonly job: { readonly id: string, readonly kind: JobKind, readonly corpus: string, readonly state: JobState, readonly attempts: number, readonly progress: { readonly stage: JobStage, readonly subject: string, readonly done: number, readonly total: number, readonly unit: JobUnit, readonly fraction: number } | null, readonly error: { readonly code: string, readonly message: string, readonly retriable: boolean } | null } } | null };

export type RetryJobMutationVariables = Exact<{
  id: string;
}>;


export type RetryJobMutation = { readonly retryJob: { readonly job: { readonly id: string, readonly kind: JobKind, readonly corpus: string, readonly state: JobState, readonly attempts: number, readonly progress: { readonly stage: JobStage, readonly subject: string, readonly done: number, readonly total: number, readonly unit: JobUnit, readonly fraction: number } | null, readonly error: { readonly code: string, readonly message: string, readonly retriable: boolean } | null } } | null };

export type JobQueryVariables = Exact<{
  id: string;
}>;


export type JobQuery = { readonly job: { readonly id: string, readonly kind: JobKind, readonly corpus: string, readonly state: JobState, readonly attempts: number, readonly progress: { readonly stage: JobStage, readonly subject: string, readonly done: number, readonly total: number, readonly unit: JobUnit, readonly fraction: number } | null, readonly error: { readonly code: string, readonly message: string, readonly retriable: boolean } | null } | null };

export type JobsQueryVariables = Exact<{
  filter?: JobFilter;
  first?: number;
  after?: string | null | undefined;
}>;


export type JobsQuery = { readonly jobs: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly kind: JobKind, readonly corpus: string, readonly state: JobState, readonly attempts: number, readonly progress: { readonly stage: JobStage, readonly subject: string, readonly done: number, readonly total: number, readonly unit: JobUnit, readonly fraction: number } | null, readonly error: { readonly code: string, readonly message: string, readonly retriable: boolean } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type FollowJobSubscriptionVariables = Exact<{
  id: string;
}>;


export type FollowJobSubscription = { readonly job: { readonly id: string, readonly kind: JobKind, readonly corpus: string, readonly state: JobState, readonly attempts: number, readonly progress: { readonly stage: JobStage, readonly subject: string, readonly done: number, readonly total: number, readonly unit: JobUnit, readonly fraction: number } | null, readonly error: { readonly code: string, readonly message: string, readonly retriable: boolean } | null } | null };

export type FollowCorpusSubscriptionVariables = Exact<{
  name: string;
}>;


export type FollowCorpusSubscription = { readonly corpus: { readonly id: string, readonly name: string, readonly documentCount: number, readonly sceneCount: number, readonly couplingCount: number, readonly uncoupledCount: number, readonly revision: number, readonly collapse: CollapseState } | null };

export type ModelQueryVariables = Exact<{ [key: string]: never; }>;


export type ModelQuery = { readonly model: { readonly name: string, readonly sha256: string | null, readonly architecture: string | null, readonly parameters: number | null, readonly weightBytes: number | null, readonly context: number, readonly slots: number | null, readonly gpu: string | null, readonly waiting: number, readonly quantization: { readonly type: string, readonly bitsPerParameter: number } | null, readonly processes: ReadonlyArray<{ readonly model: string, readonly pack: string | null, readonly state: ModelProcessState, readonly running: number, readonly predictedBytes: number, readonly residentBytes: number | null, readonly restarts: number }> } | null };

export type ModelPacksQueryVariables = Exact<{ [key: string]: never; }>;


export type ModelPacksQuery = { readonly model: { readonly packs: ReadonlyArray<{ readonly name: string, readonly sha256: string, readonly base: string, readonly codeRows: number, readonly facetRows: number, readonly sceneRows: number, readonly predictedRows: number, readonly hasAdapter: boolean, readonly loaded: boolean, readonly unusable: string | null }> | null } | null };

export type CompletePartsMutationVariables = Exact<{
  parts: ReadonlyArray<PromptPart> | PromptPart;
  choice?: ModelChoice;
  labels?: Language;
  form?: PromptForm;
  tokensMax?: number;
  sampling?: Sampling;
  stop?: ReadonlyArray<string> | string;
  schema?: string | null | undefined;
}>;


export type CompletePartsMutation = { readonly completeParts: { readonly text: string, readonly reason: CompletionReason, readonly pieces: ReadonlyArray<
      | { readonly __typename: 'CodeRow', readonly code: string | null, readonly digest: string, readonly level: number | null, readonly hyperlexeme: string | null, readonly figures: ReadonlyArray<{ readonly key: string }> }
      | { readonly __typename: 'CompletionText', readonly text: string }
      | { readonly __typename: 'FacetRow', readonly facet: FacetKind | null, readonly key: string, readonly label: string }
      | { readonly __typename: 'SceneRow', readonly key: string, readonly sceneHyperlexeme: string | null, readonly scene: { readonly id: string, readonly text: string } | null }
    >, readonly written: ReadonlyArray<{ readonly kind: PartKind, readonly contextPositions: number | null, readonly droppedCount: number | null, readonly items: ReadonlyArray<{ readonly name: string | null, readonly rung: Rung }> }>, readonly substitutions: ReadonlyArray<{ readonly part: number, readonly name: string, readonly wanted: Rung, readonly written: Rung, readonly why: SubstitutionReason }>, readonly usage: { readonly prompt: number, readonly cached: number, readonly generated: number, readonly waited: number, readonly promptTime: number, readonly time: number }, readonly provenance: { readonly seed: number | null, readonly slots: number | null, readonly batch: BatchMode, readonly threads: number | null, readonly model: { readonly name: string, readonly sha256: string | null }, readonly pack: { readonly name: string, readonly sha256: string } | null, readonly adapter: { readonly name: string, readonly sha256: string } | null, readonly kv: { readonly key: KvType, readonly value: KvType } | null } } | null };

export type CompletionSubscriptionVariables = Exact<{
  parts: ReadonlyArray<PromptPart> | PromptPart;
  choice?: ModelChoice;
  labels?: Language;
  form?: PromptForm;
  tokensMax?: number;
  sampling?: Sampling;
  stop?: ReadonlyArray<string> | string;
  schema?: string | null | undefined;
}>;


export type CompletionSubscription = { readonly completion:
    | { readonly __typename: 'CodeRow', readonly code: string | null, readonly digest: string, readonly level: number | null, readonly hyperlexeme: string | null, readonly figures: ReadonlyArray<{ readonly key: string }> }
    | { readonly __typename: 'CompletionEnd', readonly reason: CompletionReason, readonly usage: { readonly prompt: number, readonly cached: number, readonly generated: number, readonly waited: number, readonly promptTime: number, readonly time: number }, readonly provenance: { readonly seed: number | null, readonly slots: number | null, readonly batch: BatchMode, readonly threads: number | null, readonly model: { readonly name: string, readonly sha256: string | null }, readonly pack: { readonly name: string, readonly sha256: string } | null, readonly adapter: { readonly name: string, readonly sha256: string } | null, readonly kv: { readonly key: KvType, readonly value: KvType } | null } }
    | { readonly __typename: 'CompletionText', readonly text: string }
    | { readonly __typename: 'CompletionWritten', readonly written: ReadonlyArray<{ readonly kind: PartKind, readonly contextPositions: number | null, readonly droppedCount: number | null, readonly items: ReadonlyArray<{ readonly name: string | null, readonly rung: Rung }> }>, readonly substitutions: ReadonlyArray<{ readonly part: number, readonly name: string, readonly wanted: Rung, readonly written: Rung, readonly why: SubstitutionReason }> }
    | { readonly __typename: 'FacetRow', readonly facet: FacetKind | null, readonly key: string, readonly label: string }
    | { readonly __typename: 'SceneRow', readonly key: string, readonly sceneHyperlexeme: string | null, readonly scene: { readonly id: string, readonly text: string } | null }
   | null };

export type PredictNextQueryVariables = Exact<{
  codes: ReadonlyArray<string | number> | string | number;
  k?: number;
  choice?: ModelChoice;
  labels?: Language;
}>;


export type PredictNextQuery = { readonly predictNext: { readonly mass: number, readonly codes: ReadonlyArray<{ readonly probability: number, readonly code: { readonly code: string | null, readonly digest: string, readonly level: number | null, readonly hyperlexeme: string | null, readonly figures: ReadonlyArray<{ readonly key: string }> } }>, readonly substitutions: ReadonlyArray<{ readonly part: number, readonly name: string, readonly wanted: Rung, readonly written: Rung, readonly why: SubstitutionReason }>, readonly usage: { readonly prompt: number, readonly cached: number, readonly generated: number, readonly waited: number, readonly promptTime: number, readonly time: number }, readonly provenance: { readonly seed: number | null, readonly slots: number | null, readonly batch: BatchMode, readonly threads: number | null, readonly model: { readonly name: string, readonly sha256: string | null }, readonly pack: { readonly name: string, readonly sha256: string } | null, readonly adapter: { readonly name: string, readonly sha256: string } | null, readonly kv: { readonly key: KvType, readonly value: KvType } | null } } | null };

export type ScorePartsQueryVariables = Exact<{
  parts: ReadonlyArray<PromptPart> | PromptPart;
  choice?: ModelChoice;
  labels?: Language;
  form?: PromptForm;
  from?: number;
  most?: number;
}>;


export type ScorePartsQuery = { readonly scoreParts: { readonly tokenCount: number, readonly sum: number, readonly parts: ReadonlyArray<{ readonly tokenCount: number, readonly sum: number }>, readonly tokens: ReadonlyArray<{ readonly part: number | null, readonly text: string, readonly logProbability: number | null }>, readonly substitutions: ReadonlyArray<{ readonly part: number, readonly name: string, readonly wanted: Rung, readonly written: Rung, readonly why: SubstitutionReason }>, readonly usage: { readonly prompt: number, readonly cached: number, readonly generated: number, readonly waited: number, readonly promptTime: number, readonly time: number }, readonly provenance: { readonly seed: number | null, readonly slots: number | null, readonly batch: BatchMode, readonly threads: number | null, readonly model: { readonly name: string, readonly sha256: string | null }, readonly pack: { readonly name: string, readonly sha256: string } | null, readonly adapter: { readonly name: string, readonly sha256: string } | null, readonly kv: { readonly key: KvType, readonly value: KvType } | null } } | null };

export type EmbedPartsQueryVariables = Exact<{
  lists: ReadonlyArray<ReadonlyArray<PromptPart> | PromptPart> | ReadonlyArray<PromptPart> | PromptPart;
  choice?: ModelChoice;
  labels?: Language;
  form?: PromptForm;
}>;


export type EmbedPartsQuery = { readonly embedParts: { readonly embeddings: ReadonlyArray<{ readonly length: number, readonly base64: string, readonly substitutions: ReadonlyArray<{ readonly part: number, readonly name: string, readonly wanted: Rung, readonly written: Rung, readonly why: SubstitutionReason }> }>, readonly usage: { readonly prompt: number, readonly cached: number, readonly generated: number, readonly waited: number, readonly promptTime: number, readonly time: number }, readonly provenance: { readonly seed: number | null, readonly slots: number | null, readonly batch: BatchMode, readonly threads: number | null, readonly model: { readonly name: string, readonly sha256: string | null }, readonly pack: { readonly name: string, readonly sha256: string } | null, readonly adapter: { readonly name: string, readonly sha256: string } | null, readonly kv: { readonly key: KvType, readonly value: KvType } | null } } | null };

export type ModelBudgetQueryVariables = Exact<{
  parts: ReadonlyArray<PromptPart> | PromptPart;
  choice?: ModelChoice;
  labels?: Language;
  form?: PromptForm;
}>;


export type ModelBudgetQuery = { readonly modelBudget: { readonly positions: number, readonly parts: ReadonlyArray<{ readonly positions: number, readonly rungs: ReadonlyArray<{ readonly rung: Rung, readonly positions: number | null }> }>, readonly rungs: ReadonlyArray<{ readonly rung: Rung, readonly itemCount: number, readonly positions: number }>, readonly memory: { readonly bytesPerPosition: number, readonly kvBytes: number, readonly contextKvBytes: number, readonly weightBytes: number, readonly predictedBytes: number } | null, readonly processes: ReadonlyArray<{ readonly model: string, readonly pack: string | null, readonly state: ModelProcessState, readonly running: number, readonly predictedBytes: number, readonly residentBytes: number | null, readonly restarts: number }>, readonly written: ReadonlyArray<{ readonly kind: PartKind, readonly contextPositions: number | null, readonly droppedCount: number | null, readonly items: ReadonlyArray<{ readonly name: string | null, readonly rung: Rung }> }>, readonly substitutions: ReadonlyArray<{ readonly part: number, readonly name: string, readonly wanted: Rung, readonly written: Rung, readonly why: SubstitutionReason }>, readonly model: { readonly name: string, readonly context: number } | null } | null };

export type ModelProcessFieldsFragment = { readonly model: string, readonly pack: string | null, readonly state: ModelProcessState, readonly running: number, readonly predictedBytes: number, readonly residentBytes: number | null, readonly restarts: number };

export type WrittenPartFieldsFragment = { readonly kind: PartKind, readonly contextPositions: number | null, readonly droppedCount: number | null, readonly items: ReadonlyArray<{ readonly name: string | null, readonly rung: Rung }> };

export type SubstitutionFieldsFragment = { readonly part: number, readonly name: string, readonly wanted: Rung, readonly written: Rung, readonly why: SubstitutionReason };

type RowFields_CodeRow_Fragment = { readonly code: string | null, readonly digest: string, readonly level: number | null, readonly hyperlexeme: string | null, readonly figures: ReadonlyArray<{ readonly key: string }> };

type RowFields_FacetRow_Fragment = { readonly facet: FacetKind | null, readonly key: string, readonly label: string };

type RowFields_SceneRow_Fragment = { readonly key: string, readonly sceneHyperlexeme: string | null, readonly scene: { readonly id: string, readonly text: string } | null };

export type RowFieldsFragment =
  | RowFields_CodeRow_Fragment
  | RowFields_FacetRow_Fragment
  | RowFields_SceneRow_Fragment
;

export type CodeRowFieldsFragment = { readonly code: string | null, readonly digest: string, readonly level: number | null, readonly hyperlexeme: string | null, readonly figures: ReadonlyArray<{ readonly key: string }> };

export type ModelUsageFieldsFragment = { readonly prompt: number, readonly cached: number, readonly generated: number, readonly waited: number, readonly promptTime: number, readonly time: number };

export type ProvenanceFieldsFragment = { readonly seed: number | null, readonly slots: number | null, readonly batch: BatchMode, readonly threads: number | null, readonly model: { readonly name: string, readonly sha256: string | null }, readonly pack: { readonly name: string, readonly sha256: string } | null, readonly adapter: { readonly name: string, readonly sha256: string } | null, readonly kv: { readonly key: KvType, readonly value: KvType } | null };

export type ScenesQueryVariables = Exact<{
  filter: SceneFilter;
  labels?: Language;
  first?: number;
  after?: string | null | undefined;
}>;


export type ScenesQuery = { readonly scenes: { readonly totalCount: number | null, readonly nodes: ReadonlyArray<{ readonly id: string, readonly key: string, readonly position: number, readonly kind: SceneKind, readonly start: number, readonly end: number, readonly text: string, readonly lang: Language, readonly hyperlexeme: string, readonly code: string, readonly ordinal: number, readonly agent: { readonly key: string, readonly entity: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly tension: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly context: ReadonlyArray<{ readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence }>, readonly atmosphere: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly archetype: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type SceneQueryVariables = Exact<{
  id: string;
  labels?: Language;
}>;


export type SceneQuery = { readonly scene: { readonly id: string, readonly key: string, readonly position: number, readonly kind: SceneKind, readonly start: number, readonly end: number, readonly text: string, readonly lang: Language, readonly hyperlexeme: string, readonly code: string, readonly ordinal: number, readonly document: { readonly id: string, readonly key: string, readonly name: string, readonly lang: Language, readonly version: number, readonly sha256: string, readonly bytes: number, readonly length: number, readonly notices: ReadonlyArray<string>, readonly sceneCount: number } | null, readonly agent: { readonly key: string, readonly entity: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly tension: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly context: ReadonlyArray<{ readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence }>, readonly atmosphere: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly archetype: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null } | null };

export type SceneCouplingsQueryVariables = Exact<{
  id: string;
  labels?: Language;
  first?: number;
  after?: string | null | undefined;
}>;


export type SceneCouplingsQuery = { readonly scene: { readonly id: string, readonly couplings: { readonly nodes: ReadonlyArray<{ readonly weight: number, readonly because: ReadonlyArray<{ readonly kind: ReasonKind, readonly key: string, readonly label: string, readonly weight: number }>, readonly scene: { readonly id: string, readonly text: string }, readonly other: { readonly id: string, readonly text: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type FacetsQueryVariables = Exact<{
  filter: FacetFilter;
  labels?: Language;
  first?: number;
  after?: string | null | undefined;
}>;


export type FacetsQuery = { readonly facets: { readonly nodes: ReadonlyArray<{ readonly kind: FacetKind, readonly key: string, readonly label: string, readonly sceneCount: number }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type FacetFieldsFragment = { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence };

export type SceneFieldsFragment = { readonly id: string, readonly key: string, readonly position: number, readonly kind: SceneKind, readonly start: number, readonly end: number, readonly text: string, readonly lang: Language, readonly hyperlexeme: string, readonly code: string, readonly ordinal: number, readonly agent: { readonly key: string, readonly entity: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly tension: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly context: ReadonlyArray<{ readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence }>, readonly atmosphere: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly archetype: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null };

export type CouplingFieldsFragment = { readonly weight: number, readonly because: ReadonlyArray<{ readonly kind: ReasonKind, readonly key: string, readonly label: string, readonly weight: number }>, readonly scene: { readonly id: string, readonly text: string }, readonly other: { readonly id: string, readonly text: string } };

export type SearchQueryVariables = Exact<{
  corpus: string;
  text: string;
  kinds?: ReadonlyArray<SearchKind> | SearchKind | null | undefined;
  labels?: Language;
  first?: number;
  after?: string | null | undefined;
}>;


export type SearchQuery = { readonly search: { readonly totalCount: number, readonly truncated: boolean, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly score: number, readonly highlights: ReadonlyArray<{ readonly start: number, readonly end: number, readonly text: string }>, readonly because: ReadonlyArray<{ readonly kind: ClueKind, readonly key: string, readonly weight: number, readonly label: string }>, readonly hit:
          | { readonly __typename: 'CorpusFacet', readonly key: string, readonly facetKind: FacetKind }
          | { readonly __typename: 'Hypertoken', readonly code: string, readonly level: number }
          | { readonly __typename: 'Occurrence', readonly ref: string, readonly size: number }
          | { readonly __typename: 'Scene', readonly id: string, readonly key: string, readonly position: number, readonly kind: SceneKind, readonly start: number, readonly end: number, readonly text: string, readonly lang: Language, readonly hyperlexeme: string, readonly code: string, readonly ordinal: number, readonly agent: { readonly key: string, readonly entity: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly tension: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly context: ReadonlyArray<{ readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence }>, readonly atmosphere: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null, readonly archetype: { readonly kind: FacetKind, readonly key: string, readonly label: string, readonly text: string, readonly start: number, readonly end: number, readonly confidence: number, readonly by: FacetEvidence } | null }
         } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ActivationFieldsFragmentDoc = new TypedDocumentString(`
    fragment ActivationFields on Activation {
  clues {
    kind
    key
    label(labels: $labels)
    weight
    sceneCount
    takenCount
  }
  wordsLeft
  seedCount
  litCount
  touched
  truncated
}
    `, {"fragmentName":"ActivationFields"}) as unknown as TypedDocumentString<ActivationFieldsFragment, unknown>;
export const DeletePayloadFieldsFragmentDoc = new TypedDocumentString(`
    fragment DeletePayloadFields on DeletePayload {
  deletedId
  documents
  scenes
  couplings
  occurrences
}
    `, {"fragmentName":"DeletePayloadFields"}) as unknown as TypedDocumentString<DeletePayloadFieldsFragment, unknown>;
export const TokenSpreadFieldsFragmentDoc = new TypedDocumentString(`
    fragment TokenSpreadFields on TokenSpread {
  count
  total
  mean
  median
  p90
  max
}
    `, {"fragmentName":"TokenSpreadFields"}) as unknown as TypedDocumentString<TokenSpreadFieldsFragment, unknown>;
export const PageFieldsFragmentDoc = new TypedDocumentString(`
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
    `, {"fragmentName":"PageFields"}) as unknown as TypedDocumentString<PageFieldsFragment, unknown>;
export const CorpusFieldsFragmentDoc = new TypedDocumentString(`
    fragment CorpusFields on Corpus {
  id
  name
  documentCount
  sceneCount
  couplingCount
  uncoupledCount
  revision
  collapse
}
    `, {"fragmentName":"CorpusFields"}) as unknown as TypedDocumentString<CorpusFieldsFragment, unknown>;
export const DocumentFieldsFragmentDoc = new TypedDocumentString(`
    fragment DocumentFields on Document {
  id
  key
  name
  lang
  version
  sha256
  bytes
  length
  notices
  sceneCount
}
    `, {"fragmentName":"DocumentFields"}) as unknown as TypedDocumentString<DocumentFieldsFragment, unknown>;
export const ExportFieldsFragmentDoc = new TypedDocumentString(`
    fragment ExportFields on Export {
  id
  corpus
  revision
  format
  documents
  scenes
  couplings
  bytes
  manifestUrl
  finishedAt
  expiresAt
  files {
    path
    bytes
    rows
    sha256
    url
  }
}
    `, {"fragmentName":"ExportFields"}) as unknown as TypedDocumentString<ExportFieldsFragment, unknown>;
export const OccurrenceFieldsFragmentDoc = new TypedDocumentString(`
    fragment OccurrenceFields on Occurrence {
  id
  ref
  code
  ordinal
  level
  size
}
    `, {"fragmentName":"OccurrenceFields"}) as unknown as TypedDocumentString<OccurrenceFieldsFragment, unknown>;
export const ViewFieldsFragmentDoc = new TypedDocumentString(`
    fragment ViewFields on View {
  name
  size
  occurrence {
    ...OccurrenceFields
  }
  selection {
    by
  }
}
    fragment OccurrenceFields on Occurrence {
  id
  ref
  code
  ordinal
  level
  size
}`, {"fragmentName":"ViewFields"}) as unknown as TypedDocumentString<ViewFieldsFragment, unknown>;
export const JobFieldsFragmentDoc = new TypedDocumentString(`
    fragment JobFields on Job {
  id
  kind
  corpus
  state
  attempts
  progress {
    stage
    subject
    done
    total
    unit
    fraction
  }
  error {
    code
    message
    retriable
  }
}
    `, {"fragmentName":"JobFields"}) as unknown as TypedDocumentString<JobFieldsFragment, unknown>;
export const ModelProcessFieldsFragmentDoc = new TypedDocumentString(`
    fragment ModelProcessFields on ModelProcess {
  model
  pack
  state
  running
  predictedBytes
  residentBytes
  restarts
}
    `, {"fragmentName":"ModelProcessFields"}) as unknown as TypedDocumentString<ModelProcessFieldsFragment, unknown>;
export const WrittenPartFieldsFragmentDoc = new TypedDocumentString(`
    fragment WrittenPartFields on WrittenPart {
  kind
  items {
    name
    rung
  }
  contextPositions
  droppedCount
}
    `, {"fragmentName":"WrittenPartFields"}) as unknown as TypedDocumentString<WrittenPartFieldsFragment, unknown>;
export const SubstitutionFieldsFragmentDoc = new TypedDocumentString(`
    fragment SubstitutionFields on Substitution {
  part
  name
  wanted
  written
  why
}
    `, {"fragmentName":"SubstitutionFields"}) as unknown as TypedDocumentString<SubstitutionFieldsFragment, unknown>;
export const CodeRowFieldsFragmentDoc = new TypedDocumentString(`
    fragment CodeRowFields on CodeRow {
  code
  digest
  level
  hyperlexeme
  figures {
    key
  }
}
    `, {"fragmentName":"CodeRowFields"}) as unknown as TypedDocumentString<CodeRowFieldsFragment, unknown>;
export const RowFieldsFragmentDoc = new TypedDocumentString(`
    fragment RowFields on CompletionPiece {
  ... on CodeRow {
    ...CodeRowFields
  }
  ... on FacetRow {
    facet
    key
    label: hyperlexeme
  }
  ... on SceneRow {
    key
    scene {
      id
      text
    }
    sceneHyperlexeme: hyperlexeme
  }
}
    fragment CodeRowFields on CodeRow {
  code
  digest
  level
  hyperlexeme
  figures {
    key
  }
}`, {"fragmentName":"RowFields"}) as unknown as TypedDocumentString<RowFieldsFragment, unknown>;
export const ModelUsageFieldsFragmentDoc = new TypedDocumentString(`
    fragment ModelUsageFields on ModelUsage {
  prompt
  cached
  generated
  waited
  promptTime
  time
}
    `, {"fragmentName":"ModelUsageFields"}) as unknown as TypedDocumentString<ModelUsageFieldsFragment, unknown>;
export const ProvenanceFieldsFragmentDoc = new TypedDocumentString(`
    fragment ProvenanceFields on Provenance {
  model {
    name
    sha256
  }
  pack {
    name
    sha256
  }
  adapter {
    name
    sha256
  }
  seed
  slots
  batch
  threads
  kv {
    key
    value
  }
}
    `, {"fragmentName":"ProvenanceFields"}) as unknown as TypedDocumentString<ProvenanceFieldsFragment, unknown>;
export const FacetFieldsFragmentDoc = new TypedDocumentString(`
    fragment FacetFields on Facet {
  kind
  key
  label(labels: $labels)
  text
  start
  end
  confidence
  by
}
    `, {"fragmentName":"FacetFields"}) as unknown as TypedDocumentString<FacetFieldsFragment, unknown>;
export const SceneFieldsFragmentDoc = new TypedDocumentString(`
    fragment SceneFields on Scene {
  id
  key
  position
  kind
  start
  end
  text
  lang
  agent {
    key
    entity
    text
    start
    end
    confidence
    by
  }
  tension {
    ...FacetFields
  }
  context {
    ...FacetFields
  }
  atmosphere {
    ...FacetFields
  }
  archetype {
    ...FacetFields
  }
  hyperlexeme(labels: $labels)
  code
  ordinal
}
    fragment FacetFields on Facet {
  kind
  key
  label(labels: $labels)
  text
  start
  end
  confidence
  by
}`, {"fragmentName":"SceneFields"}) as unknown as TypedDocumentString<SceneFieldsFragment, unknown>;
export const CouplingFieldsFragmentDoc = new TypedDocumentString(`
    fragment CouplingFields on Coupling {
  weight
  because {
    kind
    key
    label(labels: $labels)
    weight
  }
  scene {
    id
    text
  }
  other {
    id
    text
  }
}
    `, {"fragmentName":"CouplingFields"}) as unknown as TypedDocumentString<CouplingFieldsFragment, unknown>;
export const Activate = new TypedDocumentString(`
    query Activate($from: ActivationSource!, $corpus: String, $labels: Language! = RU, $limit: Int! = 50, $budget: Int! = 400) {
  activate(from: $from, corpus: $corpus, limit: $limit, budget: $budget) {
    ...ActivationFields
    scenes {
      score
      scene {
        ...SceneFields
      }
      because {
        kind
        key
        label(labels: $labels)
        weight
      }
    }
  }
}
    fragment ActivationFields on Activation {
  clues {
    kind
    key
    label(labels: $labels)
    weight
    sceneCount
    takenCount
  }
  wordsLeft
  seedCount
  litCount
  touched
  truncated
}
fragment FacetFields on Facet {
  kind
  key
  label(labels: $labels)
  text
  start
  end
  confidence
  by
}
fragment SceneFields on Scene {
  id
  key
  position
  kind
  start
  end
  text
  lang
  agent {
    key
    entity
    text
    start
    end
    confidence
    by
  }
  tension {
    ...FacetFields
  }
  context {
    ...FacetFields
  }
  atmosphere {
    ...FacetFields
  }
  archetype {
    ...FacetFields
  }
  hyperlexeme(labels: $labels)
  code
  ordinal
}`) as unknown as TypedDocumentString<ActivateQuery, ActivateQueryVariables>;
export const Assemble = new TypedDocumentString(`
    query Assemble($from: ActivationSource!, $tokens: Int!, $corpus: String, $rung: FoldedRung! = HYPERLEXEME, $labels: Language! = RU, $limit: Int! = 100, $budget: Int! = 400) {
  assemble(
    from: $from
    corpus: $corpus
    tokens: $tokens
    rung: $rung
    labels: $labels
    limit: $limit
    budget: $budget
  ) {
    tokenizer
    tokens
    positions
    pieces {
      form
      rung
      text
      positions
      occurrence {
        ...OccurrenceFields
      }
      scenes {
        id
      }
    }
    dropped {
      why
      scene {
        id
      }
    }
  }
}
    fragment OccurrenceFields on Occurrence {
  id
  ref
  code
  ordinal
  level
  size
}`) as unknown as TypedDocumentString<AssembleQuery, AssembleQueryVariables>;
export const ReadText = new TypedDocumentString(`
    mutation ReadText($input: ReadTextInput!) {
  readText(input: $input) {
    document {
      ...DocumentFields
    }
    unchanged
    sceneCount
    scenesAdded
    scenesKept
    scenesDeleted
    viewsDeleted
    couplings
    notices
  }
}
    fragment DocumentFields on Document {
  id
  key
  name
  lang
  version
  sha256
  bytes
  length
  notices
  sceneCount
}`) as unknown as TypedDocumentString<ReadTextMutation, ReadTextMutationVariables>;
export const Couple = new TypedDocumentString(`
    mutation Couple($corpus: String!) {
  couple(corpus: $corpus) {
    scenes
    added
    removed
  }
}
    `) as unknown as TypedDocumentString<CoupleMutation, CoupleMutationVariables>;
export const Collapse = new TypedDocumentString(`
    mutation Collapse($corpus: String!, $resolution: Float, $seed: Int, $afresh: Boolean! = false) {
  collapse(corpus: $corpus, resolution: $resolution, seed: $seed, afresh: $afresh) {
    revision
    occurrences
    afresh
    risen
    added
    kept
    deleted
    newCodes
    levels {
      level
      occurrences
    }
  }
}
    `) as unknown as TypedDocumentString<CollapseMutation, CollapseMutationVariables>;
export const CollapseView = new TypedDocumentString(`
    mutation CollapseView($input: CollapseViewInput!) {
  collapseView(input: $input) {
    view {
      ...ViewFields
    }
    unchanged
    replaced
    newCode
  }
}
    fragment OccurrenceFields on Occurrence {
  id
  ref
  code
  ordinal
  level
  size
}
fragment ViewFields on View {
  name
  size
  occurrence {
    ...OccurrenceFields
  }
  selection {
    by
  }
}`) as unknown as TypedDocumentString<CollapseViewMutation, CollapseViewMutationVariables>;
export const DeleteView = new TypedDocumentString(`
    mutation DeleteView($corpus: String!, $name: String!) {
  deleteView(corpus: $corpus, name: $name) {
    name
    deletedRef
    size
  }
}
    `) as unknown as TypedDocumentString<DeleteViewMutation, DeleteViewMutationVariables>;
export const MergeAgents = new TypedDocumentString(`
    mutation MergeAgents($input: MergeAgentsInput!) {
  mergeAgents(input: $input) {
    alias
    into
    person
    unchanged
    scenes
    occurrences
    couplings
  }
}
    `) as unknown as TypedDocumentString<MergeAgentsMutation, MergeAgentsMutationVariables>;
export const UndoMerge = new TypedDocumentString(`
    mutation UndoMerge($corpus: String!, $alias: String!) {
  undoMerge(corpus: $corpus, alias: $alias) {
    alias
    into
    person
    unchanged
    scenes
    occurrences
    couplings
  }
}
    `) as unknown as TypedDocumentString<UndoMergeMutation, UndoMergeMutationVariables>;
export const DeleteDocument = new TypedDocumentString(`
    mutation DeleteDocument($corpus: String!, $name: String!) {
  deleteDocument(corpus: $corpus, name: $name) {
    ...DeletePayloadFields
  }
}
    fragment DeletePayloadFields on DeletePayload {
  deletedId
  documents
  scenes
  couplings
  occurrences
}`) as unknown as TypedDocumentString<DeleteDocumentMutation, DeleteDocumentMutationVariables>;
export const DeleteCorpus = new TypedDocumentString(`
    mutation DeleteCorpus($name: String!) {
  deleteCorpus(name: $name) {
    ...DeletePayloadFields
  }
}
    fragment DeletePayloadFields on DeletePayload {
  deletedId
  documents
  scenes
  couplings
  occurrences
}`) as unknown as TypedDocumentString<DeleteCorpusMutation, DeleteCorpusMutationVariables>;
export const Service = new TypedDocumentString(`
    query Service {
  service {
    version
    store
    workspace
    tokenizer
    limits {
      documentBytes
      page
      couplingsPerScene
      depth
      aliases
      tokens
      values
    }
  }
}
    `) as unknown as TypedDocumentString<ServiceQuery, ServiceQueryVariables>;
export const Corpora = new TypedDocumentString(`
    query Corpora($first: Int! = 50, $after: String) {
  corpora(first: $first, after: $after) {
    nodes {
      ...CorpusFields
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
fragment CorpusFields on Corpus {
  id
  name
  documentCount
  sceneCount
  couplingCount
  uncoupledCount
  revision
  collapse
}`) as unknown as TypedDocumentString<CorporaQuery, CorporaQueryVariables>;
export const Corpus = new TypedDocumentString(`
    query Corpus($name: String!) {
  corpus(name: $name) {
    ...CorpusFields
  }
}
    fragment CorpusFields on Corpus {
  id
  name
  documentCount
  sceneCount
  couplingCount
  uncoupledCount
  revision
  collapse
}`) as unknown as TypedDocumentString<CorpusQuery, CorpusQueryVariables>;
export const Documents = new TypedDocumentString(`
    query Documents($corpus: String!, $first: Int! = 50, $after: String) {
  corpus(name: $corpus) {
    documents(first: $first, after: $after) {
      totalCount
      nodes {
        ...DocumentFields
      }
      pageInfo {
        ...PageFields
      }
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
fragment DocumentFields on Document {
  id
  key
  name
  lang
  version
  sha256
  bytes
  length
  notices
  sceneCount
}`) as unknown as TypedDocumentString<DocumentsQuery, DocumentsQueryVariables>;
export const DocumentText = new TypedDocumentString(`
    query DocumentText($corpus: String!, $name: String!, $start: Int! = 0, $end: Int) {
  document(corpus: $corpus, name: $name) {
    ...DocumentFields
    text(start: $start, end: $end)
  }
}
    fragment DocumentFields on Document {
  id
  key
  name
  lang
  version
  sha256
  bytes
  length
  notices
  sceneCount
}`) as unknown as TypedDocumentString<DocumentTextQuery, DocumentTextQueryVariables>;
export const Budget = new TypedDocumentString(`
    query Budget($of: BudgetSource!, $labels: Language! = RU, $scenesMax: Int! = 5000) {
  budget(of: $of, labels: $labels, scenesMax: $scenesMax) {
    tokenizer
    sceneCount
    truncated
    withoutFigureCount
    withoutFigureShare
    codeCount
    typeTokenRatio
    textTokens
    languages {
      lang
      sceneCount
      withoutFigureCount
      withoutFigureShare
      codeCount
      typeTokenRatio
      textTokens
      sentences {
        ...TokenSpreadFields
      }
      halves {
        ...TokenSpreadFields
      }
      levels {
        level
        positions
        compression
      }
    }
    levels {
      level
      positions
      compression
      occurrenceCount
      codeCount
      typeTokenRatio
      registryCodes
      registryPositions
      compressionWithRegistry
    }
    groups {
      lang
      kind
      sceneCount
      rungs {
        rung
        total
        mean
        median
        p90
        max
      }
    }
  }
}
    fragment TokenSpreadFields on TokenSpread {
  count
  total
  mean
  median
  p90
  max
}`) as unknown as TypedDocumentString<BudgetQuery, BudgetQueryVariables>;
export const Exports = new TypedDocumentString(`
    query Exports($first: Int! = 50, $after: String) {
  exports(first: $first, after: $after) {
    edges {
      cursor
      node {
        ...ExportFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ExportFields on Export {
  id
  corpus
  revision
  format
  documents
  scenes
  couplings
  bytes
  manifestUrl
  finishedAt
  expiresAt
  files {
    path
    bytes
    rows
    sha256
    url
  }
}`) as unknown as TypedDocumentString<ExportsQuery, ExportsQueryVariables>;
export const Export = new TypedDocumentString(`
    query Export($id: ID!) {
  export(id: $id) {
    ...ExportFields
  }
}
    fragment ExportFields on Export {
  id
  corpus
  revision
  format
  documents
  scenes
  couplings
  bytes
  manifestUrl
  finishedAt
  expiresAt
  files {
    path
    bytes
    rows
    sha256
    url
  }
}`) as unknown as TypedDocumentString<ExportQuery, ExportQueryVariables>;
export const DeleteExport = new TypedDocumentString(`
    mutation DeleteExport($id: ID!) {
  deleteExport(id: $id) {
    deletedId
  }
}
    `) as unknown as TypedDocumentString<DeleteExportMutation, DeleteExportMutationVariables>;
export const Hypertokens = new TypedDocumentString(`
    query Hypertokens($filter: HypertokenFilter! = {}, $labels: Language! = RU, $first: Int! = 50, $after: String) {
  hypertokens(filter: $filter, first: $first, after: $after) {
    nodes {
      id
      code
      level
      digest
      hyperlexeme(labels: $labels)
      occurrenceCount
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}`) as unknown as TypedDocumentString<HypertokensQuery, HypertokensQueryVariables>;
export const Occurrences = new TypedDocumentString(`
    query Occurrences($filter: OccurrenceFilter! = {}, $first: Int! = 50, $after: String) {
  occurrences(filter: $filter, first: $first, after: $after) {
    nodes {
      ...OccurrenceFields
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
fragment OccurrenceFields on Occurrence {
  id
  ref
  code
  ordinal
  level
  size
}`) as unknown as TypedDocumentString<OccurrencesQuery, OccurrencesQueryVariables>;
export const Expand = new TypedDocumentString(`
    query Expand($ref: OccurrenceRef!, $labels: Language! = RU, $depth: Int, $first: Int, $after: String) {
  expand(ref: $ref, depth: $depth, first: $first, after: $after) {
    occurrence {
      ...OccurrenceFields
    }
    hypertoken {
      id
      code
      level
      hyperlexeme(labels: $labels)
    }
    parts {
      nodes {
        ...OccurrenceFields
      }
      pageInfo {
        ...PageFields
      }
    }
    scenes {
      totalCount
      nodes {
        ...SceneFields
      }
    }
    couplings {
      ...CouplingFields
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
fragment OccurrenceFields on Occurrence {
  id
  ref
  code
  ordinal
  level
  size
}
fragment FacetFields on Facet {
  kind
  key
  label(labels: $labels)
  text
  start
  end
  confidence
  by
}
fragment SceneFields on Scene {
  id
  key
  position
  kind
  start
  end
  text
  lang
  agent {
    key
    entity
    text
    start
    end
    confidence
    by
  }
  tension {
    ...FacetFields
  }
  context {
    ...FacetFields
  }
  atmosphere {
    ...FacetFields
  }
  archetype {
    ...FacetFields
  }
  hyperlexeme(labels: $labels)
  code
  ordinal
}
fragment CouplingFields on Coupling {
  weight
  because {
    kind
    key
    label(labels: $labels)
    weight
  }
  scene {
    id
    text
  }
  other {
    id
    text
  }
}`) as unknown as TypedDocumentString<ExpandQuery, ExpandQueryVariables>;
export const Bundle = new TypedDocumentString(`
    query Bundle($ref: OccurrenceRef!, $labels: Language! = RU, $scenesMax: Int! = 5000) {
  bundle(ref: $ref, scenesMax: $scenesMax) {
    scenesRead
    truncated
    hyperlexeme(labels: $labels)
    gloss(labels: $labels)
    agents {
      key
      label(labels: $labels)
      sceneCount
    }
    documentCount
    coherence
    summary {
      id
      text
    }
  }
}
    `) as unknown as TypedDocumentString<BundleQuery, BundleQueryVariables>;
export const Views = new TypedDocumentString(`
    query Views($corpus: String!, $first: Int! = 50, $after: String) {
  views(corpus: $corpus, first: $first, after: $after) {
    nodes {
      ...ViewFields
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
fragment OccurrenceFields on Occurrence {
  id
  ref
  code
  ordinal
  level
  size
}
fragment ViewFields on View {
  name
  size
  occurrence {
    ...OccurrenceFields
  }
  selection {
    by
  }
}`) as unknown as TypedDocumentString<ViewsQuery, ViewsQueryVariables>;
export const StartJob = new TypedDocumentString(`
    mutation StartJob($input: StartJobInput!) {
  startJob(input: $input) {
    job {
      ...JobFields
    }
  }
}
    fragment JobFields on Job {
  id
  kind
  corpus
  state
  attempts
  progress {
    stage
    subject
    done
    total
    unit
    fraction
  }
  error {
    code
    message
    retriable
  }
}`) as unknown as TypedDocumentString<StartJobMutation, StartJobMutationVariables>;
export const CancelJob = new TypedDocumentString(`
    mutation CancelJob($id: ID!) {
  cancelJob(id: $id) {
    job {
      ...JobFields
    }
  }
}
    fragment JobFields on Job {
  id
  kind
  corpus
  state
  attempts
  progress {
    stage
    subject
    done
    total
    unit
    fraction
  }
  error {
    code
    message
    retriable
  }
}`) as unknown as TypedDocumentString<CancelJobMutation, CancelJobMutationVariables>;
export const RetryJob = new TypedDocumentString(`
    mutation RetryJob($id: ID!) {
  retryJob(id: $id) {
    job {
      ...JobFields
    }
  }
}
    fragment JobFields on Job {
  id
  kind
  corpus
  state
  attempts
  progress {
    stage
    subject
    done
    total
    unit
    fraction
  }
  error {
    code
    message
    retriable
  }
}`) as unknown as TypedDocumentString<RetryJobMutation, RetryJobMutationVariables>;
export const Job = new TypedDocumentString(`
    query Job($id: ID!) {
  job(id: $id) {
    ...JobFields
  }
}
    fragment JobFields on Job {
  id
  kind
  corpus
  state
  attempts
  progress {
    stage
    subject
    done
    total
    unit
    fraction
  }
  error {
    code
    message
    retriable
  }
}`) as unknown as TypedDocumentString<JobQuery, JobQueryVariables>;
export const Jobs = new TypedDocumentString(`
    query Jobs($filter: JobFilter! = {}, $first: Int! = 50, $after: String) {
  jobs(filter: $filter, first: $first, after: $after) {
    edges {
      cursor
      node {
        ...JobFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment JobFields on Job {
  id
  kind
  corpus
  state
  attempts
  progress {
    stage
    subject
    done
    total
    unit
    fraction
  }
  error {
    code
    message
    retriable
  }
}`) as unknown as TypedDocumentString<JobsQuery, JobsQueryVariables>;
export const FollowJob = new TypedDocumentString(`
    subscription FollowJob($id: ID!) {
  job(id: $id) {
    ...JobFields
  }
}
    fragment JobFields on Job {
  id
  kind
  corpus
  state
  attempts
  progress {
    stage
    subject
    done
    total
    unit
    fraction
  }
  error {
    code
    message
    retriable
  }
}`) as unknown as TypedDocumentString<FollowJobSubscription, FollowJobSubscriptionVariables>;
export const FollowCorpus = new TypedDocumentString(`
    subscription FollowCorpus($name: String!) {
  corpus(name: $name) {
    ...CorpusFields
  }
}
    fragment CorpusFields on Corpus {
  id
  name
  documentCount
  sceneCount
  couplingCount
  uncoupledCount
  revision
  collapse
}`) as unknown as TypedDocumentString<FollowCorpusSubscription, FollowCorpusSubscriptionVariables>;
export const Model = new TypedDocumentString(`
    query Model {
  model {
    name
    sha256
    architecture
    parameters
    weightBytes
    quantization {
      type
      bitsPerParameter
    }
    context
    slots
    gpu
    processes {
      ...ModelProcessFields
    }
    waiting
  }
}
    fragment ModelProcessFields on ModelProcess {
  model
  pack
  state
  running
  predictedBytes
  residentBytes
  restarts
}`) as unknown as TypedDocumentString<ModelQuery, ModelQueryVariables>;
export const ModelPacks = new TypedDocumentString(`
    query ModelPacks {
  model {
    packs {
      name
      sha256
      base
      codeRows
      facetRows
      sceneRows
      predictedRows
      hasAdapter
      loaded
      unusable
    }
  }
}
    `) as unknown as TypedDocumentString<ModelPacksQuery, ModelPacksQueryVariables>;
export const CompleteParts = new TypedDocumentString(`
    mutation CompleteParts($parts: [PromptPart!]!, $choice: ModelChoice! = {}, $labels: Language! = RU, $form: PromptForm! = RAW, $tokensMax: Int! = 256, $sampling: Sampling! = {}, $stop: [String!]! = [], $schema: String) {
  completeParts(
    parts: $parts
    choice: $choice
    labels: $labels
    form: $form
    tokensMax: $tokensMax
    sampling: $sampling
    stop: $stop
    schema: $schema
  ) {
    text
    pieces {
      __typename
      ... on CompletionText {
        text
      }
      ...RowFields
    }
    reason
    written {
      ...WrittenPartFields
    }
    substitutions {
      ...SubstitutionFields
    }
    usage {
      ...ModelUsageFields
    }
    provenance {
      ...ProvenanceFields
    }
  }
}
    fragment WrittenPartFields on WrittenPart {
  kind
  items {
    name
    rung
  }
  contextPositions
  droppedCount
}
fragment SubstitutionFields on Substitution {
  part
  name
  wanted
  written
  why
}
fragment RowFields on CompletionPiece {
  ... on CodeRow {
    ...CodeRowFields
  }
  ... on FacetRow {
    facet
    key
    label: hyperlexeme
  }
  ... on SceneRow {
    key
    scene {
      id
      text
    }
    sceneHyperlexeme: hyperlexeme
  }
}
fragment CodeRowFields on CodeRow {
  code
  digest
  level
  hyperlexeme
  figures {
    key
  }
}
fragment ModelUsageFields on ModelUsage {
  prompt
  cached
  generated
  waited
  promptTime
  time
}
fragment ProvenanceFields on Provenance {
  model {
    name
    sha256
  }
  pack {
    name
    sha256
  }
  adapter {
    name
    sha256
  }
  seed
  slots
  batch
  threads
  kv {
    key
    value
  }
}`) as unknown as TypedDocumentString<CompletePartsMutation, CompletePartsMutationVariables>;
export const Completion = new TypedDocumentString(`
    subscription Completion($parts: [PromptPart!]!, $choice: ModelChoice! = {}, $labels: Language! = RU, $form: PromptForm! = RAW, $tokensMax: Int! = 256, $sampling: Sampling! = {}, $stop: [String!]! = [], $schema: String) {
  completion(
    parts: $parts
    choice: $choice
    labels: $labels
    form: $form
    tokensMax: $tokensMax
    sampling: $sampling
    stop: $stop
    schema: $schema
  ) {
    __typename
    ... on CompletionWritten {
      written {
        ...WrittenPartFields
      }
      substitutions {
        ...SubstitutionFields
      }
    }
    ... on CompletionText {
      text
    }
    ...RowFields
    ... on CompletionEnd {
      reason
      usage {
        ...ModelUsageFields
      }
      provenance {
        ...ProvenanceFields
      }
    }
  }
}
    fragment WrittenPartFields on WrittenPart {
  kind
  items {
    name
    rung
  }
  contextPositions
  droppedCount
}
fragment SubstitutionFields on Substitution {
  part
  name
  wanted
  written
  why
}
fragment RowFields on CompletionPiece {
  ... on CodeRow {
    ...CodeRowFields
  }
  ... on FacetRow {
    facet
    key
    label: hyperlexeme
  }
  ... on SceneRow {
    key
    scene {
      id
      text
    }
    sceneHyperlexeme: hyperlexeme
  }
}
fragment CodeRowFields on CodeRow {
  code
  digest
  level
  hyperlexeme
  figures {
    key
  }
}
fragment ModelUsageFields on ModelUsage {
  prompt
  cached
  generated
  waited
  promptTime
  time
}
fragment ProvenanceFields on Provenance {
  model {
    name
    sha256
  }
  pack {
    name
    sha256
  }
  adapter {
    name
    sha256
  }
  seed
  slots
  batch
  threads
  kv {
    key
    value
  }
}`) as unknown as TypedDocumentString<CompletionSubscription, CompletionSubscriptionVariables>;
export const PredictNext = new TypedDocumentString(`
    query PredictNext($codes: [Code!]!, $k: Int! = 10, $choice: ModelChoice! = {}, $labels: Language! = RU) {
  predictNext(codes: $codes, k: $k, choice: $choice, labels: $labels) {
    codes {
      probability
      code {
        ...CodeRowFields
      }
    }
    mass
    substitutions {
      ...SubstitutionFields
    }
    usage {
      ...ModelUsageFields
    }
    provenance {
      ...ProvenanceFields
    }
  }
}
    fragment SubstitutionFields on Substitution {
  part
  name
  wanted
  written
  why
}
fragment CodeRowFields on CodeRow {
  code
  digest
  level
  hyperlexeme
  figures {
    key
  }
}
fragment ModelUsageFields on ModelUsage {
  prompt
  cached
  generated
  waited
  promptTime
  time
}
fragment ProvenanceFields on Provenance {
  model {
    name
    sha256
  }
  pack {
    name
    sha256
  }
  adapter {
    name
    sha256
  }
  seed
  slots
  batch
  threads
  kv {
    key
    value
  }
}`) as unknown as TypedDocumentString<PredictNextQuery, PredictNextQueryVariables>;
export const ScoreParts = new TypedDocumentString(`
    query ScoreParts($parts: [PromptPart!]!, $choice: ModelChoice! = {}, $labels: Language! = RU, $form: PromptForm! = RAW, $from: Int! = 0, $most: Int! = 1000) {
  scoreParts(parts: $parts, choice: $choice, labels: $labels, form: $form) {
    parts {
      tokenCount
      sum
    }
    tokens(from: $from, most: $most) {
      part
      text
      logProbability
    }
    tokenCount
    sum
    substitutions {
      ...SubstitutionFields
    }
    usage {
      ...ModelUsageFields
    }
    provenance {
      ...ProvenanceFields
    }
  }
}
    fragment SubstitutionFields on Substitution {
  part
  name
  wanted
  written
  why
}
fragment ModelUsageFields on ModelUsage {
  prompt
  cached
  generated
  waited
  promptTime
  time
}
fragment ProvenanceFields on Provenance {
  model {
    name
    sha256
  }
  pack {
    name
    sha256
  }
  adapter {
    name
    sha256
  }
  seed
  slots
  batch
  threads
  kv {
    key
    value
  }
}`) as unknown as TypedDocumentString<ScorePartsQuery, ScorePartsQueryVariables>;
export const EmbedParts = new TypedDocumentString(`
    query EmbedParts($lists: [[PromptPart!]!]!, $choice: ModelChoice! = {}, $labels: Language! = RU, $form: PromptForm! = RAW) {
  embedParts(lists: $lists, choice: $choice, labels: $labels, form: $form) {
    embeddings {
      length
      base64
      substitutions {
        ...SubstitutionFields
      }
    }
    usage {
      ...ModelUsageFields
    }
    provenance {
      ...ProvenanceFields
    }
  }
}
    fragment SubstitutionFields on Substitution {
  part
  name
  wanted
  written
  why
}
fragment ModelUsageFields on ModelUsage {
  prompt
  cached
  generated
  waited
  promptTime
  time
}
fragment ProvenanceFields on Provenance {
  model {
    name
    sha256
  }
  pack {
    name
    sha256
  }
  adapter {
    name
    sha256
  }
  seed
  slots
  batch
  threads
  kv {
    key
    value
  }
}`) as unknown as TypedDocumentString<EmbedPartsQuery, EmbedPartsQueryVariables>;
export const ModelBudget = new TypedDocumentString(`
    query ModelBudget($parts: [PromptPart!]!, $choice: ModelChoice! = {}, $labels: Language! = RU, $form: PromptForm! = RAW) {
  modelBudget(parts: $parts, choice: $choice, labels: $labels, form: $form) {
    positions
    parts {
      positions
      rungs {
        rung
        positions
      }
    }
    rungs {
      rung
      itemCount
      positions
    }
    memory {
      bytesPerPosition
      kvBytes
      contextKvBytes
      weightBytes
      predictedBytes
    }
    processes {
      ...ModelProcessFields
    }
    written {
      ...WrittenPartFields
    }
    substitutions {
      ...SubstitutionFields
    }
    model {
      name
      context
    }
  }
}
    fragment ModelProcessFields on ModelProcess {
  model
  pack
  state
  running
  predictedBytes
  residentBytes
  restarts
}
fragment WrittenPartFields on WrittenPart {
  kind
  items {
    name
    rung
  }
  contextPositions
  droppedCount
}
fragment SubstitutionFields on Substitution {
  part
  name
  wanted
  written
  why
}`) as unknown as TypedDocumentString<ModelBudgetQuery, ModelBudgetQueryVariables>;
export const Scenes = new TypedDocumentString(`
    query Scenes($filter: SceneFilter!, $labels: Language! = RU, $first: Int! = 50, $after: String) {
  scenes(filter: $filter, first: $first, after: $after) {
    totalCount
    nodes {
      ...SceneFields
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
fragment FacetFields on Facet {
  kind
  key
  label(labels: $labels)
  text
  start
  end
  confidence
  by
}
fragment SceneFields on Scene {
  id
  key
  position
  kind
  start
  end
  text
  lang
  agent {
    key
    entity
    text
    start
    end
    confidence
    by
  }
  tension {
    ...FacetFields
  }
  context {
    ...FacetFields
  }
  atmosphere {
    ...FacetFields
  }
  archetype {
    ...FacetFields
  }
  hyperlexeme(labels: $labels)
  code
  ordinal
}`) as unknown as TypedDocumentString<ScenesQuery, ScenesQueryVariables>;
export const Scene = new TypedDocumentString(`
    query Scene($id: ID!, $labels: Language! = RU) {
  scene(id: $id) {
    ...SceneFields
    document {
      ...DocumentFields
    }
  }
}
    fragment DocumentFields on Document {
  id
  key
  name
  lang
  version
  sha256
  bytes
  length
  notices
  sceneCount
}
fragment FacetFields on Facet {
  kind
  key
  label(labels: $labels)
  text
  start
  end
  confidence
  by
}
fragment SceneFields on Scene {
  id
  key
  position
  kind
  start
  end
  text
  lang
  agent {
    key
    entity
    text
    start
    end
    confidence
    by
  }
  tension {
    ...FacetFields
  }
  context {
    ...FacetFields
  }
  atmosphere {
    ...FacetFields
  }
  archetype {
    ...FacetFields
  }
  hyperlexeme(labels: $labels)
  code
  ordinal
}`) as unknown as TypedDocumentString<SceneQuery, SceneQueryVariables>;
export const SceneCouplings = new TypedDocumentString(`
    query SceneCouplings($id: ID!, $labels: Language! = RU, $first: Int! = 16, $after: String) {
  scene(id: $id) {
    id
    couplings(first: $first, after: $after) {
      nodes {
        ...CouplingFields
      }
      pageInfo {
        ...PageFields
      }
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
fragment CouplingFields on Coupling {
  weight
  because {
    kind
    key
    label(labels: $labels)
    weight
  }
  scene {
    id
    text
  }
  other {
    id
    text
  }
}`) as unknown as TypedDocumentString<SceneCouplingsQuery, SceneCouplingsQueryVariables>;
export const Facets = new TypedDocumentString(`
    query Facets($filter: FacetFilter!, $labels: Language! = RU, $first: Int! = 50, $after: String) {
  facets(filter: $filter, first: $first, after: $after) {
    nodes {
      kind
      key
      label(labels: $labels)
      sceneCount
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}`) as unknown as TypedDocumentString<FacetsQuery, FacetsQueryVariables>;
export const Search = new TypedDocumentString(`
    query Search($corpus: String!, $text: String!, $kinds: [SearchKind!], $labels: Language! = RU, $first: Int! = 20, $after: String) {
  search(
    corpus: $corpus
    text: $text
    kinds: $kinds
    first: $first
    after: $after
  ) {
    edges {
      cursor
      node {
        score
        highlights {
          start
          end
          text
        }
        because {
          kind
          key
          weight
          label(labels: $labels)
        }
        hit {
          __typename
          ... on Scene {
            ...SceneFields
          }
          ... on CorpusFacet {
            facetKind: kind
            key
          }
          ... on Hypertoken {
            code
            level
          }
          ... on Occurrence {
            ref
            size
          }
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
    truncated
  }
}
    fragment FacetFields on Facet {
  kind
  key
  label(labels: $labels)
  text
  start
  end
  confidence
  by
}
fragment SceneFields on Scene {
  id
  key
  position
  kind
  start
  end
  text
  lang
  agent {
    key
    entity
    text
    start
    end
    confidence
    by
  }
  tension {
    ...FacetFields
  }
  context {
    ...FacetFields
  }
  atmosphere {
    ...FacetFields
  }
  archetype {
    ...FacetFields
  }
  hyperlexeme(labels: $labels)
  code
  ordinal
}`) as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;