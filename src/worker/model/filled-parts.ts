import { createHash } from 'node:crypto';
import { checkCancelled } from '../../errors.ts';
import type { Reading, ReadingPart } from '../../reading/reader.ts';
import type { Scene } from '../../scene/scene.ts';
import type { DroppedAnswer } from './facet-answer.ts';
import {
  FILL_PARALLEL_DEFAULT,
  type FillContext,
  type FilledScene,
  type FillOptions,
  fillFacets,
} from './fill-facets.ts';
import type { FillJournal } from './fill-journal.ts';
import { inParallel } from './in-parallel.ts';

/** What the model was asked for, and what came of it: facets, but for the scenes. */
export interface FillTally {
  /** Scenes that were asked about. */
  readonly scenes: number;
  readonly asked: number;
  readonly filled: number;
  /** For these nothing fits, says the model. */
  readonly none: number;
  /** What it said that does not hold, or is less sure than what was there or is taken, or what it could not be asked: as weak as before. */
  readonly dropped: Readonly<Record<DroppedAnswer['why'], number>>;
}

export const NO_FACETS_FILLED: FillTally = {
  scenes: 0,
  asked: 0,
  filled: 0,
  none: 0,
  dropped: { NOT_WHOLE: 0, NOT_IN_INVENTORY: 0, NOT_IN_TEXT: 0, LESS_SURE: 0, TOO_LONG: 0 },
};

export interface FillWork {
  readonly context: FillContext;
  readonly options: FillOptions;
  readonly journal: FillJournal;
  readonly signal: AbortSignal | undefined;
  /** @param total as far as it is known by now, by how much of the text they take */
  readonly onScenes: (done: number, total: number) => void;
  /** Told once, before the first part is given. */
  readonly onTally: (tally: FillTally) => void;
}

/** Scenes of a line of the journal: at some seconds each, what a process that is killed loses. */
const LINE_SCENES = 16;

/** A line of the journal: a part, and of scenes what came of them. */
interface Line {
  /** Digest of what the reader gave: another reader's scenes are asked for anew. */
  readonly of: string;
  readonly part: ReadingPart;
  readonly tally: FillTally | null;
}

/**
 * A reading's parts, the weak facets of its scenes filled by the model. The model has been asked for all of them when the first part is
 * given, so that no transaction waits for it; the parts lie in the journal by then. What the journal holds of an earlier run is not asked
 * for again. What is in memory is one part of the reading.
 * @throws HypersceneError what the reading, {@link fillFacets} and the journal throw, CANCELLED
 */
export async function* filledParts(reading: Reading, work: FillWork): AsyncGenerator<ReadingPart, void, undefined> {
  const { journal, signal, onTally } = work;
  let tally = NO_FACETS_FILLED;
  for await (const part of reading.parts()) {
    checkCancelled({ signal });
    if (part.type !== 'scenes') {
      const line: Line = { of: digestOf(part), part, tally: null };
      if ((await journal.take((standing) => lineOf(standing, line.of))) === null) await journal.add(line);
      continue;
    }
    for (let from = 0; from < part.scenes.length; from += LINE_SCENES) {
      const scenes = part.scenes.slice(from, from + LINE_SCENES);
      const of = digestOf({ type: 'scenes', scenes });
      const standing = await journal.take((line) => lineOf(line, of));
      const line = standing ?? { of, ...(await fillScenes(scenes, work)) };
      if (standing === null) await journal.add(line);
      tally = addTallies(tally, line.tally ?? NO_FACETS_FILLED);
      tellScenes(reading, scenes, work);
    }
  }
  // What stands behind the end is of another reading.
  await journal.take(() => null);
  onTally(tally);
  for await (const line of journal.lines()) yield (line as Line).part;
}

const fillScenes = async (
  scenes: readonly Scene[],
  { context, options, signal }: FillWork,
): Promise<Pick<Line, 'part' | 'tally'>> => {
  const { parallel: max = FILL_PARALLEL_DEFAULT } = options;
  const filled = await inParallel(scenes, { max, signal }, (scene, either) =>
    fillFacets({ ...context, call: { ...context.call, signal: either } }, scene, options),
  );
  return { part: { type: 'scenes', scenes: filled.map(({ scene }) => scene) }, tally: tallyOf(filled) };
};

const tallyOf = (filled: readonly FilledScene[]): FillTally =>
  filled.reduce((tally, { asked, filled: kinds, none, dropped }) => {
    const counts = { ...NO_FACETS_FILLED.dropped };
    for (const { why } of dropped) counts[why] += 1;
    return addTallies(tally, {
      scenes: asked.length === 0 ? 0 : 1,
      asked: asked.length,
      filled: kinds.length,
      none: none.length,
      dropped: counts,
    });
  }, NO_FACETS_FILLED);

const addTallies = (x: FillTally, y: FillTally): FillTally => ({
  scenes: x.scenes + y.scenes,
  asked: x.asked + y.asked,
  filled: x.filled + y.filled,
  none: x.none + y.none,
  dropped: {
    NOT_WHOLE: x.dropped.NOT_WHOLE + y.dropped.NOT_WHOLE,
    NOT_IN_INVENTORY: x.dropped.NOT_IN_INVENTORY + y.dropped.NOT_IN_INVENTORY,
    NOT_IN_TEXT: x.dropped.NOT_IN_TEXT + y.dropped.NOT_IN_TEXT,
    LESS_SURE: x.dropped.LESS_SURE + y.dropped.LESS_SURE,
    TOO_LONG: x.dropped.TOO_LONG + y.dropped.TOO_LONG,
  },
});

const digestOf = (part: ReadingPart): string => createHash('sha256').update(JSON.stringify(part)).digest('hex');

/** Null where it is not the line of that. */
const lineOf = (line: unknown, of: string): Line | null =>
  typeof line === 'object' && line !== null && (line as Line).of === of ? (line as Line) : null;

const tellScenes = ({ length }: Reading, scenes: readonly Scene[], { onScenes }: FillWork): void => {
  const last = scenes.at(-1);
  if (last === undefined) return;
  const done = last.position + 1;
  onScenes(done, Math.max(done, Math.round((done * length) / Math.max(1, last.end))));
};
