import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import send from '@fastify/send';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiServices } from '../api/context.ts';
import { HypersceneError } from '../errors.ts';
import { type ExportId, isExportId } from '../export/export-id.ts';
import type { KeptExport } from '../export/kept-exports.ts';
import { MANIFEST } from '../export/manifest.ts';
import type { WorkspaceName } from '../scene/name.ts';
import { jobOfExport } from '../worker/export-of-job.ts';
import { isOver } from '../worker/stored-job.ts';
import { signedIn } from './access.ts';

interface FilePath {
  readonly id: string;
  readonly '*': string;
}

/** A file as the manifest tells it. */
interface ToldFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** `GET` and `HEAD /exports/ID/FILE`: files of exports that are whole, and no others, in ranges of bytes as well. */
export const addExportRoutes = (app: FastifyInstance, services: ApiServices): void => {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/exports/:id/*',
    handler: (request, reply) => download(services, request, reply),
  });
};

const download = async (services: ApiServices, request: FastifyRequest, reply: FastifyReply) => {
  const { id, '*': path } = request.params as FilePath;
  const { workspace } = signedIn(request);
  if (!isExportId(id)) throw notFound(id);
  const kept = await services.exports.workspace(workspace).find(id);
  if (kept === null) throw await whyNot(services, workspace, id);
  return sendFile(kept.folder, await toldFile(kept, path), request, reply);
};

const notFound = (came: string): HypersceneError =>
  new HypersceneError('EXPORT_NOT_FOUND', 'not there (any more)', {
    expected: 'a file that `exports` names',
    came: JSON.stringify(came.slice(0, 200)),
  });

/** Nothing of an export is given away before it is whole. */
const whyNot = async ({ exports, jobs }: ApiServices, workspace: WorkspaceName, id: ExportId) => {
  const [job] = await jobs.workspace(workspace).jobsById([jobOfExport(id)]);
  const isUnderWay = job?.spec.kind === 'export' && !isOver(job);
  if (!isUnderWay && !(await exports.workspace(workspace).isBegun(id))) return notFound(id);
  return new HypersceneError('EXPORT_UNFINISHED', 'the export is not whole', {
    expected: isUnderWay ? 'its job to succeed: wait for it' : 'its job to succeed: `retryJob` goes on with it',
    came: `a job that ${job ? `is ${job.state}` : 'is no longer remembered'}`,
  });
};

/** By the very path that the manifest has: what a client sends is compared and never made a path of. */
const toldFile = async ({ folder, manifest }: KeptExport, path: string): Promise<ToldFile> => {
  const file = manifest.files.find((told) => told.path === path);
  if (file !== undefined) return file;
  if (path !== MANIFEST) throw notFound(path);
  const bytes = await readFile(join(folder, MANIFEST));
  return { path, bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') };
};

/** Whether the client has it already (RFC 9110, 13.1.2). */
const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch?.split(',').some((one) => ['*', etag, `W/${etag}`].includes(one.trim())) ?? false;

const RANGE = /^bytes=(?:(?<from>\d+)-(?<to>\d*)|-(?<tail>\d+))$/iu;

/**
 * A header that asks for one range, as the library is to read it; null for several at once and for what is none, which are
 * answered with the whole file (RFC 9110, 14.2). The library refuses a tail that is longer than the file (4.2.1), and
 * makes ranges of much that is none.
 */
const singleRange = (header: string | undefined, bytes: number): string | null => {
  const { from, to, tail } = RANGE.exec(header ?? '')?.groups ?? {};
  if (tail !== undefined) return `bytes=${Math.max(0, bytes - Number(tail))}-`;
  if (from === undefined || (to && Number(to) < Number(from))) return null;
  return `bytes=${from}-${to}`;
};

const sendFile = async (folder: string, file: ToldFile, request: FastifyRequest, reply: FastifyReply) => {
  const etag = `"${file.sha256}"`;
  // Shared caches do not know who may read it.
  reply.headers({ etag, 'cache-control': 'private, no-cache' });
  const { range: header, 'if-range': ifRange, 'if-none-match': ifNoneMatch } = request.headers;
  if (isKnown(ifNoneMatch, etag)) return reply.code(304).send();
  // The library knows no ETag but one of size and time, so that what depends on ours is decided here and not handed on.
  const range = ifRange === undefined || ifRange === etag ? singleRange(header, file.bytes) : null;
  const asked = { method: request.method, headers: range === null ? {} : { range } } as unknown as Readable;
  const { statusCode, headers, stream, ...result } = await send(asked, encodeURI(file.path), {
    root: folder,
    cacheControl: false,
    lastModified: false,
    etag: false,
    index: false,
    extensions: false,
  });
  if (result.type === 'file' && result.metadata.stat.size !== file.bytes) {
    stream.destroy();
    throw damaged(file, `${result.metadata.stat.size}`);
  }
  if (statusCode === 416) return refuseRange(reply, file, header);
  if (result.type !== 'file') throw notFound(file.path);
  return reply
    .code(statusCode)
    .headers({ ...headers, 'content-disposition': `attachment; filename="${basename(file.path)}"` })
    .send(stream);
};

const damaged = ({ path, bytes }: ToldFile, came: string): HypersceneError =>
  new HypersceneError('EXPORT_DAMAGED', 'a file of the export is not what was written', {
    at: path,
    expected: `${bytes} bytes`,
    came,
  });

const refuseRange = (reply: FastifyReply, { bytes }: ToldFile, range: string | undefined) => {
  const { code, message, retriable, details } = new HypersceneError('BAD_ARGUMENT', 'bad range', {
    expected: `bytes of ${bytes}`,
    came: JSON.stringify(range?.slice(0, 80)),
  });
  return reply
    .code(416)
    .header('content-range', `bytes */${bytes}`)
    .send({ error: { code, message, retriable, details } });
};
