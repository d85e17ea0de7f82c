import type { FacetsFilled } from '../worker/model/model-facets.ts';

import type { ReadReport } from '../worker/read-job.ts';

/** A document's reading in one line for people. */
export const describeRead = (name: string, report: ReadReport): string => {
  const { lang, scenes, couplings, version } = report;
  if (report.unchanged) return `${name}: ${lang}, ${scenes} scenes, unchanged since version ${version} was read`;
  const changes =
    version === 1 ? '' : ` (${report.scenesAdded} new, ${report.scenesKept} kept, ${report.scenesDeleted} gone)`;
  return `${name}: ${lang}, version ${version}, ${scenes} scenes${changes}, ${couplings} couplings`;
};

/** What a model filled, in one line for people. */
export const describeFilled = ({ model, scenes, asked, filled, none, dropped }: FacetsFilled): string => {
  const unfit = dropped.NOT_WHOLE + dropped.NOT_IN_INVENTORY + dropped.NOT_IN_TEXT;
  return `${model} was asked for ${asked} facets of ${scenes} scenes and filled ${filled}; nothing fits ${none}, ${unfit} answers do not hold, ${dropped.LESS_SURE} are not sure enough${dropped.TOO_LONG === 0 ? '' : `; ${dropped.TOO_LONG} could not be asked for in its context`}`;
};
