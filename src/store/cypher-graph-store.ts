import pLimit from 'p-limit';
import type { WorkspaceName } from '../scene/name.ts';
import type { DocumentId } from '../scene/scene.ts';
import { findWorkspace } from './cypher/document-queries.ts';
import type { CypherEngine } from './cypher-engine.ts';
import { mergeAgents, pageAgentMerges, undoMerge } from './cypher-store/agent-merges.ts';
import { createCypherArchive, type SharedParts } from './cypher-store/archive.ts';
import { NOTICE_MS } from './cypher-store/archive-writer.ts';
import { atOneRevision } from './cypher-store/at-one-revision.ts';
import { writeCollapse } from './cypher-store/collapse-writer.ts';
import { checkNotRestoring, type StoreContext, stillnessOf, writeSettled } from './cypher-store/context.ts';
import { clearCouplings } from './cypher-store/coupling-clearer.ts';
import { writeCouplings } from './cypher-store/coupling-writer.ts';
import {
  couplingRows,
  couplingsBetween,
  couplingsOf,
  facetCounts,
  neighboursOf,
  pageCouplings,
  readCouplingsAmong,
  scenesSharing,
  uncoupledScenes,
  waitToBeCoupled,
} from './cypher-store/couplings.ts';
import { deleteCorpus, deleteDocument } from './cypher-store/deletion.ts';
import { writeDocument } from './cypher-store/document-writer.ts';
import { documentsById, documentText, findCorpus, pageCorpora, pageDocuments } from './cypher-store/documents.ts';
import { pageFacets } from './cypher-store/facets.ts';
import {
  hypertokensByCode,
  hypertokensByDigest,
  learnHypertokens,
  pageHypertokens,
} from './cypher-store/hypertokens.ts';
import { identityOf } from './cypher-store/identity.ts';
import { beginImport, endImport, imports } from './cypher-store/imports.ts';
import { keptLookups } from './cypher-store/kept-lookups.ts';
import { pageOccurrences } from './cypher-store/occurrence-pages.ts';
import { pageParts } from './cypher-store/occurrence-parts.ts';
import { placesWithin } from './cypher-store/occurrence-places.ts';
import { holderPlacesOf, holdersOf, motifsOfScenes, occurrencesByRef } from './cypher-store/occurrences.ts';
import { countScenes, pageScenes, sceneIds, scenesById, scenesInRanges } from './cypher-store/scenes.ts';
import { subgraph } from './cypher-store/subgraph.ts';
import { facetsWithTexts, scenesWithTexts, textCounts } from './cypher-store/text-lookups.ts';
import { deleteView, writeView } from './cypher-store/view-writer.ts';
import { pageViews, scenesOfViews, viewByName } from './cypher-store/views.ts';
import type { GraphDatabase, GraphStore } from './graph-store.ts';
import { KEPT_MAX, keptUntilWritten } from './kept-until-written.ts';
import { type LookUp, together } from './together.ts';

export interface CypherDatabaseParts {
  readonly kind: GraphDatabase['kind'];
  readonly location: string;
  readonly engine: CypherEngine;
  /** Values of each kind of look-up by id that are kept until the next write, where no other process writes. */
  readonly lookupsKept?: number | undefined;
  /** Closes the engine and what goes with it. */
  readonly close: () => Promise<void>;
}

/** The graph store over any engine that answers the named texts of `cypher/`. */
export const createCypherDatabase = ({
  kind,
  location,
  engine,
  lookupsKept = KEPT_MAX,
  close,
}: CypherDatabaseParts): GraphDatabase => {
  const stores = new Map<WorkspaceName, GraphStore>();
  const shared = kind === 'neo4j';
  const restoring = new Set<WorkspaceName>();
  return {
    kind,
    location,
    workspace: (name) => {
      const store =
        stores.get(name) ??
        createStore({ engine: engineOf(engine, name), workspace: name, shared, restoring, lookupsKept });
      stores.set(name, store);
      return store;
    },
    archive: createCypherArchive({ engine, shared, restoring }),
    close,
  };
};

/**
 * The engine as one workspace uses it: what belongs together is read while it stands still; and its writers wait for
 * each other here, where waiting is free: they all lock its counter of codes, and on Neo4j each that waits for a lock
 * would hold a connection.
 */
const engineOf = (engine: CypherEngine, workspace: WorkspaceName): CypherEngine => {
  const turn = pLimit(1);
  const still = stillnessOf(workspace);
  return {
    dialect: engine.dialect,
    showsCommitsPiecemeal: engine.showsCommitsPiecemeal,
    read: (query, parameters) => engine.read(query, parameters),
    snapshot: (work) => engine.snapshot(work, still),
    hold: (work) => engine.hold(work, still),
    readTogether: (queries, parameters) => engine.readTogether(queries, parameters, still),
    write: (work) => turn(() => writeSettled(engine, work, still)),
    define: (statement) => engine.define(statement),
    statistics: () => engine.statistics(),
    generation: () => engine.generation(),
    close: () => engine.close(),
  };
};

interface StoreParts extends SharedParts {
  readonly workspace: WorkspaceName;
  readonly lookupsKept: number;
}

const createStore = (parts: StoreParts): GraphStore => {
  const { engine, workspace, lookupsKept } = parts;
  const context: StoreContext = { engine, workspace, identity: identityOf(workspace), lookups: keptLookups(engine) };
  const ready = readyFor(context, parts);
  /** Calls `act` with the context before the arguments, once the workspace may be used. */
  const on =
    <Arguments extends readonly unknown[], Result>(
      act: (context: StoreContext, ...parameters: Arguments) => Result | Promise<Result>,
    ) =>
    async (...parameters: Arguments): Promise<Result> => {
      await ready();
      return act(context, ...parameters);
    };
  /** Neo4j has threads enough to answer each by itself, and a way there and back that costs more than a statement. */
  const shared = <Key extends string | number, Value>(
    lookUp: (context: StoreContext, keys: readonly Key[]) => Promise<readonly Value[]>,
  ): LookUp<Key, Value> => {
    const alone: LookUp<Key, Value> = (keys) => lookUp(context, keys);
    return engine.dialect === 'embedded'
      ? keptUntilWritten(together(alone), () => engine.generation(), lookupsKept)
      : alone;
  };
  const [scenes, couplings, documents, hypertokens] = [
    shared(scenesById),
    shared(couplingRows),
    shared(documentsById),
    shared(hypertokensByCode),
  ];
  return {
    workspace,
    corpora: on(pageCorpora),
    corpus: on(findCorpus),
    documents: on(pageDocuments),
    documentsById: on((_, ids) => documents(ids)),
    documentText: (id) => readyText(ready, context, id),
    writeDocument: on(writeDocument),
    deleteDocument: on(deleteDocument),
    deleteCorpus: on(deleteCorpus),
    scenes: on(pageScenes),
    countScenes: on(countScenes),
    sceneIds: on(sceneIds),
    scenesById: on((_, ids) => scenes(ids)),
    textCounts: on(textCounts),
    scenesWithTexts: on(scenesWithTexts),
    scenesInRanges: on(scenesInRanges),
    mergeAgents: on(mergeAgents),
    undoMerge: on(undoMerge),
    agentMerges: on(pageAgentMerges),
    facets: on(pageFacets),
    facetsWithTexts: on(facetsWithTexts),
    couplingsOf: on((_, ids, limit) => couplingsOf(couplings, ids, limit)),
    neighboursOf: on(neighboursOf),
    couplingsAmong: on((parts: StoreContext, ids) => readCouplingsAmong(parts.engine, parts, ids)),
    couplingsBetween: on(couplingsBetween),
    couplings: on(pageCouplings),
    subgraph: on(subgraph),
    uncoupledScenes: on(uncoupledScenes),
    waitToBeCoupled: on(waitToBeCoupled),
    facetCounts: on(facetCounts),
    scenesSharing: on(scenesSharing),
    writeCouplings: on(writeCouplings),
    clearCouplings: on(clearCouplings),
    hypertokens: on(pageHypertokens),
    hypertokensByCode: on((_, codes) => hypertokens(codes)),
    hypertokensByDigest: on(hypertokensByDigest),
    learnHypertokens: on(learnHypertokens),
    occurrences: on(pageOccurrences),
    occurrencesByRef: on(occurrencesByRef),
    motifsOfScenes: on(motifsOfScenes),
    holdersOf: on(holdersOf),
    holderPlacesOf: on(holderPlacesOf),
    placesWithin: on(placesWithin),
    parts: on(pageParts),
    writeCollapse: on(writeCollapse),
    writeView: on(writeView),
    views: on(pageViews),
    viewByName: on(viewByName),
    scenesOfViews: on(scenesOfViews),
    deleteView: on(deleteView),
    beginImport: on(beginImport),
    imports: on(imports),
    endImport: on(endImport),
    atOneRevision: async (corpus, work) => {
      await ready();
      // Look-ups by id are not kept for it: it walks through all of the corpus, and its own would drive out what is asked for.
      const viewOver = (over: CypherEngine) => createStore({ ...parts, engine: over, lookupsKept: 0 });
      return atOneRevision(context, viewOver, corpus, work);
    },
    statistics: () => engine.statistics(),
  };
};

/**
 * Makes sure at the first call that the workspace may be used and, should that fail, at the next again. Where other processes
 * have the store open too, it is looked at anew before that is {@link NOTICE_MS} old, so that a restore that one of them
 * begins is noticed.
 */
const readyFor = (context: StoreContext, { shared, restoring }: SharedParts): (() => Promise<void>) => {
  let looking: Promise<void> | null = null;
  let lookedAt = 0;
  return () => {
    const isOld = shared && performance.now() - lookedAt > NOTICE_MS / 2;
    if (looking === null || isOld || restoring.has(context.workspace)) {
      lookedAt = performance.now();
      looking = look(context).catch((error: unknown) => {
        looking = null;
        throw error;
      });
    }
    return looking;
  };
};

/** A workspace that is not there is an empty one: its first document makes it, not a name mistyped in a question. */
const look = async ({ engine, workspace }: StoreContext): Promise<void> => {
  const [found] = await engine.read(findWorkspace, { workspace });
  checkNotRestoring(workspace, found?.restoring ?? null);
};

async function* readyText(ready: () => Promise<void>, context: StoreContext, id: DocumentId): AsyncGenerator<string> {
  await ready();
  yield* documentText(context, id);
}
