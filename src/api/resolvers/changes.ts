import { corpusName, documentName } from '../../scene/name.ts';
import { documentId } from '../../scene/scene.ts';
import { collapseCorpus } from '../../worker/collapse-job.ts';
import { recoupleCorpus } from '../../worker/couple-job.ts';
import { mergeAgents, undoMerge } from '../../worker/merge-agents-job.ts';
import { readIntoCorpus } from '../../worker/read-job.ts';
import { change } from '../change.ts';
import { found } from '../found.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import { encodeGlobalId } from '../global-id.ts';

export const changeResolvers = {
  Mutation: {
    readText: async (_, { input: { corpus, name, text, lang } }, context) => {
      const request = {
        corpus: corpusName(corpus),
        name: documentName(name),
        source: { text },
        lang: lang ?? undefined,
        couplingsMax: context.limits.couplingsPerScene,
      };
      const report = await change(context, (job) => readIntoCorpus({ ...job, reader: context.reader }, request));
      const document = found(await context.loaders.documents.load(report.document), 'DOCUMENT_NOT_FOUND', name);
      return { ...report, document, sceneCount: document.scenes };
    },
    collapse: async (_, { corpus, resolution, seed, afresh }, context) => {
      const name = corpusName(corpus);
      const { name: tokenizer, count } = await context.tokenizer();
      const options = { resolution: resolution ?? undefined, seed: seed ?? undefined, afresh, count };
      const { bare, ...summary } = await change(context, (job) => collapseCorpus(job, name, options));
      const { bare: positions = 0, all: ofPositions = 0 } = bare.positions ?? {};
      const share = { scenes: bare.scenes, positions, ofPositions, tokenizer };
      return {
        ...summary,
        bare: share,
        corpus: found(await context.loaders.corpora.load(name), 'CORPUS_NOT_FOUND', name),
      };
    },
    recouple: async (_, { corpus }, context) => {
      const name = corpusName(corpus);
      const options = { couplingsMax: context.limits.couplingsPerScene };
      const report = await change(context, (job) => recoupleCorpus(job, name, options));
      return { ...report, corpus: found(await context.loaders.corpora.load(name), 'CORPUS_NOT_FOUND', name) };
    },
    mergeAgents: async (_, { input: { corpus, ...merge } }, context) => {
      const name = corpusName(corpus);
      const options = { couplingsMax: context.limits.couplingsPerScene };
      const report = await change(context, (job) => mergeAgents(job, name, merge, options));
      return { ...report, corpus: found(await context.loaders.corpora.load(name), 'CORPUS_NOT_FOUND', name) };
    },
    undoMerge: async (_, { corpus, alias }, context) => {
      const name = corpusName(corpus);
      const options = { couplingsMax: context.limits.couplingsPerScene };
      const report = await change(context, (job) => undoMerge(job, name, alias, options));
      return { ...report, corpus: found(await context.loaders.corpora.load(name), 'CORPUS_NOT_FOUND', name) };
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
} satisfies Resolvers;
