import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { type CorpusName, corpusName, DEFAULT_WORKSPACE, documentName } from '../../src/scene/name.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphStore, StoredScene } from '../../src/store/graph-store.ts';
import { pagesOf } from '../../src/store/pages.ts';
import { collapseCorpus } from '../../src/worker/collapse-job.ts';
import { openComputePool } from '../../src/worker/compute-pool.ts';
import { coupleCorpus } from '../../src/worker/couple-job.ts';
import { readIntoCorpus } from '../../src/worker/read-job.ts';
import type { SketchedDocument } from '../arbitrary/corpus.ts';

const STORIES = [
  ['ru', 'tolstoy-rabotnik-emelyan.txt'],
  ['en', 'poe-masque-of-the-red-death.txt'],
] as const;

/** The two bundled stories, read, coupled and collapsed on the real embedded store. */
export interface OpenStories {
  readonly store: GraphStore;
  readonly reader: Reader;
  readonly corpus: CorpusName;
  /** All scenes, in the order of the corpus. */
  readonly scenes: readonly StoredScene[];
  /** Writes a document made by hand, in whichever corpus, and couples it. */
  write(document: SketchedDocument): Promise<void>;
  close(): Promise<void>;
}

export const openStories = async (): Promise<OpenStories> => {
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-'));
  const database = await openEmbeddedStore({ path: join(folder, 'graph') });
  const store = database.workspace(DEFAULT_WORKSPACE);
  const [reader, compute] = [await openReader(), openComputePool({ threadsMax: 1 })];
  const corpus = corpusName('stories');
  for (const [lang, name] of STORIES) {
    const source = { path: join(import.meta.dirname, '../../data/stories', lang, name) };
    await readIntoCorpus({ store, compute, reader }, { corpus, name: documentName(name), source });
  }
  await collapseCorpus({ store, compute }, corpus);
  const pages = pagesOf((request) => store.scenes({ corpus }, request), undefined);
  return {
    store,
    reader,
    corpus,
    scenes: (await Array.fromAsync(pages)).flat(),
    write: async ({ input, parts }) => {
      await store.writeDocument(input, parts());
      await coupleCorpus({ store, compute }, input.corpus);
    },
    close: async () => {
      await reader.close();
      await compute.close();
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
};

/** The store, and how often each of its methods was called. */
export const countingCalls = (
  store: GraphStore,
): { readonly store: GraphStore; readonly calls: ReadonlyMap<string, number> } => {
  const calls = new Map<string, number>();
  const counting = new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: readonly unknown[]): unknown => {
        calls.set(String(name), (calls.get(String(name)) ?? 0) + 1);
        return member.apply(target, args);
      };
    },
  });
  return { store: counting, calls };
};
