import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApolloServer } from '@apollo/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ApiContext, type ApiServices, createContext } from '../api/context.ts';
import { LANGUAGES, type Language } from '../scene/scene.ts';
import { signedIn } from './access.ts';
import type { Drain } from './drain.ts';
import { fetchStartData } from './start-page/start-data.ts';
import { startPage } from './start-page/start-page.ts';

const ASSETS = join(import.meta.dirname, 'assets');

const ASSET_TYPES = {
  'start.css': 'text/css; charset=utf-8',
  'start.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

/** The start page and its three files, which are read once. */
export const addPageRoutes = async (
  app: FastifyInstance,
  apollo: ApolloServer<ApiContext>,
  services: ApiServices,
  drain: Drain,
): Promise<void> => {
  for (const [name, type] of Object.entries(ASSET_TYPES)) {
    const content = await readFile(join(ASSETS, name));
    app.get(`/assets/${name}`, { config: { access: 'open' } }, async (_request, reply) =>
      reply.type(type).header('cache-control', 'no-cache').send(content),
    );
  }
  app.get('/', async (request, reply) => {
    const lang = languageOf(request);
    const signal = drain.signalOf(request);
    const source = { principal: signedIn(request), signal, logger: request.log, requestId: request.id };
    const data = await fetchStartData(apollo, () => createContext(services, source), lang);
    const page = startPage(data, { lang, origin: originOf(request) });
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('vary', 'accept-language')
      .send(page);
  });
};

/** `?lang=` outranks the browser's wish; who reads neither Russian nor English is more likely to read English. */
const languageOf = ({ query, headers }: FastifyRequest): Language => {
  const asked = (query as { lang?: unknown }).lang;
  const wished = (headers['accept-language'] ?? '').toLowerCase().match(/\b(?:ru|en)\b/u)?.[0];
  return LANGUAGES.find((lang) => lang === asked) ?? LANGUAGES.find((lang) => lang === wished) ?? 'en';
};

/** For the lines to copy: what the browser reached the server by, unless it is no host name. */
const originOf = ({ protocol, host }: FastifyRequest): string =>
  /^[\w.-]+(?::\d{1,5})?$|^\[[\da-f:.]+\](?::\d{1,5})?$/iu.test(host)
    ? `${protocol}://${host}`
    : `${protocol}://localhost`;
