import { counterOf } from '../../model/tokenizer.ts';
import { formatOccurrence } from '../../scene/hypertoken.ts';
import { activate } from '../../worker/activate-job.ts';
import { assembleContext } from '../../worker/assemble-job.ts';
import { activationSource } from '../activation-source.ts';
import { clueLabel } from '../clue-label.ts';
import { found } from '../found.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import { optionalCorpus } from '../optional-corpus.ts';
import { pageSize } from '../page-request.ts';
import { keepScenes } from '../scene-connection.ts';

export const activationResolvers = {
  Query: {
    activate: async (_, { from, corpus, limit, budget }, context) => {
      const activation = await activate(context, {
        source: activationSource(from),
        corpus: optionalCorpus(corpus),
        limit: pageSize('limit', limit, context.limits.pageMax),
        budget,
      });
      keepScenes(
        activation.scenes.map(({ scene }) => scene),
        context.loaders,
      );
      return activation;
    },
    assemble: async (_, { from, corpus, limit, budget, tokens, rung, labels }, context) => {
      const { store, reader, signal, loaders, limits } = context;
      const request = {
        source: activationSource(from),
        corpus: optionalCorpus(corpus),
        limit: pageSize('limit', limit, limits.pageMax),
        budget,
        tokens,
        rung,
        labels,
      };
      const counter = counterOf(await context.tokenizer());
      const assembled = await assembleContext({ store, reader, signal, counter }, request);
      keepScenes(
        assembled.activation.scenes.map(({ scene }) => scene),
        loaders,
      );
      return { ...assembled, tokens };
    },
  },
  Activation: {
    corpus: async ({ corpus }, _, { loaders }) => found(await loaders.corpora.load(corpus), 'CORPUS_NOT_FOUND', corpus),
    scenes: ({ scenes }) =>
      scenes.map(({ through, ...activated }) => ({
        ...activated,
        through: through === null ? null : { coupling: through, from: activated.scene.id },
      })),
    seedCount: ({ seeds }) => seeds,
    litCount: ({ lit }) => lit,
  },
  ActivatedScene: {
    coupled: ({ scene }, _, { loaders }) => loaders.coupled.load(scene.id),
  },
  Clue: {
    label: ({ kind, key }, { labels }) => clueLabel({ kind, key }, labels),
    sceneCount: ({ count }) => count,
    takenCount: ({ scenes }) => scenes.length,
  },
  ContextPiece: {
    occurrence: async ({ occurrence }, _, { loaders }) =>
      found(await loaders.occurrences.load(occurrence), 'OCCURRENCE_NOT_FOUND', formatOccurrence(occurrence)),
  },
} satisfies Resolvers;
