import type { Dropped, Piece } from '../activation/assemble.ts';
import type { ClueKind } from '../activation/clue.ts';
import type { FoldedRung } from '../activation/fold.ts';
import type { Rung } from '../activation/rung.ts';
import type { Spread } from '../activation/spread.ts';
import type { FormatName, StatisticsKind, TokenRung } from '../export/export-format.ts';
import type { CompletionEnd, KvType, ProcessStatus, Prompt, Provenance } from '../model/language-model.ts';
import type { ReasonKind } from '../scene/coupling.ts';
import type { FacetEvidence, FacetKind } from '../scene/facet.ts';
import type { Language, SceneKind } from '../scene/scene.ts';
import type { SelectionKind } from '../scene/view.ts';
import type { GraphDatabase } from '../store/graph-store.ts';
import type { Progress } from '../worker/job.ts';
import type { JobKindName } from '../worker/job-kinds.ts';
import type { JobState } from '../worker/job-queue.ts';
import type { Part } from '../worker/model/part.ts';
import type { Substitution } from '../worker/model/prompt-of.ts';
import type { SearchKind } from '../worker/search-job.ts';

type EnumValues<Value extends string> = { readonly [Name in Value as Uppercase<Name>]: Name };

const FACET_KIND: EnumValues<FacetKind> = {
  AGENT: 'agent',
  TENSION: 'tension',
  CONTEXT: 'context',
  ATMOSPHERE: 'atmosphere',
  ARCHETYPE: 'archetype',
};
const FACET_EVIDENCE: EnumValues<FacetEvidence> = {
  WORD: 'word',
  GRAMMAR: 'grammar',
  RULE: 'rule',
  MODEL: 'model',
  PERSON: 'person',
};
const STORE_KIND: EnumValues<GraphDatabase['kind']> = { EMBEDDED: 'embedded', NEO4J: 'neo4j', MEMORY: 'memory' };
const LANGUAGE: EnumValues<Language> = { RU: 'ru', EN: 'en' };
const SCENE_KIND: EnumValues<SceneKind> = { SCENE: 'scene', HALF: 'half' };
const CLUE_KIND: EnumValues<ClueKind> = {
  ...FACET_KIND,
  WORD: 'word',
  CODE: 'code',
  OCCURRENCE: 'occurrence',
  SCENE: 'scene',
};
const FOLDED_RUNG: EnumValues<FoldedRung> = {
  HYPERLEXEME: 'hyperlexeme',
  FACETS: 'facets',
  OCCURRENCE: 'occurrence',
  CODE: 'code',
};
const RUNG: EnumValues<Rung> = { TEXT: 'text', ...FOLDED_RUNG };
const PIECE_FORM: EnumValues<Piece['form']> = {
  WHOLE: 'whole',
  FOLDED: 'folded',
  MOTIF: 'motif',
  COMMUNITY: 'community',
};
const DROP_REASON: EnumValues<Dropped['why']> = { UNCOUPLED: 'uncoupled', FULL: 'full' };
const ACTIVATION_LIMIT: EnumValues<NonNullable<Spread['truncated']>> = { TOUCHED: 'touched', ROUNDS: 'rounds' };
const REASON_KIND: EnumValues<ReasonKind> = { SEQUENCE: 'sequence', RELEASE: 'release', ...FACET_KIND };
const SEARCH_KIND: EnumValues<SearchKind> = { SCENE: 'scene', FACET: 'facet', HYPERTOKEN: 'hypertoken' };
const PROMPT_FORM: EnumValues<Prompt['form']> = { RAW: 'raw', CHAT: 'chat' };
const PART_KIND: EnumValues<Part['kind']> = {
  TEXT: 'text',
  SCENE: 'scene',
  CODE: 'code',
  OCCURRENCE: 'occurrence',
  CONTEXT: 'context',
};
const SUBSTITUTION_REASON: EnumValues<Substitution['why']> = {
  NO_PACK: 'NO_PACK',
  NO_ROW: 'NO_ROW',
  NOT_A_SCENE: 'NOT_A_SCENE',
};
const COMPLETION_REASON: EnumValues<CompletionEnd['reason']> = { END: 'end', STOP: 'stop', LENGTH: 'length' };
const BATCH_MODE: EnumValues<Provenance['batch']> = { ALONE: 'alone', SHARED: 'shared', UNKNOWN: 'unknown' };
const KV_TYPE: EnumValues<KvType> = { F16: 'f16', Q8_0: 'q8_0', Q4_0: 'q4_0' };
const MODEL_PROCESS_STATE: EnumValues<ProcessStatus['state']> = {
  STARTING: 'starting',
  READY: 'ready',
  STOPPING: 'stopping',
};
const SELECTION_KIND: EnumValues<SelectionKind> = {
  SCENES: 'scenes',
  SEED: 'seed',
  DOCUMENT: 'document',
  SEARCH: 'search',
  PATH: 'path',
};

const JOB_STATE: EnumValues<JobState> = {
  QUEUED: 'queued',
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
};
const EXPORT_FORMAT: EnumValues<FormatName> = {
  JSONL: 'jsonl',
  PARQUET: 'parquet',
  CSV: 'csv',
  GRAPHML: 'graphml',
  GEXF: 'gexf',
  CYPHER: 'cypher',
  GRAPH: 'graph',
  TOKENIZER: 'tokenizer',
  BIN: 'bin',
};
const EXPORT_STATISTICS: EnumValues<StatisticsKind> = { SAMPLE: 'sample', FULL: 'full', CODES: 'codes', NONE: 'none' };
const EXPORT_RUNG: EnumValues<TokenRung> = {
  HYPERTOKEN: 'hypertoken',
  FACETS: 'facets',
  HYPERLEXEME: 'hyperlexeme',
  TEXT: 'text',
};
/** Names of several words are written apart in the schema. */
const JOB_KIND = {
  READ: 'read',
  COUPLE: 'couple',
  RECOUPLE: 'recouple',
  COLLAPSE: 'collapse',
  MERGE_AGENTS: 'mergeAgents',
  UNDO_MERGE: 'undoMerge',
  EXPORT: 'export',
} as const satisfies Readonly<Record<string, JobKindName>>;
const JOB_STAGE = {
  READING: 'reading',
  FILLING: 'filling',
  COUPLING: 'coupling',
  COLLAPSING: 'collapsing',
  BACKING_UP: 'backing up',
  RESTORING: 'restoring',
  MERGING: 'merging',
  EXPORTING: 'exporting',
} as const satisfies Readonly<Record<string, Progress['stage']>>;
const JOB_UNIT: EnumValues<Progress['unit']> = {
  BYTES: 'bytes',
  SCENES: 'scenes',
  COUPLINGS: 'couplings',
  RECORDS: 'records',
};

/** The schema writes enum values in capitals, the domain in lower case. Resolvers and generated types both use this. */
export const enumValues = {
  ActivationLimit: { ...ACTIVATION_LIMIT },
  BatchMode: { ...BATCH_MODE },
  ClueKind: { ...CLUE_KIND },
  CompletionReason: { ...COMPLETION_REASON },
  DropReason: { ...DROP_REASON },
  ExportFormat: { ...EXPORT_FORMAT },
  ExportRung: { ...EXPORT_RUNG },
  ExportStatistics: { ...EXPORT_STATISTICS },
  FacetEvidence: { ...FACET_EVIDENCE },
  FacetKind: { ...FACET_KIND },
  FoldedRung: { ...FOLDED_RUNG },
  JobKind: { ...JOB_KIND },
  JobStage: { ...JOB_STAGE },
  JobState: { ...JOB_STATE },
  JobUnit: { ...JOB_UNIT },
  KvType: { ...KV_TYPE },
  Language: { ...LANGUAGE },
  ModelProcessState: { ...MODEL_PROCESS_STATE },
  PartKind: { ...PART_KIND },
  PieceForm: { ...PIECE_FORM },
  PromptForm: { ...PROMPT_FORM },
  ReasonKind: { ...REASON_KIND },
  Rung: { ...RUNG },
  SceneKind: { ...SCENE_KIND },
  SearchKind: { ...SEARCH_KIND },
  SelectionKind: { ...SELECTION_KIND },
  SubstitutionReason: { ...SUBSTITUTION_REASON },
  StoreKind: { ...STORE_KIND },
};
