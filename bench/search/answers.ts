import type { Unit } from '../recall/corpora.ts';
import type { Evidence, TaleText } from '../recall/evidence.ts';

/** The scenes of a question's tale in which an answer stands whole, word for word, at a place of the sections that the experts answered from. */
export const answeringScenes = (
  { answers }: Evidence,
  { words }: TaleText,
  tale: string,
  units: readonly Unit[],
): ReadonlySet<string> => {
  const spans = answers.map(({ from, to }) => [words[from]?.start ?? 0, words[to - 1]?.end ?? 0] as const);
  return new Set(
    units
      .filter((unit) => unit.tale === tale && spans.some(([start, end]) => unit.start <= start && end <= unit.end))
      .map(({ id }) => id),
  );
};

/** 1 for the first; Infinity where none of the scenes is in the ranking. */
export const rankOf = (ranked: readonly string[], wanted: ReadonlySet<string>): number => {
  const at = ranked.findIndex((id) => wanted.has(id));
  return at === -1 ? Number.POSITIVE_INFINITY : at + 1;
};

export const MEASURES = {
  'found first': (rank: number) => Number(rank <= 1),
  'in the first 5': (rank: number) => Number(rank <= 5),
  'in the first 10': (rank: number) => Number(rank <= 10),
  MRR: (rank: number) => 1 / rank,
} as const satisfies Readonly<Record<string, (rank: number) => number>>;
export type Measure = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as readonly Measure[];
