import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { HypersceneError } from '../errors.ts';
import type { GraphStore } from '../store/graph-store.ts';

/** ms; a server that is away is tried again for longer than any prober waits. */
const READY_TIMEOUT = 3000;

/** @throws HypersceneError what the store throws; STORE_TIMEOUT */
const askStore = async (store: GraphStore): Promise<void> => {
  const waiting = new AbortController();
  const late = setTimeout(READY_TIMEOUT, undefined, { signal: waiting.signal }).then(() => {
    throw new HypersceneError('STORE_TIMEOUT', 'the store does not answer', { expected: `within ${READY_TIMEOUT} ms` });
  });
  try {
    await Promise.race([store.corpora({ first: 1 }), late]);
  } finally {
    late.catch(() => undefined);
    waiting.abort();
  }
};

/** `/health`: the process lives. `/ready`: the store answers. */
export const addHealthRoutes = (app: FastifyInstance, store: GraphStore): void => {
  app.get('/health', { logLevel: 'warn', config: { access: 'open' } }, async () => ({ status: 'ok' }));
  app.get('/ready', { logLevel: 'warn', config: { access: 'open' } }, async (request, reply) => {
    try {
      await askStore(store);
      return { status: 'ready' };
    } catch (error) {
      request.log.error({ err: error }, 'store does not answer');
      reply.code(503);
      return { status: 'unavailable', code: error instanceof HypersceneError ? error.code : 'INTERNAL' };
    }
  });
};
