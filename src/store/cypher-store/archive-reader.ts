import { isDeepStrictEqual } from 'node:util';
import { checkCancelled, HypersceneError } from '../../errors.ts';
import { code } from '../../scene/hypertoken.ts';
import {
  chunkEdges,
  corpusNode,
  corpusUids,
  documentEdges,
  type EdgeRow,
  edgesFrom,
  facetNodes,
  facetsBeside,
  mergedUids,
  type NodeRow,
  nodesByUid,
  occurrenceUids,
  sceneEdges,
  usesOfCorpus,
  workspaceNode,
} from '../cypher/archive-queries.ts';
import { workspaceState } from '../cypher/document-queries.ts';
import { LABELS } from '../cypher/label.ts';
import { type NodeKind, RELATIONSHIP_ENDS } from '../cypher/structure.ts';
import type { CypherReader } from '../cypher-engine.ts';
import type { EdgeRecord, NodeRecord, Properties, RecordSink } from '../graph-archive.ts';
import { BATCH, batches, checkNotRestoring, SCENE_BATCH, type StoreContext, stillnessOf } from './context.ts';

/** Characters of text that are read at once; one chunk has a mebibyte at most. */
const CHUNK_UNITS = 2 ** 21;

/** The section of hypertokens and the workspace's own counters. */
export const REGISTRY = 'registry';

/** How often a corpus is read where the store knows no snapshots, the last time with writers kept from it. */
const ATTEMPTS_MAX = 4;

export interface ArchiveReading {
  readonly context: StoreContext;
  /** A view of one state where the engine has such, else the engine. */
  readonly view: CypherReader;
  readonly sink: RecordSink;
  readonly signal: AbortSignal | undefined;
  /** Others may write what is read. */
  readonly shared: boolean;
  /** For a workspace that is being restored: what its own node will hold, so that it can be read before. */
  readonly unfinished?: Properties | null;
}

const node = (kind: NodeKind, { properties }: NodeRow): NodeRecord => ({ node: kind, properties });

const edge = ({ type, from, to, properties }: EdgeRow): EdgeRecord => ({ edge: type, from, to, properties });

/**
 * All of a workspace: corpus by corpus, then the registry. The registry is read last because it only grows: it has every
 * code and ordinal that a corpus read before shows.
 */
export const readWorkspace = async (reading: ArchiveReading): Promise<void> => {
  const { context, view } = reading;
  if ((await findWorkspaceNode(reading)) === null) return;
  for (const { uid } of await view.read(corpusUids, { workspace: context.workspace })) await readSteady(reading, uid);
  await readRegistry(reading);
};

/** @throws HypersceneError STORE_RESTORING */
const findWorkspaceNode = async ({ context, view, unfinished }: ArchiveReading): Promise<NodeRow | null> => {
  if (unfinished !== undefined) return unfinished === null ? null : { properties: unfinished };
  const [found] = await view.read(workspaceNode, { workspace: context.workspace });
  if (found === undefined) return null;
  checkNotRestoring(context.workspace, restoringSince(found.properties));
  // Says what of Neo4j's commits is visible: nothing of what the workspace holds.
  const { settled: _, ...properties } = found.properties;
  return { properties };
};

const restoringSince = ({ restoring }: Properties): string | null => (typeof restoring === 'string' ? restoring : null);

/**
 * Reads a corpus until it was the same before and after; the last time while writers wait. One that was deleted meanwhile
 * is left out.
 */
const readSteady = async (reading: ArchiveReading, uid: string): Promise<void> => {
  if (!reading.shared) return void (await readOnce(reading, uid));
  for (let attempt = 1; attempt < ATTEMPTS_MAX; attempt++) if (await readOnce(reading, uid)) return;
  const { context, sink } = reading;
  let again = false;
  await context.engine.hold(async (view) => {
    if (again) await sink.end(false);
    again = true;
    await readOnce({ ...reading, view, shared: false }, uid);
  }, stillnessOf(context.workspace));
};

/** Whether it stood still. */
const readOnce = async (reading: ArchiveReading, uid: string): Promise<boolean> => {
  const { context, sink, shared, signal } = reading;
  checkCancelled({ signal });
  const before = await lookAt(reading, uid);
  if (before.corpus === undefined) return true;
  await sink.begin({ workspace: context.workspace, of: uid });
  const [counted] = await Promise.allSettled([new CorpusReader(reading, uid).read(before.corpus)]);
  const after = shared ? await lookAt(reading, uid) : before;
  const settled = before.settled && after.settled;
  const steady = !shared || (settled && isDeepStrictEqual(after.corpus, before.corpus));
  if (steady) check(counted, before.corpus, uid);
  await sink.end(steady);
  return steady;
};

/** The corpus, and whether all that was written to the workspace is visible. */
const lookAt = async (
  { context, view }: ArchiveReading,
  uid: string,
): Promise<{ readonly corpus: NodeRow | undefined; readonly settled: boolean }> => {
  const [state] = await view.read(workspaceState, { workspace: context.workspace });
  const [corpus] = await view.read(corpusNode, { corpus: uid });
  return { corpus, settled: state === undefined || state.writes === state.settled };
};

/** Counts that do not fit with a corpus that stood still are no race: something in the graph was not reached. */
const check = (counted: PromiseSettledResult<Counted>, corpus: NodeRow, uid: string): void => {
  if (counted.status === 'rejected') throw counted.reason;
  const faults = counted.value.against(corpus.properties);
  if (faults.length > 0)
    throw new HypersceneError('STORE_FAILED', 'the corpus does not hold what it counts', {
      at: uid,
      came: faults.join(', '),
    });
};

class Counted {
  documents = 0;
  scenes = 0;
  couplings = 0;
  occurrences = 0;
  uses = 0;

  /** In what the corpus's own counts differ from what was met. */
  against(corpus: Properties): readonly string[] {
    const pairs: readonly (readonly [string, unknown, number])[] = [
      ['documents', corpus['documents'], this.documents],
      ['scenes', corpus['scenes'], this.scenes],
      ['couplings', corpus['couplings'], this.couplings],
      ['occurrences', this.uses, this.occurrences],
    ];
    return pairs.filter(([, own, met]) => own !== met).map(([what, own, met]) => `${met} of ${String(own)} ${what}`);
  }
}

/** Walks one corpus by indexed look-ups. Memory holds the keys of its documents and facets, and one batch. */
class CorpusReader {
  readonly #reading: ArchiveReading;
  readonly #uid: string;
  readonly #facets = new Set<string>();
  readonly #counted = new Counted();

  constructor(reading: ArchiveReading, uid: string) {
    this.#reading = reading;
    this.#uid = uid;
  }

  async read(corpus: NodeRow): Promise<Counted> {
    const { view, sink } = this.#reading;
    await sink.take([node('corpus', corpus)]);
    const documents = await view.read(documentEdges, { corpus: this.#uid });
    for (const some of byScenes(documents)) await this.#readDocuments(some);
    await this.#readFacets((await view.read(mergedUids, { corpus: this.#uid })).map(({ uid }) => uid));
    for (const uses of batches(await view.read(usesOfCorpus, { corpus: this.#uid }))) {
      for (const { occurrences } of uses) this.#counted.uses += occurrences;
      await sink.take(uses.map(edge));
    }
    return this.#counted;
  }

  async #readDocuments(edges: readonly EdgeRow[]): Promise<void> {
    const { view, sink } = this.#reading;
    const documents = edges.map(({ to }) => to);
    const nodes = await view.read(nodesByUid.Document, { uids: documents });
    this.#counted.documents += nodes.length;
    await sink.take([...nodes.map((row) => node('document', row)), ...edges.map(edge)]);
    await this.#readChunks(documents);
    const scenes = await view.read(sceneEdges, { documents });
    for (const some of batches(scenes, SCENE_BATCH)) await this.#readScenes(some);
  }

  async #readChunks(documents: readonly string[]): Promise<void> {
    const { view, sink, signal } = this.#reading;
    for (const some of byLength(await view.read(chunkEdges, { documents }))) {
      checkCancelled({ signal });
      const nodes = await view.read(nodesByUid.Chunk, { uids: some.map(({ to }) => to) });
      await sink.take([...nodes.map((row) => node('chunk', row)), ...some.map(edge)]);
    }
  }

  async #readScenes(edges: readonly EdgeRow[]): Promise<void> {
    const { view, sink, signal } = this.#reading;
    checkCancelled({ signal });
    const uids = edges.map(({ to }) => to);
    const nodes = await view.read(nodesByUid.Scene, { uids });
    const leading = await view.read(edgesFrom.Scene, { uids });
    this.#counted.scenes += nodes.length;
    this.#counted.occurrences += nodes.length;
    this.#counted.couplings += leading.filter(({ type }) => type === 'COUPLED_WITH').length;
    await sink.take([...nodes.map((row) => node('scene', row)), ...edges.map(edge), ...leading.map(edge)]);
    await this.#readFacets(facetsOf(leading));
    await this.#readOccurrences(uids);
  }

  /**
   * What the nodes of the level below are first members of, up to the highest level. Of views those stand together that have
   * `BATCH` scenes at most, or one alone: a merge refuses more than `VIEW_SCENES_MAX`.
   */
  async #readOccurrences(below: readonly string[]): Promise<void> {
    const { view } = this.#reading;
    for (let members = below; members.length > 0; ) {
      const found = await view.read(occurrenceUids, { members });
      for (const some of joined(found, ({ weight }) => weight, BATCH)) await this.#readSome(some.map(({ uid }) => uid));
      members = found.map(({ uid }) => uid);
    }
  }

  async #readSome(uids: readonly string[]): Promise<void> {
    const { view, sink } = this.#reading;
    const nodes = await view.read(nodesByUid.Occurrence, { uids });
    const leading = await view.read(edgesFrom.Occurrence, { uids });
    this.#counted.occurrences += nodes.length;
    await sink.take([...nodes.map((row) => node('occurrence', row)), ...leading.map(edge)]);
    await this.#readFacets(facetsOf(leading));
  }

  /** These facets and those beside them, each once. */
  async #readFacets(from: readonly string[]): Promise<void> {
    const { view, sink } = this.#reading;
    let found = from;
    while (true) {
      const uids = [...new Set(found)].filter((uid) => !this.#facets.has(uid));
      if (uids.length === 0) return;
      for (const uid of uids) this.#facets.add(uid);
      const nodes = await view.read(facetNodes, { uids });
      const leading = await view.read(edgesFrom.Facet, { uids });
      await sink.take([...nodes.map((row) => node(row.kind as NodeKind, row)), ...leading.map(edge)]);
      found = (await view.read(facetsBeside, { uids })).map(({ uid }) => uid);
    }
  }
}

const TO_FACETS: ReadonlySet<string> = new Set(
  Object.entries(RELATIONSHIP_ENDS).flatMap(([type, { to }]) => (to === LABELS.facet ? [type] : [])),
);

const facetsOf = (edges: readonly EdgeRow[]): readonly string[] =>
  edges.filter(({ type }) => TO_FACETS.has(type)).map(({ to }) => to);

/** Neighbours joined as long as they weigh no more than `max` together; what weighs more alone stays alone. */
const joined = <T>(items: readonly T[], weightOf: (item: T) => number, max: number): readonly (readonly T[])[] => {
  const groups: T[][] = [];
  let weight = Number.POSITIVE_INFINITY;
  for (const item of items) {
    weight += weightOf(item);
    if (weight > max) {
      groups.push([]);
      weight = weightOf(item);
    }
    groups.at(-1)?.push(item);
  }
  return groups;
};

/** A corpus of chats has thousands of documents of a scene or two; each costs as much as ten scenes besides. */
const byScenes = <T extends { readonly scenes: number }>(documents: readonly T[]): readonly (readonly T[])[] =>
  joined(documents, ({ scenes }) => scenes + 10, BATCH);

const byLength = <T extends { readonly length: number }>(chunks: readonly T[]): readonly (readonly T[])[] =>
  joined(chunks, ({ length }) => length + 1000, CHUNK_UNITS);

/** Codes are given in order and never taken back, so that their keys need not be asked for. */
const readRegistry = async (reading: ArchiveReading): Promise<void> => {
  const { context, view, sink, signal } = reading;
  const { workspace, identity } = context;
  await sink.begin({ workspace, of: REGISTRY });
  const found = await findWorkspaceNode(reading);
  if (found === null) throw new HypersceneError('STORE_CONFLICT', 'the workspace is gone', { at: workspace });
  const codes = Number(found.properties['nextCode']);
  for (let from = 0; from < codes; from += SCENE_BATCH) {
    checkCancelled({ signal });
    const length = Math.min(SCENE_BATCH, codes - from);
    const uids = Array.from({ length }, (_, i) => identity.hypertoken(code(from + i)));
    const nodes = await view.read(nodesByUid.Hypertoken, { uids });
    await sink.take(nodes.map((row) => node('hypertoken', row)));
  }
  await sink.take([node('workspace', found)]);
  await sink.end(true);
};
