import { corpusName, documentName } from '../../scene/name.ts';
import { documentId } from '../../scene/scene.ts';
import { documentScenes } from '../document-scenes.ts';
import { documentText } from '../document-text.ts';
import { found } from '../found.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import { encodeGlobalId } from '../global-id.ts';
import { pageRequest } from '../page-request.ts';
import { sceneConnection } from '../scene-connection.ts';

export const documentResolvers = {
  Query: {
    document: (_, { corpus, name }, { loaders }) =>
      loaders.documents.load(documentId(corpusName(corpus), documentName(name))),
  },
  Document: {
    id: ({ id }) => encodeGlobalId({ type: 'Document', id }),
    key: ({ id }) => id,
    corpus: async ({ corpus }, _, { loaders }) => found(await loaders.corpora.load(corpus), 'CORPUS_NOT_FOUND', corpus),
    sceneCount: ({ scenes }) => scenes,
    text: (document, span, { store }) => documentText(store, document, span),
    scenes: async (document, args, { loaders, limits }) =>
      sceneConnection(
        await documentScenes(document, pageRequest(args, limits.pageMax), loaders),
        args.after,
        () => document.scenes,
        loaders,
      ),
  },
} satisfies Resolvers;
