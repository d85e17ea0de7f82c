import type { FastifyInstance } from 'fastify';
import { HypersceneError } from '../errors.ts';
import type { GraphStore } from '../store/graph-store.ts';

/** `/health`: the process lives. `/ready`: the store answers. */
export const addHealthRoutes = (app: FastifyInstance, store: GraphStore): void => {
  app.get('/health', { logLevel: 'warn' }, async () => ({ status: 'ok' }));
  app.get('/ready', { logLevel: 'warn' }, async (request, reply) => {
    try {
      await store.corpora({ first: 1 });
      return { status: 'ready' };
    } catch (error) {
      request.log.error({ err: error }, 'store does not answer');
      reply.code(503);
      return { status: 'unavailable', code: error instanceof HypersceneError ? error.code : 'INTERNAL' };
    }
  });
};
