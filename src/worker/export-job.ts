import type { ExportProgress } from '../export/export-corpus.ts';
import type { CorpusName } from '../scene/name.ts';
import type { Progress } from './job.ts';

const UNITS = {
  hypertokens: 'records',
  documents: 'records',
  texts: 'scenes',
  scenes: 'scenes',
  occurrences: 'records',
  couplings: 'couplings',
  merges: 'records',
  views: 'records',
} as const satisfies Readonly<Record<ExportProgress['stage'], Progress['unit']>>;

/** How far an export has come, as whoever waits for it is told. */
export const exportProgress = (corpus: CorpusName, { stage, done, total }: ExportProgress): Progress => ({
  stage: 'exporting',
  subject: corpus,
  done,
  total: total ?? done,
  unit: UNITS[stage],
});
