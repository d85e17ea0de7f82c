import type { Resolvers, ResolversParentTypes } from '../generated/resolver-types.ts';
import { decodeGlobalId, type GlobalId } from '../global-id.ts';
import type { Loaders } from '../loaders.ts';
import { pageSize } from '../page-request.ts';
import { typed } from '../typed.ts';

type NodeParent = ResolversParentTypes['Node'];

const typedOrNull = <T extends object>(type: GlobalId['type'], record: T | null) =>
  record === null ? null : typed(type, record);

const loadNode = async (global: GlobalId, loaders: Loaders): Promise<NodeParent | null> => {
  switch (global.type) {
    case 'Corpus':
      return typedOrNull(global.type, await loaders.corpora.load(global.id));
    case 'Document':
      return typedOrNull(global.type, await loaders.documents.load(global.id));
    case 'Scene':
      return typedOrNull(global.type, await loaders.scenes.load(global.id));
    case 'Hypertoken':
      return typedOrNull(global.type, await loaders.hypertokens.load(global.id));
    case 'Occurrence':
      return typedOrNull(global.type, await loaders.occurrences.load(global.id));
    case 'Job':
      return typedOrNull(global.type, await loaders.jobs.load(global.id));
    case 'Export':
      return typedOrNull(global.type, await loaders.exports.load(global.id));
  }
};

export const nodeResolvers = {
  Query: {
    node: (_, { id }, { loaders }) => loadNode(decodeGlobalId(id), loaders),
    nodes: (_, { ids }, { loaders, limits }) => {
      if (ids.length > 0) pageSize('ids', ids.length, limits.pageMax);
      // One promise an id, so that a bad one is null with an error of its own and the rest stands.
      // The generated type knows promises of an item, and null, but not a promise of either.
      return ids.map(async (id) => loadNode(decodeGlobalId(id), loaders) as Promise<NodeParent>);
    },
  },
} satisfies Resolvers;
