import type { BudgetRow } from '../activation/budget.ts';
import type { ScenePlaces } from '../activation/level-tally.ts';
import type { RegistryLevel, SequenceStatistics } from '../activation/sequence-statistics.ts';
import { SequenceTally, type TalliedScene } from '../activation/sequence-tally.ts';
import type { TextCounter } from '../activation/text-counter.ts';
import { HypersceneError } from '../errors.ts';
import type { Reader } from '../reading/reader.ts';
import { type CorpusName, corpusName, documentName } from '../scene/name.ts';
import { documentId, type Language, type Scene } from '../scene/scene.ts';
import type { GraphStore, StoredScene } from '../store/graph-store.ts';
import { pagesOf } from '../store/pages.ts';
import { requireCorpus } from '../store/require-corpus.ts';
import { checkCancelled } from './job.ts';

/** Scenes that are counted, unless asked otherwise. */
export const BUDGET_SCENES_MAX = 20_000;

/** Scenes that the thread is given at once, some megabytes of the longest: between them others get their turn with it. */
const SCENES_AT_ONCE = 100;

/** Where scenes stand in the levels, and what the codes of these are made of. */
export interface BudgetLevels {
  placesOf(scenes: readonly StoredScene[]): Promise<readonly ScenePlaces[]>;
  registry(corpus: CorpusName): Promise<ReadonlyMap<number, RegistryLevel>>;
}

export interface BudgetContext {
  readonly store: GraphStore;
  readonly levels: BudgetLevels;
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
  /** There are more scenes than were counted. */
  readonly truncated: boolean;
}

/**
 * Positions that scenes take in a model's context, on every rung and level, and how their codes repeat.
 * @throws HypersceneError BAD_ARGUMENT, CORPUS_NOT_FOUND, CANCELLED; what {@link Reader.read} throws
 */
export const budgetOf = async (context: BudgetContext, request: BudgetRequest): Promise<Budget> => {
  const { labels, scenesMax } = request;
  if (!Number.isInteger(scenesMax) || scenesMax < 1 || scenesMax > BUDGET_SCENES_MAX)
    throw new HypersceneError('BAD_ARGUMENT', 'bad number of scenes', {
      expected: `1 to ${BUDGET_SCENES_MAX}`,
      came: String(scenesMax),
    });
  const { counter, signal } = context;
  const tally = new SequenceTally(labels, (texts) => counter.count(texts, signal));
  let [scenes, truncated] = [0, false];
  for await (const part of scenesOf(context, request)) {
    const counted = part.slice(0, scenesMax - scenes);
    scenes += counted.length;
    truncated = counted.length < part.length;
    for (let from = 0; from < counted.length; from += SCENES_AT_ONCE) {
      await tally.add(counted.slice(from, from + SCENES_AT_ONCE));
      checkCancelled(context);
    }
    if (truncated) break;
  }
  await tally.end();
  const isWhole = 'corpus' in request.source && !truncated;
  const registry = isWhole ? await context.levels.registry(request.source.corpus) : new Map<number, RegistryLevel>();
  const { rungs, ...statistics } = tally.statistics(registry);
  return { ...statistics, rows: rungs ?? [], tokenizer: counter.name, truncated };
};

const alone = (scene: Scene): TalliedScene => ({ scene, levels: [], firsts: [] });

async function* scenesOf(
  { store, reader, signal, levels }: BudgetContext,
  { source, scenesMax }: BudgetRequest,
): AsyncGenerator<readonly TalliedScene[]> {
  if ('corpus' in source) {
    const { corpus } = source;
    const { scenes: all } = await requireCorpus(store, corpus);
    // One more than are counted, which tells that there are more.
    for await (const scenes of pagesOf((page) => store.scenes({ corpus }, page), signal, scenesMax + 1)) {
      const places = all > scenesMax ? [] : await levels.placesOf(scenes);
      yield scenes.map((scene, i) => ({ ...alone(scene), ...places[i] }));
    }
    return;
  }
  const document = documentId(corpusName('budget'), documentName('text'));
  await using reading = await reader.read(source, { document, signal });
  for await (const part of reading.parts()) if (part.type === 'scenes') yield part.scenes.map(alone);
}
