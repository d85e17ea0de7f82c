import type { SceneId } from '../../src/scene/scene.ts';
import { rankOf } from '../../src/store/corpus-order.ts';
import type { Census } from './census.ts';
import { type BenchDocument, benchDocuments, couplingsOf } from './documents.ts';
import type { Sample } from './reading.ts';
import type { Sentence } from './sentences.ts';

/** One of the two that load the same corpus. */
export interface Loader {
  /** What is there before the first document; not timed. */
  begin(): Promise<void>;
  write(document: BenchDocument): Promise<void>;
  couple(document: BenchDocument): Promise<void>;
}

export interface LoadFigures {
  readonly scenes: number;
  readonly documents: number;
  readonly couplings: number;
  /** Time within `write`, and within `couple`; making the documents is not in it. */
  readonly loadSeconds: number;
  readonly coupleSeconds: number;
  /** Of each tenth of the documents, so that one sees whether the load slows down. */
  readonly tenths: readonly number[];
  /** CPU time of the process in the phase of loading, making the documents included: steadier on a busy machine. */
  readonly cpuSeconds: number;
  /** Resident memory of the process, all its threads and the engine in it, MB (10^6): after loading, after coupling, at most. */
  readonly rssLoadedMb: number;
  readonly rssCoupledMb: number;
  readonly rssPeakMb: number;
  /** JavaScript heap of the main thread in use after loading, MB. */
  readonly heapMb: number;
  /** What lies in the graph then. */
  readonly graph: Census;
}

export interface Loaded {
  readonly figures: Omit<LoadFigures, 'graph'>;
  readonly sample: Sample;
}

export interface Corpus {
  readonly sentences: readonly Sentence[];
  readonly scenes: number;
}

const MB = 1e6;
/** Scenes that are asked for afterwards. */
const SAMPLE = 2000;

interface Phase {
  readonly seconds: number;
  readonly tenths: readonly number[];
  readonly cpuSeconds: number;
}

const phase = async (
  { sentences, scenes }: Corpus,
  act: (document: BenchDocument) => Promise<void>,
  seen: (document: BenchDocument, done: number) => void,
): Promise<Phase> => {
  const cpu = process.cpuUsage();
  const tenths = Array.from({ length: 10 }, () => 0);
  let [seconds, done] = [0, 0];
  for (const document of benchDocuments(sentences, scenes)) {
    const started = performance.now();
    await act(document);
    const took = (performance.now() - started) / 1000;
    seconds += took;
    const tenth = Math.floor((10 * done) / scenes);
    tenths[tenth] = (tenths[tenth] ?? 0) + took;
    done += document.scenes.length;
    seen(document, done);
  }
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, tenths, cpuSeconds: (user + system) / 1e6 };
};

/** All documents, then all couplings, made anew for each phase, so that no memory but the loader's grows. */
export const load = async (loader: Loader, corpus: Corpus, onProgress: (stage: string) => void): Promise<Loaded> => {
  await loader.begin();
  const ids: SceneId[] = [];
  const ranks: number[] = [];
  const words: string[] = [];
  const every = Math.max(1, Math.floor(corpus.scenes / SAMPLE));
  let documents = 0;
  const written = await phase(
    corpus,
    (document) => loader.write(document),
    ({ scenes, order }, done) => {
      documents += 1;
      onProgress(`wrote ${done} scenes`);
      for (let position = 0; position < scenes.length - 1; position += every) {
        ids.push(scenes[position]?.id as SceneId);
        ranks.push(rankOf(order, position));
        const [word] = scenes[position]?.text.match(/\p{L}{5,}/u) ?? [];
        if (word !== undefined) words.push(word);
      }
    },
  );
  const { rss, heapUsed } = process.memoryUsage();
  let couplings = 0;
  const coupled = await phase(
    corpus,
    (document) => loader.couple(document),
    (document, done) => {
      couplings += couplingsOf(document).length;
      onProgress(`coupled ${done} scenes`);
    },
  );
  const figures = {
    ...{ scenes: corpus.scenes, documents, couplings },
    ...{ loadSeconds: written.seconds, coupleSeconds: coupled.seconds },
    ...{ tenths: written.tenths, cpuSeconds: written.cpuSeconds },
    ...{ rssLoadedMb: rss / MB, rssCoupledMb: process.memoryUsage().rss / MB, heapMb: heapUsed / MB },
    rssPeakMb: (process.resourceUsage().maxRSS * 1024) / MB,
  };
  return { figures, sample: { ids, ranks, words } };
};
