import { carries } from '../../src/collapse/coupling-graph.ts';
import type { Tokenizer } from '../../src/model/tokenizer.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { type CorpusName, corpusName, documentName } from '../../src/scene/name.ts';
import type { DocumentId, SceneId } from '../../src/scene/scene.ts';
import type { GraphStore } from '../../src/store/graph-store.ts';
import { pagesOf } from '../../src/store/pages.ts';
import { collapseCorpus } from '../../src/worker/collapse-job.ts';
import type { ComputePool } from '../../src/worker/compute-pool.ts';
import { readIntoCorpus } from '../../src/worker/read-job.ts';
import type { TaleText } from './evidence.ts';

/** A scene as a unit of retrieval: every side chooses among the same. */
export interface Unit {
  readonly id: SceneId;
  readonly tale: string;
  readonly document: DocumentId;
  readonly position: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Positions of its text. */
  readonly positions: number;
  /** It has a coupling that says more than that one scene follows the other. */
  readonly coupled: boolean;
  /** It has a coupling of whatever kind. */
  readonly placed: boolean;
}

/** What is asked as one. */
export interface UnitCorpus {
  readonly name: CorpusName;
  /** In the order of the corpus. */
  readonly units: readonly Unit[];
  readonly couplings: number;
}

export interface Tools {
  readonly store: GraphStore;
  readonly reader: Reader;
  readonly compute: ComputePool;
  readonly tokenizer: Tokenizer;
}

/** Reads, couples and collapses tales into one corpus by the program's own jobs. */
export const readCorpus = async (
  tools: Tools,
  name: string,
  tales: ReadonlyMap<string, TaleText>,
): Promise<UnitCorpus> => {
  const { store, compute, tokenizer } = tools;
  const corpus = corpusName(name);
  for (const [tale, { text }] of tales)
    await readIntoCorpus(tools, { corpus, name: documentName(tale), source: { text }, lang: 'en' });
  await collapseCorpus({ store, compute }, corpus);
  const couplings = (await Array.fromAsync(pagesOf((request) => store.couplings(corpus, request), undefined))).flat();
  const coupled = new Set(couplings.filter(carries).flatMap(({ a, b }) => [a, b]));
  const placed = new Set(couplings.flatMap(({ a, b }) => [a, b]));
  const scenes = (await Array.fromAsync(pagesOf((request) => store.scenes({ corpus }, request), undefined))).flat();
  return {
    name: corpus,
    couplings: couplings.length,
    units: scenes.map(({ id, documentName: tale, document, position, start, end, text }) => {
      if (tales.get(tale)?.text.slice(start, end) !== text) throw new Error(`${tale}: a scene is not where it says`);
      return {
        id,
        tale,
        document,
        position,
        start,
        end,
        text,
        positions: tokenizer.count(text),
        coupled: coupled.has(id),
        placed: placed.has(id),
      };
    }),
  };
};
