import { openReader } from '../../../src/reading/read-document.ts';
import type { Reader } from '../../../src/reading/reader.ts';
import { type CorpusName, corpusName, DEFAULT_WORKSPACE } from '../../../src/scene/name.ts';
import type { Language } from '../../../src/scene/scene.ts';
import type { GraphStore, HypertokenRecord, StoredScene } from '../../../src/store/graph-store.ts';
import { openMemoryStore } from '../../../src/store/memory/open-memory-store.ts';
import { pagesOf } from '../../../src/store/pages.ts';
import { collapseCorpus } from '../../../src/worker/collapse-job.ts';
import { openComputePool } from '../../../src/worker/compute-pool.ts';
import { coupleCorpus } from '../../../src/worker/couple-job.ts';
import { retellings, story } from '../../api/sketches.ts';

export interface Tales {
  readonly store: GraphStore;
  readonly reader: Reader;
  readonly corpora: Readonly<Record<Language, CorpusName>>;
  readonly scenes: readonly StoredScene[];
  readonly hypertokens: readonly HypertokenRecord[];
}

/** A story and a tale told six times in either language, coupled and collapsed in memory, and the deterministic reader. */
export const openTales = async (): Promise<Tales> => {
  const store = openMemoryStore().workspace(DEFAULT_WORKSPACE);
  const compute = await openComputePool({ threadsMax: 1 });
  const corpora = { ru: corpusName('сказки'), en: corpusName('tales') };
  for (const lang of ['ru', 'en'] as const) {
    const corpus = corpora[lang];
    for (const { input, parts } of [story(lang), retellings(corpus, 6, lang)])
      await store.writeDocument(input, parts());
    await coupleCorpus({ store, compute }, corpus);
    await collapseCorpus({ store, compute }, corpus);
  }
  await compute.close();
  const scenes = await Promise.all(
    Object.values(corpora).map((corpus) =>
      Array.fromAsync(pagesOf((request) => store.scenes({ corpus }, request), undefined)),
    ),
  );
  const hypertokens = await Array.fromAsync(pagesOf((request) => store.hypertokens({}, request), undefined));
  return {
    store,
    reader: await openReader(),
    corpora,
    scenes: scenes.flat(2),
    hypertokens: hypertokens.flat(),
  };
};
