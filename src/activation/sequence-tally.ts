import { z } from 'zod';
import { EMPTY_FIGURE, figureKey, figureOf } from '../scene/figure.ts';
import { LANGUAGES, type Language, type Scene, type SceneId } from '../scene/scene.ts';
import { BudgetTally, budgetShape } from './budget.ts';
import { Histogram, histogramShape } from './distribution.ts';
import { FigureTally } from './figure-tally.ts';
import { LevelTally, levelShape, type ScenePlaces } from './level-tally.ts';
import { hyperlexemeText } from './rung.ts';
import { type JoinedSentence, SentenceJoiner } from './sentence-joiner.ts';
import type {
  LanguageStatistics,
  LevelPositions,
  LevelStatistics,
  RegistryLevel,
  SceneFigures,
  SequenceStatistics,
} from './sequence-statistics.ts';
import type { TextCounter } from './text-counter.ts';

/** A scene, and where it stands above level 0. */
export interface TalliedScene extends ScenePlaces {
  readonly scene: Scene;
}

const EMPTY = figureKey(EMPTY_FIGURE);

const languageShape = z.object({
  scenes: z.int(),
  withoutFigure: z.int(),
  counted: z.int(),
  textTokens: z.int(),
  figures: z.string(),
  levels: levelShape,
  sentences: histogramShape,
  halves: histogramShape,
});
type LanguageState = z.infer<typeof languageShape>;

const stateShape = z.object({
  languages: z.partialRecord(z.enum(LANGUAGES), languageShape),
  budget: budgetShape,
  open: z.unknown(),
});

class LanguageTally {
  scenes: number;
  withoutFigure: number;
  /** Whose texts were counted. */
  counted: number;
  /** Of these. */
  textTokens: number;
  readonly figures: FigureTally;
  readonly levels: LevelTally;
  readonly sentences: Histogram;
  readonly halves: Histogram;

  constructor(state?: LanguageState) {
    this.scenes = state?.scenes ?? 0;
    this.withoutFigure = state?.withoutFigure ?? 0;
    this.counted = state?.counted ?? 0;
    this.textTokens = state?.textTokens ?? 0;
    this.figures = new FigureTally(state?.figures);
    this.levels = new LevelTally(state?.levels);
    this.sentences = new Histogram(state?.sentences);
    this.halves = new Histogram(state?.halves);
  }

  get state(): LanguageState {
    const { scenes, withoutFigure, counted, textTokens, figures, levels, sentences, halves } = this;
    return {
      scenes,
      withoutFigure,
      counted,
      textTokens,
      figures: figures.state,
      levels: levels.state,
      sentences: sentences.state,
      halves: halves.state,
    };
  }
}

/**
 * Statistics of scenes that come in the order of their corpus. Memory is bounded: figures that are possible, levels, and how many
 * counts of tokens differ; beside these a sentence that has not ended.
 */
export class SequenceTally {
  readonly #labels: Language;
  readonly #count: TextCounter['count'] | null;
  readonly #share: number;
  #languages = new Map<Language, LanguageTally>();
  #budget: BudgetTally;
  readonly #sentences = new SentenceJoiner();

  /**
   * @param labels language of hyperlexemes
   * @param count null leaves out what needs a tokenizer
   * @param share of the scenes whose texts are counted, 0 to 1: always the same ones, by their ids
   */
  constructor(labels: Language, count: TextCounter['count'] | null, share = 1) {
    this.#labels = labels;
    this.#count = count;
    this.#share = share;
    this.#budget = new BudgetTally(labels);
  }

  /** One call at a time. */
  async add(scenes: readonly TalliedScene[]): Promise<void> {
    for (const tallied of scenes) this.#addCodes(tallied);
    if (this.#count === null) return;
    const all = scenes.map(({ scene }) => scene);
    const sentences = all.map((scene) => this.#sentences.add(scene)).filter((sentence) => sentence !== null);
    const own = all.filter(({ id }) => this.#isSampled(id));
    const ended = sentences.filter(({ first }) => this.#isSampled(first));
    const texts = own.flatMap((scene) => [scene.text, hyperlexemeText(scene, this.#labels)]);
    const positions = await this.#count([...texts, ...ended.map(({ text }) => text)]);
    for (const [i, scene] of own.entries()) this.#addText(scene, positions[2 * i] ?? 0, positions[2 * i + 1] ?? 0);
    for (const [i, { lang }] of ended.entries()) this.#of(lang).sentences.add(positions[texts.length + i] ?? 0);
  }

  /** After the last scene. */
  async end(): Promise<void> {
    const ended: JoinedSentence | null = this.#sentences.end();
    if (ended === null || this.#count === null || !this.#isSampled(ended.first)) return;
    const [positions = 0] = Array.from(await this.#count([ended.text]));
    this.#of(ended.lang).sentences.add(positions);
  }

  /** An id is a hash: its first 32 bits are as good as drawn. */
  #isSampled(id: SceneId): boolean {
    return this.#share >= 1 || Number.parseInt(id.slice(0, 8), 16) < this.#share * 2 ** 32;
  }

  #of(lang: Language): LanguageTally {
    const tally = this.#languages.get(lang) ?? new LanguageTally();
    this.#languages.set(lang, tally);
    return tally;
  }

  #addCodes(tallied: TalliedScene): void {
    const { scene } = tallied;
    const tally = this.#of(scene.lang);
    const figure = figureOf(scene);
    tally.scenes++;
    if (figureKey(figure) === EMPTY) tally.withoutFigure++;
    tally.figures.add(figure);
    tally.levels.add(tallied);
  }

  #addText(scene: Scene, text: number, hyperlexeme: number): void {
    const tally = this.#of(scene.lang);
    tally.counted++;
    tally.textTokens += text;
    this.#budget.add(scene, { text, hyperlexeme });
    if (scene.kind === 'half') tally.halves.add(text);
    else tally.sentences.add(text);
  }

  /** As JSON; not while `add` or `end` is under way. */
  get state(): z.infer<typeof stateShape> {
    const languages = Object.fromEntries(this.#languages.entries().map(([lang, { state }]) => [lang, state]));
    return { languages, budget: this.#budget.state, open: this.#sentences.state };
  }

  restore(state: unknown): void {
    const { languages, budget, open } = stateShape.parse(state);
    this.#languages = new Map();
    for (const lang of LANGUAGES) {
      const found = languages[lang];
      if (found !== undefined) this.#languages.set(lang, new LanguageTally(found));
    }
    this.#budget = new BudgetTally(this.#labels, budget);
    this.#sentences.restore(open);
  }

  /** @param registry codes that occur in the corpus, by level above 0 */
  statistics(registry: ReadonlyMap<number, RegistryLevel>): SequenceStatistics {
    const present = LANGUAGES.flatMap((lang) => {
      const tally = this.#languages.get(lang);
      return tally === undefined ? [] : [{ lang, tally }];
    });
    const all = sumOf(present.map(({ tally }) => tally));
    return {
      ...sceneFigures(all),
      languages: present.map(({ lang, tally }) => languageStatistics(lang, tally)),
      levels: levelStatistics(all, registry),
      rungs: this.#count === null ? null : this.#budget.rows(),
    };
  }
}

interface Sum {
  readonly scenes: number;
  readonly withoutFigure: number;
  readonly counted: number;
  /** null where none of the texts was counted. */
  readonly textTokens: number | null;
  readonly figures: FigureTally;
  /** By level. */
  readonly positions: readonly number[];
  readonly own: readonly number[];
}

const partOf = ({ scenes, withoutFigure, counted, textTokens, figures, levels }: LanguageTally): Sum => {
  const positions = levels.positions();
  return {
    scenes,
    withoutFigure,
    counted,
    // Where a part was counted, all scenes are taken to be like it.
    textTokens: counted === 0 ? null : Math.round((textTokens * scenes) / counted),
    figures,
    positions,
    own: positions.map((_, level) => levels.own(level)),
  };
};

/** Scenes of a language of which none was counted are taken to be like all others. */
const sumOfTokens = (parts: readonly Sum[], scenes: number): number | null => {
  const known = parts.filter(({ textTokens }) => textTokens !== null);
  const of = known.reduce((sum, part) => sum + part.scenes, 0);
  const tokens = known.reduce((sum, { textTokens }) => sum + (textTokens ?? 0), 0);
  return of === 0 ? null : Math.round((tokens * scenes) / of);
};

/** A level that one language does not reach is made up of what stands highest in it. */
const sumOf = (tallies: readonly LanguageTally[]): Sum => {
  const parts = tallies.map(partOf);
  const figures = new FigureTally();
  for (const part of parts) figures.addAll(part.figures);
  const add = (of: (part: Sum) => number): number => parts.reduce((sum, part) => sum + of(part), 0);
  const levels = Array.from({ length: Math.max(0, ...parts.map(({ positions }) => positions.length)) }, (_, i) => i);
  const scenes = add((part) => part.scenes);
  return {
    scenes,
    withoutFigure: add(({ withoutFigure }) => withoutFigure),
    counted: add(({ counted }) => counted),
    textTokens: sumOfTokens(parts, scenes),
    figures,
    positions: levels.map((level) => add(({ positions }) => positions[level] ?? positions.at(-1) ?? 0)),
    own: levels.map((level) => add(({ own }) => own[level] ?? 0)),
  };
};

/** null of nothing, and of what is not known. */
const ratio = (n: number | null, of: number): number | null => (n === null || of === 0 ? null : n / of);

const sceneFigures = ({ scenes, withoutFigure, counted, textTokens, figures }: Sum): SceneFigures => ({
  scenes,
  withoutFigure,
  withoutFigureShare: ratio(withoutFigure, scenes),
  codes: figures.count,
  typeTokenRatio: ratio(figures.count, scenes),
  counted,
  textTokens,
});

const levelPositions = ({ positions, textTokens }: Sum): readonly LevelPositions[] =>
  positions.map((n, level) => ({ level, positions: n, compression: ratio(textTokens, n) }));

const languageStatistics = (lang: Language, tally: LanguageTally): LanguageStatistics => {
  const sum = partOf(tally);
  return {
    lang,
    ...sceneFigures(sum),
    sentences: tally.sentences.summary(),
    halves: tally.halves.summary(),
    levels: levelPositions(sum),
  };
};

const levelStatistics = (sum: Sum, registry: ReadonlyMap<number, RegistryLevel>): readonly LevelStatistics[] => {
  let [registryCodes, registryPositions] = [0, 0];
  return levelPositions(sum).map((level) => {
    const isFirst = level.level === 0;
    const { codes, parts } = isFirst
      ? { codes: sum.figures.count, parts: sum.figures.morphemes }
      : (registry.get(level.level) ?? { codes: 0, parts: 0 });
    const occurrences = isFirst ? sum.scenes : (sum.own[level.level] ?? 0);
    registryCodes += codes;
    registryPositions += parts;
    return {
      ...level,
      occurrences,
      codes,
      typeTokenRatio: ratio(codes, occurrences),
      registryCodes,
      registryPositions,
      compressionWithRegistry: ratio(sum.textTokens, level.positions + registryPositions),
    };
  });
};
