import { isDeepStrictEqual } from 'node:util';
import { seededRandom } from '../../src/collapse/leiden/random.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import { type Percentiles, percentiles } from './figures.ts';
import { between } from './random.ts';

/** What an answer holds, enough to see that both found the same. */
export interface Answer {
  readonly ids: readonly SceneId[];
  readonly facets: number;
  readonly couplings: number;
}

/** One of the two that are asked the same. */
export interface Reader {
  scene(id: SceneId): Promise<Answer>;
  scenes(ids: readonly SceneId[]): Promise<Answer>;
  page(afterRank: number, first: number): Promise<Answer>;
  neighbourhood(seed: SceneId, limit: number): Promise<Answer>;
  /** The first scenes of the corpus in which the word stands. */
  search(word: string, first: number): Promise<Answer>;
}

/** Where questions may be asked about: scenes and their ranks, spread over the corpus. */
export interface Sample {
  readonly ids: readonly SceneId[];
  readonly ranks: readonly number[];
  readonly words: readonly string[];
}

export interface ReadFigures {
  readonly path: string;
  /** Scenes an answer held on average. */
  readonly scenes: number;
  readonly store: Percentiles;
  readonly byHand: Percentiles;
  /** Store to by hand, of the medians and of the 95th percentiles. */
  readonly ratioP50: number;
  readonly ratioP95: number;
}

type Question = (reader: Reader) => Promise<Answer>;

const questions = ({ ids, ranks, words }: Sample): Readonly<Record<string, () => Question>> => {
  const random = seededRandom(7);
  const pick = <T>(items: readonly T[]): T => items[between(random, 0, items.length)] as T;
  return {
    'scene with facets': () => {
      const id = pick(ids);
      return (reader) => reader.scene(id);
    },
    'two hops, at most 200': () => {
      const id = pick(ids);
      return (reader) => reader.neighbourhood(id, 200);
    },
    'page of 100': () => {
      const rank = pick(ranks);
      return (reader) => reader.page(rank, 100);
    },
    '100 ids': () => {
      const some = [...new Set(Array.from({ length: 100 }, () => pick(ids)))];
      return (reader) => reader.scenes(some);
    },
    'search, first 20': () => {
      const word = pick(words);
      return (reader) => reader.search(word, 20);
    },
  };
};

/** Asked before the clock runs: statements are planned, code is compiled on both sides. After 30 a server is still at it. */
const WARM_UP = 300;

/** Each question to both, who goes first by turns, so that both see the same machine. @throws Error where answers differ */
export const compareReads = async (
  store: Reader,
  byHand: Reader,
  sample: Sample,
  repetitions: number,
  onProgress: (path: string) => void,
): Promise<readonly ReadFigures[]> => {
  const found: ReadFigures[] = [];
  for (const [path, next] of Object.entries(questions(sample))) {
    onProgress(path);
    const times = { store: [] as number[], byHand: [] as number[] };
    let scenes = 0;
    for (let i = -WARM_UP; i < repetitions; i++) {
      const question = next();
      const [a, b] =
        i % 2 === 0 ? await inTurn(question, store, byHand) : (await inTurn(question, byHand, store)).reverse();
      if (a === undefined || b === undefined || !isDeepStrictEqual(a.answer, b.answer))
        throw new Error(`${path}: the store and the Cypher written by hand answer differently`);
      if (i < 0) continue;
      times.store.push(a.ms);
      times.byHand.push(b.ms);
      scenes += a.answer.ids.length;
    }
    const [s, h] = [percentiles(times.store), percentiles(times.byHand)];
    found.push({
      path,
      scenes: scenes / repetitions,
      store: s,
      byHand: h,
      ratioP50: s.p50 / h.p50,
      ratioP95: s.p95 / h.p95,
    });
  }
  return found;
};

interface Timed {
  readonly answer: Answer;
  readonly ms: number;
}

const inTurn = async (question: Question, ...readers: readonly Reader[]): Promise<Timed[]> => {
  const answers: Timed[] = [];
  for (const reader of readers) {
    const started = performance.now();
    const answer = await question(reader);
    answers.push({ answer, ms: performance.now() - started });
  }
  return answers;
};
