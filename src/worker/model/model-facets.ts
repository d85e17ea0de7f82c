import { checkCancelled, HypersceneError } from '../../errors.ts';
import type { LanguageModel } from '../../model/language-model.ts';
import type { Reader, Reading, ReadingPart } from '../../reading/reader.ts';
import { FIGURE_CONFIDENCE_MIN } from '../../scene/facet.ts';
import type { DocumentId } from '../../scene/scene.ts';
import type { JobContext } from '../job.ts';
import { MEASURED_MAX } from './answer-confidence.ts';
import { FILL_RECIPE } from './facet-question.ts';
import { checkFillOptions, type FillOptions } from './fill-facets.ts';
import type { FillJournals } from './fill-journal.ts';
import { type FillTally, filledParts } from './filled-parts.ts';

/** How the model is asked for weak facets while a document is read. */
export interface ModelFacetsRequest extends Pick<FillOptions, 'confidenceMin' | 'takenMin' | 'trust'> {
  /** By default {@link FIGURE_CONFIDENCE_MIN}: what is more often wrong than right is not written. */
  readonly takenMin?: number | undefined;
}

/** What filling works with: built by the composition root. */
export interface FillServices {
  /** Opened when it is first asked for. @throws HypersceneError MODEL_NOT_FOUND */
  readonly model: () => Promise<LanguageModel>;
  readonly journals: FillJournals;
}

export interface FillSource extends FillServices {
  /** Turns of the model go round among these. */
  readonly client: string;
  readonly workspace: string;
}

export interface FacetsFilled extends FillTally {
  /** What it calls itself. */
  readonly model: string;
}

/** A reading whose weak facets a model fills. */
export interface ModelFilling {
  /** Of the document's record: the model and how it was asked. */
  readonly filledBy: string;
  /** May be called once. The model is asked when the first part is taken, and has answered for all when it is given. */
  parts(reading: Reading): AsyncIterable<ReadingPart>;
  /** Null before it was asked. */
  report(): FacetsFilled | null;
  /** What was kept to go on with goes. */
  done(): Promise<void>;
  /** It stays, for whoever goes on. */
  leave(): Promise<void>;
}

/** Else it would be asked for hours, and nothing written of what it says. */
const checkReachable = (takenMin: number, trust: number | undefined): void => {
  const most = trust ?? MEASURED_MAX;
  if (most >= takenMin) return;
  throw new HypersceneError('BAD_ARGUMENT', 'nothing that the model says would be written', {
    expected: 'a trust that you measured, or answers to be taken that are more often wrong than right',
    came: `answers of a confidence of ${most} at most, taken from ${takenMin}`,
  });
};

export interface FillSubject {
  readonly document: DocumentId;
  /** For progress. */
  readonly name: string;
}

/**
 * @throws HypersceneError BAD_ARGUMENT, MODEL_NOT_FOUND, and what the model's `describe` throws
 */
export const beginFilling = async (
  {
    reader,
    fill,
    signal,
    onProgress,
  }: Pick<JobContext, 'signal' | 'onProgress'> & {
    readonly reader: Reader;
    readonly fill: FillSource;
  },
  { document, name }: FillSubject,
  { confidenceMin = FIGURE_CONFIDENCE_MIN, takenMin = FIGURE_CONFIDENCE_MIN, trust }: ModelFacetsRequest,
): Promise<ModelFilling> => {
  const options = { confidenceMin, takenMin, trust };
  checkFillOptions(options);
  checkReachable(takenMin, trust);
  const model = await fill.model();
  checkCancelled({ signal });
  const identity = await model.describe();
  const filledBy = [
    identity.name,
    identity.sha256 ?? 'of a server',
    `recipe ${FILL_RECIPE}`,
    `below ${confidenceMin}`,
    `from ${takenMin}`,
    trust === undefined ? 'as measured' : `trust ${trust}`,
  ].join(', ');
  const call = { client: fill.client, workspace: fill.workspace, pack: null, reproducible: false, signal };
  let report: FacetsFilled | null = null;
  let journal: Awaited<ReturnType<FillJournals['open']>> | null = null;
  return {
    filledBy,
    async *parts(reading) {
      journal = await fill.journals.open([fill.client, document, reading.sha256, reading.lang, filledBy]);
      yield* filledParts(reading, {
        context: { reader, model, call },
        options,
        journal,
        signal,
        onScenes: (done, total) => onProgress?.({ stage: 'filling', subject: name, done, total, unit: 'scenes' }),
        onTally: (tally) => {
          report = { model: identity.name, ...tally };
        },
      });
    },
    report: () => report,
    done: async () => journal?.remove(),
    leave: async () => journal?.close(),
  };
};
