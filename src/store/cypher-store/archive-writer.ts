import { setTimeout } from 'node:timers/promises';
import { checkCancelled, HypersceneError } from '../../errors.ts';
import { type Code, code } from '../../scene/hypertoken.ts';
import {
  clearing,
  corpusUids,
  countLive,
  createEdges,
  createNodes,
  deleteWorkspace,
  lockBatches,
  markRestoring,
  setBatches,
  setWorkspace,
} from '../cypher/archive-queries.ts';
import { findWorkspace } from '../cypher/document-queries.ts';
import { isNodeKind, isRelationshipType, type NodeKind, type RelationshipType } from '../cypher/structure.ts';
import type { CypherReader, CypherTransaction } from '../cypher-engine.ts';
import type { GraphRecord, NodeRecord, Properties, RecordSource, RestoreOptions } from '../graph-archive.ts';
import type { Migration } from '../migration-files.ts';
import type { ParameterRow } from '../parameter.ts';
import { readWorkspace } from './archive-reader.ts';
import { BATCH, batches, type StoreContext } from './context.ts';
import { RecordSum } from './record-sum.ts';

/** Within this time every process that has the store open knows that a workspace is being restored. */
export const NOTICE_MS = 2000;

/** Records of one transaction, and characters of text: what Neo4j takes with half a gigabyte of heap. */
const RECORDS_MAX = BATCH;
const UNITS_MAX = 4 * 2 ** 20;

/** Nodes deleted by one transaction, with some ten edges each. */
const CLEAR_BATCH = 1000;
/** Keys found at a time by a walk over all nodes of a label. */
const CLEAR_KEYS = 100_000;

export interface RestoreParts {
  readonly context: StoreContext;
  readonly source: RecordSource;
  /** Migrations that came after the records were taken. */
  readonly later: readonly Migration[];
  readonly options: RestoreOptions;
  /** Other processes have the store open too, and need {@link NOTICE_MS} to notice the mark. */
  readonly shared: boolean;
  readonly now: Date;
  /** Called before the mark is made. */
  readonly onMark: () => void;
}

/**
 * Mark, clear, nodes, edges, counts, comparison, later migrations, and last the workspace's own node, which takes the mark away. An
 * interruption anywhere leaves the mark.
 */
export const restoreWorkspace = async (parts: RestoreParts): Promise<void> => {
  const { context, shared, options } = parts;
  await checkFree(parts);
  parts.onMark();
  await context.engine.write((transaction) =>
    transaction.write(markRestoring, { workspace: context.workspace, restoring: parts.now.toISOString() }),
  );
  await setTimeout(shared ? NOTICE_MS : 0, undefined, { signal: options.signal }).catch(() => checkCancelled(options));
  await clearWorkspace(context, options.signal);
  const loader = new Loader(parts);
  for await (const records of parts.source.records()) for (const record of records) await loader.addNode(record);
  await loader.flush();
  for await (const records of parts.source.records()) for (const record of records) await loader.addEdge(record);
  await loader.flush();
  await recountLive(context, loader.codes);
  await loader.compare();
  // Statements of a migration may be repeated, and leave what is as they want it alone.
  for (const { statements } of parts.later) for (const statement of statements) await context.engine.define(statement);
  const { workspace } = context;
  const { properties } = loader;
  await context.engine.write((transaction) =>
    properties === null
      ? transaction.write(deleteWorkspace, { workspace })
      : transaction.write(setWorkspace, { rows: [properties] }),
  );
  options.onProgress?.(loader.count);
};

export const discardWorkspace = async (context: StoreContext, signal: AbortSignal | undefined): Promise<void> => {
  const { engine, workspace } = context;
  const [found] = await engine.read(findWorkspace, { workspace });
  if (found === undefined || found.restoring === null)
    throw new HypersceneError('BAD_ARGUMENT', 'no restore of the workspace was interrupted', { at: workspace });
  await clearWorkspace(context, signal);
  await engine.write((transaction) => transaction.write(deleteWorkspace, { workspace }));
};

/** A new workspace has Δ0 and nothing else. What an interrupted restore left is no one's. */
const checkFree = async ({ context, options }: RestoreParts): Promise<void> => {
  const { engine, workspace } = context;
  const [found] = await engine.read(findWorkspace, { workspace });
  if (found === undefined || found.restoring !== null || options.replace) return;
  const corpora = await engine.read(corpusUids, { workspace });
  if (corpora.length === 0 && found.nextCode <= 1) return;
  throw new HypersceneError('STORE_NOT_EMPTY', 'the workspace is not empty', {
    at: workspace,
    came: `${corpora.length} corpora, ${found.nextCode} codes`,
  });
};

const clearWorkspace = async ({ engine, workspace }: StoreContext, signal: AbortSignal | undefined): Promise<void> => {
  for (const { find, remove } of clearing) {
    while (true) {
      const found = await engine.read(find, { workspace, limit: CLEAR_KEYS });
      if (found.length === 0) break;
      for (const some of batches(found, CLEAR_BATCH)) {
        checkCancelled({ signal });
        await engine.write((transaction) => transaction.write(remove, { uids: some.map(({ uid }) => uid) }));
      }
    }
  }
};

/** A store that others write into while it is copied tells the registry's sums later than the corpora. */
const recountLive = async ({ engine, identity }: StoreContext, codes: readonly Code[]): Promise<void> => {
  for (const some of batches(codes))
    await engine.write((transaction) =>
      transaction.write(countLive, { hypertokens: some.map((one) => identity.hypertoken(one)) }),
    );
};

const refuse = (expected: string, came: string): never => {
  throw new HypersceneError('BACKUP_UNREADABLE', 'the backup has a record that does not belong there', {
    expected,
    came,
  });
};

type Row = ParameterRow;

/** Gathers records by kind and writes them, some thousand a transaction. */
class Loader {
  readonly #parts: RestoreParts;
  readonly #sum = new RecordSum();
  readonly #codes: Code[] = [];
  readonly #nodes = new Map<NodeKind, Row[]>();
  readonly #edges = new Map<RelationshipType, Row[]>();
  readonly #prefix: string;
  #properties: Properties | null = null;
  #waiting = 0;
  #units = 0;
  #written = 0;
  /** Begun so far. */
  #batches = 0;

  constructor(parts: RestoreParts) {
    this.#parts = parts;
    // Every key of a workspace begins with the same characters, whatever it is the key of.
    this.#prefix = parts.context.identity.digest('');
  }

  /** Of the workspace's own node; null when there was none. */
  get properties(): Properties | null {
    return this.#properties;
  }

  /** Records that came. */
  get count(): number {
    return this.#sum.count;
  }

  get codes(): readonly Code[] {
    return this.#codes;
  }

  async addNode(record: GraphRecord): Promise<void> {
    if (!('node' in record)) return;
    const { node: kind, properties } = record;
    if (!isNodeKind(kind)) return refuse('a node of a known kind', kind);
    this.#checkOwn(record);
    this.#sum.add(record);
    if (kind === 'workspace') this.#properties = properties;
    if (kind === 'workspace') return;
    // Counted anew at the end, from nothing.
    const row = kind === 'hypertoken' ? { ...properties, live: 0 } : properties;
    if (kind === 'hypertoken') this.#codes.push(code(Number(properties['code'])));
    await this.#add(this.#nodes, kind, row);
  }

  async addEdge(record: GraphRecord): Promise<void> {
    if (!('edge' in record)) return;
    const { edge: type, from, to, properties } = record;
    if (!isRelationshipType(type)) return refuse('a relationship of a known type', type);
    this.#checkKey(from);
    this.#checkKey(to);
    this.#sum.add(record);
    await this.#add(this.#edges, type, { ...properties, from, to });
  }

  #checkOwn({ node: kind, properties }: NodeRecord): void {
    const { workspace } = this.#parts.context;
    if (properties['workspace'] !== workspace)
      refuse(`workspace ${workspace}`, JSON.stringify(properties['workspace'] ?? null));
    if (kind === 'workspace') return;
    this.#checkKey(properties['uid']);
  }

  #checkKey(uid: unknown): void {
    if (typeof uid !== 'string' || !uid.startsWith(this.#prefix))
      refuse(`a key of workspace ${this.#parts.context.workspace}`, JSON.stringify(uid ?? null));
  }

  async #add<Key>(rows: Map<Key, Row[]>, key: Key, row: Row): Promise<void> {
    const some = rows.get(key) ?? [];
    rows.set(key, some);
    some.push(row);
    this.#waiting += 1;
    this.#units += typeof row['text'] === 'string' ? row['text'].length : 0;
    if (this.#waiting >= RECORDS_MAX || this.#units >= UNITS_MAX) await this.flush();
  }

  async flush(): Promise<void> {
    const { context, options } = this.#parts;
    checkCancelled(options);
    if (this.#waiting === 0) return;
    this.#batches += 1;
    await context.engine.write((transaction) => this.#writeBatch(transaction));
    this.#nodes.clear();
    this.#edges.clear();
    this.#written += this.#waiting;
    this.#waiting = 0;
    this.#units = 0;
    options.onProgress?.(this.#written);
  }

  /** Where the answer to its commit is lost a batch is repeated, and finds itself counted: made again its edges would be double. */
  async #writeBatch(transaction: CypherTransaction): Promise<void> {
    const { workspace } = this.#parts.context;
    const [row] = await transaction.read(lockBatches, { workspace });
    if (row === undefined) throw new HypersceneError('STORE_CONFLICT', 'the workspace is gone', { at: workspace });
    if (row.batches === this.#batches) return;
    for (const [kind, rows] of this.#nodes) await transaction.write(createNodes[kind], { rows });
    for (const [type, rows] of this.#edges) await transaction.write(createEdges[type], { rows });
    await transaction.write(setBatches, { workspace, batches: this.#batches });
  }

  /**
   * Reads back what was written: an edge whose end is missing is dropped without a word, and so is what the walk does not
   * reach.
   */
  async compare(): Promise<void> {
    const { context, options, shared } = this.#parts;
    const came = new RecordSum();
    const { engine } = context;
    // Marked, it stands still; and a snapshot of Neo4j has a time limit.
    const look = (view: CypherReader): Promise<void> =>
      readWorkspace({
        context,
        view,
        signal: options.signal,
        shared: false,
        unfinished: this.#properties,
        sink: {
          begin: async () => {},
          end: async () => {},
          take: async (records) => {
            for (const record of records) came.add(record);
          },
        },
      });
    await (shared ? look(engine) : engine.snapshot(look));
    if (came.digest() === this.#sum.digest()) return;
    throw new HypersceneError('STORE_FAILED', 'the restored graph is not what the backup holds', {
      at: context.workspace,
      expected: `${this.#sum.count} records`,
      came: `${came.count} records`,
    });
  }
}
