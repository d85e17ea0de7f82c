import { setImmediate } from 'node:timers/promises';
import type { RegistryLevel, SequenceStatistics } from '../activation/sequence-statistics.ts';
import { SequenceTally, type TalliedScene } from '../activation/sequence-tally.ts';
import type { TextCounter, TokenizerIdentity } from '../activation/text-counter.ts';
import { checkCancelled } from '../errors.ts';
import type { CorpusName } from '../scene/name.ts';
import type { Language } from '../scene/scene.ts';
import { type CollapseState, collapseStateOf } from '../store/collapse-state.ts';
import type { CorpusRecord, GraphStore, GraphView, HypertokenRecord } from '../store/graph-store.ts';
import { pagesOfForms, placedScenes } from './corpus-pages.ts';

/** Statistics, and by whose tokens. */
export interface CorpusStatistics extends SequenceStatistics {
  /** null where texts were not counted. */
  readonly tokenizer: TokenizerIdentity | null;
  /** The language of hyperlexemes. */
  readonly labels: Language;
  /** Whether the levels stand for what the corpus is; null of a text, which has level 0 alone. */
  readonly collapse: CollapseState | null;
}

/** What is known of the levels of a corpus beside its scenes. */
export interface CorpusLevels {
  readonly collapse: CollapseState;
  /** By level above 0. */
  readonly registry: ReadonlyMap<number, RegistryLevel>;
}

/** Scenes of a sample: half a second of counting, whatever the size of the corpus. */
export const SAMPLE = 10_000;

/** Counts scenes page by page on the counter's thread, while the caller reads and writes the next page. */
export class StatisticsCount {
  readonly #labels: Language;
  readonly #counter: TextCounter | null;
  readonly #tally: SequenceTally;
  #counting: Promise<void> = Promise.resolve();

  /**
   * @param counter null leaves out what needs a tokenizer; the caller closes it
   * @param share of the scenes whose texts are counted, 0 to 1
   */
  constructor(labels: Language, counter: TextCounter | null, share = 1) {
    this.#labels = labels;
    this.#counter = counter;
    this.#tally = new SequenceTally(labels, counter && ((texts) => counter.count(texts)), share);
  }

  /** Resolves when the page before is counted: no more than one waits. @throws what the counter throws */
  async add(scenes: readonly TalliedScene[]): Promise<void> {
    await this.#counting;
    this.#counting = this.#tally.add(scenes);
    // Whoever asks next is told.
    this.#counting.catch(() => undefined);
  }

  /** As JSON, of all that was added. */
  async state(): Promise<unknown> {
    await this.#counting;
    return this.#tally.state;
  }

  restore(state: unknown): void {
    this.#tally.restore(state);
  }

  /** After the last scene. @param levels null of a text */
  async end(levels: CorpusLevels | null): Promise<CorpusStatistics> {
    await this.#counting;
    await this.#tally.end();
    const tokenizer = this.#counter && { name: this.#counter.name, sha256: this.#counter.sha256 };
    const { collapse = null, registry = new Map() } = levels ?? {};
    return { tokenizer, labels: this.#labels, collapse, ...this.#tally.statistics(registry) };
  }
}

/** 32 hex digits and what stands between two. */
const DIGEST_LENGTH = 33;

/**
 * Motifs tell all their figures; what is above tells its parts by their digests, up to a bar. These are not taken apart: forms of
 * large communities have megabytes.
 */
const partsOf = ({ level, figures, form }: HypertokenRecord): number => {
  const digests = form.indexOf(' | ');
  return level === 1 || digests < 0 ? figures.length : (digests + 1) / DIGEST_LENGTH;
};

/** The codes above level 0 that occur in a corpus: a page of them is held at a time. @throws HypersceneError CANCELLED */
const registryLevels = async (
  view: GraphView,
  corpus: CorpusName,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, RegistryLevel>> => {
  const levels = new Map<number, RegistryLevel>();
  for await (const { items } of pagesOfForms(view, corpus, undefined)) {
    checkCancelled({ signal });
    for (const record of items) {
      if (record.level <= 0) continue;
      const { codes, parts } = levels.get(record.level) ?? { codes: 0, parts: 0 };
      levels.set(record.level, { codes: codes + 1, parts: parts + partsOf(record) });
    }
    await setImmediate();
  }
  return levels;
};

/** Of a corpus as it stands in the view. @throws HypersceneError CANCELLED */
export const corpusLevels = async (
  view: GraphView,
  standing: CorpusRecord,
  signal: AbortSignal | undefined,
): Promise<CorpusLevels> => ({
  collapse: collapseStateOf(standing),
  registry: await registryLevels(view, standing.name, signal),
});

export interface StatisticsRequest {
  readonly corpus: CorpusName;
  /** Language of hyperlexemes. */
  readonly labels: Language;
  /** The caller closes it. */
  readonly counter: TextCounter;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/**
 * Of a corpus as it stands at one revision; a page of its scenes is held at a time.
 * @throws HypersceneError CORPUS_NOT_FOUND, CANCELLED; what the counter throws
 */
export const corpusStatistics = (store: GraphStore, request: StatisticsRequest): Promise<CorpusStatistics> => {
  const { corpus, labels, counter, signal, onProgress } = request;
  return store.atOneRevision(corpus, async (view, standing) => {
    const count = new StatisticsCount(labels, counter);
    let done = 0;
    for await (const { items } of placedScenes(view, corpus, undefined)) {
      checkCancelled({ signal });
      await count.add(items);
      done += items.length;
      onProgress?.({ done, total: standing.scenes });
    }
    return count.end(await corpusLevels(view, standing, signal));
  });
};
