import type { ExportId } from '../export/export-id.ts';
import type { JobId } from './job-queue.ts';

/** A job writes one export at most, under its own id. */
export const exportOfJob = (id: JobId): ExportId => id as string as ExportId;
export const jobOfExport = (id: ExportId): JobId => id as string as JobId;
