/** How much of the evidence for a question is in the context that activation chooses. See `bench/README.md`. */

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openO200k } from '../src/model/o200k/open-o200k.ts';
import { openReader } from '../src/reading/read-document.ts';
import { DEFAULT_WORKSPACE } from '../src/scene/name.ts';
import { openEmbeddedStore } from '../src/store/embedded/open-embedded-store.ts';
import { openComputePool } from '../src/worker/compute-pool.ts';
import { rankByBm25 } from './recall/bm25.ts';
import { readCorpus, type Tools, type UnitCorpus } from './recall/corpora.ts';
import { type Evidence, evidenceOf, type TaleText, taleText } from './recall/evidence.ts';
import { ask, type Outcome } from './recall/run.ts';
import { type RecallResult, type Setting, summarise } from './recall/summary.ts';
import { figuresOf } from './recall/tables.ts';
import { type Question, readTales, splitOf, type TaleQuestions } from './recall/tales.ts';
import { uncoupledFigures } from './recall/uncoupled.ts';
import { checkOut, inFolder, tell, writeReport } from './report.ts';
import { load1, machine } from './store/figures.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    /** A folder with fairytaleqa_stories.jsonl and fairytaleqa_qa.jsonl. */
    corpora: { type: 'string', default: join(ROOT, '../shared/corpora/qa') },
    /** Whose questions are asked: `test`, or `dev`, the tales that parameters are chosen on. */
    half: { type: 'string', default: 'test' },
    out: { type: 'string', default: join(ROOT, 'bench/results/recall.json') },
  },
});

/** Of a ranking of BM25: more than fit into the largest budget. */
const RANKED = 400;

interface Read extends TaleQuestions {
  readonly texts: ReadonlyMap<string, TaleText>;
  readonly evidence: ReadonlyMap<string, Evidence>;
}

const readAll = async (): Promise<Read> => {
  const read = await readTales(values.corpora);
  const split = splitOf(read.tales);
  const questions = read.questions.filter(({ tale }) => split.get(tale) === half);
  const texts = new Map(read.tales.map((tale) => [tale.name, taleText(tale)]));
  const evidence = new Map(
    questions.map((question) => [question.id, evidenceOf(question, known(texts, question.tale))]),
  );
  return { tales: read.tales, questions, texts, evidence };
};

const halfNamed = (name: string): 'dev' | 'test' => {
  if (name !== 'dev' && name !== 'test') throw new Error(`--half: expected dev or test, came ${name}`);
  return name;
};

const known = <Value>(map: ReadonlyMap<string, Value>, key: string): Value => {
  const value = map.get(key);
  if (value === undefined) throw new Error(`nothing is called ${key}`);
  return value;
};

/** @param corpora each with the questions that are asked of it */
const measure = async (
  setting: string,
  tools: Tools,
  corpora: readonly { readonly corpus: UnitCorpus; readonly questions: readonly Question[] }[],
  { texts, evidence }: Read,
): Promise<Setting & { readonly versions: Readonly<Record<string, string>> }> => {
  tell(`${setting}: BM25`);
  const { ranked, versions } = await rankByBm25(
    corpora.map(({ corpus, questions }) => ({
      scenes: corpus.units.map(({ text }) => text),
      questions: questions.map(({ text }) => text),
    })),
    RANKED,
  );
  const outcomes: Outcome[] = [];
  for (const [i, { corpus, questions }] of corpora.entries()) {
    tell(`${setting}: ${corpus.name}, ${questions.length} questions of ${corpus.units.length} scenes`);
    for (const [j, question] of questions.entries()) {
      const text = known(texts, question.tale);
      const bm25 = ranked[i]?.[j] ?? [];
      outcomes.push(...(await ask(tools, { question, evidence: known(evidence, question.id), text, corpus, bm25 })));
    }
  }
  const asked = corpora.flatMap(({ questions }) => questions);
  return {
    setting,
    versions,
    scenes: corpora.reduce((sum, { corpus }) => sum + corpus.units.length, 0),
    couplings: corpora.reduce((sum, { corpus }) => sum + corpus.couplings, 0),
    figures: figuresOf(outcomes),
    uncoupled: uncoupledFigures(
      corpora.map(({ corpus }) => corpus),
      asked.map(({ id, tale }) => ({ tale, evidence: known(evidence, id) })),
      texts,
    ),
  };
};

const run = async (folder: string): Promise<RecallResult> => {
  const [started, load1Before] = [performance.now(), load1()];
  const read = await readAll();
  const database = await openEmbeddedStore({ path: join(folder, 'graph') });
  const [reader, compute, tokenizer] = [
    await openReader(),
    await openComputePool({ threadsMax: 1 }),
    await openO200k(),
  ];
  const tools: Tools = { store: database.workspace(DEFAULT_WORKSPACE), reader, compute, tokenizer };
  try {
    tell('reading');
    const single = [];
    for (const tale of new Set(read.questions.map((question) => question.tale))) {
      const text = known(read.texts, tale);
      single.push({
        corpus: await readCorpus(tools, tale, new Map([[tale, text]])),
        questions: read.questions.filter((question) => question.tale === tale),
      });
    }
    const all = await readCorpus(tools, 'tales', read.texts);
    const settings = [
      await measure('Each question of its own tale', tools, single, read),
      await measure('Each question of all tales', tools, [{ corpus: all, questions: read.questions }], read),
    ];
    return {
      date: new Date().toISOString(),
      machine: machine(),
      load1Before,
      seconds: (performance.now() - started) / 1000,
      peers: settings[0]?.versions ?? {},
      tokenizer: tokenizer.name,
      half,
      tales: [...new Set(read.questions.map(({ tale }) => tale))],
      settings,
    };
  } finally {
    await Promise.all([reader.close(), compute.close()]);
    await database.close();
  }
};

const { out } = values;
const half = halfNamed(values.half);
checkOut(out);
await writeReport(out, await inFolder('recall', (folder) => run(folder)), summarise);
