import type { Readable } from 'node:stream';
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify';
import { HypersceneError } from '../errors.ts';
import { type LongBodyThread, openLongBodyThread, Pieces } from './long-body.ts';

export interface BodyLimits {
  /** Bytes of a whole body. */
  readonly bytesMax: number;
  /** Bytes of a body that is parsed where it came: JSON of nothing but brackets takes 15 ms. And what a longer one may have beside the texts of its variables. */
  readonly queryBytesMax: number;
}

/** The JSON of GraphQL requests. No body of another type is read. */
export const addGraphqlBodies = (scope: FastifyInstance, limits: BodyLimits): void => {
  const thread = openLongBodyThread();
  scope.addHook('onClose', () => thread.close());
  scope.removeAllContentTypeParsers();
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.addContentTypeParser('application/json', async (request: FastifyRequest, payload: Readable) => {
    if (Number(request.headers['content-length']) > limits.bytesMax) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
    const body = await collect(payload, limits);
    if (body instanceof Pieces) return parseLong(thread, body, limits);
    return new Promise((resolve, reject) => {
      void parse(request, body, (error, parsed) => (error === null ? resolve(parsed) : reject(error)));
    });
  });
};

/** The text of a short body, the bytes of a long one. @throws FastifyError FST_ERR_CTP_BODY_TOO_LARGE */
const collect = async (payload: Readable, { bytesMax, queryBytesMax }: BodyLimits): Promise<string | Pieces> => {
  const chunks: Uint8Array[] = [];
  let pieces: Pieces | null = null;
  let bytes = 0;
  // The connection must stay for the answer that refuses what is too long.
  for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
    if (pieces === null) chunks.push(chunk);
    else pieces.add(chunk);
    if (pieces !== null || bytes <= queryBytesMax) continue;
    pieces = new Pieces();
    for (const waiting of chunks) pieces.add(waiting);
  }
  return pieces ?? Buffer.concat(chunks).toString('utf8');
};

const REFUSED = {
  structure: 'all but texts',
  query: 'all but variables',
} as const;

/** @throws HypersceneError QUERY_TOO_LARGE; FastifyError FST_ERR_CTP_INVALID_JSON_BODY */
const parseLong = async (thread: LongBodyThread, pieces: Pieces, { queryBytesMax }: BodyLimits): Promise<unknown> => {
  const parsed = await thread.parse(pieces, queryBytesMax);
  switch (parsed.type) {
    case 'parsed':
      return parsed.body;
    case 'malformed':
      throw new errorCodes.FST_ERR_CTP_INVALID_JSON_BODY();
    case 'refused':
      throw new HypersceneError('QUERY_TOO_LARGE', `query too large: ${REFUSED[parsed.what]}`, {
        expected: `at most ${queryBytesMax} bytes; a longer text as a variable`,
        came: 'more',
      });
  }
};
