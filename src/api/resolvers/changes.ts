import { corpusName, documentName } from '../../scene/name.ts';
import { documentId } from '../../scene/scene.ts';
import type { CorpusRecord } from '../../store/graph-store.ts';
import { collapseCorpus } from '../../worker/collapse-job.ts';
import { recoupleCorpus } from '../../worker/couple-job.ts';
import { mergeAgents, undoMerge } from '../../worker/merge-agents-job.ts';
import { readIntoCorpus } from '../../worker/read-job.ts';
import { change } from '../change.ts';
import type { ApiContext } from '../context.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import { encodeGlobalId } from '../global-id.ts';
import { modelClient } from '../model-client.ts';
import { modelFacetsRequest } from '../model-facets-request.ts';
import type { OfCorpus } from '../parents.ts';

const ofCorpus = ({ corpus }: OfCorpus, _: unknown, { loaders }: ApiContext): Promise<CorpusRecord | null> =>
  loaders.corpora.load(corpus);

export const changeResolvers = {
  Mutation: {
    readText: (_, { input: { corpus, name, text, lang, modelFacets } }, context) => {
      const request = {
        corpus: corpusName(corpus),
        name: documentName(name),
        source: { text },
        lang: lang ?? undefined,
        modelFacets: modelFacetsRequest(modelFacets),
        couplingsMax: context.limits.couplingsPerScene,
      };
      const { reader, model, journals } = context;
      const fill = { model, journals, client: modelClient(context), workspace: context.principal.workspace };
      return change(context, (job) => readIntoCorpus({ ...job, reader, fill }, request));
    },
    collapse: async (_, { corpus: name, resolution, seed, afresh }, context) => {
      const corpus = corpusName(name);
      const { name: tokenizer, count } = await context.tokenizer();
      const options = { resolution: resolution ?? undefined, seed: seed ?? undefined, afresh, count };
      const { bare, ...summary } = await change(context, (job) => collapseCorpus(job, corpus, options));
      const { bare: positions = 0, all: ofPositions = 0 } = bare.positions ?? {};
      return { ...summary, corpus, bare: { scenes: bare.scenes, positions, ofPositions, tokenizer } };
    },
    recouple: async (_, { corpus: name }, context) => {
      const corpus = corpusName(name);
      const options = { couplingsMax: context.limits.couplingsPerScene };
      return { ...(await change(context, (job) => recoupleCorpus(job, corpus, options))), corpus };
    },
    mergeAgents: async (_, { input: { corpus: name, ...merge } }, context) => {
      const corpus = corpusName(name);
      const options = { couplingsMax: context.limits.couplingsPerScene };
      return { ...(await change(context, (job) => mergeAgents(job, corpus, merge, options))), corpus };
    },
    undoMerge: async (_, { corpus: name, alias }, context) => {
      const corpus = corpusName(name);
      const options = { couplingsMax: context.limits.couplingsPerScene };
      return { ...(await change(context, (job) => undoMerge(job, corpus, alias, options))), corpus };
    },
    deleteDocument: async (_, { corpus, name }, context) => {
      const [of, document] = [corpusName(corpus), documentName(name)];
      const report = await change(context, ({ store }) => store.deleteDocument(of, document));
      return { ...report, deletedId: encodeGlobalId({ type: 'Document', id: documentId(of, document) }) };
    },
    deleteCorpus: async (_, { name }, context) => {
      const corpus = corpusName(name);
      const report = await change(context, ({ store }) => store.deleteCorpus(corpus));
      return { ...report, deletedId: encodeGlobalId({ type: 'Corpus', id: corpus }) };
    },
  },
  ReadTextPayload: {
    document: ({ document }, _, { loaders }) => loaders.documents.load(document),
    sceneCount: ({ scenes }) => scenes,
  },
  ModelFacetsReport: {
    sceneCount: ({ scenes }) => scenes,
    askedCount: ({ asked }) => asked,
    filledCount: ({ filled }) => filled,
    noneCount: ({ none }) => none,
    unfitCount: ({ dropped }) => dropped.NOT_WHOLE + dropped.NOT_IN_INVENTORY + dropped.NOT_IN_TEXT,
    lessSureCount: ({ dropped }) => dropped.LESS_SURE,
    tooLongCount: ({ dropped }) => dropped.TOO_LONG,
  },
  CollapsePayload: { corpus: ofCorpus },
  RecouplePayload: { corpus: ofCorpus },
  AgentMergePayload: { corpus: ofCorpus },
} satisfies Resolvers;
