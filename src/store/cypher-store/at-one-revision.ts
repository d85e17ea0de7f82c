import type { CorpusName } from '../../scene/name.ts';
import { corpusState } from '../cypher/document-queries.ts';
import type { CypherEngine, CypherReader } from '../cypher-engine.ts';
import type { CorpusRecord, GraphView } from '../graph-store.ts';
import { corpusNotFound, requireWhole, type StoreContext, stillnessOf } from './context.ts';

/** Readings beside writers, before one keeps the writers waiting: each costs as much as the reading. */
const TRIES = 3;

type Work<T> = (view: GraphView, standing: CorpusRecord, state: string) => Promise<T>;

/** @param viewOver a store that sends its statements to the engine it is given */
export const atOneRevision = async <T>(
  context: StoreContext,
  viewOver: (engine: CypherEngine) => GraphView,
  corpus: CorpusName,
  work: Work<T>,
): Promise<T> => {
  const { engine } = context;
  const workIn = async (view: GraphView, state: string): Promise<T> => {
    const standing = await view.corpus(corpus);
    if (standing === null) {
      // One that is being imported is told so.
      await requireWhole(engine, context, corpus);
      throw corpusNotFound(corpus);
    }
    return work(view, standing, state);
  };
  // What a commit shows piece by piece is all there when the revision is looked at: it is read while nothing is written.
  for (let attempt = 1; engine.showsCommitsPiecemeal && attempt <= TRIES; attempt++) {
    const before = await stateOf(context, corpus);
    const [outcome] = await Promise.allSettled([workIn(viewOver(engine), before)]);
    if ((await stateOf(context, corpus)) !== before) continue;
    if (outcome.status === 'fulfilled') return outcome.value;
    throw outcome.reason;
  }
  const held = async (reader: CypherReader): Promise<T> => {
    const only = engineOver(engine, reader);
    return workIn(viewOver(only), await stateOf({ ...context, engine: only }, corpus));
  };
  return engine.hold(held, stillnessOf(context.workspace));
};

/** @throws HypersceneError CORPUS_NOT_FOUND */
const stateOf = async ({ engine, identity }: StoreContext, corpus: CorpusName): Promise<string> => {
  const [[row]] = await engine.readTogether([corpusState] as const, { corpus: identity.corpus(corpus) });
  if (row === undefined) throw corpusNotFound(corpus);
  return JSON.stringify([row.revision, row.collapses, row.viewChanges]);
};

/** An engine that reads in the view alone, where nothing changes. */
const engineOver = (engine: CypherEngine, view: CypherReader): CypherEngine => {
  const refuse = (): never => {
    throw new TypeError('a view reads only');
  };
  return {
    dialect: engine.dialect,
    showsCommitsPiecemeal: false,
    read: (query, parameters) => view.read(query, parameters),
    snapshot: (work) => work(view),
    hold: (work) => work(view),
    readTogether: async (queries, parameters) =>
      (await Promise.all(queries.map((query) => view.read(query, parameters)))) as never,
    write: refuse,
    define: refuse,
    statistics: () => engine.statistics(),
    generation: () => 0,
    close: async () => undefined,
  };
};
