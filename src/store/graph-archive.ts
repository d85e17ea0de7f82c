import type { WorkspaceName } from '../scene/name.ts';
import type { Property } from './parameter.ts';

export type Properties = Readonly<Record<string, Property>>;

/** A node with all its properties; `uid` and `workspace` are among them. `node` names its labels, see `NODE_LABELS`. */
export interface NodeRecord {
  readonly node: string;
  readonly properties: Properties;
}

/** A relationship of type `edge` between the nodes of two `uid`s. */
export interface EdgeRecord {
  readonly edge: string;
  readonly from: string;
  readonly to: string;
  readonly properties: Properties;
}

export type GraphRecord = NodeRecord | EdgeRecord;

/** A part of a workspace that is read as of one state: a corpus by its `uid`, or the registry of codes. */
export interface Section {
  readonly workspace: WorkspaceName;
  readonly of: string;
}

/** Takes what an archive reads; a slow one holds the reading back. */
export interface RecordSink {
  begin(section: Section): Promise<void>;
  /** Some hundred records at most, or a few MiB. */
  take(records: readonly GraphRecord[]): Promise<void>;
  /** `whole: false` takes back all that came since `begin`: the graph changed meanwhile, and the section comes again. */
  end(whole: boolean): Promise<void>;
}

export interface ArchiveCounts {
  readonly corpora: number;
  readonly scenes: number;
}

/** What is restored. */
export interface RecordSource {
  /** The highest migration of the graph they were taken from: what later ones do to data is done to them. */
  readonly migration: number;
  /** Gives the same records each time it is called; in any order. */
  records(): AsyncIterable<readonly GraphRecord[]>;
}

export interface RestoreOptions {
  /** Clears a workspace that is not empty; without, it is refused. */
  readonly replace: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Records written so far: each is counted once. */
  readonly onProgress?: ((records: number) => void) | undefined;
}

/**
 * The graph as it is stored, whole: what backup and restore go through. Unlike the store's port it knows no scenes, only
 * nodes and edges, so that counters, codes, ordinals and marks come back exactly as they were.
 */
export interface GraphArchive {
  /** Sorted. */
  workspaces(): Promise<readonly WorkspaceName[]>;
  /** The highest migration that was applied: what shape the graph has. */
  migration(): Promise<number>;
  /** How much there is, for whoever waits. */
  count(workspace: WorkspaceName): Promise<ArchiveCounts>;
  /**
   * Gives all of a workspace while others write: corpora in the order of their names, the registry last. Embedded: the
   * state of one instant. Neo4j: each corpus as it was at one instant, read again when it changed meanwhile.
   * @throws HypersceneError STORE_CONFLICT when a corpus never stands still; STORE_RESTORING; CANCELLED
   */
  copy(workspace: WorkspaceName, sink: RecordSink, signal?: AbortSignal): Promise<void>;
  /**
   * Puts the records in place of what the workspace holds. Until all of them are written, compared with what came and on
   * the disk, the workspace refuses every read and write with STORE_RESTORING, in every process and after any crash;
   * restoring again begins anew.
   * @throws HypersceneError STORE_NOT_EMPTY, BACKUP_UNREADABLE, CANCELLED, STORE_FAILED
   */
  restore(workspace: WorkspaceName, source: RecordSource, options: RestoreOptions): Promise<void>;
  /**
   * Clears what an interrupted restore left.
   * @throws HypersceneError BAD_ARGUMENT for a workspace that is not being restored
   */
  discard(workspace: WorkspaceName, signal?: AbortSignal): Promise<void>;
}
