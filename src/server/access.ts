import rateLimit from '@fastify/rate-limit';
import '@fastify/websocket';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from '../access/authenticator.ts';
import { readAuthorization } from '../access/credentials.ts';
import { isLoopback } from '../access/loopback.ts';
import { type Principal, requireScope, type Scope } from '../access/principal.ts';
import { HypersceneError } from '../errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope that the route asks for; `open` asks for none. Left out it is `read`, so that no route is open by mistake. */
    access?: Scope | 'open';
  }
  interface FastifyRequest {
    /** Who asks; null only on routes that are open, and on a WebSocket whose first message has yet to tell. */
    principal: Principal | null;
  }
}

export interface AccessOptions {
  readonly authenticator: Authenticator;
  /** Requests a minute of one caller; 0 sets no limit. */
  readonly rateLimit: number;
  /** Requests a minute of one address without a valid key. */
  readonly refusalLimit: number;
  /** Host names, with a port where it matters, besides this machine's own. */
  readonly allowedHosts: readonly string[];
}

/** Counts what a caller asks for. */
export interface Gate {
  /** @throws HypersceneError UNAUTHENTICATED, RATE_LIMITED, KEY_SET_UNREACHABLE */
  admit(request: FastifyRequest, authorization: string | undefined): Promise<Principal>;
  /** One more operation of a caller. @throws HypersceneError RATE_LIMITED */
  count(request: FastifyRequest): Promise<void>;
}

/** Who asks, on a route that is not open. */
export const signedIn = ({ principal }: FastifyRequest): Principal => {
  if (principal === null) throw new HypersceneError('UNAUTHENTICATED', 'not signed in');
  return principal;
};

const MINUTE = 60_000;

/** Refuses, before a body is read, whoever may not ask. Every route below it is guarded, unknown paths too. */
export const addAccess = async (app: FastifyInstance, options: AccessOptions): Promise<Gate> => {
  const { authenticator } = options;
  app.decorateRequest('principal', null);
  await app.register(rateLimit, { global: false });
  const gate = openGate(app, options);
  const isAllowedHost = hostRule(options);
  app.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config.access ?? 'read';
    if (!isAllowedHost(request.headers.host)) throw refusedHost(request);
    if (request.ws) requireOwnOrigin(request);
    if (access === 'open') return;
    const { authorization } = request.headers;
    // A browser's WebSocket cannot send the header; its first message then tells.
    if (request.ws && authorization === undefined && !authenticator.isOpen) return;
    try {
      request.principal = await gate.admit(request, authorization);
      await gate.count(request);
    } catch (error) {
      addChallenge(reply, error);
      throw error;
    }
    requireScope(request.principal, access);
  });
  return gate;
};

const openGate = (app: FastifyInstance, { authenticator, ...limits }: AccessOptions): Gate => {
  const refusals = app.createRateLimit({ max: limits.refusalLimit, timeWindow: MINUTE });
  const requests = app.createRateLimit({
    max: limits.rateLimit,
    timeWindow: MINUTE,
    keyGenerator: ({ principal, ip }) => principal?.id ?? ip,
  });
  const isLimited = limits.rateLimit > 0 && !authenticator.isOpen;
  return {
    admit: async (request, authorization) => {
      try {
        return await authenticator.authenticate(readAuthorization(authorization));
      } catch (error) {
        if (!isRefusal(error)) throw withoutFile(error, request);
        // Counted after: a valid key behind the same address is never kept out.
        const counted = await refusals(request);
        if (!counted.isAllowed && counted.isExceeded) throw tooMany(counted, 'requests a minute without a valid key');
        throw error;
      }
    },
    count: async (request) => {
      if (!isLimited) return;
      const counted = await requests(request);
      if (!counted.isAllowed && counted.isExceeded) throw tooMany(counted, 'requests a minute');
    },
  };
};

const isRefusal = (error: unknown): boolean => error instanceof HypersceneError && error.code === 'UNAUTHENTICATED';

/** What is wrong with the server's own file, and where it lies, is nothing that a stranger is told. */
const withoutFile = (error: unknown, { log }: FastifyRequest): unknown => {
  if (!(error instanceof HypersceneError) || !['BAD_KEY_FILE', 'UNREADABLE_FILE'].includes(error.code)) return error;
  log.error({ err: error }, 'nobody can sign in');
  return new HypersceneError('BAD_KEY_FILE', 'keys cannot be checked');
};

interface Counted {
  readonly max: number;
  readonly ttlInSeconds: number;
}

const tooMany = ({ max, ttlInSeconds }: Counted, what: string): HypersceneError =>
  new HypersceneError('RATE_LIMITED', 'too many requests', {
    expected: `at most ${max} ${what}; try again in ${ttlInSeconds} s`,
    retryAfter: ttlInSeconds,
  });

/** Says how to sign in, which makes a browser ask for the key, and when to come back. */
const addChallenge = (reply: FastifyReply, error: unknown): void => {
  if (!(error instanceof HypersceneError)) return;
  if (error.code === 'UNAUTHENTICATED')
    reply.header('www-authenticate', ['Bearer realm="Hyperscene"', 'Basic realm="Hyperscene: the key as password"']);
  if (error.details.retryAfter !== undefined) reply.header('retry-after', error.details.retryAfter);
};

/**
 * Where nobody signs in, a page of another site could reach this server under a name of its own that it lets lead to
 * 127.0.0.1 (DNS rebinding): only names that are this machine's own, and those in the settings, are answered.
 */
const hostRule = ({ authenticator, allowedHosts }: AccessOptions): ((host: string | undefined) => boolean) => {
  if (!authenticator.isOpen && allowedHosts.length === 0) return () => true;
  const allowed = new Set(allowedHosts);
  return (host) => {
    // HTTP/1.0 has none, and no browser speaks it.
    if (host === undefined) return true;
    const lower = host.toLowerCase();
    const name = lower.replace(/:\d+$/u, '');
    return isLoopback(name) || allowed.has(lower) || allowed.has(name);
  };
};

const refusedHost = ({ headers }: FastifyRequest): HypersceneError =>
  new HypersceneError('FORBIDDEN', 'not reached by this name', {
    expected: 'localhost, or a name in HYPERSCENE_ALLOWED_HOSTS',
    came: JSON.stringify(headers.host?.slice(0, 200)),
  });

/**
 * A WebSocket is not held to its page's origin by the browser, which sends along what it knows of the person.
 * @throws HypersceneError FORBIDDEN for a page of another site
 */
export const requireOwnOrigin = ({ headers: { origin, host } }: FastifyRequest): void => {
  if (origin === undefined || hostOf(origin) === host?.toLowerCase()) return;
  throw new HypersceneError('FORBIDDEN', 'a page of another site may not connect', {
    expected: `origin ${host}`,
    came: JSON.stringify(origin.slice(0, 200)),
  });
};

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
