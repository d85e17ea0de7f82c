import { corpusName } from '../../scene/name.ts';
import type { CorpusRecord } from '../../store/graph-store.ts';
import { connection } from '../connection.ts';
import type { CollapseState, Resolvers } from '../generated/resolver-types.ts';
import { encodeGlobalId } from '../global-id.ts';
import { pageRequest } from '../page-request.ts';

const collapseState = ({ revision, collapsedRevision }: CorpusRecord): CollapseState => {
  if (collapsedRevision === null) return 'NONE';
  return collapsedRevision < revision ? 'STALE' : 'FRESH';
};

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
    collapse: collapseState,
    documents: async ({ name, documents }, args, { store, limits }) => ({
      ...connection(await store.documents(name, pageRequest(args, limits.pageMax)), args.after),
      totalCount: documents,
    }),
    agentMerges: async ({ name }, args, { store, limits }) =>
      connection(await store.agentMerges(name, pageRequest(args, limits.pageMax)), args.after),
  },
} satisfies Resolvers;
