import type { ApolloServer } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { ApiContext } from '../../api/context.ts';
import type { Language } from '../../scene/scene.ts';

/** What the start page shows, as GraphQL gives it. */
export interface StartData {
  readonly corpora: readonly StartCorpus[];
  readonly hasMore: boolean;
  readonly errors: readonly GraphQLFormattedError[];
}

export interface StartCorpus {
  readonly name: string;
  readonly documentCount: number;
  readonly sceneCount: number;
  readonly couplingCount: number;
  readonly collapse: 'NONE' | 'FRESH' | 'STALE';
  readonly scenes: readonly StartScene[];
}

export interface StartScene {
  readonly text: string;
  readonly lang: 'RU' | 'EN';
  readonly agent: { readonly entity: string } | null;
  readonly hyperlexeme: string;
  readonly code: string;
  readonly ordinal: number;
}

/** Corpora of one page: each adds a list of scenes to the second query. */
const CORPORA_SHOWN = 10;
const SCENES_SHOWN = 8;
/** Scenes to choose them from: in ordinary prose about half show no figure, and eight of those say nothing. */
const SCENES_FETCHED = 40;

const CORPORA = `query StartCorpora {
  corpora(first: ${CORPORA_SHOWN}) {
    nodes { name documentCount sceneCount couplingCount collapse }
    pageInfo { hasNextPage }
  }
}`;

/** One list of scenes a corpus under its own alias: one call of the store each, as many as corpora are shown. */
const scenesQuery = (corpora: number): string => {
  const indices = Array.from({ length: corpora }, (_, i) => i);
  const variables = indices.map((i) => `$c${i}: SceneFilter!`).join(', ');
  const lists = indices.map((i) => `c${i}: scenes(filter: $c${i}, first: ${SCENES_FETCHED}) { ...First }`).join('\n  ');
  return `query StartScenes($labels: Language!, ${variables}) {
  ${lists}
}
fragment First on SceneConnection {
  nodes { text lang agent { entity } hyperlexeme(labels: $labels) code ordinal }
}`;
};

interface CorporaAnswer {
  readonly corpora: {
    readonly nodes: readonly Omit<StartCorpus, 'scenes'>[];
    readonly pageInfo: { readonly hasNextPage: boolean };
  } | null;
}

type ScenesAnswer = Readonly<Record<string, { readonly nodes: readonly StartScene[] } | null>>;

/** Asks the API as any client would; what it cannot answer is left out and told. */
export const fetchStartData = async (
  apollo: ApolloServer<ApiContext>,
  newContext: () => ApiContext,
  lang: Language,
): Promise<StartData> => {
  const ask = <T>(query: string, variables: Record<string, unknown>) =>
    execute<T>(apollo, newContext(), query, variables);
  const first = await ask<CorporaAnswer>(CORPORA, {});
  const nodes = first.data?.corpora?.nodes ?? [];
  const hasMore = first.data?.corpora?.pageInfo.hasNextPage ?? false;
  if (nodes.length === 0) return { corpora: [], hasMore, errors: first.errors };
  const filters = Object.fromEntries(nodes.map(({ name }, i) => [`c${i}`, { corpus: name }]));
  const second = await ask<ScenesAnswer>(scenesQuery(nodes.length), { labels: lang.toUpperCase(), ...filters });
  return {
    corpora: nodes.map((corpus, i) => ({ ...corpus, scenes: telling(second.data?.[`c${i}`]?.nodes ?? []) })),
    hasMore,
    errors: [...first.errors, ...second.errors],
  };
};

/** The first scenes with a figure; where there are too few of them, others fill up. In the order of the corpus. */
const telling = (scenes: readonly StartScene[]): readonly StartScene[] => {
  const figured = scenes.filter(({ code }) => code !== EMPTY_CODE);
  const others = scenes.filter(({ code }) => code === EMPTY_CODE);
  const shown = new Set([...figured, ...others].slice(0, SCENES_SHOWN));
  return scenes.filter((scene) => shown.has(scene));
};

/** Of the figure of all `none`. */
const EMPTY_CODE = 'Δ0';

const execute = async <T>(
  apollo: ApolloServer<ApiContext>,
  contextValue: ApiContext,
  query: string,
  variables: Record<string, unknown>,
): Promise<{ readonly data: T | null; readonly errors: readonly GraphQLFormattedError[] }> => {
  const { body } = await apollo.executeOperation<Record<string, unknown>>({ query, variables }, { contextValue });
  if (body.kind !== 'single') throw new TypeError('the start page asks for nothing that comes in parts');
  return { data: (body.singleResult.data ?? null) as T | null, errors: body.singleResult.errors ?? [] };
};
