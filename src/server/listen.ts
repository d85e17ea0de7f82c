import type { FastifyInstance } from 'fastify';
import { HypersceneError } from '../errors.ts';

/** @returns the address, without a slash at the end. @throws HypersceneError PORT_IN_USE */
export const listen = async (
  app: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<string> => {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new HypersceneError('PORT_IN_USE', `port ${port} of ${host} is in use`, {
      expected: 'a free port, or 0 for any',
      cause,
    });
  }
};
