import type { Brand } from '../scene/brand.ts';

/** 32 hex digits that grow with the time at which the export was asked for: those of its job. */
export type ExportId = Brand<string, 'ExportId'>;

const FORM = /^[0-9a-f]{32}$/u;

export const isExportId = (text: string): text is ExportId => FORM.test(text);
