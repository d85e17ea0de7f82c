import { join } from 'node:path';
import { contentWords } from '../../src/activation/content-words.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { formatCode } from '../../src/scene/hypertoken.ts';
import { DEFAULT_WORKSPACE } from '../../src/scene/name.ts';
import { LANGUAGES, type Language } from '../../src/scene/scene.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphStore, StoredScene } from '../../src/store/graph-store.ts';
import { QUERY_LENGTH_MAX } from '../../src/store/search-terms.ts';
import { activate } from '../../src/worker/activate-job.ts';
import { collapseCorpus } from '../../src/worker/collapse-job.ts';
import type { ComputePool } from '../../src/worker/compute-pool.ts';
import { type SearchKind, search } from '../../src/worker/search-job.ts';
import { type Asked, asking, measure, type Question, touch } from '../asking.ts';
import { tell } from '../report.ts';
import { CORPUS } from '../store/documents.ts';
import { load } from '../store/loading.ts';
import { readSentences } from '../store/sentences.ts';
import { storeLoader } from '../store/store-loader.ts';

/** Content words of a query. */
const WORDS = 2;
/** Hits of a page: what the API gives by default. */
const FIRST = 20;
/** Content words of a question. */
const LONG = 8;

export interface LatencyFigures {
  readonly scenes: number;
  readonly couplings: number;
  readonly asked: readonly Asked[];
}

export interface LatencyRequest {
  readonly folder: string;
  readonly scenes: number;
  readonly asks: number;
  /** A folder of stories whose sentences the corpus is made of. */
  readonly stories: string;
  readonly reader: Reader;
  readonly compute: ComputePool;
}

/** The corpus of `bench:activate`, loaded, collapsed and opened anew; each query by `search` and by `activate`. */
export const measureLatency = async (request: LatencyRequest): Promise<LatencyFigures> => {
  const { folder, scenes, asks, stories, reader, compute } = request;
  const path = join(folder, 'synthetic');
  const loading = await openEmbeddedStore({ path });
  const sentences = await readSentences(stories, scenes);
  const loaded = await load(storeLoader(loading.workspace(DEFAULT_WORKSPACE)), { sentences, scenes }, tell);
  tell('collapsing');
  await collapseCorpus({ store: loading.workspace(DEFAULT_WORKSPACE), compute }, CORPUS);
  await loading.close();
  const database = await openEmbeddedStore({ path });
  try {
    const store = database.workspace(DEFAULT_WORKSPACE);
    const sample = (await store.scenesById(loaded.sample.ids)).filter((scene) => scene !== null);
    const asked: Asked[] = [];
    for (const [name, question] of Object.entries(questionsOf({ store, reader }, sample)))
      asked.push(await measure(name, question, asks));
    return { scenes, couplings: loaded.figures.couplings, asked };
  } finally {
    await database.close();
  }
};

interface Asking {
  readonly store: GraphStore;
  readonly reader: Reader;
}

const questionsOf = (tools: Asking, sample: readonly StoredScene[]): Readonly<Record<string, Question>> => {
  const about = asking(5);
  const find = async (text: string, kinds?: readonly SearchKind[]): Promise<number> =>
    (await search(tools, { corpus: CORPUS, text, first: FIRST, kinds })).page.items.length;
  const light = async (query: string): Promise<number> =>
    (await activate(tools, { source: { query }, corpus: CORPUS })).scenes.length;
  const before = (): Promise<void> => touch(tools.store);
  const inLanguage = (lang: Language): readonly (readonly [string, Question])[] => {
    const [short, long] = [queriesOf(sample, lang, WORDS), queriesOf(sample, lang, LONG)];
    return [
      [`search, ${WORDS} words, ${lang}`, about(short, find)],
      [`search, ${WORDS} words, scenes alone, ${lang}`, about(short, (text) => find(text, ['scene']))],
      [`activate, ${WORDS} words, ${lang}`, about(short, light)],
      [`search, ${WORDS} words, just after a write, ${lang}`, { ...about(short, find), before }],
      [`activate, ${WORDS} words, just after a write, ${lang}`, { ...about(short, light), before }],
      [`search, up to ${LONG} words, ${lang}`, about(long, find)],
      [`activate, up to ${LONG} words, ${lang}`, about(long, light)],
    ];
  };
  const codes = [...new Set(sample.map(({ code }) => formatCode(code)))];
  return Object.fromEntries([...LANGUAGES.flatMap(inLanguage), ['search, a code', about(codes, (code) => find(code))]]);
};

const queriesOf = (sample: readonly StoredScene[], lang: Language, words: number): readonly string[] => {
  const found = sample
    .filter((scene) => scene.lang === lang)
    .map(({ text }) => contentWords(text).slice(0, words).join(' ').slice(0, QUERY_LENGTH_MAX))
    .filter((query) => query.includes(' '));
  if (found.length === 0) throw new Error(`--scenes: so few of --stories hold no text in ${lang}`);
  return found;
};
