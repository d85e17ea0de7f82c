import type { CorpusName } from '../scene/name.ts';
import type { Language } from '../scene/scene.ts';
import type { CorpusRecord, GraphView } from '../store/graph-store.ts';
import type { BaseTokenizer } from './base-tokenizer.ts';
import type { PlacedScene } from './corpus-pages.ts';
import type { CorpusStatistics } from './corpus-statistics.ts';
import type { Outputs } from './outputs.ts';
import type { SplitShares } from './split.ts';

export const FORMATS = ['jsonl', 'parquet', 'csv', 'graphml', 'gexf', 'cypher', 'graph', 'tokenizer', 'bin'] as const;
export type FormatName = (typeof FORMATS)[number];

/** Some 30 MB of rows. */
export const ROW_GROUP = 10_000;

/** How `bin` writes a scene. */
export const TOKEN_RUNGS = ['hypertoken', 'facets', 'hyperlexeme', 'text'] as const;
export type TokenRung = (typeof TOKEN_RUNGS)[number];

/** `sample`: tokens of 10,000 scenes, of all where there are no more; `codes`: what needs no tokenizer. */
export const STATISTICS_KINDS = ['full', 'sample', 'codes', 'none'] as const;
export type StatisticsKind = (typeof STATISTICS_KINDS)[number];

/** The base tokenizer is one of the files, or writes them: of all other formats it counts alone. */
export const isOfFiles = (format: FormatName): boolean => format === 'bin' || format === 'tokenizer';

export const isCounting = (kind: StatisticsKind | undefined): boolean => kind === 'full' || kind === 'sample';

/** What an export is of, beside its corpus: the same on the same revision give the same bytes. */
export interface ExportOptions {
  /** Of labels and hyperlexemes. */
  readonly labels: Language;
  /** A whole number: which documents come into which split. */
  readonly seed: number;
  readonly shares: SplitShares;
  /** What the dataset card says of who may use the texts; null where it is not known. */
  readonly licence: string | null;
  /** Scenes of the row groups of Parquet, one group for each split: that many are held in memory, and done again at most. */
  readonly rowGroup: number;
  /** Of `bin`; by default hypertokens. */
  readonly rung?: TokenRung | undefined;
  /** By default a sample, where there is something to count tokens with, else those of codes. */
  readonly statistics?: StatisticsKind | undefined;
}

export interface ExportContext {
  readonly view: GraphView;
  readonly corpus: CorpusName;
  readonly standing: CorpusRecord;
  readonly options: ExportOptions;
  /** Of the model that is to learn the codes; null where none was given. */
  readonly tokenizer: BaseTokenizer | null;
  readonly outputs: Outputs;
}

/** A page of what a pass reads, not written yet. */
export interface PassPage {
  /** Behind it the pass goes on. */
  readonly cursor: string;
  /** Of what whoever waits is told: scenes, couplings. */
  readonly count: number;
  /** For the statistics, from a pass that shows them. */
  readonly scenes?: readonly PlacedScene[] | undefined;
  write(): Promise<void>;
}

/** One walk over the corpus. */
export interface Pass {
  readonly name: 'hypertokens' | 'documents' | 'texts' | 'scenes' | 'occurrences' | 'couplings' | 'merges' | 'views';
  /** How many there will be, as far as is known. */
  readonly total: number | null;
  /** Each scene of the corpus is among the `scenes` of its pages: none has to be read again for the statistics. */
  readonly showsScenes?: boolean | undefined;
  pages(after: string | undefined): AsyncIterable<PassPage>;
  /** Writes what was kept back for a next page. */
  end?(): Promise<void>;
}

/** Turns a corpus into files. */
export interface ExportFormat {
  readonly passes: readonly Pass[];
  /** Ends what is under way. @returns false while it holds rows that `state` does not: the journal waits. By default true. */
  settle?(): Promise<boolean>;
  /** What it keeps between two pages, as JSON, and takes back to go on. */
  state(): unknown;
  restore(state: unknown): void;
  /** Small files that are written at the end: by name, their text. */
  closing(rows: ReadonlyMap<string, number>, statistics: CorpusStatistics | null): Readonly<Record<string, string>>;
  /** Lets go of threads, however the export ended. */
  close?(): Promise<void>;
}
