import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { HypersceneError } from '../errors.ts';
import type { GraphStore } from '../store/graph-store.ts';

/** ms; a server that is away is tried again for longer than any prober waits. */
const READY_TIMEOUT = 3000;

/** One thing that the service cannot do without. */
export interface ReadinessCheck {
  readonly name: string;
  /** Resolves when it answers. @throws what is wrong */
  readonly ask: () => Promise<unknown>;
}

export interface Readiness {
  /** A server that was told to stop is not ready, whatever else answers. */
  readonly isDraining: boolean;
}

/** That a store answers. It was migrated when it was opened, before the server began to listen. */
export const storeCheck = (store: GraphStore): ReadinessCheck => ({
  name: 'store',
  ask: () => store.corpora({ first: 1 }),
});

/** @throws HypersceneError what is asked throws; STORE_TIMEOUT */
const askInTime = async ({ name, ask }: ReadinessCheck): Promise<void> => {
  const waiting = new AbortController();
  const late = setTimeout(READY_TIMEOUT, undefined, { signal: waiting.signal }).then(() => {
    throw new HypersceneError('STORE_TIMEOUT', `the ${name} does not answer`, {
      expected: `within ${READY_TIMEOUT} ms`,
    });
  });
  try {
    await Promise.race([ask(), late]);
  } finally {
    late.catch(() => undefined);
    waiting.abort();
  }
};

/** `/health`: the process lives, and its event loop gets round to answering. `/ready`: it takes requests, and all that it needs answers. */
export const addHealthRoutes = (
  app: FastifyInstance,
  readiness: Readiness,
  checks: readonly ReadinessCheck[],
): void => {
  app.get('/health', { logLevel: 'warn', config: { access: 'open' } }, async () => ({ status: 'ok' }));
  app.get('/ready', { logLevel: 'warn', config: { access: 'open' } }, async (request, reply) => {
    if (readiness.isDraining) return reply.code(503).send({ status: 'draining' });
    const outcomes = await Promise.allSettled(checks.map(askInTime));
    for (const [i, outcome] of outcomes.entries()) {
      if (outcome.status === 'fulfilled') continue;
      const { reason } = outcome;
      const check = checks[i]?.name;
      request.log.error({ err: reason, check }, 'not ready');
      const code = reason instanceof HypersceneError ? reason.code : 'INTERNAL';
      return reply.code(503).send({ status: 'unavailable', check, code });
    }
    return { status: 'ready' };
  });
};
