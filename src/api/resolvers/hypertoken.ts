import { formatOccurrence, type Occurrence, type OccurrencePart } from '../../scene/hypertoken.ts';
import type { SceneId } from '../../scene/scene.ts';
import { EXPAND_MAX, expandOccurrence } from '../../store/expand.ts';
import type { Page, StoredScene } from '../../store/graph-store.ts';
import { type Connection, connection } from '../connection.ts';
import { figureOfKey, hypertokenLexeme } from '../figures.ts';
import { found } from '../found.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import { encodeGlobalId } from '../global-id.ts';
import type { Loaders } from '../loaders.ts';
import { optionalCorpus } from '../optional-corpus.ts';
import { pageRequest } from '../page-request.ts';
import { keepScenes, sceneConnection } from '../scene-connection.ts';

export const hypertokenResolvers = {
  Query: {
    hypertokens: async (_, { filter: { level, corpus }, ...page }, { store, limits }) =>
      connection(
        await store.hypertokens(
          { level: level ?? undefined, corpus: optionalCorpus(corpus) },
          pageRequest(page, limits.pageMax),
        ),
        page.after,
      ),
    hypertoken: (_, { code }, { loaders }) => loaders.hypertokens.load(code),
    occurrences: async (_, { filter: { level, code, corpus }, ...page }, { store, limits }) =>
      connection(
        await store.occurrences(
          { level: level ?? undefined, code: code ?? undefined, corpus: optionalCorpus(corpus) },
          pageRequest(page, limits.pageMax),
        ),
        page.after,
      ),
    occurrence: (_, { ref }, { loaders }) => loaders.occurrences.load(ref),
    expand: async (_, { ref, depth, first, after }, { store, loaders, limits }) => {
      const max = Math.min(EXPAND_MAX, limits.pageMax);
      const request = { ...pageRequest({ first: first ?? max, after }, max), depth: depth ?? undefined };
      const expansion = await expandOccurrence(store, ref, request);
      keepScenes(
        expansion.scenes.items.map(({ item }) => item),
        loaders,
      );
      return { ...expansion, after };
    },
  },
  Expansion: {
    parts: ({ parts, after }, _, { loaders }) => occurrenceConnection(parts, after, loaders),
    // It is the page of the parts: what follows upon them, not upon the last scene among them, comes next.
    scenes: ({ parts, scenes, after, occurrence }, _, { loaders }) => ({
      ...sceneConnection(scenes, after, () => occurrence.size, loaders),
      pageInfo: connection(parts, after).pageInfo,
    }),
    couplings: ({ couplings }) => couplings.map((coupling) => ({ coupling, from: coupling.a })),
  },
  Hypertoken: {
    id: ({ code }) => encodeGlobalId({ type: 'Hypertoken', id: code }),
    figures: ({ figures }) => figures.map(figureOfKey),
    hyperlexeme: (hypertoken, { labels }) => hypertokenLexeme(hypertoken, labels),
    occurrenceCount: ({ occurrences }) => occurrences,
    occurrences: async ({ code }, { corpus, ...page }, { store, limits }) =>
      connection(
        await store.occurrences({ code, corpus: optionalCorpus(corpus) }, pageRequest(page, limits.pageMax)),
        page.after,
      ),
  },
  Occurrence: {
    id: ({ code, ordinal }) => encodeGlobalId({ type: 'Occurrence', id: { code, ordinal } }),
    ref: ({ code, ordinal }) => ({ code, ordinal }),
    firstScene: async ({ first }, _, { loaders }) => found(await loaders.scenes.load(first), 'SCENE_NOT_FOUND', first),
    scenes: ({ scenes }, _, { loaders }) => scenesOf(scenes, loaders),
    holder: async ({ code, ordinal }, _, { loaders }) => {
      const holder = await loaders.holders.load({ code, ordinal });
      return holder === null ? null : loaders.occurrences.load(holder);
    },
    parts: async ({ code, ordinal }, { depth, ...page }, { store, loaders, limits }) => {
      const request = { ...pageRequest(page, limits.pageMax), depth: depth ?? undefined };
      return occurrenceConnection(await store.parts({ code, ordinal }, request), page.after, loaders);
    },
    hypertoken: async ({ code }, _, { loaders }) =>
      found(await loaders.hypertokens.load(code), 'CODE_NOT_FOUND', String(code)),
  },
} satisfies Resolvers;

const scenesOf = (ids: readonly SceneId[], loaders: Loaders): Promise<readonly StoredScene[]> =>
  Promise.all(ids.map(async (id) => found(await loaders.scenes.load(id), 'SCENE_NOT_FOUND', id)));

const occurrenceConnection = async (
  { items, hasNextPage }: Page<OccurrencePart>,
  after: string | null | undefined,
  loaders: Loaders,
): Promise<Connection<Occurrence>> => {
  const occurrences = items.map(async ({ cursor, item }) => {
    const occurrence = await loaders.occurrences.load(item);
    return { cursor, item: found(occurrence, 'OCCURRENCE_NOT_FOUND', formatOccurrence(item)) };
  });
  return connection({ items: await Promise.all(occurrences), hasNextPage }, after);
};
