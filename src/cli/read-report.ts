import type { ReadReport } from '../worker/read-job.ts';

/** A document's reading in one line for people. */
export const describeRead = (name: string, report: ReadReport): string => {
  const { lang, scenes, couplings, version } = report;
  if (report.unchanged) return `${name}: ${lang}, ${scenes} scenes, unchanged since version ${version} was read`;
  const changes =
    version === 1 ? '' : ` (${report.scenesAdded} new, ${report.scenesKept} kept, ${report.scenesDeleted} gone)`;
  return `${name}: ${lang}, version ${version}, ${scenes} scenes${changes}, ${couplings} couplings`;
};
