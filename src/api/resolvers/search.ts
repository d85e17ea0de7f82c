import { corpusName } from '../../scene/name.ts';
import { type SearchHit, type SearchResult, search } from '../../worker/search-job.ts';
import { connection, mapPage } from '../connection.ts';
import type { Resolvers, ResolversParentTypes } from '../generated/resolver-types.ts';
import { pageRequest } from '../page-request.ts';
import type { SearchHitParent } from '../parents.ts';
import { keepScenes } from '../scene-connection.ts';
import { typed } from '../typed.ts';

export const searchResolvers = {
  Query: {
    search: async (_, { corpus, text, kinds, ...page }, context) => {
      const answer = await search(context, {
        ...pageRequest(page, context.limits.pageMax),
        corpus: corpusName(corpus),
        text,
        kinds: kinds ?? undefined,
      });
      keepScenes(
        answer.page.items.flatMap(({ item: { result, beside } }) => [
          ...(result.type === 'scene' ? [result.scene] : []),
          ...(beside === null ? [] : [beside]),
        ]),
        context.loaders,
      );
      const { total, truncated, clues, wordsLeft } = answer;
      return {
        ...connection(mapPage(answer.page, hitParent), page.after),
        totalCount: total,
        truncated,
        clues,
        wordsLeft,
      };
    },
  },
  SearchHit: { hit: ({ result }) => resultParent(result) },
} satisfies Resolvers;

const hitParent = ({ through, ...hit }: SearchHit): SearchHitParent => ({
  ...hit,
  through: through === null || hit.result.type !== 'scene' ? null : { coupling: through, from: hit.result.scene.id },
});

const resultParent = (result: SearchResult): ResolversParentTypes['SearchResult'] => {
  switch (result.type) {
    case 'scene':
      return typed('Scene', result.scene);
    case 'facet':
      return typed('CorpusFacet', result.facet);
    case 'hypertoken':
      return typed('Hypertoken', result.hypertoken);
    case 'occurrence':
      return typed('Occurrence', result.occurrence);
  }
};
