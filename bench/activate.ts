/** How long a person waits for `expand`, `bundle` and `activate` in a large corpus. See `bench/README.md`. */

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contentWords } from '../src/activation/content-words.ts';
import { openO200k } from '../src/model/o200k/open-o200k.ts';
import { counterOf, type Tokenizer } from '../src/model/tokenizer.ts';
import { openReader } from '../src/reading/read-document.ts';
import type { Reader } from '../src/reading/reader.ts';
import type { Code, Occurrence } from '../src/scene/hypertoken.ts';
import { DEFAULT_WORKSPACE } from '../src/scene/name.ts';
import { LANGUAGES, type Language, type SceneId } from '../src/scene/scene.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import { expandOccurrence } from '../src/store/expand.ts';
import type { GraphStore, StoredScene } from '../src/store/graph-store.ts';
import { pagesOf } from '../src/store/pages.ts';
import { QUERY_LENGTH_MAX } from '../src/store/search-terms.ts';
import { activate } from '../src/worker/activate-job.ts';
import { assembleContext } from '../src/worker/assemble-job.ts';
import { bundleOccurrence } from '../src/worker/bundle-job.ts';
import { type CollapseSummary, collapseCorpus } from '../src/worker/collapse-job.ts';
import { openComputePool } from '../src/worker/compute-pool.ts';
import type { ActivationSource } from '../src/worker/source-clues.ts';
import { type Asked, asking, measure, type Question, touch } from './asking.ts';
import { checkOut, inFolder, tell, wholeNumber, writeReport } from './report.ts';
import { CORPUS } from './store/documents.ts';
import { load1, machine } from './store/figures.ts';
import { load } from './store/loading.ts';
import { readSentences } from './store/sentences.ts';
import { storeLoader } from './store/store-loader.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: '100000' },
    /** Questions of each kind. */
    asks: { type: 'string', default: '300' },
    corpora: { type: 'string', default: join(ROOT, 'data/stories') },
    /** Asks the store as loading left it; by default it is opened anew first. */
    loaded: { type: 'boolean', default: false },
    out: { type: 'string', default: join(ROOT, 'bench/results/activate.json') },
  },
});

const BUNDLED = 200;
/** Occurrences of each level that are asked about. */
const OF_LEVEL = 200;
/** Content words of a query. */
const WORDS = 2;
/** Positions of an assembled context. */
const TOKENS = 300;
/** Scenes of a document that make up a paragraph. */
const PARAGRAPH = 4;
interface Sample {
  readonly ids: readonly SceneId[];
  readonly queries: Readonly<Record<Language, readonly string[]>>;
  readonly paragraphs: Readonly<Record<Language, readonly string[]>>;
  readonly codes: readonly Code[];
  readonly occurrences: readonly Occurrence[];
}

const sampleOf = async (store: GraphStore, ids: readonly SceneId[], levels: readonly number[]): Promise<Sample> => {
  const scenes = (await store.scenesById(ids)).filter((scene) => scene !== null);
  const queriesIn = (lang: Language): readonly string[] => {
    const found = scenes
      .filter((scene) => scene.lang === lang)
      .map(({ text }) => contentWords(text).slice(0, WORDS).join(' '))
      .filter((query) => query.includes(' '));
    if (found.length === 0) throw new Error(`--scenes: so few of --corpora hold no text in ${lang}`);
    return found;
  };
  const occurrences: Occurrence[] = [];
  for (const level of levels) occurrences.push(...(await ownOccurrences(store, level)));
  const paragraphsIn = (lang: Language) =>
    paragraphsOf(
      store,
      scenes.filter((scene) => scene.lang === lang),
    );
  const codes = [...scenes, ...occurrences].map(({ code }) => code);
  return {
    ids,
    queries: { ru: queriesIn('ru'), en: queriesIn('en') },
    paragraphs: { ru: await paragraphsIn('ru'), en: await paragraphsIn('en') },
    codes: [...new Set(codes)],
    occurrences,
  };
};

/** The sampled scenes with those that follow, cut where a query ends. */
const paragraphsOf = async (store: GraphStore, scenes: readonly StoredScene[]): Promise<readonly string[]> => {
  const paragraphs = scenes.slice(0, OF_LEVEL).map(async ({ document, position }) => {
    const found = await store.scenesInRanges([{ document, from: position, to: position + PARAGRAPH }]);
    return found
      .map(({ text }) => text)
      .join(' ')
      .slice(0, QUERY_LENGTH_MAX);
  });
  return Promise.all(paragraphs);
};

/** The first of a level, without what rose to it from below. */
const ownOccurrences = async (store: GraphStore, level: number): Promise<readonly Occurrence[]> => {
  const own: Occurrence[] = [];
  for await (const page of pagesOf((request) => store.occurrences({ corpus: CORPUS, level }, request), undefined)) {
    own.push(...page.filter((occurrence) => occurrence.level === level));
    if (own.length >= OF_LEVEL) break;
  }
  return own.slice(0, OF_LEVEL);
};

interface Asking {
  readonly store: GraphStore;
  readonly reader: Reader;
  readonly tokenizer: Tokenizer;
}

const asksOf = ({ store, reader, tokenizer }: Asking, sample: Sample): Readonly<Record<string, Question>> => {
  const about = asking(5);
  const light = async (source: ActivationSource): Promise<number> =>
    (await activate({ store, reader }, { source, corpus: CORPUS })).scenes.length;
  const expand = async (ref: Occurrence): Promise<number> => (await expandOccurrence(store, ref)).scenes.items.length;
  const small = sample.occurrences.filter(({ size }) => size <= BUNDLED);
  const textAsks = (lang: Language): Readonly<Record<string, Question>> => {
    const [queries, paragraphs] = [sample.queries[lang], sample.paragraphs[lang]];
    return {
      [`search of ${WORDS} words, first 20, ${lang}`]: about(
        queries,
        async (text) => (await store.scenes({ corpus: CORPUS, text }, { first: 20 })).items.length,
      ),
      [`activate from ${WORDS} words, ${lang}`]: about(queries, (query) => light({ query })),
      [`activate from ${WORDS} words just after a write, ${lang}`]: {
        ...about(queries, (query) => light({ query })),
        before: () => touch(store),
      },
      [`assemble ${TOKENS} tokens from ${WORDS} words, ${lang}`]: about(queries, async (query) => {
        const request = {
          source: { query },
          corpus: CORPUS,
          tokens: TOKENS,
          rung: 'hyperlexeme',
          labels: lang,
        } as const;
        return (await assembleContext({ store, reader, counter: counterOf(tokenizer) }, request)).pieces.length;
      }),
      [`activate from a paragraph, ${lang}`]: about(paragraphs, (query) => light({ query })),
    };
  };
  const levels = [...Map.groupBy(sample.occurrences, ({ level }) => level)];
  return {
    ...Object.fromEntries(
      levels.map(([level, occurrences]) => [`expand, first page, level ${level}`, about(occurrences, expand)]),
    ),
    [`bundle of ${BUNDLED} scenes at most`]: about(
      small,
      async (ref) => (await bundleOccurrence({ store, signal: undefined }, { ref })).bundle.scenes,
    ),
    'activate from a scene': about(sample.ids, (scene) => light({ scene })),
    'activate from a code': about(sample.codes, (code) => light({ code })),
    'activate from an occurrence': about(sample.occurrences, (occurrence) => light({ occurrence })),
    ...Object.fromEntries(LANGUAGES.flatMap((lang) => Object.entries(textAsks(lang)))),
  };
};

const summarise = (result: Awaited<ReturnType<typeof run>>): string => {
  const { cpu, cores, memoryGb, system, node, packages } = result.machine;
  const rows = result.asked.map(
    ({ path, distinct, items, p50, p95, loopMax }) =>
      `| ${path} | ${distinct} | ${items.toFixed(1)} | ${p50.toFixed(2)} | ${p95.toFixed(2)} | ${loopMax.toFixed(1)} |`,
  );
  const levels = result.collapse.levels.map(({ level, occurrences }) => `${occurrences} of level ${level}`);
  return [
    `# Asking a corpus of ${result.scenes.toLocaleString('en')} scenes and ${result.couplings.toLocaleString('en')} couplings`,
    '',
    `${result.date}. ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; Node ${node}, @grafeo-db/js ${packages['@grafeo-db/js']}.`,
    `Load of the machine before: ${result.load1Before}. Collapsed in ${result.collapseSeconds.toFixed(1)} s into ${levels.join(', ')}.`,
    `${result.asLoaded ? 'Asked as loading left the store' : 'Opened anew before it was asked'}. How it is measured: \`bench/README.md\`.`,
    '',
    '| asked | different ones | items an answer | p50 ms | p95 ms | event loop held, ms at most |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
};

const run = async (folder: string, scenes: number, asks: number) => {
  const load1Before = load1();
  const path = join(folder, 'graph');
  let database = await openEmbeddedStore({ path });
  let store = database.workspace(DEFAULT_WORKSPACE);
  const [reader, compute] = [await openReader(), openComputePool({ threadsMax: 1 })];
  const sentences = await readSentences(values.corpora, scenes);
  const loaded = await load(storeLoader(store), { sentences, scenes }, tell);
  tell('collapsing');
  const started = performance.now();
  const collapse: CollapseSummary = await collapseCorpus({ store, compute }, CORPUS);
  const collapseSeconds = (performance.now() - started) / 1000;
  if (!values.loaded) {
    await database.close();
    database = await openEmbeddedStore({ path });
    store = database.workspace(DEFAULT_WORKSPACE);
  }
  const sample = await sampleOf(
    store,
    loaded.sample.ids,
    collapse.levels.map(({ level }) => level),
  );
  const asked: Asked[] = [];
  for (const [path, question] of Object.entries(asksOf({ store, reader, tokenizer: await openO200k() }, sample)))
    asked.push(await measure(path, question, asks));
  await Promise.all([reader.close(), compute.close()]);
  await database.close();
  const { couplings } = loaded.figures;
  const date = new Date().toISOString();
  const { loaded: asLoaded } = values;
  return { date, machine: machine(), load1Before, scenes, couplings, collapseSeconds, collapse, asLoaded, asked };
};

const [scenes, asks] = [wholeNumber('scenes', values.scenes), wholeNumber('asks', values.asks)];
const { out } = values;
checkOut(out);
await writeReport(out, await inFolder('activate', (folder) => run(folder, scenes, asks)), summarise);
