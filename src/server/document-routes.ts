import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiServices } from '../api/context.ts';
import { found } from '../api/found.ts';
import { encodeGlobalId } from '../api/global-id.ts';
import { HypersceneError } from '../errors.ts';
import { corpusName, documentName } from '../scene/name.ts';
import { documentId, LANGUAGES, type Language } from '../scene/scene.ts';
import { dumpCorpus } from '../store/canonical-dump.ts';
import { readIntoCorpus } from '../worker/read-job.ts';
import { signedIn } from './access.ts';
import type { Drain } from './drain.ts';

interface DocumentPath {
  readonly corpus: string;
  readonly name: string;
}

const DOCUMENT = '/corpora/:corpus/documents/:name';

/**
 * Texts as they are, in and out, of any size without being held in memory: `PUT` and `GET` of a document, `GET` of a
 * corpus in canonical form. GraphQL carries a text as one JSON string.
 */
export const addDocumentRoutes = async (app: FastifyInstance, services: ApiServices, drain: Drain): Promise<void> => {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.route({
      method: 'PUT',
      url: DOCUMENT,
      config: { access: 'write' },
      bodyLimit: services.limits.documentBytesMax,
      handler: (request, reply) => putDocument(services, drain.signalOf(request), request, reply),
    });
    scope.get(DOCUMENT, (request, reply) => getDocument(services, request, reply));
    scope.get('/corpora/:corpus/dump', (request, reply) => getDump(services, request, reply));
  });
};

const storeFor = ({ database }: ApiServices, request: FastifyRequest) =>
  database.workspace(signedIn(request).workspace);

const putDocument = async (
  services: ApiServices,
  signal: AbortSignal,
  request: FastifyRequest,
  reply: FastifyReply,
) => {
  const path = request.params as DocumentPath;
  const [corpus, name] = [corpusName(path.corpus), documentName(path.name)];
  const lang = languageOf(request);
  if (!(request.body instanceof Readable))
    throw new HypersceneError('EMPTY_DOCUMENT', 'no text', { expected: 'UTF-8 text in the body' });
  const { compute, reader, limits } = services;
  const { viewsDeleted, ...report } = await readIntoCorpus(
    { store: storeFor(services, request), compute, reader, signal },
    { corpus, name, lang, source: { stream: kept(request.body) }, couplingsMax: limits.couplingsPerScene },
  );
  const id = encodeGlobalId({ type: 'Document', id: report.document });
  return reply
    .code(report.version === 1 && !report.unchanged ? 201 : 200)
    .send({ id, corpus, name, ...report, viewsDeleted });
};

/** Destroyed by a reader that has read enough, the connection would be gone before it is told why. */
const kept = (body: Readable): AsyncIterable<Uint8Array> => ({
  [Symbol.asyncIterator]: () => body.iterator({ destroyOnReturn: false }),
});

const getDocument = async (services: ApiServices, request: FastifyRequest, reply: FastifyReply) => {
  const path = request.params as DocumentPath;
  const [corpus, name] = [corpusName(path.corpus), documentName(path.name)];
  const store = storeFor(services, request);
  const [record] = await store.documentsById([documentId(corpus, name)]);
  const { id, sha256, bytes } = found(record, 'DOCUMENT_NOT_FOUND', name);
  return reply
    .type('text/plain; charset=utf-8')
    .headers({ 'cache-control': 'no-cache', etag: `"${sha256}"`, 'content-length': bytes })
    .send(Readable.from(store.documentText(id)));
};

const getDump = async (services: ApiServices, request: FastifyRequest, reply: FastifyReply) => {
  const { corpus: of } = request.params as { readonly corpus: string };
  const { numbers = 'true' } = request.query as { readonly numbers?: unknown };
  const corpus = corpusName(of);
  const store = storeFor(services, request);
  found(await store.corpus(corpus), 'CORPUS_NOT_FOUND', corpus);
  const lines = dumpCorpus(store, corpus, { numbers: numbers !== 'false' });
  return reply
    .type('application/x-ndjson; charset=utf-8')
    .header('cache-control', 'no-cache')
    .send(Readable.from(ended(lines)));
};

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

const languageOf = ({ query }: FastifyRequest): Language | undefined => {
  const { lang } = query as { readonly lang?: unknown };
  if (lang === undefined) return undefined;
  const known = LANGUAGES.find((one) => one === lang);
  if (known === undefined)
    throw new HypersceneError('BAD_ARGUMENT', 'bad lang', {
      expected: LANGUAGES.join(' or '),
      came: JSON.stringify(lang),
    });
  return known;
};
