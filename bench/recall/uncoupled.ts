import type { Unit, UnitCorpus } from './corpora.ts';
import { coveredBy, type Evidence, MEASURES, type Measure, recallOf, type TaleText } from './evidence.ts';
import { isCoupled } from './run.ts';
import { mean } from './statistics.ts';

/** What carries no coupling but that of sequence, and what of the evidence stands in it. */
export interface UncoupledFigures {
  readonly scenes: number;
  /** Shares, 0 to 1. */
  readonly scenesUncoupled: number;
  readonly tokensUncoupled: number;
  /** With no coupling at all, not even that of sequence. */
  readonly scenesAlone: number;
  /** By tale, of its scenes and of its tokens. */
  readonly byTale: Readonly<Record<string, { readonly scenes: number; readonly tokens: number }>>;
  /** With all scenes that have a coupling, and with all scenes: what of the evidence is there to be found. */
  readonly kept: Readonly<Record<Measure, number>>;
  readonly all: Readonly<Record<Measure, number>>;
}

const shareOf = (units: readonly Unit[], passes: (unit: Unit) => boolean, size: (unit: Unit) => number): number => {
  const total = units.reduce((sum, unit) => sum + size(unit), 0);
  return units.filter(passes).reduce((sum, unit) => sum + size(unit), 0) / total;
};

export const uncoupledFigures = (
  corpora: readonly UnitCorpus[],
  asked: readonly { readonly tale: string; readonly evidence: Evidence }[],
  texts: ReadonlyMap<string, TaleText>,
): UncoupledFigures => {
  const units = corpora.flatMap((corpus) => corpus.units);
  const byTale = Map.groupBy(units, ({ tale }) => tale);
  const isBare = (unit: Unit): boolean => !isCoupled(unit);
  const recalled = (passes: (unit: Unit) => boolean): Readonly<Record<Measure, number>> => {
    const covered = new Map(
      [...texts].map(([tale, text]) => [tale, coveredBy(text, (byTale.get(tale) ?? []).filter(passes))]),
    );
    const recalls = asked.map(({ tale, evidence }) => recallOf(evidence, covered.get(tale) ?? new Uint8Array()));
    return Object.fromEntries(
      MEASURES.map((measure) => [measure, mean(recalls.map((recall) => recall[measure]).filter((n) => n !== null))]),
    ) as Record<Measure, number>;
  };
  return {
    scenes: units.length,
    scenesUncoupled: shareOf(units, isBare, () => 1),
    tokensUncoupled: shareOf(units, isBare, ({ positions }) => positions),
    scenesAlone: shareOf(
      units,
      ({ placed }) => !placed,
      () => 1,
    ),
    byTale: Object.fromEntries(
      [...byTale].map(([tale, of]) => [
        tale,
        { scenes: shareOf(of, isBare, () => 1), tokens: shareOf(of, isBare, ({ positions }) => positions) },
      ]),
    ),
    kept: recalled(isCoupled),
    all: recalled(() => true),
  };
};
