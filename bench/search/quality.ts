import type { Clue } from '../../src/activation/clue.ts';
import { requireCorpus } from '../../src/store/require-corpus.ts';
import { activate } from '../../src/worker/activate-job.ts';
import { cluesOfSearch } from '../../src/worker/search-clues.ts';
import { search } from '../../src/worker/search-job.ts';
import { searchScenes } from '../../src/worker/search-scenes.ts';
import { rankByBm25 } from '../recall/bm25.ts';
import { byPooled } from '../recall/choose.ts';
import type { Tools, Unit, UnitCorpus } from '../recall/corpora.ts';
import { evidenceOf, type TaleText } from '../recall/evidence.ts';
import { bootstrap, type Difference, mean } from '../recall/statistics.ts';
import type { Question } from '../recall/tales.ts';
import { tell } from '../report.ts';
import { answeringScenes, MEASURE_NAMES, MEASURES, type Measure, rankOf } from './answers.ts';

/** Scenes of a ranking that are looked at: as many as a search gives. */
const RANKED = 200;

export const SIDES = ['search', 'search, no couplings', 'activate', 'BM25', 'BM25, pooled along the text'] as const;
export type Side = (typeof SIDES)[number];
const OURS: Side = 'search';

export interface QualityFigures {
  readonly setting: string;
  readonly scenes: number;
  readonly couplings: number;
  /** Those whose answer stands in a scene word for word. */
  readonly questions: number;
  readonly sides: readonly { readonly side: Side; readonly means: Readonly<Record<Measure, number>> }[];
  /** Search less each other side. */
  readonly differences: readonly (Difference & { readonly side: Side; readonly measure: Measure })[];
}

export interface AskedCorpus {
  readonly corpus: UnitCorpus;
  readonly questions: readonly Question[];
}

interface Outcome {
  readonly tale: string;
  readonly ranks: Readonly<Record<Side, number>>;
}

export const measureQuality = async (
  setting: string,
  tools: Tools,
  asked: readonly AskedCorpus[],
  texts: ReadonlyMap<string, TaleText>,
): Promise<QualityFigures & { readonly versions: Readonly<Record<string, string>> }> => {
  tell(`${setting}: BM25`);
  const { ranked, versions } = await rankByBm25(
    asked.map(({ corpus, questions }) => ({
      scenes: corpus.units.map(({ text }) => text),
      questions: questions.map(({ text }) => text),
    })),
    RANKED,
  );
  const outcomes: Outcome[] = [];
  for (const [i, { corpus, questions }] of asked.entries()) {
    tell(`${setting}: ${corpus.name}, ${questions.length} questions of ${corpus.units.length} scenes`);
    for (const [j, question] of questions.entries()) {
      const text = texts.get(question.tale);
      if (text === undefined) throw new Error(`no tale is called ${question.tale}`);
      const wanted = answeringScenes(evidenceOf(question, text), text, question.tale, corpus.units);
      if (wanted.size === 0) continue;
      const bm25 = (ranked[i]?.[j] ?? []).map(([unit, score]) => [corpus.units[unit] as Unit, score] as const);
      const rankings = await rankingsOf(tools, corpus, question, bm25);
      const ranks = Object.fromEntries(SIDES.map((side) => [side, rankOf(rankings[side], wanted)]));
      outcomes.push({ tale: question.tale, ranks: ranks as Record<Side, number> });
    }
  }
  return {
    setting,
    versions,
    scenes: asked.reduce((sum, { corpus }) => sum + corpus.units.length, 0),
    couplings: asked.reduce((sum, { corpus }) => sum + corpus.couplings, 0),
    questions: outcomes.length,
    sides: SIDES.map((side) => ({ side, means: meansOf(outcomes, side) })),
    differences: SIDES.filter((side) => side !== OURS).flatMap((side) =>
      MEASURE_NAMES.map((measure) => ({ side, measure, ...differenceOf(outcomes, side, measure) })),
    ),
  };
};

const rankingsOf = async (
  tools: Tools,
  { name: corpus, units }: UnitCorpus,
  { text }: Question,
  bm25: readonly (readonly [Unit, number])[],
): Promise<Readonly<Record<Side, readonly string[]>>> => {
  const { page } = await search(tools, { corpus, text, kinds: ['scene'], first: RANKED });
  const { clues }: { readonly clues: readonly Clue[] } = await cluesOfSearch(
    tools,
    await requireCorpus(tools.store, corpus),
    text,
  );
  const uncoupled = await searchScenes(tools, corpus, clues, 0);
  const { scenes: lit } = await activate(tools, { source: { query: text }, corpus, limit: RANKED });
  return {
    search: page.items.flatMap(({ item: { result } }) => (result.type === 'scene' ? [result.scene.id] : [])),
    'search, no couplings': uncoupled.scenes.map(({ scene }) => scene.id),
    activate: lit.map(({ scene }) => scene.id),
    BM25: bm25.map(([{ id }]) => id),
    'BM25, pooled along the text': byPooled(bm25, units)
      .slice(0, RANKED)
      .map(({ id }) => id),
  };
};

const meansOf = (outcomes: readonly Outcome[], side: Side): Readonly<Record<Measure, number>> =>
  Object.fromEntries(
    MEASURE_NAMES.map((measure) => [measure, mean(outcomes.map(({ ranks }) => MEASURES[measure](ranks[side])))]),
  ) as Record<Measure, number>;

const differenceOf = (outcomes: readonly Outcome[], side: Side, measure: Measure): Difference =>
  bootstrap(
    outcomes.map(({ tale, ranks }) => ({
      tale,
      x: MEASURES[measure](ranks[OURS]),
      y: MEASURES[measure](ranks[side]),
    })),
  );
