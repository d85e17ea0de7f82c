import { setTimeout } from 'node:timers/promises';
import { tell } from '../report.ts';
import type { Child } from './child.ts';
import { NOTES, type Questions } from './fill.ts';
import { type Load, runLoad } from './load.ts';
import { bodyOf, READ_TEXT } from './operations.ts';
import type { Subscriptions } from './subscriptions.ts';

/** Of memory, ms. */
const SAMPLE_MS = 5000;
/** Documents that are read anew by turns, so that what is stored does not grow. */
const DOCUMENTS = 4;
/** One in so many requests writes. */
const WRITE_SHARE = 40;
/** The share of the time that is not looked at: caches and the code's compilation fill up. */
const WARM_SHARE = 0.2;

export interface MemorySample {
  readonly seconds: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly externalMb: number;
  /** The longest that the event loop was held since the sample before, ms. */
  readonly heldMs: number;
}

/** MB a minute, by least squares over all samples but the first fifth. */
export interface Slopes {
  readonly rss: number;
  /** Of the smallest of each six samples, since what waits to be collected is no leak. */
  readonly heap: number;
}

export interface SoakResult extends Omit<Load, 'failure'> {
  readonly minutes: number;
  readonly connections: number;
  readonly failure: string | null;
  readonly writes: number;
  readonly samples: readonly MemorySample[];
  readonly slopes: Slopes;
  /** After a full collection, before and after the load. */
  readonly collected: { readonly before: MemorySample; readonly after: MemorySample };
  readonly subscriptions: Awaited<ReturnType<Subscriptions['close']>> | null;
}

const PARAGRAPHS = [
  'Старик подошёл к двери и остановился. В доме было тихо.',
  'Мать ждала сына у окна. Ветер стучал в ставни, и она боялась.',
  'The old man came to the gate and stopped. The house was silent.',
  'A stranger knocked at night. The girl hid behind the door and held her breath.',
  'Солдат вернулся с войны и не узнал деревни. Он заплакал.',
  'The prince left the castle in the dark. Nobody saw him go.',
];

/** Each time another selection of the paragraphs, so that scenes come, stay and go. */
const writeBodies = (): readonly string[] =>
  Array.from({ length: PARAGRAPHS.length * DOCUMENTS }, (_, i) => {
    const text = PARAGRAPHS.filter((_, k) => (k + i) % 3 !== 0).join('\n\n');
    return bodyOf({ query: READ_TEXT, variables: { input: { corpus: NOTES, name: `note ${i % DOCUMENTS}`, text } } });
  });

/** All kinds by turns, and a write after each {@link WRITE_SHARE}. */
const mixedBodies = ({ measured, besides }: Questions): readonly string[] => {
  const kinds = [...Object.values(measured), besides].map((asks) => asks.map(bodyOf));
  const most = Math.max(...kinds.map((kind) => kind.length));
  const reads = Array.from({ length: most }, (_, i) => kinds.map((kind) => kind[i % kind.length] as string)).flat();
  const writes = writeBodies();
  return reads.flatMap((read, i) =>
    i % WRITE_SHARE === 0 ? [writes[(i / WRITE_SHARE) % writes.length] as string, read] : [read],
  );
};

/** MB a minute. */
const slopeOf = (points: readonly (readonly [seconds: number, mb: number])[]): number => {
  const mean = (of: (point: readonly [number, number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(([seconds]) => seconds), mean(([, mb]) => mb)];
  return (60 * mean(([seconds, mb]) => (seconds - x) * (mb - y))) / mean(([seconds]) => (seconds - x) ** 2);
};

const LOW_OF = 6;

export const slopesOf = (all: readonly MemorySample[]): Slopes => {
  const samples = all.slice(Math.floor(all.length * WARM_SHARE));
  const lows = Array.from({ length: Math.floor(samples.length / LOW_OF) }, (_, i) =>
    samples.slice(i * LOW_OF, (i + 1) * LOW_OF).reduce((x, y) => (y.heapMb < x.heapMb ? y : x)),
  );
  return {
    rss: slopeOf(samples.map(({ seconds, rssMb }) => [seconds, rssMb])),
    heap: slopeOf(lows.map(({ seconds, heapMb }) => [seconds, heapMb])),
  };
};

export interface SoakOptions {
  readonly minutes: number;
  readonly connections: number;
  readonly subscriptions: Subscriptions | null;
}

/** Mixed load for some minutes, memory looked at meanwhile. */
export const soak = async (
  ours: Child,
  questions: Questions,
  { minutes, connections, subscriptions }: SoakOptions,
): Promise<SoakResult> => {
  const started = performance.now();
  const sampleOf = ({
    rssMb,
    heapMb,
    externalMb,
    heldMs,
  }: MemorySample | Awaited<ReturnType<Child['figures']>>): MemorySample => ({
    seconds: (performance.now() - started) / 1000,
    rssMb,
    heapMb,
    externalMb,
    heldMs,
  });
  const before = sampleOf(await ours.collect());
  const { storeWrites } = await ours.figures();
  const samples: MemorySample[] = [];
  const done = new AbortController();
  const sampling = (async () => {
    while (!done.signal.aborted) {
      await setTimeout(SAMPLE_MS, undefined, { signal: done.signal }).catch(() => undefined);
      const figures = await ours.figures();
      samples.push(sampleOf(figures));
      if (samples.length % 12 === 0)
        tell(
          `${(samples.at(-1)?.seconds ?? 0).toFixed(0)} s: ${figures.rssMb.toFixed(0)} MB, heap ${figures.heapMb.toFixed(0)} MB`,
        );
    }
  })();
  const load = await runLoad({ url: ours.url, connections, seconds: minutes * 60, bodies: mixedBodies(questions) });
  done.abort();
  await sampling;
  const watched = (await subscriptions?.close()) ?? null;
  const after = sampleOf(await ours.collect());
  const writes = (await ours.figures()).storeWrites - storeWrites;
  const collected = { before, after };
  return {
    ...load,
    minutes,
    connections,
    writes,
    samples,
    slopes: slopesOf(samples),
    collected,
    subscriptions: watched,
  };
};
