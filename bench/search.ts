/** Whether `search` finds what plain full text does not, and how long it takes. See `bench/README.md`. */

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openO200k } from '../src/model/o200k/open-o200k.ts';
import { openReader } from '../src/reading/read-document.ts';
import { DEFAULT_WORKSPACE } from '../src/scene/name.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import { openComputePool } from '../src/worker/compute-pool.ts';
import { readCorpus, type Tools } from './recall/corpora.ts';
import { taleText } from './recall/evidence.ts';
import { readTales, splitOf } from './recall/tales.ts';
import { checkOut, inFolder, tell, wholeNumber, writeReport } from './report.ts';
import { measureLatency } from './search/latency.ts';
import { type AskedCorpus, measureQuality } from './search/quality.ts';
import { type SearchResult, summarise } from './search/summary.ts';
import { load1, machine } from './store/figures.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    /** A folder with fairytaleqa_stories.jsonl and fairytaleqa_qa.jsonl. */
    corpora: { type: 'string', default: join(ROOT, '../shared/corpora/qa') },
    /** Whose questions are asked: `test`, or `dev`, the tales that settings are chosen on. */
    half: { type: 'string', default: 'test' },
    /** Of the corpus that is asked against the clock. */
    scenes: { type: 'string', default: '100000' },
    asks: { type: 'string', default: '300' },
    stories: { type: 'string', default: join(ROOT, 'data/stories') },
    out: { type: 'string', default: join(ROOT, 'bench/results/search.json') },
  },
});

const halfNamed = (name: string): 'dev' | 'test' => {
  if (name !== 'dev' && name !== 'test') throw new Error(`--half: expected dev or test, came ${name}`);
  return name;
};

const qualityOf = async (tools: Tools): Promise<Pick<SearchResult, 'peers' | 'tales' | 'quality'>> => {
  const read = await readTales(values.corpora);
  const split = splitOf(read.tales);
  const questions = read.questions.filter(({ tale }) => split.get(tale) === half);
  const texts = new Map(read.tales.map((tale) => [tale.name, taleText(tale)]));
  const tales = [...new Set(questions.map(({ tale }) => tale))];
  tell('reading');
  const single: AskedCorpus[] = [];
  for (const [tale, own] of Map.groupBy(questions, (question) => question.tale)) {
    const text = texts.get(tale);
    if (text === undefined) throw new Error(`no tale is called ${tale}`);
    single.push({ corpus: await readCorpus(tools, tale, new Map([[tale, text]])), questions: own });
  }
  const all = { corpus: await readCorpus(tools, 'tales', texts), questions };
  const figures = [
    await measureQuality('Each question of its own tale', tools, single, texts),
    await measureQuality('Each question of all tales', tools, [all], texts),
  ];
  return {
    peers: figures[0]?.versions ?? {},
    tales,
    quality: figures.map(({ versions: _, ...quality }) => quality),
  };
};

const run = async (folder: string): Promise<SearchResult> => {
  const [started, load1Before] = [performance.now(), load1()];
  const database = await openEmbeddedStore({ path: join(folder, 'tales') });
  const [reader, compute, tokenizer] = [await openReader(), openComputePool({ threadsMax: 1 }), await openO200k()];
  try {
    const quality = await qualityOf({ store: database.workspace(DEFAULT_WORKSPACE), reader, compute, tokenizer });
    const latency = await measureLatency({ folder, scenes, asks, stories: values.stories, reader, compute });
    const seconds = (performance.now() - started) / 1000;
    return { date: new Date().toISOString(), machine: machine(), load1Before, seconds, half, ...quality, latency };
  } finally {
    await Promise.all([reader.close(), compute.close()]);
    await database.close();
  }
};

const { out } = values;
const half = halfNamed(values.half);
const [scenes, asks] = [wholeNumber('scenes', values.scenes), wholeNumber('asks', values.asks)];
checkOut(out);
await writeReport(out, await inFolder('search', (folder) => run(folder)), summarise);
