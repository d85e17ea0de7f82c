import { corpusName } from '../../scene/name.ts';
import { coupleCorpus } from '../../worker/couple-job.ts';
import { change } from '../change.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import { ALIASES_MAX, DEPTH_MAX, TOKENS_MAX, VALUES_MAX } from '../limits.ts';

export const serviceResolvers = {
  Query: {
    service: (_, __, { product, store, limits }) => ({
      ...product,
      workspace: store.workspace,
      limits: {
        documentBytes: limits.documentBytesMax,
        page: limits.pageMax,
        couplingsPerScene: limits.couplingsPerScene,
        depth: DEPTH_MAX,
        aliases: ALIASES_MAX,
        tokens: TOKENS_MAX,
        values: VALUES_MAX,
      },
    }),
  },
  Mutation: {
    couple: async (_, { corpus: name }, context) => {
      const corpus = corpusName(name);
      const options = { couplingsMax: context.limits.couplingsPerScene };
      return { ...(await change(context, (job) => coupleCorpus(job, corpus, options))), corpus };
    },
  },
  Service: { tokenizer: async (_, __, { tokenizer }) => (await tokenizer()).name },
  CouplePayload: { corpus: ({ corpus }, _, { loaders }) => loaders.corpora.load(corpus) },
} satisfies Resolvers;
