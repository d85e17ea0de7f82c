import type { WriteStream } from 'node:tty';
import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '../worker/job.ts';

/** Beside jobs what only the command line does. */
export interface ShownProgress extends Omit<Progress, 'stage'> {
  readonly stage: Progress['stage'] | 'importing' | 'fetching';
}

/** Shows how far a job is: a bar on a terminal, now and then a line elsewhere. */
export interface ProgressDisplay {
  readonly update: (progress: ShownProgress) => void;
  /** Ends what is being shown, so that other lines may follow. */
  readonly end: () => void;
}

export const silentProgress: ProgressDisplay = { update: () => {}, end: () => {} };

/** A log that is read later wants few lines; a person who waits wants one before long. */
const LINE_INTERVAL_MS = 2000;

const KB = 1000;

const amount = (n: number, unit: Progress['unit']): string => {
  if (unit !== 'bytes') return `${n.toLocaleString('en')} ${unit}`;
  return n < KB * KB ? `${(n / KB).toFixed(1)} kB` : `${(n / KB / KB).toFixed(1)} MB`;
};

/** Below it a rate says nothing. */
const RATE_AFTER_MS = 1000;

/** How fast a stage goes, over all of it since it was first shown; empty while that is too short. */
const rateOf = (
  begun: { readonly done: number; readonly at: number },
  { done, unit }: ShownProgress,
  now: number,
): string => {
  const elapsed = now - begun.at;
  if (elapsed < RATE_AFTER_MS || done <= begun.done) return '';
  return `, ${amount(Math.round(((done - begun.done) * 1000) / elapsed), unit)} a second`;
};

const share = ({ done, total }: ShownProgress): number => (total === 0 ? 100 : Math.floor((100 * done) / total));

/** @param now milliseconds of a clock that never goes back */
export const lineProgress = (write: (line: string) => void, now: () => number): ProgressDisplay => {
  let shown: ShownProgress | null = null;
  let shownAt = 0;
  let begun = { done: 0, at: 0 };
  return {
    update: (progress) => {
      const isNew = shown?.stage !== progress.stage || shown.subject !== progress.subject;
      const isLast = progress.done >= progress.total && shown?.done !== progress.done;
      if (!isNew && !isLast && now() - shownAt < LINE_INTERVAL_MS) return;
      if (isNew) begun = { done: progress.done, at: now() };
      shown = progress;
      shownAt = now();
      const { stage, subject, total, unit } = progress;
      write(`${stage} ${subject}: ${share(progress)} % of ${amount(total, unit)}${rateOf(begun, progress, shownAt)}`);
    },
    end: () => {
      shown = null;
    },
  };
};

/** cli-progress gives seconds, or words while it cannot know. */
const timeLeft = (seconds: unknown): string =>
  typeof seconds === 'number' && Number.isFinite(seconds) ? `${Math.ceil(seconds)} s left` : '…';

const BAR = { clearOnComplete: true, linewrap: false, fps: 8, barsize: 24, formatTime: timeLeft };

export const barProgress = (stream: WriteStream): ProgressDisplay => {
  let bar: SingleBar | null = null;
  let barOf = '';
  let begun = { done: 0, at: 0 };
  const end = (): void => {
    bar?.stop();
    bar = null;
    barOf = '';
  };
  return {
    update: (progress) => {
      const { stage, subject, done, total, unit } = progress;
      const of = `${stage} ${subject}`;
      if (of !== barOf) {
        end();
        barOf = of;
        begun = { done, at: performance.now() };
        const format = `${of} {bar} {percentage} % of ${amount(total, unit)}{rate}, {eta_formatted}`;
        bar = new SingleBar({ ...BAR, stream, format }, Presets.shades_classic);
        bar.start(total, done, { rate: '' });
      }
      bar?.setTotal(total);
      bar?.update(done, { rate: rateOf(begun, progress, performance.now()) });
    },
    end,
  };
};
