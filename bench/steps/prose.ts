import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tokenizer } from '../../src/model/tokenizer.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { corpusName, documentName } from '../../src/scene/name.ts';
import { documentId, type Language } from '../../src/scene/scene.ts';
import type { GraphStore } from '../../src/store/graph-store.ts';
import { collapseCorpus } from '../../src/worker/collapse-job.ts';
import { collapse, couple } from '../../src/worker/compute.ts';
import type { ComputePool } from '../../src/worker/compute-pool.ts';
import { coupleCorpus } from '../../src/worker/couple-job.ts';

export interface Work {
  readonly name: string;
  readonly text: string;
}

const CORPUS = corpusName('works');
const MS = 1000;

/** What one language's works cost. Times are CPU time of the whole process in ms: steadier than the clock on a shared machine. */
export interface ProseFigures {
  readonly lang: Language;
  readonly works: number;
  readonly scenes: number;
  readonly couplings: number;
  /** Occurrences of all levels above 0. */
  readonly occurrences: number;
  readonly bytesAScene: number;
  /** Positions of a scene's text, o200k_base. */
  readonly tokensAScene: number;
  readonly readMsAScene: number;
  /** The document into the embedded store, without reading. */
  readonly storeMsAScene: number;
  /** Finding the couplings, in the thread that does it. */
  readonly coupleMsAScene: number;
  /** Asking the store for what a block is compared with, and writing its couplings. */
  readonly coupleStoreMsAScene: number;
  readonly collapseMsAScene: number;
  readonly collapseStoreMsAScene: number;
}

export const readWorks = async (folder: string, lang: Language): Promise<readonly Work[]> =>
  Promise.all(
    (await readdir(join(folder, lang))).toSorted().map(async (name) => ({
      name,
      text: await readFile(join(folder, lang, name), 'utf8'),
    })),
  );

const cpuOf = async <Result>(act: () => Promise<Result>): Promise<{ readonly ms: number; readonly result: Result }> => {
  const before = process.cpuUsage();
  const result = await act();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / MS, result };
};

/** Runs the pure steps in the caller's thread, whose CPU time can be told from that of the store's. */
const countingCompute = (): ComputePool & { readonly taken: () => number } => {
  let taken = 0;
  const counted = <Result>(act: () => Result): Result => {
    const before = process.threadCpuUsage();
    const result = act();
    const { user, system } = process.threadCpuUsage(before);
    taken += (user + system) / MS;
    return result;
  };
  return {
    couple: async (block) => counted(() => couple(block)),
    collapse: async (task) => counted(() => collapse(task)),
    close: async () => undefined,
    taken: () => taken,
  };
};

/** Reads without storing. @returns the texts of the scenes */
const readOnly = async (reader: Reader, works: readonly Work[]): Promise<readonly string[]> => {
  const texts: string[] = [];
  for (const { name, text } of works) {
    await using reading = await reader.read({ text }, { document: documentId(CORPUS, documentName(name)) });
    for await (const part of reading.parts()) if (part.type === 'scenes') texts.push(...part.scenes.map((s) => s.text));
  }
  return texts;
};

const store = async (reader: Reader, graph: GraphStore, works: readonly Work[]): Promise<void> => {
  for (const { name, text } of works) {
    const document = documentName(name);
    await using reading = await reader.read({ text }, { document: documentId(CORPUS, document) });
    const { lang, sha256, bytes } = reading;
    await graph.writeDocument({ corpus: CORPUS, name: document, lang, sha256, bytes }, reading.parts());
  }
};

export const measureProse = async (
  { reader, graph, tokenizer }: { readonly reader: Reader; readonly graph: GraphStore; readonly tokenizer: Tokenizer },
  lang: Language,
  works: readonly Work[],
): Promise<ProseFigures> => {
  // Loads the analyser and lets the engine compile what it runs.
  await readOnly(reader, works.slice(0, 1));
  const read = await cpuOf(() => readOnly(reader, works));
  const stored = await cpuOf(() => store(reader, graph, works));
  const coupling = countingCompute();
  const coupled = await cpuOf(() => coupleCorpus({ store: graph, compute: coupling }, CORPUS));
  const collapsing = countingCompute();
  const collapsed = await cpuOf(() => collapseCorpus({ store: graph, compute: collapsing }, CORPUS, { afresh: true }));
  const scenes = read.result.length;
  const record = await graph.corpus(CORPUS);
  if (record?.scenes !== scenes) throw new Error(`${lang}: read ${scenes} scenes, stored ${record?.scenes}`);
  const bytes = works.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const tokens = read.result.reduce((sum, text) => sum + tokenizer.count(text), 0);
  return {
    ...{ lang, works: works.length, scenes, couplings: record.couplings, occurrences: collapsed.result.occurrences },
    ...{ bytesAScene: bytes / scenes, tokensAScene: tokens / scenes },
    readMsAScene: read.ms / scenes,
    storeMsAScene: Math.max(0, stored.ms - read.ms) / scenes,
    coupleMsAScene: coupling.taken() / scenes,
    coupleStoreMsAScene: (coupled.ms - coupling.taken()) / scenes,
    collapseMsAScene: collapsing.taken() / scenes,
    collapseStoreMsAScene: (collapsed.ms - collapsing.taken()) / scenes,
  };
};
