import { HypersceneError } from '../../errors.ts';
import type { ExportId } from '../../export/export-id.ts';
import { MANIFEST, type Manifest } from '../../export/manifest.ts';
import { jobOfExport } from '../../worker/export-of-job.ts';
import { isOver } from '../../worker/stored-job.ts';
import { connection } from '../connection.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import { decodeExportId, encodeGlobalId } from '../global-id.ts';
import { pageRequest } from '../page-request.ts';

/** Paths are the program's own: lower case, digits, dots and slashes. */
const withUrls = (id: ExportId, files: readonly Manifest['files'][number][]) =>
  files.map((file) => ({ ...file, url: urlOf(id, file.path) }));
const urlOf = (id: ExportId, path: string): string =>
  `/exports/${id}/${path.split('/').map(encodeURIComponent).join('/')}`;

export const exportResolvers = {
  Query: {
    exports: async (_, page, { exports, limits }) =>
      connection(await exports.page(pageRequest(page, limits.pageMax)), page.after),
    export: (_, { id }, { loaders }) => loaders.exports.load(decodeExportId(id)),
  },
  Mutation: {
    deleteExport: async (_, { id: of }, { exports, jobs, loaders }) => {
      const id = decodeExportId(of);
      const [job] = await jobs.jobsById([jobOfExport(id)]);
      if (job && !isOver(job))
        throw new HypersceneError('JOB_NOT_OVER', 'the export is being written', {
          expected: 'one whose job is over; cancel it first',
          came: `one whose job is ${job.state}`,
        });
      if (!(await exports.remove(id))) throw new HypersceneError('EXPORT_NOT_FOUND', 'no such export', { came: id });
      loaders.exports.clearAll();
      return { deletedId: encodeGlobalId({ type: 'Export', id }) };
    },
  },
  Export: {
    id: ({ id }) => encodeGlobalId({ type: 'Export', id }),
    corpus: ({ manifest }) => manifest.corpus,
    revision: ({ manifest }) => manifest.revision,
    // The generated type of an enum with the domain's values is null.
    format: ({ manifest }) => manifest.exported as unknown as null,
    documents: ({ manifest }) => manifest.documents,
    scenes: ({ manifest }) => manifest.scenes,
    couplings: ({ manifest }) => manifest.couplings,
    options: ({ manifest }) => ({
      ...manifest.options,
      rung: manifest.options.rung ?? null,
      statistics: manifest.options.statistics ?? null,
    }),
    tokenizer: ({ manifest }) => manifest.tokenizer,
    bytes: ({ manifest }) => manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
    files: ({ id, manifest }) => withUrls(id, manifest.files),
    manifestUrl: ({ id }) => urlOf(id, MANIFEST),
    finishedAt: ({ finishedAt }) => new Date(finishedAt).toISOString(),
    expiresAt: ({ expiresAt }) => new Date(expiresAt).toISOString(),
  },
  ExportJobResult: {
    export: ({ id }, _, { loaders }) => loaders.exports.load(id),
    files: ({ id, files }) => withUrls(id, files),
  },
} satisfies Resolvers;
