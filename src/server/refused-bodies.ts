import type { FastifyInstance } from 'fastify';

/** ms for a client that is still sending to read its answer. */
const LINGER_MS = 5000;

/**
 * Reads on what is left of a body that was answered before it came whole, and throws it away. Closed on bytes that nobody has
 * read, a connection is reset, and the reset may overtake the answer (RFC 9112, section 9.6).
 */
export const discardRefusedBodies = (app: FastifyInstance): void => {
  app.addHook('onSend', ({ raw }, reply, payload, done) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = raw.headers;
    if (!raw.complete && (length ?? encoding) !== undefined) {
      // Fastify sets it for bodies that it does not understand; Node would close at once.
      reply.removeHeader('connection');
      raw.resume();
      setTimeout(() => {
        if (!raw.complete) raw.socket.destroy();
      }, LINGER_MS).unref();
    }
    done(null, payload);
  });
};
