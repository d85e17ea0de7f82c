import type { BudgetRow } from '../activation/budget.ts';
import type { SequenceStatistics } from '../activation/sequence-statistics.ts';
import { SequenceTally, type TalliedScene } from '../activation/sequence-tally.ts';
import type { TextCounter } from '../activation/text-counter.ts';
import { checkCancelled, HypersceneError } from '../errors.ts';
import { placedScenes } from '../export/corpus-pages.ts';
import { type CorpusLevels, corpusLevels } from '../export/corpus-statistics.ts';
import type { Reader } from '../reading/reader.ts';
import { type CorpusName, corpusName, documentName } from '../scene/name.ts';
import { documentId, type Language, type Scene } from '../scene/scene.ts';
import { type CollapseState, collapseStateOf } from '../store/collapse-state.ts';
import type { CorpusRecord, GraphStore, GraphView } from '../store/graph-store.ts';
import { pagesOf } from '../store/pages.ts';

/** Scenes that are counted, unless asked otherwise. */
export const BUDGET_SCENES_MAX = 20_000;

/** Scenes that the thread is given at once, some megabytes of the longest: between them others get their turn with it. */
const SCENES_AT_ONCE = 100;

export interface BudgetContext {
  readonly store: GraphStore;
  readonly reader: Reader;
  /** Not on this thread: unbroken letters take seconds. */
  readonly counter: TextCounter;
  readonly signal: AbortSignal | undefined;
}

export interface BudgetRequest {
  /** The scenes of a corpus, or of a text that is read and not kept. */
  readonly source: { readonly corpus: CorpusName } | { readonly text: string };
  /** The language of hyperlexemes. */
  readonly labels: Language;
  /** Scenes to count at most, the first of the corpus or text: 1 to {@link BUDGET_SCENES_MAX}. */
  readonly scenesMax: number;
}

/** Of a text, and of a corpus of which not all is counted, level 0 alone. */
export interface Budget extends Omit<SequenceStatistics, 'rungs'> {
  /** Russian before English, whole scenes before halves. */
  readonly rows: readonly BudgetRow[];
  /** Whose positions were counted. */
  readonly tokenizer: string;
  /** Whether the levels stand for what the corpus is; null of a text. */
  readonly collapse: CollapseState | null;
  /** There are more scenes than were counted. */
  readonly truncated: boolean;
}

/**
 * Positions that scenes take in a model's context, on every rung and level, and how their codes repeat; of a corpus as it stands at
 * one revision.
 * @throws HypersceneError BAD_ARGUMENT, CORPUS_NOT_FOUND, CANCELLED; what {@link Reader.read} throws
 */
export const budgetOf = async (context: BudgetContext, request: BudgetRequest): Promise<Budget> => {
  const { source, scenesMax } = request;
  if (!Number.isInteger(scenesMax) || scenesMax < 1 || scenesMax > BUDGET_SCENES_MAX)
    throw new HypersceneError('BAD_ARGUMENT', 'bad number of scenes', {
      expected: `1 to ${BUDGET_SCENES_MAX}`,
      came: String(scenesMax),
    });
  if ('text' in source) return budgetOfText(context, source, request);
  const { store } = context;
  return store.atOneRevision(source.corpus, (view, standing) =>
    standing.scenes > scenesMax
      ? budgetOfFirst(context, view, standing, request)
      : budgetOfAll(context, view, standing, request),
  );
};

const alone = (scene: Scene): TalliedScene => ({ scene, levels: [], firsts: [] });

const budgetOfText = async (
  context: BudgetContext,
  source: { readonly text: string },
  { labels, scenesMax }: BudgetRequest,
): Promise<Budget> => {
  const { reader, signal } = context;
  const count = new BudgetCount(context, labels);
  const document = documentId(corpusName('budget'), documentName('text'));
  await using reading = await reader.read(source, { document, signal });
  for await (const part of reading.parts()) {
    if (part.type !== 'scenes') continue;
    const room = scenesMax - count.scenes;
    await count.add(part.scenes.slice(0, room).map(alone));
    if (part.scenes.length > room) return count.cut(null);
  }
  return count.end(null);
};

/** Where they stand in the levels is not told: occurrences may hold scenes that are not counted. */
const budgetOfFirst = async (
  context: BudgetContext,
  view: GraphView,
  standing: CorpusRecord,
  { labels, scenesMax }: BudgetRequest,
): Promise<Budget> => {
  const count = new BudgetCount(context, labels);
  for await (const scenes of pagesOf((page) => view.scenes({ corpus: standing.name }, page), context.signal, scenesMax))
    await count.add(scenes.map(alone));
  return count.cut(collapseStateOf(standing));
};

const budgetOfAll = async (
  context: BudgetContext,
  view: GraphView,
  standing: CorpusRecord,
  { labels }: BudgetRequest,
): Promise<Budget> => {
  const count = new BudgetCount(context, labels);
  for await (const { items } of placedScenes(view, standing.name, undefined)) await count.add(items);
  return count.end(await corpusLevels(view, standing, context.signal));
};

class BudgetCount {
  readonly #context: BudgetContext;
  readonly #tally: SequenceTally;
  scenes = 0;

  constructor(context: BudgetContext, labels: Language) {
    const { counter, signal } = context;
    this.#context = context;
    this.#tally = new SequenceTally(labels, (texts) => counter.count(texts, signal));
  }

  /** @throws HypersceneError CANCELLED */
  async add(scenes: readonly TalliedScene[]): Promise<void> {
    for (let from = 0; from < scenes.length; from += SCENES_AT_ONCE) {
      checkCancelled(this.#context);
      await this.#tally.add(scenes.slice(from, from + SCENES_AT_ONCE));
    }
    this.scenes += scenes.length;
  }

  /** After the last scene. @param levels null of a text */
  async end(levels: CorpusLevels | null): Promise<Budget> {
    await this.#tally.end();
    const { collapse = null, registry = new Map() } = levels ?? {};
    return this.#budget(registry, { collapse, truncated: false });
  }

  /** Where there are more scenes: a sentence that has not ended is none. @param collapse null of a text */
  cut(collapse: CollapseState | null): Budget {
    return this.#budget(new Map(), { collapse, truncated: true });
  }

  #budget(registry: CorpusLevels['registry'], of: Pick<Budget, 'collapse' | 'truncated'>): Budget {
    const { rungs, ...statistics } = this.#tally.statistics(registry);
    return { ...statistics, ...of, rows: rungs ?? [], tokenizer: this.#context.counter.name };
  }
}
