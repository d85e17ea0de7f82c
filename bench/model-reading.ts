/** How often a model is right about facets that the reader is unsure of, and by which probability. See `bench/README.md`. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import type { ModelCall } from '../src/model/language-model.ts';
import { openLlama } from '../src/model/llama/open-llama.ts';
import { resolveModel } from '../src/model/llama/resolve-model.ts';
import { openReader } from '../src/reading/read-document.ts';
import { inParallel } from '../src/worker/model/in-parallel.ts';
import { figuresOf, reliabilityOf } from './model-reading/figures.ts';
import { readItems } from './model-reading/items.ts';
import { judgeItem } from './model-reading/judge.ts';
import { type ModelReadingResult, summarise } from './model-reading/summary.ts';
import { checkOut, inFolder, tell, wholeNumber, writeReport } from './report.ts';
import { load1, machine } from './store/figures.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    /** Holds `corpora/` and `prototypes/`. */
    labelled: { type: 'string', default: join(ROOT, '../shared') },
    /** Questions of each set and language at most. */
    count: { type: 'string', default: '40' },
    /** As `HYPERSCENE_MODEL`. */
    model: { type: 'string', default: 'default' },
    threads: { type: 'string', default: '1' },
    out: { type: 'string', default: join(ROOT, 'bench/results/model-reading.json') },
  },
});

/** Two scenes at a time, so that their prompts are in one batch. */
const SLOTS = 2;

const measure = async (folder: string): Promise<ModelReadingResult> => {
  const load1Before = load1();
  const threads = wholeNumber('threads', values.threads);
  const { folder: models, hub } = readConfig({}).model;
  const model = openLlama({
    find: async () => (await resolveModel(values.model, { folder: models, hub })).path,
    packs: join(folder, 'packs'),
    cache: join(folder, 'cache'),
    gpu: 'off',
    threads,
    context: 4096,
    slots: SLOTS,
    processes: 1,
    kv: { key: 'f16', value: 'f16' },
    memoryMax: 32 * 2 ** 30,
    idle: 600_000,
    timeout: 600_000,
    queueMax: 64,
    prefixBytesMax: 2 ** 28,
  });
  const reader = await openReader();
  try {
    const items = await readItems(reader, { folder: values.labelled, count: wholeNumber('count', values.count) });
    const call: ModelCall = { client: 'bench', workspace: 'bench', pack: null, reproducible: false };
    const since = performance.now();
    let done = 0;
    const judged = await inParallel(items, { max: SLOTS, signal: undefined }, async (item, signal) => {
      const found = await judgeItem({ reader, model, call: { ...call, signal } }, item);
      done += 1;
      if (done % 10 === 0) tell(`${done} of ${items.length}`);
      return found;
    });
    const { name, sha256, parameters, quantization } = await model.describe();
    return {
      date: new Date().toISOString(),
      machine: machine(['node-llama-cpp']),
      load1Before,
      model: { name, sha256, parameters, quantization },
      threads,
      questions: items.length,
      seconds: (performance.now() - since) / 1000 / items.length,
      facets: figuresOf(judged),
      reliability: reliabilityOf(judged),
      judged,
    };
  } finally {
    await model.close();
    await reader.close();
  }
};

checkOut(values.out);
await writeReport(values.out, await inFolder('model-reading', measure), summarise);
