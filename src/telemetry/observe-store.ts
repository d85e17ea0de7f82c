import type { GraphDatabase, GraphStore } from '../store/graph-store.ts';
import { type Observer, observeCall, observeItems } from './observer.ts';
import type { Telemetry } from './telemetry.ts';

type Method = Exclude<keyof GraphStore, 'workspace' | 'statistics'>;

/** Every method of the port by what it gives: the compiler asks for one that is missing. */
const METHODS = {
  corpora: 'promise',
  corpus: 'promise',
  documents: 'promise',
  documentsById: 'promise',
  documentText: 'items',
  writeDocument: 'promise',
  deleteDocument: 'promise',
  deleteCorpus: 'promise',
  scenes: 'promise',
  countScenes: 'promise',
  sceneIds: 'promise',
  scenesById: 'promise',
  textCounts: 'promise',
  scenesWithTexts: 'promise',
  scenesInRanges: 'promise',
  facets: 'promise',
  facetsWithTexts: 'promise',
  mergeAgents: 'promise',
  undoMerge: 'promise',
  agentMerges: 'promise',
  couplingsOf: 'promise',
  neighboursOf: 'promise',
  couplingsAmong: 'promise',
  couplingsBetween: 'promise',
  couplings: 'promise',
  subgraph: 'promise',
  uncoupledScenes: 'promise',
  waitToBeCoupled: 'promise',
  facetCounts: 'promise',
  scenesSharing: 'promise',
  writeCouplings: 'promise',
  clearCouplings: 'promise',
  hypertokens: 'promise',
  hypertokensByCode: 'promise',
  hypertokensByDigest: 'promise',
  learnHypertokens: 'promise',
  occurrences: 'promise',
  occurrencesByRef: 'promise',
  motifsOfScenes: 'promise',
  holdersOf: 'promise',
  holderPlacesOf: 'promise',
  placesWithin: 'promise',
  parts: 'promise',
  writeCollapse: 'promise',
  writeView: 'promise',
  views: 'promise',
  viewByName: 'promise',
  scenesOfViews: 'promise',
  deleteView: 'promise',
  beginImport: 'promise',
  imports: 'promise',
  endImport: 'promise',
  atOneRevision: 'promise',
} as const satisfies {
  [Name in Method]: ReturnType<GraphStore[Name]> extends Promise<unknown> ? 'promise' | 'items' : 'items';
};

type AnyMethod = (...args: readonly unknown[]) => never;

/** The same graph, each call of which is measured and traced. @returns the graph itself where nothing is */
export const observeDatabase = (database: GraphDatabase, { metrics, tracing }: Telemetry): GraphDatabase => {
  if (metrics === null && tracing === null) return database;
  const wrap = storeWrapper({
    measure: metrics?.storeCall ?? null,
    tracing,
    prefix: 'store',
    attributes: { 'db.system.name': database.kind },
  });
  return {
    kind: database.kind,
    location: database.location,
    archive: database.archive,
    workspace: (name) => wrap(database.workspace(name)),
    close: () => database.close(),
  };
};

/** The methods stand on a prototype that is made once, so that another workspace costs one small object. */
const storeWrapper = (observer: Observer): ((store: GraphStore) => GraphStore) => {
  const methods = Object.entries(METHODS).map(([name, gives]) => [name, observed(name as Method, gives, observer)]);
  const prototype: object = Object.fromEntries(methods);
  return (store) =>
    Object.assign(Object.create(prototype), {
      inner: store,
      workspace: store.workspace,
      statistics: () => store.statistics(),
    });
};

interface Wrapped {
  readonly inner: Readonly<Record<Method, AnyMethod>>;
}

const observed = (name: Method, gives: 'promise' | 'items', observer: Observer) =>
  gives === 'items'
    ? function (this: Wrapped, ...args: readonly unknown[]): AsyncIterable<unknown> {
        return observeItems(observer, name, () => this.inner[name](...args));
      }
    : function (this: Wrapped, ...args: readonly unknown[]): Promise<unknown> {
        return observeCall(observer, name, () => this.inner[name](...args));
      };
