import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  ErrorCode,
  ListResourcesRequestSchema,
  type ListResourcesResult,
  McpError,
  type ReadResourceResult,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { Ask } from './ask.ts';
import { failureText } from './failure.ts';
import { PAGE_INFO, pageInfoAnswer } from './page.ts';
import { RefusedError } from './tool.ts';
import { count } from './whole.ts';

/** The protocol's own code. */
const RESOURCE_NOT_FOUND = -32002;
const MIME_TYPE = 'application/json';

const CORPORA = `query McpCorpusResources($after: String) {
  corpora(first: 50, after: $after) { nodes { name documentCount sceneCount } ${PAGE_INFO} }
}`;

const CORPUS = `query McpCorpus($name: String!) {
  found: corpus(name: $name) {
    name documentCount sceneCount couplingCount uncoupledCount revision collapse
    documents(first: 50) { nodes { name lang version bytes sceneCount notices } pageInfo { hasNextPage } totalCount }
  }
}`;

/** The facets with the words that they rest on, and the couplings with their reasons. */
const SCENE = `query McpScene($key: ID!) {
  found: scene(id: $key) {
    key document { name corpus { name } } position kind lang start end text code ordinal hyperlexeme
    agent { entity text confidence by }
    tension { ...Side }
    atmosphere { ...Side }
    archetype { ...Side }
    context { ...Side }
    motif { ref }
    couplings { nodes { weight because { kind label weight } other { key code ordinal text } } pageInfo { hasNextPage } }
  }
}
fragment Side on Facet { key label text confidence by }`;

const corporaAnswer = z.object({
  corpora: z.object({
    nodes: z.array(z.object({ name: z.string(), documentCount: count(), sceneCount: count() })),
    pageInfo: pageInfoAnswer,
  }),
});

/** `hyperscene://corpus/NAME`, listed by pages, and `hyperscene://scene/KEY`. */
export const addResources = (server: McpServer, ask: Ask): void => {
  server.registerResource(
    'corpus',
    new ResourceTemplate('hyperscene://corpus/{name}', { list: undefined }),
    { title: 'A corpus', description: 'What a corpus holds, with its first 50 documents.', mimeType: MIME_TYPE },
    (uri, { name }, { signal }) => read(ask, uri, CORPUS, { name: decodeURIComponent(String(name)) }, signal),
  );
  server.registerResource(
    'scene',
    new ResourceTemplate('hyperscene://scene/{key}', { list: undefined }),
    {
      title: 'A scene',
      description: 'A scene by its key, 32 hex digits: its words, facets with what they rest on, and couplings.',
      mimeType: MIME_TYPE,
    },
    (uri, { key }, { signal }) => read(ask, uri, SCENE, { key: decodeURIComponent(String(key)) }, signal),
  );
  // In place of the SDK's own list, which knows no pages.
  server.server.setRequestHandler(ListResourcesRequestSchema, ({ params }, { signal }) =>
    list(ask, params?.cursor, signal),
  );
};

const list = async (ask: Ask, after: string | undefined, signal: AbortSignal): Promise<ListResourcesResult> => {
  const data = await dataOf(ask(CORPORA, after === undefined ? {} : { after }, { signal }));
  const { nodes, pageInfo: next } = corporaAnswer.parse(data).corpora;
  return {
    resources: nodes.map(({ name, documentCount, sceneCount }) => ({
      uri: `hyperscene://corpus/${encodeURIComponent(name)}`,
      name,
      description: `${documentCount} documents, ${sceneCount} scenes`,
      mimeType: MIME_TYPE,
    })),
    ...(next === null ? {} : { nextCursor: next }),
  };
};

const read = async (
  ask: Ask,
  { href }: URL,
  query: string,
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<ReadResourceResult> => {
  const data = await dataOf(ask(query, variables, { signal }));
  const found = data?.['found'] ?? null;
  if (found === null) throw new McpError(RESOURCE_NOT_FOUND, 'Resource not found', { uri: href });
  return { contents: [{ uri: href, mimeType: MIME_TYPE, text: JSON.stringify(found) }] };
};

/** @throws McpError */
const dataOf = async (answer: ReturnType<Ask>) => {
  try {
    const { data, errors } = await answer;
    if (errors.length > 0) throw new RefusedError(errors);
    return data;
  } catch (error) {
    const code = error instanceof RefusedError ? ErrorCode.InvalidParams : ErrorCode.InternalError;
    throw new McpError(code, failureText(error));
  }
};
