import { formatOccurrence } from '../../scene/hypertoken.ts';
import { corpusName, viewName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import type { StoredScene } from '../../store/graph-store.ts';
import { collapseView } from '../../worker/view-job.ts';
import { change } from '../change.ts';
import { connection } from '../connection.ts';
import { found } from '../found.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import type { Loaders } from '../loaders.ts';
import { pageRequest } from '../page-request.ts';
import { viewSource } from '../view-source.ts';

export const viewResolvers = {
  Query: {
    views: async (_, { corpus, ...page }, { store, limits }) =>
      connection(await store.views(corpusName(corpus), pageRequest(page, limits.pageMax)), page.after),
    view: (_, { corpus, name }, { store }) => store.viewByName(corpusName(corpus), viewName(name)),
  },
  Mutation: {
    collapseView: (_, { input: { corpus: of, name, source, replace, scenesMax } }, context) => {
      const corpus = corpusName(of);
      const request = { corpus, name: viewName(name), source: viewSource(source, corpus), replace, scenesMax };
      return change(context, (job) => collapseView(job, request));
    },
    deleteView: async (_, { corpus, name }, context) => {
      const [of, view] = [corpusName(corpus), viewName(name)];
      const { occurrence } = await change(context, ({ store }) => store.deleteView(of, view));
      return { name: view, deletedRef: occurrence, size: occurrence.size };
    },
  },
  View: {
    corpus: async ({ corpus }, _, { loaders }) => found(await loaders.corpora.load(corpus), 'CORPUS_NOT_FOUND', corpus),
    occurrence: async ({ occurrence }, _, { loaders }) =>
      found(await loaders.occurrences.load(occurrence), 'OCCURRENCE_NOT_FOUND', formatOccurrence(occurrence)),
    size: ({ occurrence }) => occurrence.size,
  },
  ViewSelection: {
    seed: (selection, _, { loaders }) => sceneOf(selection.by === 'seed' ? selection.seed : null, loaders),
    from: (selection, _, { loaders }) => sceneOf(selection.by === 'path' ? selection.from : null, loaders),
    to: (selection, _, { loaders }) => sceneOf(selection.by === 'path' ? selection.to : null, loaders),
    facets: (selection) => (selection.by === 'search' ? (selection.facets ?? null) : null),
  },
} satisfies Resolvers;

const sceneOf = async (id: SceneId | null, loaders: Loaders): Promise<StoredScene | null> =>
  id === null ? null : loaders.scenes.load(id);
