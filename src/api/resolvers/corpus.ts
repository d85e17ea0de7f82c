import { corpusName } from '../../scene/name.ts';
import { collapseStateOf } from '../../store/collapse-state.ts';
import { COLLAPSE_STATES } from '../collapse-states.ts';
import { connection } from '../connection.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import { encodeGlobalId } from '../global-id.ts';
import { pageRequest } from '../page-request.ts';

export const corpusResolvers = {
  Query: {
    corpora: async (_, args, { store, limits }) =>
      connection(await store.corpora(pageRequest(args, limits.pageMax)), args.after),
    corpus: (_, { name }, { loaders }) => loaders.corpora.load(corpusName(name)),
  },
  Corpus: {
    id: ({ name }) => encodeGlobalId({ type: 'Corpus', id: name }),
    documentCount: ({ documents }) => documents,
    sceneCount: ({ scenes }) => scenes,
    couplingCount: ({ couplings }) => couplings,
    uncoupledCount: ({ uncoupled }) => uncoupled,
    collapse: (corpus) => COLLAPSE_STATES[collapseStateOf(corpus)],
    documents: async ({ name, documents }, args, { store, limits }) => ({
      ...connection(await store.documents(name, pageRequest(args, limits.pageMax)), args.after),
      totalCount: documents,
    }),
    agentMerges: async ({ name }, args, { store, limits }) =>
      connection(await store.agentMerges(name, pageRequest(args, limits.pageMax)), args.after),
  },
} satisfies Resolvers;
