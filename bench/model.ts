/** What scenes take on each rung, and the model's worker beside llama.cpp's own server. See `bench/README.md`. */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import type { LanguageModel, Prompt } from '../src/model/language-model.ts';
import { openLlama } from '../src/model/llama/open-llama.ts';
import { resolveModel } from '../src/model/llama/resolve-model.ts';
import { openOpenAi } from '../src/model/openai/open-openai.ts';
import { openReader } from '../src/reading/read-document.ts';
import { corpusName, documentName } from '../src/scene/name.ts';
import { documentId, type Scene } from '../src/scene/scene.ts';
import { startLlamaServer } from '../test/model/openai/llama-server.ts';
import { measureCancel } from './model/cancel.ts';
import { hasBuilds, withAvx2 } from './model/fewer-instructions.ts';
import { kindsOf, measureRungs, writeUntrainedPack } from './model/rungs.ts';
import { soak } from './model/soak.ts';
import { type ModelResult, summarise } from './model/summary.ts';
import { measureThroughput, type ThroughputFigures } from './model/throughput.ts';
import { checkOut, inFolder, tell, wholeNumber, writeReport } from './report.ts';
import { load1, machine } from './store/figures.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    /** Of each language, the first so many of the bundled stories. */
    scenes: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '1' },
    /** Minutes of unbroken asking at the end; none by default. */
    soak: { type: 'string' },
    out: { type: 'string', default: join(ROOT, 'bench/results/model.json') },
  },
});

const STORIES = ['ru/tolstoy-rabotnik-emelyan.txt', 'en/poe-masque-of-the-red-death.txt'] as const;
const CONTEXT = 2048;
const SLOTS = 8;
const CANCELS = 20;

const readScenes = async (count: number): Promise<readonly Scene[]> => {
  const reader = await openReader();
  const all: Scene[] = [];
  for (const story of STORIES) {
    const document = documentId(corpusName('bench'), documentName(story.replace('/', ' ')));
    await using reading = await reader.read({ path: join(ROOT, 'data/stories', story) }, { document });
    const scenes: Scene[] = [];
    for await (const part of reading.parts()) if (part.type === 'scenes') scenes.push(...part.scenes);
    all.push(...scenes.slice(0, count));
  }
  await reader.close();
  return all;
};

const open = async (folder: string, threads: number): Promise<LanguageModel> => {
  const { folder: models, hub } = readConfig({}).model;
  const packs = join(folder, 'packs');
  await mkdir(packs, { recursive: true });
  return openLlama({
    find: async () => (await resolveModel('default', { folder: models, hub })).path,
    packs,
    cache: join(folder, 'cache'),
    gpu: 'off',
    threads,
    context: CONTEXT,
    slots: SLOTS,
    processes: 1,
    kv: { key: 'f16', value: 'f16' },
    memoryMax: 8 * 2 ** 30,
    idle: 600_000,
    timeout: 600_000,
    queueMax: 64,
    prefixBytesMax: 2 ** 28,
  });
};

/** One whose process has begun. */
const openWithAvx2 = async (folder: string, threads: number): Promise<LanguageModel> => {
  const model = await open(join(folder, 'avx2'), threads);
  const prompt: Prompt = { form: 'raw', segments: [{ kind: 'text', text: 'Once' }] };
  const options = { client: 'first', workspace: 'bench', pack: null, reproducible: false };
  await withAvx2(join(folder, 'binaries'), () => model.score(prompt, options));
  return model;
};

const measurePeer = async (
  model: LanguageModel,
  text: string,
  { folder, threads, rounds }: { readonly folder: string; readonly threads: number; readonly rounds: number },
): Promise<readonly ThroughputFigures[]> => {
  const key = randomUUID();
  const server = await startLlamaServer({ key, context: CONTEXT, slots: SLOTS, task: 'generate' });
  const peer = openOpenAi({
    url: server.url,
    key,
    name: 'default',
    context: CONTEXT,
    timeout: 600_000,
    atOnce: SLOTS,
  });
  const like = hasBuilds ? await openWithAvx2(folder, threads) : null;
  try {
    const sides = new Map([
      ['hyperscene', model],
      ...(like === null ? [] : ([['hyperscene, AVX2', like]] as const)),
      ['llama-server, AVX2', peer],
    ]);
    const figures: ThroughputFigures[] = [];
    for (const together of [1, 4, 8]) {
      tell(`throughput: ${together}`);
      figures.push(...(await measureThroughput(sides, { text, together, rounds })));
    }
    return figures;
  } finally {
    await like?.close();
    await peer.close();
    await server.kill();
  }
};

const run = (folder: string): Promise<ModelResult> => measure(folder, wholeNumber('threads', values.threads));

const measure = async (folder: string, threads: number): Promise<ModelResult> => {
  const load1Before = load1();
  const model = await open(folder, threads);
  try {
    const scenes = await readScenes(wholeNumber('scenes', values.scenes));
    const description = await model.describe();
    await writeUntrainedPack(join(folder, 'packs'), description, scenes);
    const rungs = await measureRungs(model, scenes);
    const text = scenes
      .filter(({ lang }) => lang === 'en')
      .map((scene) => scene.text)
      .join(' ')
      .slice(0, 800);
    const throughput = await measurePeer(model, text, {
      folder,
      threads,
      rounds: wholeNumber('rounds', values.rounds),
    });
    tell('cancel');
    const cancel = await measureCancel(model, text.repeat(6), CANCELS);
    const minutes = values.soak === undefined ? 0 : wholeNumber('soak', values.soak);
    const soaked = await soak(model, text, minutes);
    const process = model.status().processes.find(({ pack }) => pack === null);
    return {
      date: new Date().toISOString(),
      machine: machine(['node-llama-cpp']),
      load1Before,
      model: description,
      threads,
      rungs,
      kinds: kindsOf(scenes),
      throughput,
      cancel,
      memory: {
        predictedBytes: process?.predictedBytes ?? Number.NaN,
        residentBytes: process?.residentBytes ?? null,
      },
      soak: soaked,
    };
  } finally {
    await model.close();
  }
};

checkOut(values.out);
await writeReport(values.out, await inFolder('model', run), summarise);
