import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readAuthorization } from '../access/credentials.ts';
import { isLoopback } from '../access/loopback.ts';
import { HypersceneError, toErrorMessage } from '../errors.ts';
import { workspaceName } from '../scene/name.ts';
import { writeBackup } from '../store/backup/write-backup.ts';
import type { GraphArchive } from '../store/graph-archive.ts';

export interface BackupService {
  readonly archive: GraphArchive;
  /** The kind of store, for the header. */
  readonly store: string;
  /** The program's version, for the header. */
  readonly product: string;
  /** Who knows it may read the whole graph: see the serving note. */
  readonly token: string;
}

/** A reader that takes nothing for so long is taken for dead: until it reads on, the store keeps the state of when it began. */
const STALL_MS = 60_000;
/** Bytes that wait for a slow reader. */
const WAITING_BYTES = 2 ** 20;

/** From this machine: by the loopback, or by an address of its own, from which it is reached where it listens on that alone. */
const isLocal = ({ socket }: FastifyRequest): boolean =>
  isLoopback(socket.remoteAddress ?? '') || socket.remoteAddress === socket.localAddress;

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

const isAllowed = (request: FastifyRequest, token: string): boolean => {
  const given = readAuthorization(request.headers.authorization);
  return isLocal(request) && given.type === 'bearer' && timingSafeEqual(sha256(given.secret), sha256(token));
};

/**
 * `GET /backup?workspace=…`, a workspace or several, all without: the text of a backup as it is read, for `hyperscene
 * backup` beside a process that has the embedded store locked. Whoever may not is told that there is nothing.
 */
export const addBackupRoute = (app: FastifyInstance, service: BackupService): void => {
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort(new Error('the server stops')));
  let running = false;
  app.get('/backup', { logLevel: 'warn', config: { access: 'open' } }, async (request, reply) => {
    if (!isAllowed(request, service.token)) return reply.callNotFound();
    // Each keeps one of the few places for readers of the store.
    if (running) return reply.code(409).send({ error: 'a backup is under way' });
    running = true;
    const stream = new PassThrough({ highWaterMark: WAITING_BYTES });
    void writeTo(stream, service, request, closing.signal).finally(() => {
      running = false;
    });
    return answer(reply).send(stream);
  });
};

const answer = (reply: FastifyReply): FastifyReply =>
  reply.type('application/x-ndjson; charset=utf-8').header('cache-control', 'no-store');

const writeTo = async (
  stream: PassThrough,
  { archive, store, product }: BackupService,
  request: FastifyRequest,
  closing: AbortSignal,
): Promise<void> => {
  const gone = new AbortController();
  stream.on('error', () => {});
  stream.once('close', () => gone.abort(new Error('the reader is gone')));
  const signal = AbortSignal.any([gone.signal, closing]);
  const write = async (text: string): Promise<void> => {
    signal.throwIfAborted();
    if (stream.write(text)) return;
    await once(stream, 'drain', { signal: AbortSignal.any([signal, AbortSignal.timeout(STALL_MS)]) });
  };
  try {
    const workspaces = await workspacesOf(archive, request);
    await writeBackup({ archive, store, product, created: new Date(), workspaces, signal, write });
    stream.end();
  } catch (error) {
    if (gone.signal.aborted) return;
    request.log.warn({ err: error }, 'backup failed');
    const { code, message } = toErrorMessage(asStopped(error, closing));
    stream.end(`${JSON.stringify({ error: { code, message } })}\n`);
  }
};

const asStopped = (error: unknown, closing: AbortSignal): unknown =>
  closing.aborted ? new HypersceneError('STORE_CLOSED', 'the server stopped during the backup') : error;

const workspacesOf = async (archive: GraphArchive, { query }: FastifyRequest) => {
  const { workspace } = query as { readonly workspace?: string | readonly string[] };
  if (workspace === undefined) return archive.workspaces();
  return [workspace].flat().map((name) => workspaceName(String(name)));
};
